"""Exact arithmetic for bounds that are worked out: fractions, spans of numbers with open and closed ends, and polynomials over ids.

Source of the rules for spans: R. E. Moore, R. B. Kearfott and M. J. Cloud, Introduction to Interval Analysis (2009), chapter 2. Nothing is
rounded; where an id stands in a sum more than once, a span may be wider than what can be reached, never narrower.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product
from typing import NamedTuple

Number = Fraction | float
"""A fraction; a float only where it is infinite."""
INFINITE = float("inf")
_DIGITS = 60


class End(NamedTuple):
    """Where a span ends, and whether the end itself is left out."""

    value: Number
    open: bool = False


_BOTTOM, _TOP = End(-INFINITE, True), End(INFINITE, True)


@dataclass(frozen=True, slots=True)
class Span:
    """All numbers between two ends.

    >>> Span.of(2, 3) + Span.point(Fraction(1)), Span.of(-1, 2) * Span.of(3, 4)
    (Span(3, 4), Span(-4, 8))
    """

    low: End = _BOTTOM
    high: End = _TOP

    def __repr__(self) -> str:
        return f"Span({self.low.value}{' open' * self.low.open}, {self.high.value}{' open' * self.high.open})"

    @staticmethod
    def of(low: Decimal | Fraction | int | None, high: Decimal | Fraction | int | None) -> Span:
        """From one number to another, both inside; None is no end."""
        return Span(_BOTTOM if low is None else End(Fraction(low)), _TOP if high is None else End(Fraction(high)))

    @staticmethod
    def point(value: Decimal | Fraction | int) -> Span:
        return Span.of(value, value)

    @property
    def ends(self) -> tuple[End, End]:
        return self.low, self.high

    @property
    def is_point(self) -> bool:
        return self.low.value == self.high.value

    def __add__(self, other: Span) -> Span:
        return Span(_sum(self.low, other.low), _sum(self.high, other.high))

    def __neg__(self) -> Span:
        return Span(End(-self.high.value, self.high.open), End(-self.low.value, self.low.open))

    def __mul__(self, other: Span) -> Span:
        ends = [_product(one, two) for one, two in product((self.low, self.high), (other.low, other.high))]
        return Span(min(ends, key=lambda end: (end.value, end.open)), max(ends, key=lambda end: (end.value, not end.open)))

    def inverse(self) -> Span:
        """One divided by each of its numbers; everything where zero may be among them."""
        if not self.nonzero:
            return Span()
        return Span(_inverse(self.high, self.low.value > 0), _inverse(self.low, self.low.value >= 0))

    @property
    def sign(self) -> int:
        """1 where no number is below zero, -1 where none is above, 0 where nothing is sure; of nothing but zero 1."""
        return 1 if self.low.value >= 0 else -1 if self.high.value <= 0 else 0

    @property
    def nonzero(self) -> bool:
        return self.low.value > 0 or self.high.value < 0 or (self.low == End(Fraction(0), True)) or (self.high == End(Fraction(0), True))

    def compared(self, sign: str) -> bool | None:
        """Whether all of its numbers stand in a relation to zero (``≥ > ≤ <``); None where some do and some do not."""
        if sign in "≤<":
            return (-self).compared("≥" if sign == "≤" else ">")
        if sign == "≥":
            return True if self.low.value >= 0 else False if self.high.value < 0 or self.high == End(Fraction(0), True) else None
        return True if self.low.value > 0 or self.low == End(Fraction(0), True) else False if self.high.value <= 0 else None


def greatest(spans: Iterable[Span]) -> Span:
    """Where the greatest of several numbers lies."""
    held = list(spans)
    low = max(span.low.value for span in held)
    high = max(span.high.value for span in held)
    return Span(
        End(low, any(span.low.open for span in held if span.low.value == low)),
        End(high, all(span.high.open for span in held if span.high.value == high)),
    )


def least(spans: Iterable[Span]) -> Span:
    """Where the least of several numbers lies."""
    return -greatest(-span for span in spans)


def _sum(one: End, other: End) -> End:
    return End(one.value + other.value, one.open or other.open)


def _product(one: End, other: End) -> End:
    if one.value == 0 or other.value == 0:  # nothing times anything is nothing, however far the other goes
        zero = [end for end in (one, other) if end.value == 0]
        return End(Fraction(0), all(end.open for end in zero))
    return End(one.value * other.value, one.open or other.open)


def _inverse(end: End, positive: bool) -> End:
    if end.value == 0:
        return End(INFINITE if positive else -INFINITE, True)
    return End(Fraction(0), True) if abs(end.value) == INFINITE else End(1 / Fraction(end.value), end.open)


Monomial = tuple[str, ...]
"""Ids that are multiplied, sorted, each as often as it stands there; of a bare number none."""


class Polynomial(Mapping[Monomial, Fraction]):
    """A sum of products of ids.

    >>> age = Polynomial.taken("age")
    >>> (Polynomial.number(10) * age + Polynomial.number(5)).terms
    (((), Fraction(5, 1)), (('age',), Fraction(10, 1)))
    """

    def __init__(self, terms: Mapping[Monomial, Fraction]) -> None:
        self.terms = tuple(sorted((monomial, factor) for monomial, factor in terms.items() if factor))
        self._held = dict(self.terms)

    @staticmethod
    def number(value: Decimal | Fraction | int) -> Polynomial:
        return Polynomial({(): Fraction(value)})

    @staticmethod
    def taken(id: str) -> Polynomial:
        return Polynomial({(id,): Fraction(1)})

    def __getitem__(self, monomial: Monomial) -> Fraction:
        return self._held[monomial]

    def __iter__(self) -> Iterable[Monomial]:  # type: ignore[override]
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __hash__(self) -> int:
        return hash(self.terms)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self.terms == other.terms

    def __add__(self, other: Polynomial) -> Polynomial:
        return Polynomial({one: self.get(one, Fraction(0)) + other.get(one, Fraction(0)) for one in {*self._held, *other._held}})

    def __neg__(self) -> Polynomial:
        return self.scaled(Fraction(-1))

    def __mul__(self, other: Polynomial) -> Polynomial:
        found: dict[Monomial, Fraction] = {}
        for (one, factor), (two, by) in product(self.terms, other.terms):
            together = tuple(sorted((*one, *two)))
            found[together] = found.get(together, Fraction(0)) + factor * by
        return Polynomial(found)

    def scaled(self, factor: Fraction) -> Polynomial:
        return Polynomial({one: held * factor for one, held in self.terms})

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids that have a say in its value."""
        return tuple(dict.fromkeys(id for monomial, _ in self.terms for id in monomial))

    @property
    def constant(self) -> Fraction | None:
        """Its value, where no id has a say in it."""
        return None if self.ids else self.get((), Fraction(0))

    def degree(self, id: str) -> int:
        """How often an id is multiplied by itself at most."""
        return max((monomial.count(id) for monomial, _ in self.terms), default=0)

    def derived(self, id: str) -> Polynomial:
        """How it changes where one id grows."""
        found = {_without(one, id): factor * one.count(id) for one, factor in self.terms if id in one}
        return Polynomial(found)

    def put(self, known: Mapping[str, Fraction]) -> Polynomial:
        """What is left of it once some ids are known."""
        found: dict[Monomial, Fraction] = {}
        for monomial, factor in self.terms:
            for id in monomial:
                factor *= known.get(id, Fraction(1))
            left = tuple(id for id in monomial if id not in known)
            found[left] = found.get(left, Fraction(0)) + factor
        return Polynomial(found)

    def span(self, box: Mapping[str, Span]) -> Span:
        """Where its value lies if each id lies in its span."""
        found = Span.point(0)
        for monomial, factor in self.terms:
            term = Span.point(factor)
            for id in monomial:
                term *= box[id]
            found += term
        return found


def _without(monomial: Monomial, id: str) -> Monomial:
    at = monomial.index(id)
    return (*monomial[:at], *monomial[at + 1 :])


def decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal: exact wherever its digits end, else to sixty of them.

    >>> decimal(Fraction(720)), decimal(Fraction(1, 8))
    (Decimal('720'), Decimal('0.125'))
    """
    with localcontext(prec=_DIGITS):
        return Decimal(value.numerator) / Decimal(value.denominator)


def ends(value: Fraction) -> bool:
    """Whether the digits of a fraction come to an end.

    >>> ends(Fraction(1, 8)), ends(Fraction(1, 3))
    (True, False)
    """
    left = value.denominator
    for prime in (2, 5):
        while left % prime == 0:
            left //= prime
    return left == 1
