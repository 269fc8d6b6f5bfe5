"""Doses as operands of a bound: which dose is meant, and the number that it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import Graph, URIRef
from rdflib.term import Node

from edgewise.graph.dosing import dose_word
from edgewise.graph.model import Component, Dose, Formula, Span
from edgewise.graph.reading.components import Reader, component
from edgewise.ontology.terms import EW

TAKEN: Mapping[URIRef, bool] = {EW.takesDose: False, EW.takesMaxDose: True}
"""The properties by which a formula takes a dose → whether it is the greatest amount."""


def named(graph: Graph, operand: Node) -> Iterator[tuple[URIRef, Node]]:
    """What an operand names under the properties by which a dose is taken."""
    return ((key, target) for key in TAKEN for target in graph.objects(operand, key))


def doses_meant(graph: Graph, target: Node) -> list[Node]:
    """The doses that are meant by the id of a component, or of a dose: one, where all is well."""
    if (None, EW.hasDose, target) in graph:
        return [target]
    return sorted(graph.objects(target, EW.hasDose), key=str)


def dose_taken(reader: Reader, graph: Graph, target: Node, key: URIRef) -> Formula:
    """The number that a dose stands for, with its name; of none that can be taken a formula without a number."""
    meant = doses_meant(graph, target)
    holder = graph.value(predicate=EW.hasDose, object=meant[0], any=True) if len(meant) == 1 else None
    if holder is None:
        return Formula("number")
    held = component(reader, holder)
    dose = next(one for one in held.doses if one.id == reader.id(meant[0]))
    number = dose.most if TAKEN[key] else Span(dose.amount, dose.unit)
    if number is None:
        return Formula("number")
    return Formula("number", value=number.value, unit=number.unit, name=_called(held, dose, greatest=TAKEN[key]), dose=dose.id)


def _called(held: Component, dose: Dose, *, greatest: bool) -> str:
    """``the starting dose of Ramipril``; a dose that is not the source's word is marked."""
    label = "" if greatest and len(held.doses) == 1 else dose.label
    own = label if "dose" in label.casefold() and not greatest else f"dose ({label})" if label else "dose"
    remark = dose_word(dose).remark
    return f"the {'greatest ' if greatest else ''}{own} of {held.label}{f' [{remark}]' if remark else ''}"
