"""From RDF to criteria: comparisons, groups, counts, scores, bounds that are worked out, each with whose word it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal, NamedTuple, cast

from rdflib import Graph, URIRef
from rdflib.namespace import RDFS
from rdflib.term import Node

from edgewise.graph.model import AllOf, AnyOf, Comparison, CountOf, Criterion, Formula, Item, Not, Operation, Scored
from edgewise.graph.reading.dose_operands import dose_taken, named
from edgewise.graph.reading.listed_pieces import Listed
from edgewise.ontology.terms import EW

BOUNDS = {"≥": EW.atLeast, ">": EW.moreThan, "≤": EW.atMost, "<": EW.lessThan}
OPERATIONS: dict[Operation, URIRef] = {
    "max": EW.greatestOf, "min": EW.leastOf, "plus": EW.sumOf, "times": EW.productOf, "minus": EW.differenceOf, "dividedBy": EW.quotientOf,
}  # fmt: skip


class Word(NamedTuple):
    """What a criterion rests on, and whose word it is said to be."""

    based_on: tuple[str, ...] = ()
    stated_by: Literal["source", "modeller", ""] = ""


NOBODYS = Word()


def _named(criterion: Criterion, label: str) -> Criterion:
    """A group that has no name of its own by that of the item it is; what a single comparison asks says what it is by itself."""
    return criterion if isinstance(criterion, Comparison | Scored) or criterion.label else replace(criterion, label=label)


class CriteriaReader(Listed):
    """Makes criteria, and the items of scores that hold some."""

    def __init__(self, graph: Graph, root: URIRef) -> None:
        super().__init__(graph, root)
        self._scores: dict[str, tuple[Item, ...]] = {}

    def item(self, node: Node) -> Item:
        when, word = next(iter(self.nodes(node, EW.when))), self._word(node, NOBODYS)
        points, label = self.number(node, EW.points), self.text(node, RDFS.label)
        return Item(_named(self.criterion(when, word), label), Decimal(0) if points is None else points, label)

    def criterion(self, node: Node, word: Word = NOBODYS) -> Criterion:
        """A criterion; `word` is what it rests on where it says nothing of its own: the group that it stands in, or its passage."""
        id, label, word = self.id(node), self.text(node, RDFS.label), self._word(node, word)
        parts = self.nodes(node, EW.allOf) or self.nodes(node, EW.anyOf) or self.nodes(node, EW.negates)
        if parts:
            within = tuple(self.criterion(part, word) for part in parts)
            if self.nodes(node, EW.negates):
                return Not(id, within[0], label, *word)
            return (AllOf if self.nodes(node, EW.allOf) else AnyOf)(id, within, label, *word)
        if counted := self.nodes(node, EW.of):
            return CountOf(id, tuple(self.criterion(part, word) for part in counted), self._how_many(node), label, *word)
        comparison = self.comparison(node, id, label, word)
        return self._scored(comparison) if self._items(comparison.observable) else comparison

    def _how_many(self, node: Node) -> tuple[tuple[str, Decimal], ...]:
        """Of k of n, how many: exactly so many is at least and at most so many."""
        exactly = self.number(node, EW.exactly)
        return self._bounds(node) if exactly is None else (("≥", exactly), ("≤", exactly))

    def _bounds(self, node: Node) -> tuple[tuple[str, Decimal], ...]:
        found = ((sign, one) for sign, predicate in BOUNDS.items() for one in self.nodes(node, predicate))
        return tuple((sign, Decimal(str(one))) for sign, one in found if not isinstance(one, URIRef))

    def _formulas(self, node: Node) -> tuple[tuple[str, Formula], ...]:
        found = ((sign, one) for sign, predicate in BOUNDS.items() for one in self.nodes(node, predicate))
        return tuple((sign, self.formula(one)) for sign, one in found if isinstance(one, URIRef))

    def _items(self, observable: str) -> tuple[Item, ...]:
        if observable not in self._scores:
            self._scores[observable] = ()  # a score in a score, which the shapes refuse, would have no end
            self._scores[observable] = tuple(map(self.item, self.nodes(URIRef(self.base + observable), EW.hasItem)))
        return self._scores[observable]

    def _scored(self, told: Comparison) -> Scored:
        items = self._items(told.observable)
        criteria, points = tuple(item.criterion for item in items), tuple(item.points for item in items)
        return Scored(f"{told.id}/score", told, criteria, points, told.label, told.based_on, told.stated_by)

    def comparison(self, node: Node, id: str, label: str, word: Word) -> Comparison:
        return Comparison(
            id=id,
            observable=self.ref(node, EW.observable),
            answer=self.text(node, EW.isAnswer),
            one_of=self.texts(node, EW.oneOf),
            bounds=self._bounds(node),
            formulas=self._formulas(node),
            unit=self.text(node, EW.unit),
            times=self.integer(node, EW.times, 1),
            label=label,
            based_on=word.based_on,
            stated_by=word.stated_by,
            inferred=self.texts(node, EW.inferred),
            statistic=cast(Any, self.text(node, EW.statistic)),
            window=self.integer(node, EW.window),
        )

    def formula(self, node: Node) -> Formula:
        """A bound that is worked out; operands by their `order`."""
        for operation, predicate in OPERATIONS.items():
            if operands := self.nodes(node, predicate):
                ordered = sorted(operands, key=lambda one: self.integer(one, EW.order))
                return Formula(operation, tuple(map(self.formula, ordered)))
        for observable in self.nodes(node, EW.takes):
            name = self.text(observable, RDFS.label)
            return Formula("observable", observable=self.id(observable), unit=self.text(node, EW.inUnit), name=name)
        for key, target in named(self.graph, node):
            return dose_taken(self, self.graph, target, key)
        return Formula("number", value=self.number(node, EW.value), unit=self.text(node, EW.unit))

    def _word(self, node: Node, group: Word) -> Word:
        """Whose word a criterion is: what it says itself, else what is said of the group."""
        own = Word(self.ids(node, EW.basedOn), cast(Any, self.text(node, EW.statedBy)))
        if own.based_on:
            return own
        return Word(group.based_on, own.stated_by or group.stated_by)
