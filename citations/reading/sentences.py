"""Cutting a paragraph into sentences, with its markers laid aside."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from edgewise.citations.reading.model import Span
from edgewise.citations.reading.word_classes import ABBREVIATIONS

_END = re.compile("[.?!\u2026]+[\"'\u201d\u2019)\\]]{0,3}(?=\\s)")
_START = re.compile("\\s+[\"'\u201c\u2018(\\[\u2022\u00bf\u00a1]{0,3}[\\w\u2265\u2264<>~\u00b1+\u2212-]")
# Abbreviations that also end sentences: a capital behind them is taken for a new one.
_MAY_END = frozenset({"etc", "ex", "min", "max", "no", "u.s", "u.k", "u.n", "b.c", "d.c"})
_LAST_WORD = re.compile(r"[^\s(\[\u201c\"]+$")


def cut(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Where each sentence begins and ends; markers behind its full stop belong to it.

    >>> text = "Rest helps. 1, 2 Belts (e.g. of Dr. A. Lee) help at 3.5 cm. Try!"
    >>> [text[a:b].strip() for a, b in cut(text, [Span(12, 16, (1, 2))])]
    ['Rest helps. 1, 2', 'Belts (e.g. of Dr. A. Lee) help at 3.5 cm.', 'Try!']
    """
    masked = _masked(text, spans)
    bounds = [0]
    for match in _END.finditer(masked):
        start = _START.match(masked, match.end())
        if start and _opens(masked, match, start.end() - 1) and match.end() > bounds[-1]:
            bounds.append(_first(text, spans, match.end()))
    return [(a, b) for a, b in zip(bounds, [*bounds[1:], len(text)], strict=True) if text[a:b].strip()]


def _masked(text: str, spans: Sequence[Span]) -> str:
    parts, last = [], 0
    for span in spans:
        parts += [text[last : span.start], " " * (span.end - span.start)]
        last = max(last, span.end)
    return "".join([*parts, text[last:]])


def _opens(masked: str, stop: re.Match[str], at: int) -> bool:
    first = masked[at]
    if first.islower() or first == "_":
        return False
    if stop[0].rstrip("\"'\u201d\u2019)]") != ".":
        return True
    word = _LAST_WORD.search(masked, max(0, stop.start() - 24), stop.start())
    low = word[0].lower() if word else ""
    initial = len(low) == 1 and low.isalpha() and word is not None and word[0].isupper() and masked[stop.end() - 1] == "."
    return not (initial and first.isupper()) and (low not in ABBREVIATIONS or (low in _MAY_END and first.isupper()))


def _first(text: str, spans: Sequence[Span], place: int) -> int:
    """Past the markers that follow a full stop."""
    for span in spans[bisect_left(spans, place, key=lambda span: span.end) :]:
        if text[place : span.start].strip():
            break
        place = span.end
    return place


def bare(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """A sentence without its markers, as it is fingerprinted.

    >>> bare("Rest [1] helps [2, 3]. Try!", 0, 22, [Span(5, 8, (1,)), Span(15, 21, (2, 3))])
    'Rest helps.'
    """
    first, last = bisect_right(spans, start, key=lambda span: span.end), bisect_left(spans, end, key=lambda span: span.start)
    within = [Span(max(span.start - start, 0), min(span.end, end) - start, ()) for span in spans[first:last]]
    return re.sub(r" ([.,;:?!])(?=\s|$)", r"\1", " ".join(_masked(text[start:end], within).split()))
