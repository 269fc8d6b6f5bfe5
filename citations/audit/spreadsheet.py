"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import re

_SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Where a program splits at another separator than the comma, a cell may begin in the middle of ours.
_WITHIN = re.compile(f"([;\\t\\r\\n]\\s*)(?=[{re.escape(''.join(_SIGNS))}])")


def defused(cell: str) -> str:
    r"""A cell with an apostrophe before whatever a spreadsheet would compute; everything else as it is.

    >>> defused("=1+1"), defused(" @SUM(A1)"), defused("5 - 3"), defused("a;=cmd")
    ("'=1+1", "' @SUM(A1)", '5 - 3', "a;'=cmd")
    """
    body = cell.lstrip()  # a spreadsheet may trim what stands before a sign
    lead = cell[: len(cell) - len(body)]
    return ("'" if body.startswith(_SIGNS) else "") + lead + _WITHIN.sub(r"\1'", body)
