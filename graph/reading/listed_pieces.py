"""From RDF to the pieces of a guideline that hold no criterion: the reference list, remarks, terms, settings and schemes."""

from __future__ import annotations

from typing import Any, cast

from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS
from rdflib.term import Node

from edgewise.graph.model import Addition, Grade, Grading, Identifier, Marker, Note, Reference, RuleSetting, Term, Waiver
from edgewise.graph.reading.values import Values
from edgewise.ontology.terms import EW


class Listed(Values):
    """Makes the pieces that a guideline lists beside its pathway."""

    def grading(self, node: Node) -> Grading:
        return Grading(
            id=self.id(node),
            label=self.text(node, RDFS.label),
            strengths=self.grades(node, EW.hasStrength),
            certainties=self.grades(node, EW.hasCertainty),
            unclassified=self.grades(node, EW.hasUnclassified),
            strength_name=self.text(node, EW.strengthName),
            certainty_name=self.text(node, EW.certaintyName),
        )

    def grades(self, node: Node, predicate: URIRef) -> tuple[Grade, ...]:
        """In the order in which they are written, unless they say their `order`."""
        ordered = sorted(self.nodes(node, predicate), key=lambda one: self.integer(one, EW.order))
        return tuple(
            Grade(self.text(one, SKOS.notation), self.text(one, SKOS.definition), cast(Any, self.text(one, EW.direction)))
            for one in ordered
        )

    def marker(self, node: Node) -> Marker:
        return Marker(self.id(node), self.text(node, EW.printed), self.ref(node, EW.entry), self.text(node, SKOS.editorialNote))

    def reference(self, node: Node) -> Reference:
        return Reference(
            id=self.id(node),
            position=self.integer(node, EW.position),
            title=self.text(node, DCTERMS.title),
            year=self.integer(node, EW.year),
            container=self.text(node, EW.container),
            author=self.text(node, EW.author),
            printed_kind=self.text(node, EW.printedKind),
            tier=self.text(node, EW.tier),
            own_publisher=self.flag(node, EW.ownPublisher),
            identifiers=tuple(
                Identifier(self.text(i, EW.scheme), self.text(i, EW.value), self.text(i, EW.statedBy), self.flag(i, EW.confirmed))
                for i in self.nodes(node, EW.hasIdentifier)
            ),
            additions=tuple(
                Addition(self.text(a, EW.field), self.text(a, EW.value), self.text(a, EW.statedBy), self.flag(a, EW.confirmed))
                for a in self.nodes(node, EW.hasAddition)
            ),
        )

    def note(self, node: Node) -> Note:
        return Note(self.id(node), self.text(node, EW.text), self.text(node, EW.statedBy), self.ids(node, EW.concerns))

    def term(self, node: Node) -> Term:
        return Term(
            id=self.id(node),
            term=self.text(node, SKOS.prefLabel),
            explanation=self.text(node, SKOS.definition),
            stated_by=self.text(node, EW.statedBy),
            spellings=self.texts(node, SKOS.altLabel),
            based_on=self.ids(node, EW.basedOn),
        )

    def rule_setting(self, node: Node) -> RuleSetting:
        return RuleSetting(self.id(node), self.text(node, EW.ofRule), self.text(node, EW.severity))

    def waiver(self, node: Node) -> Waiver:
        about, situation = self.ids(node, EW.concerns), self.text(node, EW.ofSituation)
        return Waiver(self.id(node), self.text(node, EW.ofRule), self.text(node, EW.reason), about, situation)
