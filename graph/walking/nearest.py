"""The least change of the facts that would make a criterion true."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from edgewise.graph.attribution import whose
from edgewise.graph.law import Bounds
from edgewise.graph.model import AllOf, Comparison, CountOf, Guideline, Not, Scored, Who
from edgewise.graph.walking.criteria import Trace, requirement
from edgewise.graph.walking.kleene import Kleene, Truth

_OPPOSITE = {"yes": "no", "no": "yes"}


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that would have to be different.

    Attributes:
        observable: its id.
        needs: what is asked for, in words.
        known: whether the facts say something else now, rather than nothing.
        based_on: passages that state the requirement.
        stated_by: whose word the requirement is.
    """

    observable: str
    needs: str
    known: bool
    based_on: tuple[str, ...] = ()
    stated_by: Who = "source"


def nearest(trace: Trace, guideline: Guideline, facts: Collection[str]) -> tuple[FactChange, ...]:
    """The fewest changes that make the traced criterion true; of several alternatives, the first written down.

    Args:
        trace: of the criterion.
        guideline: whose observables it compares.
        facts: ids of the observables that are known; a trace may have assumed others, such as no attempt so far.

    >>> from decimal import Decimal
    >>> from edgewise.graph.walking.criteria import evaluate
    >>> from edgewise.graph.model import Observable
    >>> months = Observable("months", "Months", "How long?", "quantity", unit="mo", accrues=True)
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables={"months": months})
    >>> trace = evaluate(Comparison("c", "months", bounds=(("≥", Decimal(3)),), unit="mo"), {"months": Decimal(2)}, guideline.observables)
    >>> nearest(trace, guideline, {"months"})
    (FactChange(observable='months', needs='at least 3 months', known=True, based_on=(), stated_by='modeller'),)
    """
    return _to(trace, Truth.TRUE, guideline, facts)


def _to(trace: Trace, wanted: Truth, guideline: Guideline, facts: Collection[str]) -> tuple[FactChange, ...]:
    if trace.truth is wanted:
        return ()
    criterion = trace.criterion
    if isinstance(criterion, Comparison):
        observable = guideline.observables[criterion.observable]
        needs = requirement(criterion, observable)
        needs = needs if wanted is Truth.TRUE else _OPPOSITE.get(needs) or f"not {needs}"
        return (FactChange(criterion.observable, needs, criterion.observable in facts, criterion.based_on, whose(criterion)),)
    if isinstance(criterion, Not):
        return _to(trace.parts[0], ~wanted, guideline, facts)
    if isinstance(criterion, CountOf | Scored):
        return _to_sum(trace, wanted, guideline, facts)
    roads = [_to(part, wanted, guideline, facts) for part in trace.parts]
    every_part = isinstance(criterion, AllOf) == (wanted is Truth.TRUE)
    if every_part:
        return tuple(dict.fromkeys(change for road in roads for change in road))
    return min(roads, key=len, default=())


def _to_sum(trace: Trace, wanted: Truth, guideline: Guideline, facts: Collection[str]) -> tuple[FactChange, ...]:
    """The fewest parts of what is added up that have to come out otherwise; of a total that is told, the total."""
    criterion = trace.criterion
    assert isinstance(criterion, CountOf | Scored)  # noqa: S101 - asked of no others
    if isinstance(criterion, Scored) and trace.parts[0].truth is not Truth.UNKNOWN:
        return _to(trace.parts[0], wanted, guideline, facts)
    points = criterion.points if isinstance(criterion, Scored) else (Decimal(1),) * len(criterion.parts)
    bounds = criterion.told.bounds if isinstance(criterion, Scored) else criterion.bounds
    for size in range(len(trace.deciding) + 1):
        for changed in combinations(range(len(trace.deciding)), size):
            if (flipped := _flipped(trace.deciding, changed, points, bounds, wanted)) is not None:
                roads = (_to(trace.deciding[at], truth, guideline, facts) for at, truth in flipped.items())
                return tuple(dict.fromkeys(change for road in roads for change in road))
    return ()


def _flipped(
    parts: Sequence[Trace], changed: Sequence[int], points: Sequence[Decimal], bounds: Bounds, wanted: Truth
) -> dict[int, Truth] | None:
    """What some parts have to become; None where no change of them alone will do."""
    for truths in product((Truth.TRUE, Truth.FALSE), repeat=len(changed)):
        told = dict(zip(changed, truths, strict=True))
        if any(parts[at].truth is truth for at, truth in told.items()):
            continue
        values = [told.get(at, part.truth) for at, part in enumerate(parts)]
        if Kleene.sum_within(values, points, bounds) is wanted:
            return told
    return None
