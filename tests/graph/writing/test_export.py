"""What is written can be read again, and the same triples are always the same bytes."""

from __future__ import annotations

import json
import os
import random
import stat
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, XSD

from edgewise.graph.reading.literals import quiet
from edgewise.graph.reading.public_form import unpublish
from edgewise.graph.reading.read import read_text
from edgewise.graph.writing.export import Format, export, write
from edgewise.ontology.errors import SourceError
from edgewise.ontology.terms import EW, UNKNOWN
from tests.places import ROOT

FORMATS = get_args(Format)
BASE = "https://w3id.org/edgewise/guideline/g"
GUIDELINE = """\
id: g
title: 'He said "yes"; C:\\temp ≥ 70 % 😀'
disclaimer: "two\\nlines\\r\\nand a\\ttab"
lable: unknown
steps:
- {id: a, type: Treatment, label: "true", order: 007, components: [{label: x}, {label: y}]}
- {id: b, type: Endpoint, companionOf: a, describedBy: [s10, s2, https://example.org/x]}
transitions:
- {id: t, from: a, to: b, when: {all: [{observable: o, atLeast: seventy}, {not: {is: yes}}]}}
ratings: [{modality: m, score: 8}]
notes: [{about: [a, t], text: n}]
statements:
- {id: s2, outcomes: [{value: 1.10}]}
- {id: s10, kind: pitfall}
choices: [{value: 1.10}]
"""


def again(graph: Graph, to: Format) -> Graph:
    return read_text(export(graph, to), f"g.{to}", to).graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    return read_text(GUIDELINE, "g.yaml", "yaml").graph


@pytest.mark.parametrize("to", FORMATS)
def test_a_guideline_survives_every_format(graph: Graph, to: Format) -> None:
    assert set(again(graph, to)) == set(graph)


@pytest.mark.parametrize("to", FORMATS)
def test_a_guideline_survives_all_formats_after_one_another(graph: Graph, to: Format) -> None:
    for step in (*FORMATS, to):
        graph = again(graph, step)
    assert export(graph, to) == export(again(graph, to), to)


@pytest.mark.parametrize("to", FORMATS)
def test_the_order_of_insertion_leaves_no_trace(graph: Graph, to: Format) -> None:
    triples = list(graph)
    for seed in range(5):
        random.Random(seed).shuffle(triples)
        other = Graph()
        for triple in triples:
            other.add(triple)
        assert export(other, to) == export(graph, to)


@pytest.mark.parametrize("to", FORMATS)
def test_another_process_writes_the_same_bytes(graph: Graph, to: Format) -> None:
    program = (
        "import sys; from edgewise.graph.writing.export import export; from edgewise.graph.reading.read import read_text;"
        f"sys.stdout.buffer.write(export(read_text(sys.stdin.buffer.read(), 'g', 'yaml').graph, {to!r}).encode())"
    )
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program],
            input=GUIDELINE.encode(),
            capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
        )
        assert run.stdout.decode() == export(graph, to)


def test_turtle_is_for_people(graph: Graph) -> None:
    text = export(graph, "turtle")
    assert f"@prefix : <{BASE}/> ." in text
    assert ":a a ew:Step , ew:Treatment ;" in text
    assert "ew:from :a" in text
    assert text.index(f"<{BASE}> a ew:Guideline") < text.index(":a a ") < text.index(":s2 a ") < text.index(":s10 a ")


def test_json_ld_is_nested_and_worded_like_the_yaml(graph: Graph) -> None:
    document = json.loads(export(graph, "jsonld"))
    assert document["id"] == BASE
    assert document["transitions"]["when"]["all"][0] == {
        "id": "t/when/1/all/1",
        "type": "Criterion",
        "atLeast": "seventy",
        "observable": "o",
        "times": "1",
    }
    assert document["ratings"]["modality"] == "m"
    assert document["notes"]["about"] == ["a", "t"]
    assert "@graph" not in document


@pytest.mark.parametrize("to", ["nquads", "trig"])
def test_quads_stand_in_a_graph_named_after_the_guideline(graph: Graph, to: Format) -> None:
    text = export(graph, to)
    assert all(line.endswith(f"<{BASE}> .") for line in text.splitlines()) if to == "nquads" else f"<{BASE}> {{" in text


legal = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufffe\uffff")
    | st.sampled_from("\t\n\r\"'\\{}<>@#"),
    max_size=20,
)
legal = legal.filter(lambda text: all(ord(c) & 0xFFFE != 0xFFFE for c in text))
segments = st.from_regex(r"[A-Za-z0-9_~.%-]{1,6}", fullmatch=True).filter(lambda text: "%" not in text)
iris = st.one_of(
    st.builds(lambda parts: URIRef(f"{BASE}/" + "/".join(parts)), st.lists(segments, min_size=1, max_size=3)),
    st.builds(lambda part: URIRef(f"urn:x:{part}"), segments),
    st.builds(lambda part: URIRef(f"http://example.org/{part}?q=ü#{part}"), segments),
    st.sampled_from([URIRef(BASE), URIRef(BASE + "/"), URIRef("https://w3id.org/edgewise/guideline/other"), EW.Step]),
)
predicates = st.one_of(
    st.sampled_from(
        [
            EW.order,
            EW.hasStep,
            EW["from"],
            EW.rates,
            EW.usesModality,
            EW.value,
            EW.hasOutcome,
            EW.hasRating,
            EW.hasChoice,
            DCTERMS.title,
            DCTERMS.modified,
            RDF.type,
        ]
    ),
    st.sampled_from(
        [
            UNKNOWN.lable,
            UNKNOWN.id,
            UNKNOWN.title,
            UNKNOWN["a-b"],
            EW.Step,
            URIRef(str(UNKNOWN)),
            URIRef("http://example.org/p/1"),
            URIRef("urn:x:p"),
        ]
    ),
)
values = st.one_of(
    iris,
    legal.map(Literal),
    st.builds(lambda text, lang: Literal(text, lang=lang), legal, st.sampled_from(["en", "de-ch", "EN"])),
    st.builds(
        lambda text, datatype: Literal(text, datatype=datatype, normalize=False),
        legal | st.sampled_from(["007", "1.10", "true", "1e5", "INF", "+1", "."]),
        st.sampled_from([XSD.integer, XSD.decimal, XSD.double, XSD.boolean, XSD.date, URIRef("urn:x:type"), RDF.JSON]),
    ),
)


@given(st.lists(st.tuples(iris, predicates, values), max_size=12), st.sampled_from(FORMATS))
@settings(max_examples=500, deadline=None)
def test_any_graph_of_one_guideline_survives(triples: list[tuple[URIRef, URIRef, URIRef | Literal]], to: Format) -> None:
    graph = Graph()
    with quiet():
        for triple in [(URIRef(BASE), RDF.type, EW.Guideline), *triples]:
            if triple[1:] != (RDF.type, EW.Guideline) or triple[0] == URIRef(BASE):
                graph.add(triple)
        before = read_text(export(graph, "nquads"), "g", "nquads").graph  # with the types and defaults that follow
        written = Graph()
        for triple in graph:
            written.add(triple)
        unpublish(written)
        assert set(written) <= set(before)
        assert set(again(before, to)) == set(before)


def test_resources_in_a_circle_are_written_once() -> None:
    text = "".join(f"<{BASE}/s{i}> <{EW.allOf}> <{BASE}/s{(i + 1) % 100}> .\n" for i in range(100))
    graph = read_text(f"<{BASE}> a <{EW.Guideline}> ; <{EW.when}> <{BASE}/s0> .\n" + text, "g", "turtle").graph
    assert set(again(graph, "jsonld")) == set(graph)


def test_a_graph_without_a_guideline_can_be_written() -> None:
    graph = Graph().add((URIRef("urn:x:a"), EW.order, Literal(1)))
    assert export(graph, "nquads").count("\n") == 1
    assert '"order": "1"' in export(graph, "jsonld")
    assert export(Graph(), "turtle") == ""


def test_a_guideline_whose_address_is_a_known_prefix_is_written_the_same_each_time() -> None:
    root = URIRef(str(DCTERMS).rstrip("/"))
    graph = Graph().add((root, RDF.type, EW.Guideline)).add((root, DCTERMS.title, Literal("x")))
    assert "dcterms:title" in export(graph, "turtle")
    assert set(again(graph, "turtle")) == set(graph)


def test_blank_nodes_and_unknown_formats_are_refused() -> None:
    with pytest.raises(ValueError, match="IRI"):
        export(Graph().add((BNode(), RDF.type, EW.Step)), "turtle")
    with pytest.raises(ValueError, match="known are turtle"):
        export(Graph(), "rdfxml")  # type: ignore[arg-type]  # that is the point


def test_writing_replaces_a_file_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "g.ttl"
    path.write_text("old")
    path.chmod(0o640)
    write(path, "new ≥\r\n")
    assert path.read_bytes() == "new ≥\r\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_gets_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write(tmp_path / "g.ttl", "new")
    assert (tmp_path / "g.ttl").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.parametrize("call", ["os.fsync", "os.fdopen", "pathlib.Path.replace"])
def test_a_failure_at_any_moment_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = tmp_path / "g.ttl"
    path.write_text("old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(call, fail)
    with pytest.raises(SourceError) as caught:
        write(path, "new")
    assert [f.rule for f in caught.value.findings] == ["cannot-write"]
    assert "No space left" in caught.value.findings[0].message
    assert caught.value.findings[0].repair
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_new_file_is_on_the_disk_before_the_old_one_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    sync, replace = os.fsync, Path.replace

    def note_sync(handle: int) -> None:
        order.append("sync")
        sync(handle)

    def note_replace(self: Path, target: Path) -> Path:
        order.append("replace")
        return replace(self, target)

    monkeypatch.setattr("os.fsync", note_sync)
    monkeypatch.setattr("pathlib.Path.replace", note_replace)
    write(tmp_path / "g.ttl", "new")
    assert order == ["sync", "replace", "sync"]


def test_a_folder_or_a_missing_folder_cannot_be_written_to(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none" / "g.ttl"):
        with pytest.raises(SourceError) as caught:
            write(path, "new")
        assert caught.value.findings[0].rule == "cannot-write"
    assert list(tmp_path.iterdir()) == []
