"""Whether a walk has come to its end, and to which: a last step, only waiting, or the silence of the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from edgewise.graph.model import Guideline
from edgewise.graph.pathway import OFFERED, Pathway
from edgewise.graph.walking.walk import Walk

EndKind = Literal["last", "waiting", "silent"]


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a walk stands when no answer that is still missing leads on.

    Attributes:
        kind: ``last`` (no edge leads on from what is due), ``waiting`` (all is answered; time or repeating alone leads on) or ``silent``
            (the source names no step for these facts).
        steps: ids of the steps at which it stands, without those that only go along.
    """

    kind: EndKind
    steps: tuple[str, ...]


def ending(guideline: Guideline, walked: Walk) -> Ending | None:
    """The end that a walk has come to; None where an answer still leads on.

    Args:
        guideline: that was walked.
        walked: the walk.

    >>> from decimal import Decimal
    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.walk import walk
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> facts = {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}
    >>> facts |= {"conservative-failed": "yes", "conservative-months": Decimal(2)}
    >>> ending(guideline, walk(guideline, facts))
    Ending(kind='waiting', steps=('conservative-care',))
    >>> ending(guideline, walk(guideline, {}))
    """
    if walked.silent:
        return Ending("silent", walked.silent_at)
    standing = tuple(id for id in walked.due if guideline.steps[id].companion_of not in walked.due)
    if walked.outside or walked.questions:
        return None
    if walked.resting:
        return Ending("waiting", walked.resting) if walked.awaited else None
    if not standing and walked.waiting:
        return Ending("waiting", walked.waiting)
    if not standing:
        return _done(guideline, walked)
    if not any(Pathway.of(guideline).out_of(id, *OFFERED) for id in standing):
        return Ending("last", standing)
    return Ending("waiting", standing) if walked.awaited else None


def _done(guideline: Guideline, walked: Walk) -> Ending | None:
    """The end where all is done that the walk came to: the steps from which nothing leads on."""
    last = tuple(id for id in walked.path if not Pathway.of(guideline).out_of(id, *OFFERED))
    return Ending("last", last) if last else None
