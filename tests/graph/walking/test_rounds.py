"""A loop that is entered again asks afresh: visits are walked as if every round of it were written out."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from edgewise.graph.durations import Duration
from edgewise.graph.model import AllOf, Choice, Comparison, Not, Observable
from edgewise.graph.walking.visits import BEGINNING, Timeline, parse_told
from edgewise.graph.walking.walk import SHUT, present, walk, walk_once
from tests.graph.by_hand import edge, made, step
from tests.graph.looping import base, copy, heard, loopings, told_flat, unrolled, visits_of, with_done
from tests.graph.small_guidelines import guidelines
from tests.graph.walking.test_loops import told
from tests.graph.walking.test_questions import patients

CHECKS = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def round_come_to(looping, walked, most):
    """The last copy of the loop to which the walk of the unrolled guideline has come; the first where it has come to none."""
    return max([number for number in range(1, most + 1) if copy(looping.loop[0], number) in walked.path], default=1)


def left_due(looping, walked, number):
    """What is due in copies of the loop that the walk has left for the next."""
    return [id for id in walked.due if base(id) in looping.loop and id != copy(base(id), number)]


@CHECKS
@given(data=st.data())
def test_a_walk_over_visits_is_the_walk_of_the_guideline_with_its_loop_unrolled(data):
    looping = data.draw(loopings())
    visits = data.draw(visits_of(looping))
    most = len(visits) + 2  # the last that can be come to, and one to which its ways back lead
    written_out, flat, number = unrolled(looping, most), {}, 1
    for count, visit in enumerate(visits, 1):
        flat |= {told_flat(id, looping, number): answer for id, answer in visit.items()}
        expected = walk(written_out, flat)
        number = round_come_to(looping, expected, most)
        assume(not left_due(looping, expected, number))
        now = walk(looping.guideline, *heard(looping.guideline, visits[:count]))
        assert set(now.due) == {base(id) for id in expected.due}
        assert max((one.number for one in now.rounds), default=1) == number
        here = [id for id in expected.path if base(id) not in looping.loop or id == copy(base(id), number)]
        assert set(now.path) == {base(id) for id in here}
        states = {id: shut_or_not(choice) for id, choice in now.edges.items() if choice.reached}
        assert states == {base(id): shut_or_not(choice) for id, choice in expected.edges.items() if choice.transition.source in here}


def shut_or_not(choice):
    """The state of an edge; which ranges the source names before a step is another matter once the step is written twice."""
    return "shut" if choice.state in SHUT else choice.state


@CHECKS
@given(guideline=guidelines(), data=st.data())
def test_at_the_visit_at_which_a_walk_comes_back_the_same_is_due_as_if_all_were_told_at_once(guideline, data):
    facts = data.draw(patients(guideline))
    line = Timeline(BEGINNING, {id: (BEGINNING,) * (len(answer) if isinstance(answer, tuple) else 1) for id, answer in facts.items()})
    at_once, now = walk(guideline, facts), walk(guideline, facts, line)
    looped = {id for one in now.rounds for id in one.steps}
    assume(not any(guideline.steps[id].kind == "Endpoint" for id in looped))  # an end in a loop is left without having been done
    assert set(at_once.due) <= set(now.due)
    if not now.rounds:
        assert told(at_once) == told(now)


@CHECKS
@given(data=st.data())
def test_what_the_present_comes_down_to_walks_like_the_next_visit(data):
    looping = data.draw(loopings())
    visits = data.draw(visits_of(looping, most=4))
    guideline = looping.guideline
    now = present(guideline, *heard(guideline, visits[:-1] or visits))
    then = present(guideline, *heard(guideline, visits)) if visits[1:] else now
    assume(then.rounds == now.rounds)  # where it does not lead round once more
    walked = walk_once(now.guideline, {**now.facts, **(visits[-1] if visits[1:] else {})})
    assert told(walked) == told(walk(guideline, *heard(guideline, visits)))


# Told visit by visit ----------------------------------------------------------------------------------------------------

PRESSURE = Observable("pressure", "Pressure", "?", "quantity", unit="mm[Hg]", repeated=True)
DRUGS = Observable("drugs", "Drugs", "?", "choice", choices=tuple(Choice(one, one) for one in ("one", "doubled", "both")))
HIGH = Comparison("high", "pressure", bounds=(("≥", Decimal(140)),), unit="mm[Hg]", statistic="mean", window=2)


def when(drugs):
    return AllOf(f"high on {drugs}", (HIGH, Comparison("drugs", "drugs", one_of=(drugs,))))


@pytest.fixture
def titration():
    steps = [step("start", "Presentation"), step("drug"), step("review", yields=("drugs",)), step("double"), step("both")]
    steps += [step("fine", "Endpoint", endpoint="discharge")]
    edges = [
        edge("start", "drug", HIGH),
        edge("drug", "review"),
        edge("review", "double", when("one")),
        edge("double", "review"),
        edge("review", "both", when("doubled")),
        edge("both", "review"),
        edge("review", "fine", Not("not high", HIGH)),
    ]
    return with_done(made(steps, edges, [PRESSURE, DRUGS]))


STORY = [
    ({"at": "0 wk", "pressure": [152, 148]}, ["drug"], 1),
    ({"at": "1 d", "done": ["drug"]}, ["review"], 1),
    ({"at": "4 wk", "pressure": [144, 142], "drugs": "one"}, ["double"], 1),
    ({"at": "5 wk", "done": ["double"]}, ["review"], 2),
    ({"at": "6 wk"}, ["review"], 2),
    ({"at": "7 wk", "pressure": [141]}, ["review"], 2),
    ({"at": "9 wk", "pressure": [145], "drugs": "doubled"}, ["both"], 2),
    ({"at": "10 wk", "done": ["both"]}, ["review"], 3),
    ({"at": "14 wk", "pressure": [120, 118], "drugs": "both"}, ["fine"], 3),
]


def at_visit(guideline, *visits):
    known = parse_told(list(visits), guideline)
    return walk(guideline, known.facts, known.timeline)


@pytest.mark.parametrize("number", range(1, len(STORY) + 1))
def test_one_review_step_is_due_again_after_every_change(titration, number):
    walked = at_visit(titration, *(visit for visit, _, _ in STORY[:number]))
    _, due, rounds = STORY[number - 1]
    assert list(walked.due) == due
    assert max((one.number for one in walked.rounds), default=1) == rounds


def test_a_round_says_since_when_it_runs_and_what_is_known_of_the_one_before_alone(titration):
    (now,) = at_visit(titration, *(visit for visit, _, _ in STORY[:6])).rounds
    assert (now.entries, now.steps, now.number, str(now.since)) == (("review",), ("review", "double", "both"), 2, "5 weeks")
    assert now.before == {"drugs": "one", "done:double": "yes"}


def test_the_same_answer_told_once_more_is_told_anew(titration):
    known = parse_told([visit for visit, _, _ in STORY[:4]], titration)
    line = known.timeline.moved(Duration(Decimal(9), "wk"))
    assert walk(titration, known.facts, line).due == ("review",)
    assert walk(titration, known.facts, line.again({"drugs": "one"})).due == ("double",)


def test_several_rounds_worth_told_at_once_are_one_round(titration):
    at_once = {"at": "9 wk", "pressure": [152, 148, 144, 142], "drugs": "doubled", "done": ["drug", "double", "both"]}
    walked = at_visit(titration, at_once)
    assert (walked.due, [one.number for one in walked.rounds]) == (("review",), [2])


def test_what_is_tried_counts_as_told_now(titration):
    known = parse_told([visit for visit, _, _ in STORY[:4]], titration)
    assert walk(titration, {**known.facts, "pressure": (*known.facts["pressure"], Decimal(190))}, known.timeline).due == ("review",)
    now = present(titration, known.facts, known.timeline)
    assert walk_once(now.guideline, {**now.facts, "drugs": "doubled"}).due == ("both",)


def yes(*ids):
    return [Observable(id, id.title(), "?", "yes-no") for id in ids]


def told_yes(id):
    return Comparison(id, id, answer="yes")


def test_what_was_come_to_by_a_side_exit_stays_come_to_and_the_loop_goes_on():
    steps = [step("start", "Presentation"), step("look", yields=("worse", "bleeds")), step("press"), step("ward")]
    edges = [
        edge("start", "look"),
        edge("look", "press", told_yes("worse")),
        edge("press", "look"),
        edge("look", "ward", told_yes("bleeds")),
    ]
    guideline = with_done(made(steps, edges, yes("worse", "bleeds")))
    first = {"at": "0 h", "worse": "yes", "bleeds": "yes", "done": ["press"]}
    assert set(at_visit(guideline, first).due) == {"look", "ward"}
    assert set(at_visit(guideline, first, {"at": "1 h", "worse": "yes", "bleeds": "no"}).due) == {"press", "ward"}
    assert at_visit(guideline, first, {"at": "1 h", "done": ["ward"]}).due == ("look",)


def test_a_smaller_loop_goes_round_without_the_larger_and_begins_anew_with_it():
    steps = [step("start", "Presentation"), step("day", yields=("fever",)), step("dose", yields=("pain",)), step("home")]
    edges = [edge("start", "day"), edge("day", "dose"), edge("dose", "dose", told_yes("pain")), edge("dose", "day", told_yes("fever"))]
    edges += [edge("dose", "home", Not("n", told_yes("pain")))]
    guideline = with_done(made(steps, edges, yes("fever", "pain")))
    visits = [{"at": "0 h", "fever": "no", "pain": "yes"}, {"at": "1 h", "pain": "yes"}]
    inner = at_visit(guideline, *visits)
    assert (inner.due, [(one.entries, one.number) for one in inner.rounds]) == (("dose",), [(("dose",), 3)])
    outer = at_visit(guideline, {"at": "0 h", "fever": "yes", "pain": "yes"}, {"at": "1 h", "fever": "yes", "pain": "no"})
    assert [one.steps for one in outer.rounds] == [("day", "dose")]


def test_two_loops_go_round_each_for_itself():
    steps = [step("start", "Presentation"), step("a", yields=("more-a",)), step("b", yields=("more-b",))]
    edges = [edge("start", "a"), edge("start", "b"), edge("a", "a", told_yes("more-a")), edge("b", "b", told_yes("more-b"))]
    guideline = made(steps, edges, yes("more-a", "more-b"))
    walked = at_visit(guideline, {"at": "0 h", "more-a": "yes"}, {"at": "1 h", "more-a": "yes"}, {"at": "2 h", "more-b": "yes"})
    assert set(walked.due) == {"a", "b"}
    assert {one.entries: one.number for one in walked.rounds} == {("a",): 3, ("b",): 2}


def test_a_loop_entered_at_several_steps_is_done_again_from_each():
    steps = [step("start", "Presentation"), step("a", yields=("one",)), step("b", yields=("two",))]
    edges = [edge("start", "a"), edge("start", "b"), edge("a", "b"), edge("b", "a")]
    guideline = made(steps, edges, yes("one", "two"))
    walked = at_visit(guideline, {"at": "0 h", "one": "yes", "two": "yes"})
    assert (set(walked.due), walked.rounds[0].entries) == ({"a", "b"}, ("a", "b"))
    assert set(at_visit(guideline, {"at": "0 h", "one": "yes", "two": "yes"}, {"at": "1 h", "one": "no"}).due) == {"b"}


def test_what_was_found_out_before_the_loop_is_not_due_again_though_the_loop_asks_the_same():
    steps = [step("start", "Presentation"), step("first", yields=("high",)), step("fluid"), step("again", yields=("high",))]
    edges = [
        edge("start", "first"),
        edge("first", "fluid", told_yes("high")),
        edge("fluid", "again"),
        edge("again", "fluid", told_yes("high")),
    ]
    guideline = with_done(made(steps, edges, yes("high")))
    now = at_visit(guideline, {"at": "0 h", "high": "yes"}, {"at": "1 h", "done": ["fluid"]})
    assert now.due == ("fluid",)
    assert now.path[:2] == ("start", "fluid") or "first" in now.path
