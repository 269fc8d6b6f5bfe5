"""Practise on guidelines and cases of every kind: hostile, faulty, tiny, changed meanwhile, without cases."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.pages.teach import revealed_answer as practice_answer
from edgewise.explorer.pages.teach.options import NOT_STATED, UNDECIDED, options
from edgewise.explorer.pages.teach.round import Practice
from edgewise.graph.cases.model import Case, Stage
from edgewise.graph.library import load
from edgewise.graph.model import Comparison, Guideline, Observable, Phase, Step, Transition
from edgewise.graph.walking.walk import walk
from tests.explorer.drawn_pages import address, drawn, words
from tests.explorer.practising import (
    CASES,
    SAMPLE,
    SMALL,
    buttons,
    commit,
    facts,
    log,
    opened,
    press,
)

NASTY = "<img src=x onerror=alert(1)> ![i](http://127.0.0.1:9/i) **b** $x$ :red[r]"
CASEBOOK = """guideline: ankle-test
cases:
  - id: a
    title: {nasty}
    vignette: {nasty}
    stages:
      - tells: {nasty}
        facts: {{crack: yes}}
        lures: [{{step: home, why: {nasty}}}]
        points: [{{text: {nasty}, basedOn: [s-look]}}]
      - {{tells: Later., facts: {{weeks: 7}}}}
"""


@pytest.fixture
def ankle(monkeypatch, tmp_path):
    """The invented ankle guideline in a folder of its own; give it a casebook."""
    (tmp_path / "guideline.yaml").write_bytes(SMALL.read_bytes())
    monkeypatch.setenv(GUIDELINE, str(tmp_path / "guideline.yaml"))

    def written(text: str = CASEBOOK) -> Path:
        file = tmp_path / "cases.yaml"
        file.write_text(text.replace("{nasty}", json.dumps(NASTY)).replace("{{", "{").replace("}}", "}"), "utf-8")
        return file

    return written


def test_hostile_words_of_a_case_are_shown_as_written_and_never_become_markup(ankle) -> None:
    ankle()
    at = opened(case="a")
    commit(at, "home", "=1+1 <b>bold</b>")
    assert words(at).count(NASTY) >= 4
    assert "<b>bold</b>" in words(at)
    assert not any("<img" in block.proto.body for block in at.get("html"))
    assert "\\*\\*b\\*\\*" in next(label for label in (button.label for button in press(at, "All cases").button) if "img" in label)


def test_a_guideline_without_cases_offers_to_set_one(ankle) -> None:
    at = opened()
    assert "No cases yet" in words(at)
    press(at, "Set a case")
    assert address(at, "mode") == "set"


def test_faults_in_a_file_of_cases_are_told_with_their_line_and_sound_cases_stay(ankle) -> None:
    ankle(CASEBOOK + "  - {{id: b, title: B, vignette: V, stages: [{{tells: T, facts: {{crakc: yes}}}}]}}\n")
    at = opened()
    assert re.search(r"^cases\.yaml:\u2060?12: error: 'crakc'", at.warning[0].value)
    assert any("img" in label for label in buttons(at))


def test_a_case_changed_meanwhile_begins_again_and_the_log_is_kept(ankle) -> None:
    file = ankle()
    at = press(commit(opened(case="a"), "boot"), "Next stage")
    file.write_text(file.read_text("utf-8").replace("Later.", "Much later."), "utf-8")
    drawn(at)
    assert "changed meanwhile" in at.info[0].value
    assert "Stage 1 of 2" in words(at)
    assert len(log(at)) == 1
    commit(at, "boot")
    assert [entry.attempt for entry in log(at)] == [1, 2]


def tiny(**steps: Step) -> Guideline:
    film = Observable("film", "Film", "Broken?", "yes-no")
    return Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "", phases={"p": Phase("p", "P", 1)}, observables={"film": film}, steps=steps
    )


def test_a_presentation_that_can_be_due_is_an_option_and_one_that_only_begins_is_not() -> None:
    start, scan = Step("start", "Presentation", "Start", "", "p"), Step("scan", "Investigation", "Scan", "", "p", yields=("film",))
    silence = Step("silence", "Endpoint", "Silence", "", "p", endpoint="not-stated")
    plain = replace(tiny(start=start, scan=scan, silence=silence), transitions={"t": Transition("t", "start", "scan", "", "source")})
    assert [option.pick for option in options(plain)] == ["scan", NOT_STATED, UNDECIDED]
    waits = Transition("t", "start", "scan", "", "source", when=Comparison("c", "film", answer="yes"))
    assert "start" in {option.pick for option in options(replace(plain, transitions={"t": waits}))}


def test_steps_of_one_name_can_be_told_apart() -> None:
    steps = {id: Step(id, "Treatment", "Rest", "", "p") for id in ("a", "b")}
    assert [option.name for option in options(tiny(**steps))][:2] == ["Rest (a)", "Rest (b)"]


def test_a_remark_in_brackets_is_no_part_of_a_name_unless_it_tells_two_steps_apart() -> None:
    labels = {"a": "Fusion (open)", "b": "Fusion (through the skin)", "c": "Cut the nerve (never)", "d": "Rest"}
    steps = {id: Step(id, "Treatment", label, "", "p", short_label=f"{label}, hopeless") for id, label in labels.items()}
    assert [option.name for option in options(tiny(**steps))][:4] == ["Fusion (open)", "Fusion (through the skin)", "Cut the nerve", "Rest"]


def test_every_pick_on_every_answer_can_be_revealed_on_any_guideline() -> None:
    whole_way = practice_answer.whole_way
    ankle = load(str(SMALL)).guideline
    given = [(SAMPLE, case.facts(number)) for case in CASES for number in range(len(case.stages))]
    given += [
        (ankle, facts(one, ankle)) for one in ({}, {"crack": "no"}, {"crack": "yes"}, {"crack": "yes", "weeks": 7, "steps-walked": 9})
    ]
    given += [(tiny(), {})]
    for guideline, known in given:
        practice = Practice()
        for option in options(guideline):
            practice.round_of(option.pick, guideline, Case("c", "", "", (Stage("", known),)))
            entry = practice.commit(option.pick, 1, 0, option.pick, "", 0.0)
            assert entry is not None
            walked = walk(guideline, entry.facts)
            edges = practice_answer.deciding(guideline, walked, entry.answer, entry.facts)
            way = practice_answer.against(walked, entry.pick)
            assert practice_answer.named(guideline, walked, entry.answer, entry.facts)
            shown = [*edges, *([way] if way else [])]
            assert all(practice_answer.body(guideline, edge, whole_way(guideline, walked, edge, entry.facts)) for edge in shown)
            assert entry.outcome == "right" or practice_answer.why_not(guideline, walked, entry, way, told=way in edges)
        rights = {entry.pick for entry in practice.log if entry.outcome == "right"}
        assert rights >= set(practice.log[0].named), "what the walk names can be chosen"
