"""Statements through their form, a copy of a guideline, and the word that a draft is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgewise.explorer.shell import drafted, new_drafts
from edgewise.graph.drafting.drafts import DRAFTS
from edgewise.graph.drafting.entries import entries
from edgewise.graph.library import find, load_content
from tests.explorer.calls import SI
from tests.explorer.drawn_pages import drawn, opened, words
from tests.explorer.pages.build.test_pathway import TEXT, at_part, entry, now, press


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(DRAFTS, str(tmp_path / "drafts.sqlite"))
    return drafted.drafts().create(TEXT, None, "Throat")


def test_a_statement_is_changed_by_one_edit(draft):
    at = at_part(draft, "s1")
    at.text_area(key="build-statement:s1:text").set_value("Fever asks for a swab.")
    at.selectbox(key="build-statement:s1:kind").set_value("evidence")
    drawn(at)
    press(at, "Keep")
    assert (entry(draft, "s1")["text"], entry(draft, "s1")["kind"]) == ("Fever asks for a swab.", "evidence")


def test_what_is_undone_stands_in_the_field_again(draft):
    at = at_part(draft, "s1")
    at.text_area(key="build-statement:s1:text").set_value("Fever asks for a swab.")
    drawn(at)
    press(at, "Keep")
    press(at, "Undo")
    assert at.text_area(key="build-statement:s1:text").value == "Fever is a reason."
    press(at, "Keep")
    assert entry(draft, "s1")["text"] == "Fever is a reason."


def test_a_statement_on_which_a_condition_rests_is_not_removed(draft):
    at = press(at_part(draft, "s1"), "Remove the statement")
    press(at, "Remove it all the same")
    assert "Not done" in words(at)
    assert "s1" in entries(now(draft).text)


def test_a_draft_is_said_to_be_written_once_nothing_is_lacking(draft):
    at = opened(page="build", g=drafted.name_of(draft.id))
    at.segmented_control[0].set_value("about") if at.segmented_control else at.button_group[0].set_value(["about"])
    drawn(at)
    at.checkbox(key="build-head:draft").uncheck()
    press(at, "Keep")
    assert "Not done" in words(at)  # title, question and the rest of the head are lacking
    assert "draft: true" in now(draft).text


@pytest.mark.usefixtures("draft")
def test_a_copy_bears_another_id_and_a_whole_guideline_may_be_worked_on_half():
    copy, same = (drafted.draft(name) for name in (new_drafts.copy_of(SI), new_drafts.of_file(SI)))
    made = [load_content(one.text.encode(), "g", "yaml").guideline for one in (copy, same)]
    assert [(one.id, one.draft) for one in made] == [(f"{SI}-copy", True), (SI, True)]
    assert copy.title.endswith("(copy)")
    assert copy.origin is None
    assert Path(same.origin.path) == find(SI)
