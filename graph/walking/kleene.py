"""Kleene's strong three-valued logic.

Source: S. C. Kleene, Introduction to Metamathematics (1952), section 64.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any


class Truth(Enum):
    """True, false, or not known."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @staticmethod
    def of(value: bool | None) -> Truth:
        """The truth of what is true, false or None."""
        return Truth.UNKNOWN if value is None else Truth.TRUE if value else Truth.FALSE

    def __invert__(self) -> Truth:
        """
        >>> ~Truth.TRUE, ~Truth.UNKNOWN
        (<Truth.FALSE: 'false'>, <Truth.UNKNOWN: 'unknown'>)
        """
        return _NEGATION[self]


_NEGATION = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}


def all_of(truths: Iterable[Truth]) -> Truth:
    """Conjunction: false as soon as one part is false; of nothing, true.

    >>> all_of([Truth.UNKNOWN, Truth.FALSE])
    <Truth.FALSE: 'false'>
    """
    found = Truth.TRUE
    for truth in truths:
        if truth is Truth.FALSE:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


def any_of(truths: Iterable[Truth]) -> Truth:
    """Disjunction: true as soon as one part is true; of nothing, false.

    >>> any_of([Truth.UNKNOWN, Truth.TRUE])
    <Truth.TRUE: 'true'>
    """
    found = Truth.FALSE
    for truth in truths:
        if truth is Truth.TRUE:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


def interval(values: Iterable[Truth], points: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
    """The least and the most that the points of what is true may add up to.

    >>> interval([Truth.TRUE, Truth.UNKNOWN, Truth.UNKNOWN], [Decimal(3), Decimal(1), Decimal(-2)])
    (Decimal('1'), Decimal('4'))
    """
    least = most = Decimal(0)
    for value, count in zip(values, points, strict=True):
        least += count if value is Truth.TRUE else min(count, Decimal(0)) if value is Truth.UNKNOWN else 0
        most += count if value is Truth.TRUE else max(count, Decimal(0)) if value is Truth.UNKNOWN else 0
    return least, most


TESTS: Mapping[str, Callable[[Any, Any], bool]] = {"≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt}


def _bounded(least: Decimal, most: Decimal, sign: str, bound: Decimal) -> Truth:
    """How a bound comes out on something from `least` to `most`."""
    ends = {TESTS[sign](end, bound) for end in (least, most)}
    return Truth.UNKNOWN if len(ends) == 2 else Truth.TRUE if ends == {True} else Truth.FALSE


def lies_within(least: Decimal, most: Decimal, bounds: Iterable[tuple[str, Decimal]]) -> Truth:
    """Whether a sum from `least` to `most` lies within bounds; not known where it depends on what the sum will be.

    >>> lies_within(Decimal(1), Decimal(4), [("≥", Decimal(1)), ("≤", Decimal(3))])
    <Truth.UNKNOWN: 'unknown'>
    """
    return all_of(_bounded(least, most, sign, bound) for sign, bound in bounds)


class Kleene:
    """The same logic as `edgewise.graph.law.Logic` asks for it.

    >>> Kleene().surely(Truth.UNKNOWN)
    <Truth.FALSE: 'false'>
    """

    __slots__ = ()
    true, false = Truth.TRUE, Truth.FALSE
    all_of, any_of = staticmethod(all_of), staticmethod(any_of)

    @staticmethod
    def sum_within(values: Sequence[Truth], points: Sequence[Decimal], bounds: Sequence[tuple[str, Decimal]]) -> Truth:
        """
        >>> Kleene.sum_within([Truth.TRUE, Truth.UNKNOWN], [Decimal(3), Decimal("1.5")], [(">", Decimal(4))])
        <Truth.UNKNOWN: 'unknown'>
        """
        return lies_within(*interval(values, points), bounds)

    @staticmethod
    def negated(value: Truth) -> Truth:
        return _NEGATION[value]

    @staticmethod
    def surely(value: Truth) -> Truth:
        return Truth.TRUE if value is Truth.TRUE else Truth.FALSE
