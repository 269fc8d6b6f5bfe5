"""Whose word a condition is: the source's, where passages of its own state it, or the modeller's. Everything else asks here.

A condition rests on its own `based_on` and on nothing else: what an edge is justified by speaks for the edge, and may say the opposite of
a condition that a modeller set on it. A part of a group that names no passage rests on those of the group, since a passage that states
the whole states its parts: `edgewise.graph.reading.projection` reads it so. A group that names none rests on those of its parts.
"""

from __future__ import annotations

from edgewise.graph.model import Comparison, Criterion, Who
from edgewise.graph.pathway import parts_of

READING = "modeller's reading"
"""What is said of a value, an edge or a step that the source does not state."""

NO_PASSAGE = "the modeller's condition, no passage"
"""What is said of a condition in the place of the passages that it does not have."""


def whose(criterion: Criterion) -> Who:
    """Whose word a condition is: as it says itself; the source's, where it names passages; of a group, the modeller's if any part is.

    >>> whose(Comparison("c", "months", based_on=("s1",))), whose(Comparison("c", "months"))
    ('source', 'modeller')
    """
    if criterion.stated_by or criterion.based_on:
        return criterion.stated_by or "source"
    parts = parts_of(criterion)
    return "source" if parts and all(whose(part) == "source" for part in parts) else "modeller"


def rests_on(criterion: Criterion) -> tuple[str, ...]:
    """Ids of all statements and headings that a condition and its parts rest on, in order; empty where it is the modeller's alone.

    >>> rests_on(Comparison("c", "months", based_on=("s1",)))
    ('s1',)
    """
    return tuple(dict.fromkeys((*criterion.based_on, *(id for part in parts_of(criterion) for id in rests_on(part)))))


def mark(owner: Comparison, key: str) -> str:
    """What stands behind a value that the modeller inferred; of all others nothing.

    >>> mark(Comparison("c", "relief", times=2, inferred=("times",)), "times"), mark(Comparison("c", "relief", times=2), "times")
    (" (modeller's reading)", '')
    """
    return f" ({READING})" if key in owner.inferred else ""
