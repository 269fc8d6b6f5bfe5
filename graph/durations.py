"""Stretches of time: as a guideline and a visit write them, compared exactly, and told in words.

Units are those of UCUM: a month is the twelfth part of a year of 365.25 days, as there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

SECONDS: Mapping[str, int] = {"s": 1, "min": 60, "h": 3600, "d": 86_400, "wk": 604_800, "mo": 2_629_800, "a": 31_557_600}
"""How long each unit of time is; the keys are UCUM's codes."""

UNITS = "s, min, h, d, wk, mo or a"
"""The units as a message names them."""

_READABLE = 200  # a number of some smaller unit beyond which a rounded one of the larger unit says more
_WORDS = {"d": "day", "wk": "week", "mo": "month", "a": "year"}
_FORM = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) ?([A-Za-z]+)")
_SPELLED = {"s": "s second sec", "min": "minute", "h": "hour hr", "d": "day", "wk": "week", "mo": "month", "a": "year y yr"}
_UNITS = {word: unit for unit, words in _SPELLED.items() for stem in words.split() for word in (unit, stem, f"{stem}s")}


class Duration(NamedTuple):
    """A stretch of time: so much of a unit, of which the seconds are exact.

    >>> Duration(Decimal(4), "wk").seconds == Duration(Decimal(28), "d").seconds, str(Duration(Decimal(4), "wk"))
    (True, '4 weeks')
    """

    amount: Decimal
    unit: str

    @property
    def seconds(self) -> Decimal:
        """How long it is."""
        return self.amount * SECONDS[self.unit]

    @property
    def written(self) -> str:
        """As a file writes it: ``4 wk``.

        >>> Duration(Decimal("1.50"), "h").written
        '1.5 h'
        """
        return f"{_number(self.amount)} {self.unit}"

    @property
    def rhythm(self) -> str:
        """As what is done time and again: ``every 4 weeks``.

        >>> Duration(Decimal(1), "d").rhythm, Duration(Decimal(4), "wk").rhythm, Duration(Decimal(1), "h").rhythm
        ('every day', 'every 4 weeks', 'every 1 h')
        """
        return f"every {_WORDS[self.unit] if self.amount == 1 and self.unit in _WORDS else self}"

    def __str__(self) -> str:
        word = _WORDS.get(self.unit)
        if word is None:
            return f"{_number(self.amount)} {self.unit}"
        return f"{_number(self.amount)} {word}{'' if self.amount == 1 else 's'}"


def duration(text: str) -> Duration:
    """The stretch of time that a text writes, with the code or the name of its unit; ValueError where it writes none.

    >>> duration("4 wk"), duration("4 weeks") == duration("4wk"), duration("0 h").seconds
    (Duration(amount=Decimal('4'), unit='wk'), True, Decimal('0'))
    >>> duration("4 cm")
    Traceback (most recent call last):
        ...
    ValueError: 'cm' is no unit of time
    """
    found = _FORM.fullmatch(text.strip())
    if not found:
        raise ValueError("it is no number with a unit of time")
    unit = _UNITS.get(found[2]) or _UNITS.get(found[2].lower())
    if unit is None:
        raise ValueError(f"'{found[2][:20]}' is no unit of time")
    return Duration(Decimal(found[1]), unit)


def lasting(seconds: Decimal, *units: str) -> Duration:
    """So many seconds in the first of these units that holds them whole, or one and some halves; else in the largest smaller one that does.

    What none holds in a number one can read is rounded to a tenth of the first: months and weeks do not fit into one another.

    >>> str(lasting(Decimal(5400), "h")), str(lasting(Decimal(1800), "h")), str(lasting(Decimal(2419200), "wk"))
    ('1.5 h', '30 min', '4 weeks')
    >>> str(lasting(Decimal("1209600.5"), "mo"))
    '0.5 months'
    """
    units = units or ("wk",)
    smaller = [unit for unit in ("wk", "d", "h", "min", "s") if SECONDS[unit] < SECONDS[units[0]]]
    for unit in (*units, *smaller):
        amount = seconds / SECONDS[unit]
        halves = unit in units and amount > 1
        if (amount * 2 if halves else amount) % 1 == 0 and (unit in units or abs(amount) < _READABLE):
            return Duration(amount, unit)
    return Duration(round(seconds / SECONDS[units[0]], 1), units[0])


def exactly(seconds: int) -> Duration:
    """So many seconds in the largest unit, weeks at the most, that holds them whole.

    >>> str(exactly(5400)), str(exactly(2419200)), str(exactly(0))
    ('90 min', '4 weeks', '0 h')
    """
    unit = next(unit for unit in ("wk", "d", "h", "min", "s") if seconds % SECONDS[unit] == 0) if seconds else "h"
    return Duration(Decimal(seconds // SECONDS[unit]), unit)


def _number(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
