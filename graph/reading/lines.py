"""Where in its file a thing was written: by place in the document, then by triple."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # slow to load, and not needed to remember lines
    from rdflib.term import Node

Path = tuple[str | int, ...]  # keys of mappings and positions (from 0) in sequences, from the root inwards
Triple: TypeAlias = "tuple[Node, Node, Node]"


@dataclass(frozen=True, slots=True)
class Marks:
    """Lines of a document's keys and values, counted from 1.

    >>> marks = Marks({(): (1, 1), ("steps",): (2, 3), ("steps", 0): (3, 3)})
    >>> marks.key(("steps",)), marks.value(("steps",)), marks.value(("steps", 0, "label"))
    (2, 3, 3)
    """

    places: Mapping[Path, tuple[int, int]] = field(default_factory=dict)

    def key(self, path: Path) -> int:
        """Line of the key that leads to `path`; the nearest known place above it where it has none; 0 without any."""
        return self._nearest(path)[0]

    def value(self, path: Path) -> int:
        """Line on which the value at `path` begins; the nearest known place above it where it has none; 0 without any."""
        return self._nearest(path)[1]

    def _nearest(self, path: Path) -> tuple[int, int]:
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return found
        return (0, 0)


@dataclass(slots=True)
class Lines:
    """Lines of triples, of (subject, predicate) and of subjects; the first place noted wins.

    >>> from rdflib import Literal, URIRef
    >>> lines = Lines()
    >>> step, label = URIRef("https://example.org/step"), URIRef("https://example.org/label")
    >>> lines.note((step, label, Literal("x")), 7)
    >>> lines.line(step, label, Literal("x")), lines.line(step, label), lines.line(step, step), lines.line(label)
    (7, 7, 7, 0)
    """

    values: dict[Triple, int] = field(default_factory=dict)
    keys: dict[tuple[Node, Node], int] = field(default_factory=dict)
    subjects: dict[Node, int] = field(default_factory=dict)

    def note(self, triple: Triple, line: int, key: int = 0) -> None:
        """Remember that `triple` stands on `line`, its key on line `key` (the same if 0)."""
        subject, predicate, _ = triple
        self.values.setdefault(triple, line)
        self.keys.setdefault((subject, predicate), key or line)
        self.subjects.setdefault(subject, key or line)

    def line(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> int:
        """The value's line if known, else the key's, else the subject's, else 0."""
        if predicate is not None and value is not None and (subject, predicate, value) in self.values:
            return self.values[subject, predicate, value]
        if predicate is not None and (subject, predicate) in self.keys:
            return self.keys[subject, predicate]
        return self.subjects.get(subject, 0)
