"""What the context makes of keys, by the engine that Edgewise reads with."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph
import pytest
import yaml

from edgewise.ontology.terms import CONTEXT, EW, UNKNOWN
from tests.places import DATA

BASE = "https://w3id.org/edgewise/guideline/g/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def triples(document: dict[str, Any]) -> set[tuple[str, str]]:
    """Predicate and object of everything said in `document`."""
    context = json.loads(CONTEXT.read_text(encoding="utf-8"))
    text = json.dumps({**context, "id": BASE + "x", **document})
    found = pyoxigraph.parse(text, pyoxigraph.RdfFormat.JSON_LD, base_iri=BASE)
    return {(quad.predicate.value, str(quad.object)) for quad in found}


@pytest.mark.parametrize(
    ("key", "inner", "expected"),
    [
        ("choices", {"value": "left"}, ("http://www.w3.org/2004/02/skos/core#notation", '"left"')),
        ("identifiers", {"value": "10"}, (str(EW.value), '"10"')),
        ("additions", {"value": "10"}, (str(EW.value), '"10"')),
        ("outcomes", {"value": "10"}, (str(EW.value), f'"10"^^<{XSD}decimal>')),
        ("radiationLevels", {"dose": "10"}, (str(EW.effectiveDose), '"10"')),
        ("ratings", {"modality": "film"}, (str(EW.rates), f"<{BASE}film>")),
        ("steps", {"modality": "film"}, (str(EW.usesModality), f"<{BASE}film>")),
        ("asserts", {"about": "boot"}, (str(EW.about), f"<{BASE}boot>")),
        ("notes", {"about": "boot"}, (str(EW.concerns), f"<{BASE}boot>")),
        ("choose", {"step": "boot"}, (str(EW.ofStep), f"<{BASE}boot>")),
        ("bundles", {"together": "boot"}, (str(EW.together), f"<{BASE}boot>")),
        ("glossary", {"term": "boot"}, ("http://www.w3.org/2004/02/skos/core#prefLabel", '"boot"')),
        ("glossary", {"spellings": "shoe"}, ("http://www.w3.org/2004/02/skos/core#altLabel", '"shoe"')),
        ("glossary", {"explanation": "It is worn."}, ("http://www.w3.org/2004/02/skos/core#definition", '"It is worn."')),
    ],
)
def test_a_key_means_what_it_means_in_its_place(key: str, inner: dict[str, str], expected: tuple[str, str]) -> None:
    assert expected in triples({key: [{"id": "a", **inner}]})


def test_the_meaning_of_a_key_reaches_nested_statements() -> None:
    nested = {"statements": [{"id": "s", "asserts": [{"id": "a", "about": "boot"}], "outcomes": [{"id": "o", "value": "10"}]}]}
    assert {(str(EW.about), f"<{BASE}boot>"), (str(EW.value), f'"10"^^<{XSD}decimal>')} <= triples(nested)


def test_text_keeps_every_letter_and_has_no_language() -> None:
    assert (str(EW.question), '"1.10"') in triples({"question": "1.10"})
    assert (str(EW.isAnswer), '"no"') in triples({"is": "no"})


def test_a_number_keeps_its_digits() -> None:
    assert (str(EW.atLeast), f'"1.10"^^<{XSD}decimal>') in triples({"atLeast": "1.10"})


def test_an_unknown_key_or_type_falls_where_the_shapes_report_it() -> None:
    found = triples({"lable": "x", "type": "Treatmant"})
    assert (str(UNKNOWN.lable), '"x"') in found
    assert ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{UNKNOWN.Treatmant}>") in found


def _keys(data: Any) -> set[str]:
    if isinstance(data, dict):
        return {key for key in data if isinstance(key, str)} | {key for value in data.values() for key in _keys(value)}
    return {key for value in data for key in _keys(value)} if isinstance(data, list) else set()


def test_the_fixture_uses_every_key_of_the_context() -> None:
    context = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    prefixes = {key for key, value in context.items() if isinstance(value, str) and "://" in value}
    scoped = {key for value in context.values() if isinstance(value, dict) for key in value.get("@context", {})}
    keys = {key for key in context if not key.startswith("@") and key[0].islower()} | scoped
    used = _keys(yaml.load((DATA / "small.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
    assert used == keys - prefixes


def test_the_context_refers_to_no_other_document() -> None:
    assert "@import" not in CONTEXT.read_text(encoding="utf-8")
    assert isinstance(json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"], dict)
