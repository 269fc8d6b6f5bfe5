"""What is wrong with formulas that are well formed, each for itself: what they take, in which unit, and whether they can be worked out.

The words stand in ``ontology/shapes.ttl``, the rules in `edgewise.graph.formulas`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from rdflib import Graph, URIRef
from rdflib.term import Node

from edgewise.graph.formulas import FormulaError, asked
from edgewise.graph.model import Comparison, Observable
from edgewise.graph.reading.complaints import Complaint
from edgewise.graph.reading.dose_operands import TAKEN, doses_meant, named
from edgewise.graph.reading.projection import BOUNDS, OPERATIONS, Reader
from edgewise.graph.units import UnitError, convert
from edgewise.ontology.terms import EW

_SHAPE = "https://w3id.org/edgewise/shapes#"
_NUMBERS = ("quantity", "count")


def formula_faults(graph: Graph, iri: str, faulty: Collection[Node]) -> Iterator[Complaint]:
    """What is wrong with the formulas of a graph; of those that rest on something `faulty` nothing is said."""
    reader = Reader(graph, URIRef(iri))
    for predicate in BOUNDS.values():
        for comparison, formula in sorted(graph.subject_objects(predicate), key=str):
            if isinstance(formula, URIRef):
                nodes = list(_nodes(graph, formula))
                rests = [one for node in (comparison, *nodes) for key in (EW.observable, EW.takes) for one in graph.objects(node, key)]
                rests += [dose for node in nodes for _, target in named(graph, node) for dose in (target, *doses_meant(graph, target))]
                if not {comparison, *nodes, *rests} & set(faulty):
                    yield from _Judged(reader, comparison, predicate, formula).faults(nodes)


def _nodes(graph: Graph, formula: Node) -> Iterator[Node]:
    """A formula and all within it, each once, though a file may let it contain itself."""
    seen, waiting = {formula}, [formula]
    while waiting:
        yield (one := waiting.pop())
        inside = {operand for predicate in OPERATIONS.values() for operand in graph.objects(one, predicate)} - seen
        seen |= inside
        waiting += sorted(inside, key=str)


class _Judged:
    def __init__(self, reader: Reader, comparison: Node, predicate: URIRef, formula: Node) -> None:
        self.reader, self.node, self.predicate, self.formula = reader, comparison, predicate, formula

    def faults(self, nodes: Collection[Node]) -> Iterator[Complaint]:
        comparison = self.reader.criterion(self.node)
        if not isinstance(comparison, Comparison) or not comparison.observable:
            return
        what = self._observable(comparison.observable)
        found = [*self._operands(nodes, what), *self._units(nodes, comparison), *self._doses(nodes, comparison)]
        if what.repeated or what.value_type not in _NUMBERS:
            found.append(_complaint("formula-of-series", self.node, self.predicate, self.formula))
        yield from found or self._impossible(comparison)

    def _operands(self, nodes: Collection[Node], what: Observable) -> Iterator[Complaint]:
        for node, taken in ((one, taken) for one in nodes for taken in self.reader.nodes(one, EW.takes)):
            operand = self.reader.observable(taken)
            if operand.id == what.id:
                yield _complaint("formula-names-itself", node, EW.takes, taken)
            elif operand.value_type not in _NUMBERS or operand.repeated:
                yield _complaint("operand-no-number", node, EW.takes, taken)

    def _units(self, nodes: Collection[Node], comparison: Comparison) -> Iterator[Complaint]:
        for node in nodes:
            own = [self.reader.observable(taken).unit for taken in self.reader.nodes(node, EW.takes)]
            for key, unit in ((EW.unit, comparison.unit), (EW.inUnit, next(iter(own), ""))):
                for given in self.reader.graph.objects(node, key):
                    if not _converts(str(given), unit):
                        yield _complaint("operand-unit", node, key, given)

    def _doses(self, nodes: Collection[Node], comparison: Comparison) -> Iterator[Complaint]:
        """A dose that is taken is one number, in a unit that fits."""
        graph = self.reader.graph
        for node, key, target in ((one, key, target) for one in nodes for key, target in named(graph, one)):
            meant = doses_meant(graph, target)
            if len(meant) != 1:
                yield _complaint("dose-not-one", node, key, target)
            elif not TAKEN[key] and (meant[0], EW.upTo, None) in graph:
                yield _complaint("dose-of-a-range", node, key, target)
            elif TAKEN[key] and (meant[0], EW.maxDose, None) not in graph:
                yield _complaint("dose-without-max", node, key, target)
            elif not _converts(self.reader.formula(node).unit, comparison.unit):
                yield _complaint("operand-unit", node, key, target)

    def _impossible(self, comparison: Comparison) -> Iterator[Complaint]:
        try:
            asked(comparison, {id: self._observable(id) for id in comparison.looks_at})
        except FormulaError as error:
            yield _complaint(error.rule, self.node, self.predicate, self.formula)

    def _observable(self, id: str) -> Observable:
        return self.reader.observable(URIRef(self.reader.base + id))


def _complaint(rule: str, subject: Node, predicate: URIRef, value: Node) -> Complaint:
    return Complaint(subject, predicate, value, None, URIRef(_SHAPE + rule))


def _converts(unit: str, to: str) -> bool:
    try:
        convert(Decimal(1), unit, to)
    except UnitError:
        return False
    return bool(to)
