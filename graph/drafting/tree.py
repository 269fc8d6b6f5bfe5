"""Where in a YAML text each key and value stands, to the character: what edits by place cut and paste by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import yaml

from edgewise.graph.reading.lines import Marks, Path
from edgewise.graph.reading.problems import Problems
from edgewise.graph.reading.strict import Data, salvage

_PARSER: Any = getattr(yaml, "CLoader", yaml.Loader)
_BREAK = re.compile(r"\r\n|\n|\r")
_BEARABLE = frozenset({"empty-value"})
"""Faults with which a text can be edited all the same: a draft has many a value that is still to come."""


_NONE: list[Any] = []


def _none() -> list[Any]:
    """What all scalars share: three lists for each would cost half the time of parsing."""
    return _NONE


@dataclass(slots=True)
class Node:
    """A value in its text: `start` and `end` are characters from 0, `column` where it begins in its line, `keys` those of a mapping."""

    kind: Literal["scalar", "mapping", "sequence"]
    start: int
    end: int
    column: int
    flow: bool = False
    style: str = ""
    keys: list[Node] = field(default_factory=_none)
    values: list[Node] = field(default_factory=_none)
    names: list[str] = field(default_factory=_none)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is written here."""
        return self.kind == "scalar" and self.start == self.end


@dataclass(slots=True)
class Tree:
    r"""A text, what it says, and where.

    >>> tree = parse("steps:\n- {id: a, label: x}\n")
    >>> node = tree.node(("steps", 0, "label"))
    >>> tree.text[node.start : node.end], tree.data
    ('x', {'steps': [{'id': 'a', 'label': 'x'}]})
    """

    text: str
    data: Data
    root: Node
    breaks: list[int]  # where each line begins
    newline: str

    def node(self, path: Path) -> Node:
        """The value at a path of keys and positions."""
        node = self.root
        for step in path:
            node = node.values[step] if isinstance(step, int) else node.values[node.names.index(step)]
        return node

    def line(self, at: int) -> int:
        """The line of a character, from 0."""
        return bisect_right(self.breaks, at) - 1

    def begin(self, line: int) -> int:
        """The first character of a line; behind the last line the end of the text."""
        return self.breaks[line] if line < len(self.breaks) else len(self.text)

    def written(self, line: int) -> str:
        """A line without its break."""
        return self.text[self.begin(line) : self.begin(line + 1)].rstrip("\r\n")


@lru_cache(maxsize=8)
def read(text: str, name: str) -> tuple[Data, Marks]:
    """The data and the lines of a text; shared, so not to be changed.

    Raises:
        SourceError: it holds what the strict reading refuses, values that are still to come aside.
    """
    problems = Problems(name)
    found = salvage(text, problems, format="yaml")
    if problems.unlisted or any(finding.rule not in _BEARABLE for finding in problems.findings()):
        problems.stop()
    return found


@lru_cache(maxsize=4)
def parse(text: str, name: str = "guideline.yaml") -> Tree:
    """Read a YAML text, without a byte order mark, with all its places; shared, so nothing in it is to be changed.

    Raises:
        SourceError: it holds what the strict reading refuses, empty values aside.
    """
    data, _ = read(text, name)
    breaks = [0, *(found.end() for found in _BREAK.finditer(text))]
    if len(breaks) > 1 and breaks[-1] == len(text):
        breaks.pop()
    return Tree(text, data, _Builder(text).built(), breaks, newline(text))


def newline(text: str) -> str:
    r"""The line break that most lines of a text end with.

    >>> newline("a\r\nb\r\nc\n"), newline("a"), newline("a\rb")
    ('\r\n', '\n', '\r')
    """
    both, feeds = text.count("\r\n"), text.count("\n")
    if 2 * both > feeds:
        return "\r\n"
    return "\n" if feeds or "\r" not in text else "\r"


class _Builder:
    """Builds nodes from libyaml's events; the strict reading went before it, so depth and size are bounded."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self._open: list[Node] = []

    def built(self) -> Node:
        events: Iterator[Any] = yaml.parse(self.text, Loader=_PARSER)  # whose marks are always there, whatever the annotations say
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._put(self._scalar(event), event.value)
            elif isinstance(event, yaml.CollectionStartEvent):
                kind: Literal["mapping", "sequence"] = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
                mark: Any = event.start_mark
                node = Node(kind, mark.index, mark.index, mark.column, flow=bool(event.flow_style), keys=[], values=[], names=[])
                self._put(node, "")
                self._open.append(node)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(event)
        assert self.root is not None  # noqa: S101 - a text without a value was refused
        return self.root

    def _scalar(self, event: Any) -> Node:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
        if style in ("|", ">"):
            end = self._end_of_block(start, end)
        return Node("scalar", start, end, event.start_mark.column, style=style)

    def _end_of_block(self, start: int, end: int) -> int:
        """The end of the last line that belongs to a text block: blank lines do where its header says so."""
        header = re.match(r"[|>][0-9]?\+|[|>]\+", self.text[start : start + 3])
        if header is None:
            return start + len(self.text[start:end].rstrip())
        return end - 2 if self.text[:end].endswith("\r\n") else end - 1 if self.text[end - 1] in "\r\n" else end

    def _put(self, node: Node, value: str) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if parent.kind == "mapping" and len(parent.keys) == len(parent.values):
            parent.keys.append(node)
            parent.names.append(value)
        else:
            parent.values.append(node)

    def _close(self, event: Any) -> None:
        node = self._open.pop()
        if node.flow:
            node.end = event.end_mark.index
        elif node.values:
            node.end = max(node.start, node.values[-1].end)
