"""Numbers are never printed rounder than they are: a threshold may lie between."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.answers.in_words import answer_told
from edgewise.graph.model import Comparison, Observable
from edgewise.graph.units import printed, short
from edgewise.graph.walking.criteria import compare

MONTHS = Observable("months", "Months", "?", "quantity", unit="mo", accrues=True)
RELIEF = Observable("relief", "Relief", "?", "quantity", unit="%", repeated=True)
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12) | st.integers(0, 100).flatmap(
    lambda whole: st.integers(1, 30).map(lambda nines: Decimal(whole) - Decimal(1).scaleb(-nines))
)


@given(numbers)
def test_what_is_printed_is_the_number_or_the_beginning_of_it(number):
    shown = short(number)
    if not shown.endswith("…"):
        assert Decimal(shown) == number
        return
    begun = Decimal(shown.removesuffix("…"))
    last = Decimal(1).scaleb(begun.as_tuple().exponent)
    with localcontext(prec=100):  # else the sum is rounded, and the test with it
        assert abs(begun) < abs(number) < abs(begun) + last


@given(numbers, numbers)
def test_numbers_between_which_a_threshold_lies_are_never_printed_as_the_threshold(number, threshold):
    if number != threshold and not short(threshold).endswith("…"):
        assert short(number) != short(threshold)


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        ("2.99999", "mo", "2.99999 months"),
        ("79.99999", "%", "79.99999 %"),
        ("0.99999999", "mo", "0.9999… months"),
        ("0.000001", "%", "0.000001 %"),
        ("5.97946611910", "mo", "5.9794… months"),
        ("80.000000001", "%", "80.000000001 %"),
        ("3.0", "mo", "3 months"),
    ],
)
def test_as_people_read_it(number, unit, words):
    assert printed(Decimal(number), unit) == words


def test_a_condition_that_fails_by_a_hair_does_not_read_as_if_it_held():
    three = Comparison("c", "months", bounds=(("≥", Decimal(3)),), unit="mo")
    assert compare(three, Decimal("2.99999"), MONTHS).text == "Months: 2.99999 months (needed: at least 3 months)"
    twice = Comparison("c", "relief", bounds=(("≥", Decimal(80)),), unit="%", times=2)
    assert compare(twice, (Decimal("79.99999"), Decimal(85)), RELIEF).text == "Relief: 1 of 2 (79.99999 %, 85 %)"
    assert answer_told(RELIEF, (Decimal("79.99999999"), None)) == "79.9999… %, not known"
