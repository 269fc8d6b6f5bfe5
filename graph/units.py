"""Units of measure by UCUM code (https://ucum.org). The library behind it takes most of a second to load: only on demand."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

# How the commonest codes are printed; any other code is printed as it is. All of them are UCUM codes.
_PRINTED = {"%": "%", "mo": "months", "wk": "weeks", "d": "days", "a": "years", "h": "hours", "min": "minutes", "1": "", "": ""}
_TIMES = frozenset({"a", "mo", "wk", "d", "h", "min", "s"})
_DIGITS, _SPARED = 4, 2  # how many digits behind the point are kept of a long number, and how many more are not worth cutting off


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


class UnitError(ValueError):
    """A unit is unknown, or one cannot become the other."""


def printed(number: Decimal, unit: str) -> str:
    """A number with its unit for people.

    >>> printed(Decimal("3.0"), "mo"), printed(Decimal(85), "%"), printed(Decimal(1), "mo"), printed(Decimal(2), "")
    ('3 months', '85 %', '1 month', '2')
    """
    word = _PRINTED.get(unit, unit)
    if number == 1 and word.endswith("s") and unit in _PRINTED:
        word = word[:-1]
    return f"{short(number)} {word}".rstrip()


def short(number: Decimal) -> str:
    """A number without trailing zeros, never rounded: a threshold may lie between it and any rounder one. What is cut off leaves "…".

    >>> short(Decimal("80.00")), short(Decimal("79.99999")), short(Decimal("1e2")), short(Decimal("0.00012"))
    ('80', '79.99999', '100', '0.00012')
    >>> short(Decimal("5.97946611"))  # 26 weeks in months
    '5.9794…'
    """
    whole, _, digits = f"{number:f}".partition(".")
    digits = digits.rstrip("0")
    zeros = len(digits) - len(digits.lstrip("0"))
    if len(digits) > zeros + _DIGITS + _SPARED:
        return f"{whole}.{digits[: zeros + _DIGITS]}…"
    return f"{whole}.{digits}" if digits else whole


def code(unit: str) -> str:
    """The UCUM code of a unit that is written as `printed` writes it; of any other what is written.

    >>> code("weeks"), code("Week"), code("wk"), code("mg")
    ('wk', 'wk', 'wk', 'mg')
    """
    word = unit.lower()
    return next((code for code, printed in _PRINTED.items() if word and word in (printed, printed.removesuffix("s"))), unit)


def is_time(unit: str) -> bool:
    """Whether a unit measures time.

    >>> is_time("wk"), is_time("mg")
    (True, False)
    """
    return unit in _TIMES


def known(unit: str) -> bool:
    """Whether `unit` is a UCUM code.

    >>> known("mo"), known("bananas")
    (True, False)
    """
    if unit in _PRINTED:
        return unit != ""
    try:
        _quantity(unit)
    except UnitError:
        return False
    return True


@lru_cache(maxsize=4096)
def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """`value` in `unit`, expressed in `to` to twelve digits; UnitError where there is no road between them.

    >>> short(convert(Decimal(52), "wk", "mo")), convert(Decimal(3), "mo", "mo")
    ('11.9589…', Decimal('3'))
    >>> short(convert(Decimal(212), "[degF]", "Cel"))  # an offset, not only a factor
    '100'
    >>> convert(Decimal(3), "mg", "mo")
    Traceback (most recent call last):
        ...
    edgewise.graph.units.UnitError: 'mg' cannot be expressed in 'mo'
    """
    if unit == to:
        return value
    source, target = _quantity(unit), _quantity(to)
    try:
        # The whole value is converted, not a factor: temperatures have an offset.
        converted = _registry().Quantity(float(value) * source.magnitude, source.units).to(target.units).magnitude / target.magnitude
    except Exception as error:  # pint's errors have no common base that is not also Python's own
        raise UnitError(f"'{unit}' cannot be expressed in '{to}'") from error
    return Decimal(f"{converted:.12g}")  # a binary fraction: more digits would be its noise


@cache
def _registry() -> Any:
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry()


@cache
def _quantity(unit: str) -> Any:
    try:
        return _registry().from_ucum(unit)
    except Exception as error:  # the parser's error types are private to it
        raise UnitError(f"'{unit}' is not a UCUM code") from error


def spelled(number: int) -> str:
    """A whole number below a hundred in words.

    >>> spelled(7), spelled(70), spelled(75)
    ('seven', 'seventy', 'seventy five')
    """
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens - 2]} {_ONES[ones]}" if ones else _TENS[tens - 2]
