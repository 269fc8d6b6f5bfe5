"""What a comparison makes of a series: the last value, the mean of the last two, and the like."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.model import AllOf, Comparison, Observable
from edgewise.graph.walking.criteria import compare, evaluate, words
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.nearest import nearest
from edgewise.graph.walking.walk import walk
from tests.graph.by_hand import edge, made, step
from tests.graph.small_guidelines import comparisons_of, guidelines, patients

D = Decimal
PRESSURE = Observable("sbp", "Pressure", "How high?", "quantity", unit="mm[Hg]", minimum=D(50), maximum=D(300), repeated=True)


def asks(statistic, window=0, *, sign="≥", bound=130, **more):
    return Comparison("c", "sbp", bounds=((sign, D(bound)),), unit="mm[Hg]", statistic=statistic, window=window, **more)


def series(*values):
    return tuple(None if value is None else D(value) for value in values)


def comes_out(comparison, *values):
    return compare(comparison, series(*values), PRESSURE).truth.value


@pytest.mark.parametrize(
    ("comparison", "values", "truth"),
    [
        (asks("last"), (160, 150, 124, 122), "false"),
        (asks("last"), (122, 160), "true"),
        (asks("last", 2), (160, 122), "false"),
        (asks("last", 2), (100, 130, 131), "true"),
        (asks("first"), (160, 122), "true"),
        (asks("first", 2), (160, 122, 170), "false"),
        (asks("mean", 2), (152, 148), "true"),
        (asks("mean", 2), (300, 120, 120), "false"),
        (asks("mean"), (300, 120, 120), "true"),
        (asks("max", 2), (300, 120, 120), "false"),
        (asks("max"), (300, 120, 120), "true"),
        (asks("min"), (300, 120, 140), "false"),
        (asks("min", 2), (100, 140, 131), "true"),
        (asks("any", 2), (140, 120, 120), "false"),
        (asks("any"), (140, 120, 120), "true"),
        (asks(""), (160, 150, 124, 122), "true"),  # `times: 1`: at least one, whenever
    ],
)
def test_each_statistic_compares_its_own_values(comparison, values, truth):
    assert comes_out(comparison, *values) == truth


@pytest.mark.parametrize("statistic", ["last", "first", "mean", "max", "min", "any"])
def test_too_few_values_decide_nothing_however_clear_they_are(statistic):
    for sign, value in (("≥", 290), ("<", 60), ("≥", 60), ("<", 290)):
        assert comes_out(asks(statistic, 2, sign=sign), value) == "unknown"
        assert comes_out(asks(statistic, sign=sign)) == "unknown"


def test_a_value_that_is_not_known_leaves_open_what_it_could_still_decide():
    mean = asks("mean", 2)
    assert comes_out(mean, 152, None) == "unknown"  # 101 to 226
    assert comes_out(mean, 300, None) == "true"  # 175 at least, as nobody has less than 50
    assert comes_out(asks("mean", 2, bound=180), 55, None) == "false"
    assert comes_out(asks("max", 2), 140, None) == "true"
    assert comes_out(asks("min", 2), 120, None) == "false"
    assert comes_out(asks("last"), None, 140) == "true"  # the first of them does not matter
    endless = replace(PRESSURE, minimum=None, maximum=None)
    assert compare(mean, series(300, None), endless).truth is Truth.UNKNOWN


def test_means_are_exact():
    third = asks("mean", 3)
    assert comes_out(third, 129, 130, 130) == "false"
    assert comes_out(third, 129, 130, 131) == "true"
    assert comes_out(asks("mean", 3, sign="≤", bound="0.1"), "0.1", "0.1", "0.1") == "true"


def test_a_band_is_asked_of_the_one_number():
    band = Comparison("c", "sbp", bounds=(("≥", D(130)), ("<", D(140))), unit="mm[Hg]", statistic="mean", window=2)
    assert [comes_out(band, *pair) for pair in ((100, 165), (130, 149), (140, 140))] == ["true", "true", "false"]
    assert comes_out(replace(band, statistic="max"), 135, 150) == "false"
    assert comes_out(replace(band, statistic="last"), 135, 139) == "true"


def test_what_is_told_stands_and_what_is_too_few_may_still_come_out_either_way():
    assert compare(asks("mean", 2), series(120, 122), PRESSURE).later is Truth.FALSE
    assert compare(asks("mean", 2), series(152), PRESSURE).later is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("comparison", "values", "text"),
    [
        (asks("mean", 2), (152, 148), "Pressure: mean of the last 2 (152, 148): 150 mmHg"),
        (asks("mean", 2), (124, 122), "Pressure: mean of the last 2 (124, 122): 123 mmHg (needed: at least 130 mmHg)"),
        (asks("mean", 2), (152,), "Pressure: mean of the last 2: 1 of 2 values so far (152 mmHg)"),
        (asks("mean", 2), (152, None), "Pressure: mean of the last 2 (152, not known): 101 to 226 mmHg"),
        (asks("last"), (160, 122), "Pressure: last value 122 mmHg (needed: at least 130 mmHg)"),
        (asks("last"), (None,), "Pressure: last value not known"),
        (asks("last", 2), (160, 122), "Pressure: each of the last 2 (160 mmHg, 122 mmHg): 1 of 2 (needed: at least 130 mmHg)"),
        (asks("max"), (160, 122), "Pressure: highest of all (160, 122): 160 mmHg"),
        (asks("any", 3), (160, 122, 120), "Pressure: any of the last 3 (160 mmHg, 122 mmHg, 120 mmHg): 1 of 3"),
    ],
)
def test_the_trace_says_what_was_made_of_which_values(comparison, values, text):
    assert compare(comparison, series(*values), PRESSURE).text == text


def test_a_mean_is_never_told_as_what_it_is_not():
    assert "129.6666… mmHg (needed" in compare(asks("mean", 3), series(129, 130, 130), PRESSURE).text


def test_a_condition_in_words_says_of_what_it_is():
    assert words(asks("mean", 2, bound=140), {"sbp": PRESSURE}) == "Pressure: mean of the last 2 at least 140 mmHg"
    assert words(asks("last"), {"sbp": PRESSURE}) == "Pressure: last value at least 130 mmHg"
    inferred = asks("mean", 2, inferred=("window",))
    assert words(inferred, {"sbp": PRESSURE}) == "Pressure: mean of the last 2 (modeller's reading) at least 130 mmHg"
    assert compare(replace(inferred, label="high"), series(152, 148), PRESSURE).text.startswith("high (2: modeller's reading): mean")


# On a walk -------------------------------------------------------------------------------------------------------------


def clinic(up, fine):
    steps = [step("start", "Presentation"), step("review", "Investigation", yields=("sbp",)), step("up"), step("fine", "Endpoint")]
    edges = [edge("start", "review"), edge("review", "up", up), edge("review", "fine", fine)]
    return made(steps, edges, [PRESSURE])


NEWEST = clinic(asks("last"), asks("last", sign="<"))
MEAN = clinic(asks("mean", 2), asks("mean", 2, sign="<"))


def test_two_exclusive_ways_on_are_not_open_together():
    assert walk(NEWEST, {"sbp": series(160, 150, 124, 122)}).due == ("fine",)
    assert walk(MEAN, {"sbp": series(160, 150, 124, 122)}).due == ("fine",)
    assert walk(MEAN, {"sbp": series(152, 148)}).due == ("up",)


def test_the_next_value_is_asked_as_long_as_there_are_too_few():
    walked = walk(MEAN, {"sbp": series(152)})
    assert (walked.due, walked.questions, walked.silent) == (("review",), ("sbp",), False)
    assert {walked.edges[id].state for id in ("review-up", "review-fine")} == {"undecided"}
    assert walk(MEAN, {"sbp": series(152, 148)}).questions == ()


def test_an_answer_found_out_is_not_waited_for_for_ever():
    walked = walk(MEAN, {"sbp": series(120, 122)})
    assert (walked.edges["review-up"].state, walked.awaited) == ("closed", ())


def test_as_long_as_a_value_is_still_to_come_what_fails_now_may_hold_then():
    both = clinic(AllOf("a", (asks("last"), asks("mean", 2))), asks("mean", 2, sign="<"))
    assert walk(both, {"sbp": series(120)}).edges["review-up"].state == "not-yet"
    assert walk(both, {"sbp": series(120, 120)}).edges["review-up"].state == "closed"


def test_the_least_change_names_the_statistic():
    trace = evaluate(asks("mean", 2), {"sbp": series(120, 122)}, {"sbp": PRESSURE})
    assert [change.needs for change in nearest(trace, MEAN, {"sbp"})] == ["mean of the last 2 at least 130 mmHg"]


# Telling more never takes back what was said ----------------------------------------------------------------------------


@st.composite
def partly_told(draw, facts):
    """The same facts with some values of series not known."""

    def hidden(answer):
        return tuple(None if draw(st.booleans()) else value for value in answer) if isinstance(answer, tuple) else answer

    return {id: hidden(answer) for id, answer in facts.items()}


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_filling_in_what_is_not_known_only_decides_more(data):
    guideline = data.draw(guidelines())
    everybody = [facts for _, facts in patients(guideline)]
    facts = data.draw(st.sampled_from(everybody))
    partly = data.draw(partly_told(facts))
    for one in guideline.transitions.values():
        if one.when is not None:
            before, after = (evaluate(one.when, told, guideline.observables).truth for told in (partly, facts))
            assert before in (Truth.UNKNOWN, after)
    assert set(walk(guideline, partly).path) <= set(walk(guideline, facts).path)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_what_is_left_open_could_come_out_otherwise(data):
    """With quantities, no value of a window leaves a comparison open that it cannot decide."""
    limited = replace(PRESSURE, minimum=D(0), maximum=D(9), unit="mo")
    comparison = data.draw(comparisons_of(limited).filter(lambda one: one.statistic and len(one.bounds) == 1))
    told = data.draw(st.lists(st.one_of(st.none(), st.integers(0, 9).map(D)), min_size=1, max_size=4).map(tuple))
    trace = compare(comparison, told, limited)
    if trace.truth is Truth.UNKNOWN and len(told) >= max(comparison.window, 1):
        ends = (tuple(end if value is None else value for value in told) for end in (D(0), D(9)))
        assert {compare(comparison, each, limited).truth for each in ends} == {Truth.TRUE, Truth.FALSE}
