"""Whole numbers that could be markers, and the runs that they form: all that could be a lost superscript.

They stand alone, or are glued to what came before, as a superscript is that lost its place: "the joint.3", "the joint3".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_DIGITS = re.compile(r"[0-9]+")
_GLUE = re.compile(rf"[\s,;.:]{{1,3}}|\s?[{DASHES}]\s?[,;.:]?\s?")
_RANGE_END = re.compile(r"[1-9]\d{0,2}(?![\d%/\w]|\.\d|-[^\W\d_])")  # not "5-63%", "2-3.5", "3-6-week"
_OPENERS = "([\u201c\u2018"
_CLOSERS = ".,;:!?)]\u201d\u2019\"'"
_ENDS = set(".;:")
_CLOSED = re.compile(rf"(\S?)([{re.escape(_CLOSERS)}]+)$")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d[.,;:]$")
_STEM = re.compile(r"(?<![\w\u2212.-])(?:[^\W\d_]+[-\u2010\u2011\u2013\u2019'])*[^\W\d_]+$")
_THOUSANDS = re.compile(r",([1-9]\d\d)(?!\d)")
_LONGEST = 40  # numbers of a list
_NEXT_WORD = re.compile(r"[A-Z][a-z]{2}|(?:[A-Z][a-z]|A) [a-z]")  # "backs.3A trial", not "16S sequences"


@dataclass(frozen=True, slots=True)
class Token:
    """A number from `start` to `end` of its paragraph; `dash`: a range leads to it from the number before."""

    start: int
    end: int
    number: int
    dash: bool = False


def runs(text: str, most: int = 0) -> list[list[Token]]:
    """Numbers that could be markers, those that stand together in one list.

    Args:
        text: a paragraph.
        most: the highest number that a marker can have; up to it, "45,106" can be two numbers as well as one.

    >>> [[token.number for token in run] for run in runs("Rest. 1, 2 In 17.6% of boxes (9/9) it lasted 3-6-week spells, 4-6 Then")]
    [[1, 2], [4, 6]]
    >>> [[token.number for token in run] for run in runs("Rest helps1,2. Belts (3, 4) do.\u201d5 Not 1.5 nor 2 % nor x86_64")]
    [[1, 2], [3, 4], [5], [2]]
    """
    found: list[list[Token]] = []
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        before = found[-1][-1] if found else None
        glue = text[before.end : start] if before and start - before.end <= 4 else ""
        linked = bool(glue and _GLUE.fullmatch(glue)) and not (set(glue) & _ENDS and stem(text, before.start if before else 0))  # "CO2. 3"
        if not _possible(text, start, end, linked, most):
            continue
        dash = linked and any(c in DASHES for c in glue)
        token = Token(start, end, int(match[0]), dash)
        if linked:
            found[-1].append(token)
        else:
            found.append([token])
    return found


def stem(text: str, start: int) -> str:
    """The word that a number is glued to; empty where it stands apart.

    >>> stem("the joint3", 9), stem("the joint 3", 10), stem("the joint.3", 10)
    ('joint', '', '')
    """
    match = _STEM.search(text, max(0, start - 40), start)
    return match[0] if match else ""


def _possible(text: str, start: int, end: int, linked: bool, most: int) -> bool:
    if end - start > 3 or text[start] == "0" or not (linked or _free_left(text, start)):
        return False
    after = _THOUSANDS.match(text, end)
    return _free_right(text, _past_list(text, start, end, most) if after else end)


def _past_list(text: str, start: int, end: int, most: int) -> int:
    """The end of a list such as "45,106,113", which rises no further than the reference list; where it is one number, its comma."""
    for _ in range(_LONGEST):
        after = _THOUSANDS.match(text, end)
        if after is None or not int(text[start:end]) < int(after[1]) <= most:
            break
        start, end = after.span(1)
    return end


def _free_left(text: str, start: int) -> bool:
    if start == 0 or text[start - 1].isspace() or text[start - 1] in _OPENERS or stem(text, start):
        return True
    # A superscript set behind the punctuation loses its space as well: "the joint.3", but never "0.3" or "1,200".
    closed = _CLOSED.search(text, max(0, start - 6), start)
    if closed is None:
        return text[start - 1] in "%\u2026"
    several = len(closed[2]) > 1 and not closed[1].isspace()
    return (
        closed[1].isalpha()
        or closed[1] == "%"
        or closed[2][-1] in ")]\u201d"
        or several
        or bool(_YEAR.search(text, max(0, start - 6), start))
    )


def _free_right(text: str, end: int) -> bool:
    after = text[end : end + 5]
    if not after or after[0].isspace():
        return True
    if after[0] in DASHES and after[1:2].isdigit():
        return bool(_RANGE_END.match(text, end + 1))
    if after[0] in DASHES:  # "3-day" is a word; the longer dashes part clauses, and so may stand behind a marker
        return after[0] in "\u2013\u2014" or not after[1:2].isalpha()
    if after[0] == "," and after[1:2].isdigit():
        return not _THOUSANDS.match(after)
    if after[0] in _OPENERS or after[0] == "\u2026":
        return True
    if after[0] == "." and after[1:2].islower():  # "faqs2.asp"
        return False
    return (after[0] in _CLOSERS and not after[1:2].isdigit()) or bool(_NEXT_WORD.match(after))
