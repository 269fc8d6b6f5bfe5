"""Cases judged by the walk: each rule with a case that passes and one that fails; and where `check` tells of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from edgewise.explorer.cli.intake import check as check_names
from edgewise.graph.cases.book import read_casebook
from edgewise.graph.cases.check import check_cases
from edgewise.graph.library import check, find, load
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding
from tests.places import DATA

SI = load("sacroiliac-sclerosis").guideline
SMALL = DATA / "small.yaml"
ANKLE = load(str(SMALL)).guideline

Stages = list[dict[str, Any]]


def judged(stages: Stages, guideline: Any = SI) -> list[Finding]:
    case = {"id": "a", "title": "A", "vignette": "Pain.", "stages": [{"tells": "t", **stage} for stage in stages]}
    book = read_casebook(json.dumps({"guideline": guideline.id, "cases": [case]}), "cases.yaml", guideline)
    assert book.findings == ()
    return list(check_cases(book, guideline))


def rules(stages: Stages, guideline: Any = SI) -> list[str]:
    return [finding.rule for finding in judged(stages, guideline)]


def good() -> Stages:
    """Two stages that no rule has anything against."""
    return [
        {
            "facts": {"radiographs": "sclerosis", "inflammatory-suspicion": "no"},
            "expect": "conservative-care",
            "lures": [{"step": "si-joint-fusion", "why": "It hurts.", "pitfall": "s34"}],
            "points": [{"text": "All begin here.", "basedOn": "s8"}],
        },
        {"facts": {"conservative-months": 2}, "expect": "conservative-care"},
        {"facts": {"conservative-months": 4, "conservative-failed": "yes", "block-relief": [75]}, "expect": "diagnostic-injections"},
        {"facts": {"block-relief": [75, 76], "hip-spine-excluded": "yes"}, "expect": "not-stated"},
    ]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (["acei", "arb"], []),
        ("arb", []),
        ("home", ["contradicted-expectation"]),
        (["arb", "home"], ["contradicted-expectation"]),
    ],
)
def test_of_alternatives_a_case_may_expect_any(expected: Any, found: list[str]) -> None:
    guideline = load(DATA / "sets.yaml").guideline
    stage = {"facts": {"urgent": "no", "shock": "no"}, "expect": expected, "points": [{"text": "One will do.", "basedOn": "s1"}]}
    assert [one.rule for one in judged([stage], guideline) if one.severity == "error"] == found


def test_good_cases_are_left_alone() -> None:
    assert rules(good()) == []


@pytest.mark.parametrize(
    ("stage", "key", "value", "rule", "severity"),
    [
        (1, "expect", "diagnostic-injections", "contradicted-expectation", "error"),
        (1, "expect", None, "missing-expectation", "warning"),
        (0, "lures", [{"step": "conservative-care", "why": "w"}], "lure-is-due", "error"),
        (0, "lures", [{"step": "si-joint-fusion", "why": "w", "pitfall": "s33"}], "not-a-pitfall", "error"),
        (0, "points", [{"text": "t"}], "point-without-statement", "error"),
        (0, "points", [{"text": "t", "basedOn": []}], "point-without-statement", "error"),
        (1, "facts", {"radiographs": "sclerosis"}, "stage-adds-nothing", "warning"),
        (1, "facts", {}, "stage-adds-nothing", "warning"),
        (1, "facts", {"radiographs": "negative"}, "contradicts-earlier-stage", "error"),
        (1, "facts", {"rfa-attempts-failed": 1}, "fact-before-its-step", "warning"),
        (1, "revises", ["conservative-months"], "needless-revises", "warning"),
        (1, "revises", ["documented"], "needless-revises", "warning"),
        (1, "early", ["conservative-months"], "needless-early", "warning"),
    ],
)
def test_each_rule_finds_its_fault_and_only_that(stage: int, key: str, value: object, rule: str, severity: str) -> None:
    stages = good()
    stages[stage][key] = value
    if value is None:
        del stages[stage][key]
    (finding,) = judged(stages)
    assert (finding.rule, finding.severity, finding.value) == (rule, severity, "a")
    assert finding.message.startswith(f"case 'a', stage {stage + 1}: ")
    assert finding.repair


# ------------------------------------------------------------------------------------------------------- expectations


def contradiction(expect: object, facts: dict[str, Any]) -> Finding:
    (finding,) = [found for found in judged([{"facts": facts, "expect": expect}]) if found.rule == "contradicted-expectation"]
    return finding


AT_THE_BLOCKS = {"radiographs": "sclerosis", "inflammatory-suspicion": "no", "conservative-months": 6, "conservative-failed": "yes"}


@pytest.mark.parametrize(
    ("expect", "facts", "says", "repair"),
    [
        ("cooled-rfa", {**AT_THE_BLOCKS, "block-relief": [75, 76]}, "0 of 2 (75 %, 76 %)", "expect: not-stated"),
        (
            "si-joint-fusion",
            {**AT_THE_BLOCKS, "block-relief": [82, 83]},
            "several failed RFA attempts (at least 2: modeller's reading): nothing told yet",
            "expect: cooled-rfa",
        ),
        ("si-joint-fusion", AT_THE_BLOCKS, "comes after Cooled RFA", "expect: diagnostic-injections"),
        ("not-stated", {**AT_THE_BLOCKS, "block-relief": [82, 83]}, "2 of 2 (82 %, 83 %)", "expect: cooled-rfa"),
        ("undecided", {**AT_THE_BLOCKS, "block-relief": [75, 76]}, "0 of 2 (75 %, 76 %)", "expect: not-stated"),
        ("conservative-care", AT_THE_BLOCKS, "is behind already (known: Conservative care failed", "expect: diagnostic-injections"),
        ("conservative-care", {"radiographs": "sclerosis"}, "Not known yet: Suspicion of active", "expect: undecided"),
        (
            "endoscopic-neurectomy",
            {**AT_THE_BLOCKS, "block-relief": [82, 83]},
            "the modeller reads the source as advising against this step",
            "expect: cooled-rfa",
        ),
        ("presentation", {}, "'SI joint sclerosis with chronic pain' is behind already.", "expect: xray-si-joints"),
        ("xray-spine", {}, "'X-ray spine' only goes along with another step", "expect: xray-si-joints"),
        (
            ["cooled-rfa", "diagnostic-injections"],
            AT_THE_BLOCKS,
            "'Cooled RFA, S1–S3 lateral branches' is not due",
            "diagnostic-injections",
        ),
    ],
)
def test_a_contradiction_tells_the_answer_and_what_decides_it(expect: object, facts: dict[str, Any], says: str, repair: str) -> None:
    finding = contradiction(expect, facts)
    assert says in finding.message
    assert repair in finding.repair


@pytest.mark.parametrize("expect", ["xray-si-joints", ["xray-si-joints", "xray-spine"], ["xray-spine", "xray-si-joints"]])
def test_what_goes_along_with_a_step_may_be_named_or_left_out(expect: object) -> None:
    assert "contradicted-expectation" not in rules([{"expect": expect}])


def test_a_step_that_no_edge_leads_to_is_explained() -> None:
    adrift = replace(SI, transitions={id: edge for id, edge in SI.transitions.items() if edge.target != "si-joint-fusion"})
    (finding,) = judged([{"expect": "si-joint-fusion"}], adrift)[:1]
    assert "No edge leads to 'SI joint fusion, last resort'" in finding.message


def test_an_option_is_never_due() -> None:
    option = contradiction(
        "mri-si-joints-with-and-without-contrast", {"radiographs": "negative", "inflammatory-suspicion": "yes", "mri-possible": "yes"}
    )
    assert "'MRI SI joints, ± contrast' is not due" in option.message


def test_other_guidelines_are_judged_by_their_own_steps_and_units() -> None:
    stages: Stages = [
        {"facts": {"crack": "no", "side": "left", "widening": ["0.5 cm"]}, "expect": "picture"},
        {"facts": {"widening": [5, 6]}, "expect": ["lift", "boot"]},
        {"facts": {"weeks": "7 d", "steps-walked": 3}, "expect": "boot"},
    ]
    assert "contradicted-expectation" not in rules(stages, ANKLE)
    stages[1]["expect"] = "home"
    assert rules(stages, ANKLE).count("contradicted-expectation") == 1


# ---------------------------------------------------------------------------------------------- lures, stages, endings


def test_an_option_that_the_source_offers_is_no_lure() -> None:
    facts = {"radiographs": "negative", "inflammatory-suspicion": "yes", "mri-possible": "yes"}
    stage = {"facts": facts, "expect": "mri-si-joints-without-contrast"}
    lured = [
        {**stage, "lures": [{"step": step, "why": "w"}]}
        for step in ("mri-si-joints-with-and-without-contrast", "ct-si-joints-without-contrast")
    ]
    assert [rules([one]) for one in lured] == [["lure-is-due"], []]


def test_a_companion_of_a_step_due_is_no_lure() -> None:
    assert "lure-is-due" in rules([{"expect": "xray-si-joints", "lures": [{"step": "xray-spine", "why": "w"}]}])


@pytest.mark.parametrize(
    ("before", "now", "contradicts"),
    [
        ({"conservative-months": 2}, {"conservative-months": 3}, False),
        ({"conservative-months": 3}, {"conservative-months": 2}, True),
        ({"rfa-attempts-failed": 1}, {"rfa-attempts-failed": 2}, False),
        ({"block-relief": [75]}, {"block-relief": [75, 80]}, False),
        ({"block-relief": [None]}, {"block-relief": [75]}, False),
        ({"block-relief": [75]}, {"block-relief": [80]}, True),
        ({"block-relief": [75, 80]}, {"block-relief": [75]}, True),
        ({"block-relief": [75]}, {"block-relief": [None, 75]}, True),
        ({"documented": "no"}, {"documented": "yes"}, True),
        ({"documented": "no"}, {"documented": "no", "mri-possible": "no"}, False),
    ],
)
def test_what_merely_grows_is_no_contradiction(before: dict[str, Any], now: dict[str, Any], contradicts: bool) -> None:
    found = rules([{"facts": before}, {"facts": now}])
    assert ("contradicts-earlier-stage" in found) is contradicts


def test_a_patient_who_has_changed_may_be_told_otherwise() -> None:
    stages: Stages = [{"facts": {"documented": "no"}}, {"facts": {"documented": "yes"}, "revises": ["documented"]}]
    assert not {"contradicts-earlier-stage", "needless-revises"} & set(rules(stages))


def test_what_was_done_out_of_turn_may_be_told_early() -> None:
    facts = {"radiographs": "sclerosis", "inflammatory-suspicion": "no", "block-relief": [85, 85]}
    stage: dict[str, Any] = {"facts": facts, "expect": "conservative-care"}
    assert (rules([stage]), rules([{**stage, "early": "block-relief"}])) == (["fact-before-its-step"], [])


def test_what_no_step_finds_out_is_never_early() -> None:
    assert "fact-before-its-step" not in rules([{"facts": {"documented": "yes", "mri-possible": "no"}}])


def test_a_case_that_stays_where_everybody_begins_goes_nowhere() -> None:
    start: Stages = [{"expect": "xray-si-joints"}, {"facts": {"documented": "no"}, "expect": "xray-si-joints"}]
    assert rules(start) == ["goes-nowhere"]
    assert rules([*start, {"facts": {"radiographs": "sclerosis"}, "expect": "undecided"}]) == []


def test_faults_of_form_and_of_sense_are_told_together_by_line() -> None:
    text = """\
guideline: sacroiliac-sclerosis
cases:
  - id: a
    title: A
    vignette: Pain.
    stages:
      - tells: t
        facts: {radiographs: sclerosis, inflammatory-suspicion: no}
        expect: cooled-rfa
  - id: b
    titel: B
    vignette: Pain.
    stages:
      - tells: t
        expect: cooled-rfa
  - id: c
    title: C
    vignette: Pain.
    stages:
      - tells: t
        points:
          - {text: t}
        expect: xray-si-joints
"""
    found = [(finding.line, finding.rule) for finding in check_cases(read_casebook(text, "c.yaml", SI), SI)]
    assert found == [(9, "contradicted-expectation"), (11, "unknown-key"), (20, "goes-nowhere"), (22, "point-without-statement")]


def test_a_reason_is_never_endless() -> None:
    assert len(contradiction("si-joint-fusion", AT_THE_BLOCKS).message) < 700


# ---------------------------------------------------------------------------------------- what `edgewise check` tells


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(find("sacroiliac-sclerosis"), tmp_path)
    shutil.copy(find("sacroiliac-sclerosis").with_name("cases.yaml"), tmp_path)
    return tmp_path


def change(file: Path, edit: Callable[[str], str]) -> None:
    text = file.read_text("utf-8")
    assert edit(text) != text
    file.write_text(edit(text), "utf-8")


def spoil(folder: Path) -> None:
    change(folder / "cases.yaml", lambda text: text.replace("expect: conservative-care", "expect: cooled-rfa", 1))


def test_the_cases_of_the_library_are_judged_with_their_guideline(folder: Path) -> None:
    assert check(folder / "guideline.yaml")[1] == ()
    spoil(folder)
    ((finding,), (alone,)) = (check(folder / name)[1] for name in ("guideline.yaml", "cases.yaml"))
    assert (finding.file, finding.rule) == (str(folder / "cases.yaml"), "contradicted-expectation")
    assert alone == finding
    line = (folder / "cases.yaml").read_text("utf-8").splitlines()[finding.line - 1]
    assert line.strip() == "expect: cooled-rfa"


def test_a_guideline_loads_whatever_its_cases_are(folder: Path) -> None:
    (folder / "cases.yaml").write_bytes(b"\xff[[[")
    assert load(str(folder)).guideline.id == "sacroiliac-sclerosis"
    assert [finding.rule for finding in check(folder / "guideline.yaml")[1]] == ["not-utf-8"]


def test_without_a_sound_guideline_cases_are_not_judged_and_that_is_said(folder: Path) -> None:
    change(folder / "guideline.yaml", lambda text: text.replace("publisher:", "publihser:"))
    beside, alone = (check(folder / name)[1] for name in ("guideline.yaml", "cases.yaml"))
    assert [(finding.rule, finding.severity) for finding in beside][-1] == ("cases-not-checked", "note")
    assert [(finding.rule, finding.severity) for finding in alone] == [("cases-not-checked", "error")]


def test_cases_without_any_guideline_beside_them_are_refused_clearly(folder: Path) -> None:
    (folder / "guideline.yaml").unlink()
    assert [finding.rule for finding in check(folder / "cases.yaml")[1]] == ["cases-without-guideline"]
    (folder / "cases.yaml").unlink()
    assert [finding.rule for finding in check(folder / "cases.yaml")[1]] == ["no-file"]


def test_cases_are_not_loaded_as_a_guideline(folder: Path) -> None:
    with pytest.raises(SourceError, match="a file of this name holds cases"):
        load(str(folder / "cases.yaml"))


def test_the_command_counts_both_files_and_tells_each_finding_once(folder: Path) -> None:
    spoil(folder)
    both = check_names([str(folder), str(folder / "cases.yaml"), str(folder / "guideline.yaml")])
    assert (both.files, [finding.rule for finding in both.faults], both.unreadable) == (2, ["contradicted-expectation"], ())


def test_cases_that_cannot_be_opened_are_told_as_such(folder: Path) -> None:
    (folder / "cases.yaml").unlink()
    (folder / "cases.yaml").mkdir()
    checked = check_names([str(folder)])
    assert (checked.files, checked.faults, [finding.rule for finding in checked.unreadable]) == (1, (), ["not-a-file"])
