"""Sign-offs as Web Annotations with their provenance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, XSD

from edgewise.citations.ledger.entries import START, chain
from edgewise.citations.ledger.signoffs import sign, withdraw
from edgewise.citations.ledger.store import open_ledger
from edgewise.citations.ledger.triples import OA, signoff_iri, triples
from edgewise.graph.library import load
from edgewise.graph.reading.projection import guideline as guideline_of
from edgewise.graph.reading.read import read_text
from edgewise.graph.reading.validate import validate
from edgewise.graph.writing.export import FORMATS, export
from edgewise.ontology.terms import CODE

G = "urn:edgewise:g"


@pytest.fixture
def ledger(tmp_path, make):
    ledger = open_ledger(tmp_path / "signed.db", create=True)
    sign(ledger, make(), "a/citations/1", "supported", "Ann Lee", "read it")
    sign(ledger, make(), "a/citations/1", "partly", "Ann Lee")
    sign(ledger, make(), "a/citations/2", "wrong-reference", "Bo <Ek>")
    withdraw(ledger, make(), "a/citations/1", "Bo <Ek>", "wrong page", editor="Ann Lee")
    return ledger


def test_a_sign_off_assesses_its_citation_and_says_who_when_and_what(ledger, make):
    entry = ledger.entries()[0]
    graph, node = triples(ledger.entries(), make()), signoff_iri(entry.id, G)
    assert set(graph.objects(node, RDF.type)) == {OA.Annotation, PROV.Entity}
    assert graph.value(node, OA.hasTarget) == URIRef(f"{G}/a/citations/1")
    assert CODE["verdict/supported"] in graph.objects(node, OA.hasBody)
    assert Literal("read it") in [graph.value(body, RDF.value) for body in graph.objects(node, OA.hasBody)]
    assert graph.value(node, PROV.generatedAtTime) == Literal(entry.content.time, datatype=XSD.dateTime, normalize=False)


def test_what_was_seen_is_tied_to_what_is_there_by_its_fingerprint(ledger, make):
    entry = ledger.entries()[0]
    graph, node = triples(ledger.entries(), make()), signoff_iri(entry.id, G)
    seen = {
        graph.value(part, PROV.specializationOf): str(graph.value(part, DCTERMS.identifier))
        for part in graph.objects(node, PROV.wasDerivedFrom)
    }
    assert seen[URIRef(f"{G}/r1")] == entry.content.seen.reference
    assert seen[URIRef(f"{G}/a/citations/1")] == entry.content.seen.citation
    assert len(set(graph.objects(node, PROV.wasDerivedFrom))) == 4


def test_a_withdrawal_invalidates_and_a_newer_verdict_revises(ledger, make):
    first, second, _, last = ledger.entries()
    graph = triples(ledger.entries(), make())
    assert (signoff_iri(second.id, G), PROV.wasRevisionOf, signoff_iri(first.id, G)) in graph
    assert (signoff_iri(second.id, G), PROV.wasInvalidatedBy, signoff_iri(last.id, G)) in graph
    assert (signoff_iri(last.id, G), RDF.type, PROV.Activity) in graph


def test_a_verdict_that_was_replaced_or_withdrawn_says_when_it_ended_and_the_others_say_nothing(ledger, make):
    first, second, third, last = ledger.entries()
    rows = triples(ledger.entries(), make()).query(
        "SELECT ?verdict ?ended WHERE { ?verdict a oa:Annotation ; prov:invalidatedAtTime ?ended }",
        initNs={"oa": OA, "prov": PROV},
    )
    ended = {verdict: str(moment) for verdict, moment in rows}
    assert ended == {signoff_iri(first.id, G): second.content.time, signoff_iri(second.id, G): last.content.time}
    assert signoff_iri(third.id, G) not in ended


def test_a_verdict_ends_once(ledger, make):
    first, second, *_ = ledger.entries()
    twice = [*ledger.entries(), chain(replace(second.content, time="2999-01-01T00:00:00.000Z"), 9, START)]
    for entries in (twice, twice[::-1]):
        graph = triples(entries, make())
        assert [str(one) for one in graph.objects(signoff_iri(first.id, G), PROV.invalidatedAtTime)] == [second.content.time]


def test_the_graph_has_no_blank_nodes_and_joins_a_guidelines_export_in_every_format(tmp_path):
    loaded = load("sacroiliac-sclerosis")
    ledger = open_ledger(tmp_path / "real.db", create=True)
    sign(ledger, loaded.guideline, "s1/citations/1", "partly", "Ann Lee", "a note")
    sign(ledger, loaded.guideline, "s1/citations/1", "supported", "Ann Lee")
    withdraw(ledger, loaded.guideline, "s1/citations/1", "Ann Lee")
    graph = triples(ledger.entries(), loaded.guideline)
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]
    joined = loaded.source.graph + graph
    for to, ending in FORMATS.items():
        again = read_text(export(joined, to), f"g{ending}", to)
        assert set(again.graph) == set(joined)
        assert [finding for finding in validate(again) if finding.severity == "error"] == []
        assert guideline_of(again.graph, again.iri) == loaded.guideline


def test_entries_of_other_guidelines_stay_out(ledger, make):
    assert len(triples(ledger.entries(), replace(make(), iri="urn:edgewise:h"))) == 0
    assert len(triples(ledger.entries())) > 0


def test_a_citation_that_is_gone_is_still_told(ledger, make):
    graph = triples(ledger.entries(), replace(make(), statements={}))
    assert URIRef(f"{G}/a/citations/1") in set(graph.objects(None, OA.hasTarget))
