"""Intervals against points: whatever is done to sets of numbers, each single number must be where it belongs."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.answers.intervals import Cut, Interval, allowed, clipped, minus, parting, told, unclipped, union
from edgewise.graph.answers.ranges import holds, typical
from edgewise.graph.answers.ranges import told as told_of
from edgewise.graph.answers.series import Series
from edgewise.graph.model import Comparison, Observable

POINTS = [Decimal(half) / 2 for half in range(-3, 24)]  # finer than the cuts below, and beyond them on both sides
VALUES = st.integers(0, 10).map(Decimal)
CUTS = st.builds(Cut, VALUES, st.integers(0, 1))
ANY = st.builds(Interval, CUTS, CUTS)  # every other one is empty
SOME = ANY.filter(bool)


def within(numbers):
    return {point for point in POINTS if any(holds(one, point) for one in numbers)}


def disjoint_and_ascending(numbers):
    return all(one.high <= other.low for one, other in pairwise(numbers))


@given(st.lists(ANY, max_size=5))
def test_a_union_holds_what_any_of_its_intervals_holds_in_as_few_pieces_as_can_be(intervals):
    joined = union(intervals)
    assert within(joined) == within([one for one in intervals if one])
    assert all(one.high < other.low for one, other in pairwise(joined)), "what touches is joined"


@given(st.lists(SOME, max_size=3), ANY)
def test_what_is_taken_out_is_gone_and_nothing_else(intervals, other):
    numbers = union(intervals)
    left = minus(numbers, other)
    assert within(left) == within(numbers) - within([other] if other else [])
    assert all(left)
    assert disjoint_and_ascending(left)


@given(SOME, SOME)
def test_two_intervals_part_where_one_alone_lets_through(one, other):
    assert within(parting(one, other)) == within([one]) ^ within([other])


@given(st.lists(SOME, max_size=3), st.none() | VALUES, st.none() | VALUES)
def test_what_is_clipped_lies_within_the_range_and_is_opened_again_only_at_its_ends(intervals, minimum, maximum):
    numbers = union(intervals)
    inside = clipped(numbers, minimum, maximum)
    allowed_here = {p for p in POINTS if (minimum is None or p >= minimum) and (maximum is None or p <= maximum)}
    assert within(inside) == within(numbers) & allowed_here
    opened = unclipped(inside, minimum, maximum)
    assert within(opened) & allowed_here == within(inside)
    assert all(one.low != Cut(minimum, 0) and one.high != Cut(maximum, 1) for one in opened)


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ([("≥", 2)], "at least 2"),
        ([(">", 2)], "more than 2"),
        ([("≤", 2)], "at most 2"),
        ([("<", 2)], "less than 2"),
        ([(">", 2), ("≤", 4)], "more than 2 and at most 4"),
        ([("≥", 2), (">", 2), ("<", 9), ("≤", 4)], "more than 2 and at most 4"),
        ([("≥", 2), ("≤", 2)], "exactly 2"),
        ([], "any number"),
    ],
)
def test_what_a_comparison_lets_through_is_told_as_its_bounds_say(bounds, words):
    comparison = Comparison("c", "o", bounds=tuple((sign, Decimal(value)) for sign, value in bounds))
    assert told((allowed(comparison, ""),), "") == words


def test_bounds_are_told_in_the_unit_asked_for():
    weeks = Comparison("c", "o", bounds=(("≥", Decimal(6)),), unit="wk")
    assert allowed(weeks, "d").low == Cut(Decimal(42), 0)


# Stretches and series ---------------------------------------------------------------------------------------------------


def between(low, high):
    """Numbers above one and below another."""
    return Interval(Cut(Decimal(low), 1), Cut(Decimal(high), 0))


RELIEF = Observable("o", "Relief", "", "quantity", unit="%", minimum=Decimal(0), maximum=Decimal(100))


@pytest.mark.parametrize(
    ("low", "high", "sample"), [("70", "71", "70.5"), ("70.1", "70.37", "70.2"), ("70.11", "70.13", "70.12"), ("-9", "-3", "-6")]
)
def test_a_sample_has_no_more_digits_than_it_needs(low, high, sample):
    assert str(typical(between(low, high), RELIEF)) == sample


def test_a_sample_is_found_between_bounds_that_differ_in_their_last_of_many_digits():
    part = between("0." + "3" * 60, "0." + "3" * 59 + "4")
    assert holds(part, typical(part, RELIEF))


def test_a_range_of_a_single_number_is_any_value_of_it():
    single = Observable("o", "Sides", "", "count", minimum=Decimal(2), maximum=Decimal(2))
    assert told_of([Interval(Cut(Decimal(2), 0), Cut(Decimal(3), 0))], single) == "any value"


def test_a_series_is_sampled_without_single_points_where_others_will_do():
    series = Series(needs=(1,), fulfils=(frozenset({0}), frozenset({0})), points=frozenset({0}))
    assert (1,) in series.signatures.values()
    assert series.sample(((0, 1),)) == (1,)
