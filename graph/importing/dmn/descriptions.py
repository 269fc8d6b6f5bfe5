"""Cells whose text is plain words, and whose description says the same as a comparison with the input's own expression."""

from __future__ import annotations

import re

_LONGEST = 2000
_WORDS = re.compile(r'"[^"]*"|\b(?:TRUE|FALSE|AND|OR|NOT|IN|NULL)\b')
_WHERE = re.compile(r"\(where [^()]*\)", re.IGNORECASE)


def formal(description: str, expression: str) -> str:
    """The description as a test on the input, which is `?` in it; empty where it does not name the input in the words of its expression.

    Args:
        description: of a cell.
        expression: of the cell's input. Spaces, capitals, kinds of dashes and quotes make no difference.

    >>> formal("9 years ≤ Today's date − “Birth” ≤ 45 years", "today's date - “Birth”")
    '9 years ≤ ? ≤ 45 years'
    >>> formal('"Complete" = TRUE (where "Vaccine" = "A")', '"Complete" (where "Vaccine" = "A")')
    '? = true'
    >>> formal("Ask the parents", '"Complete"')
    ''
    """
    said, asked = _plain(description), _plain(expression)
    if not asked or max(len(said), len(asked)) > _LONGEST:
        return ""
    found = _named(said, asked)
    if not found and (where := _WHERE.search(asked)) is not None:  # the clause may stand at the end of the comparison
        found = _named(_WHERE.sub(" ", said, count=1), asked.replace(where[0], " ")) if _same(where[0], _WHERE.search(said)) else ""
    return " ".join(_WORDS.sub(lambda match: match[0] if match[0].startswith('"') else match[0].lower(), found).split())


def _plain(text: str) -> str:
    return re.sub("[‘’'“”]", '"', re.sub("[−–—]", "-", text))


def _named(said: str, asked: str) -> str:
    pattern = r"\s*".join(re.escape(sign) for sign in asked if not sign.isspace())
    found, times = re.subn(pattern, "?", said, flags=re.IGNORECASE)
    return found if times else ""


def _same(one: str, other: re.Match[str] | None) -> bool:
    return other is not None and re.sub(r"\s", "", one).casefold() == re.sub(r"\s", "", other[0]).casefold()
