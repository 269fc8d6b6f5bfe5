"""What a comparison asks for, in words; and what its opposite does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from edgewise.graph.attribution import READING, mark
from edgewise.graph.model import Comparison, Observable
from edgewise.graph.walking import readings
from edgewise.graph.walking.beside_bounds import WORDS
from edgewise.graph.walking.sums import bound_told

KEYS: Mapping[str, str] = {"≥": "atLeast", ">": "moreThan", "≤": "atMost", "<": "lessThan"}
"""By the sign of a bound, the key of a file that gives it."""
_TURNED = {"≥": "<", ">": "≤", "≤": ">", "<": "≥"}


def requirement(criterion: Comparison, observable: Observable) -> str:
    """What a comparison asks for: ``at least 70 % in 2``, ``yes``, ``Negative or Equivocal``; what the modeller inferred is marked."""
    if criterion.answer:
        return criterion.answer + mark(criterion, "is")
    if criterion.one_of:
        return listed_answers(criterion, observable) + mark(criterion, "oneOf")
    bounds = " and ".join(
        f"{WORDS[sign]} {bound_told(bound, criterion.unit)}" + mark(criterion, KEYS[sign]) for sign, bound in criterion.limits
    )
    if criterion.statistic:
        return f"{readings.called(criterion)} {bounds}"
    several = observable.repeated and criterion.times > 1
    return f"{bounds} in {criterion.times}{mark(criterion, 'times')}" if several else bounds


def named(criterion: Comparison, observable: Observable) -> str:
    """What a comparison is called; behind it, which of its values are the modeller's.

    >>> from decimal import Decimal
    >>> twice = Comparison("c", "relief", bounds=(("≥", Decimal(80)),), unit="%", times=2, label="two blocks of 80 %", inferred=("times",))
    >>> named(twice, Observable("relief", "Relief", "", "quantity", unit="%", repeated=True))
    "two blocks of 80 % (2: modeller's reading)"
    """
    name = criterion.label or observable.label
    inferred = reading(criterion, observable)
    return f"{name} ({inferred})" if inferred else name


def reading(criterion: Comparison, observable: Observable) -> str:
    """Which values of a comparison are the modeller's: ``2: modeller's reading``; empty where none is."""
    if not criterion.inferred:
        return ""
    values = {"is": criterion.answer, "oneOf": listed_answers(criterion, observable)}
    values |= {KEYS[sign]: f"{WORDS[sign]} {bound_told(bound, criterion.unit)}" for sign, bound in criterion.limits}
    values |= {"times": str(criterion.times), "statistic": criterion.statistic, "window": str(criterion.window)}
    inferred = ", ".join(value for key, value in values.items() if key in criterion.inferred)
    return f"{inferred}: {READING}" if inferred else ""


def opposite(criterion: Comparison) -> Comparison:
    """What a number with one bound fulfils exactly if it does not fulfil the comparison; a comparison of other kinds as it is.

    >>> from decimal import Decimal
    >>> turned = opposite(Comparison("c", "age", bounds=(("≥", Decimal(15)),), inferred=("atLeast",)))
    >>> turned.bounds, turned.inferred
    ((('<', Decimal('15')),), ('lessThan',))
    """
    if len(criterion.bounds) != 1 or criterion.formulas:
        return criterion
    ((sign, bound),) = criterion.bounds
    turned = _TURNED[sign]
    inferred = tuple(KEYS[turned] if key == KEYS[sign] else key for key in criterion.inferred)
    return replace(criterion, bounds=((turned, bound),), label="", inferred=inferred)


def otherwise(criterion: Comparison, observable: Observable) -> str:
    """What it would ask for if it asked for the opposite; empty where that is not one bound of a number told once, or has a name."""
    turned = opposite(criterion)
    named_or_many = criterion.label or observable.repeated
    return "" if turned is criterion or named_or_many else requirement(turned, observable)


def listed_answers(criterion: Comparison, observable: Observable) -> str:
    """The choices that a comparison asks for: ``Negative or Equivocal``."""
    labels = dict(observable.choices)
    return " or ".join(labels.get(value, value) for value in criterion.one_of)
