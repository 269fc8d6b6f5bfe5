"""Whose word a walk is: what decided an edge, and to which steps only the modeller's reading leads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.attribution import BEYOND, NO_PASSAGE, PARTLY, READING, Word, joint, whose, word
from edgewise.graph.library import load
from edgewise.graph.model import AllOf, AnyOf, Comparison, Not
from edgewise.graph.pathway import comparisons
from edgewise.graph.walking.criteria import Trace, joined
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.inference import decided_by
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.walk import walk
from tests.graph.attributed import attributed
from tests.graph.small_guidelines import patients

SAMPLE = load("sacroiliac-sclerosis").guideline
BARE, BASED = Comparison("bare", "months"), Comparison("based", "months", based_on=("s1",))
FILMS = {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        (BARE, Word("modeller", (), NO_PASSAGE)),
        (BASED, Word("source", ("s1",))),
        (replace(BASED, stated_by="modeller"), Word("modeller", ("s1",), READING)),
        (AllOf("g", (BASED, BASED)), Word("source", ("s1",))),
        (AllOf("g", (BARE, BARE)), Word("modeller", (), NO_PASSAGE)),
        (AnyOf("g", (BARE, BASED)), Word("modeller", ("s1",), PARTLY)),
        (Not("g", BARE), Word("modeller", (), NO_PASSAGE)),
        (AllOf("g", (BASED,), stated_by="modeller"), Word("modeller", ("s1",), READING)),
        (AllOf("g", (BARE,), based_on=("s2",)), Word("source", ("s2",))),
    ],
)
def test_a_condition_is_the_word_of_whoever_its_own_passages_show(criterion, expected):
    assert word(criterion) == expected
    assert whose(criterion) == expected.stated_by


def test_nothing_together_is_nobodys_reading():
    assert joint([]) == Word()


# ---- what decided an edge --------------------------------------------------------------------------------------------


@st.composite
def traces(draw):
    """Traces of every shape, of which the leaves come out as they like."""
    truths = st.sampled_from(Truth)

    def leaf(truth, basis):
        return Trace(Comparison("c", "o", based_on=basis), truth, truth, "")

    def grouped(parts, shape):
        held = tuple(parts)[:1] if shape is Not else tuple(parts)
        criteria = tuple(part.criterion for part in held)
        return joined(Not("g", criteria[0]) if shape is Not else shape("g", criteria), held)

    leaves = st.builds(leaf, truths, st.sampled_from([(), ("s1",)]))
    groups = st.sampled_from([AllOf, AnyOf, Not])
    return draw(st.recursive(leaves, lambda part: st.builds(grouped, st.lists(part, min_size=1, max_size=3), groups), max_leaves=6))


def as_the_source_has_it(trace: Trace) -> Trace:
    """The same with everything unknown that the modeller asks."""
    if isinstance(trace.criterion, Comparison):
        return trace if trace.criterion.based_on else replace(trace, truth=Truth.UNKNOWN)
    return joined(trace.criterion, tuple(map(as_the_source_has_it, trace.parts)))


@given(traces())
def test_the_source_decided_what_would_come_out_the_same_without_the_modellers_conditions(trace):
    if trace.truth is not Truth.UNKNOWN:
        assert (decided_by(trace) == "source") == (as_the_source_has_it(trace).truth is trace.truth)


# ---- steps that were come to -----------------------------------------------------------------------------------------


@given(attributed(), st.data())
@settings(max_examples=150)
def test_without_the_modellers_edges_the_walk_comes_to_the_steps_that_are_neither_inferred_nor_beyond(guideline, data):
    facts = data.draw(st.sampled_from([facts for _, facts in patients(guideline)]))
    walked = walk(guideline, facts)
    marked = {*walked.inferred, *walked.beyond}
    kept = {id: edge for id, edge in guideline.transitions.items() if walked.edges[id].whose == "source"}
    less = walk(replace(guideline, transitions=kept), facts)
    assert not set(walked.inferred) & set(walked.beyond)
    assert set(less.path) == set(walked.path) - marked
    for id in walked.path:
        assert bool(walked.remark(id)) == (id in marked)


@pytest.mark.parametrize(
    ("told", "inferred", "beyond"),
    [
        ({}, (), ()),
        (FILMS, ("conservative-care",), ()),
        ({**FILMS, "conservative-months": 4, "conservative-failed": "yes"}, ("conservative-care",), ("diagnostic-injections",)),
    ],
)
def test_on_the_first_guideline_conservative_care_is_the_modellers_reading_and_what_follows_lies_beyond(told, inferred, beyond):
    walked = walk(SAMPLE, parse_facts(told, SAMPLE))
    assert (walked.inferred, walked.beyond) == (inferred, beyond)
    assert [walked.remark(id) for id in (*inferred, *beyond)] == [READING] * len(inferred) + [BEYOND] * len(beyond)


def test_a_value_of_the_modellers_makes_no_step_inferred():
    edge = SAMPLE.transitions["diagnostic-injections-to-cooled-rfa"]
    (one,) = comparisons(edge.when)
    edges = {**SAMPLE.transitions, edge.id: replace(edge, when=replace(one, inferred=("times",)))}
    guideline = replace(SAMPLE, transitions=edges)
    facts = parse_facts({**FILMS, "conservative-months": 4, "conservative-failed": "yes", "block-relief": [85, 85]}, guideline)
    walked = walk(guideline, facts)
    assert "cooled-rfa" in walked.beyond
    assert walked.edges[edge.id].trace.text == "two or more blocks with 80–90 % relief (2: modeller's reading): 2 of 2 (85 %, 85 %)"
