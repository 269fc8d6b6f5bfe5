"""The walk on the first guideline, row by row, and the laws it keeps on any guideline."""

from dataclasses import replace
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.library import load
from edgewise.graph.model import AllOf, Comparison, Guideline, Observable, Step, Transition
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk
from tests.graph.by_hand import edge, made, step
from tests.places import DATA

ROWS = {row["name"]: row for row in yaml.safe_load((DATA / "walk-table.yaml").read_text("utf-8"))}


def facts_of(row):
    before = facts_of(ROWS[row["like"]]) if "like" in row else {}
    return {**before, **row["facts"]}


@pytest.fixture(scope="module")
def guideline():
    return load("sacroiliac-sclerosis").guideline


@pytest.mark.parametrize("name", ROWS)
def test_the_table_is_answered(guideline, name):
    row = ROWS[name]
    answer = walk(guideline, parse_facts(facts_of(row), guideline))
    assert list(answer.due) == row["due"]
    assert list(answer.silent_at) == row.get("silent", [])
    assert answer.silent is ("silent" in row)
    if "path" in row:
        assert list(answer.path) == row["path"]
    if "questions" in row:
        assert list(answer.questions) == row["questions"]
    if "conflicts" in row:
        assert [sorted(conflict.passages) for conflict in answer.conflicts] == [sorted(ids) for ids in row["conflicts"]]
    if "options" in row:
        assert [choice.transition.target for choice in answer.open if choice.transition.role == "option"] == row["options"]
    for target, wanted in row.get("because", {}).items():
        why = " ".join(choice.why for choice in answer.closed if choice.transition.target == target)
        assert all(words in why for words in wanted), why
    for target, asked in row.get("undecided", {}).items():
        assert [list(choice.ask) for choice in answer.undecided if choice.transition.target == target] == [asked]
    for id, stated_by in row.get("by", {}).items():
        assert id in answer.followed
        assert guideline.transitions[id].stated_by == stated_by


@pytest.mark.parametrize("name", ROWS)
def test_what_a_closed_edge_wants_is_named(guideline, name):
    answer = walk(guideline, parse_facts(facts_of(ROWS[name]), guideline))
    for choice in answer.closed:
        if choice.transition.role != "excluded" and choice.reached:
            assert bool(choice.nearest) is (choice.state != "not-named"), choice.why
        assert choice.why
        assert all(change.observable in guideline.observables for change in choice.nearest)


def answers(observable):
    if observable.value_type == "yes-no":
        return st.sampled_from(["yes", "no"])
    if observable.value_type == "choice":
        return st.sampled_from([choice.value for choice in observable.choices])
    number = st.integers(0, 100 if observable.unit == "%" else 10).map(Decimal)
    return st.lists(number, min_size=1, max_size=4).map(tuple) if observable.repeated else number


@given(data=st.data())
def test_learning_more_never_reopens_a_decided_edge(guideline, data):
    complete = {id: data.draw(answers(observable)) for id, observable in guideline.observables.items()}
    some = data.draw(st.sets(st.sampled_from(list(complete))))
    more = some | data.draw(st.sets(st.sampled_from(list(complete))))
    before = walk(guideline, {id: complete[id] for id in some})
    after = walk(guideline, {id: complete[id] for id in more})
    for id, choice in before.edges.items():
        if choice.reached and choice.state == "closed":
            assert after.edges[id].state == "closed"
        if choice.state == "open":
            assert after.edges[id].state == "open"
    assert set(before.followed) <= set(after.followed)


@given(data=st.data())
def test_an_answer_is_due_or_waits_for_something_or_is_silent(guideline, data):
    known = data.draw(st.sets(st.sampled_from(list(guideline.observables))))
    answer = walk(guideline, {id: data.draw(answers(guideline.observables[id])) for id in sorted(known)})
    assert answer.due or answer.questions or answer.silent
    assert not (answer.silent and (answer.due or answer.questions))
    assert set(answer.due) <= set(answer.path)
    near = {choice.transition.target for choice in (*answer.open, *answer.closed, *answer.undecided)}
    offered = {edge.target for edge in guideline.transitions.values() if edge.role == "option"}
    assert near | set(answer.path) | offered == set(guideline.steps), "every step is on the path or answered for"


@given(data=st.data())
def test_nothing_is_reached_before_the_films(guideline, data):
    known = data.draw(st.sets(st.sampled_from([id for id in guideline.observables if id != "radiographs"])))
    answer = walk(guideline, {id: data.draw(answers(guideline.observables[id])) for id in sorted(known)})
    assert answer.due == ("xray-si-joints", "xray-spine")


# Guidelines of other shapes ---------------------------------------------------------------------------------------------


HEALED = Observable("healed", "Healed", "Healed?", "yes-no")
WEEKS = Observable("weeks", "Weeks", "How long?", "quantity", unit="wk", accrues=True)
is_healed = Comparison("c1", "healed", answer="yes")
not_healed = Comparison("c2", "healed", answer="no")


def test_a_loop_back_makes_its_target_due_again():
    guideline = made(
        [step("start", "Presentation"), step("cast", yields=("healed",)), step("home", "Endpoint", endpoint="discharge")],
        [edge("start", "cast"), edge("cast", "cast", not_healed), edge("cast", "home", is_healed)],
        [HEALED],
    )
    assert walk(guideline, {"healed": "no"}).due == ("cast",)
    assert walk(guideline, {"healed": "yes"}).due == ("home",)


def test_no_attempt_so_far_neither_ends_a_step_nor_keeps_the_walk_from_going_on():
    tries = Observable("tries", "Tries", "How many?", "count", accrues=True)
    guideline = made(
        [step("start", "Presentation"), step("drug", yields=("tries",)), step("knife"), step("home", "Endpoint", endpoint="discharge")],
        [edge("start", "drug"), edge("drug", "knife", AllOf("all", (Comparison("c", "tries", bounds=(("≥", Decimal(1)),)), is_healed)))],
        [HEALED, tries],
    )
    assert walk(guideline, {"healed": "no"}).due == ("drug",)
    assert walk(guideline, {"healed": "no", "tries": Decimal(0)}).due == ("drug",), "what was not begun is still due"
    assert walk(guideline, {"healed": "no", "tries": Decimal(1)}).silent_at == ("drug",)
    away = edge("drug", "home", Comparison("c0", "tries", bounds=(("≤", Decimal(0)),)))
    onward = replace(guideline, transitions={**guideline.transitions, away.id: away})
    assert walk(onward, {"healed": "no", "tries": Decimal(0)}).due == ("home",)


def test_a_longer_loop_comes_to_an_end():
    guideline = made(
        [step("start", "Presentation"), step("a"), step("b"), step("c")],
        [edge("start", "a"), edge("a", "b"), edge("b", "c"), edge("c", "a")],
    )
    assert walk(guideline, {}).due == ("a",)


def test_roads_that_meet_again_are_no_loop():
    guideline = made(
        [step("start", "Presentation"), step("a"), step("b"), step("end")],
        [edge("start", "a"), edge("start", "b"), edge("a", "end"), edge("b", "end")],
    )
    answer = walk(guideline, {})
    assert answer.due == ("end",)
    assert answer.path == ("start", "a", "b", "end")


def test_a_silent_branch_beside_one_that_goes_on_is_told_but_is_no_silence():
    guideline = made(
        [step("start", "Presentation"), step("a", yields=("healed",)), step("b"), step("end")],
        [edge("start", "a"), edge("start", "b"), edge("a", "end", is_healed)],
        [HEALED],
    )
    answer = walk(guideline, {"healed": "no"})
    assert (answer.due, answer.silent, answer.silent_at) == (("b",), False, ("a",))


def test_an_endpoint_that_says_not_stated_is_a_silence():
    guideline = made([step("start", "Presentation"), step("gap", "Endpoint", endpoint="not-stated")], [edge("start", "gap")])
    assert walk(guideline, {}).silent


def test_what_a_step_yields_does_not_stand_before_its_time_has_passed():
    months = Comparison("c3", "weeks", bounds=(("≥", Decimal(6)),), unit="wk")
    both = replace(is_healed, id="c4")
    guideline = made(
        [step("start", "Presentation"), step("cast", yields=("weeks", "healed")), step("home")],
        [edge("start", "cast"), edge("cast", "home", AllOf("c", (months, both)))],
        [HEALED, WEEKS],
    )
    assert walk(guideline, {"weeks": Decimal(2), "healed": "no"}).due == ("cast",)
    assert walk(guideline, {"weeks": Decimal(6), "healed": "no"}).silent


def test_a_guideline_without_a_beginning_answers_nothing():
    answer = walk(made([step("a")], []), {})
    assert (answer.due, answer.path, answer.silent) == ((), (), False)


def test_an_option_is_open_where_the_walk_falls_silent():
    """The source offers a rest to everybody, and names a next step only for broken bones."""
    broken = Comparison("c", "film", answer="yes")
    steps = {
        "start": Step("start", "Presentation", "Start", "", "p"),
        "x-ray": Step("x-ray", "Investigation", "X-ray", "", "p", yields=("film",)),
        "cast": Step("cast", "Treatment", "Cast", "", "p"),
        "rest": Step("rest", "Treatment", "Rest", "", "p"),
    }
    edges = {
        "first": Transition("first", "start", "x-ray", "first", "source"),
        "mend": Transition("mend", "x-ray", "cast", "broken", "source", when=broken),
        "rest": Transition("rest", "x-ray", "rest", "if wished", "source", role="option"),
    }
    films = {"film": Observable("film", "Film", "Broken?", "yes-no")}
    walked = walk(Guideline("g", "urn:g", *[""] * 8, steps=steps, observables=films, transitions=edges), {"film": "no"})
    assert walked.silent
    assert [choice.transition.id for choice in walked.open] == ["rest"]
