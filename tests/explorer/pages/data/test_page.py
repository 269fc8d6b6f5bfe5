"""The Data page: the guideline as files, and questions in SPARQL that only read."""

from __future__ import annotations

import csv
import io

import pytest

from edgewise.explorer.pages.data.answer import dot
from edgewise.explorer.pages.data.examples import EXAMPLES, asked
from edgewise.graph.shelf import SHELF
from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.results import Result
from tests.explorer.drawn_pages import address, drawn, opened, words

IRI = "https://w3id.org/edgewise/guideline/sacroiliac-sclerosis"
EMPTY = {"shared", "uncited"}
"""Questions to which the guidelines that come with Edgewise have no answer: no paper is in two of them, every statement cites."""


@pytest.fixture(scope="module")
def store():
    with open_store(str(SHELF)) as found:
        yield found


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.id for example in EXAMPLES])
def test_every_question_to_begin_with_is_answered(store, example):
    assert bool(store.query(asked(example, IRI)).rows) is (example.id not in EMPTY)


def test_a_paper_in_two_guidelines_and_a_statement_without_citation_are_found(tmp_path):
    text = (SHELF / "ottawa-ankle" / "guideline.yaml").read_text(encoding="utf-8")
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(text.replace("id: ottawa-ankle", f"id: {name}", 1), encoding="utf-8")
    with open_store(str(tmp_path)) as library:
        shared = next(example for example in EXAMPLES if example.id == "shared")
        assert {row[1]["value"] for row in library.query(shared.text).rows} == {"2"}


def test_the_page_offers_files_and_begins_with_a_question():
    at = opened(page="data", g="ottawa-ankle")
    told = words(at)
    assert "Ottawa Ankle Rules" in told
    assert "A question only reads" in told
    assert "For education" in told
    assert {"As it was written", "Turtle", "JSON-LD", "N-Quads", "TriG", "BibTeX", "RIS", "CSL-JSON"} <= {
        one.proto.label for one in at.get("download_button")
    }
    assert at.text_area(key="data-question").value == EXAMPLES[0].text


def test_a_question_is_answered_as_a_table():
    at = opened(page="data", g="ottawa-ankle")
    ask = next(one for one in at.button if one.label == "Ask")
    ask.click()
    at = drawn(at)
    assert "3 rows" in words(at)
    assert list(at.dataframe[0].value["title"]) == sorted(at.dataframe[0].value["title"])


def test_another_question_to_begin_with_stands_in_the_address_and_in_the_box():
    at = opened(page="data", g="ottawa-ankle")
    at.selectbox(key="data-example").select("dangling")
    at = drawn(at)
    assert address(at, "ask") == "dangling"
    assert "ew:hasMarker" in at.text_area(key="data-question").value
    assert opened(page="data", ask="dangling").selectbox(key="data-example").value == "dangling"
    assert opened(page="data", ask="nonsense").selectbox(key="data-example").value == EXAMPLES[0].id


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("DROP ALL", "would change the library"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE asks another server"),
        ("SELECT * FROM <http://127.0.0.1:9/g> WHERE { ?s ?p ?o }", "FROM names another dataset"),
        ("SELECT nonsense", "not well formed at line 1"),
        ("", "question"),
    ],
)
def test_what_does_more_than_read_is_refused_in_words(text, told):
    at = opened(page="data", g="ottawa-ankle")
    at.text_area(key="data-question").input(text)
    next(one for one in at.button if one.label == "Ask").click()
    assert told in drawn(at).error[0].value.replace("\\", "")


def test_an_answer_can_be_taken_away_and_no_cell_is_a_formula(store):
    found = store.query('SELECT ?x WHERE { VALUES ?x { "=1+1" "<b>" } }')
    assert list(csv.reader(io.StringIO(found.to_csv()))) == [["x"], ["'=1+1"], ["<b>"]]


def test_a_graph_is_called_by_labels_and_no_text_leaves_its_quotation_marks():
    here = {"type": "uri", "value": "urn:here"}
    label = {"type": "uri", "value": "http://www.w3.org/2000/01/rdf-schema#label"}
    to = {"type": "uri", "value": "urn:to"}
    nasty = {"type": "literal", "value": 'a"]; b [label="\\'}
    drawn = dot(
        Result("triples", ("subject", "predicate", "object"), ((here, label, nasty), (here, to, {"type": "uri", "value": "urn:x"})))
    )
    assert '"n0" [label="a\\"]; b [label=\\"\\\\"];' in drawn
    assert '"n0" -> "n1" [label="urn:to"];' in drawn
