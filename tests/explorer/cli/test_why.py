"""`edgewise why`: why a step is due, why not, and the least that would lead to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edgewise.explorer.cli.intake import load
from edgewise.graph import library
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk
from tests.explorer.calls import SI, SMALL, answer, refused, run

ABLATED = (
    "{radiographs: sclerosis, inflammatory-suspicion: no, conservative-months: 6, conservative-failed: yes, "
    "block-relief: [85, 88], hip-spine-excluded: no, rfa-attempts-failed: 1}"
)


def test_the_answer_comes_first_then_every_condition_then_the_least_changes():
    lines = run("why", SI, "si-joint-fusion", "--facts", "-", given=ABLATED).stdout.splitlines()
    assert lines[3:5] == [
        "Minimally invasive SI joint fusion (si-joint-fusion)",
        "Closed: Hip and spine excluded: no (needed on the way: yes).",
    ]
    for line in (
        "        ✗ hip and spine excluded as main source: no (s19, step 2, bullet 3; s26, step 4, criterion 2; cites [2])",
        "        ? course of treatment documented: not known (s29, step 4, criterion 5; cites [2])",
        "  It would take another finding",
        "    – Hip and spine excluded: yes – now no; whether it can change is not said (s19, step 2, bullet 3; s26, step 4, criterion 2)",
        "    – Course of treatment documented: yes – not known yet (s29, step 4, criterion 5)",
    ):
        assert line in lines
    assert any(
        line.startswith(
            "        ◔ several failed RFA attempts (at least 2: modeller's reading): 1 (needed: at least 2 (modeller's reading)) (s22"
        )
        for line in lines
    )
    assert any(line.startswith("        ✓ two or more blocks with at least 70 % relief: 2 of 2") for line in lines)
    assert "For education only" in lines[-1]


def test_both_kinds_of_changes_are_grouped_and_the_next_question_is_named():
    given = "{radiographs: sclerosis, inflammatory-suspicion: yes, mri-possible: yes}"
    text = run("why", SI, "conservative-care", "--facts", "-", given=given).stdout
    assert text.index("  Can still come") < text.index("  It would take another finding")
    assert "Ask next: Does the MRI or CT show active inflammatory disease" in text
    read = "◇ the modeller’s inference, not stated by the source; the edge rests on: s1, summary, sentence 1; s8, step 1, lead; cites"
    assert read in text
    assert "      not come to: that step is not reached" in text


def test_programs_get_everything_in_exactly_these_words():
    told = answer("why", SI, "si-joint-fusion", "--facts", "-", given=ABLATED)
    assert list(told) == [
        "step", "along", "state", "headline", "remark", "graded", "ways", "changes", "more", "complete", "question", "useful",
        "facts", "warnings",
    ]  # fmt: skip
    assert (told["state"], told["along"], told["more"], told["complete"], told["question"]) == ("shut", None, 0, True, None)
    (way,) = told["ways"]
    assert list(way) == ["edge", "from", "state", "reached", "statedBy", "whose", "why", "condition", "statements", "markers"]
    assert list(way["condition"]) == ["text", "outcome", "joint", "statedBy", "basedOn", "statements", "markers", "parts"]
    assert [part["outcome"] for part in way["condition"]["parts"]] == ["holds", "holds", "holds", "fails", "not-yet", "not-known"]
    (change,) = told["changes"]
    assert change["possible"] is False
    first = {"observable": "hip-spine-excluded", "needs": "yes", "kind": "told", "now": "no"}
    assert change["needs"][0] == first | {"statedBy": "source", "basedOn": ["s19", "s26"], "remark": None}


def test_the_example_of_a_change_can_be_walked_and_comes_to_the_step():
    guideline = load(SI).guideline
    (change,) = answer("why", SI, "si-joint-fusion")["changes"]
    assert "si-joint-fusion" in walk(guideline, parse_facts(change["example"], guideline)).due


def test_what_to_ask_next_comes_with_its_reason():
    told = answer("why", SI, "conservative-care", "--facts", "-", given="{radiographs: negative}")
    assert told["question"] == told["useful"][0]["observable"] == "inflammatory-suspicion"
    assert told["useful"][0] == {
        "observable": "inflammatory-suspicion",
        "decides": 2.0,
        "most": 3,
        "of": 6,
        "rulingOut": None,
        "reason": "decides up to 3 of 6 undecided edges on the way to Conservative care, 3–6 months",
    }


def test_every_step_of_every_guideline_can_be_asked_about():
    for name in (SI, SMALL):
        for step in answer("show", name)["ids"]["steps"]:
            assert answer("why", name, step)["step"] == step
            assert run("why", name, step).exit_code == 0
    assert answer("why", SMALL, "lift")["along"] == "boot"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cooled-rfb"], "unknown step 'cooled-rfb': did you mean 'cooled-rfa'?"),
        (["\x1b[31m"], "unknown step"),
        (["cooled-rfa", "--facts", "nowhere.yaml"], "the facts cannot be read"),
    ],
)
def test_what_cannot_be_answered_is_refused(arguments, words):
    (line,) = refused("why", SI, *arguments)
    assert words in line
    assert "\x1b" not in line
    assert "unknown step" in answer("why", SI, "cooled-rfb", code=2)["error"]


def test_no_label_can_steer_the_terminal(monkeypatch):
    held = library.load(str(library.find(SI)))
    evil = replace(held.guideline.observables["documented"], label="x\x1b]0;owned\x07\u202e", question="y\x1b[2J")
    guideline = replace(held.guideline, observables={**held.guideline.observables, "documented": evil})
    monkeypatch.setattr(library, "load", lambda _: replace(held, guideline=guideline))
    assert not set(run("why", SI, "si-joint-fusion").output) & set("\x1b\x07\u202e")


def test_the_state_of_an_edge_is_told_in_words_as_the_walk_tells_it():
    given = "{radiographs: sclerosis, inflammatory-suspicion: no, conservative-months: 1, conservative-failed: yes}"
    told = run("why", SI, "diagnostic-injections", "--facts", "-", given=given).stdout
    assert "(edge conservative-care-to-diagnostic-injections: not yet)" in told
    assert "not-yet" not in told


def test_an_item_of_a_score_that_is_a_group_is_told_by_its_points_and_its_parts(tmp_path):
    file, item = (
        tmp_path / "guideline.yaml",
        "{exactly: 1, of: [{observable: side, oneOf: [left]}, {observable: weeks, atLeast: 2, unit: wk}]}",
    )
    text = Path(SMALL).read_text(encoding="utf-8").replace(item, "{any: [{observable: side, oneOf: [left]}, {observable: crack, is: no}]}")
    text = text.replace("    not: {observable: crack, is: yes}\n- id: t-later", "    {observable: stiffness, moreThan: 1}\n- id: t-later")
    file.write_text(text, encoding="utf-8")
    lines = [line.strip() for line in run("why", str(file), "home", "--facts", "-", given="{side: right}").stdout.splitlines()]
    at = lines.index("? -0.5, any of:")
    assert [line.partition(" (")[0] for line in lines[at + 1 : at + 3]] == ["✗ Side: Right", "? Crack: not known"]
