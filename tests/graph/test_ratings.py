"""The category of a score follows from the scale alone."""

from __future__ import annotations

import pytest

from edgewise.graph.model import Rating
from edgewise.graph.ratings import bands, category


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
