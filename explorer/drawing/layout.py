"""Where everything on the canvas goes: a pure function from a `Scene` to a `Layout`.

Units are pixels at scale 1, the origin is the top left corner, y grows downwards; a box is given by its centre.

Lanes are bands over the full width, so ranks are reckoned here (within a lane by the longest path, lanes one after another) and
only the order, x and the routes are left to dot, in `explorer.drawing.routing`. Clusters, which keep lanes apart sideways only, are
not needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import networkx as nx

from edgewise.explorer.drawing.geometry import Box, Point, bounds
from edgewise.explorer.drawing.ghost_places import place_ghosts
from edgewise.explorer.drawing.lettering import clean, measure, wrap
from edgewise.explorer.drawing.routing import ROW_GAP, Routes, Wire, route
from edgewise.explorer.drawing.scene import Edge, Node, Scene
from edgewise.explorer.drawing.sizes import BADGE_FONT, EDGE_FONT, EDGE_LINE, LANE_FONT, NODE_FONT, NODE_LINE

NODE_ROOM, EDGE_ROOM, LANE_ROOM = 150.0, 142.0, 84.0
PAD_X, PAD_Y = 9.0, 4.0
BAND_PAD, MARGIN = 5.0, 4.0
ROW_MOST = 1000.0  # a row wider than this is broken into several
CROSS_ROOM = 15.0  # kept free beside the label of what is advised against, for the cross before the arrow's head
ASPECT = 1.25  # the drawing is at least this much wider than high, to fill its box…
BOX = 720.0  # …as long as it is no higher than this: a tall one is scrolled or printed, and needs no margin

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A step's box, its words in lines, and the free place where a ghost would stand, with the line that leads there."""

    id: str
    box: Box
    lines: tuple[str, ...]
    badge_width: float
    ghost: Box
    ghost_path: tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class PlacedEdge:
    """A chain of cubic Bézier curves (1 + 3n points, source to target), and the label: its box, its words in lines.

    The first line, which may be empty, has room for the edge's mark before it.
    """

    id: str
    points: tuple[Point, ...]
    label: Box
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A lane's stripe from `top` to `bottom` over the full width."""

    id: str
    lines: tuple[str, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything placed; `gutter` is the width kept free at the left for the names of the lanes."""

    nodes: Mapping[str, PlacedNode]
    edges: Mapping[str, PlacedEdge]
    bands: tuple[Band, ...]
    width: float
    height: float
    gutter: float


@lru_cache(maxsize=64)
def lay_out(scene: Scene) -> Layout:
    """Place a scene. The same scene gives the same layout, in every process.

    >>> from edgewise.explorer.drawing.scene import Lane
    >>> a, b = Node("a", "X-ray", "Investigation", "l", "9/9"), Node("b", "MRI", "Investigation", "l")
    >>> layout = lay_out(Scene((Lane("l", "Imaging"),), (a, b), (Edge("e", "a", "b", "equivocal", "weak"),)))
    >>> layout.nodes["a"].box.bottom < layout.edges["e"].label.top < layout.nodes["b"].box.top
    True
    >>> lay_out(Scene()).nodes
    {}
    """
    words = {node.id: wrap(node.label, NODE_FONT, NODE_ROOM) or (" ",) for node in scene.nodes}
    labels = {edge.id: wrap(edge.mark + clean(edge.label), EDGE_FONT, EDGE_ROOM) for edge in scene.edges}
    sizes = {node.id: _node_size(node, words[node.id]) for node in scene.nodes}
    links = [Wire(edge.id, edge.source, edge.target, _label_size(edge, labels[edge.id]), _weights(edge)) for edge in scene.edges]
    return _finish(scene, route(_rows(scene, {name: width for name, (width, _) in sizes.items()}), sizes, links), words, labels)


def _node_size(node: Node, lines: tuple[str, ...]) -> tuple[float, float]:
    text = max(measure(line, NODE_FONT) for line in lines)
    return max(text, 24) + 2 * PAD_X + _badge_width(node), len(lines) * NODE_LINE + 2 * PAD_Y


def _badge_width(node: Node) -> float:
    return measure("★ " + node.badge, BADGE_FONT) + 12 if node.badge else 0.0


def _label_size(edge: Edge, lines: tuple[str, ...]) -> tuple[float, float]:
    """An edge without words still gets its sign, by which a loop or one of several parallel edges can be held apart."""
    room = CROSS_ROOM if edge.role == "excluded" else 0.0
    return max(measure(line, EDGE_FONT) for line in lines) + 8, len(lines) * EDGE_LINE + 2 + room


def _rows(scene: Scene, widths: Mapping[str, float]) -> list[list[str]]:
    """Ids of the steps, rank by rank from the top; no rank holds steps of two lanes or two ends of an edge."""
    rows: list[list[str]] = []
    for lane in scene.lanes:
        members = [node.id for node in scene.nodes if node.lane == lane.id]
        generations = nx.topological_generations(_acyclic(members, scene.edges))
        rows += [part for row in generations for part in _broken(sorted(row, key=members.index), widths)]
    return rows


def _acyclic(members: list[str], edges: Iterable[Edge]) -> nx.DiGraph[str]:
    """The edges among `members`, without those that would close a cycle: what is stated first leads downwards."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(members)
    for edge in edges:
        if edge.source in graph and edge.target in graph and not nx.has_path(graph, edge.target, edge.source):
            graph.add_edge(edge.source, edge.target)
    return graph


def _broken(row: list[str], widths: Mapping[str, float]) -> Iterator[list[str]]:
    part: list[str] = []
    for name in row:
        if part and sum(widths[n] + ROW_GAP for n in part) + widths[name] > ROW_MOST:
            yield part
            part = []
        part.append(name)
    yield part


def _weights(edge: Edge) -> tuple[int, int]:
    """How much dot shall strive to draw the two halves upright: what the source states as the way becomes the spine."""
    if edge.role == "excluded" or edge.state == "inferred":
        return 1, 2
    return (2, 4) if edge.role == "option" else (4, 8)


def _finish(scene: Scene, drawing: Routes, words: Words, labels: Words) -> Layout:
    """Frame the drawing: the gutter at the left, the lanes behind, a place for each ghost."""
    left, top, right, bottom = bounds([*drawing.boxes.values(), *drawing.labels.values()], drawing.routes.values())
    names = {lane.id: wrap(lane.label, LANE_FONT, LANE_ROOM) for lane in scene.lanes}
    gutter = max((measure(line, LANE_FONT) for lines in names.values() for line in lines), default=0.0) + 3 * MARGIN
    height = bottom - top + 2 * (BAND_PAD + MARGIN)
    width = max(right - left + gutter + 2 * MARGIN, min(height, BOX) * ASPECT)
    placed = drawing.moved(gutter + (width - gutter - (right - left)) / 2 - left, BAND_PAD + MARGIN - top)
    bands = tuple(_bands(scene, placed, names))
    spans = {band.id: (band.top, band.bottom) for band in bands}
    lanes = {node.id: spans[node.lane] for node in scene.nodes}
    ghosts, width = place_ghosts(placed.boxes, placed.labels.values(), placed.routes, lanes, (gutter, width, height))
    nodes = {n.id: PlacedNode(n.id, placed.boxes[n.id], words[n.id], _badge_width(n), *ghosts[n.id]) for n in scene.nodes}
    return Layout(nodes, {edge.id: _placed(edge, placed, labels[edge.id]) for edge in scene.edges}, bands, width, height, gutter)


def _placed(edge: Edge, drawing: Routes, lines: tuple[str, ...]) -> PlacedEdge:
    points, box = drawing.routes[edge.id], drawing.labels[edge.id]
    if edge.role == "excluded":
        down = drawing.boxes[edge.target].y >= drawing.boxes[edge.source].y
        box = Box(box.x, box.y + (-CROSS_ROOM / 2 if down else CROSS_ROOM / 2), box.width, box.height - CROSS_ROOM)
    return PlacedEdge(edge.id, points, box, (lines[0].removeprefix(edge.mark), *lines[1:]))


def _bands(scene: Scene, drawing: Routes, names: Words) -> Iterator[Band]:
    for lane in scene.lanes:
        boxes = [drawing.boxes[node.id] for node in scene.nodes if node.lane == lane.id]
        if boxes:
            top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
            yield Band(lane.id, names[lane.id], top - BAND_PAD, bottom + BAND_PAD)
