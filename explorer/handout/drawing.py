"""The pathway as a drawing for paper: what `edgewise.explorer.drawing.layout` places, as plain numbers and strings for ``handout.typ``.

On paper nothing can be clicked and colour may be lost. So every edge bears a mark: the sign of its evidence, and the number under
which the lists on the page give its criteria in full. The dashes differ more than on a screen, where colour helps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from edgewise.explorer.cards.wording import capital
from edgewise.explorer.drawing.geometry import Box, bounds
from edgewise.explorer.drawing.layout import Band, Layout, PlacedEdge, PlacedNode, lay_out
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.drawing.palette import GROUPS, KINDS, STATES, kind_of
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Edge, Node, Scene
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway

DASHES: dict[str, list[float]] = {
    "supported": [],
    "weak": [15, 4],
    "broken": [9, 3, 2, 3],
    "uncited": [0.1, 4.5],
    "inferred": [4, 3],
}
"""Dash and gap in pixels of the layout, one pattern a state of evidence; the shortest dash is a dot."""
# Stand for the mark while the labels are broken into lines. Narrow, since the face on paper is narrower than the one that is reckoned with.
_MARK, _DIGIT = "m", "n"
_ACROSS, _MARGIN = 3.0, 8.0


@dataclass(frozen=True, slots=True)
class PaperDrawing:
    """A layout and what it was made from, with the number of each edge."""

    scene: Scene
    layout: Layout
    numbers: Mapping[str, int]


def numbered(guideline: Guideline) -> dict[str, int]:
    """A number for every edge: those of one step follow one another, the steps in the order of the guideline.

    >>> from edgewise.graph.library import load
    >>> numbered(load("sacroiliac-sclerosis").guideline)["presentation-to-xray-si-joints"]
    1
    """
    edges = (edge for step in guideline.steps for edge in Pathway.of(guideline).out_of(step))
    return {edge.id: number for number, edge in enumerate(edges, 1)}


def draw(guideline: Guideline) -> PaperDrawing:
    """Place the pathway, with room for the mark before each label."""
    scene, numbers = picture(guideline), numbered(guideline)
    edges = tuple(replace(edge, mark=_room(numbers[edge.id])) for edge in scene.edges)
    scene = replace(scene, edges=edges)
    return PaperDrawing(scene, lay_out(scene), numbers)


def _room(number: int) -> str:
    return _MARK + _DIGIT * (len(str(number)) - 1)


def slices(drawing: PaperDrawing, most: float) -> list[tuple[float, float]]:
    """Top and bottom of the pieces of a drawing, none above `most` pixels high where no step or label need be cut."""
    layout = drawing.layout
    boxes = [*(node.box for node in layout.nodes.values()), *(edge.label for edge in layout.edges.values())]
    cuts = [0.0]
    while layout.height - cuts[-1] > most:
        cuts.append(_cut(boxes, cuts[-1], most, layout.height))
    return list(pairwise([*cuts, layout.height])) if cuts[-1] < layout.height else list(pairwise(cuts))


def _cut(boxes: Sequence[Box], top: float, most: float, height: float) -> float:
    """The lowest free line within `most` of `top`; if there is none, the first one further down."""
    free = sorted(y + _ACROSS for y in {box.bottom for box in boxes} if not any(box.top < y + _ACROSS < box.bottom for box in boxes))
    within = [y for y in free if top < y <= top + most]
    return within[-1] if within else next((y for y in free if y > top), height)


def span(drawing: PaperDrawing) -> tuple[float, float]:
    """Left and right of all that is drawn, without the names of the lanes and the places that only a walk would need."""
    layout = drawing.layout
    boxes = [*(node.box for node in layout.nodes.values()), *(edge.label for edge in layout.edges.values())]
    left, _, right, _ = bounds(boxes, (edge.points for edge in layout.edges.values()))
    return left - _MARGIN, right + _MARGIN


def drawn(drawing: PaperDrawing, piece: tuple[float, float], silent: Collection[str] = ()) -> dict[str, Any]:
    """One piece of a drawing as data, in pixels; `silent` are the steps at which the source falls silent for some patients."""
    layout, scene = drawing.layout, drawing.scene
    left, right = span(drawing)
    return {
        "left": left,
        "right": right,
        "top": piece[0],
        "height": piece[1] - piece[0],
        "gutter": layout.gutter,
        "bands": [_band(band, piece) for band in layout.bands if band.bottom > piece[0] and band.top < piece[1]],
        "frames": [{"kind": one.kind, **_box(one.box)} for one in layout.frames if _inside(one.box, piece)],
        "nodes": [_node(node, layout.nodes[node.id], silent) for node in scene.nodes if _inside(layout.nodes[node.id].box, piece)],
        "edges": [_edge(drawing, edge, piece) for edge in scene.edges if _crosses(layout.edges[edge.id], piece)],
    }


def cut_short(drawing: PaperDrawing) -> frozenset[str]:
    """Ids of the edges whose label did not fit into the drawing as a whole."""
    letters = {edge.id: "".join(drawing.layout.edges[edge.id].lines).replace(" ", "") for edge in drawing.scene.edges}
    return frozenset(edge.id for edge in drawing.scene.edges if letters[edge.id] != clean(edge.label).replace(" ", ""))


def lanes_cut_short(drawing: PaperDrawing) -> list[str]:
    """The names of the lanes that did not fit beside them as a whole."""
    shown = {band.id: "".join(band.lines).replace(" ", "") for band in drawing.layout.bands}
    return [clean(lane.label) for lane in drawing.scene.lanes if shown.get(lane.id, "") != clean(lane.label).replace(" ", "")]


def _inside(box: Box, piece: tuple[float, float]) -> bool:
    return piece[0] <= box.y < piece[1]


def _crosses(edge: PlacedEdge, piece: tuple[float, float]) -> bool:
    heights = [y for _, y in edge.points]
    return max(heights) >= piece[0] and min(heights) <= piece[1]


def _band(band: Band, piece: tuple[float, float]) -> dict[str, Any]:
    return {"lines": list(band.lines), "top": max(band.top, piece[0]), "bottom": min(band.bottom, piece[1])}


def _box(box: Box) -> dict[str, float]:
    return {"x": box.left, "y": box.top, "w": box.width, "h": box.height}


def _node(node: Node, placed: PlacedNode, silent: Collection[str]) -> dict[str, Any]:
    return {
        **_box(placed.box),
        "kind": kind_of(node.kind, node.endpoint),
        "lines": list(placed.lines),
        "badge": node.badge,
        "badgeWidth": placed.badge_width,
        "silent": node.id in silent,
    }


def _edge(drawing: PaperDrawing, edge: Edge, piece: tuple[float, float]) -> dict[str, Any]:
    placed, number = drawing.layout.edges[edge.id], drawing.numbers[edge.id]
    label = placed.label if _inside(placed.label, piece) else None
    return {
        "points": [list(point) for point in placed.points],
        "state": edge.state,
        "role": edge.role,
        "number": str(number),
        "label": _box(label) if label else None,
        "lines": [line for line in placed.lines if line],
        "onBand": bool(label and any(band.top < label.y < band.bottom for band in drawing.layout.bands)),
    }


def legend(drawing: PaperDrawing, *, silent: bool) -> dict[str, Any]:
    """What the signs of this drawing mean: only those that occur in it."""
    states = {edge.state for edge in drawing.scene.edges}
    kinds = {kind_of(node.kind, node.endpoint) for node in drawing.scene.nodes}
    return {
        "states": [[name, capital(stroke["label"])] for name, stroke in STATES.items() if name in states],
        "kinds": [[name, capital(fill["label"])] for name, fill in KINDS.items() if name in kinds],
        "roles": list(_roles(drawing)),
        "groups": [[name, capital(label)] for name, label in GROUPS.items() if name in {group.kind for group in drawing.scene.groups}],
        "rated": any(node.badge for node in drawing.scene.nodes),
        "silent": silent,
    }


def _roles(drawing: PaperDrawing) -> Iterator[list[str]]:
    roles = {edge.role for edge in drawing.scene.edges}
    if "option" in roles:
        yield ["option", "Offered, not said when"]
    if "excluded" in roles:
        yield ["excluded", "Not to be taken"]
