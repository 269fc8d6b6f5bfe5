"""The palette by WCAG 2.2: text at 4.5 to 1 (1.4.3), what has to be seen to be used or understood at 3 to 1 (1.4.11), in both schemes."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from edgewise.explorer.drawing import palette
from edgewise.explorer.drawing.palette import (
    BAND_FILLS,
    CHART_INKS,
    GROUNDS,
    INKS,
    KINDS,
    SIDES,
    STATES,
    TONES,
    Scheme,
    contrast,
    for_canvas,
)
from edgewise.explorer.drawing.scene import State

SCHEMES = get_args(Scheme)
TEXT, SHAPE = 4.5, 3.0


def ink(name: str, scheme: str) -> str:
    return str(getattr(INKS[name], scheme))


def tone(name: str, scheme: str) -> tuple[str, str]:
    found = TONES[name]
    return (found.light, found.light_ground) if scheme == "light" else (found.dark, found.dark_ground)


def behind(scheme: str) -> tuple[str, str]:
    return GROUNDS[scheme]["page"], GROUNDS[scheme]["band"]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_step_is_seen_on_its_lane_and_its_words_are_read(kind: str, scheme: Scheme) -> None:
    shade = KINDS[kind][scheme]
    tinted = _mix(shade["line"], shade["fill"], 0.14)  # behind the rating
    assert min(contrast(shade["text"], ground) for ground in (shade["fill"], tinted)) >= TEXT
    bounds = (shade["line"], shade["fill"])  # one of the two has to stand out
    assert min(max(contrast(part, ground) for part in bounds) for ground in behind(scheme)) >= SHAPE


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_lanes_and_what_marks_a_step_are_seen(scheme: Scheme) -> None:
    ground = GROUNDS[scheme]
    for under in behind(scheme):
        assert contrast(ground["name"], under) >= TEXT
        for name, state in {**STATES, **SIDES}.items():
            assert contrast(state[scheme], under) >= TEXT, f"{name}: its label has the colour of its edge"
        for name in ("muted", "due", "ring", "tick"):
            assert contrast(ground[name], under) >= SHAPE, name
    assert contrast(ground["mark"], ground["tick"]) >= SHAPE
    assert contrast(ground["markDue"], ground["due"]) >= SHAPE


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", TONES)
def test_a_tone_is_read_on_its_own_ground_and_on_the_page(name: str, scheme: Scheme) -> None:
    text, ground = tone(name, scheme)
    for under in (ground, GROUNDS[scheme]["page"]):
        assert contrast(text, under) >= TEXT
        for other in ("text", "strong", "link"):
            assert contrast(ink(other, scheme), under) >= TEXT, f"{other} on {name}"


PAIRS = [
    ("text", "page"), ("text", "band"), ("dim", "page"), ("dim", "band"), ("link", "page"), ("link", "band"), ("brand", "page"),
    ("on-brand", "brand"), ("picked-ink", "picked"), ("paper", "tip"), ("strong", "page"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_inks_are_read_where_the_style_sheets_put_them(text: str, ground: str, scheme: Scheme) -> None:
    assert contrast(ink(text, scheme), ink(ground, scheme)) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_notice_is_read(scheme: Scheme) -> None:
    assert contrast(ink("warning", scheme), tone("weak", scheme)[1]) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_borders_of_controls_are_seen_wherever_these_stand(scheme: Scheme) -> None:
    grounds = [*behind(scheme), *(tone(name, scheme)[1] for name in ("card", "own", "chip", "weak"))]
    assert min(contrast(ink("edge", scheme), ground) for ground in grounds) >= SHAPE
    assert min(contrast(ink("picked-line", scheme), ground) for ground in (*behind(scheme), tone("own", scheme)[1])) >= SHAPE


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_chart_of_ratings_is_read(scheme: Scheme) -> None:
    inks = CHART_INKS[scheme]
    for fill in (*BAND_FILLS[scheme].values(), inks["row"]):
        assert min(contrast(inks[name], fill) for name in ("text", "quiet")) >= TEXT
        assert min(contrast(inks[name], fill) for name in ("dot", "picked")) >= SHAPE
    assert min(contrast(inks["score"], inks[name]) for name in ("dot", "picked")) >= TEXT, "the score stands on its dot"


def test_where_the_system_forces_its_colours_nothing_else_is_painted() -> None:
    system = {"Canvas", "CanvasText", "GrayText", "Highlight", "HighlightText", "LinkText"}
    forced = for_canvas()["forced"]
    kinds = {part for shade in forced["kinds"].values() for part in shade.values()}
    assert {*forced["states"].values(), *kinds, *forced["ground"].values()} <= system
    sheet = palette.variables().partition("@media (forced-colors: active)")[2]
    assert {value for _, value in re.findall(r"(--ew-[\w-]+): ([^;]+);", sheet)} <= system
    assert set(re.findall(r"(--ew-[\w-]+):", sheet)) == set(re.findall(r"(--ew-[\w-]+):", palette.variables().partition("@media")[0]))


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_the_canvas_gets_the_same_names_in_every_scheme(scheme: str) -> None:
    found, light = for_canvas()[scheme], for_canvas()["light"]
    assert {part: set(names) for part, names in found.items()} == {part: set(names) for part, names in light.items()}


def test_every_state_of_evidence_has_a_sign_a_dash_and_colours_of_its_own() -> None:
    assert tuple(STATES) == get_args(State)
    for part in ("sign", "light", "dark"):
        assert len({state[part] for state in STATES.values()}) == len(STATES)
    assert len({tuple(state["dash"]) for state in STATES.values()}) == len(STATES)


def _mix(top: str, under: str, part: float) -> str:
    pairs = ((int(top[i : i + 2], 16), int(under[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * part + b * (1 - part)):02x}" for a, b in pairs)
