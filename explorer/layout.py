"""Where everything on the canvas goes: a pure function from a `Scene` to a `Layout`, by Graphviz dot in the process.

Units are pixels at scale 1, the origin is the top left corner, y grows downwards; a box is given by its centre.

Lanes are bands over the full width, so ranks are reckoned here and only order, x and routes are left to dot: within a lane by the
longest path, lanes one after another. Each edge label is a node of its own on a rank between the steps, which is why no
edge can pass behind it. An edge that runs upwards, or back to its own step, is given to dot the other way round and turned afterwards, so that dot
never has to break a cycle. dot sees numbers only, never a word of the guideline: nothing can be escaped wrongly.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import networkx as nx
import pygraphviz

from explorer.geometry import Box, Point, bounds
from explorer.ghosts import place_ghosts
from explorer.lettering import measure, wrap
from explorer.scene import Edge, Node, Scene

NODE_FONT, EDGE_FONT, LANE_FONT = 13.0, 12.0, 12.0
NODE_LINE, EDGE_LINE = 15.0, 13.0
NODE_ROOM, EDGE_ROOM, LANE_ROOM = 150.0, 142.0, 84.0
BADGE_FONT = 12.0
PAD_X, PAD_Y = 9.0, 4.0
RANK_GAP, NODE_GAP = 10.0, 18.0
BAND_PAD, MARGIN = 5.0, 4.0
ROW_MOST = 1000.0  # a row wider than this is broken into several
ASPECT = 1.25  # the drawing is at least this much wider than high, to fill its box
_LOCK = threading.Lock()  # Graphviz keeps global state, and Streamlit runs each session in a thread


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
    """A chain of cubic Bézier curves (1 + 3n points, source to target) and the box of the label, None without words."""

    id: str
    points: tuple[Point, ...]
    label: Box | None
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


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What dot answered, in its own order: boxes by scene id, one route an edge."""

    nodes: dict[str, Box]
    labels: dict[str, Box]
    routes: dict[str, tuple[Point, ...]]

    def moved(self, dx: float, dy: float) -> _Drawing:
        return _Drawing(
            {key: box.moved(dx, dy) for key, box in self.nodes.items()},
            {key: box.moved(dx, dy) for key, box in self.labels.items()},
            {key: tuple((x + dx, y + dy) for x, y in route) for key, route in self.routes.items()},
        )


@lru_cache(maxsize=64)
def lay_out(scene: Scene) -> Layout:
    """Place a scene. The same scene gives the same layout, in every process.

    >>> from explorer.scene import Lane
    >>> a, b = Node("a", "X-ray", "Investigation", "l", "9/9"), Node("b", "MRI", "Investigation", "l")
    >>> layout = lay_out(Scene((Lane("l", "Imaging"),), (a, b), (Edge("e", "a", "b", "equivocal", "weak"),)))
    >>> layout.nodes["a"].box.bottom < layout.edges["e"].label.top < layout.nodes["b"].box.top
    True
    >>> lay_out(Scene()).nodes
    {}
    """
    words = {node.id: wrap(node.label, NODE_FONT, NODE_ROOM) or (" ",) for node in scene.nodes}
    labels = {edge.id: wrap(edge.label, EDGE_FONT, EDGE_ROOM) for edge in scene.edges}
    rows = _rows(scene, {node.id: _node_size(node, words[node.id])[0] for node in scene.nodes})
    drawing = _ask_dot(scene, rows, words, labels)
    return _finish(scene, rows, drawing, words, labels)


def _node_size(node: Node, lines: tuple[str, ...]) -> tuple[float, float]:
    text = max(measure(line, NODE_FONT) for line in lines)
    return max(text, 24) + 2 * PAD_X + _badge_width(node), len(lines) * NODE_LINE + 2 * PAD_Y


def _badge_width(node: Node) -> float:
    return measure("★ " + node.badge, BADGE_FONT) + 12 if node.badge else 0.0


def _label_size(lines: tuple[str, ...]) -> tuple[float, float]:
    """An edge without words still gets a small knot, by which a loop or one of several parallel edges can be held apart."""
    if not lines:
        return 6.0, 6.0
    return max(measure(line, EDGE_FONT) for line in lines) + 8, len(lines) * EDGE_LINE + 2


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
        if part and sum(widths[n] + NODE_GAP for n in part) + widths[name] > ROW_MOST:
            yield part
            part = []
        part.append(name)
    yield part


def _ask_dot(
    scene: Scene, rows: list[list[str]], words: Mapping[str, tuple[str, ...]], labels: Mapping[str, tuple[str, ...]]
) -> _Drawing:
    names = {node.id: f"n{i}" for i, node in enumerate(scene.nodes)}
    knots = {edge.id: f"k{i}" for i, edge in enumerate(scene.edges)}
    with _LOCK:
        graph = pygraphviz.AGraph(directed=True, strict=False, ranksep=RANK_GAP / 72, nodesep=NODE_GAP / 72)
        graph.node_attr.update(shape="box", label="", fixedsize="true")
        graph.edge_attr.update(dir="none", arrowhead="none")
        for index in range(2 * len(rows) + 1):
            graph.add_node(f"r{index}", width=0.01, height=0.01)
            if index:
                graph.add_edge(f"r{index - 1}", f"r{index}", style="invis", weight=0)
        for node in scene.nodes:
            _add_box(graph, names[node.id], _node_size(node, words[node.id]))
        rank_of = {name: rank for rank, row in enumerate(rows) for name in row}
        ranks: dict[int, list[str]] = {2 * rank: [names[name] for name in row] for rank, row in enumerate(rows)}
        for edge in scene.edges:
            _add_box(graph, knots[edge.id], _label_size(labels[edge.id]))
            ranks.setdefault(_knot_rank(edge, rank_of), []).append(knots[edge.id])
            _add_halves(graph, edge, names, knots[edge.id], rank_of)
        for rank, members in ranks.items():
            graph.add_subgraph([f"r{rank}", *members], rank="same")
        graph.layout("dot")
        return _read(graph, scene, names, knots, rank_of)


def _add_box(graph: pygraphviz.AGraph, name: str, size: tuple[float, float]) -> None:
    graph.add_node(name, width=f"{size[0] / 72:.4f}", height=f"{size[1] / 72:.4f}")


def _knot_rank(edge: Edge, rank_of: Mapping[str, int]) -> int:
    """The odd rank on which the label sits: right above the lower step, for there the fewest edges crowd."""
    source, target = rank_of[edge.source], rank_of[edge.target]
    return 2 * source + 1 if source == target else 2 * max(source, target) - 1


def _halves(edge: Edge, rank_of: Mapping[str, int]) -> tuple[bool, bool]:
    """For the half before and the half after the label: is it given to dot the other way round?"""
    source, target = rank_of[edge.source], rank_of[edge.target]
    return source > target, source >= target


def _weights(edge: Edge) -> tuple[int, int]:
    """How much dot shall strive to draw the two halves upright: what the source states as the way becomes the spine."""
    if edge.role == "excluded" or edge.state == "inferred":
        return 1, 2
    return (2, 4) if edge.role == "option" else (4, 8)


def _add_halves(graph: pygraphviz.AGraph, edge: Edge, names: Mapping[str, str], knot: str, rank_of: Mapping[str, int]) -> None:
    first, second = _halves(edge, rank_of)
    before, after = _weights(edge)
    entry, leave = ("w", "e") if edge.source == edge.target else ("s", "n") if first else ("n", "s")
    if first:
        graph.add_edge(knot, names[edge.source], key="a", tailport=entry, weight=before)
    else:
        graph.add_edge(names[edge.source], knot, key="a", headport=entry, weight=before)
    if second:
        graph.add_edge(names[edge.target], knot, key="b", headport=leave, weight=after)
    else:
        graph.add_edge(knot, names[edge.target], key="b", tailport=leave, weight=after)


def _read(
    graph: pygraphviz.AGraph, scene: Scene, names: Mapping[str, str], knots: Mapping[str, str], rank_of: Mapping[str, int]
) -> _Drawing:
    nodes = {key: _box(graph, name) for key, name in names.items()}
    labels = {key: _box(graph, name) for key, name in knots.items()}
    routes: dict[str, tuple[Point, ...]] = {}
    for edge in scene.edges:
        first, second = _halves(edge, rank_of)
        before = _spline(graph, names[edge.source], knots[edge.id], "a", first)
        after = _spline(graph, knots[edge.id], names[edge.target], "b", second)
        routes[edge.id] = (*before, before[-1], after[0], *after)
    return _Drawing(nodes, labels, routes)


def _box(graph: pygraphviz.AGraph, name: str) -> Box:
    attr = graph.get_node(name).attr
    x, y = (float(part) for part in attr["pos"].split(","))
    return Box(x, -y, float(attr["width"]) * 72, float(attr["height"]) * 72)


def _spline(graph: pygraphviz.AGraph, tail: str, head: str, key: str, turned: bool) -> list[Point]:
    ends = (head, tail) if turned else (tail, head)
    pairs = (part.split(",") for part in graph.get_edge(*ends, key=key).attr["pos"].split())
    points = [(float(x), -float(y)) for x, y in pairs]
    return points[::-1] if turned else points


def _finish(
    scene: Scene,
    rows: list[list[str]],
    drawing: _Drawing,
    words: Mapping[str, tuple[str, ...]],
    labels: Mapping[str, tuple[str, ...]],
) -> Layout:
    left, top, right, bottom = bounds([*drawing.nodes.values(), *drawing.labels.values()], drawing.routes.values())
    names = {lane.id: wrap(lane.label, LANE_FONT, LANE_ROOM) for lane in scene.lanes}
    gutter = max((measure(line, LANE_FONT) for lines in names.values() for line in lines), default=0.0) + 2 * MARGIN
    height = bottom - top + 2 * (BAND_PAD + MARGIN)
    width = max(right - left + gutter + 2 * MARGIN, height * ASPECT)
    placed = drawing.moved(gutter + (width - gutter - (right - left)) / 2 - left, BAND_PAD + MARGIN - top)
    bands = tuple(_bands(scene, placed, names))
    ghosts, width = place_ghosts(placed.nodes, placed.labels.values(), placed.routes, _band_of(scene, bands), gutter, width)
    nodes = {
        node.id: PlacedNode(node.id, placed.nodes[node.id], words[node.id], _badge_width(node), *ghosts[node.id])
        for node in scene.nodes
    }
    edges = {
        edge.id: PlacedEdge(edge.id, placed.routes[edge.id], placed.labels[edge.id] if labels[edge.id] else None, labels[edge.id])
        for edge in scene.edges
    }
    return Layout(nodes, edges, bands, width, height, gutter)


def _bands(scene: Scene, drawing: _Drawing, names: Mapping[str, tuple[str, ...]]) -> Iterator[Band]:
    for lane in scene.lanes:
        boxes = [drawing.nodes[node.id] for node in scene.nodes if node.lane == lane.id]
        if boxes:
            top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
            yield Band(lane.id, names[lane.id], top - BAND_PAD, bottom + BAND_PAD)


def _band_of(scene: Scene, bands: tuple[Band, ...]) -> dict[str, tuple[float, float]]:
    spans = {band.id: (band.top, band.bottom) for band in bands}
    return {node.id: spans[node.lane] for node in scene.nodes}
