"""Plain questions asked of an export in SPARQL, as somebody would who knows Dublin Core, CiTO and SKOS but nothing of Edgewise."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from edgewise.graph.reading.public_form import AGENTS, CITO, LANGUAGES, publish, unpublish
from edgewise.graph.reading.read import Source, read, read_text
from edgewise.graph.reading.validate import validate
from edgewise.graph.writing.export import FORMATS, Format, export
from edgewise.ontology.terms import EW, VOCABULARY
from tests.places import DATA, ROOT

FILES = {"small": DATA / "small.yaml", "first": ROOT / "guidelines" / "sacroiliac-sclerosis" / "guideline.yaml"}
NAMES = {"cito": CITO, "ew": EW._NS, "dcterms": DCTERMS, "foaf": FOAF, "rdfs": RDFS, "skos": SKOS}
PARSERS = {"turtle": "turtle", "jsonld": "json-ld", "nquads": "nquads", "trig": "trig"}


@pytest.fixture(scope="module", params=FILES)
def source(request: pytest.FixtureRequest) -> Source:
    return read(FILES[request.param])


@pytest.fixture(scope="module")
def exported(source: Source) -> Graph:
    return Graph().parse(data=export(source.graph, "turtle"), format="turtle")


@pytest.fixture(scope="module")
def first() -> Graph:
    return Graph().parse(data=export(read(FILES["first"]).graph, "turtle"), format="turtle")


def rows(graph: Graph, where: str) -> set[tuple[str, ...]]:
    named = " ".join(dict.fromkeys(re.findall(r"\?\w+", where.partition("FILTER")[0])))
    found = graph.query(f"SELECT DISTINCT {named} WHERE {{ {where} }}", initNs=NAMES)
    return {tuple(str(value).rpartition("/")[2] if isinstance(value, URIRef) else str(value) for value in row) for row in found}


def test_what_is_cited_as_evidence_is_found_by_citos_own_property(source: Source, exported: Graph) -> None:
    graph = source.graph
    expected = {
        (statement, entry)
        for statement, citation in graph.subject_objects(EW.hasCitation)
        if (citation, EW.intention, Literal("citesAsEvidence")) in graph
        for marker in graph.objects(citation, EW.marker)
        for entry in graph.objects(marker, EW.entry)
    }
    assert expected
    assert {tuple(row) for row in exported.query("SELECT ?s ?r WHERE { ?s cito:citesAsEvidence ?r }", initNs=NAMES)} == expected


def test_the_first_guideline_cites_43_times_through_markers_that_lead_somewhere(first: Graph) -> None:
    """45 citations, of which the two through marker 7 point nowhere."""
    assert len(rows(first, "?s cito:citesAsEvidence ?r")) == 43
    assert rows(first, "?s ew:kind 'pitfall' ; cito:citesAsEvidence ?r") == {
        ("s32", "reference-2"), ("s34", "reference-3"), ("s35", "reference-3"), ("s35", "reference-6"), ("s36", "reference-4"),
    }  # fmt: skip


def test_every_citation_says_who_cites_what_and_in_which_sense(first: Graph) -> None:
    found = rows(first, "?c cito:hasCitingEntity ?s ; cito:hasCitedEntity ?r ; cito:hasCitationCharacterization cito:citesAsEvidence")
    assert len(found) == 43
    assert len(rows(first, "?c a ew:Citation FILTER NOT EXISTS { ?c cito:hasCitedEntity ?r }")) == 2


@pytest.mark.parametrize(
    ("class_", "key", "default"),
    [
        ("Transition", "role", "route"),
        ("Citation", "intention", "citesAsEvidence"),
        ("Observable", "repeated", "false"),
        ("Observable", "accrues", "false"),
        ("Reference", "ownPublisher", "false"),
    ],
)
def test_what_a_missing_key_means_is_written_out(exported: Graph, class_: str, key: str, default: str) -> None:
    assert rows(exported, f"?it a ew:{class_} FILTER NOT EXISTS {{ ?it ew:{key} ?any }}") == set()
    assert rows(exported, f"?it a ew:{class_} ; ew:{key} ?value FILTER(STR(?value) = '{default}')")


def test_every_comparison_says_how_often_and_every_figure_how_it_is_meant(exported: Graph) -> None:
    assert rows(exported, "?it ew:observable ?o FILTER NOT EXISTS { ?it ew:times ?n }") == set()
    assert rows(exported, "?it a ew:OutcomeFrame ; ew:value ?v FILTER NOT EXISTS { ?it ew:operator ?o }") == set()


def test_texts_bear_the_language_of_the_guideline(exported: Graph) -> None:
    for key in ("rdfs:label", "ew:text", "ew:question", "ew:summary", "skos:editorialNote", "ew:disclaimer", "ew:measure"):
        assert rows(exported, f"?it {key} ?words")
        assert rows(exported, f"?it {key} ?words FILTER(LANG(?words) != 'en')") == set(), key


def test_codes_units_and_the_titles_of_works_bear_none(exported: Graph) -> None:
    for key in ("ew:kind", "ew:unit", "ew:fingerprint", "ew:printed", "skos:notation", "ew:author", "ew:container"):
        assert rows(exported, f"?it {key} ?words FILTER(LANG(?words) != '')") == set(), key
    assert rows(exported, "?it a ew:Reference ; dcterms:title ?words FILTER(LANG(?words) != '')") == set()


def test_publisher_and_language_are_resources(source: Source, exported: Graph) -> None:
    root, name = URIRef(source.iri), str(source.graph.value(URIRef(source.iri), DCTERMS.publisher))
    (publisher,) = exported.objects(root, DCTERMS.publisher)
    assert isinstance(publisher, URIRef)
    assert publisher.startswith(AGENTS)
    assert (publisher, FOAF.name, Literal(name)) in exported
    assert (publisher, RDF.type, FOAF.Agent) in exported
    (language,) = exported.objects(root, DCTERMS.language)
    assert language == URIRef(LANGUAGES + "en")
    assert (language, RDF.type, DCTERMS.LinguisticSystem) in exported


def test_stages_of_review_are_one_value_each_and_keep_their_order(source: Source, exported: Graph) -> None:
    written = str(source.graph.value(URIRef(source.iri), EW.reviewStage)).split(", ")
    found = exported.query("SELECT ?name WHERE { ?g ew:reviewStage ?s . ?s ew:order ?n ; rdfs:label ?name } ORDER BY ?n", initNs=NAMES)
    assert [str(name) for (name,) in found] == written
    assert len(written) > 1


def test_a_treatment_that_the_source_names_and_leaves_is_found_among_the_treatments(first: Graph) -> None:
    treatments = rows(first, "?step a ew:Treatment")
    assert ("endoscopic-neurectomy",) in treatments
    assert len(treatments) == 4
    assert rows(first, "?step a ew:Treatment ; ew:endpoint ?how") == {("endoscopic-neurectomy", "unproven")}


def test_what_the_modeller_inferred_can_be_asked_for(first: Graph) -> None:
    assert ("modality-mri-with-and-without-contrast", "region") in rows(first, "?it a ew:Modality ; ew:inferred ?key")
    assert rows(first, "?edge ew:role 'excluded' ; ew:statedBy ?who") == {("diagnostic-injections-to-endoscopic-neurectomy", "modeller")}


def test_no_property_is_called_a_concept() -> None:
    vocabulary = Graph().parse(VOCABULARY, format="turtle")
    matched = {target for key in (SKOS.closeMatch, SKOS.exactMatch) for target in vocabulary.objects(None, key)}
    assert [target for target in matched if str(target).startswith(str(CITO))] == []
    assert (None, RDFS.seeAlso, CITO.citesAsEvidence) in vocabulary


# There and back -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", get_args(Format))
def test_an_export_is_read_back_to_the_last_triple_and_fulfils_the_shapes(source: Source, to: Format) -> None:
    again = read_text(export(source.graph, to), f"g{FORMATS[to]}", to)
    assert set(again.graph) == set(source.graph)
    assert [str(finding) for finding in validate(again)] == [str(finding) for finding in validate(source)] == []


@pytest.mark.parametrize("to", get_args(Format))
def test_every_format_answers_the_same(source: Source, to: Format) -> None:
    parsed = Dataset(default_union=True).parse(data=export(source.graph, to), format=PARSERS[to])
    found = {row[:3] for row in parsed.quads()}
    assert {triple for triple in found if triple[1] == CITO.citesAsEvidence} == set(
        publish(source.graph).triples((None, CITO.citesAsEvidence, None))
    )


def test_publishing_twice_is_publishing_once(source: Source) -> None:
    once = publish(source.graph)
    assert set(publish(once)) == set(once)


def test_a_plain_graph_stays_as_it_is(source: Source) -> None:
    copy = Graph()
    for triple in source.graph:
        copy.add(triple)
    unpublish(copy)
    assert set(copy) == set(source.graph)


def test_a_citation_that_does_not_follow_is_not_taken_off_in_silence(source: Source) -> None:
    """Whoever claims more than the markers give is told so by the shapes."""
    claim = f"<{source.iri}/s-look> <{CITO.citesAsEvidence}> <{source.iri}/ref-1> .\n"
    if (URIRef(f"{source.iri}/s-look"), None, None) in source.graph:
        found = validate(read_text(export(source.graph, "nquads") + claim, "g.nq", "nquads"))
        assert [finding.rule for finding in found] == ["unknown-key"]


def test_a_text_in_another_language_and_a_publisher_without_name_stay_as_written() -> None:
    root = URIRef("urn:x:g")
    graph = Graph().add((root, RDF.type, EW.Guideline)).add((root, DCTERMS.language, Literal("en")))
    graph.add((root, DCTERMS.title, Literal("Hüfte", lang="de"))).add((root, DCTERMS.publisher, URIRef("urn:x:house")))
    before = set(graph)
    unpublish(graph)
    assert set(graph) == before


def test_a_title_in_the_guidelines_own_language_is_read_whoever_tagged_it() -> None:
    text = f'<urn:x:g> a <{EW.Guideline}> ; <{DCTERMS.language}> "en" ; <{DCTERMS.title}> "Hips"@en .'
    assert (URIRef("urn:x:g"), DCTERMS.title, Literal("Hips")) in read_text(text, "g.ttl", "turtle").graph


def test_without_a_language_no_text_is_tagged() -> None:
    graph = read_text("id: g\ntitle: Hips\nsteps: [{id: a, type: Treatment, label: Rest}]", "g.yaml", "yaml").graph
    assert [value for value in publish(graph).objects() if isinstance(value, Literal) and value.language] == []


def test_stages_written_with_any_spaces_are_the_same_stages() -> None:
    graph = read_text("id: g\nlanguage: en\nreviewStages: 'a,  b c ,d'", "g.yaml", "yaml").graph
    assert [str(text) for text in graph.objects(None, EW.reviewStage)] == ["a, b c, d"]
    ranks = [int(str(rank)) for rank in publish(graph).objects(None, EW.order)]
    assert sorted(ranks) == [1, 2, 3]


def test_a_default_does_not_hide_that_a_key_is_given_twice() -> None:
    text = "id: g\ntransitions: [{id: t, role: [route, option]}]"
    graph = read_text(text, "g.yaml", "yaml").graph
    assert {str(role) for role in graph.objects(None, EW.role)} == {"route", "option"}
    assert (None, EW.times, Literal("1", datatype=XSD.integer)) not in graph
