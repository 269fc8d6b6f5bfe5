"""Ratings on paper, in the file that stands alone and on a step: the table, categories in the source's words, radiation, conflicts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards.evidence import ratings as rating_cards
from edgewise.explorer.cli.evidence import evidence_payload, evidence_report
from edgewise.explorer.cli.show import guideline_payload, guideline_report
from edgewise.explorer.drawing.picture import badge
from edgewise.explorer.handout import text
from edgewise.explorer.handout.html.sections import ratings as html_ratings
from edgewise.explorer.handout.rating_grid import LEGEND, rating_grid
from edgewise.graph.library import load
from edgewise.graph.model import Guideline, Rating
from edgewise.graph.ratings import levels_in_words
from tests.places import DATA


@pytest.fixture(scope="module")
def lbp() -> Guideline:
    return load(str(DATA / "guidelines" / "lbp-imaging")).guideline


@pytest.fixture
def parted(lbp: Guideline) -> Guideline:
    contrary = Rating("contrary", "xray", "variant-1", 8, 1, 9, "s4", category="usually appropriate")
    return replace(lbp, ratings={**lbp.ratings, "contrary": contrary})


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def listed(guideline: Guideline) -> str:
    return "\n".join("".join(run for run, _ in item) for group in text.ratings(guideline) for item in group["items"])


def test_the_grid_has_a_row_a_method_and_a_column_a_situation(lbp):
    grid = rating_grid(lbp)
    assert grid is not None
    assert grid.columns == ("1", "2", "3", "4", "5", "6")
    assert grid.rows[1] == ("MRI of the lumbar spine without contrast", "2 –", "2 –", "9 +", "9 +", "8 +", "7 +")
    assert "+ usually appropriate, ± may be appropriate, – usually not appropriate" in LEGEND
    names = [group["name"] for group in text.ratings(lbp)]
    assert names[3] == "4. Suspected cauda equina syndrome", "the list tells which situation a number is"


def test_scores_on_other_scales_and_categories_alone_are_told_apart_in_the_grid(lbp):
    first, *_ = lbp.ratings
    percent = replace(lbp.ratings[first], score=80, scale_min=0, scale_max=100, category="")
    worded = replace(lbp.ratings[first], id="w", score=None, scale_min=0, scale_max=0, category="may be appropriate")
    for rating, shown in ((percent, "80/100"), (worded, "±")):
        grid = rating_grid(replace(lbp, ratings={**lbp.ratings, first: rating}))
        assert grid is not None
        assert shown in {cell for row in grid.rows for cell in row}


def test_a_conflict_is_marked_wherever_ratings_are_told(parted):
    grid = rating_grid(parted)
    assert grid is not None
    assert grid.rows[0][1] == "≠ 8 + / 2 –"
    told = "the source rates X-ray of the lumbar spine in “Acute pain, no warning signs, not treated before” in more than one way: "
    assert f"≠ Conflict: {told}" in listed(parted)
    assert f"≠ Conflict: {told}" in plain(html_ratings(parted))
    found = evidence(parted, "xray-fracture")
    assert f"≠ Conflict: {told}" in plain(rating_cards(parted, found.ratings))
    assert told in "\n".join(evidence_report(found, parted))
    assert f"≠ conflict: {told}" in "\n".join(guideline_report(parted, dict.fromkeys(parted.transitions, "weak")))
    (conflict,) = guideline_payload(parted, dict.fromkeys(parted.transitions, "weak"))["ratingTable"]["conflicts"]
    assert (conflict["modality"], conflict["situation"], sorted(conflict["ratings"])) == ("xray", "variant-1", ["contrary", "r1-xray"])


def test_a_guideline_without_conflict_tells_of_none(lbp):
    assert "Conflict" not in listed(lbp) + plain(html_ratings(lbp))


def test_radiation_stands_on_card_list_and_in_json(lbp):
    found = evidence(lbp, "xray-fracture")
    assert "☢ radiation level 3 (1 to 10 mSv in an adult)" in plain(rating_cards(lbp, found.ratings))
    assert "radiation level 3" in listed(lbp)
    assert levels_in_words(lbp).startswith("Relative radiation level (RRL). 0: none; 3: 1 to 10 mSv in an adult")
    assert {one["radiation"] for one in evidence_payload(found, lbp)["ratings"]} == {3}


def test_json_says_whose_word_a_category_is(lbp):
    states = dict.fromkeys(lbp.transitions, "weak")
    table = guideline_payload(lbp, states)["ratingTable"]
    assert (len(table["methods"]), len(table["situations"]), len(table["ratings"])) == (8, 6, 48)
    assert {one["categoryBy"] for one in table["ratings"]} == {"source"}
    derived = replace(lbp, ratings={id: replace(one, category="") for id, one in lbp.ratings.items()})
    assert {one["categoryBy"] for one in guideline_payload(derived, states)["ratingTable"]["ratings"]} == {"derived"}


def test_the_badge_of_a_method_of_many_ratings_tells_from_where_to_where_they_reach(lbp):
    assert badge(lbp, lbp.steps["mri-surgery"]) == "1–9/9"
    some = replace(lbp, ratings={id: one for id, one in lbp.ratings.items() if one.situation in ("variant-4", "variant-5")})
    assert badge(some, lbp.steps["mri-surgery"]) == "8/9, 9/9"
    worded = replace(some, ratings={"w": replace(lbp.ratings["r1-xray"], score=None, scale_min=0, scale_max=0)})
    assert badge(worded, lbp.steps["xray-fracture"]) == "usually not appropriate"
