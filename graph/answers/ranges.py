"""The numbers an observable can take, cut wherever a comparison of the guideline draws a line; told and sampled like a patient's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from itertools import pairwise

from edgewise.graph.answers.intervals import Cut, Interval, Numbers, union
from edgewise.graph.bands import bounds
from edgewise.graph.model import Comparison, Observable
from edgewise.graph.units import printed

_BOTTOM, _TOP = Interval().low, Interval().high
_DIGITS = 400  # numbers of any size that a unit may turn a bound into are rounded exactly


def stretches(observable: Observable, comparisons: Iterable[Comparison]) -> Numbers:
    """Ascending intervals that fill an observable's range, no bound of any comparison inside one of them.

    Of a count only whole numbers are left: from 2 to 3 is written as from 2 to below 4.

    >>> relief = Observable("o", "", "", "quantity", unit="%", minimum=Decimal(0), maximum=Decimal(100))
    >>> parts = stretches(relief, [Comparison("a", "o", bounds=(("≥", Decimal(70)),)), Comparison("b", "o", bounds=((">", Decimal(70)),))])
    >>> [told([part], relief) for part in parts]
    ['less than 70 %', 'exactly 70 %', 'more than 70 %']
    """
    low, high = _limits(observable)
    found = {cut for comparison in comparisons for cut in _cuts(comparison, observable)}
    allowed = {whole(cut) for cut in found} if observable.value_type == "count" else found
    cuts = [low, *sorted(cut for cut in allowed if low < cut < high), high]
    return tuple(Interval(low, high) for low, high in pairwise(cuts) if low < high)


def typical(part: Interval, observable: Observable) -> Decimal:
    """A number of the interval that somebody might have: whole where one is inside, seldom its very end.

    >>> seventy, eighty = Decimal(70), Decimal(80)
    >>> relief = Observable("o", "", "", "quantity", unit="%", minimum=Decimal(0), maximum=Decimal(100))
    >>> typical(Interval(Cut(seventy, 1), Cut(eighty, 0)), relief), typical(Interval(Cut(seventy, 0), Cut(seventy, 1)), relief)
    (Decimal('75'), Decimal('70'))
    """
    with localcontext(prec=_DIGITS):
        last = _last(part, observable)
        return next(number for number in _candidates(part.low.value, last.value) if holds(part, number))


def holds(part: Interval, number: Decimal) -> bool:
    """Whether an interval holds a number."""
    return part.low <= Cut(number, 0) and Cut(number, 1) <= part.high


def told(parts: Iterable[Interval], observable: Observable) -> str:
    """Numbers in words; what is the observable's own limit is not said."""
    return "; or ".join(_told(part, observable) for part in union(parts))


def _limits(observable: Observable) -> tuple[Cut, Cut]:
    low = _BOTTOM if observable.minimum is None else Cut(observable.minimum, 0)
    high = _TOP if observable.maximum is None else Cut(observable.maximum, 1)
    return (whole(low), whole(high)) if observable.value_type == "count" else (low, high)


def _cuts(comparison: Comparison, observable: Observable) -> Iterator[Cut]:
    return (Cut(bound, int(sign in ">≤")) for sign, bound in bounds(comparison, observable))


def whole(cut: Cut) -> Cut:
    """The same cut among whole numbers, written below the first one above it."""
    if not cut.value.is_finite():
        return cut
    first = cut.value.to_integral_value(ROUND_FLOOR) + 1 if cut.side else cut.value.to_integral_value(ROUND_CEILING)
    return Cut(first, 0)


def _candidates(low: Decimal, last: Decimal) -> Iterator[Decimal]:
    """Numbers to try, likeliest first; one of them lies between any two limits."""
    if low.is_finite() and last.is_finite():
        middle = (low + last) / 2
        if last > 2 * low > 0:  # a wide range is seldom used up to its end
            yield from (low, low.to_integral_value(ROUND_FLOOR) + 1)
        yield from (round(middle, places) for places in range(9))
        yield from (middle, low)
    elif low.is_finite():
        yield from (low, low.to_integral_value(ROUND_FLOOR) + 1)
    elif last.is_finite():
        yield from (Decimal(0), last, last.to_integral_value(ROUND_CEILING) - 1)
    else:
        yield Decimal(0)


def _last(part: Interval, observable: Observable) -> Cut:
    """Where an interval ends for people: the last whole number of a count."""
    high = part.high
    return Cut(high.value - 1, 1) if observable.value_type == "count" and high.value.is_finite() else high


def _told(part: Interval, observable: Observable) -> str:
    low, last = part.low, _last(part, observable)
    own_low, own_high = _limits(observable)
    from_start, to_end = low == own_low, part.high == own_high
    if low.value == last.value and not (from_start and to_end):
        return f"exactly {printed(low.value, observable.unit)}"
    if to_end:
        return "any value" if from_start else f"{'more than' if low.side else 'at least'} {printed(low.value, observable.unit)}"
    end = f"{'' if last.side else 'less than '}{printed(last.value, observable.unit)}"
    if from_start:
        return f"at most {end}" if last.side else end
    return f"{'more than ' if low.side else ''}{printed(low.value, observable.unit)} to {end}"
