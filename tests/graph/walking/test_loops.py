"""Loops make due what they lead back to, and nothing depends on the order in which a guideline is written."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.model import Comparison, Observable
from edgewise.graph.walking.loops import come_back_to
from edgewise.graph.walking.walk import walk
from tests.graph.by_hand import edge, made, step
from tests.graph.small_guidelines import guidelines
from tests.graph.walking.test_questions import patients

CHECKS = settings(deadline=None, max_examples=80)


def shuffled(data, mapping):
    return {id: mapping[id] for id in data.draw(st.permutations(list(mapping)))}


def told(walked):
    """What a walk says, whatever order it says it in."""
    sets = [set(ids) for ids in (walked.due, walked.path, walked.followed, walked.silent_at, walked.questions, walked.awaited)]
    return *sets, walked.silent, {id: (choice.state, choice.reached) for id, choice in walked.edges.items()}


@CHECKS
@given(guideline=guidelines(), data=st.data())
def test_the_walk_says_the_same_in_whatever_order_steps_and_edges_are_written(guideline, data):
    facts = data.draw(patients(guideline))
    other = replace(guideline, steps=shuffled(data, guideline.steps), transitions=shuffled(data, guideline.transitions))
    assert told(walk(guideline, facts)) == told(walk(other, facts))


@st.composite
def graphs(draw, most=6):
    """Edges of which all can be come to from the first step."""
    steps = [str(n) for n in range(draw(st.integers(1, most)))]
    edges = set(draw(st.lists(st.tuples(st.sampled_from(steps), st.sampled_from(steps)), max_size=14)))
    reached, waiting = {"0"}, ["0"]
    while waiting:
        here = waiting.pop()
        fresh = {to for come, to in edges if come == here} - reached
        reached |= fresh
        waiting += fresh
    return {(come, to) for come, to in edges if come in reached}


def round_trip(edges, step, without=frozenset()):
    seen, waiting = set(), [step]
    while waiting:
        here = waiting.pop()
        fresh = {to for come, to in edges if come == here and to not in without} - seen
        seen |= fresh
        waiting += fresh
    return step in seen


@CHECKS
@given(graphs())
def test_every_loop_leads_back_to_some_step_that_is_due_and_no_other_step_is(edges):
    again = come_back_to(edges, ["0"])
    steps = {to for _, to in edges}
    assert all(round_trip(edges, id) for id in again), "it is come back to"
    assert not any(round_trip(edges, id, without=again) for id in steps - again), "no loop without one"


def test_a_loop_is_done_again_from_where_it_is_entered():
    assert come_back_to([("s", "a"), ("a", "b"), ("b", "c"), ("c", "a")], ["s"]) == {"a"}
    assert come_back_to([("s", "a"), ("a", "a")], ["s"]) == {"a"}
    assert come_back_to([("s", "a"), ("a", "s")], ["s"]) == {"s"}, "a walk begins there"


def test_a_loop_within_a_loop_is_done_again_too():
    assert come_back_to([("s", "a"), ("a", "b"), ("b", "c"), ("c", "b"), ("c", "a")], ["s"]) == {"a", "b"}


def test_a_step_within_a_loop_to_which_two_roads_lead_is_no_beginning():
    edges = [("s", "head"), ("head", "short"), ("head", "x"), ("x", "y"), ("y", "short"), ("short", "head")]
    assert come_back_to(edges, ["s"]) == {"head"}


HEALED = Observable("healed", "Healed", "Healed?", "yes-no")
WEEKS = Observable("weeks", "Weeks", "How long?", "quantity", unit="wk", minimum=Decimal(0), accrues=True)


def test_a_loop_entered_by_two_branches_makes_both_its_beginnings_due():
    steps = [step("start", "Presentation"), step("a"), step("b")]
    edges = [edge("start", "a"), edge("start", "b"), edge("a", "b"), edge("b", "a")]
    for order in (edges, edges[::-1]):
        assert set(walk(made(steps, order), {}).due) == {"a", "b"}


def test_a_walk_that_ends_with_companions_names_them():
    steps = [step("start", "Presentation"), step("beside", companion_of="start")]
    assert walk(made(steps, [edge("start", "beside")]), {}).due == ("beside",)


def test_the_walk_rests_at_a_companion_that_is_done_and_waits_for_what_it_does_not_count():
    longer = Comparison("c", "weeks", bounds=(("≥", Decimal(6)),), unit="wk")
    steps = [
        step("start", "Presentation"),
        step("main", yields=("healed",)),
        step("beside", companion_of="main"),
        step("next"),
        step("end"),
    ]
    edges = [edge("start", "main"), edge("start", "beside"), edge("main", "next"), edge("beside", "end", longer)]
    guideline = made(steps, edges, [HEALED, WEEKS])
    walked = walk(guideline, {"healed": "yes", "weeks": Decimal(2)})
    assert (walked.due, walked.resting, walked.awaited) == (("next",), ("beside",), ("weeks",))
