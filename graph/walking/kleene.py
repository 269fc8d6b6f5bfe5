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
    seen = set(truths)
    return Truth.FALSE if Truth.FALSE in seen else Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.TRUE


def any_of(truths: Iterable[Truth]) -> Truth:
    """Disjunction: true as soon as one part is true; of nothing, false.

    >>> any_of([Truth.UNKNOWN, Truth.TRUE])
    <Truth.TRUE: 'true'>
    """
    return ~all_of(~truth for truth in truths)
