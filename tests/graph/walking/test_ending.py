"""The end of a walk: a last step, only waiting, or silence; and no end as long as an answer leads on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from edgewise.graph.library import load
from edgewise.graph.model import Comparison, Guideline, Observable, Step, Transition
from edgewise.graph.walking.ending import Ending, ending
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk

BEGUN = {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}
BLOCKED = {**BEGUN, "conservative-months": 6, "conservative-failed": "yes", "block-relief": [85, 85]}
WHOLE = {**BLOCKED, "rfa-attempts-failed": 2, "hip-spine-excluded": "yes", "documented": "yes"}


@cache
def si() -> Guideline:
    return load("sacroiliac-sclerosis").guideline


def end_of(guideline: Guideline, facts: dict[str, object]) -> Ending | None:
    known = parse_facts(facts, guideline)
    return ending(guideline, walk(guideline, known))


@pytest.mark.parametrize("facts", [{}, BEGUN, BLOCKED, {**BEGUN, "conservative-months": 1}, {**BLOCKED, "rfa-attempts-failed": 1}])
def test_as_long_as_an_answer_is_missing_that_leads_on_there_is_no_end(facts):
    assert end_of(si(), facts) is None


def test_a_step_from_which_nothing_leads_on_is_the_end():
    assert end_of(si(), WHOLE) == Ending("last", ("si-joint-fusion",))


def test_where_all_is_answered_and_time_or_repeating_alone_leads_on_only_waiting_is_left():
    assert end_of(si(), {**BEGUN, "conservative-months": 1, "conservative-failed": "yes"}) == Ending("waiting", ("conservative-care",))
    waiting = {**BLOCKED, "hip-spine-excluded": "yes", "documented": "yes", "rfa-attempts-failed": 1}
    assert end_of(si(), waiting) == Ending("waiting", ("cooled-rfa",))


def test_where_the_source_names_no_step_the_walk_ends_in_its_silence():
    facts = {**BEGUN, "conservative-months": 6, "conservative-failed": "no"}
    assert end_of(si(), facts) == Ending("silent", ("conservative-care",))


def test_a_step_that_leads_only_to_what_is_advised_against_is_an_end_and_a_companion_is_none_of_its_own():
    steps = {
        "start": Step("start", "Presentation", "Start", "", "p"),
        "rest": Step("rest", "Treatment", "Rest", "", "p"),
        "tea": Step("tea", "Treatment", "Tea", "", "p", companion_of="rest"),
        "knife": Step("knife", "Treatment", "Knife", "", "p"),
    }
    edges = (
        Transition("a", "start", "rest", "", "source"),
        Transition("b", "start", "tea", "", "source"),
        Transition("c", "rest", "knife", "", "source", role="excluded"),
    )
    guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", steps=steps, transitions={edge.id: edge for edge in edges})
    assert end_of(guideline, {}) == Ending("last", ("rest",))
    sick = Observable("sick", "Sick", "Sick?", "yes-no")
    asked = replace(edges[2], role="route", when=Comparison("x", "sick", answer="yes"))
    with_question = replace(guideline, observables={"sick": sick}, transitions={**guideline.transitions, "c": asked})
    assert end_of(with_question, {}) is None
