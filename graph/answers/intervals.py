"""Sets of numbers between bounds, open or closed: what a threshold lets through, and what two of them disagree on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from edgewise.graph.model import Comparison
from edgewise.graph.units import convert, printed


class Cut(NamedTuple):
    """A point between numbers: just below `value` (side 0) or just above it (side 1). Cuts are ordered as they are compared."""

    value: Decimal
    side: int


_BOTTOM, _TOP = Cut(Decimal("-Infinity"), 0), Cut(Decimal("Infinity"), 1)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """All numbers between two cuts."""

    low: Cut = _BOTTOM
    high: Cut = _TOP

    def __bool__(self) -> bool:
        return self.low < self.high


Numbers = tuple[Interval, ...]  # disjoint, ascending


def allowed(comparison: Comparison, unit: str, molar_mass: Decimal | None = None) -> Interval:
    """What a comparison's bounds let through, in `unit`; the molar mass of what is measured leads from mass to amount.

    >>> allowed(Comparison("c", "o", bounds=(("≥", Decimal(80)), ("<", Decimal(90))), unit="%"), "%").high
    Cut(value=Decimal('90'), side=0)
    """
    low, high = _BOTTOM, _TOP
    for sign, bound in comparison.bounds:
        value = convert(bound, comparison.unit, unit, molar_mass) if comparison.unit and unit else bound
        if sign in "≥>":
            low = max(low, Cut(value, int(sign == ">")))
        else:
            high = min(high, Cut(value, int(sign == "≤")))
    return Interval(low, high)


def minus(numbers: Numbers, other: Interval) -> Numbers:
    """Take an interval out.

    >>> whole = (Interval(Cut(Decimal(70), 0), Cut(Decimal(100), 1)),)
    >>> told(minus(whole, Interval(Cut(Decimal(80), 0), Cut(Decimal(90), 1))), "%")
    'at least 70 % and less than 80 %, or more than 90 % and at most 100 %'
    """
    if not other:
        return numbers
    pieces = (
        piece for one in numbers for piece in (Interval(one.low, min(one.high, other.low)), Interval(max(one.low, other.high), one.high))
    )
    return tuple(piece for piece in pieces if piece)


def union(intervals: Iterable[Interval]) -> Numbers:
    """Join intervals that overlap or touch."""
    joined: list[Interval] = []
    for one in sorted(interval for interval in intervals if interval):
        if joined and one.low <= joined[-1].high:
            joined[-1] = Interval(joined[-1].low, max(joined[-1].high, one.high))
        else:
            joined.append(one)
    return tuple(joined)


def clipped(numbers: Numbers, minimum: Decimal | None, maximum: Decimal | None) -> Numbers:
    """What lies within an observable's own range."""
    low = _BOTTOM if minimum is None else Cut(minimum, 0)
    high = _TOP if maximum is None else Cut(maximum, 1)
    within = (Interval(max(one.low, low), min(one.high, high)) for one in numbers)
    return tuple(one for one in within if one)


def unclipped(numbers: Numbers, minimum: Decimal | None, maximum: Decimal | None) -> Numbers:
    """Open again what ends at an observable's own limits, where a bound says nothing."""
    low = None if minimum is None else Cut(minimum, 0)
    high = None if maximum is None else Cut(maximum, 1)
    return tuple(Interval(_BOTTOM if one.low == low else one.low, _TOP if one.high == high else one.high) for one in numbers)


def parting(one: Interval, other: Interval) -> Numbers:
    """The numbers that only one of two intervals lets through."""
    return union((*minus((one,), other), *minus((other,), one)))


def told(numbers: Numbers, unit: str) -> str:
    """Numbers in words.

    >>> seventy = Decimal(70)
    >>> told((Interval(Cut(seventy, 0), Cut(seventy, 1)),), "%"), told((Interval(Cut(seventy, 1)),), "%")
    ('exactly 70 %', 'more than 70 %')
    """
    return ", or ".join(_told(one, unit) for one in numbers)


def _told(one: Interval, unit: str) -> str:
    if one.low.value == one.high.value:
        return f"exactly {printed(one.low.value, unit)}"
    words = []
    if one.low != _BOTTOM:
        words.append(f"{'more than' if one.low.side else 'at least'} {printed(one.low.value, unit)}")
    if one.high != _TOP:
        words.append(f"{'at most' if one.high.side else 'less than'} {printed(one.high.value, unit)}")
    return " and ".join(words) or "any number"
