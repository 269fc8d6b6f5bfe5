"""Dates in words, as databases print them, as the parts of a CSL item."""

from __future__ import annotations

import re

from edgewise.citations.formats.details import month_number

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]{3,12}\.?|\d{1,2}(?!\d)")


def date_parts(text: str, year: str = "") -> list[str]:
    """Year, month and day of a date such as ``2001 Jan 5``, ``JAN-FEB`` or ``2001/03/02``, as far as it says them.

    >>> date_parts("2006 May-Jun", "2006"), date_parts("07 2006", "2006")
    (['2006', '5'], ['2006', '7'])
    >>> date_parts("2001 Jan 5"), date_parts("JAN-FEB", "2001"), date_parts("2001 Spring"), date_parts("2001/03/02"), date_parts("in press")
    (['2001', '1', '5'], ['2001', '1'], ['2001'], ['2001', '3', '2'], [])
    """
    found = _YEAR.search(year or text)
    if not found:
        return []
    rest = _WORD.findall(_YEAR.sub(" ", text) if year else text[found.end() :])
    if len(rest) == 2 and month_number(rest[0]) is None and month_number(rest[1]) and not rest[1].isdigit():  # 5 January
        rest.reverse()
    month = month_number(rest[0]) if rest else None
    if month is None:
        return [found[0]]
    day = int(rest[1]) if len(rest) > 1 and rest[1].isdigit() and 1 <= int(rest[1]) <= 31 else 0
    return [found[0], str(month), *([str(day)] if day else [])]
