"""A server that fails, lies, stalls or asks for a password: told in plain words, retried only where that does no harm."""

from __future__ import annotations

import httpx
import pytest
import respx

from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.connection import Connection
from edgewise.graph.stores.endpoints import endpoints
from edgewise.graph.stores.errors import StoreError
from edgewise.graph.stores.record import record_of
from edgewise.graph.stores.sparql import SparqlStore
from tests.graph.stores.guidelines import ANKLE, SI, load

URL = "http://127.0.0.1:7878/query"
DATA = "http://127.0.0.1:7878/store"
NOTHING = {"head": {"vars": ["g", "entry"]}, "results": {"bindings": []}}
TORN = b'{"head":{"vars":["id","entry"]},"results":{"bindings":[{"id":{"type":"literal","value":"hips"}'


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda _: None)


@pytest.fixture
def server():
    with respx.mock(assert_all_called=False) as mock:
        yield mock


def store(**credentials):
    names = {f"EDGEWISE_SPARQL_{name.upper()}": value for name, value in credentials.items()}
    return SparqlStore(URL, Connection(endpoints(URL, names)))


def test_an_answer_cut_off_with_status_200_is_found_out(server):
    server.post(URL).respond(200, content=TORN)
    for ask in (lambda: store().entries(), lambda: store().query("SELECT ?id ?entry { ?id ?p ?entry }"), lambda: len(store())):
        with pytest.raises(StoreError, match="cut-off"):
            ask()


@pytest.mark.parametrize("headers", [{"X-SQL-State": "S1TAT"}, {"X-SPARQL-MaxRows": "1"}])
def test_what_virtuoso_cuts_and_only_hints_at_is_found_out(server, headers):
    rows = {"head": {"vars": ["g"]}, "results": {"bindings": [{"g": {"type": "uri", "value": "urn:x"}}]}}
    server.post(URL).respond(200, json=rows, headers=headers)
    with pytest.raises(StoreError, match="cut-off"):
        store().query("SELECT ?g { GRAPH ?g { ?s ?p ?o } }")


def test_torn_triples_are_found_out(server):
    server.post(URL).respond(200, content=b'[{"@id":"urn:x","urn:p":[{"@id":"urn:y"}]},')
    with pytest.raises(StoreError, match="cut-off"):
        store().query("CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    "trouble", [503, 502, 504, 429, httpx.ConnectError("no"), httpx.ReadTimeout("no"), httpx.RemoteProtocolError("no")]
)
def test_what_may_pass_is_tried_again_and_nothing_is_written_twice(server, trouble):
    failing = trouble if isinstance(trouble, Exception) else httpx.Response(trouble)
    server.post(URL).respond(200, json=NOTHING)
    put = server.put(DATA).mock(side_effect=[failing, failing, httpx.Response(204)])
    store().put(load(ANKLE))
    bodies = {call.request.content for call in put.calls}
    assert len(put.calls) == 3
    assert len(bodies) == 1, "each try replaces the whole graph by the same"
    assert all(call.request.url.params["graph"] == load(ANKLE).guideline.iri for call in put.calls)


@pytest.mark.parametrize("status", [400, 404, 405, 413, 500, 301])
def test_what_will_not_pass_is_told_at_once(server, status):
    server.post(URL).respond(200, json=NOTHING)
    put = server.put(DATA).respond(status, text="<h1>No\x1b[31m</h1>", headers={"Location": "http://evil.example/"})
    with pytest.raises(StoreError, match=f"refused.*|{status}") as caught:
        store().put(load(ANKLE))
    assert len(put.calls) == 1
    assert "\x1b" not in str(caught.value)


def test_a_server_that_is_not_there_is_told_with_its_address(server):
    server.post(URL).mock(side_effect=httpx.ConnectError("no"))
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:7878/query: error: the server cannot be reached"):
        store().entries()


def test_a_guideline_gone_already_is_removed(server):
    entry = record_of(load(ANKLE)).entry
    row = {"entry": {"type": "literal", "value": entry.to_json()}}
    server.post(URL).respond(200, json={"head": {"vars": ["entry"]}, "results": {"bindings": [row]}})
    server.delete(DATA).mock(side_effect=[httpx.ReadTimeout("lost"), httpx.Response(404)])
    assert store().remove(ANKLE).id == ANKLE


def test_a_content_that_is_not_that_of_its_entry_is_not_opened(server):
    entry = record_of(load(ANKLE)).entry
    from edgewise.graph.stores.record import pack

    row = {
        "entry": {"type": "literal", "value": entry.to_json()},
        "content": {"type": "literal", "value": pack(load(SI).content).value},
    }
    server.post(URL).respond(200, json={"head": {"vars": ["entry", "content"]}, "results": {"bindings": [row]}})
    with pytest.raises(StoreError, match="damaged"):
        store().open(ANKLE)


# Who asks --------------------------------------------------------------------------------------------------------------------


def test_credentials_are_sent_only_when_asked_for_and_shown_nowhere(server):
    route = server.post(URL).mock(
        side_effect=[httpx.Response(401, headers={"WWW-Authenticate": 'Basic realm="x"'}), httpx.Response(200, json=NOTHING)]
    )
    found = store(user="ann", password="secret")
    assert found.entries() == ()
    first, second = (call.request.headers.get("Authorization", "") for call in route.calls)
    assert (first, second.startswith("Basic ")) == ("", True)
    assert "secret" not in repr(found.connection.endpoints) + found.url


def test_a_token_is_sent_with_every_question(server):
    route = server.post(URL).respond(200, json=NOTHING)
    store(token="abc").entries()
    assert route.calls[0].request.headers["Authorization"] == "Bearer abc"


def test_a_wrong_password_is_told_without_it(server):
    server.post(URL).respond(401, headers={"WWW-Authenticate": 'Basic realm="x"'})
    with pytest.raises(StoreError, match="forbidden") as caught:
        store(user="ann", password="secret").entries()
    assert "secret" not in str(caught.value)


def test_a_redirection_is_not_followed(server):
    server.post(URL).respond(302, headers={"Location": "http://evil.example/"})
    with pytest.raises(StoreError, match="points to"):
        store(token="abc").entries()


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("http://127.0.0.1:7878/query", "http://127.0.0.1:7878/store"),
        ("https://db.example/sparql", "https://db.example/sparql-graph-crud"),
        ("https://db.example/repositories/guidelines", "https://db.example/repositories/guidelines/rdf-graphs/service"),
        ("https://db.example/ds/sparql#data=/ds/data", "https://db.example/ds/data"),
        ("https://db.example/ds/sparql#data=data", "https://db.example/ds/data"),
    ],
)
def test_where_graphs_go_follows_from_the_url(url, data):
    assert endpoints(url, {}).data == data
    assert open_store(url).url == url


@pytest.mark.parametrize(
    "url",
    ["http://ann:secret@db.example/sparql", "http:///sparql", "http://db.example:99999/sparql", "http://[::1/sparql", "https://db.example/",
     "https://db.example/x#data=https://evil.example/store", "http://db.example/a b/sparql", "http://db.example/sparql\n",
     "ftp://x/y", "oxigraph:"],
)  # fmt: skip
def test_a_url_that_names_no_library_is_refused_without_its_password(url):
    with pytest.raises(StoreError, match="library-address") as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


def test_credentials_do_not_go_over_an_open_line():
    with pytest.raises(StoreError, match="open-line"):
        endpoints("http://db.example/sparql", {"EDGEWISE_SPARQL_TOKEN": "abc"})
    assert endpoints("https://db.example/sparql", {"EDGEWISE_SPARQL_TOKEN": "abc"}).token == "abc"
