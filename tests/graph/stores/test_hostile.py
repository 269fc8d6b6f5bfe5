"""What lies in a library, or is put into one, may be somebody's mistake or attack; what a newer version wrote is left alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from edgewise.graph.library import load_file
from edgewise.graph.loaded import Loaded
from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.beside import Beside
from edgewise.graph.stores.entry import read_entry, short_name
from edgewise.graph.stores.errors import StoreError
from edgewise.graph.stores.oxigraph import OxigraphStore
from edgewise.graph.stores.record import BESIDE, CONTENT, ENTRY, JUDGED, LIBRARY, judged_form, pack, record_of, unpack
from edgewise.graph.writing.export import export
from edgewise.ontology.errors import SourceError
from tests.graph.stores.guidelines import ANKLE, SI, load, small
from tests.places import ROOT

TEXTS = [
    '"""\\u0022 } } ; DROP ALL ; #', "\\u0041 \\\\u0041 \\U0001F600", "''' } INSERT DATA { <urn:x> <urn:y> 1 }",
    "<script>alert(1)</script>",
    "Å\u0323 √ \U0001f600", "a\tb", "${x} %s {0} \\", "' OR 1=1 --",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_only_a_text(store, tmp_path, text):
    file = small(tmp_path)
    lines = [
        "title: " + json.dumps(text, ensure_ascii=False) if line.startswith("title:") else line
        for line in file.read_text("utf-8").splitlines()
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    store.put(load(ANKLE))
    for _ in range(2):  # new, and in the place of the old
        store.put(load_file(file))
        assert store.entry("thumb").title == store.open("thumb").guideline.title == text
    assert [row[0]["value"] for row in store.query("SELECT ?t { GRAPH ?g { ?g a ew:Guideline ; dcterms:title ?t } } ORDER BY ?g").rows] == [
        load(ANKLE).guideline.title,
        text,
    ]
    assert not store.query("ASK { <urn:x> <urn:y> 1 }").boolean


@pytest.mark.parametrize("end", ["weird/..", "a%2F..%2Fb", "%00", "con", "x" * 200, "Ä", "a'b", "(a)", "$HOME", "-rf", "cases.yaml"])
def test_an_iri_of_odd_signs_is_only_a_name(store, tmp_path, end):
    text = export(load(ANKLE).graph, "nquads").replace("https://w3id.org/edgewise/guideline/ottawa-ankle", f"https://example.org/{end}")
    file = tmp_path / "odd.nq"
    file.write_text(text, encoding="utf-8")
    loaded = load_file(file)
    before = sorted(tmp_path.rglob("*"))
    store.put(loaded)
    assert store.open(loaded.guideline.iri).guideline == loaded.guideline
    assert store.open(loaded.guideline.id).guideline == loaded.guideline
    assert store.remove(loaded.guideline.id).iri == loaded.guideline.iri
    assert len(store) == 0
    assert sorted(tmp_path.rglob("*")) == before


def test_a_guideline_cannot_speak_for_the_library(store, tmp_path):
    """Triples of the library's own kind in a guideline's file are refused by its contract, and would not be written if they were not."""
    loaded = load(ANKLE)
    faked = f'<{loaded.guideline.iri}> <{ENTRY}> "fake" .\n'
    file = tmp_path / "g.ttl"
    file.write_text(export(loaded.graph, "turtle") + faked, encoding="utf-8")
    with pytest.raises(Exception, match="is not"):
        load_file(file)
    record = record_of(loaded)
    assert record.triples.count(f"<{LIBRARY}entry>".encode()) == 1
    store.put(loaded)
    assert store.entry(ANKLE).id == ANKLE


def test_what_no_file_says_is_not_kept():
    with pytest.raises(StoreError, match="no-content"):
        record_of(Loaded(load(ANKLE).guideline, "made up"))


# Damaged and newer -----------------------------------------------------------------------------------------------------------


def changed(url, predicate, literal):
    """Another hand changes one literal of a library."""
    database = pyoxigraph.Store(url.removeprefix("oxigraph:"))
    node = NamedNode(load(ANKLE).guideline.iri)
    for quad in list(database.quads_for_pattern(node, NamedNode(predicate), None, node)):
        database.remove(quad)
    if literal is not None:
        database.add(Quad(node, NamedNode(predicate), literal, node))
    database.flush()


@pytest.fixture
def database(tmp_path):
    url = f"oxigraph:{tmp_path / 'library'}"
    with open_store(url) as store:
        store.put(load(ANKLE))
    return url


def test_what_a_newer_version_wrote_is_told_and_not_written_over(database):
    newer = open_store(database).entry(ANKLE).to_json().replace('"form":1', '"form":2,"more":"things"')
    changed(database, ENTRY, Literal(newer))
    store = open_store(database)
    for ask in (store.entries, lambda: store.open(ANKLE), lambda: store.put(load(SI)), lambda: store.remove(ANKLE)):
        with pytest.raises(StoreError, match="newer Edgewise"):
            ask()
    assert newer in str(pyoxigraph.Store.read_only(str(store.path))).replace("\\", "")


@pytest.mark.parametrize(
    ("predicate", "literal"),
    [
        (ENTRY, Literal("")), (ENTRY, Literal("[]")), (ENTRY, Literal('{"form":1}')), (ENTRY, Literal("[" * 100_000)),
        (CONTENT, None), (CONTENT, Literal("")), (CONTENT, Literal("=")), (CONTENT, pack(b"id: other")), (CONTENT, Literal("eJw=")),
        (CONTENT, pack(b"\0" * 100_000_000)),
    ],
)  # fmt: skip
def test_what_is_damaged_is_told_and_can_be_loaded_again(database, predicate, literal):
    changed(database, predicate, literal)
    with open_store(database) as store:
        with pytest.raises(StoreError, match="damaged"):
            store.open(ANKLE)
        if predicate == CONTENT:
            store.put(load(ANKLE))
            assert store.open(ANKLE).guideline == load(ANKLE).guideline


@pytest.mark.parametrize("form", [None, Literal("x"), pack(b"0" * 64 + b"\n{}"), pack(b"no line")])
def test_a_judged_form_that_is_not_ours_is_judged_again(database, form, monkeypatch, tmp_path):
    if form is not None and form.value == "x":
        with pytest.raises(StoreError, match="damaged"):
            judged_form(form.value)
        return
    changed(database, JUDGED, form)
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "cache"))
    assert open_store(database).open(ANKLE).guideline == load(ANKLE).guideline


def test_the_judged_form_saves_judging(database, monkeypatch, tmp_path):
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("edgewise.graph.compiled.judged._judged", lambda *_: pytest.fail("judged a second time"))
    opened = open_store(database).open(ANKLE)
    assert opened.guideline == load(ANKLE).guideline
    assert opened.findings == load(ANKLE).shown_as(opened.file).findings


def test_a_packed_bomb_is_not_unpacked():
    with pytest.raises(StoreError, match="torn"):
        unpack(pack(b"\0" * 200_000_000).value)


@pytest.mark.parametrize("text", ["", "x", "{}", '{"form":"1"}', '{"form":true}', '{"form":1,"id":1}', "null", "1e999"])
def test_an_entry_that_is_none_is_damaged(text):
    with pytest.raises(StoreError, match="damaged"):
        read_entry(text, "oxigraph:x")


def test_an_entry_names_no_folder_of_the_machine():
    assert short_name("/home/ann/secret/hips/guideline.yaml") == "hips/guideline.yaml"
    assert short_name("../../etc/passwd") == "etc/passwd"
    assert replace(record_of(load(ANKLE)).entry, id="x").file == "ottawa-ankle/guideline.yaml"


# Folders and files in the way ----------------------------------------------------------------------------------------------


def test_a_folder_with_other_things_is_not_made_a_database(tmp_path):
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    store = OxigraphStore(tmp_path)
    with pytest.raises(StoreError, match="not-a-library"):
        store.put(load(ANKLE))
    with pytest.raises(StoreError, match="missing"):
        store.entries()
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
    with pytest.raises(StoreError, match="not-a-library"):
        OxigraphStore(tmp_path / "letters.txt").put(load(ANKLE))


def test_a_torn_database_is_told(database):
    path = OxigraphStore(database.removeprefix("oxigraph:")).path
    for file in path.glob("MANIFEST*"):
        file.write_bytes(b"torn")
    with pytest.raises(StoreError, match="unusable"):
        open_store(database).entries()


def test_a_file_in_the_way_is_not_written_over(tmp_path):
    (tmp_path / ANKLE).mkdir()
    (tmp_path / ANKLE / "guideline.yaml").write_text("id: broken\ncolour: red\n", encoding="utf-8")
    with pytest.raises(StoreError, match="in-the-way"):
        open_store(str(tmp_path)).put(load(ANKLE))
    assert (tmp_path / ANKLE / "guideline.yaml").read_text("utf-8") == "id: broken\ncolour: red\n"


def test_removing_leaves_what_lies_beside(tmp_path):
    store = open_store(str(tmp_path))
    store.put(load(ANKLE))
    (tmp_path / ANKLE / "cases.yaml").write_text("[]", encoding="utf-8")
    store.remove(ANKLE)
    assert [path.name for path in (tmp_path / ANKLE).iterdir()] == ["cases.yaml"]


def test_a_torn_catalogue_is_begun_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "cache"))
    url = str(tmp_path / "library")
    open_store(url).put(load(ANKLE))
    for file in (tmp_path / "cache" / "libraries").iterdir():
        file.write_bytes(b"torn " * 1000)
    assert [entry.id for entry in open_store(url).entries()] == [ANKLE]


def test_an_edit_of_a_file_is_seen_at_once(tmp_path):
    store = open_store(str(tmp_path))
    file = small(tmp_path, title="Old")
    assert [entry.title for entry in store.entries()] == ["Old"]
    small(tmp_path, title="New")
    assert [entry.title for entry in store.entries()] == ["New"]
    assert store.open("thumb").guideline.title == "New"
    file.unlink()
    assert store.entries() == ()


# Several at once ------------------------------------------------------------------------------------------------------------


def test_who_writes_waits_for_who_is_writing_and_readers_do_not(url, tmp_path):
    program = """
import sys
from pathlib import Path
from edgewise.graph.library import load_file
from edgewise.graph.stores.addresses import open_store
with open_store(sys.argv[1]) as store:
    for file in sys.argv[2:]:
        store.put(load_file(Path(file)))
"""
    files = [[str(small(tmp_path, f"{who}{n}", name=f"{who}{n}.yaml")) for n in range(4)] for who in "ab"]
    with open_store(url) as store:
        store.put(load(ANKLE))
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        writers = [subprocess.Popen([sys.executable, "-c", program, url, *own], env=environment) for own in files]
        seen = set()
        while any(writer.poll() is None for writer in writers):
            now = {entry.id for entry in store.entries()}
            assert seen <= now
            assert store.open(ANKLE).guideline == load(ANKLE).guideline
            seen = now
        assert [writer.returncode for writer in writers] == [0, 0]
        assert {entry.id for entry in store.entries()} == {ANKLE, *(f"{who}{n}" for who in "ab" for n in range(4))}


def test_who_waits_too_long_for_another_writer_is_told(database, monkeypatch):
    monkeypatch.setattr("edgewise.graph.stores.oxigraph._PATIENCE", 0.0)
    with open_store(database) as one, open_store(database) as other:
        putting = one.put_many([record_of(load(SI))])
        assert next(putting).id == SI
        with pytest.raises(StoreError, match="busy"):
            other.put(load(SI))
        putting.close()
        assert other.put(load(SI)).id == SI


@pytest.mark.parametrize(
    "literal",
    [
        Literal(""), Literal("="), pack(b"[]"), pack(b"{}"), pack(b"[" * 100_000), pack(b'{"form": 2, "cases": "", "settings": ""}'),
        pack(b'{"form": 1, "cases": 1, "settings": ""}'), pack(b'{"form": 1, "cases": "", "settings": 1}'),
        pack(b'{"form": 1, "cases": "", "settings": "{"}'), pack('{"form": 1, "cases": "€", "settings": ""}'.encode()),
    ],
)  # fmt: skip
def test_what_lies_beside_and_is_damaged_is_told_and_the_guideline_opens(database, literal):
    with open_store(database) as store:
        store.put(load(ANKLE), Beside(b"cases: []"))
    changed(database, BESIDE, literal)
    with open_store(database) as store:
        with pytest.raises(StoreError, match="damaged"):
            store.beside(ANKLE)
        assert store.open(ANKLE).guideline == load(ANKLE).guideline
        store.put(load(ANKLE), Beside(b"cases: []"))
        assert store.beside(ANKLE) == Beside(b"cases: []")


def test_a_file_of_settings_that_is_torn_keeps_no_other_guideline_out_of_a_folder(tmp_path):
    with open_store(str(tmp_path)) as store:
        store.put(load(ANKLE))
        (tmp_path / ANKLE / "pyproject.toml").write_text("[tool", encoding="utf-8")
        assert store.held().digests
        store.put(load(SI), Beside(b"cases: []"))
        assert store.beside(SI).cases == b"cases: []"
        with pytest.raises(SourceError, match="settings cannot be read"):
            store.beside(ANKLE)
