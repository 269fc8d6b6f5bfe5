"""Kleene's strong three-valued logic.

Source: S. C. Kleene, Introduction to Metamathematics (1952), section 64.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """True, false, or not known."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

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


class Kleene:
    """The same logic as `edgewise.graph.law.Logic` asks for it.

    >>> Kleene().surely(Truth.UNKNOWN)
    <Truth.FALSE: 'false'>
    """

    __slots__ = ()
    true, false = Truth.TRUE, Truth.FALSE
    all_of, any_of = staticmethod(all_of), staticmethod(any_of)

    @staticmethod
    def negated(value: Truth) -> Truth:
        return _NEGATION[value]

    @staticmethod
    def surely(value: Truth) -> Truth:
        return Truth.TRUE if value is Truth.TRUE else Truth.FALSE
