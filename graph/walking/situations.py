"""In which clinical situations of the ratings a patient is: yes, no, or not known, each by whose word.

A situation is judged on what is known alone, as a passage is that states a condition: that nothing was counted so far, which the walk
assumes before a step has begun, puts nobody into a situation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edgewise.graph.attribution import Word, word
from edgewise.graph.model import Guideline, Situation
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for

_ORDER = (Truth.TRUE, Truth.UNKNOWN, Truth.FALSE)


@dataclass(frozen=True, slots=True)
class Placement:
    """How a patient stands to a situation.

    Attributes:
        situation: that has a condition.
        trace: how its condition comes out.
        word: whose word the condition is.
        ask: ids of the observables that could still decide it, in order.
    """

    situation: Situation
    trace: Trace
    word: Word
    ask: tuple[str, ...] = ()

    @property
    def truth(self) -> Truth:
        """Whether the patient is in it."""
        return self.trace.truth


def placements(guideline: Guideline, facts: Facts) -> tuple[Placement, ...]:
    """How a patient stands to each situation that says who is in it: those that hold first, then those not known, then the others.

    Args:
        guideline: whose situations are asked.
        facts: what is known of the patient.

    >>> from edgewise.graph.library import load
    >>> placements(load("sacroiliac-sclerosis").guideline, {})  # its source says of no situation who is in it
    ()
    """
    law = law_for(guideline, facts)
    found = [_placed(one, law.stated(one.when), facts) for one in _in_order(guideline) if one.when is not None]
    return tuple(sorted(found, key=lambda placed: _ORDER.index(placed.truth)))


def holding(placed: Sequence[Placement]) -> tuple[str, ...]:
    """Ids of the situations in which the patient is known to be."""
    return tuple(one.situation.id for one in placed if one.truth is Truth.TRUE)


def _in_order(guideline: Guideline) -> list[Situation]:
    return sorted(guideline.situations.values(), key=lambda situation: situation.order)


def _placed(situation: Situation, trace: Trace, facts: Facts) -> Placement:
    ask = tuple(id for id in trace.asks() if id not in facts) if trace.truth is Truth.UNKNOWN else ()
    return Placement(situation, trace, word(trace.criterion), ask)
