"""Figures are read in every form that people write them in, and met in any other form of the same number."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.passages.figures import figures
from edgewise.citations.passages.number_words import worth
from edgewise.citations.passages.same_figure import meet

SEVENTY = ["70 %", "70%", "70 per cent", "seventy per cent", "seventy percent", "7 of 10", "7/10", "7 out of 10", "seven of ten", "7 in 10"]


@pytest.mark.parametrize("asked", SEVENTY)
@pytest.mark.parametrize("held", [*SEVENTY, "a proportion of 0.7", "0·70"])
def test_seventy_per_cent_is_met_in_every_form(asked, held):
    found = meet(figures(asked)[0], figures(f"It was seen in {held} patients."))
    assert found is not None
    assert found.same


@pytest.mark.parametrize("held", ["71 %", "70 patients", "70 mg", "17 of 10", "7 of 11", "170 %", "70.5 %", "no figure"])
def test_what_is_not_seventy_per_cent_is_not_the_same(held):
    found = meet(figures("70 %")[0], figures(f"It was seen in {held}."))
    assert found is None or not found.same


def test_a_number_that_stands_there_with_another_unit_is_told_and_not_found():
    found = meet(figures("70 %")[0], figures("Seen in 70 patients"))
    assert found is not None
    assert (found.same, found.note) == (False, "70 stands there as “70 patients”")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,046", 1046), ("12,841", 12841), ("2 957", 2957), ("2\u202f957", 2957), ("2\u00a0957", 2957), ("3.3 million", 3_300_000),
        ("0·84", Fraction(21, 25)), (".5", Fraction(1, 2)), ("0,7", Fraction(7, 10)), ("seventy-five", 75), ("two hundred and six", 206),
        ("one hundred thousand", 100_000), ("nineteen", 19),
    ],
)  # fmt: skip
def test_a_number_is_what_it_says(text, number):
    assert worth(text) == number
    assert [one.low for one in figures(f"There were {text} people.")] == [number]


@pytest.mark.parametrize("text", ["80–90 %", "80-90%", "80 % to 90 %", "80 to 90 per cent", "between 80 and 90 %", "80 − 90 %"])
def test_a_range_is_one_figure(text):
    (found,) = figures(f"Relief of {text} is asked for.")
    assert (found.low, found.high, found.unit) == (80, 90, "%")


def test_two_numbers_joined_by_and_are_two():
    assert [(one.low, one.high) for one in figures("In 2 and 3 patients")] == [(2, 2), (3, 3)]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("≥ 70 %", "≥"), ("at least 70 %", "≥"), ("70 % or more", "≥"), ("no less than 70 %", "≥"), ("more than 70 %", ">"),
        ("over 70 %", ">"), ("less than 70 %", "<"), ("up to 70 %", "≤"), ("70 %", ""), ("aged 65 years and over", "≥"),
    ],
)  # fmt: skip
def test_a_bound_belongs_to_its_figure(text, bound):
    assert figures(text)[0].bound == bound


def test_another_bound_is_found_and_told():
    assert meet(figures("at least 70 %")[0], figures("more than 70 %")).note == "“more than” there, “at least” here"


@pytest.mark.parametrize(
    ("asked", "held", "note"),
    [
        ("6 weeks", "42 days", "as “42 days”, exactly 6 weeks"),
        ("2 years", "24 months", "as “24 months”, exactly 2 years"),
        ("500 mg", "0.5 g", "as “0.5 g”, exactly 500 mg"),
        ("90 minutes", "1.5 h", "as “1.5 h”, exactly 90 minutes"),
    ],
)
def test_a_unit_becomes_another_where_that_is_exact_and_it_is_said(asked, held, note):
    assert meet(figures(asked)[0], figures(f"After {held} all was well.")) == (True, note)


@pytest.mark.parametrize(("asked", "held"), [("1 month", "30 days"), ("3 months", "12 weeks"), ("1 year", "52 weeks"), ("5 mg", "5 mL")])
def test_a_unit_becomes_no_other_where_it_is_not_exact(asked, held):
    found = meet(figures(asked)[0], figures(f"After {held} all was well."))
    assert found is None or not found.same


@pytest.mark.parametrize("statement", ["two positive blocks", "two or more blocks", "at least 2 diagnostic blocks"])
def test_what_is_counted_must_be_the_same(statement):
    asked = figures(statement)[0]
    assert meet(asked, figures("after 2 blocks")).same
    assert not meet(asked, figures("in 2 centres")).same


@pytest.mark.parametrize("text", ["COVID-19", "IL-6 and TNF", "one of the authors", "B12", "no one came"])
def test_what_only_looks_like_a_figure_is_none(text):
    assert figures(text) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789.,·/–- %abcmgofintw\u202f", max_size=200))
def test_nothing_that_is_written_breaks_the_reading(text):
    for one in figures(text):
        assert one.low <= one.high


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["%", " mg", " weeks", " patients"]))
def test_a_figure_meets_itself(number, unit):
    for shown in (str(number), f"{number:,}"):
        (asked,) = figures(f"{shown}{unit}")
        assert meet(asked, figures(f"It was {number:,}{unit}.")).same


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("an eGFR of 30 mL/min/1.73 m2", ["30 mL/min/1.73 m2"]), ("pooled over 27 studies", ["27 studies"]),
        ("four steps fail twice", ["four steps"]), ("120/80 mmHg", ["120", "80 mmHg"]), ("5 mg/kg/day", ["5 mg/kg/day"]),
        ("HR 0.84 (95% CI 0.49–1.48)", ["0.84", "95%", "0.49–1.48"]), ("follow-up of 18-y", ["18-y"]),
    ],
)  # fmt: skip
def test_a_figure_is_shown_as_it_is_written_and_no_more(text, shown):
    found = figures(text)
    assert [one.shown for one in found] == shown
    assert all(not one.bound for one in found)


def test_a_number_of_a_thousand_digits_is_passed_over():
    assert [one.low for one in figures("9" * 5000 + " and 7 mg")] == [7]
