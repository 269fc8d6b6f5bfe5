"""The law asked of one patient: what is known are facts, what comes out are Kleene's values, each criterion with its trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from edgewise.graph.law import Law
from edgewise.graph.model import Comparison, Criterion, Guideline
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.criteria import Trace, compare, joined, judge
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Kleene, Truth


def law_for(guideline: Guideline, facts: Facts) -> Law[Truth, Trace]:
    """The law of a guideline's pathway for a patient of whom some facts are known.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> law_for(guideline, {"radiographs": "sclerosis"}).opened(guideline.transitions["presentation-to-xray-si-joints"])
    <Truth.TRUE: 'true'>
    """
    return Law(Pathway.of(guideline), OnePatient(guideline, facts))


@dataclass(frozen=True, slots=True)
class OnePatient(Kleene):
    """An algebra for `edgewise.graph.law`; its readings are traces."""

    guideline: Guideline
    facts: Facts

    def known(self, observable: str) -> Truth:
        return Truth.TRUE if observable in self.facts else Truth.FALSE

    def answered(self, comparison: Comparison) -> Trace:
        return judge(comparison, self.facts, self.guideline.observables)

    def outcome(self, comparison: Comparison, answer: tuple[()] | Decimal) -> Trace:
        return judge(comparison, {**self.facts, comparison.observable: answer}, self.guideline.observables, assumed=True)

    def unanswered(self, comparison: Comparison) -> Trace:
        return compare(comparison, None, self.guideline.observables[comparison.observable])

    def provisional(self, reading: Trace) -> Trace:
        later = self.any_of((reading.later, Truth.UNKNOWN))
        return replace(reading, later=later)

    def joined(self, criterion: Criterion, parts: tuple[Trace, ...]) -> Trace:
        return joined(criterion, parts)

    def choose(self, condition: Truth, then: Callable[[], Trace], otherwise: Callable[[], Trace]) -> Trace:
        return then() if condition is Truth.TRUE else otherwise()
