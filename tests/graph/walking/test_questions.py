"""Whoever answers only what the walk asks is led on, until it ends, falls silent or has to wait."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.partition import partition
from edgewise.graph.model import AllOf, Comparison, Observable
from edgewise.graph.reading.implied import DONE
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.readings import still_missing
from edgewise.graph.walking.walk import walk
from tests.graph.by_hand import edge, made, step
from tests.graph.small_guidelines import guidelines

CHECKS = settings(deadline=None, max_examples=80)

WEEKS = Observable("weeks", "Weeks of pain", "?", "quantity", unit="wk", minimum=Decimal(0), accrues=True)
FLAG = Observable("flag", "Red flag", "?", "yes-no")
RELIEF = Observable("relief", "Relief", "?", "quantity", unit="%", repeated=True)
SHORT = Comparison("short", "weeks", bounds=(("<", Decimal(6)),), unit="wk")
LONG = Comparison("long", "weeks", bounds=(("≥", Decimal(6)),), unit="wk")
NO_FLAG = Comparison("none", "flag", answer="no")
TWICE = Comparison("twice", "relief", bounds=(("≥", Decimal(70)),), unit="%", times=2)


@st.composite
def answers(draw, guideline, id, whole=True):
    """An answer that the guideline allows; of a series, where not `whole`, some values may not be known."""
    cells = partition(guideline, id).cells
    answer = draw(st.sampled_from([cell.sample for cell in cells]))
    if isinstance(answer, tuple) and not whole:
        answer = tuple(draw(st.sampled_from([value, None])) for value in answer)
    return answer


def answerable(guideline):
    return [id for id in guideline.observables if partition(guideline, id).cells]


@st.composite
def patients(draw, guideline):
    known = draw(st.sets(st.sampled_from(sorted(answerable(guideline)))))
    return {id: draw(answers(guideline, id, whole=False)) for id in sorted(known)}


def missing(facts, id):
    """Whether nothing is known of an observable, or a value of its series is not."""
    return id not in facts or (isinstance(facts[id], tuple) and None in facts[id])


def undecided(guideline, walked, facts):
    """Edges that an answer may decide: what is to be known after a step that is said not to be done is not asked before it is."""
    found = [choice for choice in walked.edges.values() if choice.reached and choice.state == "undecided"]
    return [choice for choice in found if not said_undone(guideline, choice.transition.source, facts)]


def said_undone(guideline, id, facts):
    """Whether somebody says that a step, or that with which it goes along, is not done."""
    return "no" in (facts.get(DONE + id), facts.get(DONE + guideline.steps[id].companion_of))


def wants(trace):
    """Observables whose comparison is neither true nor false."""
    if isinstance(trace.criterion, Comparison):
        return {trace.criterion.observable} if trace.truth is Truth.UNKNOWN else set()
    return set().union(*map(wants, trace.parts))


@CHECKS
@given(guideline=guidelines(), data=st.data())
def test_answering_only_what_is_asked_leads_on_until_nothing_is_left_to_ask(guideline, data):
    facts = data.draw(patients(guideline))
    asked = []
    while True:
        walked = walk(guideline, facts)
        assert all(missing(facts, id) or still_missing(guideline, id, facts[id]) for id in walked.questions), "what is known is not asked"
        assert all(id in facts for id in walked.awaited)
        assert len(set(walked.questions)) == len(walked.questions)
        open_to_us = [id for id in walked.questions if id in answerable(guideline)]
        if not open_to_us:
            break
        asked.append(data.draw(st.sampled_from(open_to_us)))
        answer = data.draw(answers(guideline, asked[-1]))
        if isinstance(answer, tuple) and still_missing(guideline, asked[-1], answer):
            answer *= 3  # no window is longer: what is asked for is told at once
        assert len(asked) == len(set(asked)), "nothing is asked twice"
        facts = {**facts, asked[-1]: answer}
    if walked.questions:
        return  # what nobody can answer
    assert undecided(guideline, walked, facts) == []
    assert walked.stands != "undecided"


@CHECKS
@given(guideline=guidelines(), data=st.data())
def test_every_edge_that_is_undecided_has_an_answer_asked_that_it_wants(guideline, data):
    facts = data.draw(patients(guideline))
    walked = walk(guideline, facts)
    for choice in undecided(guideline, walked, facts):
        source = guideline.steps[choice.transition.source]
        main = guideline.steps.get(source.companion_of, source)
        step_itself = {*main.yields, *(one.id for one in guideline.observables.values() if one.finishes in (main.id, source.id))}
        assert set(walked.questions) & (wants(choice.trace) | step_itself)


@CHECKS
@given(guideline=guidelines(), data=st.data())
def test_a_walk_without_a_step_due_and_without_a_silence_asks_something(guideline, data):
    walked = walk(guideline, data.draw(patients(guideline)))
    asks = walked.questions or (walked.resting and walked.awaited)
    assert walked.due or walked.silent or walked.silent_at or asks or walked.stands == "done" or not walked.path


# By hand --------------------------------------------------------------------------------------------------------------------


def test_what_can_only_grow_does_not_hide_what_is_not_known():
    home = edge("start", "home", AllOf("all", (SHORT, NO_FLAG)))
    guideline = made([step("start", "Presentation"), step("home", "Endpoint", endpoint="discharge")], [home], [WEEKS, FLAG])
    walked = walk(guideline, {"weeks": Decimal(2)})
    assert (walked.due, walked.silent, walked.questions, walked.awaited) == ((), False, ("flag",), ())
    assert walk(guideline, {"weeks": Decimal(2), "flag": "no"}).due == ("home",)
    assert walk(guideline, {"weeks": Decimal(2), "flag": "yes"}).silent
    assert walk(guideline, {}).questions == ("weeks",), "one after the other"


def test_where_only_waiting_leads_on_nothing_is_asked_and_the_walk_rests_at_a_step_that_is_done():
    guideline = made([step("start", "Presentation"), step("end")], [edge("start", "end", LONG)], [WEEKS])
    walked = walk(guideline, {"weeks": Decimal(2)})
    assert (walked.due, walked.resting, walked.questions, walked.awaited) == ((), ("start",), (), ("weeks",))


def test_a_series_of_which_a_value_is_missing_is_asked_and_one_that_may_be_longer_is_awaited():
    guideline = made([step("start", "Presentation"), step("end")], [edge("start", "end", TWICE)], [RELIEF])
    for series, asked, awaited in (((90, None), ("relief",), ()), ((90,), (), ("relief",)), ((90, 80), (), ()), ((50, 50), (), ())):
        walked = walk(guideline, {"relief": tuple(None if one is None else Decimal(one) for one in series)})
        assert (walked.questions, walked.awaited) == (asked, awaited)


def test_a_step_tells_that_it_is_done_even_where_nothing_depends_on_what_it_yields():
    guideline = made([step("start", "Presentation"), step("film", yields=("flag",))], [edge("start", "film")], [FLAG])
    walked = walk(guideline, {})
    assert (walked.due, walked.questions) == (("film",), ("flag",))
    assert walk(guideline, {"flag": "no"}).silent


def test_a_companion_asks_for_its_main_step_though_the_walk_does_not_come_there():
    steps = [step("start", "Presentation"), step("main", yields=("flag",)), step("beside", companion_of="main")]
    walked = walk(made(steps, [edge("start", "beside")], [FLAG]), {})
    assert (walked.due, walked.questions) == (("beside",), ("flag",))


def test_an_option_and_a_second_road_are_asked_about_too_but_after_where_the_walk_stands():
    steps = [step("start", "Presentation"), step("care", yields=("weeks",)), step("rest"), step("more")]
    edges = [edge("start", "care"), edge("start", "rest", NO_FLAG, role="option"), edge("start", "more", NO_FLAG)]
    assert walk(made(steps, edges, [FLAG, WEEKS]), {}).questions == ("weeks", "flag")
    only = made(steps[:3], [edges[0], edges[1]], [FLAG, WEEKS])
    assert walk(only, {"weeks": Decimal(1)}).questions == ("flag",)


def test_a_count_that_nobody_has_begun_is_asked_where_an_edge_takes_it_to_be_nothing():
    steps = [step("start", "Presentation"), step("care", yields=("weeks",)), step("end")]
    guideline = made(steps, [edge("start", "end", LONG)], [WEEKS])
    walked = walk(guideline, {})
    assert (walked.due, walked.resting, walked.questions, walked.awaited) == ((), ("start",), ("weeks",), ())


def test_a_step_that_goes_on_although_its_routes_are_closed_says_what_it_waits_for():
    both = AllOf("all", (LONG, NO_FLAG))
    steps = [step("start", "Presentation"), step("care", yields=("weeks",)), step("end")]
    guideline = made(steps, [edge("start", "care"), edge("care", "end", both)], [WEEKS, FLAG])
    walked = walk(guideline, {"weeks": Decimal(2), "flag": "yes"})
    assert (walked.due, walked.questions, walked.awaited) == (("care",), (), ("weeks",))
