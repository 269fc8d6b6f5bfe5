"""The Imaging page: ratings as chart and table, evidence beside them, and no axis made up from another."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.explorer.cards.rating_table import rating_table
from edgewise.explorer.drawing.palette import BAND_FILLS, CHART_INKS, contrast
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.pages.imaging.page import CHOICE, evidence_of, rated_modalities
from edgewise.explorer.pages.imaging.ratings_chart import chart, groups
from edgewise.explorer.pages.imaging.situations import KEY
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.guidelines import Opened
from edgewise.explorer.shell.location import Location
from edgewise.graph.attribution import mark
from edgewise.graph.library import load
from edgewise.graph.model import Comparison, Guideline, Modality, Rating, Situation
from edgewise.graph.ratings import bands
from edgewise.graph.walking.facts import parse_facts
from tests.places import DATA

HOSTILE = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/x) datum.x $\\x$ :red[x]"


@pytest.fixture(scope="module")
def sample() -> Guideline:
    return load("sacroiliac-sclerosis").guideline


def _page():
    from edgewise.explorer.pages.imaging.page import page

    page()


def opened(**params: str) -> AppTest:
    at = AppTest.from_function(_page, default_timeout=120)
    for name, value in params.items():
        at.query_params[name] = value
    at.run(timeout=120)
    assert not at.exception
    return at


def told(at: AppTest) -> str:
    bodies = (re.sub(r"<style>.*?</style>", "", block.proto.body, flags=re.DOTALL) for block in at.get("html"))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", " ".join(bodies))).split())


def layers(guideline: Guideline, picked: str = "") -> list[dict[str, Any]]:
    return list(chart(guideline, (1, 9), groups(guideline)[1, 9], picked=picked).to_dict()["layer"])


def shown(monkeypatch: pytest.MonkeyPatch, guideline: Guideline) -> AppTest:
    monkeypatch.setattr(frame, "here", lambda: frame.Here(Opened("g", guideline, Scene()), Location("g")))
    return opened()


def test_every_rating_is_in_the_table_with_situation_region_contrast_and_category(sample):
    words = told(opened())
    for rating in sample.ratings.values():
        modality = sample.modalities[rating.modality]
        assert sample.situations[rating.situation].label in words
        region, contrast = (f"{getattr(modality, key)}{mark(modality, key)}" for key in ("region", "contrast"))
        narrow = f"{region}; contrast: {contrast}"
        assert f"{modality.label} {narrow} {region} {contrast} {rating.score} usually appropriate" in words


def test_chart_table_and_choice_keep_the_same_order(sample):
    labels = [sample.modalities[id].label for id in rated_modalities(sample)]
    assert labels[:2] == ["X-ray SI joints", "X-ray spine"]
    at = opened()
    assert at.selectbox(key=CHOICE).options == labels
    table = told(at).partition("Ratings of appropriateness")[2]
    places = [table.index(f"{label} ") for label in labels]
    assert places == sorted(places)
    (scale, found), *others = groups(sample).items()
    rows = [sample.modalities[rating.modality].label for group in found for rating in group.ratings]
    assert (scale, rows, others) == ((1, 9), labels, [])


def test_the_bands_of_the_scale_are_drawn_and_labelled(sample):
    drawn = next(iter(layers(sample)))["data"]["values"]
    assert [(row["start"], row["end"]) for row in drawn] == [(0.5, 3.5), (3.5, 6.5), (6.5, 9.5)]
    assert [" ".join(row["label"].split()) for row in drawn] == [f"{band.low}–{band.high} {band.category}" for band in bands(1, 9)]


def test_a_scale_without_bands_is_drawn_without_them_and_apart_from_the_others(sample):
    odd = Rating("odd", "modality-xray-spine", "situation-initial", 40, 0, 100, "s3")
    guideline = replace(sample, ratings={**sample.ratings, "odd": odd})
    found = groups(guideline)
    assert sorted(found) == [(0, 100), (1, 9)]
    spec = chart(guideline, (0, 100), found[0, 100], picked="").to_json()
    assert 'appropriate"' not in spec
    assert [rating.id for group in found[0, 100] for rating in group.ratings] == ["odd"]


def test_a_chart_can_be_heard_and_marks_the_method_that_is_read(sample):
    spec = chart(sample, (1, 9), groups(sample)[1, 9], picked="modality-ct-without-contrast").to_dict()
    assert "CT SI joints without contrast 7" in spec["description"]
    rows = next(layer["data"]["values"] for layer in spec["layer"] if "score" in layer["data"]["values"][0])
    assert [row["label"] for row in rows if row["picked"]] == ["CT SI joints without contrast"]


def test_what_is_told_when_a_dot_is_pointed_at_is_in_words_and_nothing_else_on_the_chart_tells_anything(sample):
    spoken = []
    for layer in layers(sample):
        tip = layer["encoding"]["tooltip"]
        if tip != {"value": None}:
            spoken.append(layer["mark"]["type"])
            assert [(field["field"], field["title"]) for field in tip] == [
                ("label", "Method"), ("rated", "Rated"), ("situation", "Situation"),
            ]  # fmt: skip
            assert layer["data"]["values"][0]["rated"] == "9 of 9, usually appropriate (derived)"
    assert spoken == ["rule", "circle", "text"]


def test_every_row_can_be_pressed_and_says_whether_it_is_the_one_that_is_shown(sample):
    markup = " ".join(block.proto.body for block in opened(sel="ct-si-joints-without-contrast").get("html"))
    rows = re.findall(r'<tr[^>]*data-ew-pick="([^"]+)"[^>]*><th scope="row"><button type="button"[^>]*aria-pressed="(\w+)"', markup)
    assert dict(rows) == {id: str(id == "modality-ct-without-contrast").lower() for id in rated_modalities(sample)}


def test_every_layer_names_the_same_axes_without_which_vega_lite_draws_nothing(sample):
    across = [layer["encoding"]["x"] for layer in layers(sample)]
    assert len({str(x["axis"]) for x in across if "field" in x}) == 1
    assert {layer["encoding"]["y"]["axis"] for layer in layers(sample)} == {None}


def test_what_the_source_leaves_unsaid_after_an_image_stands_beside_it(sample):
    assert sample.notes["note-silent-inflammation"].text in told(opened(sel="ct-si-joints-without-contrast"))


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_what_is_written_on_the_chart_can_be_read(ground):
    ink = CHART_INKS[ground]
    for fill in (*BAND_FILLS[ground].values(), ink["row"]):
        assert contrast(ink["text"], fill) >= 4.5
        assert contrast(ink["quiet"], fill) >= 4.5
    for dot in (ink["dot"], ink["picked"]):
        assert contrast(ink["score"], dot) >= 4.5


def test_a_step_in_the_address_is_the_method_shown(sample):
    at = opened(sel="ct-si-joints-without-contrast")
    assert at.selectbox(key=CHOICE).value == "modality-ct-without-contrast"
    assert sample.statements["s6"].text in told(at)
    assert "cannot have MRI" in told(at)


def test_choosing_a_method_writes_its_step_into_the_address_and_shows_its_evidence(sample):
    at = opened(g="sacroiliac-sclerosis", facts="radiographs~equivocal")
    at.selectbox(key=CHOICE).select("modality-mri-with-and-without-contrast").run(timeout=120)
    assert at.query_params["sel"] == "mri-si-joints-with-and-without-contrast"
    assert at.query_params["facts"] == "radiographs~equivocal", "the walk is not lost"
    assert at.selectbox(key=CHOICE).value == "modality-mri-with-and-without-contrast"
    assert sample.statements["s5"].text in told(at)


def test_going_back_to_an_address_without_selection_shows_what_it_showed(sample):
    at = opened()
    at.selectbox(key=CHOICE).select("modality-ct-without-contrast").run(timeout=120)
    at.query_params.clear()
    assert at.run(timeout=120).selectbox(key=CHOICE).value == "modality-xray-si-joints"


@pytest.mark.parametrize("selected", ["", "si-joint-fusion", "cooled-rfa-to-si-joint-fusion", "<script>"])
def test_any_other_selection_leaves_the_first_method(selected):
    assert opened(sel=selected).selectbox(key=CHOICE).value == "modality-xray-si-joints"


def test_strength_and_certainty_are_not_stated_whatever_the_rating():
    words = told(opened())
    assert "Strength of recommendation not stated by the source" in words
    assert "Certainty of evidence not stated by the source" in words


def test_the_evidence_of_a_method_is_judged_and_its_reference_shown(sample):
    words = told(opened())
    assert "Rests on tertiary summaries alone" in words
    assert "[1] Guideline Directed Topic Overview" in words
    for id, modality in sample.modalities.items():
        found = evidence_of(sample, id)
        assert {support.statement.id for support in found.supports} >= set(modality.described_by)
        assert found.state == "weak"


def test_a_guideline_without_ratings_says_so_and_shows_no_empty_chart(monkeypatch, sample):
    at = shown(monkeypatch, replace(sample, ratings={}))
    assert "rates no imaging method" in at.info[0].value
    assert not at.selectbox


def test_a_method_that_no_step_uses_can_be_chosen_all_the_same(monkeypatch, sample):
    lone = Modality("lone", "Ultrasound", "US", "none", "hip")
    rated = Rating("lone-rating", "lone", "situation-initial", 2, 1, 9, "s2")
    guideline = replace(sample, modalities={**sample.modalities, "lone": lone}, ratings={**sample.ratings, "lone-rating": rated})
    at = shown(monkeypatch, guideline)
    at.selectbox(key=CHOICE).select("lone").run(timeout=120)
    assert at.selectbox(key=CHOICE).value == "lone"
    assert "2 of 9, usually not appropriate" in told(at)


def test_hostile_names_are_shown_as_written_and_never_become_markup_or_expressions(monkeypatch, sample):
    guideline = replace(
        sample,
        modalities={"m": Modality("m", HOSTILE, HOSTILE, HOSTILE, HOSTILE)},
        situations={"i": Situation("i", HOSTILE, HOSTILE)},
        ratings={"r": Rating("r", "m", "i", 5, 1, 9, "s1")},
    )
    at = shown(monkeypatch, guideline)
    assert HOSTILE in told(at)
    assert not any("<img" in block.proto.body for block in at.get("html"))
    for layer in layers(guideline, "m"):
        without_data = {key: value for key, value in layer.items() if key != "data"}
        assert "onerror" not in str(without_data)
        assert "url" not in layer["data"]


# Six situations, eight methods ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lbp() -> Guideline:
    return load(str(DATA / "guidelines" / "lbp-imaging")).guideline


def with_facts(monkeypatch: pytest.MonkeyPatch, guideline: Guideline, facts: dict[str, str], **own: str) -> AppTest:
    location = Location("g", facts=parse_facts(facts, guideline), page="imaging", own=own)
    monkeypatch.setattr(frame, "here", lambda: frame.Here(Opened("g", guideline, Scene()), location))
    return opened()


def charted(at: AppTest) -> str:
    return told(at).partition("Press a row to see what it rests on.")[2]


def test_the_table_holds_every_rating_under_its_situation_with_sign_words_and_radiation(lbp):
    markup = str(rating_table(lbp))
    head = re.findall(r'<th scope="col">(.*?)</th>', markup)
    rows = re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", markup)
    assert [unescape(one) for one in head] == ["Method", *(one.label for one in lbp.situations.values())]
    assert len(rows) == 8
    cells = [re.findall(r'<td class="([^"]+)">(.*?)</td>', row) for row in rows]
    assert {len(row) for row in cells} == {6}
    plain = re.sub(r"<[^>]+>", "", cells[1][3][1])
    assert (cells[1][3][0], plain) == ("ew-rated-usually-appropriate", "✓ 9 usually appropriate ")
    assert "☢</span> radiation level 3" in rows[0]
    assert "Relative radiation level (RRL). 0: none; 3: 1 to 10 mSv in an adult; 4: 10 to 30 mSv in an adult." in markup


def test_a_level_that_the_source_does_not_explain_gets_no_dose(lbp):
    markup = str(rating_table(replace(lbp, radiation_levels={})))
    assert "3: what it stands for is not stated by the source" in markup
    assert "mSv" not in markup


def test_with_nothing_known_no_situation_is_preselected_and_all_are_shown(monkeypatch, lbp):
    at = with_facts(monkeypatch, lbp, {})
    assert at.selectbox(key=KEY).value == "all"
    assert all(situation.label in charted(at) for situation in lbp.situations.values())
    assert "for this patient" not in told(at)


def test_the_one_situation_that_holds_is_preselected_and_said_by_whose_word(monkeypatch, lbp):
    at = with_facts(monkeypatch, lbp, {"cauda-equina": "yes"})
    assert at.selectbox(key=KEY).value == "variant-4"
    words = told(at)
    assert "✓ Holds for this patient : Suspected cauda equina syndrome variant 4, heading" in words
    assert "? Not known whether : Six weeks of care without success, intervention thought of; Trouble after earlier" in words
    assert "Suspected cauda equina syndrome ✓ this patient" in words
    assert "Trouble after earlier lumbar surgery X-ray" not in charted(at)


def test_several_situations_that_hold_are_shown_together_and_before_the_others(monkeypatch, lbp):
    facts = {"cauda-equina": "yes", "steroids": "yes"}
    at = with_facts(monkeypatch, lbp, facts)
    assert at.selectbox(key=KEY).value == "patient"
    assert "The 2 that hold for this patient" in at.selectbox(key=KEY).options
    every = charted(with_facts(monkeypatch, lbp, facts, situation="all"))
    labels = [lbp.situations[id].label for id in ("variant-4", "variant-6", "variant-1")]
    assert [every.index(label) for label in labels] == sorted(every.index(label) for label in labels)


def test_where_none_holds_none_is_preselected_and_that_is_said(monkeypatch, lbp):
    none = dict.fromkeys(("cauda-equina", "earlier-surgery", "trauma", "osteoporosis", "old-age", "steroids"), "no")
    at = with_facts(monkeypatch, lbp, none | {"tumour-or-infection": "yes", "care-weeks": "5"})
    assert at.selectbox(key=KEY).value == "all"
    assert "This patient is in none of the situations" in told(at)


def test_a_condition_of_the_modeller_s_is_marked_where_it_tells_a_situation(monkeypatch, lbp):
    when = Comparison("w", "cauda-equina", answer="yes")
    guideline = replace(lbp, situations={**lbp.situations, "variant-4": replace(lbp.situations["variant-4"], when=when)})
    assert "◇ the modeller's condition, no passage" in told(with_facts(monkeypatch, guideline, {"cauda-equina": "yes"}))


def test_what_would_tell_the_situation_is_asked_and_answered_here(monkeypatch, lbp):
    at = with_facts(monkeypatch, lbp, {"cauda-equina": "yes", "earlier-surgery": "no"})
    asked = [one.label for one in (*at.number_input, *at.segmented_control)]
    assert asked == ["For how long has there been optimal care? (weeks)"]


def test_a_situation_in_the_address_goes_before_the_patient_s_and_a_wrong_one_is_not_heard(monkeypatch, lbp):
    facts = {"cauda-equina": "yes"}
    assert with_facts(monkeypatch, lbp, facts, situation="variant-1").selectbox(key=KEY).value == "variant-1"
    assert with_facts(monkeypatch, lbp, facts, situation="<b>").selectbox(key=KEY).value == "variant-4"


def test_unlike_ratings_are_shown_as_a_conflict_and_none_is_chosen(monkeypatch, sample):
    contrary = replace(sample.ratings["rating-xray-si-joints"], id="contrary", score=2, statement="s5")
    guideline = replace(sample, ratings={**sample.ratings, "contrary": contrary})
    words = told(shown(monkeypatch, guideline))
    assert "≠ Conflict: the source rates X-ray SI joints in" in words
    assert "9 of 9, usually appropriate (derived) – s1" in words or "9 of 9, usually appropriate (derived) – s" in words
    assert "None of them is chosen here." in words
    cell = re.search(r'<td class="ew-rated-in-conflict">(.*?)</td>', str(rating_table(guideline)))
    assert cell is not None
    assert [part in re.sub(r"<[^>]+>", "", cell[1]) for part in ("≠ conflict", "9 usually appropriate", "2 usually not")] == [True] * 3


def test_scores_of_other_scales_are_told_on_their_own_scale_and_categories_without_a_score_have_no_chart(monkeypatch, sample):
    percent = Rating("percent", "modality-xray-spine", "situation-initial", 80, 0, 100, "s3")
    worded = Rating("worded", "modality-xray-spine", "situation-initial", None, 0, 0, "s3", category="may be appropriate")
    guideline = replace(sample, ratings={**sample.ratings, "percent": percent, "worded": worded})
    assert list(groups(guideline)) == [(0, 100), (1, 9), (0, 0)]
    at = shown(monkeypatch, guideline)
    assert "80 on a scale of 0 to 100 category not stated" in told(at)
    assert "in the source's words, without a score" in told(at)
    assert len(at.get("arrow_vega_lite_chart") or at.get("vega_lite_chart")) == 2
