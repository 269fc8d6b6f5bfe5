"""Durations of ISO 8601 as guidelines write a stretch of time, where the two say exactly the same."""

from __future__ import annotations

import re
from decimal import Decimal

_FORM = re.compile(
    r"P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6}(?:[.,]\d{1,3})?)S)?)?"
)
_CALENDAR = (("a", 12), ("mo", 1))
_CLOCK = (("wk", 604_800), ("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))
_LARGEST = 999_999


def stretch(duration: str) -> str:
    """A duration as ``1 h``; nothing where it is none, is zero, or mixes months with days.

    >>> stretch("PT1H"), stretch("P1DT12H"), stretch("P6W"), stretch("P1Y6M"), stretch("PT0.5S"), stretch("P1M1D"), stretch("R/PT1H")
    ('1 h', '36 h', '6 wk', '18 mo', '0.5 s', '', '')
    """
    match = _FORM.fullmatch(duration.strip())
    if match is None or not any(match.groups()):
        return ""
    given = [Decimal((text or "0").replace(",", ".")) for text in match.groups()]
    calendar, clock = given[:2], given[2:]
    if any(calendar) and any(clock):
        return ""
    return _written(calendar, _CALENDAR) if any(calendar) else _written(clock, _CLOCK)


def rhythm(cycle: str) -> str:
    """What an unlimited repetition repeats after: ``R/PT8H`` as ``8 h``; nothing for any other.

    >>> rhythm("R/PT8H"), rhythm("R3/PT8H"), rhythm("0 0 * * *")
    ('8 h', '', '')
    """
    said = cycle.strip()
    return stretch(said[2:]) if said.startswith("R/") else ""


def _written(amounts: list[Decimal], units: tuple[tuple[str, int], ...]) -> str:
    """The sum in the smallest unit that was given."""
    if not any(amounts):
        return ""
    smallest, size = max((unit for unit, amount in zip(units, amounts, strict=True) if amount), key=lambda unit: -unit[1])
    total = sum((amount * seconds for amount, (_, seconds) in zip(amounts, units, strict=True)), Decimal(0)) / size
    return f"{total.normalize():f} {smallest}" if total <= _LARGEST else ""
