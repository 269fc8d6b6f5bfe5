"""Units of measure by UCUM code (https://ucum.org). The library behind it takes most of a second to load: only on demand.

What readers see for a code, and which code a spelling stands for, is a list: `edgewise.graph.clinical_units`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from edgewise.graph import clinical_units
from edgewise.graph.reckoned import Reckoned, Told, fraction, reckoned, rounded

_TIMES = frozenset({"a", "mo", "wk", "d", "h", "min", "s"})
_DIGITS, _SPARED = 4, 2  # how many digits behind the point are kept of a long number, and how many more are not worth cutting off


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


class UnitError(ValueError):
    """A unit is unknown, or one cannot become the other."""


def printed(number: Decimal, unit: str, against: Iterable[Decimal] = ()) -> str:
    """A number with its unit for people. One that was converted stands behind what was told, rounded.

    Args:
        number: as it was told, or reckoned.
        unit: its UCUM code.
        against: bounds that it is compared with: then it stands alone, rounded no further than that it lies where it does.

    >>> printed(Decimal("3.0"), "mo"), printed(Decimal(85), "%"), printed(Decimal(1), "mo"), printed(Decimal(2), "")
    ('3 months', '85 %', '1 month', '2')
    >>> printed(convert(Decimal(30), "d", "wk"), "wk"), printed(convert(Decimal(26), "wk", "mo"), "mo", against=[Decimal(6)])
    ('30 days (4.3 weeks)', '5.98 months')
    """
    against = tuple(against)
    figure = rounded(number, against) if isinstance(number, Reckoned) else short(number)
    shown = f"{figure} {named(unit, one=figure == '1')}".rstrip()
    if isinstance(number, Reckoned) and number.told and not against:
        return f"{printed(*number.told)} ({shown})"
    return shown


def named(unit: str, *, one: bool = False) -> str:
    """What readers see for the code of a unit, of one or of many; nothing where there is none.

    >>> named("mm[Hg]"), named("{points}", one=True), named("")
    ('mmHg', 'point', '')
    """
    return clinical_units.name(unit, one=one) if unit else ""


def short(number: Decimal) -> str:
    """A number without trailing zeros, never rounded: a threshold may lie between it and any rounder one. What is cut off leaves "…".

    Only what was reckoned is rounded.

    >>> short(Decimal("80.00")), short(Decimal("79.99999")), short(Decimal("1e2")), short(Decimal("0.00012"))
    ('80', '79.99999', '100', '0.00012')
    >>> short(Decimal("5.97946611")), short(convert(Decimal(30), "d", "wk"))
    ('5.9794…', '4.3')
    """
    if isinstance(number, Reckoned):
        return rounded(number)
    whole, _, digits = f"{number:f}".partition(".")
    digits = digits.rstrip("0")
    zeros = len(digits) - len(digits.lstrip("0"))
    if len(digits) > zeros + _DIGITS + _SPARED:
        return f"{whole}.{digits[: zeros + _DIGITS]}…"
    return f"{whole}.{digits}" if digits else whole


def code(unit: str) -> str:
    """The UCUM code of a unit as people write it; what cannot be read is given back.

    >>> code("weeks"), code("Week"), code("wk"), code("mg"), code("mmHg"), code("bpm"), code("µg/L"), code("yrs"), code("bananas")
    ('wk', 'wk', 'wk', 'mg', 'mm[Hg]', '/min', 'ug/L', 'a', 'bananas')
    """
    text = unit.strip()
    if found := clinical_units.exactly(text):
        return found
    if not text or known(text):
        return text
    plain = clinical_units.in_ascii(text)
    return clinical_units.spelt(text) or (plain if known(plain) else text)


def meant(unit: str) -> str:
    """The UCUM code that was meant by a unit that is none, or is one of another unit; empty where nobody can tell.

    >>> meant("years"), meant("mmHg"), meant("pH"), meant("C"), meant("bananas")
    ('a', 'mm[Hg]', '[pH]', 'Cel', '')
    """
    found = code(unit)
    return found if found != unit and known(found) else ""


def is_time(unit: str) -> bool:
    """Whether a unit measures time.

    >>> is_time("wk"), is_time("mg")
    (True, False)
    """
    return unit in _TIMES


def known(unit: str) -> bool:
    """Whether `unit` is a UCUM code, and not a spelling by which another unit is meant.

    >>> known("mo"), known("bananas"), known("[pH]"), known("C")
    (True, False, True, False)
    """
    if unit in clinical_units.listed():
        return True
    if not unit or unit in clinical_units.mistaken():
        return False
    try:
        _quantity(unit)
    except UnitError:
        return False
    return True


def convert(value: Decimal, unit: str, to: str, molar_mass: Decimal | None = None) -> Decimal:
    """`value` in `unit`, expressed in `to`: exactly, for what is converted bears its fraction (`edgewise.graph.reckoned`).

    Args:
        value: to be converted.
        unit: in which it is told.
        to: in which it is wanted.
        molar_mass: of the substance, in g/mol: the road between its mass and its amount.

    Raises:
        UnitError: there is no road between the two.

    >>> short(convert(Decimal(52), "wk", "mo")), convert(Decimal(3), "mo", "mo"), convert(Decimal(42), "d", "wk")
    ('12.0', Decimal('3'), Decimal('6'))
    >>> short(convert(Decimal(212), "[degF]", "Cel"))  # an offset, not only a factor
    '100'
    >>> printed(convert(Decimal(27), "mg/dL", "mmol/L", Decimal("90.08")), "mmol/L")
    '27 mg/dL (3.0 mmol/L)'
    >>> convert(Decimal(3), "mg", "mo")
    Traceback (most recent call last):
        ...
    edgewise.graph.units.UnitError: 'mg' cannot be expressed in 'mo'
    """
    if unit == to:
        return value
    factor, offset = _road(unit, to, molar_mass)
    exact = fraction(value) * factor + offset
    first = value.told if isinstance(value, Reckoned) and value.told else Told(Decimal(value), unit)
    return reckoned(exact, first)


def wants_molar_mass(unit: str, to: str) -> bool:
    """Whether one is a mass and the other an amount of substance, so that a molar mass would lead from one to the other.

    >>> wants_molar_mass("mg/dL", "mmol/L"), wants_molar_mass("mg/dL", "g/L"), wants_molar_mass("mg", "mo")
    (True, False, False)
    """
    try:
        _road(unit, to, Decimal(1))
    except UnitError:
        return False
    try:
        _road(unit, to, None)
    except UnitError:
        return True
    return False


@cache
def _road(unit: str, to: str, molar_mass: Decimal | None) -> tuple[Fraction, Fraction]:
    """Factor and offset from one unit to another."""
    source, target = _quantity(unit), _quantity(to)
    refused = UnitError(f"'{unit}' cannot be expressed in '{to}'")
    if source is None or target is None or _arbitrary(unit) != _arbitrary(to):
        raise refused
    mole = _registry().Quantity(fraction(molar_mass), "gram / mole") if molar_mass else None
    try:
        begin, end, twice = (_there(Fraction(number), source, target, mole, unit, to) for number in (0, 1, 2))
    except Exception as error:  # pint's errors have no common base that is not also Python's own
        raise refused from error
    if twice - end != end - begin:  # a scale of logarithms
        raise refused
    return end - begin, begin


def _there(number: Fraction, source: Any, target: Any, mole: Any, unit: str, to: str) -> Fraction:
    """One number on its way; the whole of it, for temperatures have an offset."""
    quantity = _registry().Quantity(number * Fraction(source.magnitude), source.units)
    if mole is not None and quantity.dimensionality != target.dimensionality:
        if "mol" in to and "mol" not in unit:
            quantity = quantity / mole
        elif "mol" in unit and "mol" not in to:
            quantity = quantity * mole
    return Fraction(quantity.to(target.units).magnitude) / Fraction(target.magnitude)


_COUNTS = {"[ppth]", "[ppm]", "[ppb]", "[pptr]", "[HPF]", "[LPF]"}


@cache
def _arbitrary(unit: str) -> frozenset[str]:
    """The arbitrary units in a code: each can be expressed in itself alone, though the library takes them for numbers."""
    atoms = set(re.findall(r"\[[^\[\]]+\]", unit)) - _COUNTS
    return frozenset(atom.replace("[iU]", "[IU]") for atom in atoms if _is_arbitrary(atom))


def _is_arbitrary(atom: str) -> bool:
    try:
        found = _quantity(atom)
    except UnitError:  # the end of a name, such as the one of mm[Hg]
        return False
    return found is not None and bool(found.dimensionless)


@cache
def _registry() -> Any:
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry(non_int_type=Fraction)


@cache
def _quantity(unit: str) -> Any:
    """What the library makes of a code; None of one that it can read and not reckon with, such as ``[pH]``."""
    from ucumvert import InvalidUcumError

    try:
        found = _registry().from_ucum(unit)
    except InvalidUcumError as error:
        raise UnitError(f"'{unit}' is not a UCUM code") from error
    except Exception:  # a unit of UCUM that the library does not define
        return None
    return found if hasattr(found, "dimensionality") else _registry().Quantity(Fraction(1))  # an annotation alone


def spelled(number: int) -> str:
    """A whole number below a hundred in words.

    >>> spelled(7), spelled(70), spelled(75)
    ('seven', 'seventy', 'seventy five')
    """
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens - 2]} {_ONES[ones]}" if ones else _TENS[tens - 2]
