"""Walks, and why a step or why not, worked out once for the facts of a patient: most clicks look at something and tell nothing new."""

from __future__ import annotations

from edgewise.graph.explaining.why import Why, why
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.rounds import Present
from edgewise.graph.walking.walk import Walk, walk_present


def walk_of(now: Present) -> Walk:
    """`edgewise.graph.walking.walk.walk_present`, remembered with the guideline.

    >>> from edgewise.graph.library import load
    >>> now = Present(load("sacroiliac-sclerosis").guideline, {})
    >>> walk_of(now) is walk_of(now)
    True
    """
    return now.guideline.once("walk", _told(now, now.facts), lambda: walk_present(now))


def why_of(now: Present, step: str, facts: Facts, walked: Walk) -> Why:
    """`edgewise.graph.explaining.why.why`, remembered with the guideline.

    Args:
        now: what of the patient counts, and from where the walk goes on.
        step: asked about.
        facts: those that the walk knows: all that count, unless it is held.
        walked: the walk with these facts.

    Raises:
        UnknownName: no step of that id.
    """
    return now.guideline.once("why", (step, _told(now, facts)), lambda: why(now.guideline, step, facts, walked=walked))


def _told(now: Present, facts: Facts) -> tuple[str, ...]:
    """What a patient's answers depend on, as it was written: a number of 5.0 is told otherwise than one of 5."""
    return repr(dict(facts)), repr(now.timeline), repr(now.rounds)
