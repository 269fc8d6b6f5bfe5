"""Numbers and units as they are typed: what they mean, and what is wrong with them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from edgewise.graph import clinical_units
from edgewise.graph.units import code, known

UNITS = {one.code: f"{one.name} ({one.code})" if one.name != one.code.strip("{}") else one.name for one in clinical_units.listed().values()}
"""Units to choose from, by their codes; any other that Edgewise knows can be typed."""


def number_fault(text: str, what: str) -> str:
    """What is wrong with a number as it was typed; empty for nothing.

    >>> number_fault("1.50", "the least"), number_fault("", "x"), number_fault("1,5", "the least")
    ('', '', "'1,5' is no number for the least: write it with digits and a point, such as 1.5.")
    """
    try:
        fine = not text or Decimal(text).is_finite()
    except InvalidOperation:
        fine = False
    return "" if fine else f"'{text[:40]}' is no number for {what}: write it with digits and a point, such as 1.5."


def unit_fault(text: str) -> str:
    """What is wrong with a unit as it was typed, by whatever name.

    >>> unit_fault("mmHg"), unit_fault("bananas")
    ('', "'bananas' is no unit that Edgewise knows: choose one of the list, or write its UCUM code.")
    """
    fine = not text or known(code(text))
    return "" if fine else f"'{text[:40]}' is no unit that Edgewise knows: choose one of the list, or write its UCUM code."


def quantity_of(text: str) -> tuple[str, str]:
    """A number with its unit as the model writes it, and what is wrong with it.

    >>> quantity_of("40 mg"), quantity_of("4 g/d"), quantity_of(""), quantity_of("40")
    (('40 mg', ''), ('4 g/d', ''), ('', ''), ('', "'40' is no amount: write a number, a space and a unit, such as 40 mg."))
    """
    number, _, unit = text.partition(" ")
    if not text:
        return "", ""
    if number_fault(number, "") or not unit.strip():
        return "", f"'{text[:40]}' is no amount: write a number, a space and a unit, such as 40 mg."
    return f"{number} {code(unit.strip())}", unit_fault(unit.strip())


def range_fault(low: str, high: str) -> str:
    """What is wrong with two ends; nothing where one is missing.

    >>> range_fault("1", "2"), range_fault("", "2"), range_fault("3", "2")
    ('', '', 'The upper end, 2, lies below the lower one, 3: exchange them.')
    """
    wrong = low and high and not (number_fault(low, "") or number_fault(high, "")) and Decimal(low) > Decimal(high)
    return f"The upper end, {high}, lies below the lower one, {low}: exchange them." if wrong else ""
