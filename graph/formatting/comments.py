"""The comments of a document, and what each of them is about: the line it ends, what follows it, or what it stands under."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from edgewise.graph.formatting.tree import Collection, Entry, Node, Scalar, scalars

_COMMENT = re.compile(r"(?:^|(?<=[\s\[\]{},]))#[^\n]*", re.MULTILINE)
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")


class Comment(NamedTuple):
    """A comment and its place; `alone` if nothing else stands on its line, `apart` if the line above is blank."""

    text: str
    start: int
    column: int
    alone: bool
    apart: bool


class Span(NamedTuple):
    """An entry, those above it, the place of the nearest among all; and where the brackets around it are closed, 0 without any."""

    entry: Entry
    above: tuple[Entry, ...]
    holder: int
    closed: int


def comments(text: str, root: Node) -> Iterator[Comment]:
    """All comments in their order."""
    at = 0
    for scalar in scalars(root):
        yield from _between(text, at, scalar.start)
        if scalar.style in ("|", ">") and (header := _HEADER.match(scalar.written)):
            yield _comment(text, scalar.start + header.start(1), header[1])
        at = max(at, scalar.end)
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Comment]:
    for found in _COMMENT.finditer(text, start, end):
        yield _comment(text, found.start(), found[0])


def _comment(text: str, start: int, written: str) -> Comment:
    line = text.rfind("\n", 0, start) + 1
    return Comment(written.rstrip(), start, start - line, not text[line:start].strip(), is_apart(text, line))


def is_apart(text: str, line: int) -> bool:
    """Whether the line before the one that begins here is blank; the first one stands apart from nothing."""
    return line > 1 and not text[text.rfind("\n", 0, line - 1) + 1 : line - 1].strip()


def attach(text: str, root: Collection) -> tuple[list[str], list[str]]:
    """Give each comment to the entry it is about.

    Returns:
        What stands above the whole document, and what is left under it.
    """
    spans: list[Span] = []
    _collect(root, (), -1, spans)
    starts = [span.entry.start for span in spans]
    head: list[str] = []
    foot: list[str] = []
    told = list(comments(text, root))
    for comment in told:
        _give(comment, bisect_right(starts, comment.start), spans, head, foot)
    for span in spans:
        line = text.rfind("\n", 0, span.entry.start) + 1
        first = not text[line : span.entry.start].strip("- ")
        if first and is_apart(text, line):
            span.entry.before.append("")
    return _split(spans[0].entry if spans else None, head), foot


def _collect(node: Node, above: tuple[Entry, ...], holder: int, spans: list[Span]) -> None:
    if isinstance(node, Scalar):
        return
    for entry in node.entries:
        spans.append(Span(entry, above, holder, node.end if node.flow else 0))
        _collect(entry.value, (*above, entry), len(spans) - 1, spans)


def _give(comment: Comment, following: int, spans: list[Span], head: list[str], foot: list[str]) -> None:
    """One comment to where it belongs; `following` is the place of the first entry behind it."""
    last = following - 1
    while last >= 0 and 0 < spans[last].closed <= comment.start:  # its brackets are closed: it was about what holds them, at most
        last = spans[last].holder
    if last < 0:
        (spans[0].entry.before if spans else head).extend(_lines(comment))
        return
    owner, following_entry = spans[last], spans[following].entry if following < len(spans) else None
    value = owner.entry.value
    if not comment.alone:
        owner.entry.beside.append(comment.text)
    elif comment.start < value.start and (isinstance(value, Scalar) or value.flow):
        owner.entry.before.extend(_lines(comment))  # between a key and its value
    elif _inside(owner, comment.start):
        inner = following_entry is not None and following_entry.start < _closing(owner, comment.start)
        (following_entry.before if inner and following_entry else owner.entry.below).extend(_lines(comment))
    elif following_entry is not None and comment.column <= following_entry.column:
        following_entry.before.extend(_lines(comment))
    else:
        _under(comment, owner, following_entry, foot)


def _under(comment: Comment, owner: Span, following: Entry | None, foot: list[str]) -> None:
    """A comment that is set in further than what follows it: it stands under the deepest entry that is set in no further."""
    for entry in reversed((*owner.above, owner.entry)):
        if entry.column <= comment.column and not (following is None and comment.column == 0):
            entry.below.extend(_lines(comment))
            return
    (following.before if following else foot).extend(_lines(comment))


def _inside(span: Span, at: int) -> bool:
    return _closing(span, at) > at


def _closing(span: Span, at: int) -> int:
    """Where the innermost brackets around a place are closed; 0 outside of any."""
    value = span.entry.value
    if isinstance(value, Collection) and value.flow and value.start < at < value.end:
        return value.end
    return span.closed if span.closed > at else 0


def _lines(comment: Comment) -> list[str]:
    return ["", comment.text] if comment.apart else [comment.text]


def _split(first: Entry | None, head: list[str]) -> list[str]:
    """The head of the document: what stands above the first key, up to the last blank line."""
    if first is None or "" not in first.before:
        return head
    last = len(first.before) - 1 - first.before[::-1].index("")
    head, first.before = [*head, *first.before[:last]], first.before[last + 1 :]
    while head and not head[0]:
        head = head[1:]
    return head
