"""Windows on a time that goes by, asked for by a comparison with a lower and an upper bound: when one begins, and how late it is."""

from __future__ import annotations

from decimal import Decimal

from edgewise.graph.bands import bounds, is_timed
from edgewise.graph.model import Comparison, Observable
from edgewise.graph.units import printed
from edgewise.graph.walking.beside_bounds import apart
from edgewise.graph.walking.facts import Answer
from edgewise.graph.walking.kleene import TESTS


def is_window(criterion: Comparison, observable: Observable) -> bool:
    """Whether a comparison asks that a time which goes by lies between two: from when on something is due, and until when.

    >>> hours = Observable("h", "Hours since", "", "quantity", unit="h", accrues=True)
    >>> is_window(Comparison("c", "h", bounds=(("≥", Decimal(2)), ("≤", Decimal(4))), unit="h"), hours)
    True
    """
    return is_timed(criterion, observable) and not criterion.ends


def overdue(criterion: Comparison, answer: Answer | None, observable: Observable) -> Decimal | None:
    """By how much a time that goes by has passed a window, in the observable's unit; None where it has not, or there is none.

    What was due until then is not closed by being late.
    """
    if not isinstance(answer, Decimal) or not is_window(criterion, observable):
        return None
    end = next((sign, bound) for sign, bound in bounds(criterion, observable) if sign in "≤<")
    return None if TESTS[end[0]](answer, end[1]) else apart(answer, end[1])


def still_to_come(criterion: Comparison, answer: str | Decimal, observable: Observable) -> str:
    """When the window of a time that goes by begins, as words behind a trace; empty where it has begun, or there is none."""
    if not isinstance(answer, Decimal) or not is_window(criterion, observable):
        return ""
    begin = next(bound for sign, bound in bounds(criterion, observable) if sign in "≥>")
    return f": in {printed(apart(begin, answer), observable.unit)}" if answer < begin else ""


def late(needs: str, by: Decimal | None, observable: Observable) -> str:
    """By how much a time that goes by has passed its window, as words behind a trace; empty where it has not."""
    return f" (needed: {needs}): overdue by {printed(by, observable.unit)}" if by else ""
