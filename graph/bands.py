"""Bounds of comparisons, and which of them are bands: ranges within what can be answered, outside which the source says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from edgewise.graph.model import AllOf, Comparison, Criterion, Observable, Scored, parts_of
from edgewise.graph.units import UnitError, convert, is_time


def bounds(criterion: Comparison, observable: Observable) -> tuple[tuple[str, Decimal], ...]:
    """The bounds of a comparison in the unit in which the observable is known.

    A unit from which there is no road to that one was refused when the guideline was judged; here its bounds are numbers like any others.

    >>> weeks = Observable("w", "Weeks", "", "quantity", unit="wk")
    >>> bounds(Comparison("c", "w", bounds=(("≥", Decimal(42)),), unit="d"), weeks)
    (('≥', Decimal('6')),)
    >>> lactate = Observable("l", "Lactate", "", "quantity", unit="mmol/L", molar_mass=Decimal("90.08"))
    >>> [bound < 2 for _, bound in bounds(Comparison("c", "l", bounds=((">", Decimal(18)),), unit="mg/dL"), lactate)]
    [True]
    """
    if not criterion.unit or not observable.unit or criterion.unit == observable.unit:
        return criterion.bounds
    try:
        return tuple((sign, convert(bound, criterion.unit, observable.unit, observable.molar_mass)) for sign, bound in criterion.bounds)
    except UnitError:
        return criterion.bounds


def is_timed(criterion: Comparison, observable: Observable) -> bool:
    """Whether a comparison asks that a time which goes by lies between two.

    >>> hours = Observable("h", "Hours since", "", "quantity", unit="h", accrues=True)
    >>> is_timed(Comparison("c", "h", bounds=(("≥", Decimal(2)), ("≤", Decimal(4))), unit="h"), hours)
    True
    """
    if not observable.accrues or observable.repeated or not is_time(observable.unit) or len(criterion.bounds) != 2:
        return False
    least, most = (next((bound for sign, bound in criterion.bounds if sign in side), None) for side in ("≥>", "≤<"))
    return least is not None and most is not None and least < most


@dataclass(frozen=True, slots=True)
class Range:
    """What a criterion asks of one number.

    Attributes:
        comparisons: that have to hold together: one, or several that bound the same number.
        banded: whether it is bounded from both sides.
    """

    comparisons: tuple[Comparison, ...]
    banded: bool

    @property
    def observable(self) -> str:
        return self.comparisons[0].observable


def ranges(criterion: Criterion, observables: Mapping[str, Observable]) -> Iterator[Range]:
    """What a criterion asks of numbers, each range with whether it is bounded from both sides within what can be answered.

    A bound at or beyond the end of what can be answered bounds nothing: 0 to 3 points on a scale that begins at 0 is bounded from one side.

    >>> age = Observable("age", "Age", "How old?", "quantity", unit="a", minimum=Decimal(0))
    >>> between = Comparison("c", "age", bounds=(("≥", Decimal(18)), ("≤", Decimal(40))), unit="a")
    >>> [one.banded for one in ranges(between, {"age": age})]
    [True]
    >>> [one.banded for one in ranges(Comparison("c", "age", bounds=(("≥", Decimal(0)), ("≤", Decimal(40))), unit="a"), {"age": age})]
    [False]
    """
    together, apart = _parted(criterion)
    by_number: dict[int | str, list[Comparison]] = {}
    for one in (one for one in together if one.bounds or one.formulas):
        by_number.setdefault(id(one) if observables[one.observable].repeated else one.observable, []).append(one)
    for asked in by_number.values():
        observable = observables[asked[0].observable]
        worked_out = {sign for one in asked for sign, _ in one.formulas}
        yield Range(tuple(asked), _bounded([bound for one in asked for bound in bounds(one, observable)], observable, worked_out))
    for part in apart:
        yield from ranges(part, observables)


def _parted(criterion: Criterion) -> tuple[list[Comparison], list[Criterion]]:
    """The comparisons that have to hold together right here, and what stands apart from them."""
    if isinstance(criterion, Comparison):
        return [criterion], []
    if isinstance(criterion, Scored):  # an item that asks for a band says of all other numbers that they give no points
        return [criterion.told], []
    if not isinstance(criterion, AllOf):
        return [], list(parts_of(criterion))
    inside: list[tuple[list[Comparison], list[Criterion]]] = [
        _parted(part) if isinstance(part, Comparison | AllOf) else ([], [part]) for part in criterion.parts
    ]
    return [one for together, _ in inside for one in together], [one for _, apart in inside for one in apart]


def _bounded(found: list[tuple[str, Decimal]], observable: Observable, worked_out: Set[str]) -> bool:
    """Whether some answer lies below and some above; of a bound that is worked out it is taken that some does."""
    below = any(_leaves_below(*one, observable.minimum) for one in found) or not worked_out.isdisjoint("≥>")
    above = any(_leaves_above(*one, observable.maximum) for one in found) or not worked_out.isdisjoint("≤<")
    return below and above


def _leaves_below(sign: str, bound: Decimal, least: Decimal | None) -> bool:
    return sign in "≥>" and (least is None or bound > least or (sign == ">" and bound == least))


def _leaves_above(sign: str, bound: Decimal, most: Decimal | None) -> bool:
    return sign in "≤<" and (most is None or bound < most or (sign == "<" and bound == most))
