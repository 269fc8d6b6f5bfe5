"""Who falls into a pitfall: by its cautions, by the law, and by nobody's hand marks."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from edgewise.graph.cases.book import cases_of, read_casebook
from edgewise.graph.cases.check import check_cases
from edgewise.graph.cases.giveaways import told_by_title
from edgewise.graph.cases.model import Case, Stage
from edgewise.graph.cases.pitfalls import falls
from edgewise.graph.library import find, load
from edgewise.graph.model import Caution, Comparison, Guideline
from edgewise.graph.units import spelled
from edgewise.graph.walking.facts import parse_facts
from tests.places import DATA

SI = load("sacroiliac-sclerosis").guideline
ANKLE = load(str(DATA / "small.yaml")).guideline
FILMS = {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}
CARED = FILMS | {"conservative-months": 6, "conservative-failed": "yes"}
BLOCKED = CARED | {"block-relief": [85, 85], "hip-spine-excluded": "yes", "documented": "yes"}


def fallen(facts: dict[str, Any], step: str, guideline: Guideline = SI) -> set[str]:
    return {fall.pitfall for fall in falls(guideline, parse_facts(facts, guideline), step)}


@pytest.mark.parametrize(
    ("facts", "step", "pitfalls"),
    [
        (FILMS, "si-joint-fusion", {"s32", "s34", "s35", "s36"}),
        (FILMS, "cooled-rfa", {"s34", "s35"}),
        (FILMS, "diagnostic-injections", {"s35"}),
        (FILMS, "conservative-care", set()),
        (FILMS, "mri-si-joints-without-contrast", set()),
        (FILMS | {"conservative-months": 2}, "diagnostic-injections", {"s35"}),
        (CARED, "diagnostic-injections", set()),
        (CARED | {"block-relief": [85]}, "cooled-rfa", {"s35"}),
        (CARED | {"block-relief": [30, 20]}, "cooled-rfa", {"s34"}),
        (CARED | {"block-relief": [75, 76]}, "cooled-rfa", set()),
        (BLOCKED, "cooled-rfa", set()),
        (BLOCKED, "si-joint-fusion", {"s35", "s36"}),
        (BLOCKED | {"rfa-attempts-failed": 1}, "si-joint-fusion", {"s35", "s36"}),
        (BLOCKED | {"rfa-attempts-failed": 2}, "si-joint-fusion", set()),
        (BLOCKED | {"rfa-attempts-failed": 2, "documented": "no"}, "si-joint-fusion", {"s32"}),
        (BLOCKED | {"rfa-attempts-failed": 2, "hip-spine-excluded": "no"}, "si-joint-fusion", {"s34"}),
        (FILMS | {"block-relief": [85, 85]}, "cooled-rfa", {"s35"}),
        (FILMS | {"block-relief": [85, 85]}, "si-joint-fusion", {"s32", "s35", "s36"}),
    ],
)
def test_a_step_falls_into_what_it_violates(facts: dict[str, Any], step: str, pitfalls: set[str]) -> None:
    assert fallen(facts, step) == pitfalls


def test_what_is_due_falls_into_nothing_at_any_stage_of_any_case() -> None:
    for case in cases_of(find("sacroiliac-sclerosis"), SI):
        for number, stage in enumerate(case.stages):
            for step in stage.expect.steps if stage.expect else ():
                assert falls(SI, case.facts(number), step) == (), (case.id, number, step)


def test_a_fall_names_what_was_left_out_and_what_is_not_known_to_hold() -> None:
    found = falls(SI, parse_facts(CARED, SI), "si-joint-fusion")
    by_pitfall = {fall.pitfall: fall for fall in found}
    assert by_pitfall["s35"].skipped == ("diagnostic-injections", "cooled-rfa")
    assert [trace.text.partition(":")[0] for trace in by_pitfall["s32"].missing] == [
        "course of treatment documented",
        "two or more blocks with at least 70 % relief",
    ]


@pytest.mark.parametrize(
    ("facts", "step", "cautions"),
    [
        ({}, "boot", [1]),  # no week has been counted: fewer than nine
        ({}, "lift", [1]),
        ({"crack": "no", "weeks": 8}, "boot", [1, 2]),
        ({"crack": "yes", "weeks": 8}, "boot", []),
        ({"crack": "yes", "weeks": 9}, "boot", [3]),
        ({}, "home", []),
    ],
)
def test_each_form_of_a_caution_works_in_any_guideline(facts: dict[str, Any], step: str, cautions: list[int]) -> None:
    found = falls(ANKLE, parse_facts(facts, ANKLE), step)
    assert [int(fall.caution.id.rpartition("/")[2]) for fall in found] == cautions


def test_a_pitfall_without_cautions_is_nobodys() -> None:
    bare = replace(SI, statements={id: replace(one, cautions=()) for id, one in SI.statements.items()})
    assert falls(bare, parse_facts(FILMS, SI), "si-joint-fusion") == ()


def test_what_is_warned_of_while_it_holds_is_no_fall_while_it_is_not_known() -> None:
    caution = Caution("c", ("boot",), when=Comparison("c/when", "crack", answer="no"))
    said = replace(ANKLE.statements["s-pitfall"], cautions=(caution,))
    assert falls(replace(ANKLE, statements={"s-pitfall": said}), {}, "boot") == ()


# What the check says of it --------------------------------------------------------------------------------------------


def judged(title: str = "A", **stage: Any) -> list[str]:
    told = {"tells": "t", "facts": FILMS, "expect": "conservative-care", **stage}
    case = {"id": "a", "title": title, "vignette": "Pain.", "stages": [told]}
    book = read_casebook(json.dumps({"guideline": SI.id, "cases": [case]}), "cases.yaml", SI)
    return [finding.rule for finding in check_cases(book, SI)]


def test_a_lure_that_does_not_fall_into_the_pitfall_it_names_is_found() -> None:
    assert judged(lures=[{"step": "diagnostic-injections", "why": "Quick.", "pitfall": "s34"}]) == ["pitfall-not-met"]
    assert judged(lures=[{"step": "diagnostic-injections", "why": "Quick.", "pitfall": "s35"}]) == []


@pytest.mark.parametrize(
    "title",
    [
        "Conservative care for 3–6 months at last",
        "Suspicion of active inflammatory disease",
        "SCLEROSIS in the mill",
        "Cooled RFA, S1–S3 lateral branches",
    ],
)
def test_a_title_that_names_a_step_or_an_answer_is_found(title: str) -> None:
    assert judged(title) == ["title-tells"]


def test_a_title_that_names_a_person_is_left_alone() -> None:
    assert judged("The miller's back") == []


def test_what_is_told_may_not_call_the_answer_by_its_name() -> None:
    assert judged(tells="She wants conservative care, 3–6 months.") == ["answer-told"]
    assert judged(tells="She wants to be cared for.") == []


@pytest.mark.parametrize("title", ["Seventy-five per cent", "75 in June", "At seventy five"])
def test_a_figure_is_found_in_digits_and_in_words(title: str) -> None:
    case = Case("c", title, "", (Stage("", parse_facts({"block-relief": [75]}, SI)),))
    assert told_by_title(SI, case) == "'Relief by diagnostic blocks' (75)"


def test_a_figure_within_another_is_not_found() -> None:
    case = Case("c", "In 1975, at 7.5 knots", "", (Stage("", parse_facts({"block-relief": [75]}, SI)),))
    assert told_by_title(SI, case) == ""


def test_every_number_below_a_hundred_has_words_of_its_own() -> None:
    assert len({spelled(number) for number in range(100)}) == 100
