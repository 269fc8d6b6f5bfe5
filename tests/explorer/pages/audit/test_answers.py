"""Answers to findings: waived with a reason in the guideline's YAML, taken back, led to the form that mends them; and who may write."""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from edgewise.citations.audit.engine import Audited, examine
from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.pages.audit import answers
from edgewise.explorer.pages.audit.audited import key_of
from edgewise.explorer.pages.build import part_pane, references_pane, statement_form, words_pane
from edgewise.explorer.pages.build.forms import edges, head
from edgewise.explorer.shell import drafted
from edgewise.explorer.shell import guidelines as opened
from edgewise.graph.drafting.drafts import DRAFTS, drafts_file
from edgewise.graph.drafting.saving import opened as begun_from
from edgewise.graph.library import load, load_file
from edgewise.graph.shelf import find
from tests.explorer.auditing import FOUND, SI, listed, messages, ran, told, visited

pytestmark = pytest.mark.usefixtures("ledger", "drafts")

REASON = "The author knows: it stands, as #7 of the list does."
M101 = key_of(next(one for one in FOUND if one.rule == "M101"))
P407 = key_of(next(one for one in FOUND if one.rule == "P407"))


@pytest.fixture
def drafts(tmp_path, monkeypatch):
    monkeypatch.setenv(DRAFTS, str(tmp_path / "drafts.sqlite"))


@pytest.fixture
def listens(monkeypatch):
    """To whom the explorer listens."""
    given = st.get_option

    def host(name: str) -> None:
        monkeypatch.setattr(st, "get_option", lambda key: name if key == "server.address" else given(key))

    host("localhost")
    return host


@pytest.fixture
def file(tmp_path, monkeypatch, listens):
    """A guideline of the reader's own, begun with its file."""
    copied = tmp_path / "mine" / "guideline.yaml"
    copied.parent.mkdir()
    shutil.copy(find(SI), copied)
    copied.write_text(copied.read_text("utf-8").replace(f"id: {SI}\n", "id: mine\n", 1), "utf-8")
    monkeypatch.setenv(GUIDELINE, str(copied))
    opened._begun.cache_clear()
    return copied


def waived(key: str, reason: str = REASON, name: str = "mine", **params: str) -> AppTest:
    at = visited(finding=key, **params)
    at.text_area(key=f"waive:{name}:{key}").input(reason)
    at.button(key=f"waive:{name}:{key}:submit").click()
    return ran(at)


def key_in(file: Path, rule: str) -> str:
    loaded = load_file(file)
    return key_of(next(one for one in examine(Audited(loaded.guideline, loaded)).findings if one.rule == rule))


def test_a_finding_is_waived_in_the_file_and_no_other_line_changes(file):
    before, key = file.read_text("utf-8"), key_in(file, "M101")
    at = waived(key)
    assert "Waived, and written into" in messages(at)
    after = file.read_text("utf-8")
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(new) == 2
    assert new[0] == "waivers:"
    assert next(iter(load_file(file).guideline.waivers.values())).reason == REASON
    assert [line for line in after.splitlines() if line in before.splitlines()][:40] == before.splitlines()[:40]
    assert not [option for option in listed(at) if option.startswith("**M101**") and option in at.radio(key="audit-error").options]
    assert "Why it may stand" in told(at)
    assert REASON in told(at)
    assert at.radio(key="audit-waived").value == key


def test_it_is_waived_for_whoever_looks_again_and_the_waiver_can_be_taken_back(file):
    key, before = key_in(file, "M101"), file.read_text("utf-8")
    waived(key)
    again = visited(finding=key)
    assert REASON in told(again)
    again.button(key="audit-take-back").click()
    again = ran(again)
    assert "taken back" in messages(again)
    assert "waivers" not in file.read_text("utf-8")
    assert [line for line in file.read_text("utf-8").splitlines() if line] == [line for line in before.splitlines() if line]
    assert any(option.startswith("**M101**") for option in again.radio(key="audit-error").options)


def test_a_waiver_says_what_it_covers_and_that_of_a_whole_guideline_covers_all_of_its_rule(file):
    assert "It covers M101 at marker-7 ; nothing else." in told(visited(finding=key_in(file, "M101")))
    assert "P407 judges the guideline as a whole: the waiver covers every finding of it" in told(visited(finding=key_in(file, "P407")))
    waived(key_in(file, "P407"))
    assert [one.about for one in load_file(file).guideline.waivers.values()] == [()]


def test_no_waiver_without_a_reason(file):
    before = file.read_bytes()
    assert "A waiver needs its reason" in messages(waived(key_in(file, "M101"), "  \n "))
    assert file.read_bytes() == before


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(file):
    key = key_in(file, "M101")
    at = visited(finding=key)
    theirs = file.read_text("utf-8").replace("id: mine\n", "id: mine\n# somebody else was here\n", 1)
    file.write_text(theirs, "utf-8")
    at.text_area(key=f"waive:mine:{key}").input(REASON)
    at.button(key=f"waive:mine:{key}:submit").click()
    at = ran(at)
    assert "it was changed meanwhile, and is shown as it is now" in messages(at)
    assert file.read_text("utf-8") == theirs
    at.button(key=f"waive:mine:{key}:submit").click()
    ran(at)
    text = file.read_text("utf-8")
    assert "# somebody else was here" in text
    assert "waivers:" in text


def test_a_waiver_that_covers_nothing_is_taken_out(file):
    file.write_text(file.read_text("utf-8") + "\nwaivers:\n- {rule: M105, reason: Once it was so.}\n", "utf-8")
    at = visited(finding=key_in(file, "P408"))
    at.button(key="audit-take-back").click()
    assert "Idle waiver taken out" in messages(ran(at))
    assert "M105" not in file.read_text("utf-8")


def test_in_a_draft_a_waiver_is_a_change_like_any_other_that_can_be_undone():
    made = drafted.drafts().create(load(SI).content.decode("utf-8"), None, "A draft")
    name = drafted.name_of(made.id)
    at = waived(M101, name=name, g=name)
    assert "written into this draft" in messages(at)
    now = drafted.draft(name)
    assert now.undoable == f"M101 waived: {REASON}"
    assert "waivers:" in now.text
    at.button(key="audit-take-back").click()
    ran(at)
    assert "waivers:" not in drafted.draft(name).text


def test_a_draft_that_was_shared_for_review_is_not_written():
    made = drafted.drafts().create(load(SI).content.decode("utf-8"), None, "A draft")
    name = drafted.REVIEW + drafted.drafts().share(made.id)
    at = waived(M101, name=name, g=name)
    assert "it can be read, and not changed" in told(at)
    assert REASON in at.code[0].value
    assert drafted.drafts().open(made.id).text == made.text
    assert "audit-mend" not in {button.key for button in visited(g=name, finding=P407).button}


def test_of_a_guideline_that_comes_with_edgewise_the_very_lines_are_offered(listens):
    before = find(SI).read_bytes()
    at = waived(M101, name=SI)
    assert "comes with Edgewise and is not changed" in told(at)
    assert at.code[0].value.startswith("waivers:\n  - ")
    text = answers.with_edit(SI, answers.waiver_of(FOUND[0], load(SI).guideline, REASON))
    assert at.code[0].value.splitlines()[1] in text
    assert find(SI).read_bytes() == before


def test_who_reads_an_explorer_that_is_open_to_others_writes_no_file(file, listens):
    listens("0.0.0.0")
    before = file.read_bytes()
    at = waived(key_in(file, "M101"))
    assert "open to others, so it writes no files" in told(at)
    assert REASON in at.code[0].value
    assert file.read_bytes() == before
    assert file.parent.joinpath("guideline.yaml").is_file()
    assert sorted(one.name for one in file.parent.iterdir()) == ["guideline.yaml"]


def test_a_place_is_asked_for_again_when_the_button_is_pressed(file, listens):
    at = visited(finding=key_in(file, "M101"))
    listens("0.0.0.0")
    key = key_in(file, "M101")
    before = file.read_bytes()
    at.text_area(key=f"waive:mine:{key}").input(REASON)
    at.button(key=f"waive:mine:{key}:submit").click()
    assert "This explorer is open to others" in messages(ran(at))
    assert file.read_bytes() == before


def test_a_finding_that_a_form_mends_leads_to_it_in_a_draft_of_the_file(file):
    at = visited(finding=key_in(file, "S301"))
    at.button(key="audit-mend").click()
    at.run()
    draft = drafted.draft(at.query_params["g"])
    assert at.query_params["page"] == "build"
    assert at.query_params["at"] in load_file(file).guideline.steps
    assert draft.origin.path == begun_from(file).origin.path
    again = visited(finding=key_in(file, "R202"))
    again.button(key="audit-mend").click()
    again.run()
    assert again.query_params["at"] in load_file(file).guideline.references
    again = visited(finding=key_in(file, "P407"))
    again.button(key="audit-mend").click()
    again.run()
    assert again.query_params["field"] == "reviewStatus"


def test_what_comes_with_edgewise_is_mended_in_a_copy_and_one_session_begins_one_copy_alone(listens):
    at = visited(finding=P407)
    for _ in range(2):
        at.button(key="audit-mend").click()
        at.run()
        first = at.query_params["g"]
        at.query_params.clear()
        at.query_params["page"], at.query_params["finding"] = "audit", P407
        ran(at)
    assert drafted.draft(first).origin is None
    assert f"id: {SI}-copy" in drafted.draft(first).text
    assert len(drafted.drafts().list()) == 1
    assert drafts_file().is_file()


def test_every_form_that_is_led_to_is_one_of_the_build_page():
    sections = {section for lists, _ in answers._BY_FORM.values() for section in lists}
    assert sections <= {*part_pane._FORMS, *(kind.section for kind in words_pane._KINDS), "statements", "references"}
    keys = {key for _, key in answers._BY_FORM.values() if key}
    source = "".join(inspect.getsource(module) for module in (edges, head, references_pane, statement_form))
    assert all(f'"{key}"' in source for key in keys)


def test_a_finding_that_no_form_mends_has_no_such_way(file):
    assert "audit-mend" not in {button.key for button in visited(finding=key_in(file, "M101")).button}
