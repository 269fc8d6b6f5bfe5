"""A YAML document as it was written: its values in their own spelling, and every comment at what it was written beside.

It is for documents that `edgewise.graph.reading.strict` takes, so there are no anchors, tags or second documents, and no great depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

_BLANK_END = re.compile(r"(\n[ ]*)+\Z")
_PARSER: Any = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(slots=True)
class Scalar:
    """A value without parts.

    Attributes:
        text: what it says.
        written: how it stands in the file; without the line breaks behind a block of text.
        style: empty for a plain one, else its quotation mark, ``|`` or ``>``.
        column: where it begins.
        start, end: its place in the file.
    """

    text: str
    written: str
    style: str
    column: int
    start: int
    end: int


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list, and the comments on it.

    Attributes:
        key: None in a list.
        value: what it leads to.
        start, column: where it begins; in a list, where its hyphen does.
        before: comments on lines of their own above it; an empty text is a blank line.
        beside: comments at the ends of its lines.
        below: comments that stand under the whole of it.
    """

    key: Scalar | None
    value: Node
    start: int
    column: int
    before: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Collection:
    """A mapping or a list.

    Attributes:
        is_list: which of the two.
        flow: whether it stands in brackets.
        entries: its parts.
        column: where it begins.
        start, end: its place in the file; where it ends is only true of one in brackets.
    """

    is_list: bool
    flow: bool
    entries: list[Entry]
    column: int
    start: int
    end: int


Node = Scalar | Collection


def parse(text: str) -> Node:
    """The document as a tree, without its comments yet.

    >>> root = parse("a: [1, x]")
    >>> [entry.value.entries[1].value.text for entry in root.entries]
    ['x']
    """
    return _Builder(text).build()


def scalars(node: Node) -> Iterator[Scalar]:
    """All values without parts, and all keys, in the order of the file."""
    if isinstance(node, Scalar):
        yield node
        return
    for entry in node.entries:
        if entry.key is not None:
            yield entry.key
        yield from scalars(entry.value)


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.events = (event for event in yaml.parse(text, Loader=_PARSER) if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent))

    def build(self) -> Node:
        return self._node(next(self.events))

    def _node(self, event: Any) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        mark = event.start_mark
        made = Collection(is_list, bool(event.flow_style), [], mark.column, mark.index, mark.index)
        while not isinstance(event := next(self.events), yaml.CollectionEndEvent):
            made.entries.append(self._item(event, made) if is_list else self._pair(event))
        made.end = _mark(event).index
        return made

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        written = self.text[start:end]
        if event.style in ("|", ">"):
            written = _BLANK_END.sub("", written)
        style = "" if event.style in (None, "plain") else event.style
        return Scalar(event.value, written, style, event.start_mark.column, start, start + len(written))

    def _pair(self, event: Any) -> Entry:
        key = self._node(event)
        if not isinstance(key, Scalar):
            raise ValueError("a key that is no text")  # strict reading has refused it
        return Entry(key, self._node(next(self.events)), key.start, key.column)

    def _item(self, event: Any, within: Collection) -> Entry:
        start, column = event.start_mark.index, event.start_mark.column
        if not within.flow:
            after = _end(within.entries[-1].value) if within.entries else within.start
            start, column = self._hyphen(after, start, within.column), within.column
        return Entry(None, self._node(event), start, column)

    def _hyphen(self, after: int, before: int, column: int) -> int:
        """Where the hyphen of an item stands: in the list's own column, between two of its items."""
        line = self.text.rfind("\n", 0, after) + 1
        while line <= before:
            if (
                line + column >= after
                and self.text[line + column : line + column + 1] == "-"
                and not self.text[line : line + column].strip("- ?")
            ):
                return line + column
            following = self.text.find("\n", line)
            line = following + 1 if following >= 0 else before + 1
        return before


def _mark(event: Any) -> Any:
    """Where an event ends."""
    return event.end_mark


def _end(node: Node) -> int:
    """Where a value ends; of a block, where its last part does."""
    if isinstance(node, Collection) and not node.flow and node.entries:
        return _end(node.entries[-1].value)
    return node.end
