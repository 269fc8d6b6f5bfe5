"""Numbers that were reckoned, not told: kept exactly, printed rounded. What was written is a plain Decimal and never rounded."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, NamedTuple

DIGITS = 28
"""Of the decimal that stands for a fraction without end."""
_PLAIN = 6  # digits behind the point up to which an exact number may pass for one that was told
_FEWEST = 2  # significant digits in print
_TENTHS_BELOW = 100  # from here on whole numbers say enough


class Told(NamedTuple):
    """What a number was reckoned from, as it was written."""

    value: Decimal
    unit: str


class Reckoned(Decimal):
    """A decimal with the fraction that it stands for, and what was told in another unit, if it was converted.

    >>> lactate = reckoned(Fraction(27000, 9008), Told(Decimal(27), "mg/dL"))
    >>> lactate < 3, rounded(lactate), rounded(lactate, [Decimal(3)])
    (True, '3.0', '2.997')
    """

    exact: Fraction
    told: Told | None

    def __reduce__(self) -> Any:
        return reckoned, (self.exact, self.told)

    def __copy__(self) -> Reckoned:
        return self

    def __deepcopy__(self, _memo: object) -> Reckoned:
        return self


def reckoned(exact: Fraction, told: Told | None = None) -> Decimal:
    """A number that was reckoned; a plain Decimal where it comes out even, so that nothing needs rounding.

    >>> reckoned(Fraction(42, 7)), type(reckoned(Fraction(1, 3))).__name__
    (Decimal('6'), 'Reckoned')
    """
    with localcontext(prec=DIGITS):
        near = Decimal(exact.numerator) / exact.denominator
    if Fraction(near) == exact and _places(near) <= _PLAIN:
        return near if near.as_tuple().exponent <= 0 else Decimal(f"{near:f}")  # type: ignore[operator]  # finite
    number = Reckoned(near)
    number.exact, number.told = exact, told
    return number


def fraction(number: Decimal) -> Fraction:
    """The exact number that a decimal stands for."""
    return number.exact if isinstance(number, Reckoned) else Fraction(number)


def rounded(number: Reckoned, against: Iterable[Decimal] = ()) -> str:
    """A number in as many digits as were told, two at least, and tenths below a hundred.

    Args:
        number: that was reckoned.
        against: numbers it is compared with: it is never printed as lying elsewhere than it does, if that takes more digits.

    >>> weeks = Reckoned("4.285714"); weeks.exact, weeks.told = Fraction(30, 7), Told(Decimal(30), "d")
    >>> rounded(weeks)
    '4.3'
    >>> almost = Reckoned("3.96"); almost.exact, almost.told = Fraction("3.96"), None
    >>> rounded(almost, [Decimal(4)]), rounded(almost)
    ('3.96', '4.0')
    """
    digits = max(_FEWEST, len(number.told.value.normalize().as_tuple().digits) if number.told else 0)
    least = -1 if abs(number) < _TENTHS_BELOW else 0
    bounds = [bound for one in against if one.is_finite() and (bound := fraction(one)) != number.exact]
    for exponent in range(min(number.adjusted() - digits + 1, least), -DIGITS - 1, -1):
        found = _to(number.exact, exponent)
        if all(_side(Fraction(found), bound) == _side(number.exact, bound) for bound in bounds):
            return f"{found:f}"
    return f"{Decimal(number):f}"


def _to(exact: Fraction, exponent: int) -> Decimal:
    return Decimal(round(exact * Fraction(10) ** -exponent)).scaleb(exponent)


def _side(one: Fraction, other: Fraction) -> int:
    return (one > other) - (one < other)


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
