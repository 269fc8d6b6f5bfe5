"""The category of a score follows from the scale alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph import ratings
from edgewise.graph.library import check
from edgewise.graph.model import Guideline, Rating
from edgewise.graph.ratings import bands, category, derived
from edgewise.graph.reading.projection import guideline as project
from edgewise.graph.reading.read import read
from tests.places import DATA, SHARED


def read_guideline(file: Path) -> Guideline:
    source = read(file)
    return project(source.graph, source.iri)


def rated(score: int, low: int = 1, high: int = 9) -> Rating:
    return Rating("r", "m", "s", score, low, high, "s1")


@pytest.mark.parametrize(
    ("scores", "name"),
    [((1, 2, 3), "usually not appropriate"), ((4, 5, 6), "may be appropriate"), ((7, 8, 9), "usually appropriate")],
)
def test_each_third_of_the_nine_point_scale_has_its_name(scores, name):
    assert {category(rated(score)) for score in scores} == {name}


@pytest.mark.parametrize(("low", "high"), [(0, 9), (1, 10), (1, 5), (0, 100), (9, 1), (-9, -1)])
def test_a_scale_the_method_does_not_define_has_no_category(low, high):
    assert category(rated(5, low, high)) == "not stated"
    assert bands(low, high) == ()


@pytest.mark.parametrize("score", [0, 10, -3, 1000])
def test_a_score_outside_the_scale_has_no_category(score):
    assert category(rated(score)) == "not stated"


def test_the_bands_cover_the_scale_without_gap_or_overlap():
    covered = [score for band in bands(1, 9) for score in range(band.low, band.high + 1)]
    assert covered == list(range(1, 10))


def worded(category: str, score: int | None = None) -> Rating:
    low, high = (1, 9) if score else (0, 0)
    return Rating("r", "m", "s", score, low, high, "s1", category=category)  # type: ignore[arg-type]


def test_a_category_in_the_source_s_words_goes_before_what_follows_from_the_score_and_the_two_are_told_apart():
    assert category(worded("may be appropriate")) == category(worded("may be appropriate", 8)) == "may be appropriate"
    assert derived(worded("may be appropriate", 8)) == "usually appropriate"
    told = [ratings.rated(one) for one in (worded("may be appropriate"), worded("usually appropriate", 8), rated(8))]
    assert told == ["may be appropriate", "8 of 9, usually appropriate", "8 of 9, usually appropriate (derived)"]
    assert ratings.rated(worded("may be appropriate", 8)) == "8 of 9, may be appropriate (the score says usually appropriate)"


def test_score_and_words_part_only_where_the_scale_has_categories():
    assert ratings.parts(worded("may be appropriate", 8))
    assert not ratings.parts(worded("usually appropriate", 8))
    assert not ratings.parts(worded("may be appropriate"))
    assert not ratings.parts(Rating("r", "m", "s", 80, 0, 100, "s1", category="usually not appropriate"))


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (rated(9), rated(2), True),
        (rated(8), rated(7), True),
        (rated(8), rated(8), False),
        (rated(4, 1, 5), rated(4), True),  # the same number, and not the same place
        (rated(4, 1, 5), rated(7), False),
        (rated(4, 1, 5), rated(9), True),
        (rated(80, 0, 100), rated(8), True),  # 80 lies below all that rounds to 8 of 9
        (rated(80, 0, 100), rated(7), False),
        (rated(80, 0, 100), rated(2), True),
        (rated(80, 0, 100), worded("usually not appropriate"), False),  # nothing says what 80 of 100 means in words
        (rated(8), worded("may be appropriate"), True),
        (rated(8), worded("usually appropriate"), False),
    ],
)
def test_ratings_are_unlike_by_category_and_by_place_on_their_own_scales(one, other, differ):
    assert ratings.unlike(one, other) is ratings.unlike(other, one) is differ


@given(st.integers(1, 9), st.integers(1, 9))
def test_on_one_scale_every_other_score_is_unlike_and_no_rating_is_unlike_itself(one, other):
    assert ratings.unlike(rated(one), rated(other)) == (one != other)


def test_the_case_of_one_method_rated_nine_and_two_is_one_conflict_with_figures_and_passages():
    if not (file := SHARED / "cases" / "model" / "06.yaml").is_file():
        pytest.skip(f"NO CASES: {file} is not there")
    guideline, findings = check(file)
    (conflict,) = ratings.conflicts(guideline)
    assert (conflict.modality, conflict.situation, len(conflict.ratings)) == ("mx", "v1", 3)
    told = ratings.conflict_in_words(guideline, conflict)
    for part in (
        "X-ray in “Situation one”",
        "4 of 5, category not stated – s1",
        "9 of 9, usually appropriate (derived) – s1",
        "2 of 9, usually not",
    ):
        assert part in told
    assert [(one.rule, one.severity, one.line) for one in findings if one.rule == "conflicting-ratings"] == [
        ("conflicting-ratings", "note", 25)
    ]


def test_a_level_of_a_rating_goes_before_that_of_its_method_and_no_dose_is_made_up():
    guideline = read_guideline(DATA / "small.yaml")
    (film,) = guideline.ratings.values()
    assert ratings.radiation(guideline, film) == 2
    assert ratings.radiation(guideline, replace(film, radiation=None)) == 1
    assert ratings.radiation(guideline, replace(film, radiation=0)) == 0
    assert ratings.radiation_in_words(guideline, 2) == "radiation level 2 (hardly any)"
    assert ratings.radiation_in_words(guideline, 1) == "radiation level 1"
