"""Strength, certainty and direction wherever a statement shows; \"not stated by the source\" only where it is not."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.listed_entries import entries, judged
from edgewise.explorer.cards.step_and_edge import edge_body, step_body
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.handout.drawing import numbered
from edgewise.explorer.handout.html.document import standalone
from edgewise.explorer.handout.patient.plain_text import as_text
from edgewise.explorer.handout.patient.summary import summary
from edgewise.explorer.handout.text import steps
from edgewise.explorer.pages.evidence.edge_table import edge_table
from edgewise.explorer.pages.teach.presenting.words import statements
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.guidelines import Opened
from edgewise.explorer.shell.location import Location
from edgewise.graph.grading import Grade, Grading
from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from edgewise.graph.strength import NOT_STATED
from edgewise.graph.walking.facts import parse_facts
from tests.explorer.calls import SI, answer, run
from tests.explorer.drawn_pages import bodies, opened
from tests.explorer.handout.test_patient import DAY
from tests.places import DATA

GRADED = str(DATA / "graded.yaml")
STRONG = "Strength of recommendation: strong, for (GRADE)"
BOTH = "low in deep burns, very low in shallow burns, moderate against ice for pain"


@pytest.fixture(scope="module")
def burns() -> Guideline:
    return load(GRADED).guideline


def plain(*pieces: str) -> str:
    text = re.sub(r"<(script|style)>.*?</\1>", "", "".join(pieces), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def edge(guideline: Guideline, id: str) -> str:
    return plain(*edge_body(guideline, guideline.transitions[id], evidence(guideline, id), None))


def step(guideline: Guideline, id: str) -> str:
    return plain(*step_body(guideline, guideline.steps[id], evidence(guideline, id)))


def test_an_edge_tells_both_axes_and_so_does_the_statement_behind_it(burns):
    told = edge(burns, "t-water")
    assert (
        f"Strength of recommendation strong, for (GRADE) strong: Nearly everybody would want it. Certainty of evidence {BOTH} (GRADE)"
        in told
    )
    assert STRONG in told
    assert NOT_STATED not in told


def test_a_recommendation_against_says_so(burns):
    assert "Strength of recommendation strong, against (GRADE)" in edge(burns, "t-butter")


def test_only_what_the_source_does_not_state_is_not_stated(burns):
    assert f"Strength of recommendation best practice statement (GRADE) Certainty of evidence {NOT_STATED}" in edge(burns, "t-look")
    assert f"Strength of recommendation {NOT_STATED} Certainty of evidence {NOT_STATED}" in edge(burns, "t-home")


def test_the_grade_of_a_passage_nearby_is_not_that_of_an_edge_of_the_modellers(burns):
    assert f"Strength of recommendation {NOT_STATED}" in edge(burns, "t-guess")
    assert evidence(burns, "t-guess").graded == ()


def test_a_step_tells_what_leads_there_by_the_source_where_it_has_no_grade_of_its_own(burns):
    assert "strong, for (GRADE)" in step(burns, "water")
    assert f"Strength of recommendation {NOT_STATED}" in step(burns, "butter")  # only an edge that is not to be taken leads there
    described = replace(burns, steps={**burns.steps, "water": replace(burns.steps["water"], described_by=("s-butter",))})
    assert "Strength of recommendation strong, against" in step(described, "water")


def test_where_a_source_grades_nothing_its_cards_are_as_they_were():
    guideline = load(SI).guideline
    for id in guideline.transitions:
        assert "Strength" not in edge(guideline, id)
        assert evidence(guideline, id).axes == ()


def test_without_a_scheme_the_words_stand_alone(burns):
    told = edge(replace(burns, gradings={}), "t-water")
    assert "Strength of recommendation strong, for Certainty of evidence low in deep burns" in told
    assert "GRADE" not in told


def test_the_source_s_own_names_of_the_axes_are_used(burns):
    acc = Grading("grade", "ACC/AHA", (Grade("strong"),), (Grade("high"),), strength_name="Class", certainty_name="Level of evidence")
    told = edge(replace(burns, gradings={"grade": acc}), "t-butter")
    assert "Class strong, against (ACC/AHA) Level of evidence high (ACC/AHA)" in told


def test_hostile_grades_are_text(burns):
    hostile = "<img src=x onerror=alert(1)>"
    bad = Grading("grade", hostile, (Grade(hostile, hostile),), (Grade("high"),), strength_name=hostile)
    guideline = replace(
        burns, gradings={"grade": bad}, statements={**burns.statements, "s-butter": replace(burns.statements["s-butter"], strength=hostile)}
    )
    made = "".join(edge_body(guideline, guideline.transitions["t-butter"], evidence(guideline, "t-butter"), None))
    assert "<img" not in made
    assert hostile in plain(made)


def test_no_state_of_what_is_cited_is_called_weak_or_strong_to_a_reader():
    words = " ".join(word for _, word in cards.STATES.values())
    assert not re.search(r"\b(weak|strong|high|moderate|low)\b", words, re.IGNORECASE)
    for told in (run("evidence", SI, "presentation-to-xray-si-joints").stdout, run("show", SI).stdout):
        assert "weak" not in told
        assert "one or tertiary source" in told


def test_the_evidence_page_tells_them_edge_by_edge(burns):
    told = plain(edge_table(burns, judged(burns), entries(burns), {}, ""))
    assert f"Strength of recommendation: strong, for Certainty of evidence: {BOTH}" in told
    assert NOT_STATED in told
    sacroiliac = load(SI).guideline
    assert "Strength" not in plain(edge_table(sacroiliac, judged(sacroiliac), entries(sacroiliac), {}, ""))


def _imaging():
    from edgewise.explorer.pages.imaging.page import page

    page()


def imaging(monkeypatch: pytest.MonkeyPatch, guideline: Guideline) -> str:
    monkeypatch.setattr(frame, "here", lambda: frame.Here(Opened("g", guideline, Scene()), Location("g")))
    at = AppTest.from_function(_imaging, default_timeout=120).run(timeout=120)
    assert not at.exception
    return plain(*(block.proto.body for block in at.get("html")))


def test_imaging_tells_what_is_stated_of_the_step_that_uses_the_method(monkeypatch, burns):
    told = imaging(monkeypatch, burns)
    assert f"Strength of recommendation best practice statement (GRADE) Certainty of evidence {NOT_STATED}" in told


def test_imaging_tells_what_is_stated_where_a_method_is_rated(monkeypatch, burns):
    rating = replace(burns.statements["s-rating"], strength="weak", certainty="moderate")
    guideline = replace(
        burns, statements={**burns.statements, "s-rating": rating, "s-look": replace(burns.statements["s-look"], strength="")}
    )
    told = imaging(monkeypatch, guideline)
    assert "8 of 9, usually appropriate (derived) Strength of recommendation weak (GRADE) Certainty of evidence moderate (GRADE)" in told


def test_the_hand_out_and_the_file_of_one_s_own_hold_them(burns):
    told = "".join(text for part in steps(burns, numbered(burns), ()) for one in part["edges"] for text, _ in one["runs"])
    assert f"{STRONG}. Certainty of evidence: {BOTH} (GRADE)." in told
    assert f"Strength of recommendation strong, for (GRADE) strong: Nearly everybody would want it. Certainty of evidence {BOTH}" in plain(
        standalone(burns)
    )


def test_a_speaker_sees_them_behind_a_statement(burns):
    assert "Strength of recommendation: strong, against; certainty of evidence: high (GRADE)" in plain(statements(burns, ["s-butter"]))


@pytest.mark.parametrize(("deep", "certainty"), [("yes", "low in deep burns"), ("no", "very low in shallow burns")])
def test_a_patient_s_summary_and_walk_tell_the_certainty_of_that_patient(burns, deep, certainty):
    told = f"certainty of evidence: {certainty}, moderate against ice for pain (GRADE)"
    page = " ".join(as_text(summary(burns, parse_facts({"deep": deep}, burns), DAY)).split())
    assert f"C{told[1:]}. (burns, bullet 2 [1][2])" in page
    given = f"{{deep: {deep}}}"
    assert told in run("walk", GRADED, "--facts", "-", given=given).stdout
    (water,) = answer("walk", GRADED, "--facts", "-", given=given)["graded"]["water"]
    assert [part["certainty"] for part in water["certaintyFor"]] == [certainty.split(" in ")[0], "moderate"]
    assert (water["strength"], water["direction"], water["grading"], water["certainty"]) == ("strong", "for", "GRADE", None)


def test_why_tells_them_of_the_step_and_of_each_way_in():
    told = run("why", GRADED, "water", "--facts", "-", given="{deep: yes}").stdout
    assert told.count("certainty of evidence: low in deep burns, moderate against ice for pain (GRADE)") == 2
    found = answer("why", GRADED, "butter", "--facts", "-", given="{}")
    assert found["graded"] == []
    assert "strength of recommendation: strong, against (GRADE)" in run("why", GRADED, "butter").stdout


def test_the_walk_tells_the_certainty_of_the_patient_at_the_step_that_is_due(monkeypatch):
    monkeypatch.setenv("EDGEWISE_GUIDELINE", GRADED)
    told = plain(bodies(opened(facts="deep~no")))
    assert "Certainty of evidence: very low in shallow burns, moderate against ice for pain" in told
    assert "low in deep burns" not in told


def test_show_and_evidence_tell_programs_and_people():
    shown = answer("show", GRADED)
    assert shown["gradings"][0]["certainties"] == ["high", "moderate", "low", "very low"]
    told = {one["id"]: [(grade["strength"], grade["certainty"]) for grade in one["graded"]] for one in shown["edges"]}
    assert told["t-butter"] == [("strong", "high")]
    assert told["t-home"] == told["t-guess"] == []
    assert "Grades its recommendations by: GRADE" in run("show", GRADED).stdout
    found = answer("evidence", GRADED, "t-butter")
    assert found["graded"] == [
        {"statement": "s-butter", "place": "burns, bullet 3", "strength": "strong", "certainty": "high", "direction": "against",
         "grading": "GRADE", "certaintyFor": []}
    ]  # fmt: skip
    assert found["statements"][0]["strength"] == "strong"
    assert f"strength of recommendation: {NOT_STATED}" in run("evidence", GRADED, "t-home").stdout
