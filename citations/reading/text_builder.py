"""Gathering a block's text piece by piece, white space folded, with the lines it came from and the markers tagged in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile
from typing import Protocol, TypeVar

from edgewise.citations.reading.model import Block, BlockKind, Doubtful, Span, Undecided

_DASHES = "-\u2010-\u2015\u2212\u207b~\u223c\uff5e\uff0d"
_GAP = r"[\s\u200b\u2060\ufeff]{0,2}"
_DASH = rf"(?P<dash>[{_DASHES}]{{1,3}})?"
_BETWEEN = re.compile(rf"{_GAP}\]?{_GAP}[,;]?{_GAP}\]?{_GAP}{_DASH}{_GAP}\[?{_GAP}")
_ROUND = re.compile(rf"{_GAP}\){_GAP}[,;]?{_GAP}{_DASH}{_GAP}\({_GAP}")
_OPEN_END = re.compile(rf"[{_DASHES}]\s?$")
_OPEN_START = re.compile(rf"\s?[{_DASHES}]")
WIDEST = 300  # a range over more numbers is a slip of the pen, or an attack


class Placed(Protocol):
    """What stands from `start` to `end` of a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_Placed = TypeVar("_Placed", bound=Placed)


def overlapping(one: Placed, others: Sequence[_Placed]) -> list[_Placed]:
    """Those of others that share a character with one; they are in order, and apart from one another.

    >>> overlapping(Span(2, 5, ()), [Span(0, 2, (1,)), Span(4, 6, (2,)), Span(7, 8, (3,))])
    [Span(start=4, end=6, numbers=(2,))]
    """
    first = bisect_right(others, one.start, key=lambda other: other.end)
    return list(takewhile(lambda other: other.start < one.end, islice(others, first, None)))


class Text:
    r"""A block under construction.

    >>> text = Text()
    >>> text.add("  Rest\n helps [", 7); text.tag("1", (1,), 8); text.add("\u2013", 8); text.tag("3", (3,), 8); text.add("].", 8)
    >>> block = text.block("paragraph")
    >>> block.text, block.tagged, block.line(0), block.line(13)
    ('Rest helps [1\u20133].', (Span(start=11, end=16, numbers=(1, 2, 3)),), 7, 8)
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._space = True
        self._lines: list[tuple[int, int]] = []
        self._tags: list[Span] = []
        self._untagged: list[Span] = []
        self._doubtful: list[Doubtful] = []

    def __bool__(self) -> bool:
        return self._length > 0

    @property
    def tail(self) -> str:
        """The last characters so far."""
        return "".join(self._parts[-8:])[-40:]

    @property
    def length(self) -> int:
        """How many characters there are so far."""
        return self._length

    @property
    def ends_in_tag(self) -> bool:
        """Whether nothing but a marker or space was added last."""
        return bool(self._tags) and self._tags[-1].end >= self._length - 1

    @property
    def last_tag(self) -> Span:
        """The marker that was added last."""
        return self._tags[-1]

    def add(self, text: str, line: int) -> None:
        """Append text that begins on `line`."""
        for word in re.split(r"(\s+)", text):
            if not word:
                continue
            if word.isspace():
                self._push("" if self._space else " ", line)
                line += word.count("\n")
            else:
                self._push(word, line)

    def tag(self, text: str, numbers: Sequence[int], line: int, *, untagged: Sequence[int] = ()) -> None:
        """Append the text of a tagged marker; `untagged` are numbers printed in it that its tag leaves out."""
        self._tags.append(self._placed(text, numbers, line))
        if untagged:
            self._untagged.append(replace(self._tags[-1], numbers=tuple(untagged)))

    def doubt(self, text: str, numbers: Sequence[int], line: int, why: str, kind: Undecided = "which") -> None:
        """Append a text that can be a marker of these numbers, why that is not decided and, as in an `Abstention`, in what."""
        self._doubtful.append(Doubtful(self._placed(text, numbers, line), why, kind))

    def block(self, kind: BlockKind, *, level: int = 0, key: str = "") -> Block:
        """The finished block."""
        text = "".join(self._parts).rstrip()
        spans = tuple(Span(min(s.start, len(text)), min(s.end, len(text)), s.numbers) for s in self._tags)
        return Block(
            kind, text, tuple(self._lines) or ((0, 0),), level, join(text, spans), tuple(self._untagged), key, tuple(self._doubtful)
        )

    def _placed(self, text: str, numbers: Sequence[int], line: int) -> Span:
        """Append a text, and tell where it stands without the blanks around it."""
        start = self._length + (1 if text[:1].isspace() and not self._space else 0)
        self.add(text, line)
        end = self._length - (1 if self._length > start and self._space else 0)
        return Span(start, max(start, end), tuple(numbers))

    def _push(self, piece: str, line: int) -> None:
        if not piece:
            return
        if not self._lines or self._lines[-1][1] != line:
            self._lines.append((self._length, line))
        self._parts.append(piece)
        self._length += len(piece)
        self._space = piece.isspace()


def join(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbouring markers as one group, ranges between them opened, their brackets included.

    >>> join("[2], [4]-[6]", [Span(1, 2, (2,)), Span(6, 7, (4,)), Span(10, 11, (6,))])
    (Span(start=0, end=12, numbers=(2, 4, 5, 6)),)
    >>> join("(1)-(4)", [Span(1, 2, (1,)), Span(5, 6, (4,))])
    (Span(start=0, end=7, numbers=(1, 2, 3, 4)),)
    """
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        between = _between(text, last, span) if last and span.start - last.end <= 8 else None
        if last is None or between is None or len(last.numbers) > WIDEST:
            joined.append(span)
            continue
        dash = bool(between["dash"] or _OPEN_END.search(text, last.start, last.end) or _OPEN_START.match(text, span.start, span.end))
        # A link that shows nothing names again, or one by one, what is printed beside it.
        more = span.numbers if dash or span.start < span.end else tuple(n for n in span.numbers if n not in last.numbers)
        joined[-1] = Span(last.start, span.end, open_range(last.numbers, more, dash=dash))
    return tuple(_bracketed(text, span) for span in joined)


def _between(text: str, last: Span, span: Span) -> re.Match[str] | None:
    return _BETWEEN.fullmatch(text, last.end, span.start) or _ROUND.fullmatch(text, last.end, span.start)


def open_range(before: tuple[int, ...], after: tuple[int, ...], *, dash: bool) -> tuple[int, ...]:
    """Two neighbouring groups as one; with a dash between them, what lies between is cited too.

    >>> open_range((1, 3), (6,), dash=True), open_range((6,), (3,), dash=True), open_range((3,), (6,), dash=False)
    ((1, 3, 4, 5, 6), (6, 3), (3, 6))
    """
    if dash and before and after and before[-1] < after[0] <= before[-1] + WIDEST:
        return (*before, *range(before[-1] + 1, after[0]), *after)
    return (*before, *after)


def _bracketed(text: str, span: Span) -> Span:
    inside = text[span.start : span.end]
    opened = text[span.start - 1 : span.start] == "[" if span.start else False
    lacks = inside.count("]") < inside.count("[") + opened
    start = span.start - 1 if opened and (lacks or not inside.startswith("[")) else span.start
    end = span.end + 1 if text[span.end : span.end + 1] == "]" and lacks else span.end
    if _halves_round(inside) and text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return Span(start - 1, end + 1, span.numbers)
    return Span(start, end, span.numbers)


def _halves_round(inside: str) -> bool:
    """Whether a group such as ``1)-(4`` has lost its outermost round brackets."""
    return 0 <= inside.find(")") < inside.find("(")
