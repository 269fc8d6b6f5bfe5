"""The Audit page: every finding with its reason and its place, sign-offs that the ledger has, and an article that stays in the session."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

from citations.article import read_article_text
from citations.audit import Audited, examine
from citations.entries import clean_name
from citations.fingerprint import fingerprint
from citations.ledger import open_ledger
from citations.rules import RULES, find_rule
from citations.seen import links
from citations.signoffs import sign, standings, withdraw
from explorer import editors, opened
from explorer.audit_view import GROUPS, following, in_order
from explorer.audited import audit_of, kept_of, key_of
from explorer.editors import Editor
from explorer.graph_places import behind, places
from explorer.settings import GUIDELINE
from graph.library import load

SI = "sacroiliac-sclerosis"
LOADED = load(SI)
SAMPLE = LOADED.guideline
FOUND = examine(Audited(SAMPLE, LOADED.source)).findings
FIRST = "s1/citations/1"
SECRETS = editors._secrets
SMALL = Path(__file__).parents[1] / "data" / "small.yaml"
HOSTILE = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/x) :red[x] **b**"


@pytest.fixture(autouse=True)
def ledger(monkeypatch, tmp_path):
    """Where the tests' sign-offs go: never to the user's own ledger."""
    path = tmp_path / "ledger.db"
    monkeypatch.setenv("EDGEWISE_LEDGER", str(path))
    monkeypatch.delenv("EDGEWISE_EDITORS", raising=False)
    monkeypatch.setattr(editors, "_secrets", dict)
    return path


def _page():
    from explorer.audit_page import page

    page()


def visited(**params: str) -> AppTest:
    at = AppTest.from_function(_page, default_timeout=30)
    for name, value in {"page": "audit", **params}.items():
        at.query_params[name] = value
    return ran(at)


def ran(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def told(at: AppTest) -> str:
    bodies = " ".join(block.proto.body for block in at.get("html"))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bodies)).split())


def listed(at: AppTest) -> list[str]:
    return [option for radio in at.radio for option in radio.options]


def signed(at: AppTest, citation: str, verdict: str, name: str = "", note: str = "") -> AppTest:
    at.button_group(key=f"verdict:{citation}").set_value(verdict)
    if name:
        at.text_input(key=f"name:{citation}").input(name)
    at.text_input(key=f"note:{citation}").input(note)
    at.button(key=f"submit:{citation}").click()
    return ran(at)


def messages(at: AppTest) -> str:
    return " ".join(one.value for one in (*at.success, *at.error, *at.warning, *at.info)).replace("\\", "").replace("\u2060", "")


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
    opened._names.cache_clear()


# ---- signing -----------------------------------------------------------------------------------------------------------


def test_a_sign_off_is_in_the_ledger_when_it_is_acknowledged_and_the_next_citation_is_offered(ledger):
    at = signed(visited(view="sign"), FIRST, "partly", "  Ann   Lee ", "page 3 only")
    (entry,) = open_ledger(ledger).entries()
    assert (entry.content.name, entry.content.verdict, entry.content.note) == ("Ann Lee", "partly", "page 3 only")
    assert "Signed by Ann Lee: partly" in messages(at)
    assert at.query_params["citation"] == "s1/citations/2"
    assert "Citation 2 of 45" in told(at)


def test_the_name_is_asked_once_and_then_two_clicks_are_enough(ledger):
    at = signed(visited(view="sign"), FIRST, "supported", "Ann Lee")
    assert not [one for one in at.text_input if one.key.startswith("name:")]
    at.button_group(key="verdict:s1/citations/2").set_value("supported")
    at.button(key="submit:s1/citations/2").click()
    ran(at)
    assert [entry.content.name for entry in open_ledger(ledger).entries()] == ["Ann Lee"] * 2
    at.button(key="audit-rename").click()
    assert ran(at).text_input(key="name:s2/citations/1").value == ""


@pytest.mark.parametrize(
    ("verdict", "name", "reason"),
    [
        ("partly", "", "Give your name"),
        ("partly", "   ", "Give your name"),
        ("partly", "…", "no letter"),
        (None, "Ann Lee", "Choose a verdict"),
    ],
    ids=["no name", "blank name", "no letter", "no verdict"],
)
def test_without_name_or_verdict_nothing_is_signed_and_it_is_said_why(ledger, verdict, name, reason):
    at = visited(view="sign")
    if verdict:
        at.button_group(key=f"verdict:{FIRST}").set_value(verdict)
    at.text_input(key=f"name:{FIRST}").input(name)
    at.button(key=f"submit:{FIRST}").click()
    ran(at)
    assert reason in messages(at)
    assert not at.success
    assert not kept_of(SAMPLE.iri).entries


def test_a_ledger_that_cannot_be_written_is_told_and_nothing_is_acknowledged(monkeypatch, tmp_path):
    at = visited(view="sign")
    (tmp_path / "ledger.db").write_bytes(b"no database" * 1000)
    at = signed(at, FIRST, "partly", "Ann Lee")
    assert not at.success
    assert "no SQLite database" in messages(at)
    at = visited()
    assert "cannot be read" in messages(at)
    assert "No ledger was given" in told(at), "rules on sign-offs are unchecked, not passed"


def test_the_second_of_two_clicks_on_one_button_adds_nothing(ledger):
    at = AppTest.from_function(_sign_twice, default_timeout=30)
    at.query_params["page"] = "audit"
    ran(at)
    assert len(open_ledger(ledger)) == 1
    assert at.session_state["audit:said"] == ("Signed by Ann Lee: partly. It is entry 1 of the ledger, for s1/citations/1.", True)


def _sign_twice():
    import streamlit as st

    from citations.seen import find_link, seen
    from explorer import verdicts
    from explorer.frame import here

    st.session_state["editor"] = "Ann Lee"
    st.session_state["verdict:s1/citations/1"] = "partly"
    looked_at, drawn = seen(find_link(here().guideline, "s1/citations/1")), verdicts.turn()
    verdicts.sign("s1/citations/1", looked_at, drawn)
    verdicts.sign("s1/citations/1", looked_at, drawn)


def test_what_changed_between_drawing_and_click_is_not_signed():
    at = AppTest.from_function(_sign_what_is_no_longer_there, default_timeout=30)
    at.query_params["page"] = "audit"
    ran(at)
    assert "the guideline changed while you looked at it" in at.session_state["audit:said"][0]
    assert not kept_of(SAMPLE.iri).entries


def _sign_what_is_no_longer_there():
    import streamlit as st

    from citations.seen import Seen
    from explorer import verdicts

    st.session_state["editor"] = "Ann Lee"
    st.session_state["verdict:s1/citations/1"] = "partly"
    verdicts.sign("s1/citations/1", Seen("then", "then", "then", "then"), 0)


def test_a_marker_without_entry_cannot_be_signed_as_supported():
    broken = next(id for id, link in links(SAMPLE).items() if link.reference is None)
    at = visited(view="sign", citation=broken)
    assert at.button_group(key=f"verdict:{broken}").options == ["Not supported", "Wrong reference", "Can't tell"]
    assert "no entry of the reference list" in told(at)


def test_the_queue_has_stale_ones_first_and_signed_ones_last(ledger):
    before = replace(SAMPLE, statements={**SAMPLE.statements, "s9": replace(SAMPLE.statements["s9"], text="As it was.")})
    book = open_ledger(ledger, create=True)
    sign(book, before, "s9/citations/1", "supported", "Bob Ray")
    sign(book, SAMPLE, FIRST, "partly", "Ann Lee")
    at = visited(view="sign")
    assert [radio.label for radio in at.radio] == [f"{GROUPS['stale']} (1)", f"{GROUPS['unsigned']} (43)", f"{GROUPS['signed']} (1)"]
    assert "Changed since it was signed: the statement." in told(at), "the stale one is offered first"
    assert "1 of 45 citations signed off · 1 stale · 43 to do" in " ".join(one.proto.text for one in at.get("progress"))


def test_following_goes_on_behind_the_last_one_and_ends_where_all_is_signed(ledger):
    found = audit_of(opened.opened(SI))
    last = list(found.links)[-1]
    assert following(found) == FIRST
    assert following(found, FIRST) == "s1/citations/2"
    assert following(found, last) == FIRST
    book = open_ledger(ledger, create=True)
    for id, link in found.links.items():
        sign(book, SAMPLE, id, "supported" if link.reference else "wrong-reference", "Ann Lee")
    done = audit_of(opened.opened(SI))
    assert following(done) == ""
    assert in_order(done)["signed"] == tuple(found.links)
    assert "Every citation is signed off" in told(visited(view="sign"))


def test_a_verdict_is_withdrawn_by_an_entry_of_its_own(ledger):
    at = signed(visited(view="sign"), FIRST, "partly", "Ann Lee")
    at = visited(view="sign", citation=FIRST)
    at.text_input(key="withdrawer:1").input("Ann Lee")
    at.text_input(key="why:1").input("misread")
    at.button(key="take-back:1").click()
    ran(at)
    assert "Withdrawn by Ann Lee" in messages(at)
    entries = open_ledger(ledger).entries()
    assert [entry.content.kind for entry in entries] == ["sign-off", "withdrawal"]
    assert standings(SAMPLE, entries)[FIRST].state == "withdrawn"


def test_a_verdict_that_was_withdrawn_meanwhile_is_not_withdrawn_again(ledger):
    book = open_ledger(ledger, create=True)
    sign(book, SAMPLE, FIRST, "partly", "Ann Lee")
    at = visited(view="sign", citation=FIRST)
    withdraw(book, SAMPLE, FIRST, "Ann Lee")
    sign(book, SAMPLE, FIRST, "supported", "Ann Lee")
    at.text_input(key="withdrawer:1").input("Ann Lee")
    at.button(key="take-back:1").click()
    ran(at)
    assert "no longer stands" in messages(at)
    assert len(book) == 3


def test_a_sign_off_whose_citation_is_gone_can_be_found_and_withdrawn(ledger):
    more = replace(SAMPLE.statements["s9"], id="s99", citations=(replace(SAMPLE.statements["s9"].citations[0], id="s99/citations/1"),))
    book = open_ledger(ledger, create=True)
    sign(book, replace(SAMPLE, statements={**SAMPLE.statements, "s99": more}), "s99/citations/1", "partly", "Bob Ray")
    at = visited(view="sign")
    assert at.radio(key="queue-lost").options == ["s99/citations/1"]
    at = visited(view="sign", citation="s99/citations/1")
    at.text_input(key="withdrawer:1").input("Ann Lee")
    at.button(key="take-back:1").click()
    ran(at)
    assert "Withdrawn by Ann Lee" in messages(at)
    assert not [radio for radio in at.radio if radio.key == "queue-lost"]


def test_findings_of_sign_offs_lead_to_the_citation(ledger):
    sign(open_ledger(ledger, create=True), SAMPLE, FIRST, "not-supported", "Ann Lee")
    key = next(key_of(one) for one in audit_of(opened.opened(SI)).report.findings if one.rule == "P403")
    at = visited(finding=key)
    at.button(key="audit-sign").click()
    ran(at)
    assert at.query_params["view"] == "sign"
    assert at.query_params["citation"] == FIRST


def test_looking_at_the_page_starts_no_ledger(ledger):
    visited(view="sign")
    assert not ledger.exists()


def test_the_users_own_ledger_is_started_in_its_folder_by_the_first_sign_off(monkeypatch, tmp_path):
    monkeypatch.delenv("EDGEWISE_LEDGER")
    for variable in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "data"))
    at = visited(view="sign")
    assert not (tmp_path / "data").exists()
    at = signed(at, FIRST, "partly", "Ann Lee")
    assert at.success
    (file,) = (tmp_path / "data").rglob("ledger.sqlite")
    assert sqlite3.connect(file).execute("SELECT count(*) FROM edgewise_ledger").fetchone() == (1,)


# ---- who signs ---------------------------------------------------------------------------------------------------------

ANN = {"is_logged_in": True, "email": "Ann@Example.org", "name": "Ann Lee"}


def logged_in(monkeypatch: pytest.MonkeyPatch, user: dict[str, object], **secrets: object) -> None:
    monkeypatch.setattr(editors, "_secrets", lambda: {"auth": {"client_id": "x"}, **secrets})
    monkeypatch.setattr(editors, "_user", lambda: user)


def test_without_a_login_the_page_says_that_names_are_taken_on_trust():
    assert "Names are taken on trust" in told(visited(view="sign"))


def test_with_a_login_a_listed_editor_signs_under_the_name_of_the_login(monkeypatch, ledger):
    monkeypatch.setenv("EDGEWISE_EDITORS", "ann@example.org")
    logged_in(monkeypatch, ANN)
    at = visited(view="sign")
    assert "on trust" not in told(at)
    at = signed(at, FIRST, "partly")
    assert "Signed by Ann Lee (ann@example.org)" in messages(at)
    assert open_ledger(ledger).entries()[0].content.name == clean_name("Ann Lee (ann@example.org)")


@pytest.mark.parametrize(
    ("user", "listed_", "reason"),
    [
        ({"is_logged_in": False}, ["ann@example.org"], "Log in to sign"),
        (ANN, ["bob@example.org"], "not listed among the editors"),
        (ANN, [], "Nobody is listed as an editor yet"),
        (ANN | {"email_verified": False}, ["ann@example.org"], "no confirmed e-mail address"),
        ({"is_logged_in": True, "name": "ann@example.org"}, ["ann@example.org"], "no confirmed e-mail address"),
    ],
    ids=["nobody", "stranger", "no list", "unverified", "no address"],
)
def test_with_a_login_nobody_else_is_given_the_means_to_sign(monkeypatch, user, listed_, reason):
    logged_in(monkeypatch, user, editors=listed_)
    at = visited(view="sign")
    assert reason in messages(at)
    assert not [one for one in at.button if one.key.startswith("submit:")]


def test_a_login_that_ended_after_the_form_was_drawn_signs_nothing(monkeypatch):
    logged_in(monkeypatch, ANN, editors=["ann@example.org"])
    at = visited(view="sign")
    logged_in(monkeypatch, {"is_logged_in": False}, editors=["ann@example.org"])
    at = signed(at, FIRST, "partly")
    assert "Log in to sign" in messages(at)
    assert not kept_of(SAMPLE.iri).entries


def test_where_the_secrets_cannot_be_read_nobody_signs_rather_than_everybody(monkeypatch):
    monkeypatch.setattr(editors, "_secrets", lambda: None)
    at = visited(view="sign")
    assert "Nobody can sign now" in messages(at)
    assert not [one for one in at.button if one.key.startswith("submit:")]
    assert editors.editor() == Editor(refusal=editors.editor().refusal)


@pytest.mark.parametrize(("there", "found"), [(True, None), (False, {})], ids=["broken file", "no file"])
def test_no_secrets_are_no_login_but_broken_ones_are_not_taken_for_none(monkeypatch, tmp_path, there, found):
    file = tmp_path / "secrets.toml"
    if there:
        file.write_text("[auth", "utf-8")
    secrets = Secrets()
    monkeypatch.setattr(config, "get_option", lambda _: [str(file)])
    monkeypatch.setattr(editors.st, "secrets", secrets)
    assert SECRETS() == found


# ---- the article -------------------------------------------------------------------------------------------------------

OURS = "Boots are worn by whoever has a crack in the bone."
ARTICLE = f"Acting\n\n{OURS} [1], [7]\n\nReferences\n\n1. Nobody A. Boots for ankles. 2021.\n"


def with_article(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str = ARTICLE) -> AppTest:
    zeros = "sha256:" + "0" * 63 + "2"
    file = tmp_path / "ankle.yaml"
    file.write_text(SMALL.read_text("utf-8").replace(zeros, fingerprint(OURS)), "utf-8")
    begin_with(monkeypatch, file)
    at = AppTest.from_function(_page, default_timeout=30)
    at.query_params["page"] = "audit"
    at.query_params["view"] = "sign"
    at.session_state["article:ankle"] = read_article_text(text, "mine.txt", "text")
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
    assert "mine.txt 0 of 38 passages of the guideline stand in it" in told(at)
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


def test_another_session_does_not_see_the_article(monkeypatch, tmp_path):
    with_article(monkeypatch, tmp_path)
    words = told(visited())
    assert "The article's text was not given" in words


def test_a_forgotten_article_is_gone(monkeypatch, tmp_path):
    at = with_article(monkeypatch, tmp_path)
    at.button(key="article-forget").click()
    ran(at)
    assert OURS not in told(at)
    assert "article:ankle" not in at.session_state


def test_hostile_words_of_guideline_ledger_and_article_are_shown_as_written(monkeypatch, tmp_path, ledger):
    file = tmp_path / "ankle.yaml"
    text = SMALL.read_text("utf-8").replace("Cracks and wide gaps get a boot.", f"'{HOSTILE}'").replace("Boots for ankles", f"'{HOSTILE}'")
    file.write_text(text, "utf-8")
    begin_with(monkeypatch, file)
    guideline = opened.opened("ankle").guideline
    sign(open_ledger(ledger, create=True), guideline, "s-boot/citations/1", "partly", "<b>Ann</b>", HOSTILE)
    at = visited(view="sign", citation="s-boot/citations/1")
    assert told(at).count(HOSTILE) >= 3
    assert not any("<img" in block.proto.body or "<b>Ann" in block.proto.body for block in at.get("html"))
    for label in (*listed(at), *(caption for radio in at.radio for caption in radio.proto.captions), *(one.label for one in at.button)):
        assert "![" not in label
        assert ":red[" not in label
