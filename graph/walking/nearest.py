"""The least change of the facts that would make a criterion true."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from edgewise.graph.attribution import whose
from edgewise.graph.law import Bounds
from edgewise.graph.model import AllOf, Comparison, CountOf, Guideline, Not, Scored, Who
from edgewise.graph.walking.criteria import Trace, requirement
from edgewise.graph.walking.kleene import Truth, interval, lies_within

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
    flipped = fewest([part.truth for part in trace.deciding], points, bounds, wanted)
    roads = (_to(trace.deciding[at], truth, guideline, facts) for at, truth in flipped.items())
    return tuple(dict.fromkeys(change for road in roads for change in road))


def fewest(truths: Sequence[Truth], points: Sequence[Decimal], bounds: Bounds, wanted: Truth) -> dict[int, Truth]:
    """What the fewest parts of a sum have to become, by position; of several ways the first: parts written first, true before false.

    Nothing is tried twice for one sum: so the cost grows with the parts and the sums there can be, and not with all their combinations.

    >>> fewest([Truth.FALSE, Truth.UNKNOWN, Truth.FALSE], [Decimal(1)] * 3, [("≥", Decimal(2))], Truth.TRUE)
    {0: <Truth.TRUE: 'true'>, 1: <Truth.TRUE: 'true'>}
    """
    moves = [tuple(_moves(truth, count)) for truth, count in zip(truths, points, strict=True)]

    @cache
    def reaches(at: int, left: int, least: Decimal, most: Decimal) -> bool:
        """Whether so many changes from a position on bring a sum to where it is wanted."""
        if not left:
            return lies_within(least, most, bounds) is wanted
        if left > len(moves) - at:
            return False
        changed = (reaches(at + 1, left - 1, least + less, most + more) for _, less, more in moves[at])
        return any(changed) or reaches(at + 1, left, least, most)

    least, most = interval(truths, points)
    size = next((size for size in range(len(moves) + 1) if reaches(0, size, least, most)), 0)
    found: dict[int, Truth] = {}
    for at, possible in enumerate(moves):
        for truth, less, more in possible:
            if len(found) < size and reaches(at + 1, size - len(found) - 1, least + less, most + more):
                found[at], least, most = truth, least + less, most + more
                break
    return found


def _moves(truth: Truth, points: Decimal) -> Iterator[tuple[Truth, Decimal, Decimal]]:
    """What a part of a sum may become, and by how much the least and the most of the sum then change."""
    before = interval([truth], [points])
    for other in (Truth.TRUE, Truth.FALSE):
        if other is not truth:
            least, most = interval([other], [points])
            yield other, least - before[0], most - before[1]
