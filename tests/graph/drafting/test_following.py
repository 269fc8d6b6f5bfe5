"""Cases follow what is renamed in their guideline: under every key that names a part of it, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from edgewise.graph.cases.book import read_casebook
from edgewise.graph.cases.check import check_cases
from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.case_references import case_references
from edgewise.graph.drafting.edits import Follow, Rename, as_json, from_json
from edgewise.graph.drafting.entries import entries
from edgewise.graph.drafting.errors import EditRefused
from edgewise.graph.drafting.following import following
from edgewise.graph.library import load_content
from edgewise.graph.shelf import find
from edgewise.ontology.errors import SourceError

CASES = """\
guideline: g
cases:
- id: rest        # a case may be called like a step
  title: rest
  vignette: rest
  stages:
  - tells: rest   # its words stay
    facts:
      pain: [1, 2]   # a series
      "done": [rest, ice]
      done:walk: yes
    expect: rest
    lures:
    - step: rest
      why: rest
      pitfall: 's1'
    points: [{text: s1, basedOn: s1}, {text: x, basedOn: [s2, s1]}]
    revises: [pain]
    early: pain
"""


def followed(at: str, id: str, cases: str = CASES) -> str:
    return applied(cases, Follow(at, id), kind="cases")


def test_a_step_is_followed_wherever_a_step_can_stand():
    after = followed("rest", "bed-rest")
    assert '"done": [bed-rest, ice]' in after
    assert "expect: bed-rest\n" in after
    assert "- step: bed-rest\n" in after
    assert "id: rest        # a case may be called like a step\n  title: rest\n  vignette: rest\n" in after
    assert "tells: rest   # its words stay" in after
    assert "why: rest" in after


def test_a_question_is_followed_as_a_key_and_where_it_is_revised_or_told_early():
    assert followed("pain", "ache") == CASES.replace("pain: [", "ache: [").replace("[pain]", "[ache]").replace("early: pain", "early: ache")


def test_what_says_that_a_step_is_done_follows_the_step():
    assert "      done:stroll: yes\n" in followed("walk", "stroll")


def test_a_statement_is_followed_in_pitfalls_and_points():
    after = followed("s1", "s9")
    assert "pitfall: s9" in after
    assert "{text: s1, basedOn: s9}, {text: x, basedOn: [s2, s9]}" in after


def test_a_step_that_is_called_like_a_verdict_stands_in_a_list_and_a_verdict_is_no_step():
    assert "expect: [undecided]\n" in followed("rest", "undecided")
    verdict = CASES.replace("expect: rest", "expect: undecided")
    assert followed("undecided", "other", verdict) == verdict
    assert "expect: [other]" in followed("undecided", "other", CASES.replace("expect: rest", "expect: [undecided]"))


def test_two_answers_under_one_name_are_refused():
    with pytest.raises(EditRefused, match=r"cases.yaml.*the case 'rest' tells 'walk' already.*\[edit-id-taken\]"):
        followed("pain", "walk", CASES.replace("done:walk", "walk"))


def test_a_guideline_follows_no_guideline():
    with pytest.raises(EditRefused, match="edit-not-here"):
        applied("id: g\n", Follow("a", "b"))


def test_an_edit_of_this_kind_is_kept_as_json():
    assert from_json(as_json(Follow("a", "b"))) == Follow("a", "b")


def test_cases_of_another_guideline_keep_its_name():
    assert following("id: h\n", CASES, [Rename("", "k")]).edits == ()
    assert applied(CASES, *following("id: g\n", CASES, [Rename("", "k")]).edits, kind="cases").startswith("guideline: k\n")


def test_names_that_are_exchanged_are_followed_one_after_the_other():
    text = "id: g\nsteps:\n- {id: rest}\n- {id: ice}\n"
    edits = [Rename("rest", "x"), Rename("ice", "rest"), Rename("x", "ice")]
    assert '"done": [ice, rest]' in applied(CASES, *following(text, CASES, edits).edits, kind="cases")


@pytest.mark.parametrize("cases", ["- a\n- b\n", "cases: [", "guideline: g\ncases: text\n", "guideline: g\ncases: [a, {stages: 3}]\n"])
def test_what_is_no_file_of_cases_is_left_or_refused_and_never_a_crash(cases: str):
    try:
        assert following("id: g\nsteps:\n- {id: rest}\n", cases, [Rename("rest", "x")]).edits == ()
    except SourceError as refused:
        assert refused.findings


@pytest.mark.parametrize("name", ["sacroiliac-sclerosis", "ottawa-ankle", "pulmonary-embolism"])
def test_the_cases_of_a_shipped_guideline_hold_whatever_in_it_is_renamed(name: str):
    file = find(name)
    text, cases = file.read_text("utf-8"), file.with_name("cases.yaml").read_text("utf-8")
    named = {one.target for one in case_references(entries(cases, "cases")[""].data)} & entries(text).keys()
    edits = [Rename(id, f"new-{id}") for id in sorted(named)]
    after = applied(cases, *following(text, cases, edits).edits, kind="cases")
    guideline = load_content(applied(text, *edits).encode(), "g", "yaml").guideline
    assert check_cases(read_casebook(after, "cases", guideline), guideline) == ()
    assert {one.target for one in case_references(entries(after, "cases")[""].data)} & named == set()
    assert [line.partition("#")[2] for line in after.splitlines()] == [line.partition("#")[2] for line in cases.splitlines()]


@given(some.sampled_from(("rest", "pain", "s1", "walk", "ice", "s2")), some.sampled_from(("other", "not-stated", "yes", "a.b")))
def test_a_name_given_and_taken_back_leaves_the_cases_as_they_were(old: str, new: str):
    again = followed(new, old, followed(old, new))
    assert entries(again.replace("[rest]\n", "rest\n"), "cases")[""].data == entries(CASES, "cases")[""].data
