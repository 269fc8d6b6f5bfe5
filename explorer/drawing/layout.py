"""Where everything on the canvas goes: a pure function from a `Scene` to a `Layout`.

Units are pixels at scale 1, the origin is the top left corner, y grows downwards; a box is given by its centre.

Lanes are bands over the full width, so ranks are reckoned here (within a lane by the longest path, lanes one after another) and
only the order, x and the routes are left to dot, in `explorer.drawing.routing`. Clusters, which keep lanes apart sideways only, are
not needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import networkx as nx

from edgewise.explorer.drawing.frames import Frame, frames
from edgewise.explorer.drawing.geometry import Box, Point, bounds
from edgewise.explorer.drawing.ghost_places import at_corner, place_ghosts
from edgewise.explorer.drawing.large_routing import route_at_once
from edgewise.explorer.drawing.lettering import clean, measure, wrap
from edgewise.explorer.drawing.routing import ROW_GAP, Room, Routes, Wire, label_rank, route
from edgewise.explorer.drawing.scene import Edge, Node, Scene
from edgewise.explorer.drawing.sizes import (
    BADGE_FONT,
    EDGE_FONT,
    EDGE_LINE,
    LANE_FONT,
    NODE_FONT,
    NODE_LINE,
    RIM_ROOM,
    SIGN_SIZE,
    SLIM_FONT,
    SLIM_RIM_ROOM,
)

LANE_ROOM = 84.0
PAD_X, PAD_Y = 9.0, 3.0
BAND_PAD, MARGIN = 4.0, 3.0
CROSS_ROOM = 15.0  # kept free beside the label of what is advised against, for the cross before the arrow's head
ASPECT = 1.25  # the drawing is at least this much wider than high, to fill its box…
BOX = 720.0  # …as long as it is no higher than this: a tall one is scrolled or printed, and needs no margin

LARGE = 100
"""Boxes beyond which a drawing is a large one."""

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Breadth:
    """What a drawing is made for, in pixels: a broad screen, or a narrow one.

    Attributes:
        node: room for a line of a step's name; `edge` the same of an edge's label.
        font: of the steps' names.
        most: a row wider than this is broken into several.
        beside: free between two steps of a row.
        lines: of a name or a label at the most.
        slim: the rating below the name instead of beside it, the names of lanes above their steps, no words on edges where a row of labels
            has no room for them (their signs stay), and where the source is silent a sign at the step's corner instead of a box beside it.
    """

    node: float
    edge: float
    font: float
    most: float
    beside: float
    lines: int
    slim: bool


WIDE = Breadth(node=150.0, edge=142.0, font=NODE_FONT, most=1000.0, beside=ROW_GAP, lines=3, slim=False)
NARROW = Breadth(node=92.0, edge=96.0, font=SLIM_FONT, most=352.0, beside=9.0, lines=4, slim=True)
_NAME_ROOM, _PASSING = 17.0, 14.0  # in a narrow drawing: for the name of a lane above its steps, for an edge that passes a row


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A step's box, its words in lines, and the free place where a ghost would stand, with the line that leads there."""

    id: str
    box: Box
    lines: tuple[str, ...]
    badge_width: float
    ghost: Box
    ghost_path: tuple[Point, ...]


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
    """Everything placed; `gutter` is the width kept free at the left for the names of the lanes, `frames` stand around steps."""

    nodes: Mapping[str, PlacedNode]
    edges: Mapping[str, PlacedEdge]
    bands: tuple[Band, ...]
    width: float
    height: float
    gutter: float
    frames: tuple[Frame, ...] = ()


@lru_cache(maxsize=128)
def lay_out(scene: Scene, breadth: Breadth = WIDE) -> Layout:
    """Place a scene. The same scene gives the same layout, in every process.

    >>> from edgewise.explorer.drawing.scene import Lane
    >>> a, b = Node("a", "X-ray", "Investigation", "l", "9/9"), Node("b", "MRI", "Investigation", "l")
    >>> layout = lay_out(Scene((Lane("l", "Imaging"),), (a, b), (Edge("e", "a", "b", "equivocal", "weak"),)))
    >>> layout.nodes["a"].box.bottom < layout.edges["e"].label.top < layout.nodes["b"].box.top
    True
    >>> lay_out(Scene()).nodes
    {}
    """
    words = {node.id: _words(node, breadth) for node in scene.nodes}
    sizes = {node.id: _node_size(node, words[node.id], breadth) for node in scene.nodes}
    rows = _rows(scene, {name: width for name, (width, _) in sizes.items()}, breadth)
    labels = {edge.id: wrap(edge.mark + clean(edge.label), EDGE_FONT, breadth.edge, breadth.lines) for edge in scene.edges}
    if breadth.slim:
        labels |= {id: (mark,) for id, mark in _crowded(scene, rows, labels, breadth)}
    links = _wires(scene, labels)
    room = _for_names(scene, rows) if breadth.slim else None
    groups = [group.steps for group in scene.groups]
    if is_large(scene):
        routes = route_at_once(rows, sizes, links, beside=breadth.beside, room=room, groups=groups)
    else:
        routes = route(rows, sizes, links, beside=breadth.beside, room=room, groups=groups)
    drawn = _finish(scene, routes, words, labels, breadth)
    boxes = {id: node.box for id, node in drawn.nodes.items()}
    return replace(drawn, frames=frames(scene.groups, rows, boxes, _frame_room(breadth)))


def is_large(scene: Scene) -> bool:
    """Whether a scene has so many boxes that its layout must be cheap: routed in one pass, a sign for each ghost instead of a place."""
    return len(scene.nodes) > LARGE


def _frame_room(breadth: Breadth) -> float:
    return SLIM_RIM_ROOM if breadth.slim else RIM_ROOM


def _words(node: Node, breadth: Breadth) -> tuple[str, ...]:
    lines = wrap(node.label, breadth.font, breadth.node, breadth.lines) or (" ",)
    return (*lines, f"★ {clean(node.badge)}") if node.badge and breadth.slim else lines


def _node_size(node: Node, lines: tuple[str, ...], breadth: Breadth) -> tuple[float, float]:
    text = max(measure(line, breadth.font) for line in lines)
    return max(text, 24) + 2 * PAD_X + _badge_width(node, breadth), len(lines) * NODE_LINE + 2 * PAD_Y


def _badge_width(node: Node, breadth: Breadth) -> float:
    return measure("★ " + node.badge, BADGE_FONT) + 12 if node.badge and not breadth.slim else 0.0


def _wires(scene: Scene, labels: Words) -> list[Wire]:
    return [Wire(edge.id, edge.source, edge.target, _label_size(edge, labels[edge.id]), _weights(edge)) for edge in scene.edges]


def _label_size(edge: Edge, lines: tuple[str, ...]) -> tuple[float, float]:
    """An edge without words still gets its sign, by which a loop or one of several parallel edges can be held apart."""
    room = CROSS_ROOM if edge.role == "excluded" else 0.0
    return max(measure(line, EDGE_FONT) for line in lines) + 8, len(lines) * EDGE_LINE + 2 + room


def _crowded(scene: Scene, rows: Sequence[Sequence[str]], labels: Words, breadth: Breadth) -> Iterator[tuple[str, str]]:
    """The edges of every row of labels that is too broad, with the marks that are left of their labels."""
    rank_of = {name: 2 * rank for rank, row in enumerate(rows) for name in row}
    wires = {wire.id: wire for wire in _wires(scene, labels)}
    ranks = {edge.id: label_rank(wires[edge.id], rank_of) for edge in scene.edges}
    for rank in set(ranks.values()):
        here = [edge for edge in scene.edges if ranks[edge.id] == rank]
        passing = sum(_passes(wire, rank, rank_of) for wire in wires.values()) - len(here)
        needed = sum(wires[edge.id].size[0] + breadth.beside for edge in here) + passing * _PASSING
        if needed > breadth.most:
            yield from ((edge.id, edge.mark) for edge in here)


def _passes(wire: Wire, rank: int, rank_of: Mapping[str, int]) -> bool:
    low, high = sorted((rank_of[wire.source], rank_of[wire.target]))
    return low < rank < high


def _for_names(scene: Scene, rows: Sequence[Sequence[str]]) -> dict[str, Room]:
    """Room for the name of a lane, above its first row."""
    lanes = {node.id: node.lane for node in scene.nodes}
    first = {lanes[row[0]]: row for row in reversed(rows)}
    return {name: Room(_NAME_ROOM, 0.0) for row in first.values() for name in row}


def _rows(scene: Scene, widths: Mapping[str, float], breadth: Breadth) -> list[list[str]]:
    """Ids of the steps, rank by rank from the top; no rank holds steps of two lanes or two ends of an edge."""
    rows: list[list[str]] = []
    for lane in scene.lanes:
        members = [node.id for node in scene.nodes if node.lane == lane.id]
        generations = nx.topological_generations(_acyclic(members, scene.edges))
        rows += [part for row in generations for part in _broken(sorted(row, key=members.index), widths, breadth)]
    return rows


def _acyclic(members: list[str], edges: Iterable[Edge]) -> nx.DiGraph[str]:
    """The edges among `members`, without those that would close a cycle: what is stated first leads downwards."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(members)
    for edge in edges:
        if edge.source in graph and edge.target in graph and not nx.has_path(graph, edge.target, edge.source):
            graph.add_edge(edge.source, edge.target)
    return graph


def _broken(row: list[str], widths: Mapping[str, float], breadth: Breadth) -> Iterator[list[str]]:
    part: list[str] = []
    for name in row:
        if part and sum(widths[n] + breadth.beside for n in part) + widths[name] > breadth.most:
            yield part
            part = []
        part.append(name)
    yield part


def _weights(edge: Edge) -> tuple[int, int]:
    """How much dot shall strive to draw the two halves upright: what the source states as the way becomes the spine."""
    if edge.role == "excluded" or edge.state == "inferred":
        return 1, 2
    return (2, 4) if edge.role == "option" else (4, 8)


def _finish(scene: Scene, drawing: Routes, words: Words, labels: Words, breadth: Breadth) -> Layout:
    """Frame the drawing: the gutter at the left, the lanes behind, a place for each ghost."""
    framed = (drawing.boxes[step].grown(_frame_room(breadth)) for group in scene.groups for step in group.steps)
    left, top, right, bottom = bounds([*drawing.boxes.values(), *drawing.labels.values(), *framed], drawing.routes.values())
    above = _NAME_ROOM if breadth.slim else 0.0
    names = _lane_names(scene, breadth)
    gutter = 0.0 if breadth.slim else _broadest(names) + 3 * MARGIN
    height = bottom - top + above + 2 * (BAND_PAD + MARGIN)
    aside = MARGIN + (SIGN_SIZE / 2 + 1 if breadth.slim else 0.0)  # a sign on a step's corner hangs over it
    width = max(right - left + gutter + 2 * aside, 0.0 if breadth.slim else min(height, BOX) * ASPECT)
    placed = drawing.moved(gutter + (width - gutter - (right - left)) / 2 - left, above + BAND_PAD + MARGIN - top)
    bands = tuple(_bands(scene, placed, names, above))
    if breadth.slim or is_large(scene):
        ghosts = {name: at_corner(box) for name, box in placed.boxes.items()}
    else:
        spans = {band.id: (band.top, band.bottom) for band in bands}
        lanes = {node.id: spans[node.lane] for node in scene.nodes}
        ghosts, width = place_ghosts(placed.boxes, placed.labels.values(), placed.routes, lanes, (gutter, width, height))
    nodes = {n.id: PlacedNode(n.id, placed.boxes[n.id], words[n.id], _badge_width(n, breadth), *ghosts[n.id]) for n in scene.nodes}
    return Layout(nodes, {edge.id: _placed(edge, placed, labels[edge.id]) for edge in scene.edges}, bands, width, height, gutter)


def _broadest(names: Words) -> float:
    return max((measure(line, LANE_FONT) for lines in names.values() for line in lines), default=0.0)


def _lane_names(scene: Scene, breadth: Breadth) -> dict[str, tuple[str, ...]]:
    """In the gutter of a broad drawing; in a narrow one as one line above the steps."""
    room, lines = (breadth.most, 1) if breadth.slim else (LANE_ROOM, 3)
    return {lane.id: wrap(lane.label, LANE_FONT, room, lines) for lane in scene.lanes}


def _placed(edge: Edge, drawing: Routes, lines: tuple[str, ...]) -> PlacedEdge:
    points, box = drawing.routes[edge.id], drawing.labels[edge.id]
    if edge.role == "excluded":
        down = drawing.boxes[edge.target].y >= drawing.boxes[edge.source].y
        box = Box(box.x, box.y + (-CROSS_ROOM / 2 if down else CROSS_ROOM / 2), box.width, box.height - CROSS_ROOM)
    return PlacedEdge(edge.id, points, box, (lines[0].removeprefix(edge.mark), *lines[1:]))


def _bands(scene: Scene, drawing: Routes, names: Words, above: float) -> Iterator[Band]:
    for lane in scene.lanes:
        boxes = [drawing.boxes[node.id] for node in scene.nodes if node.lane == lane.id]
        if boxes:
            top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
            yield Band(lane.id, names[lane.id], top - above - BAND_PAD, bottom + BAND_PAD)
