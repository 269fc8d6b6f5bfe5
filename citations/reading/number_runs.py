"""Whole numbers that stand alone in a paragraph, and the runs that they form: all that could be a lost superscript."""

from __future__ import annotations

import re
from dataclasses import dataclass

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_DIGITS = re.compile(r"[0-9]+")
_GLUE = re.compile(rf"[\s,;.:]{{1,3}}|\s?[{DASHES}]\s?[,;.:]?\s?")
_RANGE_END = re.compile(r"[1-9]\d{0,2}(?![\d%/\w]|[.,]\d|-[^\W\d_])")  # not "5-63%", "2-3.5", "3-6-week"
_CLOSERS = ".,;:!?)]\u201d\u2019\"'"


@dataclass(frozen=True, slots=True)
class Token:
    """A number from `start` to `end` of its paragraph; `dash`: a range leads to it from the number before."""

    start: int
    end: int
    number: int
    dash: bool = False


def runs(text: str) -> list[list[Token]]:
    """Numbers that stand alone, those that stand together in one list.

    >>> [[token.number for token in run] for run in runs("Rest. 1, 2 In 17.6% of S1, S2 (9/9) it lasted 3-6-week spells, 4-6 Then")]
    [[1, 2], [4, 6]]
    """
    found: list[list[Token]] = []
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        before = found[-1][-1] if found else None
        glue = text[before.end : start] if before and start - before.end <= 4 else ""
        linked = bool(glue and _GLUE.fullmatch(glue))
        if not _alone(text, start, end, linked):
            continue
        dash = linked and any(c in DASHES for c in glue)
        token = Token(start, end, int(match[0]), dash)
        if linked:
            found[-1].append(token)
        else:
            found.append([token])
    return found


def _alone(text: str, start: int, end: int, linked: bool) -> bool:
    return end - start <= 3 and text[start] != "0" and (linked or _free_left(text, start)) and _free_right(text, end)


def _free_left(text: str, start: int) -> bool:
    if start == 0 or text[start - 1].isspace() or text[start - 1] in "([":
        return True
    # A superscript set behind the punctuation loses its space as well: "the joint.3", but never "0.3" or "1,200".
    return text[start - 1] in _CLOSERS and start > 1 and (text[start - 2].isalpha() or text[start - 2] in ')]\u201d"%')


def _free_right(text: str, end: int) -> bool:
    after = text[end : end + 5]
    if not after or after[0].isspace():
        return True
    if after[0] in DASHES and after[1:2].isdigit():
        return bool(_RANGE_END.match(text, end + 1))
    if after[0] in DASHES:  # "3-day" is a word; the longer dashes part clauses, and so may stand behind a marker
        return after[0] in "\u2013\u2014" or not after[1:2].isalpha()
    if after[0] == "," and after[1:2].isdigit():
        return not re.match(r",\d{3}(?!\d)", after)
    return after[0] in _CLOSERS and not after[1:2].isdigit()
