"""The Audit page: every finding with its reason and its place, and an article that stays in the session."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.citations.audit.rules import RULES, find_rule
from edgewise.citations.ledger.signoffs import sign
from edgewise.citations.ledger.store import open_ledger
from edgewise.citations.reading.article import read_article_text
from edgewise.citations.reading.fingerprint import fingerprint
from edgewise.explorer.cards.graph_places import behind, places
from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.pages.audit.audited import key_of
from edgewise.explorer.shell import guidelines as opened
from tests.explorer.auditing import FOUND, HOSTILE, SAMPLE, SI, SMALL, _page, listed, messages, ran, told, visited

pytestmark = pytest.mark.usefixtures("ledger")


# ---- findings ----------------------------------------------------------------------------------------------------------


def test_every_finding_is_listed_under_its_severity_with_rule_and_line():
    at = visited()
    for severity, title in (("error", "Errors"), ("warning", "Warnings"), ("note", "Notes")):
        radio = at.radio(key=f"audit-{severity}")
        rules = [one.rule for one in FOUND if one.severity == severity]
        if severity == "note":
            rules += ["P401"]  # of the ledger, which holds nothing yet
        assert sorted(re.match(r"\*\*(\w+)\*\*", option)[1] for option in radio.options) == sorted(rules)
        assert radio.label == f"{title} ({len(rules)})"
    captions = {caption.replace("\u2060", "") for caption in at.radio(key="audit-error").proto.captions}
    assert f"orphan-marker · guideline.yaml:{FOUND[0].line}" in captions


@pytest.mark.parametrize("finding", FOUND, ids=key_of)
def test_a_finding_says_what_why_how_where_and_leads_to_its_place_in_the_graph(finding):
    at = visited(finding=key_of(finding))
    words = told(at)
    assert " ".join(re.sub(r"[ ;]*\([1-9]\) ", " ", finding.message).split())[:30].lower() in words.lower()
    assert find_rule(finding.rule).why in words
    assert finding.repair.rstrip(".").lower() in words.lower()
    assert f"guidelines/{SI}/guideline.yaml:{finding.line}" in words
    ids = [iri.removeprefix(f"{SAMPLE.iri}/") for iri in (finding.subject, *finding.related)]
    where = places(SAMPLE, behind(SAMPLE), ids)
    if not where:
        assert finding.rule == "P407", "all but the guideline's own review status stand in the graph"
        return
    at.button(key="audit-place").click()
    at.run()
    assert at.query_params["sel"] == where[0]
    assert "page" not in at.query_params, "the Pathway page is the first"
    assert "finding" not in at.query_params


def test_filters_by_severity_and_rule_are_in_the_address_and_leave_nothing_else_on_the_list():
    at = visited()
    at.button_group(key="audit-severity").set_value(["error"])
    ran(at)
    assert at.query_params["severity"] == "error"
    assert len(listed(at)) == sum(one.severity == "error" for one in FOUND)
    at.selectbox(key="audit-rule").select("S301")
    ran(at)
    assert at.query_params["rule"] == "S301"
    assert [option[:8] for option in listed(at)] == ["**S301**"]


def test_a_link_restores_filters_and_finding():
    key = key_of(next(one for one in FOUND if one.rule == "S310"))
    at = visited(severity="warning", rule="S310", finding=key)
    assert len(listed(at)) == 3
    assert at.radio(key="audit-warning").value == key
    assert "Tertiary only" in told(at)


@pytest.mark.parametrize(
    "params",
    [{"view": "all"}, {"severity": "grave"}, {"rule": "<script>"}, {"finding": "M101-00000000"}, {"view": "sign", "citation": "x" * 5000}],
    ids=lambda params: next(iter(params)),
)
def test_a_faulty_address_is_answered_with_words_and_the_whole_list(params):
    at = visited(**params)
    assert len(at.warning) == 1
    assert len(at.warning[0].value) < 200
    assert listed(at)


def test_rules_that_could_not_be_checked_are_named_and_not_taken_for_passed():
    words = told(visited())
    for rule in RULES:
        if {"article", "look-ups"} & set(rule.needs):
            assert f"{rule.id} {rule.name}" in words
    assert "The article's text was not given" in words
    assert "P401 unsigned-citation" not in words, "the ledger is at hand, though nothing is in it"


def test_severities_and_waivers_of_the_guideline_are_honoured(monkeypatch):
    begin_with(monkeypatch, SMALL)
    words = told(visited())
    assert "The test's author meant it" in words
    assert "P407 pending-review" in words
    assert "Switched off by the settings" in words


def begin_with(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setenv(GUIDELINE, str(file))
    opened._begun.cache_clear()


# ---- the article -------------------------------------------------------------------------------------------------------

OURS = "Boots are worn by whoever has a crack in the bone."
ARTICLE = f"Acting\n\n{OURS} [1], [7]\n\nReferences\n\n1. Nobody A. Boots for ankles. 2021.\n"


def with_article(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str = ARTICLE) -> AppTest:
    zeros = "sha256:" + "0" * 63 + "2"
    file = tmp_path / "ankle.yaml"
    file.write_text(SMALL.read_text("utf-8").replace(zeros, fingerprint(OURS)), "utf-8")
    begin_with(monkeypatch, file)
    at = AppTest.from_function(_page, default_timeout=120)
    at.query_params["page"] = "audit"
    at.query_params["view"] = "sign"
    at.session_state["article:ankle-test"] = read_article_text(text, "mine.txt", "text")
    return ran(at)


def test_the_articles_sentence_stands_beside_the_statement_that_was_made_from_it(monkeypatch, tmp_path):
    words = told(with_article(monkeypatch, tmp_path))
    assert "Cracks and wide gaps get a boot." in words
    assert OURS in words
    assert "mine.txt, line 3" in words


def test_a_sentence_that_is_not_in_the_article_is_missed_and_none_is_put_in_its_place(monkeypatch, tmp_path):
    words = told(with_article(monkeypatch, tmp_path, ARTICLE.replace("worn", "put on")))
    assert "No sentence of mine.txt is the one this statement was made from" in words
    assert "put on by" not in words


def test_an_article_lets_its_rules_run_and_is_written_nowhere(monkeypatch, tmp_path):
    at = with_article(monkeypatch, tmp_path)
    at.query_params["view"] = "findings"
    ran(at)
    assert "The article's text was not given" not in told(at)
    assert any("P405" in option for option in listed(at)), "sentences of the other statements are not in this article"
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and OURS.encode() in file.read_bytes()]


def uploaded(name: str, content: bytes) -> AppTest:
    at = visited()
    at.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return ran(at)


def test_an_uploaded_article_is_read_and_the_file_let_go(monkeypatch, tmp_path):
    at = uploaded("mine.txt", ARTICLE.encode())
    assert "mine.txt 0 of 44 passages of the guideline stand in it" in told(at)
    assert not at.file_uploader
    assert any("another article" in option for option in listed(at))
    at.button(key="article-forget").click()
    ran(at)
    assert at.file_uploader[0].value is None


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("article.exe", b"MZ", "names no article format"),
        ("article.txt", b"  ", "has no content"),
        ("article.docx", b"PK\x03\x04 broken", "article.docx cannot be read"),
        ("bomb.xml", b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><article>&c;</article>', "bomb.xml cannot be read"),
        ("large.txt", b"x" * (10 * 1024 * 1024 + 1), "larger than"),
        ("![x](http://127.0.0.1:9/x).exe", b"x", "x).exe cannot be read"),
    ],
    ids=["ending", "empty", "broken", "entities", "large", "name"],
)
def test_an_article_that_cannot_be_read_is_answered_with_words(name, content, reason):
    at = uploaded(name, content)
    assert reason in messages(at)
    assert "The article's text was not given" in told(at)
    assert not any("![" in one.value for one in at.error)


def test_an_article_beside_the_guideline_is_there_in_every_session_and_is_not_to_be_forgotten():
    at = visited(g="ottawa-ankle")
    assert "The article's text was not given" not in told(at)
    assert re.search(r"article.txt (\d+) of \1 passages of the guideline stand in it. It lies beside the guideline.", told(at))
    assert "article-forget" not in {button.key for button in at.button}
    assert not at.file_uploader


def test_another_session_does_not_see_the_article(monkeypatch, tmp_path):
    with_article(monkeypatch, tmp_path)
    words = told(visited())
    assert "The article's text was not given" in words


def test_a_forgotten_article_is_gone(monkeypatch, tmp_path):
    at = with_article(monkeypatch, tmp_path)
    at.button(key="article-forget").click()
    ran(at)
    assert OURS not in told(at)
    assert "article:ankle-test" not in at.session_state


def test_hostile_words_of_guideline_ledger_and_article_are_shown_as_written(monkeypatch, tmp_path, ledger):
    file = tmp_path / "ankle.yaml"
    text = SMALL.read_text("utf-8").replace("Cracks and wide gaps get a boot.", f"'{HOSTILE}'").replace("Boots for ankles", f"'{HOSTILE}'")
    file.write_text(text, "utf-8")
    begin_with(monkeypatch, file)
    guideline = opened.opened("ankle-test").guideline
    sign(open_ledger(ledger, create=True), guideline, "s-boot/citations/1", "partly", "<b>Ann</b>", HOSTILE)
    at = visited(view="sign", citation="s-boot/citations/1")
    assert told(at).count(HOSTILE) >= 3
    assert not any("<img" in block.proto.body or "<b>Ann" in block.proto.body for block in at.get("html"))
    for label in (*listed(at), *(caption for radio in at.radio for caption in radio.proto.captions), *(one.label for one in at.button)):
        assert "![" not in label
        assert ":red[" not in label
