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
    for key, predicate, value in vocabulary():
        if predicate == RDFS.range and value.startswith(str(EW)):
            found[key] = (*found.get(key, ()), value)
    return found


@cache
def vocabulary() -> tuple[tuple[URIRef, URIRef, URIRef], ...]:
    """All that the vocabulary says of one resource and another; its texts are left out.

    >>> (EW.hasStep, RDFS.range, EW.Step) in vocabulary()
    True
    """
    named = pyoxigraph.NamedNode
    return tuple(
        (URIRef(quad.subject.value), URIRef(quad.predicate.value), URIRef(quad.object.value))
        for quad in pyoxigraph.parse(path=VOCABULARY, format=pyoxigraph.RdfFormat.TURTLE)
        if isinstance(quad.subject, named) and isinstance(quad.object, named)
    )


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
