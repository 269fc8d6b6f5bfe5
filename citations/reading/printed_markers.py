"""Markers that print as such: numbers in brackets, raised figures, numbers in parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from edgewise.citations.reading.model import Span
from edgewise.citations.reading.surroundings import right
from edgewise.citations.reading.text_builder import join, open_range

_DASH = "\u2010-\u2015\u2212-"  # for a set of characters: the hyphen stands last
_LIST = rf"\d{{1,3}}(?:\s?[,;{_DASH}]\s?\d{{1,3}}){{0,80}}"
_BRACKETS = re.compile(rf"\[\^?\s?({_LIST})\s?\]")
_PARENTHESES = re.compile(rf"(?<![\w)])\(\s?({_LIST})\s?\)(?!\w)")
_RAISED = re.compile(
    "[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+(?:[\u02d2,\u207b\u2013\u00b7\u2019\u02bc-][\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)*"
)
_GROUP = re.compile(r"[\s\[(]*\d{1,3}(?:[\s,;\u2010-\u2015\u2212-]{1,3}\d{1,3}){0,80}[\s\]).,;]*")
_LONGEST = 400  # characters of a group
_LOWERED = str.maketrans("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u207b\u00b7", "1230456789-,")


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
    """Groups in square brackets; a group with a zero, or one in front of a unit, is an interval.

    >>> [span.numbers for span in brackets("So [1, 2], and so [4]-[6]; over [0, 1] or [10, 20] ms.")]
    [(1, 2), (4, 5, 6)]
    """
    spans = [Span(m.start(1), m.end(1), numbers(m[1])) for m in _BRACKETS.finditer(text)]
    return tuple(span for span in join(text, spans) if _plausible(text, span))


def _plausible(text: str, span: Span) -> bool:
    return 0 not in span.numbers and "right unit" not in right(text, span.end)


def parentheses(text: str) -> tuple[Span, ...]:
    """Groups in round brackets.

    >>> [span.numbers for span in parentheses("Rest helps (1, 2), see f(3).")]
    [(1, 2)]
    """
    return tuple(
        Span(m.start(), m.end(), numbers(m[1])) for m in _PARENTHESES.finditer(text) if _plausible(text, Span(*m.span(), numbers(m[1])))
    )


def raised(text: str) -> tuple[Span, ...]:
    """Groups of raised figures, but not exponents, units or isotopes.

    >>> [span.numbers for span in raised("Rest helps.\u00b9,\u00b2 It takes 10\u00b3 m\u00b2.")]
    [(1, 2)]
    """
    return tuple(_raised(text))


def _raised(text: str) -> Iterator[Span]:
    for match in _RAISED.finditer(text):
        if raisable(text[max(0, match.start() - 40) : match.start()]):
            yield Span(match.start(), match.end(), numbers(match[0].translate(_LOWERED)))


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


def coverage(found: Sequence[Sequence[Span]], entries: int) -> float:
    """Share of the reference list that the groups found would cite; without a list, 1 once three groups were found.

    >>> coverage([[Span(0, 3, (1, 2))]], 4)
    0.5
    """
    if not entries:
        return 1.0 if sum(len(spans) for spans in found) >= 3 else 0.0
    cited = {n for spans in found for span in spans for n in span.numbers if n <= entries}
    return len(cited) / entries
