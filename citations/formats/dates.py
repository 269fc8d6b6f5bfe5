"""Dates in words, as databases print them, as the parts of a CSL item."""

from __future__ import annotations

import re

from edgewise.citations.formats.details import month_number

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]{3,12}\.?|(?<!\d)\d{1,2}(?!\d)")


def date_parts(text: str, year: str = "") -> list[str]:
    """Year, month and day of a date such as ``2001 Jan 5``, ``JAN-FEB`` or ``2001/03/02``, as far as it says them.

    >>> date_parts("2006 May-Jun", "2006"), date_parts("07 2006", "2006")
    (['2006', '5'], ['2006', '7'])
    >>> date_parts("05 Mar. 2020", "2020"), date_parts("2009/001/001", "2009"), date_parts("15-17 June 2021")
    (['2020', '3', '5'], ['2009'], ['2021'])
    >>> date_parts("2001 Jan 5"), date_parts("JAN-FEB", "2001"), date_parts("2001 Spring"), date_parts("2001/03/02"), date_parts("in press")
    (['2001', '1', '5'], ['2001', '1'], ['2001'], ['2001', '3', '2'], [])
    """
    found = _YEAR.search(year or text)
    if not found:
        return []
    rest = _WORD.findall(_YEAR.sub(" ", text) if year else text[found.end() :])
    named = next((place for place, word in enumerate(rest) if not word.isdigit() and month_number(word)), 0)
    month = month_number(rest[named]) if rest else None
    if month is None:
        return [found[0]]
    days = rest[1:2] if not named else rest[:1] if named == 1 else []  # behind the month, or before it: 5 January
    day = int(days[0]) if days and days[0].isdigit() and 1 <= int(days[0]) <= 31 else 0
    return [found[0], str(month), *([str(day)] if day else [])]
