"""A pathway in small shows every step and every edge, and no word."""

from __future__ import annotations

import pytest
from lxml import etree

from edgewise.explorer.drawing.miniature import miniature
from edgewise.explorer.drawing.palette import KINDS, STATES, Scheme
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Scene
from edgewise.graph.library import load
from edgewise.graph.shelf import ids

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("id", ids())
def test_every_step_is_a_box_and_every_edge_a_line_of_its_colour(id: str, scheme: Scheme) -> None:
    scene = picture(load(id).guideline)
    drawn = etree.fromstring(miniature(scene, scheme).encode())
    boxes = [one for one in drawn.iter(f"{SVG}rect") if one.get("stroke")]
    assert len(boxes) == len(scene.nodes)
    assert {one.get("stroke") for one in boxes} <= {kind[scheme]["line"] for kind in KINDS.values()}
    assert [one.get("stroke") for one in drawn.iter(f"{SVG}path")] == [STATES[edge.state][scheme] for edge in scene.edges]
    assert not "".join(drawn.itertext())


def test_a_guideline_without_steps_is_an_empty_picture() -> None:
    assert len(etree.fromstring(miniature(Scene(), "light").encode())) == 0
