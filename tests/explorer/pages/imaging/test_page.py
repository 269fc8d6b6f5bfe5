"""The Imaging page: ratings as chart and table, evidence beside them, and no axis made up from another."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.explorer.drawing.palette import BAND_FILLS, CHART_INKS, contrast
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.pages.imaging.page import CHOICE, evidence_of, rated_modalities
from edgewise.explorer.pages.imaging.ratings_chart import chart, groups
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.guidelines import Opened
from edgewise.explorer.shell.location import Location
from edgewise.graph.attribution import mark
from edgewise.graph.library import load
from edgewise.graph.model import Guideline, Modality, Rating, Situation
from edgewise.graph.ratings import bands

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
