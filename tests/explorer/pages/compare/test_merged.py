"""Both pathways as one: each step and edge once, told by how it stands in the two, in colour, dash and sign."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from edgewise.explorer.drawing import palette
from edgewise.explorer.drawing.layout import NARROW, WIDE
from edgewise.explorer.pages.compare.drawing import svg
from edgewise.explorer.pages.compare.merged import alone, merged, node_sides, parts
from edgewise.graph.comparing.comparison import Comparison, compare
from edgewise.graph.library import load, load_file
from tests.explorer.pages.compare.guidelines import LOWER, OTHER, SI, preferring, written


@cache
def guideline(id: str):
    return load(id).guideline


@pytest.fixture(scope="module")
def lower(tmp_path_factory) -> Comparison:
    """The shipped guideline beside one with another threshold."""
    file = written(tmp_path_factory.mktemp("lower") / "lower.yaml", OTHER, LOWER)
    return compare(guideline("sacroiliac-sclerosis"), load_file(file).guideline)


@pytest.fixture(scope="module")
def unlike() -> Comparison:
    return compare(guideline("ottawa-ankle"), guideline("pulmonary-embolism"))


def test_steps_that_are_preferred_otherwise_are_marked_on_the_drawing_and_their_places_told(tmp_path):
    one, other = (load_file(written(tmp_path / f"{n}.yaml", (f"id: {SI}", f"id: si-{n}"), preferring(n, 3 - n))).guideline for n in (1, 2))
    found = compare(one, other)
    changed = {part.a: part.told for part in parts(found) if part.side == "changed"}
    assert set(changed) == {"xray-spine", "xray-si-joints"}
    assert changed["xray-si-joints"] == ("Which X-ray: number 2 → number 1",)
    assert {id for id, side in node_sides(found).items() if side == "changed"} == set(changed)


def test_a_moved_threshold_changes_its_edge_alone_and_the_edge_says_from_what_to_what(lower):
    changed = [part for part in parts(lower) if part.side == "changed"]
    assert [part.a for part in changed] == ["diagnostic-injections-to-cooled-rfa"]
    assert "at least 80 %" in changed[0].told[0]
    edge = next(edge for edge in merged(lower).edges if edge.id == changed[0].a)
    assert edge.state == "changed"
    assert edge.label == "≥ 80 and ≤ 90 % × 2 → ≥ 75 and ≤ 90 % × 2"


def test_every_step_and_edge_of_both_is_drawn_once(lower, unlike):
    for found in (lower, unlike):
        scene = merged(found)
        held = [part for part in parts(found) if part.kind == "step"]
        assert len(scene.nodes) == len(held) == len(node_sides(found))
        assert len(scene.edges) == sum(part.kind == "edge" for part in parts(found))


def test_of_two_that_share_nothing_all_is_in_one_alone(unlike):
    assert {part.side for part in parts(unlike)} == {"only-a", "only-b"}
    assert {edge.state for edge in merged(unlike).edges} == {"only-a", "only-b"}


def test_what_is_missing_in_one_is_in_the_other_alone():
    whole = guideline("sacroiliac-sclerosis")
    less = replace(whole, transitions={id: edge for id, edge in whole.transitions.items() if edge.target != "si-joint-fusion"})
    sides = {part.a: part.side for part in parts(compare(whole, less)) if part.kind == "edge"}
    assert sides["cooled-rfa-to-si-joint-fusion"] == "only-a"
    assert {part.b: part.side for part in parts(compare(less, whole)) if part.kind == "edge"}["cooled-rfa-to-si-joint-fusion"] == "only-b"


def test_ids_that_mean_other_things_in_the_two_do_not_meet_in_the_drawing():
    one = guideline("ottawa-ankle")
    step = next(iter(one.steps.values()))
    other = replace(one, id="other", steps={**one.steps, step.id: replace(step, kind="Endpoint", label="Something else")})
    found = compare(one, other)
    assert len({node.id for node in merged(found).nodes}) == len(merged(found).nodes)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("breadth", [WIDE, NARROW], ids=["wide", "narrow"])
def test_what_differs_is_told_by_colour_dash_and_sign(unlike, scheme, breadth):
    drawn = svg(merged(unlike), node_sides(unlike), scheme, breadth)
    for side in ("only-a", "only-b"):
        ink, dash = palette.SIDES[side][scheme], " ".join(map(str, palette.SIDES[side]["dash"]))
        assert f'stroke="{ink}"' in drawn
        assert f'stroke-dasharray="{dash}"' in drawn
        assert f">{palette.SIDES[side]['sign']}</text>" in drawn
    assert len({(side["sign"], tuple(side["dash"])) for side in palette.SIDES.values()}) == len(palette.SIDES)


def test_texts_of_a_guideline_stay_texts_in_the_picture(unlike):
    scene = merged(unlike)
    nasty = replace(scene, nodes=(replace(scene.nodes[0], label="<script>alert(1)</script>"), *scene.nodes[1:]))
    assert "<script" not in svg(nasty, node_sides(unlike), "light", WIDE)


def test_each_by_itself_shows_what_it_asks(lower):
    for letter, asks in (("A", "≥ 80"), ("B", "≥ 75")):
        scene, sides = alone(lower, letter)
        assert next(edge.label for edge in scene.edges if edge.state == "changed").startswith(f"Relief by diagnostic blocks {asks}")
        assert set(sides.values()) == {"same"}


def test_the_modellers_edges_bear_their_sign_in_the_drawing(unlike):
    assert any(edge.label.startswith("◇ ") for edge in merged(unlike).edges)
