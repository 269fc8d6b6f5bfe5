"""Cells: what no comparison tells apart, told in words and sampled."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.answers.partition import SeriesOfReadings, partition
from edgewise.graph.library import load
from edgewise.graph.model import AllOf, Assertion, Choice, Comparison, Guideline, Observable, Place, Statement, Step, Transition
from edgewise.graph.walking.criteria import evaluate
from edgewise.graph.walking.facts import parse_facts, plain
from tests.graph.small_guidelines import comparisons_of, guidelines, observables


def guideline_of(observable, *tests, asserted=()):
    steps = {id: Step(id, "Presentation" if id == "a" else "Treatment", id, "", "p") for id in "ab"}
    edge = Transition("t", "a", "b", "t", "source", when=AllOf("all", tests) if tests else None)
    said = {f"s{n}": Statement(f"s{n}", "criterion", "", Place("p"), "", asserts=(Assertion("b", one),)) for n, one in enumerate(asserted)}
    return Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps=steps, observables={observable.id: observable}, transitions={"t": edge}, statements=said,
    )  # fmt: skip


def bounds(*pairs, unit="%", times=1):
    return Comparison("c", "o", bounds=tuple((sign, Decimal(value)) for sign, value in pairs), unit=unit, times=times)


def asked(kind="quantity", unit="%", low=0, high=100, **more):
    limits = {"minimum": None if low is None else Decimal(low), "maximum": None if high is None else Decimal(high)}
    return Observable("o", "Relief", "?", kind, unit=unit, **limits, **more)


def told(observable, *tests, **more):
    cells = partition(guideline_of(observable, *tests, **more), "o")
    return [cells.told({cell}) for cell in range(len(cells.cells))]


def samples(observable, *tests):
    return [plain({"o": cell.sample})["o"] for cell in partition(guideline_of(observable, *tests), "o").cells]


# In words ---------------------------------------------------------------------------------------------------------------


def test_numbers_are_cut_below_at_and_above_a_point_where_comparisons_part():
    parts = told(asked(), bounds(("≥", 70)), bounds((">", 70)), bounds(("≥", 80), ("≤", 90)))
    assert parts == ["less than 70 %", "exactly 70 %", "more than 70 % to less than 80 %", "80 % to 90 %", "more than 90 %"]


def test_a_point_at_which_nothing_changes_is_no_cut():
    assert told(asked(), bounds(("≥", 70))) == ["less than 70 %", "at least 70 %"]
    assert told(asked(), bounds(("≥", 0))) == ["any answer"]


def test_what_is_asked_twice_in_other_words_is_tested_once():
    again = replace(bounds(("≥", 70)), id="d", label="enough relief", based_on=("s1",))
    assert len(partition(guideline_of(asked(), bounds(("≥", 70)), again), "o").comparisons) == 1


def test_what_passages_ask_cuts_as_well_as_what_edges_ask():
    parts = ["less than 70 %", "exactly 70 %", "more than 70 %"]
    assert told(asked(), bounds(("≥", 70)), asserted=[bounds((">", 70))]) == parts
    heading = Statement("h", "heading", "", Place("p"), "", asserts=(Assertion("b", bounds((">", 70))),))
    headed = replace(guideline_of(asked(), bounds(("≥", 70))), headings={"h": heading})
    assert [partition(headed, "o").told({cell}) for cell in range(3)] == parts


def test_counts_are_whole_numbers():
    count = asked("count", unit="", low=0, high=5)
    assert told(count, bounds((">", "2.5"), unit=""), bounds((">", 3), unit="")) == ["at most 2", "exactly 3", "at least 4"]
    assert samples(count, bounds((">", "2.5"), unit=""), bounds((">", 3), unit="")) == ["1", "3", "4"]


def test_neighbours_are_told_together_and_others_beside_one_another():
    cells = partition(guideline_of(asked(), bounds(("≥", 70)), bounds(("≥", 80)), bounds((">", 90))), "o")
    assert cells.told({1, 2}) == "70 % to 90 %"
    assert cells.told({0, 2}) == "less than 70 %; or 80 % to 90 %"
    assert cells.told({0, 1, 2, 3}) == "any answer"
    assert [patch.text for patch in cells.patches({0, 1, 3})] == ["less than 70 %", "70 % to less than 80 %", "more than 90 %"]


def test_answers_are_told_by_their_labels():
    films = Observable("o", "Films", "?", "choice", choices=(Choice("a", "Sclerosis"), Choice("b", "Negative"), Choice("c", "Equivocal")))
    cells = partition(guideline_of(films, Comparison("c", "o", one_of=("a",))), "o")
    assert cells.told({1, 2}) == "Negative or Equivocal"
    assert told(Observable("o", "Well", "?", "yes-no")) == ["yes", "no"]


def test_series_are_told_by_their_sorted_values():
    relief = partition(load("sacroiliac-sclerosis").guideline, "block-relief")

    def words(*values):
        return [patch.text for patch in relief.patches(relief.possible(tuple(map(Decimal, values))))]

    assert words(30, 20) == ["2 values, the lower less than 70 %, the higher at most 70 %"]
    assert words(70, 70) == ["2 values, both exactly 70 %"]
    assert (
        words(75, 72)
        == words(95, 85)
        == [
            "2 values, the lower 70 % to less than 80 %, the higher more than 70 %",
            "2 values, the lower at least 80 %, the higher more than 90 %",
        ]
    )
    assert words(85, 88) == words(85, 20, 88) == ["2 values, both 80 % to 90 %"]


def test_longer_series_are_told_from_the_lowest_to_the_highest():
    cells = told(asked(repeated=True), bounds(("≥", 70), times=3), bounds((">", 90)))
    assert cells == [
        "1 value, at most 90 %",
        "1 value, more than 90 %",
        "3 values, the lowest less than 70 %, the 2 highest at most 90 %",
        "3 values, the lowest less than 70 %, the next any value, the highest more than 90 %",
        "3 values, all 70 % to 90 %",
        "3 values, the 2 lowest at least 70 %, the highest more than 90 %",
    ]


def test_series_too_long_to_list_are_told_by_what_is_in_them():
    cells = told(asked(repeated=True), bounds(("≥", 70), times=60), bounds((">", 90), times=2), bounds(("<", 20), times=1))
    assert "61 or more values, at least 60 of at least 70 %, at least 2 of more than 90 %, at least 1 of less than 20 %" in cells


# Samples ----------------------------------------------------------------------------------------------------------------


def test_samples_look_like_patients():
    assert samples(asked(), bounds(("≥", 70)), bounds((">", 70)), bounds(("≥", 80), ("≤", 90))) == ["35", "70", "75", "85", "95"]
    months = asked(unit="mo", high=600, accrues=True)
    assert samples(months, bounds(("≥", 3), unit="mo")) == ["2", "3"]
    assert samples(asked(low=None, high=None), bounds((">", "0.05"), ("<", "0.06"))) == ["0", "0.055", "0.06"]


@settings(deadline=None)
@given(st.data())
def test_every_sample_is_an_answer_that_can_be_given(data):
    guideline = data.draw(guidelines())
    for id in guideline.observables:
        for cell in partition(guideline, id).cells:
            assert parse_facts(plain({id: cell.sample}), guideline) == {id: cell.sample}


# What a cell is ---------------------------------------------------------------------------------------------------------


@st.composite
def divided(draw, **more):
    observable = draw(observables("o"))
    return guideline_of(observable, *draw(st.lists(comparisons_of(observable), min_size=1, max_size=4))), observable


def answers(observable, longest=7):
    if observable.repeated:
        return st.lists(single(observable), min_size=1, max_size=longest).map(tuple)
    return single(observable)


def single(observable):
    if observable.value_type == "yes-no":
        return st.sampled_from(["yes", "no"])
    if observable.value_type == "choice":
        return st.sampled_from([choice.value for choice in observable.choices])
    low = 0 if observable.minimum is None else int(observable.minimum)
    high = 10 if observable.maximum is None else int(observable.maximum)
    whole = st.integers(low, high).map(Decimal)
    halves = st.integers(2 * low, 2 * high).map(lambda n: Decimal(n) / 2)
    return whole if observable.value_type == "count" else st.one_of(whole, halves)


def found(guideline, observable, answer):
    tests = partition(guideline, "o").comparisons
    traces = [evaluate(one, {"o": answer}, {"o": observable}) for one in tests]
    return tuple((trace.truth, trace.later) for trace in traces)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_an_answer_is_in_the_one_cell_whose_outcomes_it_has(data):
    """Of series: no signature is lost, however long the series that shows it."""
    guideline, observable = data.draw(divided())
    cells = partition(guideline, "o")
    answer = data.draw(answers(observable))
    cell = cells.cell_of(answer)
    assert cell is not None
    assert cells.cells[cell].outcomes == found(guideline, observable, answer)


@settings(deadline=None, max_examples=200)
@given(divided())
def test_a_sample_lies_in_its_own_cell(drawn):
    guideline, observable = drawn
    cells = partition(guideline, "o")
    for index, cell in enumerate(cells.cells):
        assert cells.cell_of(cell.sample) == index
        assert cell.outcomes == found(guideline, observable, cell.sample)
        for patch in cells.patches({index}):
            assert cells.cell_of(patch.sample) == index
    if observable.repeated:
        assert len({cell.outcomes for cell in cells.cells}) == len(cells.cells)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_values_not_known_leave_what_they_may_become(data):
    guideline, observable = data.draw(divided())
    if not observable.repeated:
        return
    cells = partition(guideline, "o")
    answer = data.draw(answers(observable, longest=4))
    hidden = data.draw(st.sets(st.integers(0, len(answer) - 1)))
    partly = tuple(None if index in hidden else value for index, value in enumerate(answer))
    assert cells.cell_of(answer) in cells.possible(partly)
    assert (cells.cell_of(partly) is None) == (len(cells.possible(partly)) > 1)


@pytest.mark.parametrize("answer", [Decimal(101), "yes", (Decimal(1),)])
def test_an_answer_that_cannot_be_given_has_no_cell(answer):
    cells = partition(guideline_of(asked(), bounds(("≥", 70))), "o")
    assert (cells.cell_of(answer), cells.possible(answer)) == (None, frozenset())


def test_a_series_without_values_says_nothing_yet():
    cells = partition(guideline_of(asked(repeated=True), bounds(("≥", 70), times=2)), "o")
    assert cells.possible(()) == frozenset(range(len(cells.cells)))
    assert cells.possible((Decimal(101),)) == frozenset()


def test_a_point_named_in_another_unit_is_a_cut_where_it_lies():
    weeks = asked(unit="wk", high=None)
    parts = told(weeks, bounds(("≥", 42), unit="d"), bounds(("≥", 6), unit="wk"))
    assert parts[0] == "less than 6 weeks"


def test_a_unit_that_cannot_be_converted_is_no_traceback():
    assert told(asked(), bounds(("≥", 70), unit="bananas")) == ["less than 70 %", "at least 70 %"]


def test_more_repeats_than_can_be_looked_at_are_refused_in_words():
    with pytest.raises(TooLarge, match="pieces would be needed"):
        len(partition(guideline_of(asked(repeated=True), bounds(("≥", 70), times=9999)), "o").cells)


def test_a_sample_is_a_number_that_somebody_may_write_though_a_third_has_no_end():
    """A mean of three that is two thirds at least is a sum of two at least, and not of a number with four hundred digits."""
    asked = Observable("x", "", "", "quantity", unit="1", repeated=True, minimum=Decimal(0))
    looks = (("min", 3, "≤", 6), ("mean", 0, "<", 2), ("first", 0, "<", 6), ("last", 0, "<", 2))
    tests = [
        Comparison(f"{at}", "x", bounds=((sign, Decimal(end)),), unit="1", statistic=what, window=of)
        for at, (what, of, sign, end) in enumerate(looks)
    ]
    samples = [cell.sample for cell in SeriesOfReadings(asked, tuple(tests)).cells]
    assert len(samples) > len(looks)
    assert max(len(str(value)) for sample in samples for value in sample) < 6
