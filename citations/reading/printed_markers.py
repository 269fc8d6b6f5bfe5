"""Markers that print as such: numbers in brackets, raised figures, numbers in parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from edgewise.citations.reading.model import Span
from edgewise.citations.reading.surroundings import right
from edgewise.citations.reading.text_builder import join, open_range
from edgewise.citations.reading.word_classes import FOLLOWERS, GOVERNORS

Questionable = tuple[Span, str]

_DASH = "\u2010-\u2015\u2212-"  # for a set of characters: the hyphen stands last
_BETWEEN = rf"\s?(?:[,;]\s?[{_DASH}]?|[{_DASH}])\s?"
_LIST = rf"\d{{1,3}}(?:{_BETWEEN}\d{{1,3}}){{0,400}}"
_BRACKETS = re.compile(rf"\[\^?\s?({_LIST})\s?\]")
_PARENTHESES = re.compile(rf"(?<![\w)])\(\s?({_LIST})\s?\)(?!\w)")
_FIGURES = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_RAISED = re.compile(
    rf"(?P<figures>[{_FIGURES}]+(?:\s?[\u02d2,\u207b\u2013\u00b7\u2019\u02bc-]\s?[{_FIGURES}]+){{0,80}})"
    rf"|\^(?P<round>\()?(?P<caret>\d{{1,3}}(?:\s?[,{_DASH}]\s?\d{{1,3}}(?!\w)){{0,80}})(?(round)\))(?![\w.]\w)\^?"
)
_GROUP = re.compile(r"[\s\[(]*\d{1,3}(?:[\s,;\u2010-\u2015\u2212-]{1,3}\d{1,3}){0,80}[\s\]).,;]*")
_LONGEST = 400  # characters of a group
_AFTER = 48  # characters in which a unit ends
_LOWERED = str.maketrans("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u207b\u00b7", "1230456789-,")
_ISOTOPE = re.compile(r"[A-Z][a-z]?(?![a-z])|\u207a|\u207b")  # "\u00b9\u00b3C", "Ca\u00b2\u207a"
_POWER = re.compile(r"(?:(?<![\d.])10|(?<![^\W\d_])[^\W\d_]{1,2}|[\d)]\s?[^\W\d_]{1,2})\^(?:[23]|[1-9]?\d-\d*)$|(?<![\d.])10\^\d+$")
_COUNTED = frozenset("cells copies participants patients points subjects times".split())
INDEX = "can be an index: it is glued to a symbol"
_NAMED = re.compile(r"(?<![^\W_])(?<!\d\s)[^\W\d_]$")  # "t[1]", "F[1,12]": a function's or a vector's, not a word's


def numbers(text: str) -> tuple[int, ...]:
    """Numbers of a printed group, ranges opened.

    >>> numbers("1, 3\u20136;9"), numbers("6-3")
    ((1, 3, 4, 5, 6, 9), (6, 3))
    """
    found: tuple[int, ...] = ()
    dash = False
    for match in re.finditer(rf"(\d{{1,3}})|[{_DASH}]", text):
        if match[1] is None:
            dash = True
            continue
        found = open_range(found, (int(match[1]),), dash=dash)
        dash = False
    return found


def brackets(text: str) -> tuple[Span, ...]:
    """Groups in square brackets; a group with a zero, or two numbers in front of a unit, is an interval, and "t[1]" is an index.

    >>> [span.numbers for span in brackets("So [1, 2], and so [4]-[6]; over [0, 1] or [10, 20] ms, in F[1,12].")]
    [(1, 2), (4, 5, 6)]
    """
    return tuple(span for span in _bracketed(text) if not _unlikely(text, span))


def doubtful_brackets(text: str) -> tuple[Questionable, ...]:
    """Groups in square brackets that can be something else, and what.

    >>> [(span.numbers, why) for span, why in doubtful_brackets("over [10, 20] ms and [0, 1]")]
    [((10, 20), 'can be an interval: a unit stands behind it')]
    """
    return tuple((span, why) for span in _bracketed(text) if 0 not in span.numbers and (why := _unlikely(text, span)))


def _bracketed(text: str) -> tuple[Span, ...]:
    return join(text, [Span(m.start(1), m.end(1), numbers(m[1])) for m in _BRACKETS.finditer(text)])


def _unlikely(text: str, span: Span) -> str:
    """Why a group in brackets may be no marker; empty if nothing says so."""
    if 0 in span.numbers:
        return "is an interval: it holds a zero"
    if _NAMED.search(text, max(0, span.start - 12), span.start):
        return INDEX
    if text[span.end : span.end + 1].isalnum():
        return "can be part of a name: a word goes on behind it"
    pair = len(re.findall(r"\d+", text[span.start : span.end])) == 2
    return "can be an interval: a unit stands behind it" if pair and _before_measure(text, span.end) else ""


def _before_measure(text: str, end: int) -> bool:
    return "right unit" in right(text, end) and text[end : end + _AFTER].split()[0].strip(".,;:") not in _COUNTED


def parentheses(text: str) -> tuple[Span, ...]:
    """Groups in round brackets.

    >>> [span.numbers for span in parentheses("Rest helps (1, 2), see f(3).")]
    [(1, 2)]
    """
    return tuple(
        Span(m.start(), m.end(), numbers(m[1]))
        for m in _PARENTHESES.finditer(text)
        if 0 not in numbers(m[1]) and "right unit" not in right(text, m.end())
    )


def raised(text: str) -> tuple[Span, ...]:
    """Groups of raised figures, also behind a caret, but not exponents, units or isotopes.

    >>> [span.numbers for span in raised("Rest helps.\u00b9,\u00b2 It takes 10\u00b3 m\u00b2 of \u00b9\u00b3C.^3,4 It is\u2075 so.")]
    [(1, 2), (3, 4), (5,)]
    """
    return tuple(span for span, likely in _raised(text) if likely)


def doubtful_raised(text: str) -> tuple[Questionable, ...]:
    """Raised figures that can be a power as well.

    >>> [span.numbers for span, _ in doubtful_raised("It held in 2012\u2075 at 10\u00b3 m\u00b2.")]
    [(5,)]
    """
    why = "is raised like a marker, but can be an exponent or part of a symbol"
    return tuple((span, why) for span, likely in _raised(text) if not likely)


def _raised(text: str) -> Iterator[tuple[Span, bool]]:
    """Each raised group that is not certainly something else, and whether it is likely a marker."""
    for match in _RAISED.finditer(text):
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 3]
        printed = match["caret"] or match["figures"].translate(_LOWERED)
        if _ISOTOPE.match(after) or _POWER.search(f"{before}^{printed}"):
            continue
        word = re.search(r"[^\W\d_]+$", before)
        likely = raisable(before) or bool(word and word[0].lower() in FOLLOWERS | GOVERNORS)
        yield Span(match.start(), match.end(), numbers(printed)), likely and not after[:1].isalnum()


def raisable(before: str) -> bool:
    """Whether a raised figure behind this text can be a marker: not an exponent ("10") or a unit's power ("cm", "R").

    >>> raisable("Rest helps."), raisable("the joint"), raisable("10"), raisable("per m"), raisable("")
    (True, True, False, False, False)
    """
    before = before.rstrip()
    last = before[-1:]
    if last in set(".,;:!?)]\u201d\u2019\"'\u00bb%"):
        return True
    word = re.search(r"[^\W\d_]+$", before)
    return word is not None and len(word[0]) > 2


def is_raised_group(text: str, before: str, *, behind_marker: bool = False) -> bool:
    """Whether text that a format raises is a group of markers.

    Args:
        text: that is raised.
        before: what stands before it.
        behind_marker: whether that is a marker.

    >>> is_raised_group("1, 3\u20136", "Rest helps."), is_raised_group("2", "4 cm"), is_raised_group("st", "Rest helps.")
    (True, False, False)
    """
    fits = len(text) < _LONGEST and bool(_GROUP.fullmatch(text)) and any(numbers(text))
    return fits and (behind_marker or raisable(before))


def highest(entries: int) -> int:
    """The highest number that a marker can have: a list may have lost five entries at its end, or a tenth of them.

    >>> highest(10), highest(100), highest(0)
    (15, 110, 999)
    """
    return entries + max(5, entries // 10) if entries else 999


def beyond(entries: int) -> str:
    """Why a higher number is left undecided."""
    return f"is printed like a marker, but the reference list ends at {entries}"


def coverage(found: Sequence[Sequence[Span]], entries: int) -> float:
    """Share of the reference list that the groups found would cite; without a list, 1 once three groups were found.

    >>> coverage([[Span(0, 3, (1, 2))]], 4)
    0.5
    """
    if not entries:
        return 1.0 if sum(len(spans) for spans in found) >= 3 else 0.0
    cited = {n for spans in found for span in spans for n in span.numbers if n <= entries}
    return len(cited) / entries
