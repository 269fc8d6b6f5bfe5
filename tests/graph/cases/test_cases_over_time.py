"""A case told over time: stages with `at` are visits, and what a loop asks anew is told again."""

from textwrap import dedent

import pytest

from edgewise.graph.cases.book import read_casebook
from edgewise.graph.cases.check import check_cases
from edgewise.graph.cases.writer import cases_yaml
from edgewise.graph.library import load
from tests.places import DATA

TITRATED = """\
guideline: hypertension
cases:
  - id: titrated
    title: A driver comes back
    vignette: A driver of 50.
    stages:
      - tells: Two readings, 152/94 and 148/92.
        facts:
          {systolic: [152, 148], diastolic: [94, 92], pregnancy: no, secondary: no, organ-damage: no, known-hypertension: yes,
           age: 50, diabetes: no, african-origin: no, angioedema: no, cough: no}
        expect: acei
      - at: 1 d
        tells: The tablets are taken.
        facts: {done: [acei]}
        expect: undecided
      - at: 29 d
        tells: Back on one drug, 144/88 and 142/86.
        facts: {systolic: [152, 148, 144, 142], diastolic: [94, 92, 88, 86], treatment: one-drug}
        expect: double
      - at: 30 d
        tells: So it was done.
        facts: {done: [double]}
        expect: undecided
      - at: 58 d
        tells: Four weeks have gone by.
        expect: review
      - at: 59 d
        tells: Doubled, 140/86 and 138/84.
        facts: {systolic: [152, 148, 144, 142, 140, 138], diastolic: [94, 92, 88, 86, 86, 84], treatment: doubled}
        expect: both
"""


@pytest.fixture(scope="module")
def guideline():
    return load(str(DATA / "guidelines" / "hypertension")).guideline


def judged(text, guideline):
    return [(one.rule, one.line) for one in check_cases(read_casebook(text, "cases.yaml", guideline), guideline)]


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_a_loop_that_is_entered_again_is_told_round_by_round(guideline):
    assert judged(TITRATED, guideline) == []
    (case,) = read_casebook(TITRATED, "cases.yaml", guideline).cases.values()
    assert [[one.number for one in case.present(guideline, stage).rounds] for stage in range(6)] == [[], [], [], [2], [2], [2]]


def test_without_times_the_same_stages_contradict_one_another(guideline):
    timeless = dedent(TITRATED)
    for time in ("1 d", "29 d", "30 d", "58 d", "59 d"):
        timeless = timeless.replace(f"- at: {time}\n        tells", "- tells")
    found = {rule for rule, _ in judged(timeless, guideline)}
    assert {"contradicts-earlier-stage", "stage-adds-nothing"} <= found


def test_times_go_forward(guideline):
    text = TITRATED.replace("at: 30 d", "at: 20 d")
    assert ("visits-out-of-order", line_of(text, "at: 20 d")) in judged(text, guideline)


@pytest.mark.parametrize("time", ["4 cm", "soon", "[1 d]", "2026-11-27"])
def test_what_is_no_time_is_refused_with_its_line(guideline, time):
    text = TITRATED.replace("at: 30 d", f"at: {time}")
    assert ("not-a-time", line_of(text, f"at: {time}")) in judged(text, guideline)


def test_what_is_written_is_read_back(guideline):
    cases = tuple(read_casebook(TITRATED, "cases.yaml", guideline).cases.values())
    again = read_casebook(cases_yaml(cases, "hypertension"), "cases.yaml", guideline)
    assert tuple(again.cases.values()) == cases
