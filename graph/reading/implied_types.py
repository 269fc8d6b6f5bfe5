"""Types that go without saying: what a property of the vocabulary leads to is of that property's range."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pyoxigraph
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS

from edgewise.ontology.terms import EW, VOCABULARY


@cache
def ranges() -> Mapping[URIRef, tuple[URIRef, ...]]:
    """Property → the classes of ``ew:`` that the vocabulary gives as its range.

    >>> [str(found).rpartition("#")[2] for found in ranges()[EW.hasStep]]
    ['Step']
    """
    found: dict[URIRef, tuple[URIRef, ...]] = {}
    for quad in pyoxigraph.parse(path=VOCABULARY, format=pyoxigraph.RdfFormat.TURTLE):
        if quad.predicate.value != str(RDFS.range) or not isinstance(quad.subject, pyoxigraph.NamedNode):
            continue
        if isinstance(quad.object, pyoxigraph.NamedNode) and quad.object.value.startswith(str(EW)):
            key = URIRef(quad.subject.value)
            found[key] = (*found.get(key, ()), URIRef(quad.object.value))
    return found


def add_types(graph: Graph) -> None:
    """Add ``o rdf:type C`` for every ``s p o`` whose `p` has range C, if `o` is described at all; nothing else.

    >>> from rdflib import Literal
    >>> graph = Graph()
    >>> _ = graph.add((URIRef("urn:x:g"), EW.hasStep, URIRef("urn:x:s"))).add((URIRef("urn:x:s"), EW.order, Literal(1)))
    >>> add_types(graph)
    >>> (URIRef("urn:x:s"), RDF.type, EW.Step) in graph
    True
    """
    described = set(graph.subjects())
    for predicate, classes in ranges().items():
        for target in list(graph.objects(None, predicate)):
            if target in described:
                for class_ in classes:
                    graph.add((target, RDF.type, class_))
