"""A part of the draft gets another name: its cases bear it too, in one change that one undo takes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.explorer.pages.build.toolbar import packed
from edgewise.explorer.shell import drafted
from edgewise.graph.cases.book import read_casebook
from edgewise.graph.cases.check import check_cases
from edgewise.graph.drafting.drafts import DRAFTS, Draft
from tests.explorer.drawn_pages import address, drawn, opened, words
from tests.explorer.pages.build.test_pathway import TEXT, at_part, now, press

CASES = """\
guideline: throat
cases:
  # the first one
  - id: fever
    title: Hot
    vignette: A baker has a fever.
    stages:
      - tells: She has a fever.
        facts: {fever: yes}   # told at once
        expect: swab
        lures: [{step: look, why: fever}]
        points:
          - {text: fever, basedOn: [s1]}
  - id: cool
    title: Cool
    vignette: A cook has none.
    stages:
      - {tells: No fever., facts: {fever: no}, expect: not-stated}
"""


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draft:
    monkeypatch.setenv(DRAFTS, str(tmp_path / "drafts.sqlite"))
    return drafted.drafts().create(TEXT, None, "Throat", cases=CASES)


def named(draft: Draft, form: str, id: str, keep: str) -> AppTest:
    """The page after the part of that form got another id."""
    at = at_part(draft, form.partition(":")[2])
    at.text_input(key=f"{form}:id").set_value(id)
    return press(at, keep)


def faults(draft: Draft) -> list[str]:
    guideline = drafted.made_of(draft.text).guideline
    return [one.rule for one in check_cases(read_casebook(draft.cases, "cases", guideline), guideline)]


def test_facts_follow_a_question_that_is_renamed_and_words_do_not(draft: Draft) -> None:
    before = faults(draft)
    at = named(draft, "build-question:fever", "hot", "Keep the question")
    after = now(draft).cases
    assert after == CASES.replace("{fever: ", "{hot: ")
    assert faults(now(draft)) == before
    assert now(draft).undoable == "Question “Fever” changed, also in 2 cases"
    assert "also in 2 cases" in " ".join(one.value for one in at.warning)
    assert address(at, "at") == "hot"


def test_one_undo_takes_both_back_and_one_redo_brings_both_again(draft: Draft) -> None:
    at = named(draft, "build-step:swab", "throat-swab", "Keep the step")
    renamed = now(draft)
    assert "expect: throat-swab" in renamed.cases
    at.button(key="build-undo").click()
    drawn(at)
    assert (now(draft).text, now(draft).cases) == (TEXT, CASES)
    at.button(key="build-redo").click()
    drawn(at)
    assert (now(draft).text, now(draft).cases) == (renamed.text, renamed.cases)
    assert renamed.cases.encode() == _unpacked(now(draft), "cases.yaml")


def _unpacked(draft: Draft, name: str) -> bytes:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(packed(draft))).read(name)


def test_a_statement_that_is_renamed_is_followed_by_what_rests_on_it(draft: Draft) -> None:
    named(draft, "build-statement:s1", "s-fever", "Keep")
    assert now(draft).cases == CASES.replace("[s1]", "[s-fever]")
    assert "justifiedBy: [s-fever]" in now(draft).text


def test_cases_bear_the_new_name_of_their_guideline(draft: Draft) -> None:
    at = opened(page="build", g=drafted.name_of(draft.id))
    at.session_state["build-view"] = "about"
    drawn(at)
    at.text_input(key="build-head:id").set_value("sore-throat")
    press(at, "Keep")
    assert now(draft).cases == CASES.replace("guideline: throat", "guideline: sore-throat")
    assert now(draft).undoable.endswith("id changed, also in its cases")


def test_what_no_case_names_leaves_them_alone_and_says_nothing_of_them(draft: Draft) -> None:
    at = named(draft, "build-edge:t1", "everybody", "Keep the edge")
    assert "id: everybody" in now(draft).text
    assert now(draft).cases == CASES
    assert not at.warning


def test_a_name_under_which_a_case_tells_something_else_is_refused_with_the_case(draft: Draft) -> None:
    drafted.drafts().change(draft.id, draft.revision, CASES.replace("{fever: no}", "{fever: no, hot: 3}"), "x", file="cases")
    at = named(draft, "build-question:fever", "hot", "Keep the question")
    assert "the case 'cool' tells 'hot' already" in words(at)
    assert now(draft).text == TEXT


def test_cases_that_cannot_be_read_are_left_and_it_is_said(draft: Draft) -> None:
    drafted.drafts().change(draft.id, draft.revision, "cases: [\n", "x", file="cases")
    at = named(draft, "build-question:fever", "hot", "Keep the question")
    assert "not in its cases, which cannot be read" in " ".join(one.value for one in at.warning)
    assert "id: hot" in now(draft).text
    assert now(draft).cases == "cases: [\n"


def test_an_id_that_is_emptied_is_refused_beside_the_form(draft: Draft) -> None:
    at = named(draft, "build-step:swab", "", "Keep the step")
    assert "'' cannot be an id" in words(at)
    assert now(draft).revision == draft.revision


def test_whoever_removes_a_part_is_told_how_many_cases_name_it(draft: Draft) -> None:
    at = press(at_part(draft, "swab"), "Remove the step")
    assert "1 case still names it, and will not hold" in words(at)
    assert now(draft).revision == draft.revision
