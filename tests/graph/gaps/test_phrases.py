"""Two routes that are open together are told once, in a phrase that holds of exactly those in whom they are."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.cover import cover
from edgewise.graph.answers.diagram import NEVER
from edgewise.graph.gaps.fitting import concerns
from edgewise.graph.gaps.phrases import Terms, phrase, terms
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.library import load
from edgewise.graph.model import Alternative, AnyOf, Bundle, Candidate, Comparison
from tests.graph.brute_force import Brute, lies_in
from tests.graph.by_hand import edge, made, questions, step, yes
from tests.graph.small_guidelines import guidelines, with_sets
from tests.places import DATA

ENDS = [step("ankle", "Endpoint", endpoint="discharge"), step("foot", "Endpoint", endpoint="discharge")]
BEGIN = step("start", "Presentation")


def holds(told, cells):
    """Whether terms hold of a patient's cells."""
    if told.all_parts:
        return all(any(cells[id] in held for id, held in part.items()) for part in told.parts)
    return any(lies_in(cells, part) for part in told.parts)


@settings(deadline=None, max_examples=100)
@given(guidelines())
def test_the_terms_hold_of_exactly_those_in_whom_both_routes_are_open(guideline):
    brute, situations = Brute(guideline), Situations(guideline)
    family, routes = situations.diagrams, [one for one in guideline.transitions.values() if one.role == "route"]
    for one, other in ((a, b) for a, b in combinations(routes, 2) if a.source == b.source):
        reached = situations.reached(one.source)
        both = family.both(reached, situations.opened(one), situations.opened(other))
        if both == NEVER:
            continue
        unwanted = family.without(reached, both)
        told = terms(situations, cover(family, both, unwanted, most=1000), both, unwanted, 1000)
        found = {key for key in brute.reaching(one.source) if holds(told, brute.cells[key])}
        assert found == {key for key, walked in brute.walks.items() if {one.id, other.id} <= set(walked.followed)}


def overlaps(guideline):
    return [row for row in find_gaps(guideline).rows if row.kind == "overlap"]


def any_of(*names):
    return AnyOf("any", tuple(yes(name) for name in names))


def two_routes(first, second, count=4, **more):
    guideline = made([BEGIN, *ENDS], [edge("start", "ankle", first), edge("start", "foot", second)], questions(count))
    return replace(guideline, **more)


def test_two_conditions_of_several_signs_each_are_one_row_and_not_one_for_each_pair_of_signs():
    (row,) = overlaps(two_routes(any_of("q0", "q1"), any_of("q2", "q3")))
    assert row.situation == "Question 0: yes or Question 1: yes; and Question 2: yes or Question 3: yes"
    assert (row.observables, row.example) == (("q0", "q1", "q2", "q3"), {"q0": "yes", "q2": "yes"})
    assert len(row.everywhere) == 4
    assert row.text == f"After “Start” two different steps follow at once, “Ankle” and “Foot” ({row.situation})."


def test_what_one_answer_tells_is_told_by_that_answer():
    (row,) = overlaps(two_routes(yes("q0"), any_of("q0", "q1"), 2))
    assert (row.situation, row.also) == ("Question 0: yes", ())


def test_where_answers_would_be_too_many_to_read_the_row_tells_what_the_edges_ask():
    many = [AnyOf("any", tuple(yes(f"q{n}") for n in range(start, start + 9))) for start in (0, 9)]
    (row,) = overlaps(two_routes(*many, 18))
    assert row.situation == "all that “start to ankle” and “start to foot” ask for"
    assert row.observables == tuple(f"q{n}" for n in range(18))


def test_where_there_are_too_many_combinations_one_row_still_tells_it_and_one_line_says_so(monkeypatch):
    monkeypatch.setattr("edgewise.graph.gaps.ways.MOST", 3)
    guideline = two_routes(any_of("q0", "q1"), any_of("q2", "q3"))
    found = find_gaps(guideline)
    (row,) = [row for row in found.rows if row.kind == "overlap"]
    assert row.situation == "Question 0: yes or Question 1: yes; and Question 2: yes or Question 3: yes", "it can still be told in short"
    assert [words for words in found.unchecked if "both" in words] == [
        "Start: which answers open both “start to ankle” and “start to foot” is not told one by one, as there are more than 3"
    ]
    assert concerns(guideline, row, {"q0": "yes"}), "what is not told rules nobody out"


def test_a_row_concerns_a_patient_in_any_of_its_situations_and_no_other():
    guideline = two_routes(any_of("q0", "q1"), any_of("q2", "q3"))
    (row,) = overlaps(guideline)
    assert concerns(guideline, row, {"q1": "yes", "q3": "yes"})
    assert concerns(guideline, row, {"q0": "no"})
    assert not concerns(guideline, row, {"q0": "no", "q1": "no"})


@pytest.mark.parametrize(
    "more",
    [
        {"bundles": {"b": Bundle("b", "At once", ("ankle", "foot"))}},
        {"alternatives": {"a": Alternative("a", "Either", (Candidate("a/1", "ankle"), Candidate("a/2", "foot")))}},
    ],
    ids=["begun together", "alternatives"],
)
def test_steps_that_belong_together_are_no_overlap(more):
    assert not overlaps(two_routes(yes("q0"), yes("q1"), 2, **more))


def test_routes_that_share_nothing_with_a_bundle_overlap_as_before():
    guideline = two_routes(yes("q0"), yes("q1"), 2, bundles={"b": Bundle("b", "At once", ("start", "ankle"))})
    assert len(overlaps(guideline)) == 1


def test_what_only_tells_which_step_to_prefer_is_used():
    asked = {row.observables for row in find_gaps(load(DATA / "sets.yaml").guideline).rows if row.kind == "never-asked"}
    assert ("cough",) not in asked
    assert ("grown",) in asked


def test_a_long_phrase_is_none():
    guideline = two_routes(yes("q0"), yes("q1"), 17)
    situations = Situations(guideline)
    parts = tuple({f"q{n}": frozenset({0})} for n in range(17))
    assert phrase(situations, Terms(parts)) == ""
    assert phrase(situations, Terms(parts[:2])) == "Question 0: yes; or Question 1: yes"


def test_one_comparison_of_numbers_is_told_in_words():
    (row,) = overlaps(two_routes(Comparison("c", "q0", answer="yes"), None, 1))
    assert row.situation == "Question 0: yes"


@settings(deadline=None, max_examples=60)
@given(guidelines(most=60), st.data())
def test_with_bundles_and_alternatives_the_rows_are_exactly_the_other_overlaps(guideline, data):
    grouped = data.draw(with_sets(guideline))
    groups = [set(one.together) for one in grouped.bundles.values()] + [set(one.steps) for one in grouped.alternatives.values()]
    brute, rows = Brute(grouped), overlaps(grouped)
    routes = [one for one in grouped.transitions.values() if one.role == "route" and not grouped.steps[one.target].companion_of]
    for one, other in combinations(routes, 2):
        ends, told = {one.target, other.target}, [row for row in rows if row.edges == (one.id, other.id)]
        both = {key for key, walked in brute.walks.items() if {one.id, other.id} <= set(walked.followed)}
        meant = one.source != other.source or len(ends) == 1 or any(ends <= group for group in groups)
        assert len(told) == (0 if meant or not both else 1)
        assert set().union(*(brute.told(row) & brute.reaching(row.step) for row in told)) == (both if told else set())
