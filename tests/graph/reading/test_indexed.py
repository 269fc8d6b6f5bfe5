"""The graph that validation reads: it says what rdflib's own graph says, in whatever way it is asked."""

from __future__ import annotations

from itertools import product

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from edgewise.graph.reading.indexed import Indexed, turtle
from edgewise.ontology.terms import SHAPES

A, B, C = (URIRef(f"urn:{name}") for name in "abc")
ONE = Literal("1")
TRIPLES = [*product((A, B), (A, C), (B, ONE)), (C, A, A)]
TERMS = (None, A, B, C, ONE, URIRef("urn:nowhere"))


def both() -> tuple[Indexed, Graph]:
    plain = Graph()
    for triple in TRIPLES:
        plain.add(triple)
    return Indexed(TRIPLES), plain


@pytest.mark.parametrize("subject", TERMS)
@pytest.mark.parametrize("predicate", [*TERMS, A / C, ~A], ids=str)
def test_it_answers_as_any_graph_does(subject, predicate):
    own, plain = both()
    for value in TERMS:
        pattern = (subject, predicate, value)
        assert set(own.triples(pattern)) == set(plain.triples(pattern))
        assert (pattern in own) == (pattern in plain)
    assert sorted(own.objects(subject, predicate)) == sorted(plain.objects(subject, predicate))
    assert set(own.objects(subject, predicate, unique=True)) == set(plain.objects(subject, predicate, unique=True))
    assert sorted(own.objects([A, B], predicate)) == sorted(plain.objects([A, B], predicate))


def test_what_matches_comes_in_its_order():
    own, _ = both()
    assert list(own) == TRIPLES
    assert list(own.objects(A, A)) == [B, ONE]


def test_the_lists_of_the_shapes_hold_what_they_hold_in_any_graph():
    shapes, plain = turtle(SHAPES), Graph().parse(SHAPES)
    held = sorted(tuple(map(str, shapes.items(each))) for each in shapes.objects(None, SH["in"]))
    assert len(held) > 10
    assert held == sorted(tuple(map(str, plain.items(each))) for each in plain.objects(None, SH["in"]))
    assert held == sorted(tuple(map(str, shapes.items(each))) for each in shapes.objects(None, SH["in"])), "asked once more"


def test_a_list_that_grows_is_read_again_and_one_in_a_circle_is_refused():
    first, second = BNode(), BNode()
    own = Indexed([(first, RDF.first, A)])
    assert list(own.items(first)) == [A]
    own.add((first, RDF.rest, second))
    own.add((second, RDF.first, B))
    assert list(own.items(first)) == [A, B]
    own.add((second, RDF.rest, first))
    with pytest.raises(ValueError, match="recursive"):
        list(own.items(first))
