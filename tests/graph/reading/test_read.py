"""A guideline's file becomes RDF: every scalar a triple, every triple a line."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS, XSD

from edgewise.graph.reading.implied_types import ranges
from edgewise.graph.reading.read import Source, read, read_text
from edgewise.graph.reading.strict import strict_yaml
from edgewise.ontology.errors import SourceError
from edgewise.ontology.terms import EW, UNKNOWN

BASE = "https://w3id.org/edgewise/guideline/g"

GUIDELINE = """\
id: g
title: Hips
updated: 2024-02-30
phases:
- id: imaging
  label: Imaging
  order: 007
steps:
- id: mri
  type: Investigation
  phase: imaging
  lable: MRI
- id: rfa
  type: Treatment
  components:
    label: Cooled
    describedBy:
    - s1
    - s2
transitions:
- id: t
  from: mri
  to: rfa
  when:
    all:
    - observable: pain
      atLeast: 1.10
      times: two
    - not: {observable: pain, is: yes}
ratings:
- modality: mri
notes:
- text: "x"
  about: [mri, t]
choices:
- value: 12:30
"""


def read_yaml(text: str) -> Source:
    return read_text(text, "g.yaml", "yaml")


@pytest.fixture(scope="module")
def source() -> Source:
    return read_yaml(GUIDELINE)


def iri(path: str) -> URIRef:
    return URIRef(f"{BASE}/{path}")


def test_the_guideline_has_an_address_made_from_its_id(source: Source) -> None:
    assert source.iri == BASE
    assert (URIRef(BASE), RDF.type, EW.Guideline) in source.graph


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        (URIRef(BASE), DCTERMS.title, Literal("Hips")),
        (iri("imaging"), EW.order, Literal("007", datatype=XSD.integer, normalize=False)),
        (iri("t/when/1/all/1"), EW.atLeast, Literal("1.10", datatype=XSD.decimal, normalize=False)),
        (iri("t/when/1/all/2/not/1"), EW.isAnswer, Literal("yes")),
        (iri("choices/1"), SKOS.notation, Literal("12:30")),
        (iri("mri"), EW.inPhase, iri("imaging")),
        (iri("t"), EW["from"], iri("mri")),
    ],
)
def test_scalars_keep_their_letters_and_get_the_datatype_of_their_key(
    source: Source, subject: URIRef, predicate: URIRef, value: URIRef | Literal
) -> None:
    assert (subject, predicate, value) in source.graph


def test_a_key_may_mean_different_things_in_different_places(source: Source) -> None:
    assert (iri("ratings/1"), EW.rates, iri("mri")) in source.graph
    assert (iri("notes/1"), EW.concerns, iri("t")) in source.graph


def test_an_unknown_key_lands_where_the_shapes_report_it(source: Source) -> None:
    assert (iri("mri"), UNKNOWN.lable, Literal("MRI")) in source.graph


def test_what_has_no_id_is_named_after_its_place(source: Source) -> None:
    subjects = {str(subject).removeprefix(BASE + "/") for subject in source.graph.subjects()}
    expected = {"rfa/components/1", "t/when/1", "t/when/1/all/1", "t/when/1/all/2", "t/when/1/all/2/not/1", "ratings/1", "notes/1"}
    assert expected <= subjects


def test_there_are_no_blank_nodes(source: Source) -> None:
    assert all(isinstance(subject, URIRef) for subject in source.graph.subjects())


def test_ill_typed_values_survive_for_validation_to_report(source: Source) -> None:
    assert (iri("t/when/1/all/1"), EW.times, Literal("two", datatype=XSD.integer, normalize=False)) in source.graph
    assert (URIRef(BASE), DCTERMS.modified, Literal("2024-02-30", datatype=XSD.date, normalize=False)) in source.graph


def test_ill_typed_values_are_not_logged_with_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        read_yaml(GUIDELINE)
    assert caplog.records == []
    Literal("two", datatype=XSD.integer)  # outside of reading rdflib says what it always says
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (1, (URIRef(BASE),)),
        (2, (URIRef(BASE), DCTERMS.title, Literal("Hips"))),
        (9, (iri("mri"),)),
        (12, (iri("mri"), UNKNOWN.lable)),
        (18, (iri("rfa/components/1"), EW.describedBy, iri("s1"))),
        (19, (iri("rfa/components/1"), EW.describedBy, iri("s2"))),
        (17, (iri("rfa/components/1"), EW.describedBy)),
        (17, (iri("rfa/components/1"), EW.describedBy, iri("s3"))),
        (16, (iri("rfa/components/1"),)),
        (29, (iri("t/when/1/all/2/not/1"), EW.isAnswer, Literal("yes"))),
        (13, (iri("rfa"), RDFS.label)),
        (0, (iri("nothing"),)),
    ],
)
def test_the_best_known_line_is_the_values_then_the_keys_then_the_resources(source: Source, line: int, asked: tuple[URIRef, ...]) -> None:
    assert source.line(*asked) == line


def test_every_triple_has_a_line(source: Source) -> None:
    assert all(source.line(*triple) for triple in source.graph)


def test_a_resource_may_be_asked_for_by_text(source: Source) -> None:
    assert source.line(BASE + "/mri") == 9


def test_types_follow_from_ranges_and_from_nothing_else(source: Source) -> None:
    types = {(str(s).removeprefix(BASE).lstrip("/"), str(o).rpartition("#")[2]) for s, o in source.graph.subject_objects(RDF.type)}
    assert {("mri", "Investigation"), ("mri", "Step"), ("imaging", "Phase"), ("t", "Transition"), ("t/when/1", "Criterion")} <= types
    assert not {id for id, _ in types} & {"pain", "s1", "s2"}, "what is only referred to is not described"
    assert not {(id, name) for id, name in types if id == "mri"} - {("mri", "Investigation"), ("mri", "Step"), ("mri", "Modality")}


def test_the_vocabulary_gives_ranges_of_its_own_classes_only() -> None:
    assert ranges()
    assert all(str(class_).startswith(str(EW)) for classes in ranges().values() for class_ in classes)


def test_a_reference_may_be_an_address_of_the_web() -> None:
    source = read_yaml("id: g\nsteps:\n- id: a\n  describedBy: [https://example.org/x, urn:x:y, s1]\n")
    assert set(source.graph.objects(iri("a"), EW.describedBy)) == {URIRef("https://example.org/x"), URIRef("urn:x:y"), iri("s1")}


def test_json_is_read_like_yaml_numbers_included() -> None:
    text = '{"id": "g", "phases": [{"id": "p", "order": 007}]}'.replace("007", "7")
    source = read_text(text, "g.json", "json")
    assert set(source.graph) == set(read_yaml("id: g\nphases:\n- id: p\n  order: 7\n").graph)
    assert read_text(text, "g.jsonld", "jsonld").iri == source.iri


def test_json_ld_without_a_context_gets_the_projects_own() -> None:
    text = '\n{"@id": "g", "@type": "Guideline",\n"title": "Hips",\n"steps": {"@id": "g/a",\n"order": "1"}}'
    source = read_text(text, "g.jsonld", "jsonld")
    assert source.iri == BASE
    assert (iri("a"), EW.order, Literal(1)) in source.graph
    assert [source.line(BASE, DCTERMS.title), source.line(iri("a")), source.line(iri("a"), EW.order)] == [3, 4, 5]


def test_expanded_json_ld_needs_no_context() -> None:
    document = [{"@id": "urn:x:g", "@type": [str(EW.Guideline)], str(DCTERMS.title): [{"@value": "Hüfte", "@language": "de"}]}]
    source = read_text(json.dumps(document), "g.jsonld", "jsonld")
    assert set(source.graph.objects(URIRef("urn:x:g"), DCTERMS.title)) == {Literal("Hüfte", lang="de")}


def test_json_ld_may_use_all_of_json_ld_that_stays_in_the_file() -> None:
    document = {
        "@context": {
            "@version": 1.1,
            "@base": "http://example.org/",
            "ew": str(EW),
            "steps": {"@id": "ew:hasStep", "@container": "@id"},
            "n": {"@id": "ew:order"},
            "of": {"@reverse": "ew:hasPhase"},
            "words": {"@id": "ew:text", "@container": "@language"},
        },
        "@graph": [
            {"@id": "g", "@type": "ew:Guideline", "steps": {"a": {"n": 1}, "b": {"n": 0.5, "words": {"en": "x"}}}},
            {"@id": "p", "of": {"@id": "g"}},
        ],
    }
    source = read_text(json.dumps(document, indent=1), "g.jsonld", "jsonld")
    assert source.iri == "http://example.org/g"
    assert (URIRef("http://example.org/g"), EW.hasPhase, URIRef("http://example.org/p")) in source.graph
    assert (URIRef("http://example.org/b"), EW.text, Literal("x", lang="en")) in source.graph


def test_turtle_keeps_letters_and_knows_the_line_of_each_value() -> None:
    text = f"""@prefix ew: <{EW}> .
@prefix : <urn:x:> .
:g a ew:Guideline ;
  ew:text "a" ,
    "b"^^<{XSD.string}> ;
  ew:order 007 .
"""
    source = read_text(text, "g.ttl", "turtle")
    g = URIRef("urn:x:g")
    assert [source.line(g, EW.text, Literal(word)) for word in "ab"] == [4, 5]
    assert source.line(g, EW.order, Literal("007", datatype=XSD.integer, normalize=False)) == 6


@pytest.mark.parametrize("format", ["trig", "nquads"])
def test_named_graphs_are_read_as_one(format: str) -> None:
    triples = [f"<urn:x:g> <{RDF.type}> <{EW.Guideline}>", "<urn:x:g> <urn:x:p> <urn:x:o>"]
    if format == "trig":
        text = "\n".join(f"<urn:x:graph{i}> {{ {triple} }}" for i, triple in enumerate(triples))
    else:
        text = "\n".join(f"{triple} <urn:x:graph{i}> ." for i, triple in enumerate(triples))
    source = read_text(text, "g", format)
    assert len(source.graph) == 2
    assert source.line("urn:x:g", URIRef("urn:x:p")) == 2


@pytest.mark.parametrize(("suffix", "text"), [(".yaml", "id: g"), (".YML", "id: g"), (".json", '{"id": "g"}'), (".jsonld", '{"id": "g"}')])
def test_the_ending_of_the_file_tells_the_format(tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_text(text)
    source = read(path)
    assert (source.iri, source.file) == (BASE, str(path))


def test_a_format_that_does_not_exist_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="known are json, jsonld"):
        read_text("id: g", "g", "docx")


plain = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30)
slugs = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
words = st.from_regex(r"[a-z][A-Za-z]{3,10}", fullmatch=True).filter(lambda word: word not in ("type", "from"))


def scalars(data: object) -> int:
    if isinstance(data, dict):
        return sum(scalars(value) for key, value in data.items() if key != "id")
    return sum(map(scalars, data)) if isinstance(data, list) else 1


@given(
    st.recursive(plain, lambda inner: st.dictionaries(words, inner | st.lists(inner, max_size=3), min_size=1, max_size=3), max_leaves=15)
)
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_every_scalar_is_a_triple_or_the_file_is_refused(data: object) -> None:
    document = {"id": "g", "title": "x", "things": data}
    text = json.dumps(document, ensure_ascii=False)
    try:
        source = read_text(text, "g.json", "json")
    except SourceError:
        return
    leaves = [triple for triple in source.lines.values if not str(triple[2]).startswith(BASE) or triple[1] in (EW["from"], EW.to)]
    assert len(leaves) >= scalars(document)
    assert all(triple in source.graph for triple in source.lines.values)


@given(st.dictionaries(plain, plain | st.lists(plain, max_size=3), max_size=5))
@settings(max_examples=200, deadline=None)
def test_json_and_yaml_of_the_same_text_are_the_same_data(data: dict[str, object]) -> None:
    text = json.dumps(data, ensure_ascii=True)
    try:
        from_yaml = strict_yaml(text, "f.yaml")
    except SourceError:
        return  # YAML knows no pairs of surrogates; '<<' is refused in both
    assert from_yaml == strict_yaml(text, "f.json")
    assert from_yaml[0] == data


def test_facts_may_have_empty_values_where_the_caller_allows_them() -> None:
    data, marks = strict_yaml("blocks:\n- 68\npain: ~\nage:\n", "facts.yaml", allow_empty=True)
    assert data == {"blocks": ["68"], "pain": None, "age": None}
    assert [marks.key(("blocks",)), marks.value(("blocks", 0)), marks.key(("age",)), marks.key(("other",))] == [1, 2, 4, 1]
