"""The Audit page: sign-offs that the ledger has before they are acknowledged, and who may give them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from streamlit import config
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

from edgewise.citations.ledger.entries import clean_name
from edgewise.citations.ledger.fingerprints import links
from edgewise.citations.ledger.signoffs import sign, standings, withdraw
from edgewise.citations.ledger.store import open_ledger
from edgewise.explorer.pages.audit import editors
from edgewise.explorer.pages.audit.address import GROUPS, following, in_order
from edgewise.explorer.pages.audit.audited import audit_of, kept_of, key_of
from edgewise.explorer.pages.audit.editors import Editor
from edgewise.explorer.shell import guidelines as opened
from tests.explorer.auditing import FIRST, SAMPLE, SECRETS, SI, messages, ran, signed, told, visited

pytestmark = pytest.mark.usefixtures("ledger")


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
    at = AppTest.from_function(_sign_twice, default_timeout=120)
    at.query_params["page"] = "audit"
    ran(at)
    assert len(open_ledger(ledger)) == 1
    assert at.session_state["audit:said"] == ("Signed by Ann Lee: partly. It is entry 1 of the ledger, for s1/citations/1.", True)


def _sign_twice():
    import streamlit as st

    from edgewise.citations.ledger.fingerprints import find_link, seen
    from edgewise.explorer.pages.audit import verdicts
    from edgewise.explorer.shell.frame import here

    st.session_state["editor"] = "Ann Lee"
    st.session_state["verdict:s1/citations/1"] = "partly"
    looked_at, drawn = seen(find_link(here().guideline, "s1/citations/1")), verdicts.turn()
    verdicts.sign("s1/citations/1", looked_at, drawn)
    verdicts.sign("s1/citations/1", looked_at, drawn)


def test_what_changed_between_drawing_and_click_is_not_signed():
    at = AppTest.from_function(_sign_what_is_no_longer_there, default_timeout=120)
    at.query_params["page"] = "audit"
    ran(at)
    assert "the guideline changed while you looked at it" in at.session_state["audit:said"][0]
    assert not kept_of(SAMPLE.iri).entries


def _sign_what_is_no_longer_there():
    import streamlit as st

    from edgewise.citations.ledger.fingerprints import Seen
    from edgewise.explorer.pages.audit import verdicts

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
