"""Cuts and pastes in a text: what is not cut stays to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from edgewise.graph.drafting.tree import Node, Tree

_COMMA_AND_COMMENT = re.compile(r"[ \t]*,?[ \t]*(?:[ \t]#.*)?")
_TO_COMMA = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*)*,")
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


class Splice(NamedTuple):
    """`text` in place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with all splices done; none may overlap another.

    >>> spliced("abcd", [Splice(1, 2, "X"), Splice(3, 3, "Y")])
    'aXcYd'
    """
    parts, at = [], 0
    for splice in sorted(splices):
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*parts, text[at:]])


def end_of_line(tree: Tree, at: int) -> int:
    """Where the line of a character ends, before its break."""
    line = tree.line(at)
    return tree.begin(line) + len(tree.written(line))


def comment_behind(tree: Tree, at: int) -> str:
    """The comment that ends the line behind a value, with the blanks before it; empty if there is none."""
    found = _COMMENT.match(tree.text, at)
    return found[0].rstrip() if found else ""


def cut_lines(tree: Tree, first: int, last: int) -> Splice:
    """Lines taken out; where they end the text, the break before them goes, so that the text ends as it ended."""
    start, end = tree.begin(first), tree.begin(last + 1)
    if end == len(tree.text) and first > 0 and not tree.text.endswith(("\n", "\r")):
        start = tree.begin(first - 1) + len(tree.written(first - 1))
    return Splice(start, end, "")


def cut_in_brackets(tree: Tree, spans: Sequence[tuple[int, int]], position: int) -> list[Splice]:
    """One of several things in brackets taken out, with a comma, and with its line if it has one of its own."""
    start, end = spans[position]
    comma = comma_behind(tree.text, end)
    if alone := alone_on_lines(tree, start, end):
        lines = cut_lines(tree, *alone)
        before = comma_behind(tree.text, spans[position - 1][1]) if position and comma < 0 else -1
        return [lines, Splice(before, before + 1, "")] if before >= 0 else [lines]
    if len(spans) == 1:
        return [Splice(start, end, "")] + ([Splice(comma, comma + 1, "")] if comma >= 0 else [])
    if position:
        before = comma_behind(tree.text, spans[position - 1][1])
        between = not tree.text[before + 1 : start].strip(" ")
        return [Splice(before, end, "")] if between else [Splice(before, before + 1, ""), Splice(start, end, "")]
    following = spans[1][0]
    if "#" not in tree.text[end:following]:
        return [Splice(start, following, "")]
    return [Splice(start, end, ""), Splice(comma, comma + 1, "")]


def alone_on_lines(tree: Tree, start: int, end: int) -> tuple[int, int] | None:
    """First and last line of what stands in brackets, if nothing but its comma and a comment stands there with it."""
    first, last = tree.line(start), tree.line(end)
    rest = tree.text[end : tree.begin(last) + len(tree.written(last))]
    return (first, last) if not tree.text[tree.begin(first) : start].strip() and _COMMA_AND_COMMENT.fullmatch(rest) else None


def comma_behind(text: str, at: int) -> int:
    """The next comma, over blanks and comments; -1 where something else comes first."""
    found = _TO_COMMA.match(text, at)
    return found.end() - 1 if found else -1


def span(mapping: Node, position: int) -> tuple[int, int]:
    """From the beginning of a key to the end of its value."""
    key, value = mapping.keys[position], mapping.values[position]
    return key.start, max(key.end, value.end)
