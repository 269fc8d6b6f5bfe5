"""Walks and whys are worked out once for what is known of a patient: what is remembered, and when it is reckoned anew."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.explorer.shell import worked_out
from edgewise.explorer.shell.worked_out import walk_of, why_of
from edgewise.graph.explaining.why import why
from edgewise.graph.library import load
from edgewise.graph.remembering import Remembering
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.walk import present, walk
from tests.explorer.drawn_pages import opened

GUIDELINE = load("sacroiliac-sclerosis").guideline
STEP = "si-joint-fusion"
FACTS: Facts = {"radiographs": "sclerosis", "inflammatory-suspicion": "no", "conservative-months": Decimal(2)}


def asked(facts: Facts, step: str = STEP) -> object:
    now = present(GUIDELINE, facts)
    return why_of(now, step, facts, walk_of(now))


def test_what_was_worked_out_is_what_is_worked_out_anew() -> None:
    now = present(GUIDELINE, FACTS)
    assert walk_of(now) == walk(GUIDELINE, FACTS)
    assert asked(FACTS) == why(GUIDELINE, STEP, FACTS)


def test_the_same_patient_is_walked_and_explained_once() -> None:
    assert walk_of(present(GUIDELINE, FACTS)) is walk_of(present(GUIDELINE, dict(FACTS)))
    assert asked(FACTS) is asked(dict(FACTS))


@pytest.mark.parametrize("other", [{**FACTS, "inflammatory-suspicion": "yes"}, {}, {**FACTS, "conservative-months": Decimal("2.0")}])
def test_another_patient_or_the_same_told_in_other_figures_is_reckoned_anew(other: Facts) -> None:
    assert walk_of(present(GUIDELINE, FACTS)) is not walk_of(present(GUIDELINE, other))
    assert asked(FACTS) is not asked(other)
    assert asked(other) == why(GUIDELINE, STEP, other)


def test_each_step_has_its_own_why_and_each_state_of_a_guideline_its_own_answers() -> None:
    assert asked(FACTS, "conservative-care") == why(GUIDELINE, "conservative-care", FACTS)
    changed = replace(GUIDELINE, title="Another")
    assert walk_of(present(changed, FACTS)) is not walk_of(present(GUIDELINE, FACTS))


def test_a_click_on_an_edge_and_back_asks_for_no_why_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(
        worked_out, "why", lambda guideline, step, facts, walked: made.append(step) or why(guideline, step, facts, walked=walked)
    )
    told = "radiographs~sclerosis conservative-months~1.25"  # of nobody else in these tests
    at: AppTest = opened(facts=told)
    first = list(made)
    at.run()
    assert first
    assert made == first


def test_of_many_answers_the_oldest_are_forgotten() -> None:
    some, made = Remembering(), list[int]()
    for number in range(200):
        some.once("square", number, lambda number=number: made.append(number) or number)
    some.once("square", 199, lambda: made.append(199))
    some.once("square", 0, lambda: made.append(0))
    assert made == [*range(200), 0]
