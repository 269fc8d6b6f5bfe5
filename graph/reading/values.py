"""What stands in a graph under one key, as plain values in a stable order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from rdflib import Graph, URIRef
from rdflib.term import Node

from edgewise.graph.durations import Duration, duration


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key by which ``s2`` comes before ``s10``.

    >>> sorted(["s10", "s2", "s1/citations/1"], key=natural)
    ['s1/citations/1', 's2', 's10']
    """
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]+)", text) if part)


class Values:
    """Looks things up in one graph, relative to one guideline."""

    def __init__(self, graph: Graph, root: URIRef) -> None:
        self.graph, self.root = graph, root
        self.base = f"{root}/"

    def id(self, node: Node) -> str:
        return str(node).removeprefix(self.base)

    def text(self, subject: Node, predicate: URIRef, default: str = "") -> str:
        value = self.graph.value(subject, predicate, any=True)
        return default if value is None else str(value)

    def texts(self, subject: Node, predicate: URIRef) -> tuple[str, ...]:
        return tuple(sorted(str(value) for value in self.graph.objects(subject, predicate)))

    def number(self, subject: Node, predicate: URIRef) -> Decimal | None:
        text = self.text(subject, predicate)
        return Decimal(text) if text else None

    def duration(self, subject: Node, predicate: URIRef) -> Duration | None:
        text = self.text(subject, predicate)
        return duration(text) if text else None

    def integer(self, subject: Node, predicate: URIRef, default: int = 0) -> int:
        text = self.text(subject, predicate)
        return int(text) if text else default

    def level(self, subject: Node, predicate: URIRef) -> int | None:
        """A whole number that may be 0; None where none is given."""
        return self.integer(subject, predicate) if self.text(subject, predicate) else None

    def flag(self, subject: Node, predicate: URIRef) -> bool:
        return self.text(subject, predicate) in ("true", "1")

    def nodes(self, subject: Node, predicate: URIRef) -> list[Node]:
        return sorted(self.graph.objects(subject, predicate), key=lambda node: natural(str(node)))

    def ids(self, subject: Node, predicate: URIRef) -> tuple[str, ...]:
        return tuple(self.id(node) for node in self.nodes(subject, predicate))

    def ref(self, subject: Node, predicate: URIRef) -> str:
        return next(iter(self.ids(subject, predicate)), "")

    def all(self, predicate: URIRef, make: Callable[[Node], Any], order: Callable[[Any], Any] | None = None) -> dict[str, Any]:
        made: Iterable[Any] = [make(node) for node in self.nodes(self.root, predicate)]
        return {one.id: one for one in (sorted(made, key=order) if order else made)}
