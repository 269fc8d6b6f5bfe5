"""Constants, vocabulary, context and shapes speak of the same terms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from edgewise.ontology.terms import CODE, CONTEXT, EW, SHAPES, VOCABULARY

CONSTANTS = {EW[name] for name in EW.__annotations__ if not name.startswith("_")} | {EW["from"]}
INTERNAL = {EW.Passage, EW.ReviewStage, EW.rule, EW.message, EW.repair}
"""A superclass, what only an export holds, and the annotations of shapes.ttl."""


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(VOCABULARY, format="turtle")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES, format="turtle")


def _mine(graph: Graph) -> set[Node]:
    return {
        term for triple in graph for term in triple if isinstance(term, URIRef) and str(term).startswith(str(EW)) and str(term) != str(EW)
    }


def _defined(graph: Graph) -> set[Node]:
    return {term for term in graph.subjects() if isinstance(term, URIRef) and re.fullmatch(re.escape(str(EW)) + r"\w+", term)}


def _in_context(context: dict[str, Any]) -> Iterator[str]:
    for key, definition in context.items():
        if isinstance(definition, dict):
            yield definition["@id"]
            yield from _in_context(definition.get("@context", {}))
        elif not key.startswith("@"):
            yield definition


def test_every_constant_is_defined_in_the_vocabulary_and_the_other_way_round(vocabulary: Graph) -> None:
    assert _defined(vocabulary) == CONSTANTS


def test_every_term_is_a_key_of_the_context_or_internal() -> None:
    names = _in_context(json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"])
    assert {EW[name.removeprefix("ew:")] for name in names if name.startswith("ew:")} == CONSTANTS - INTERNAL


def test_a_name_that_is_no_term_is_refused() -> None:
    with pytest.raises(AttributeError, match="transitoin"):
        _ = EW.transitoin


@pytest.mark.parametrize("term", sorted(CONSTANTS), ids=lambda term: str(term).rpartition("#")[2])
def test_every_term_has_a_label_a_definition_and_a_source(term: URIRef, vocabulary: Graph) -> None:
    for annotation in (RDFS.label, SKOS.definition, DCTERMS.source):
        assert len(list(vocabulary.objects(term, annotation))) == 1, annotation


def test_every_property_says_what_it_joins(vocabulary: Graph) -> None:
    for term in [*vocabulary.subjects(RDF.type, OWL.ObjectProperty), *vocabulary.subjects(RDF.type, OWL.DatatypeProperty)]:
        says = {str(predicate).rpartition("/")[2].rpartition("#")[2] for predicate in vocabulary.predicates(term)}
        assert says & {"domain", "domainIncludes"}, term
        assert says & {"range", "rangeIncludes"}, term


def test_the_vocabulary_uses_no_term_of_its_own_that_it_does_not_define(vocabulary: Graph) -> None:
    assert _mine(vocabulary) <= CONSTANTS


def test_a_key_that_refers_by_id_has_no_range_which_would_make_a_wrong_reference_right(vocabulary: Graph) -> None:
    context = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    scoped = [scope for scope in context.values() if isinstance(scope, dict) and "@context" in scope]
    definitions = [*context.values(), *(inner for scope in scoped for inner in scope["@context"].values())]
    references = [d["@id"].removeprefix("ew:") for d in definitions if isinstance(d, dict) and d.get("@type") == "@id"]
    assert len(references) > 15
    assert [name for name in references if (EW[name], RDFS.range, None) in vocabulary] == []


def test_the_context_gives_each_key_the_datatype_of_its_range(vocabulary: Graph) -> None:
    for definition in json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"].values():
        if isinstance(definition, dict) and definition["@id"].startswith("ew:"):
            for found in vocabulary.objects(EW[definition["@id"].removeprefix("ew:")], RDFS.range):
                if str(found).startswith(str(XSD)):
                    assert definition.get("@type", "xsd:string") == f"xsd:{str(found).rpartition('#')[2]}"


def test_the_shapes_name_only_terms_that_there_are(shapes: Graph) -> None:
    assert _mine(shapes) <= CONSTANTS
    queries = " ".join(str(query) for query in shapes.objects(None, SH.select))
    assert {EW[name] for name in re.findall(r"\bew:(\w+)", queries)} <= CONSTANTS


def test_the_shapes_allow_exactly_what_the_code_lists_list(shapes: Graph, vocabulary: Graph) -> None:
    for term, scheme in vocabulary.subject_objects(RDFS.seeAlso):
        if str(scheme).startswith(str(CODE)):
            listed = {
                str(code) for concept in vocabulary.subjects(SKOS.inScheme, scheme) for code in vocabulary.objects(concept, SKOS.notation)
            }
            lists = [found for shape in shapes.subjects(SH.path, term) for found in shapes.objects(shape, SH["in"])]
            allowed = {str(code) for found in lists for code in Collection(shapes, found)}
            assert listed, scheme
            assert allowed == listed, term


def test_every_class_but_the_internal_ones_has_a_closed_shape(shapes: Graph, vocabulary: Graph) -> None:
    closed = {class_ for shape in shapes.subjects(SH.closed) for class_ in shapes.objects(shape, SH.targetClass)}
    steps = set(vocabulary.subjects(RDFS.subClassOf, EW.Step))
    assert closed == {class_ for class_ in CONSTANTS if (class_, RDF.type, OWL.Class) in vocabulary} - INTERNAL - steps


def test_whatever_contains_something_anchors_it(shapes: Graph, vocabulary: Graph) -> None:
    containing = {p for p, found in vocabulary.subject_objects(RDFS.range) if str(found).startswith(str(EW))}
    for name in ("anchored", "single"):
        inverse = shapes.value(URIRef(f"https://w3id.org/edgewise/shapes#{name}"), SH.path)
        alternatives = shapes.value(shapes.value(inverse, SH.inversePath), SH.alternativePath)
        assert alternatives is not None
        assert set(Collection(shapes, alternatives)) == containing
