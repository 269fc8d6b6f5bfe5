"""Doses are shown as the source states them wherever their step is, and what no passage states is marked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards.components import STATED, made_of
from edgewise.explorer.cards.step_and_edge import step_body
from edgewise.explorer.handout.patient.sections import sections
from edgewise.explorer.handout.text import content
from edgewise.explorer.pages.teach.presenting.words import body
from edgewise.graph.dosing import NO_PASSAGE, all_doses, dose_told
from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from edgewise.graph.search import Index
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk
from tests.explorer.calls import answer, run
from tests.places import DATA

FILE = str(DATA / "small.yaml")
STATED_DOSE = "10 to 20 mg/kg every 6 hours within 20 minutes, by mouth, at most 4 g/day"
OWN_DOSE = "2 tablets, as needed"


@pytest.fixture(scope="module")
def ankle() -> Guideline:
    return load(FILE).guideline


def _summary(guideline: Guideline) -> str:
    facts = parse_facts({"crack": "yes"}, guideline)
    return repr(list(sections(guideline, facts, walk(guideline, facts))))


def _handout(guideline: Guideline) -> str:
    told = content(guideline, {id: at for at, id in enumerate(guideline.transitions)}, (), (), ())
    return json.dumps(told, ensure_ascii=False).replace("\u00a0", " ").replace('", "', "")


@pytest.mark.parametrize(
    "place",
    [
        lambda ankle: made_of(ankle, ankle.steps["boot"]),
        lambda ankle: "".join(step_body(ankle, ankle.steps["boot"], evidence(ankle, "boot"))),
        lambda ankle: "".join(body(ankle, ankle.steps["boot"], (), ())),
        _summary,
        _handout,
    ],
    ids=["card", "panel", "slide", "patient summary", "hand-out"],
)
def test_a_dose_stands_wherever_its_step_is_told(ankle: Guideline, place: Callable[[Guideline], str]) -> None:
    said = place(ankle).replace("&#x27;", "'").replace("&#39;", "'").replace("’", "'")
    assert STATED_DOSE in said
    assert said.index(OWN_DOSE) < said.index(NO_PASSAGE), "the modeller's is marked"
    assert said.count(NO_PASSAGE) == 1, "the source's is not"


def test_the_command_tells_doses_and_marks_the_modellers() -> None:
    shown = run("show", FILE).stdout
    assert f"Something for the pain: at first: {STATED_DOSE} (s-boot, acting, bullet 2, sentence 1)" in shown
    assert f"Something for the pain: {OWN_DOSE} (◇ {NO_PASSAGE})" in shown
    due = run("walk", FILE, "--facts", "-", given="{crack: yes}").stdout
    assert f"dose, for education: Something for the pain: at first: {STATED_DOSE}" in due


def test_json_has_the_code_beside_what_readers_see() -> None:
    first, second, drops = answer("show", FILE)["doses"]
    assert (drops["amount"], drops["max"]) == ("2", "8 mg")
    assert first["unit"] == {"code": "mg/kg", "display": "mg/kg"}
    assert (first["amount"], first["upTo"], first["per"], first["within"], first["max"]) == ("10", "20", "6 h", "20 min", "4 g/d")
    assert (first["statedBy"], first["basedOn"], second["statedBy"]) == ("source", ["s-boot"], "modeller")
    assert second["unit"] == {"code": "{tablets}", "display": "tablets"}


def test_a_dose_rests_on_its_own_passage_alone(ankle: Guideline) -> None:
    assert "s-boot" in [one.statement.id for one in evidence(ankle, "boot").supports]
    step = ankle.steps["boot"]
    without = replace(step, described_by=(), components=tuple(replace(one, described_by=()) for one in step.components))
    resting = replace(ankle, steps={**ankle.steps, "boot": without})
    assert [one.statement.id for one in evidence(resting, "boot").supports] == ["s-boot"]


def test_doses_are_found_by_search(ankle: Guideline) -> None:
    assert "boot" in [hit.id for hit in Index(ankle).search("tablets")]


def test_education_is_said_where_doses_are(ankle: Guideline) -> None:
    assert STATED in made_of(ankle, ankle.steps["boot"])
    assert "for education" in _summary(ankle)
    assert made_of(ankle, ankle.steps["home"]) == ""
    assert [dose_told(dose) for _, _, dose in all_doses(ankle)] == [
        f"at first: {STATED_DOSE}",
        OWN_DOSE,
        "starting dose: 2 mg, at most 8 mg",
    ]
