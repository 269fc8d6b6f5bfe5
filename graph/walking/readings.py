"""What a comparison makes of a series where it does not count: the last value, the mean of the last two, the highest of all.

Fewer values than the statistic is of leave it undecided. A value that is not known may be any that the observable allows: by interval
arithmetic it leaves the comparison undecided as long as it could still decide. Once all values are there, what comes out stands; a
further one is a new visit. Means are exact fractions: 129, 130 and 130 are less than 130.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Literal, NamedTuple

from edgewise.graph.attribution import mark
from edgewise.graph.bands import bounds
from edgewise.graph.model import Comparison, Guideline, Observable
from edgewise.graph.pathway import Pathway
from edgewise.graph.units import printed, short
from edgewise.graph.walking.facts import Series
from edgewise.graph.walking.kleene import TESTS, Truth, all_of, any_of

_OF = {"mean": "mean of", "max": "highest of", "min": "lowest of", "any": "any of"}


Number = Fraction | float  # float for what has no end
Bounds = Sequence[tuple[str, Decimal]]


class Span(NamedTuple):
    """All that a number may be, its ends among it."""

    low: Number
    high: Number


def size(criterion: Comparison) -> int:
    """How many values a statistic is of, at least: its window, or one.

    >>> size(Comparison("c", "pressure", statistic="mean", window=2)), size(Comparison("c", "pressure", statistic="max"))
    (2, 1)
    """
    return criterion.window or 1


def window(criterion: Comparison, series: Series) -> Series:
    """The values of a series that a statistic is of; fewer where there are too few.

    >>> told = tuple(map(Decimal, (160, 152, 148)))
    >>> window(Comparison("c", "pressure", statistic="last"), told), window(Comparison("c", "pressure", statistic="first", window=2), told)
    ((Decimal('148'),), (Decimal('160'), Decimal('152')))
    """
    if criterion.statistic == "first":
        return series[: size(criterion)]
    everything = not criterion.window and criterion.statistic != "last"
    return series if everything else series[-size(criterion) :]


def judge(criterion: Comparison, series: Series, observable: Observable) -> Truth:
    """How a comparison with a statistic comes out on a series.

    >>> pressure = Observable("p", "Pressure", "", "quantity", unit="mm[Hg]", minimum=Decimal(50), maximum=Decimal(300), repeated=True)
    >>> mean = Comparison("c", "p", bounds=(("≥", Decimal(140)),), unit="mm[Hg]", statistic="mean", window=2)
    >>> [judge(mean, told, pressure) for told in ((Decimal(152),), (Decimal(152), Decimal(148)), (Decimal(152), None))]
    [<Truth.UNKNOWN: 'unknown'>, <Truth.TRUE: 'true'>, <Truth.UNKNOWN: 'unknown'>]
    """
    if len(series) < size(criterion):
        return Truth.UNKNOWN
    spans = [_span(value, observable) for value in window(criterion, series)]
    drawn = bounds(criterion, observable)
    if criterion.statistic in ("mean", "max", "min"):
        return _within(_derived(criterion, spans), drawn)
    joined = any_of if criterion.statistic == "any" else all_of
    return joined(_within(span, drawn) for span in spans)


def _span(value: Decimal | None, observable: Observable) -> Span:
    if value is not None:
        return Span(Fraction(value), Fraction(value))
    low, high = observable.minimum, observable.maximum
    return Span(-inf if low is None else Fraction(low), inf if high is None else Fraction(high))


def _derived(criterion: Comparison, spans: Sequence[Span]) -> Span:
    """What the statistic of several numbers may be."""
    return Span(_made(criterion, [span.low for span in spans]), _made(criterion, [span.high for span in spans]))


def _made(criterion: Comparison, numbers: Sequence[Number]) -> Number:
    if criterion.statistic == "mean":
        return sum(numbers, Fraction(0)) / len(numbers)
    return max(numbers) if criterion.statistic == "max" else min(numbers)


def _within(span: Span, drawn: Bounds) -> Truth:
    """Whether a number lies within bounds, as far as it is known; bounds leave no hole, so that the ends tell of all between them."""
    if all(TESTS[sign](end, Fraction(bound)) for sign, bound in drawn for end in span):
        return Truth.TRUE
    reached = (TESTS[sign](span.high if sign in "≥>" else span.low, Fraction(bound)) for sign, bound in drawn)
    return Truth.UNKNOWN if all(reached) else Truth.FALSE


def side(criterion: Comparison, value: Decimal, observable: Observable) -> Literal[0, 1, 2]:
    """On which side of a comparison's bounds a number lies: 0 below them, 1 in them, 2 above."""
    fails = [sign for sign, bound in bounds(criterion, observable) if not TESTS[sign](value, bound)]
    return 1 if not fails else 0 if fails[0] in "≥>" else 2


# Words ----------------------------------------------------------------------------------------------------------------


def called(criterion: Comparison) -> str:
    """What is compared, in words; what of it the modeller inferred is marked.

    >>> called(Comparison("c", "p", statistic="mean", window=2)), called(Comparison("c", "p", statistic="last", window=2))
    ('mean of the last 2', 'each of the last 2')
    >>> called(Comparison("c", "p", statistic="last")), called(Comparison("c", "p", statistic="max"))
    ('last value', 'highest of all')
    """
    kind, many = criterion.statistic, f"{criterion.window}{mark(criterion, 'window')}"
    marked = mark(criterion, "statistic")
    if kind in ("last", "first"):
        return f"each of the {kind}{marked} {many}" if criterion.window > 1 else f"{kind} value{marked}"
    return f"{_OF[kind]}{marked} {f'the last {many}' if criterion.window else 'all'}"


def missing(criterion: Comparison, series: Series) -> int:
    """How many values are still to be told before a comparison with a statistic can be made.

    >>> missing(Comparison("c", "p", statistic="mean", window=3), (Decimal(152),))
    2
    """
    return max(size(criterion) - len(series), 0)


def still_missing(guideline: Guideline, observable: str, answer: object) -> int:
    """How many values more it takes until everything that the guideline compares with a series can be.

    >>> from edgewise.graph.model import Transition
    >>> asked = {"p": Observable("p", "Pressure", "", "quantity", unit="mm[Hg]", repeated=True)}
    >>> mean = Comparison("c", "p", bounds=(("≥", Decimal(140)),), unit="mm[Hg]", statistic="mean", window=2)
    >>> edge = Transition("t", "a", "b", "", "source", when=mean)
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables=asked, transitions={"t": edge})
    >>> still_missing(guideline, "p", None), still_missing(guideline, "p", (Decimal(152),))
    (2, 1)
    """
    series = answer if isinstance(answer, tuple) else ()
    asked = (one for one in Pathway.of(guideline).compared(observable) if one.statistic)
    return max((missing(one, series) for one in asked), default=0)


def seen(criterion: Comparison, series: Series, observable: Observable) -> tuple[Truth, str]:
    """How a comparison with a statistic comes out, and what was made of the series."""
    return judge(criterion, series, observable), told(criterion, series, observable)


def told(criterion: Comparison, series: Series, observable: Observable) -> str:
    """What was made of a series, in words: ``mean of the last 2 (152, 148): 150 mm[Hg]``.

    Args:
        criterion: a comparison with a statistic.
        series: as known.
        observable: that is compared.

    >>> pressure = Observable("p", "Pressure", "", "quantity", unit="mm[Hg]", repeated=True)
    >>> mean = Comparison("c", "p", bounds=(("≥", Decimal(140)),), unit="mm[Hg]", statistic="mean", window=2)
    >>> told(mean, (Decimal(152), Decimal(148)), pressure)
    'mean of the last 2 (152, 148): 150 mmHg'
    >>> told(mean, (Decimal(152),), pressure)
    'mean of the last 2: 1 of 2 values so far (152 mmHg)'
    """
    name, values = called(criterion), window(criterion, series)
    if missing(criterion, series) and size(criterion) == 1:
        return f"{name}: not known"
    if missing(criterion, series):
        seen = f" ({_listed(values, observable)})" if values else ""
        return f"{name}: {len(values)} of {size(criterion)} values so far{seen}"
    if criterion.statistic in ("mean", "max", "min"):
        return f"{name}{_from(values)}: {_number(criterion, values, observable)}"
    if len(values) == 1:
        return f"{'one value' if criterion.statistic == 'any' else name} {_listed(values, observable)}"
    met = sum(_within(_span(value, observable), bounds(criterion, observable)) is Truth.TRUE for value in values)
    return f"{name} ({_listed(values, observable)}): {met} of {len(values)}"


def _from(values: Series) -> str:
    """The values behind a derived number, where there are several."""
    return f" ({', '.join('not known' if value is None else short(value) for value in values)})" if len(values) > 1 else ""


def _number(criterion: Comparison, values: Series, observable: Observable) -> str:
    span = _derived(criterion, [_span(value, observable) for value in values])
    if isinstance(span.low, Fraction) and isinstance(span.high, Fraction):
        low, high = (printed(_decimal(end), observable.unit) for end in (span.low, span.high))
        return low if low == high else f"{short(_decimal(span.low))} to {high}"
    return "not known"


def _decimal(number: Fraction) -> Decimal:
    """As a decimal fraction; one that has no end is cut off far behind all that is printed."""
    return Decimal(number.numerator) / Decimal(number.denominator)


def _listed(values: Series, observable: Observable) -> str:
    return ", ".join("not known" if value is None else printed(value, observable.unit) for value in values)
