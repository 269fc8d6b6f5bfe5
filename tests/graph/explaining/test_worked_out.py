"""Why, what leads there, and what if, where bounds are worked out from other answers: against the walk, number by number."""

from decimal import Decimal
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.cases import model as cases
from edgewise.graph.explaining.approach import Approach, ways_in
from edgewise.graph.explaining.least_changes import Search
from edgewise.graph.explaining.what_if import segment_at, vary
from edgewise.graph.explaining.why import why
from edgewise.graph.library import load
from edgewise.graph.walking.walk import walk
from tests.graph.small_guidelines import guidelines, takeable
from tests.places import DATA

worked_out = guidelines(some_formulas=True)
slow = settings(deadline=None, max_examples=60)
TRIED = [Decimal(one) for one in ("-3", "0", "1", "2", "2.5", "4", "4.5", "5", "6", "7.5", "9", "13")]


@pytest.fixture(scope="module")
def lungs():
    return load(str(DATA / "formulas.yaml")).guideline


def answers(observable):
    if observable.value_type == "yes-no":
        return ["yes", "no"]
    if observable.value_type == "choice":
        return [choice.value for choice in observable.choices]
    low, high = observable.minimum, observable.maximum
    inside = [one for one in TRIED if (low is None or one >= low) and (high is None or one <= high)]
    whole = [one for one in inside if observable.value_type != "count" or one == one.to_integral_value()]
    return [(one,) for one in whole] if observable.repeated else whole


def somebody(guideline, data):
    tried = {id: [None, *answers(one)] for id, one in guideline.observables.items()}
    drawn = {id: data.draw(st.sampled_from(each)) for id, each in tried.items()}
    return {id: answer for id, answer in drawn.items() if answer is not None}


def comes_to(guideline, step, facts):
    walked = walk(guideline, facts)
    return step in walked.path or (
        not [w for w in ways_in(guideline, step) if w.role == "route"]
        and any(walked.edges[w.id].state == "open" for w in ways_in(guideline, step))
    )


@slow
@given(worked_out, st.data())
def test_every_opening_leads_there_and_none_that_is_nearer_is_missed(guideline, data):
    facts, step = somebody(guideline, data), data.draw(st.sampled_from(list(guideline.steps)))
    if comes_to(guideline, step, facts):
        return
    try:
        found = Search(Approach(guideline, step, facts), walk(guideline, facts)).found
    except TooLarge:
        return
    for opening in found.listed:
        assert comes_to(guideline, step, dict(opening.example))
    if not found.complete or found.more:
        return
    listed = [{need.observable for need in opening.needs} for opening in found.listed]
    asked = [id for id, one in guideline.observables.items() if not one.items]  # a total that nobody told follows from its items
    sets = chain.from_iterable(combinations(asked, size) for size in (1, 2))
    for changed in sets:
        if not any(one <= set(changed) for one in listed):
            for others in product(*(answers(guideline.observables[id]) for id in changed)):
                assert not comes_to(guideline, step, {**facts, **dict(zip(changed, others, strict=True))})


@slow
@given(worked_out, st.data())
def test_a_sweep_says_of_every_number_what_the_walk_says(guideline, data):
    facts, id = somebody(guideline, data), data.draw(st.sampled_from([one.id for one in takeable(guideline.observables.values())]))
    runs = vary(guideline, facts, id)
    for answer in answers(guideline.observables[id]):
        run, told = segment_at(runs, answer), {**facts, id: answer}
        assert run.answer == cases.answer(guideline, told)
        assert run.open == tuple(edge for edge, choice in walk(guideline, told).edges.items() if choice.state == "open")


@slow
@given(worked_out, st.data())
def test_a_step_said_to_be_shut_is_not_come_to_by_an_answer(guideline, data):
    facts, step = somebody(guideline, data), data.draw(st.sampled_from(list(guideline.steps)))
    if why(guideline, step, facts).state != "shut":
        return
    for id in set(guideline.observables) - set(facts):
        for answer in answers(guideline.observables[id]):
            assert not comes_to(guideline, step, {**facts, id: answer})


def test_the_nearest_number_is_worked_out_with_what_is_known(lungs):
    changes = why(lungs, "picture", {"dimer": Decimal(700), "age": Decimal(72)}).changes
    assert [[(need.observable, need.needs) for need in one.needs] for one in changes] == [
        [("age", "at most 70 years")],
        [("dimer", "at least 720 µg/L")],
    ]


def test_with_the_other_number_unknown_only_what_is_sure_is_named(lungs):
    assert why(lungs, "home", {}).changes[0].needs[0].needs == "less than 500 µg/L"
    assert why(lungs, "home", {"dimer": Decimal(700)}).changes[0].needs[0].needs == "more than 70 years"


def test_the_sweep_flips_where_the_other_number_says(lungs):
    assert [run.words for run in vary(lungs, {"age": Decimal(72)}, "dimer")] == ["less than 720 µg/L", "at least 720 µg/L"]
    assert [run.words for run in vary(lungs, {}, "dimer")] == [
        "less than 500 µg/L",
        "500 µg/L to less than 1200 µg/L",
        "at least 1200 µg/L",
    ]
    younger, older = vary(lungs, {"dimer": Decimal(700)}, "age")
    assert (younger.words, older.words, older.statements) == ("at most 70 years", "more than 70 years", ("s-bound",))
