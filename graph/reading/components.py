"""From RDF to what a step is made of, with its doses. Reads only what the shapes allow."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Protocol, cast

from rdflib import URIRef
from rdflib.namespace import RDFS
from rdflib.term import Node

from edgewise.graph.model import Component, Dose, Span
from edgewise.ontology.terms import EW


class Reader(Protocol):
    """What looks things up in one graph; `edgewise.graph.reading.projection` has it."""

    def id(self, node: Node, /) -> str:
        """The id of a resource."""

    def ids(self, subject: Node, predicate: URIRef, /) -> tuple[str, ...]:
        """Ids of resources."""

    def text(self, subject: Node, predicate: URIRef, /) -> str:
        """A text; empty where there is none."""

    def number(self, subject: Node, predicate: URIRef, /) -> Decimal | None:
        """A number."""

    def nodes(self, subject: Node, predicate: URIRef, /) -> list[Node]:
        """Resources in their order."""


def component(reader: Reader, node: Node) -> Component:
    """A part of a step, with its doses."""
    doses = tuple(_dose(reader, dose) for dose in reader.nodes(node, EW.hasDose))
    return Component(reader.id(node), reader.text(node, RDFS.label), reader.ids(node, EW.describedBy), doses)


def _dose(reader: Reader, node: Node) -> Dose:
    return Dose(
        id=reader.id(node),
        amount=cast(Decimal, reader.number(node, EW.amount)),
        unit=reader.text(node, EW.unit),
        up_to=reader.number(node, EW.upTo),
        per=_span(reader.text(node, EW.per)),
        within=_span(reader.text(node, EW.givenWithin)),
        most=_span(reader.text(node, EW.maxDose)),
        route=reader.text(node, EW.route),
        frequency=reader.text(node, EW.frequency),
        label=reader.text(node, RDFS.label),
        based_on=reader.ids(node, EW.basedOn),
        stated_by=cast(Any, reader.text(node, EW.statedBy)),
    )


def _span(text: str) -> Span | None:
    number, _, unit = text.partition(" ")
    return Span(Decimal(number), unit.strip()) if unit else None
