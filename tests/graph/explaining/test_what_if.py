"""What if: one answer swept over its range, against the walk at every answer."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.mentions import truths, voices
from edgewise.graph.cases import model as cases
from edgewise.graph.explaining.what_if import segment_at, vary
from edgewise.graph.library import load
from edgewise.graph.model import Comparison, Guideline, Observable, Step, Transition
from edgewise.graph.walking.walk import walk
from edgewise.ontology.errors import UnknownName
from tests.graph.small_guidelines import guidelines


def D(number):  # noqa: N802  # reads like the constructor it is
    return Decimal(number)


FAILED = {"radiographs": "sclerosis", "inflammatory-suspicion": "no", "conservative-months": D(6), "conservative-failed": "yes"}


@pytest.fixture(scope="module")
def guideline():
    return load("sacroiliac-sclerosis").guideline


def test_relief_is_silent_silent_silent_ablation_silent_with_the_statements_at_each_flip(guideline):
    runs = vary(guideline, FAILED, "block-relief")
    assert [(run.words, run.answer.verdict, run.answer.steps, set(run.statements)) for run in runs] == [
        ("less than 70 %", "not-stated", (), set()),
        ("exactly 70 %", "not-stated", (), {"s17", "s32"}),
        ("more than 70 % to less than 80 %", "not-stated", (), {"s25"}),
        ("80 % to 90 %", "due", ("cooled-rfa",), {"s21"}),
        ("more than 90 %", "not-stated", (), {"s21"}),
    ]
    assert [(run.low, run.low_open, run.high, run.high_open) for run in runs] == [
        (D(0), False, D(70), True),
        (D(70), False, D(70), False),
        (D(70), True, D(80), True),
        (D(80), False, D(90), False),
        (D(90), True, D(100), False),
    ]
    assert all(len(run.sample) == 2 for run in runs)
    assert [run.words for run in runs if "diagnostic-injections-to-cooled-rfa" in run.open] == ["80 % to 90 %"]


def test_as_many_values_are_assumed_as_are_known(guideline):
    assert len(vary(guideline, {**FAILED, "block-relief": (D(1), None, D(3))}, "block-relief")[0].sample) == 3


def test_months_flip_where_the_guideline_says(guideline):
    short, long = vary(guideline, {**FAILED, "conservative-months": D(1)}, "conservative-months")
    assert (short.answer.steps, long.answer.steps, long.statements) == (
        ("conservative-care",),
        ("diagnostic-injections",),
        ("heading-step-1",),
    )
    assert (short.words, long.words) == ("less than 3 months", "at least 3 months")


def test_a_count_is_told_in_whole_numbers(guideline):
    few, many = vary(guideline, FAILED, "rfa-attempts-failed")
    assert [(run.low, run.high, run.low_open, run.high_open) for run in (few, many)] == [
        (D(0), D(1), False, False),
        (D(2), D(20), False, False),
    ]


def test_answers_that_are_no_numbers_come_one_by_one_even_if_nothing_differs(guideline):
    runs = vary(guideline, FAILED, "radiographs")
    assert [(run.value, run.words) for run in runs] == [("sclerosis", "Sclerosis"), ("negative", "Negative"), ("equivocal", "Equivocal")]
    assert {run.answer for run in runs} == {cases.Ruling("due", ("diagnostic-injections",))}
    assert all(set(run.statements) == {"s4", "heading-second-imaging"} for run in runs)
    yes, no = vary(guideline, {"radiographs": "sclerosis"}, "inflammatory-suspicion")
    assert (yes.answer.verdict, no.answer.steps) == ("undecided", ("conservative-care",))


def test_the_segment_of_an_answer_is_found(guideline):
    runs = vary(guideline, FAILED, "block-relief")
    assert [segment_at(runs, D(value)).words for value in ("69.9", "70", "70.1", "90", "90.1")] == [run.words for run in runs]
    assert segment_at(runs, D(101)) is None
    assert segment_at(vary(guideline, FAILED, "radiographs"), "negative").value == "negative"
    assert segment_at(vary(guideline, FAILED, "radiographs"), D(1)) is None


def test_an_unknown_observable_is_refused_with_the_nearest(guideline):
    with pytest.raises(UnknownName, match="did you mean 'block-relief'"):
        vary(guideline, {}, "block-releif")


def test_what_nobody_compares_is_parted_where_something_has_been_counted():
    """With no month of care the step is still to be done; with some, the source says nothing of what follows."""
    months = Observable("months", "Months", "?", "quantity", unit="mo", minimum=D(0), accrues=True)
    guideline = Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps={"care": Step("care", "Presentation", "Care", "", "p", yields=("months",))}, observables={"months": months},
    )  # fmt: skip
    none, some = vary(guideline, {}, "months")
    assert (none.words, none.answer) == ("exactly 0 months", cases.Ruling("due", ("care",)))
    assert (some.words, some.answer.verdict) == ("more than 0 months", "not-stated")


def test_a_range_without_ends_and_a_threshold_asked_for_absurdly_often():
    width = Observable("width", "Width", "", "quantity", unit="mm", repeated=True)
    wide = Comparison("c", "width", bounds=((">", D("0.5")),), unit="mm", times=10**9)
    guideline = Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps={"a": Step("a", "Presentation", "A", "", "p"), "b": Step("b", "Treatment", "B", "", "p")},
        observables={"width": width},
        transitions={"t": Transition("t", "a", "b", "", "source", when=wide, justified_by=("s1",))},
    )  # fmt: skip
    runs = vary(guideline, {}, "width")
    assert all(len(run.sample) == 1000 for run in runs)
    assert segment_at(runs, D(-5)) is not None
    assert segment_at(runs, D(10**6)) is not None


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(guideline=guidelines(passages=True, most=60), data=st.data())
def test_within_a_segment_nothing_changes_and_between_two_something_does(guideline, data):
    id = data.draw(st.sampled_from(list(guideline.observables)))
    asked = guideline.observables[id]
    runs = vary(guideline, {}, id)

    def seen(answer):
        known = {id: answer}
        opened = tuple(edge for edge, choice in walk(guideline, known).edges.items() if choice.state == "open")
        return cases.answer(guideline, known), opened, truths(guideline, voices(guideline, id), answer)

    if asked.value_type in ("yes-no", "choice"):
        assert [run.answer for run in runs] == [seen(run.value)[0] for run in runs]
        return
    low, high = asked.minimum if asked.minimum is not None else D(-2), asked.maximum if asked.maximum is not None else D(12)
    fine = [low + D(step) / 4 for step in range(int((high - low) * 4) + 1)]
    for value in [one for one in fine if asked.value_type != "count" or one == one.to_integral_value()]:
        holding = [run for run in runs if run.holds(value)]
        assert len(holding) == 1, "every answer lies in exactly one segment"
        answer = (value,) * len(holding[0].sample) if asked.repeated else value
        assert seen(answer) == seen(holding[0].sample)
        assert (holding[0].answer, holding[0].open) == seen(answer)[:2]
    for before, after in pairwise(runs):
        assert seen(before.sample) != seen(after.sample)
        assert before.high <= after.low
