"""Both guidelines over the same patients: one partition of every answer, cut where either of them tells answers apart, and one family of
diagrams for both, in which the law is asked of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from edgewise.graph.answers.diagram import BUDGET
from edgewise.graph.answers.partition import Partition
from edgewise.graph.answers.regions import Seen
from edgewise.graph.comparing.alignment import Alignment
from edgewise.graph.gaps.situations import Everybody, Situations
from edgewise.graph.law import Law
from edgewise.graph.model import Alternative, Comparison, Guideline, Observable, Step, Transition
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.criteria import evaluate
from edgewise.graph.walking.kleene import Truth


class Sides:
    """Two guidelines over the same patients.

    Attributes:
        alignment: of the two.
        common: answers and diagrams of both; its guideline holds all that either asks, and is never walked.
        a: the first guideline there.
        b: the second.
        everybody: node of all patients there can be, whomever the guidelines speak of.

    >>> from edgewise.graph.comparing.alignment import align
    >>> from edgewise.graph.comparing.matching import match
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> sides = Sides(align(guideline, guideline, match(guideline, guideline)))
    >>> sides.a.reached("si-joint-fusion") == sides.b.reached("si-joint-fusion")
    True
    """

    def __init__(self, alignment: Alignment, budget: int = BUDGET) -> None:
        self.alignment = alignment
        self.common = Situations(_joint(alignment), budget)
        self._begin()

    def _begin(self) -> None:
        self.a, self.b = Side(self.alignment.a, self.common), Side(self.alignment.told, self.common)
        totals = [*self.a.totals(), *self.b.totals()]
        self.everybody = self.common.both(*totals, *map(self.common.possible, self.common.links.groups))
        for side in (self.a, self.b):
            side.speak_of(self.everybody)

    def afresh(self) -> Sides:
        """The same with an empty family: what was made before no longer counts."""
        other = object.__new__(Sides)
        other.alignment, other.common = self.alignment, self.common.afresh()
        other._begin()
        return other


class Side(Situations):
    """One of two guidelines over the answers and in the diagrams of both."""

    def __init__(self, guideline: Guideline, common: Situations) -> None:
        """No answers are divided here: they are those of both."""
        self.guideline, self.pathway = guideline, Pathway.of(guideline)
        self.partitions, self.refused = common.partitions, common.refused
        self.differences, self.order, self.links, self.variable = common.differences, common.order, common.links, common.variable
        self.effort, self.diagrams = common.effort, common.diagrams
        self.both, self.either, self.negated = self.diagrams.both, self.diagrams.either, self.diagrams.negated
        self._reached: dict[bool, dict[str, int]] = {True: {}, False: {}}
        self._domain: int | None = None
        self.regions: Everybody = _OneSide(self)
        self.law = Law(self.pathway, self.regions)

    def totals(self) -> Iterator[int]:
        """That the total of each score is what its items make."""
        return map(self._total, self._scores())

    def speak_of(self, everybody: int) -> None:
        """Say which patients there are; the guideline speaks of those to whom it may apply."""
        self._domain = self.both(everybody, self.law.enters().true)


class _OneSide(Everybody):
    """As everybody is to one of two guidelines: what can be answered is common, what an answer comes to is its own."""

    def _plain(self, comparison: Comparison) -> Seen:
        id = comparison.observable
        outcomes = [self._outcome(comparison, self.partitions[id], cell) for cell in range(len(self.partitions[id].cells))]
        return Seen(*(self.among(self.variable[id], [outcome[position] for outcome in outcomes]) for position in (0, 1)))

    def _outcome(self, comparison: Comparison, answers: Partition, cell: int) -> tuple[Truth, Truth]:
        trace = evaluate(comparison, {comparison.observable: answers.cells[cell].sample}, self.observables)
        return trace.truth, trace.later


# What both ask ----------------------------------------------------------------------------------------------------------


def _joint(alignment: Alignment) -> Guideline:
    """All that either guideline asks, edge by edge, so that answers are cut where either tells them apart."""
    a, b = alignment.a, alignment.told
    return replace(
        a,
        applies_to=a.applies_to,
        observables=_questions(alignment),
        steps={**_steps(a, "a"), **_steps(b, "b")},
        transitions={**_edges(a, "a"), **_edges(b, "b"), **_asked_first(b)},
        alternatives={**_alternatives(a, "a"), **_alternatives(b, "b")},
        statements={},
        headings={},
        situations={},
        bundles={},
    )


def _steps(guideline: Guideline, side: str) -> dict[str, Step]:
    return {f"{side} {id}": replace(step, id=f"{side} {id}", companion_of="", contraindications=()) for id, step in guideline.steps.items()}


def _edges(guideline: Guideline, side: str) -> dict[str, Transition]:
    def edge(one: Transition) -> Transition:
        return replace(one, id=f"{side} {one.id}", source=f"{side} {one.source}", target=f"{side} {one.target}")

    return {f"{side} {id}": edge(one) for id, one in guideline.transitions.items()}


def _asked_first(b: Guideline) -> dict[str, Transition]:
    """What tells whether the second guideline applies, beside what tells it of the first."""
    if b.applies_to is None or not b.steps:
        return {}
    start = f"b {next(iter(b.steps))}"
    return {"b applies": Transition("b applies", start, start, "", "source", "excluded", b.applies_to)}


def _alternatives(guideline: Guideline, side: str) -> dict[str, Alternative]:
    return {f"{side} {id}": one for id, one in guideline.alternatives.items()}


def _questions(alignment: Alignment) -> dict[str, Observable]:
    """What either asks; of what both ask the answers that both know."""
    told: Mapping[str, Observable] = {one.id: alignment.told.observables[one.id] for one in alignment.asked.values()}
    both = {id: _shared(one, told[id]) if id in told else one for id, one in alignment.a.observables.items()}
    return both | {id: one for id, one in told.items() if id not in both}


def _shared(one: Observable, other: Observable) -> Observable:
    values = {choice.value for choice in other.choices}
    return replace(
        one,
        value_type="count" if "count" in (one.value_type, other.value_type) else one.value_type,
        choices=tuple(choice for choice in one.choices if choice.value in values),
        minimum=_tighter(max, one.minimum, other.minimum),
        maximum=_tighter(min, one.maximum, other.maximum),
        accrues=one.accrues or other.accrues,
    )


def _tighter(pick: Callable[[list[Decimal]], Decimal], one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The limit within both."""
    known = [limit for limit in (one, other) if limit is not None]
    return pick(known) if known else None
