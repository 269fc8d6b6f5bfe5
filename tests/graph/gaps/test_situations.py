"""The walk as diagrams says of every patient what the walk says."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import ALWAYS, NEVER, TooLarge
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.library import load
from edgewise.graph.model import AllOf, Comparison, Guideline, Observable, Step, Transition
from edgewise.graph.walking.walk import walk
from tests.graph.small_guidelines import guidelines, patients


def holds(situations, node, assignment):
    known = {situations.variable[id]: cell for id, cell in assignment.items()}
    return situations.diagrams.restrict(node, known) == ALWAYS


@settings(deadline=None, max_examples=150)
@given(guideline=guidelines())
def test_every_patient_is_where_the_walk_says(guideline):
    situations = Situations(guideline)
    reached = {id: situations.reached(id) for id in guideline.steps}
    silent = {id: situations.both(reached[id], situations.silent(id)) for id in guideline.steps}
    for assignment, facts in patients(guideline):
        walked = walk(guideline, facts)
        assert {id for id in guideline.steps if holds(situations, reached[id], assignment)} == set(walked.path)
        assert {id for id in guideline.steps if holds(situations, silent[id], assignment)} == set(walked.silent_at)


@settings(deadline=None, max_examples=100)
@given(guideline=guidelines())
def test_every_edge_is_open_closed_or_pending_as_the_walk_says(guideline):
    situations = Situations(guideline)
    states = {id: (situations.opened(t), situations.closed(t), situations.pending(t)) for id, t in guideline.transitions.items()}
    for assignment, facts in patients(guideline):
        for id, choice in walk(guideline, facts).edges.items():
            found = [holds(situations, node, assignment) for node in states[id]]
            if choice.reached:
                state = {"not-named": "closed", "undecided": "not-yet"}.get(choice.state, choice.state)  # too few values for a mean, say
                assert dict(zip(("open", "closed", "not-yet"), found, strict=True))[state]
            assert found.count(True) == 1


@settings(deadline=None, max_examples=60)
@given(guideline=guidelines(most=60), data=st.data())
def test_a_silence_on_partial_facts_stays_whatever_is_learned(guideline, data):
    """Why complete patients are enough: what they do not show, no patient shows."""
    situations = Situations(guideline)
    assignment, facts = data.draw(st.sampled_from(list(patients(guideline))))
    known = data.draw(st.sets(st.sampled_from(sorted(facts))))
    for id in walk(guideline, {one: facts[one] for one in facts if one in known}).silent_at:
        assert holds(situations, situations.both(situations.reached(id), situations.silent(id)), assignment)


@pytest.fixture(scope="module")
def first():
    return Situations(load("sacroiliac-sclerosis").guideline)


def test_only_what_matters_on_the_way_enters_a_diagram(first):
    assert first.observables(first.reached("xray-si-joints")) == ()
    assert first.observables(first.reached("mri-si-joints-without-contrast")) == ("inflammatory-suspicion", "mri-possible")
    assert "documented" not in first.observables(first.reached("cooled-rfa"))
    assert "radiographs" not in first.observables(first.reached("si-joint-fusion"))


def test_what_is_only_offered_is_not_reached_by_the_walk(first):
    step = "mri-si-joints-with-and-without-contrast"
    assert first.reached(step) == NEVER
    assert first.reached(step, by_options=True) != NEVER
    assert first.reached("endoscopic-neurectomy", by_options=True) == NEVER


def test_facts_are_samples_of_cells_in_the_order_asked(first):
    assert first.facts({"documented": 1, "conservative-months": 2}) == {"conservative-months": Decimal(3), "documented": "no"}


def made(observables, edges, **more):
    steps = {id: Step(id, "Presentation" if id == "a" else "Treatment", id, "", "p") for id in "abc"}
    return Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps=steps, observables={one.id: one for one in observables}, transitions={edge.id: edge for edge in edges}, **more,
    )  # fmt: skip


def test_a_budget_that_is_too_small_is_said_not_ignored():
    asked = [Observable(f"o{n}", f"O{n}", "?", "yes-no") for n in range(8)]
    when = AllOf("all", tuple(Comparison("c", one.id, answer="yes") for one in asked))
    guideline = made(asked, [Transition("t", "a", "b", "t", "source", when=when)])
    assert Situations(guideline).reached("b") != NEVER
    with pytest.raises(TooLarge, match="more than 5 pieces"):
        Situations(guideline, budget=5).reached("b")


def test_an_observable_with_too_many_cells_is_refused_and_the_others_are_not():
    many = Observable("many", "Many", "?", "count", minimum=Decimal(0), repeated=True)
    few = Observable("few", "Few", "?", "yes-no")
    needs = Comparison("c", "many", bounds=(("≥", Decimal(5)),), times=9999)
    edges = [Transition("t", "a", "b", "t", "source", when=needs)]
    edges.append(Transition("u", "a", "c", "u", "source", when=Comparison("d", "few", answer="yes")))
    situations = Situations(made([many, few], edges))
    assert list(situations.refused) == ["many"]
    assert situations.reached("c") == situations.true(edges[1].when)
    with pytest.raises(TooLarge):
        situations.reached("b")


def test_steps_beyond_the_one_asked_about_are_never_looked_at():
    asked = [Observable(f"o{n}", f"O{n}", "?", "yes-no") for n in range(30)]
    parts = AllOf("all", tuple(Comparison("c", one.id, answer="yes") for one in asked[1:]))
    edges = [
        Transition("t", "a", "b", "t", "source", when=Comparison("c", "o0", answer="yes")),
        Transition("u", "b", "c", "u", "source", when=parts),
    ]
    situations = Situations(made(asked, edges), budget=20)
    assert situations.observables(situations.reached("b")) == ("o0",)
