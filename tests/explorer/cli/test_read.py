"""`edgewise read`: a cited text beside the statement; and what a sign-off keeps of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import respx

from edgewise.citations.ledger.fingerprints import links
from edgewise.citations.lookup.registries import PUBMED
from edgewise.graph.library import load
from tests.explorer.calls import SI, SMALL, answer, refused, run

EUTILS = f"{PUBMED.base}/entrez/eutils"
CITATION = "s20/citations/1"
TEXT = (
    "Ablation\n\nAblation of the lateral branches has become established. Relief of pain was moderate in 7 of 10 women.\n\n"
    "References\n\n1. Lee A. Relief of pain by ablation. 2001.\n"
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user of one's own, who has looked nothing up and signed nothing yet."""
    monkeypatch.setenv("EDGEWISE_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "answers"))
    return tmp_path


@pytest.fixture
def net():
    """A network in which nothing exists but what a test puts there."""
    with respx.mock(assert_all_called=False) as router:
        yield router


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "lee.txt"
    made.write_text(TEXT, "utf-8")
    return str(made)


def in_pubmed(net, number, title):
    work = {"uid": number, "title": title, "pubdate": "2006"}
    net.post(f"{EUTILS}/esummary.fcgi").respond(json={"result": {"uids": [number], number: work}})
    record = f"<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article><Abstract><AbstractText>Pain was relieved.</AbstractText>"
    net.post(f"{EUTILS}/efetch.fcgi").respond(
        text=f"<PubmedArticleSet>{record}</Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )


def test_a_file_is_read_beside_the_statement_and_nothing_is_sent(net, file):
    done = run("read", SI, CITATION, "--text", file)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "[sentence 1, Ablation, line 3] Ablation of the lateral branches" in done.stdout
    assert "direction better (“relief”): found in sentence 2" in done.stdout
    assert "The text also speaks of women (sentence 2)." in done.stdout
    assert "Lee A" not in done.stdout, "the reference list is no part of the text"
    assert not net.calls.called


def test_no_verdict_is_offered(file):
    told = run("read", SI, CITATION, "--text", file).stdout.partition("What of the statement stands")[2]
    assert "yours to judge" in told
    assert not re.search(r"\b(?:supports?|supported|contradicts?|refutes?|confirms?|correct|wrong)\b", told, re.IGNORECASE)


def test_a_program_gets_places_fingerprints_and_marks(file):
    told = answer("read", SI, CITATION, "--text", file)
    assert (told["guideline"], told["citation"], told["reference"]) == (SI, CITATION, "reference-3")
    assert told["text"]["source"] == "file:lee.txt"
    assert [one["sentence"] for one in told["nearest"]] == [1, 2]
    assert all(one["fingerprint"].startswith("sha256:") for one in told["nearest"])
    assert {(one["kind"], one["said"], one["found"]) for one in told["marks"]} == {
        ("direction", "better (“relief”)", True), ("condition", "pain", True),
    }  # fmt: skip


def test_a_statement_and_a_reference_name_a_citation_as_well(file):
    assert answer("read", SI, "s20", "--text", file)["citation"] == CITATION
    assert answer("read", SI, "s1", "reference-2", "--text", file)["citation"] == "s1/citations/2"
    (line,) = refused("read", SI, "s1", "--text", file)
    assert "s1/citations/1 (reference-1), s1/citations/2 (reference-2); name one of them" in line
    (line,) = refused("read", SI, "s1", "reference-9", "--text", file)
    assert "name one of them" in line
    (line,) = refused("read", SI, CITATION, "reference-3", "--text", file)
    assert "is no statement" in line


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("nowhere.txt", None, "no such file"),
        ("empty.txt", b"", "no content"),
        ("a.exe", b"x", "names no article format"),
        ("a.xml", b"<a>", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, data, told):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert told in " ".join(refused("read", SI, CITATION, "--text", str(tmp_path / name)))


def test_an_abstract_is_looked_up_after_saying_so_and_kept_for_offline(net):
    cited = load(SI).guideline.references["reference-4"]
    number = next(one.value for one in cited.identifiers if one.scheme == "pmid")
    citation = next(id for id, link in links(load(SI).guideline).items() if link.reference == cited)
    in_pubmed(net, number, cited.title)
    done = run("read", SI, citation, "--mailto", "ed@example.org")
    assert done.exit_code == 0, done.stderr
    assert done.stderr.startswith("Sends to PubMed, and then to Crossref, what these addresses hold")
    assert f"Read: the abstract at PubMed (PMID {number})" in done.stdout
    before = net.calls.call_count
    assert answer("read", SI, citation, "--offline")["text"]["source"] == f"pubmed:{number}"
    entry = answer("sign", SI, citation, "partly", "--name", "Ann Lee", "--read", "abstract")["entry"]
    assert [one["source"] for one in entry["read"]] == [f"pubmed:{number}"]
    assert net.calls.call_count == before


def test_offline_without_a_kept_abstract_there_is_nothing_to_read(net):
    lines = refused("read", SI, CITATION, "--offline")
    assert lines[0].startswith("Offline: nothing is sent.")
    assert "PubMed was not asked: offline, and no answer is kept" in lines[-1]
    assert lines[-1].endswith("give a text with --text")
    assert not net.calls.called


def test_a_marker_without_entry_needs_a_text(file):
    assert "give a text with --text" in refused("read", SI, "s24/citations/4")[-1]
    assert answer("read", SI, "s24/citations/4", "--text", file)["reference"] is None


# ------------------------------------------------------------------------------------------------------- with a sign-off


def test_a_sign_off_names_what_was_read_and_keeps_no_word_of_it(home, file):
    entry = answer("sign", SI, CITATION, "partly", "--name", "Ann Lee", "--read", file)["entry"]
    (text,) = entry["read"]
    assert text["source"] == "file:lee.txt"
    assert len(text["sentences"]) == 2
    kept = (home / "ledger.db").read_bytes() + (home / "ledger.db-wal").read_bytes() if (home / "ledger.db-wal").exists() else b""
    assert b"become established. Relief" not in kept
    exported = run("sign", SI, "--export", "-").stdout
    assert json.loads(exported)["read"] == entry["read"]
    assert "having read file:lee.txt" in run("sign", SI, "--status").stdout


def test_a_sign_off_without_the_abstract_kept_is_refused_before_a_ledger_is_begun(home):
    (line,) = refused("sign", SI, CITATION, "partly", "--name", "Ann Lee", "--read", "abstract")
    assert "look it up with `edgewise read`" in line
    assert not (home / "ledger.db").exists()


def test_what_was_read_says_nothing_without_a_verdict(file):
    assert "--read says nothing about --status" in refused("sign", SI, "--status", "--read", file)[-1]


def test_a_stale_sign_off_shows_the_old_words_beside_the_new(tmp_path):
    ours = "Splints are worn for six weeks by whoever has a crack."
    citation, link = next(iter(links(load(SMALL).guideline).items()))
    changed = tmp_path / "changed.yaml"
    changed.write_text(Path(SMALL).read_text("utf-8").replace(link.statement.text, ours), "utf-8")
    assert run("sign", SMALL, citation, "cant-tell", "--name", "Ann Lee").exit_code == 0
    stale = next(one for one in answer("sign", str(changed), "--status")["citations"] if one["id"] == citation)
    assert stale["state"] == "stale"
    assert stale["outdated"][0]["reworded"]["statement"] == {"then": link.statement.text, "now": ours}
    shown = run("sign", str(changed), "--status").stdout
    assert f"statement then: {link.statement.text}" in shown
    assert f"statement now:  {ours}" in shown
