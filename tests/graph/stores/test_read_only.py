"""What is not a question to this library alone is refused before any engine sees it; what is one costs no more than it may."""

from __future__ import annotations

import json
import socket
import threading

import pytest

from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.errors import StoreError
from edgewise.graph.stores.read_only import limited, question
from edgewise.graph.stores.results import Limits, Result, read_result
from tests.graph.stores.guidelines import ANKLE, SI, load

SERVICE = "SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }"
DOORS = {
    "service": f"SELECT * {{ {SERVICE} }}",
    "silent": "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?a ?b ?c } }",
    "service by a variable": "SELECT * { BIND(<http://127.0.0.1:9/> AS ?x) SERVICE ?x { ?a ?b ?c } }",
    "small letters": "select * { service <http://127.0.0.1:9/> { ?a ?b ?c } }",
    "in exists": f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ {SERVICE} }} }}",
    "in not exists in a subselect": f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ {{ SELECT * {{ {SERVICE} }} }} }} }}",
    "in a projection": f"SELECT (EXISTS {{ {SERVICE} }} AS ?e) {{}}",
    "in bind": f"SELECT * {{ BIND(EXISTS {{ {SERVICE} }} AS ?e) }}",
    "in order by": f"SELECT * {{ ?s ?p ?o }} ORDER BY EXISTS {{ {SERVICE} }}",
    "in having": f"SELECT ?s {{ ?s ?p ?o }} GROUP BY ?s HAVING (EXISTS {{ {SERVICE} }})",
    "in group by": f"SELECT ?e {{ ?s ?p ?o }} GROUP BY (EXISTS {{ {SERVICE} }} AS ?e)",
    "in optional": f"SELECT * {{ ?s ?p ?o OPTIONAL {{ {SERVICE} }} }}",
    "in minus": f"SELECT * {{ ?s ?p ?o MINUS {{ {SERVICE} }} }}",
    "in union": f"SELECT * {{ {{ ?s ?p ?o }} UNION {{ {SERVICE} }} }}",
    "in graph": f"SELECT * {{ GRAPH ?g {{ {SERVICE} }} }}",
    "in construct": f"CONSTRUCT {{ ?a ?b ?c }} {{ {SERVICE} }}",
    "in describe": f"DESCRIBE ?a {{ {SERVICE} }}",
    "behind a comment that ends at a carriage return": f"SELECT * {{ ?s ?p ?o # x\r{SERVICE}\n}}",
    "behind an escape": "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
    "from": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <http://127.0.0.1:9/> { ?s ?p ?o }",
    "from a file": "ASK FROM <file:///etc/passwd> { ?s ?p ?o }",
    "from in construct": "CONSTRUCT FROM <urn:x> WHERE { ?s ?p ?o }",
    "from in describe": "DESCRIBE <urn:x> FROM <urn:x>",
    "load": "LOAD <http://127.0.0.1:9/>",
    "load silent": "LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:x>",
    "insert": "INSERT DATA { <urn:x> <urn:x> <urn:x> }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "drop": "DROP ALL",
    "clear": "CLEAR DEFAULT",
    "two": "SELECT * { ?s ?p ?o } ; DROP ALL",
    "behind a prologue": "PREFIX x: <urn:x> INSERT DATA { x:a x:b x:c }",
    "nothing": "",
    "a comment": "# SELECT",
    "half": "SELECT * {",
    "long": "SELECT * { " + "?s ?p ?o . " * 5_000 + "}",
    "deep": "SELECT * " + "{" * 500 + "}" * 500,
    "prefix unknown": "SELECT * { ?s nowhere:p ?o }",
}  # fmt: skip


@pytest.mark.parametrize("text", DOORS.values(), ids=DOORS)
def test_whatever_does_more_than_read_this_library_is_refused(text):
    with pytest.raises(StoreError, match="library-query"):
        question(text)


@pytest.mark.parametrize("name", ["service", "in exists", "from", "load", "drop"])
def test_no_library_asks_anybody_or_changes(store, name):
    store.put(load(ANKLE))
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1.0)
        listening = threading.Thread(target=lambda: heard.append(_heard(server)))
        listening.start()
        with pytest.raises(StoreError, match="library-query"):
            store.query(DOORS[name].replace("127.0.0.1:9", f"127.0.0.1:{server.getsockname()[1]}"))
        listening.join()
    assert heard == [False]
    assert [entry.id for entry in store.entries()] == [ANKLE]


def _heard(server):
    try:
        server.accept()[0].close()
    except TimeoutError:
        return False
    return True


READS = {
    "select": "SELECT ?s { ?s ?p ?o }",
    "words in texts": "SELECT ?s { ?s ?p \"from service load\" . ?s ?q '''it's from \"here\"''' }",
    "words in names": "PREFIX from: <urn:from> SELECT ?from ?service { ?from from:service <urn:service#from> . ?service from:x 1 } # from",
    "a comparison": "SELECT ?s { ?s ew:order ?n FILTER(?n < 3 && ?n > 1) }",
    "ask": "ASK { ?s ?p ?o }",
    "construct": "CONSTRUCT { ?s a ew:Step } { ?s a ew:Treatment }",
    "describe": "DESCRIBE ?s { ?s a ew:Guideline }",
}


@pytest.mark.parametrize("name", READS)
def test_a_question_that_only_reads_is_taken(name):
    assert question(READS[name]).kind == (name if name in ("ask", "construct", "describe") else "select")


def test_prefixes_need_not_be_declared_and_may_be():
    assert question("SELECT * { ?s a ew:Step }").text.startswith("PREFIX ew: <https://w3id.org/edgewise/ns#> SELECT")
    declared = "PREFIX ew: <urn:other#> SELECT * { ?s a ew:Step }"
    assert question(declared).text == declared


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("SELECT * { ?s ?p ?o }", True), ("SELECT * { ?s ?p ?o } # limit 3", True), ("SELECT * { ?s ?p ?o } LIMIT 3", False),
        ("SELECT * { ?s ?p ?o } limit 3 offset 1", False), ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 3 } }", True),
        ("SELECT * { ?s ?p ?o } VALUES ?s { <urn:x> }", False), ("SELECT * { ?s ?p ?o } OFFSET 1", True), ("ASK { ?s ?p ?o }", False),
    ],
)  # fmt: skip
def test_a_limit_is_added_where_there_is_none_and_one_can_stand(text, added):
    made = limited(question(text), 5)
    assert made.endswith("LIMIT 5") is added
    assert question(made).kind


# What libraries answer --------------------------------------------------------------------------------------------------------


def test_every_kind_of_question_is_answered(store):
    store.put(load(SI))
    table = store.query("SELECT ?title ?none { GRAPH ?g { ?g a ew:Guideline ; dcterms:title ?title } OPTIONAL { ?title ew:none ?none } }")
    assert (table.kind, table.columns, table.told()) == ("table", ("title", "none"), "1 row")
    assert table.rows[0][0]["value"] == "Management of Bilateral Sacroiliac Joint Sclerosis"
    assert table.rows[0][0]["xml:lang"] == "en"
    assert table.rows[0][1] is None
    assert store.query("ASK { ?s a ew:Endpoint }").told() in ("yes", "no")
    assert store.query("ASK { ?s a ew:Step }").boolean
    assert not store.query("ASK { ?s a ew:Nothing }").boolean
    made = store.query("CONSTRUCT { ?s a ew:Made } { ?s a ew:Transition }")
    assert (made.kind, len(made.rows), made.more) == ("triples", 13, False)
    assert store.query(f"DESCRIBE <{load(SI).guideline.iri}/cooled-rfa>").rows


def test_more_rows_than_allowed_are_told_not_hidden(store):
    store.put(load(SI))
    for text in ("SELECT ?s { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?s a ew:Statement }", "SELECT ?s { ?s ?p ?o } LIMIT 9"):
        found = store.query(text, Limits(rows=5))
        assert (len(found.rows), found.more) == (5, True)
        assert found.told().startswith("the first 5 ")
    exact = store.query("SELECT ?s { ?s ?p ?o } LIMIT 5", Limits(rows=5))
    assert (len(exact.rows), exact.more, exact.told()) == (5, False, "5 rows")


def test_a_question_that_takes_too_long_is_stopped(store):
    if not store.url.startswith("oxigraph"):
        store.put(load(ANKLE))
    store.put(load(SI))
    with pytest.raises(StoreError, match=r"library-(query-cost|unreachable|cut-off|refused)"):
        store.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", Limits(seconds=1.0))
    assert store.query("ASK { ?s a ew:Step }").boolean


@pytest.mark.parametrize("kind", ["folder", "oxigraph"])
def test_a_question_that_needs_too_much_memory_is_stopped(kind, tmp_path):
    url = str(tmp_path / "library") if kind == "folder" else f"oxigraph:{tmp_path / 'library'}"
    with open_store(url) as store:
        store.put(load(SI))
        with pytest.raises(StoreError, match="query-cost"):
            store.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i", Limits(seconds=120.0, megabytes=700))


@pytest.mark.parametrize(
    "torn",
    ['{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:x"}}', "", "[]", '{"head":{}}', "null",
     '{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"value":"urn:x"}}]}}', '{"head":{"vars":[1]},"results":{"bindings":[]}}'],
)  # fmt: skip
def test_an_answer_that_is_none_is_not_read(torn):
    with pytest.raises(ValueError, match=r"\w"):
        read_result(torn)


def test_what_is_written_as_json_is_read_back():
    term = {"type": "literal", "value": 'a\u2028"b\\', "xml:lang": "en"}
    for result in (Result("table", ("x", "y"), ((term, None),), more=True), Result("boolean", boolean=True), Result("triples", ("s",), ())):
        assert read_result(json.dumps(result.to_json())) == result


def test_no_cell_of_a_csv_is_a_formula_and_none_breaks_a_row():
    cells = tuple({"type": "literal", "value": value} for value in ("=1+1", "a,b", 'say "x"', "two\nlines", "-1", "plain"))
    text = Result("table", tuple("abcdef"), (cells,)).to_csv()
    assert text == 'a,b,c,d,e,f\r\n\'=1+1,"a,b","say ""x""","two\nlines",\'-1,plain\r\n'
