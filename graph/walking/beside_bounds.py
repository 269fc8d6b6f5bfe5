"""Numbers as they stand beside the bounds they are compared with: told in one unit, never rounded across a bound."""

from __future__ import annotations

from decimal import Decimal

from edgewise.graph.bands import bounds
from edgewise.graph.model import Comparison, Observable
from edgewise.graph.reckoned import Reckoned, fraction, reckoned
from edgewise.graph.units import printed

WORDS = {"≥": "at least", ">": "more than", "≤": "at most", "<": "less than"}


def beside(criterion: Comparison, value: Decimal, observable: Observable) -> str:
    """A number beside the bounds: as it was told, if in their unit, else rounded, but never across a bound."""
    if isinstance(value, Reckoned) and value.told and value.told.unit == criterion.unit:
        return printed(*value.told)
    return printed(value, observable.unit, against=[bound for _, bound in bounds(criterion, observable)])


def elsewhere(criterion: Comparison, answer: str | Decimal, observable: Observable) -> str:
    """Bounds in the unit in which the number is told, where the source's is another."""
    if not isinstance(answer, Decimal) or criterion.unit in ("", observable.unit):
        return ""
    if isinstance(answer, Reckoned) and answer.told and answer.told.unit == criterion.unit:
        return ""
    told = (f"{WORDS[sign]} {printed(bound, observable.unit, against=[answer])}" for sign, bound in bounds(criterion, observable))
    return f", that is {' and '.join(told)}"


def apart(later: Decimal, sooner: Decimal) -> Decimal:
    """The difference of two numbers, exact where they were converted."""
    return reckoned(fraction(later) - fraction(sooner))
