"""Criteria on partial facts: Kleene's answers, counted series, and what waiting can still change."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.model import AllOf, AnyOf, Comparison, Guideline, Not, Observable
from edgewise.graph.walking.criteria import evaluate, words
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.nearest import nearest

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
RELIEF = Observable("relief", "Relief", "How much?", "quantity", unit="%", repeated=True)
WEEKS = Observable("weeks", "Weeks", "How long?", "quantity", unit="wk", accrues=True)
HEALED = Observable("healed", "Healed", "Healed?", "yes-no")
PAIN = Observable("pain", "Pain", "How bad?", "quantity", unit="1")
OBSERVABLES = {asked.id: asked for asked in (RELIEF, WEEKS, HEALED, PAIN)}
GUIDELINE = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables=OBSERVABLES)


def bounded(observable, *bounds, times=1):
    return Comparison(f"c-{observable}-{bounds}", observable, bounds=tuple((sign, Decimal(b)) for sign, b in bounds), unit="", times=times)


band = bounded("relief", ("≥", 80), ("≤", 90), times=2)


@pytest.mark.parametrize(
    ("series", "truth", "later"),
    [
        ((), F, U),
        ((85,), F, U),
        ((30,), F, U),
        ((85, 88), T, T),
        ((80, 90), T, T),
        ((79, 91), F, F),
        ((75, 85, 88), T, T),
        ((75, 85), F, F),
        ((85, None), U, U),
        ((None, None), U, U),
        ((30, None), F, F),
    ],
)
def test_a_series_is_counted_and_complete_once_as_many_are_known_as_asked_for(series, truth, later):
    trace = evaluate(band, {"relief": tuple(None if v is None else Decimal(v) for v in series)}, OBSERVABLES)
    assert (trace.truth, trace.later) == (truth, later)


@pytest.mark.parametrize(
    ("sign", "bound", "value", "truth"),
    [("≥", 70, 70, T), (">", 70, 70, F), ("≤", 70, 70, T), ("<", 70, 70, F), (">", 70, "70.1", T), ("≥", 70, "69.99", F)],
)
def test_bounds_mean_what_they_say_at_the_bound(sign, bound, value, truth):
    assert evaluate(bounded("pain", (sign, bound)), {"pain": Decimal(value)}, OBSERVABLES).truth is truth


@pytest.mark.parametrize(
    ("criterion", "value", "truth", "later"),
    [
        (bounded("weeks", ("≥", 6)), 2, F, U),
        (bounded("weeks", ("≥", 6)), 6, T, T),
        (bounded("weeks", ("≤", 6)), 7, F, F),
        (bounded("weeks", ("≥", 6), ("<", 12)), 20, T, T),  # a window that has passed: late, not closed
        (bounded("weeks", ("≥", 6), ("<", 12)), 2, F, U),
        (Not("n", bounded("weeks", ("≤", 6))), 5, F, U),
        (Not("n", bounded("weeks", ("≥", 6))), 7, F, F),
    ],
)
def test_growth_can_reach_lower_bounds_and_cross_upper_ones(criterion, value, truth, later):
    trace = evaluate(criterion, {"weeks": Decimal(value)}, OBSERVABLES)
    assert (trace.truth, trace.later) == (truth, later)


def test_what_does_not_accrue_is_final():
    trace = evaluate(bounded("pain", ("≥", 6)), {"pain": Decimal(2)}, OBSERVABLES)
    assert (trace.truth, trace.later) == (F, F)


def test_a_trace_tells_the_count_and_the_values():
    assert evaluate(band, {"relief": (Decimal(68), Decimal(85))}, OBSERVABLES).text == "Relief: 1 of 2 (68 %, 85 %)"


healed = Comparison("h", "healed", answer="yes", label="healed")
leaves = st.sampled_from([healed, band, bounded("weeks", ("≥", 6)), bounded("pain", (">", 3)), bounded("pain", ("≤", 3))])
criteria = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf("a", tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf("o", tuple(parts))),
        inner.map(lambda part: Not("n", part)),
    ),
    max_leaves=8,
)
numbers = st.integers(0, 100).map(Decimal)
complete = st.fixed_dictionaries(
    {
        "relief": st.lists(numbers, min_size=1, max_size=3).map(tuple),
        "weeks": numbers,
        "healed": st.sampled_from(["yes", "no"]),
        "pain": numbers,
    }
)


@given(criteria, complete, st.sets(st.sampled_from(list(OBSERVABLES))), st.sets(st.sampled_from(list(OBSERVABLES))))
def test_more_facts_never_reverse_a_criterion(criterion, facts, some, more):
    before = evaluate(criterion, {id: facts[id] for id in some}, OBSERVABLES).truth
    after = evaluate(criterion, {id: facts[id] for id in some | more}, OBSERVABLES).truth
    assert before in (U, after)


@given(criteria, complete)
def test_complete_facts_leave_nothing_unknown_and_nothing_to_ask(criterion, facts):
    trace = evaluate(criterion, facts, OBSERVABLES)
    assert trace.truth is not U
    assert bool(nearest(trace, GUIDELINE, OBSERVABLES)) is (trace.truth is F)
    assert words(criterion, OBSERVABLES)


@given(criteria, complete)
def test_negation_turns_every_answer_round(criterion, facts):
    plain, negated = (evaluate(c, facts, OBSERVABLES) for c in (criterion, Not("n", criterion)))
    assert negated.truth is ~plain.truth
    assert negated.later is ~plain.later


def test_the_nearest_change_takes_the_shortest_alternative():
    either = AnyOf("o", (AllOf("a", (healed, bounded("pain", ("≤", 3)))), bounded("weeks", ("≥", 6))))
    trace = evaluate(either, {"healed": "no", "pain": Decimal(5), "weeks": Decimal(2)}, OBSERVABLES)
    assert [change.observable for change in nearest(trace, GUIDELINE, OBSERVABLES)] == ["weeks"]


def test_a_bound_in_another_unit_is_converted_before_it_is_compared() -> None:
    weeks = Observable("weeks", "Weeks", "How long?", "quantity", unit="wk", accrues=True)
    six = Comparison("c", "weeks", bounds=(("≥", Decimal(42)),), unit="d")
    outcomes = [evaluate(six, {"weeks": Decimal(value)}, {"weeks": weeks}).truth for value in ("5.9", "6", "43")]
    assert outcomes == [Truth.FALSE, Truth.TRUE, Truth.TRUE]


def test_a_series_is_told_in_the_unit_in_which_it_is_known() -> None:
    pause = Observable("pause", "Pause", "How long?", "quantity", unit="d", repeated=True)
    fortnight = Comparison("c", "pause", bounds=(("≥", Decimal(2)),), unit="wk", times=2)
    trace = evaluate(fortnight, {"pause": (Decimal(14), Decimal(13))}, {"pause": pause})
    assert (trace.truth, trace.text) == (Truth.FALSE, "Pause: 1 of 2 (14 days, 13 days)")
