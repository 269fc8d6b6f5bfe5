"""Whose word a condition is: the source's, where passages of its own state it, or the modeller's. Everything else asks here.

A condition rests on its own `based_on` and on nothing else: what an edge is justified by speaks for the edge, and may say the opposite of
a condition that a modeller set on it. A part of a group that names no passage rests on those of the group, since a passage that states
the whole states its parts: `edgewise.graph.reading.projection` reads it so. A group that names none rests on those of its parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from edgewise.graph.model import Comparison, Criterion, Modality, Who, parts_of

READING = "modeller's reading"
"""What is said of a value, an edge or a step that the source does not state."""

NO_PASSAGE = "the modeller's condition, no passage"
"""What is said of a condition in the place of the passages that it does not have."""

BEYOND = f"the way here holds a {READING}"
"""What is said of a step to which the source leads from one that the modeller's reading led to."""

PARTLY = "in part the modeller's condition"
"""What is said beside the passages of a condition of which they state a part only."""


class Word(NamedTuple):
    """Whose word a condition is.

    Attributes:
        stated_by: the source's, or the modeller's as soon as any part of it is.
        based_on: ids of the passages that it rests on; no others may be cited for it.
        remark: what has to stand beside them or in their place; empty where all is the source's word.
    """

    stated_by: Who = "source"
    based_on: tuple[str, ...] = ()
    remark: str = ""


def word(criterion: Criterion) -> Word:
    """Whose word a condition is, what it rests on, and what is to be said of it.

    >>> word(Comparison("c", "months", based_on=("s1",))), word(Comparison("c", "months")).remark
    (Word(stated_by='source', based_on=('s1',), remark=''), "the modeller's condition, no passage")
    """
    if not criterion.stated_by and not criterion.based_on and (parts := parts_of(criterion)):
        return joint(map(word, parts))
    says = whose(criterion)
    based_on = rests_on(criterion)
    return Word(says, based_on, "" if says == "source" else READING if based_on else NO_PASSAGE)


def joint(words: Iterable[Word]) -> Word:
    """Whose word several conditions are together."""
    held = list(words)
    remarks = {one.remark for one in held}
    remark = PARTLY if len(remarks) > 1 else next(iter(remarks), "")
    based_on = dict.fromkeys(id for one in held for id in one.based_on)
    return Word("modeller" if any(one.stated_by == "modeller" for one in held) else "source", tuple(based_on), remark)


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


def mark(owner: Comparison | Modality, key: str) -> str:
    """What stands behind a value that the modeller inferred; of all others nothing.

    >>> mark(Comparison("c", "relief", times=2, inferred=("times",)), "times"), mark(Comparison("c", "relief", times=2), "times")
    (" (modeller's reading)", '')
    """
    return f" ({READING})" if key in owner.inferred else ""


def inferred(modality: Modality) -> str:
    """What of a method of imaging is the modeller's, in words; empty where nothing is.

    >>> inferred(Modality("m", "MRI", "MRI", "with and without IV contrast", "knee", inferred=("contrast", "region")))
    "contrast and region: modeller's reading"
    """
    keys = [key for key in ("method", "contrast", "region", "radiation") if key in modality.inferred]
    named = ", ".join([*keys[:-2], " and ".join(keys[-2:])])
    return f"{named}: {READING}" if keys else ""
