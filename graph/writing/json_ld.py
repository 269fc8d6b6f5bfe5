"""A graph as JSON-LD in the words of `ontology/context.jsonld`, nested as a guideline's YAML is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from edgewise.graph.reading.context import Terms, edgewise_context
from edgewise.ontology.terms import UNKNOWN

DEEPEST = 15  # a resource nested deeper stands on its own; the reader refuses 64 brackets
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9_-]+)*")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def compact(graph: Graph, root: str, order: Iterable[Node]) -> dict[str, Any]:
    """The JSON-LD document of a graph without blank nodes.

    Args:
        graph: the triples.
        root: IRI of the guideline, with which the document begins; empty if there is none.
        order: all subjects, in the order in which they should stand.

    >>> from rdflib.namespace import DCTERMS
    >>> graph = Graph().add((URIRef("urn:x:g"), DCTERMS.title, Literal("Hips")))
    >>> document = compact(graph, "urn:x:g", [URIRef("urn:x:g")])
    >>> document.pop("@context")[-1], document
    ({'@base': 'urn:x:g/'}, {'id': 'urn:x:g', 'title': 'Hips'})
    """
    terms = Terms(edgewise_context())
    writer = _Writer(graph, root, order)
    nodes = [writer.resource(subject, terms, 0) for subject in writer.order if subject not in writer.placed]
    context = [edgewise_context(), {"@base": root + "/"}] if root else [edgewise_context()]
    return {"@context": context, **nodes[0]} if len(nodes) == 1 else {"@context": context, "@graph": nodes}


class _Writer:
    def __init__(self, graph: Graph, root: str, order: Iterable[Node]) -> None:
        self.graph, self.root = graph, root
        self.order = {subject: place for place, subject in enumerate(order)}
        self.placed: set[Node] = set()

    def resource(self, subject: Node, terms: Terms, depth: int) -> dict[str, Any]:
        """One resource with what is nested in it; it is written nowhere else."""
        self.placed.add(subject)
        result: dict[str, Any] = {"id": self._id(str(subject))}
        types = sorted(str(t) for t in self.graph.objects(subject, RDF.type) if isinstance(t, URIRef))
        if types:
            result["type"] = _one_or_all([self._type(t, terms) for t in types])
        for predicate in sorted(set(self.graph.predicates(subject)), key=str):
            values = sorted(self.graph.objects(subject, predicate), key=self._place)
            if predicate == RDF.type:
                values = [value for value in values if not isinstance(value, URIRef)]
            if values:
                key = self._word(predicate, values, terms)
                result[key] = _one_or_all([self._value(key, value, terms, depth) for value in values])
        return result

    def _place(self, value: Node) -> tuple[int, str, str, str]:
        literal = value if isinstance(value, Literal) else None
        datatype, language = (str(literal.datatype), str(literal.language)) if literal is not None else ("", "")
        return self.order.get(value, len(self.order)), str(value), datatype, language

    def _id(self, iri: str) -> str:
        local = iri.removeprefix(self.root + "/")
        return local if self.root and local != iri and _RELATIVE.fullmatch(local) else iri

    def _word(self, predicate: Node, values: list[Node], terms: Terms) -> str:
        """The key for a property: of several with the same IRI the one whose datatype fits the values."""
        words = terms.words.get(str(predicate), [])
        fitting = [word for word in words if all(_fits(value, terms.datatype(word)) for value in values)]
        return (fitting or words or [_unknown(str(predicate), terms)])[0]

    def _type(self, iri: str, terms: Terms) -> str:
        words = [word for word in terms.words.get(iri, []) if isinstance(terms.definitions[word], str)]
        return words[0] if words else _unknown(iri, terms)

    def _value(self, key: str, value: Node, terms: Terms, depth: int) -> Any:
        if not isinstance(value, Literal):
            return self._link(key, value, terms, depth)
        if _fits(value, terms.datatype(key)):
            return str(value)
        if value.language:
            return {"@value": str(value), "@language": value.language}
        return {"@value": str(value), "@type": str(value.datatype)} if value.datatype else {"@value": str(value)}

    def _link(self, key: str, value: Node, terms: Terms, depth: int) -> Any:
        reference = terms.datatype(key) == "@id"
        if not reference and value in self.order and value not in self.placed and str(value) != self.root and depth < DEEPEST:
            return self.resource(value, terms.below(key), depth + 1)
        return self._id(str(value)) if reference else {"id": self._id(str(value))}


def _fits(value: Node, datatype: str) -> bool:
    """Whether a bare text under a key of this datatype says exactly this value."""
    if not isinstance(value, Literal):
        return datatype == "@id"
    return not value.language and str(value.datatype or "") == datatype


def _unknown(iri: str, terms: Terms) -> str:
    word = iri.removeprefix(str(UNKNOWN))
    return word if _WORD.fullmatch(word) and word not in terms.definitions else iri


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
