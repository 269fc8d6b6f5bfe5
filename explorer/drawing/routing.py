"""Rows of boxes and links between them, given to Graphviz dot in the process: order, x and routes come back.

dot is told the rank of everything, so that it never has to break a cycle: a link that runs upwards, or back to its own box, is given to
it the other way round and turned afterwards. Each label is a box of its own on a rank between the rows, joined by two half links; that is
why nothing can pass behind it. dot sees numbers only, never a word: nothing can be escaped wrongly.

dot lets a link run along the very border of a box that it only passes, where it would seem to begin. Where one does, that box is given to
dot with room above and below it, and everything is routed once more.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pygraphviz

from edgewise.explorer.drawing.geometry import Box, Point, clipped, flatten

RANK_GAP, ROW_GAP = 10.0, 18.0
CLEAR = 0.8 * RANK_GAP
BESIDE = 200  # how strongly dot pulls together what belongs side by side
"""Between a box and a link that only passes it."""
_MORE, _ROUNDS, _TIGHT = 4.0, 6, 0.9  # more room for a box in a round, how many rounds, what part of `CLEAR` is enough
LOCK = threading.Lock()  # Graphviz keeps global state, and Streamlit runs each session in a thread

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wire:
    """An edge to route: its label's width and height, and how much its two halves strive to be upright."""

    id: str
    source: str
    target: str
    size: Size
    weights: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Routes:
    """What dot answered: boxes by id, labels and routes (Bézier chains from source to target) by id of the link."""

    boxes: dict[str, Box]
    labels: dict[str, Box]
    routes: dict[str, tuple[Point, ...]]

    def moved(self, dx: float, dy: float) -> Routes:
        """The same drawing elsewhere."""
        return Routes(
            {key: box.moved(dx, dy) for key, box in self.boxes.items()},
            {key: box.moved(dx, dy) for key, box in self.labels.items()},
            {key: tuple((x + dx, y + dy) for x, y in route) for key, route in self.routes.items()},
        )


@dataclass(frozen=True, slots=True)
class Half:
    """Half of a link as dot is given it: always downwards. `turned` if that is against the link's own direction."""

    tail: str
    head: str
    key: str
    turned: bool
    port: str  # where it meets the label
    weight: int

    @property
    def ports(self) -> dict[str, str]:
        """The side of the label, the lower end of every half that comes from above; the other end goes to the middle of its box."""
        lower = self.head.startswith("k")
        return {"headport" if lower else "tailport": self.port, "tailclip" if lower else "headclip": "false"}


class Room(NamedTuple):
    """What is kept free above and below a box."""

    above: float
    below: float


def route(
    rows: Sequence[Sequence[str]],
    sizes: Mapping[str, Size],
    links: Sequence[Wire],
    *,
    beside: float = ROW_GAP,
    room: Mapping[str, Room] | None = None,
    groups: Sequence[Sequence[str]] = (),
) -> Routes:
    """Place boxes, given rank by rank from the top, and route the links.

    `beside` is free between two boxes of a rank; `room` is what some boxes shall have free above and below from the beginning. Boxes of
    one of the `groups` come side by side where they are of one rank.

    >>> drawing = route([["a"], ["b"]], {"a": (40, 20), "b": (40, 20)}, [Wire("e", "b", "a", (10, 10), (1, 1))])
    >>> drawing.boxes["a"].y < drawing.labels["e"].y < drawing.boxes["b"].y
    True
    >>> drawing.routes["e"][0][1] > drawing.routes["e"][-1][1]
    True
    """
    free: dict[str, Room] = dict.fromkeys(sizes, Room(0.0, 0.0)) | dict(room or {})
    best, fewest = None, float("inf")
    for _ in range(_ROUNDS):
        drawing = _routed(rows, sizes, links, free, beside, groups)
        hugged = _hugged(drawing, links)
        if len(hugged) < fewest:
            best, fewest = drawing, len(hugged)
        if not hugged:
            break
        for row in rows:
            free |= _more(row, free, [hugged[name] for name in row if name in hugged])
    return best or drawing


def _more(row: Iterable[str], free: Mapping[str, Room], sides: Sequence[Room]) -> dict[str, Room]:
    """More room for a whole row, which stays in line, on the sides where a link came too near to one of it."""
    if not sides:
        return {}
    above, below = (max(part) for part in zip(*sides, strict=True))
    return {name: Room(free[name].above + above, free[name].below + below) for name in row}


def _hugged(drawing: Routes, links: Iterable[Wire]) -> dict[str, Room]:
    """The boxes that a link of others comes too near to, with what more room they need on either side."""
    found: dict[str, Room] = {}
    named = {id(box): name for name, box in drawing.boxes.items()}
    for link in links:
        route = drawing.routes[link.id]
        own = (link.source, link.target)
        near = [(named[id(box)], box) for box in _near(route, drawing.boxes.values()) if named[id(box)] not in own]
        line = list(pairwise(flatten(route))) if near else []
        for name, box in near:
            touching = [segment for segment in line if box.grown(CLEAR * _TIGHT).crossed_by(*segment)]
            if touching:
                over = any(min(one[1], other[1]) < box.y for one, other in touching)
                under = any(max(one[1], other[1]) > box.y for one, other in touching)
                more = Room(_MORE * over, _MORE * under)
                found[name] = Room(*map(max, found.get(name, more), more))
    return found


def _routed(
    rows: Sequence[Sequence[str]],
    sizes: Mapping[str, Size],
    links: Sequence[Wire],
    room: Mapping[str, Room],
    beside: float,
    groups: Sequence[Sequence[str]] = (),
) -> Routes:
    """One drawing by dot, with so much room around the boxes."""
    rank_of = {name: 2 * rank for rank, row in enumerate(rows) for name in row}
    names = {name: f"n{i}" for i, name in enumerate(sizes)}
    knots = {link.id: f"k{i}" for i, link in enumerate(links)}
    halves = {link.id: halves_of(link, names, knots[link.id], rank_of) for link in links}
    ranks = {names[name]: rank for name, rank in rank_of.items()} | {knots[link.id]: label_rank(link, rank_of) for link in links}
    given = {names[name]: (width, height + sum(room[name])) for name, (width, height) in sizes.items()}
    with LOCK:
        graph = _graph(2 * len(rows), beside)
        for name, size in [*given.items(), *((knots[link.id], link.size) for link in links)]:
            graph.add_node(name, width=f"{size[0] / 72:.4f}", height=f"{size[1] / 72:.4f}")
        for half in (half for pair in halves.values() for half in pair):
            graph.add_edge(half.tail, half.head, key=half.key, weight=half.weight, **half.ports)
        for one, other in drawn_beside(rows, groups):
            graph.add_edge(names[one], names[other], key="beside", style="invis", weight=BESIDE)
        _tie(graph, ranks)
        graph.layout("dot")
        boxes = {key: without(_box(graph, name), room[key]) for key, name in names.items()}
        labels = {key: _box(graph, name) for key, name in knots.items()}
        routes = {key: _joined(graph, *pair) for key, pair in halves.items()}
    routes = {link.id: clipped(routes[link.id], boxes[link.source], boxes[link.target]) for link in links}
    return Routes(boxes, labels, {link.id: _apart(routes[link.id], link, boxes, labels) for link in links})


def drawn_beside(rows: Sequence[Sequence[str]], groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Boxes of a group that are to stand next to each other; a box that has its neighbours by another group keeps them."""
    placed: set[str] = set()
    for group in groups:
        for row in rows:
            here = [name for name in row if name in group and name not in placed]
            placed |= set(here)
            yield from pairwise(here)


def without(box: Box, room: Room) -> Box:
    return Box(box.x, box.y + (room.above - room.below) / 2, box.width, box.height - sum(room))


def _graph(last_rank: int, beside: float) -> pygraphviz.AGraph:
    """An empty graph with an invisible chain, one link a rank, to which everything is tied."""
    graph = pygraphviz.AGraph(directed=True, strict=False, ranksep=RANK_GAP / 72, nodesep=beside / 72)
    graph.node_attr.update(shape="box", label="", fixedsize="true")
    graph.edge_attr.update(dir="none")
    for rank in range(last_rank + 1):
        graph.add_node(f"r{rank}", width=0.01, height=0.01)
        if rank:
            graph.add_edge(f"r{rank - 1}", f"r{rank}", style="invis", weight=0)
    return graph


def _tie(graph: pygraphviz.AGraph, ranks: Mapping[str, int]) -> None:
    """Tie everything to its rank; pygraphviz would look at every edge for each subgraph that is given its nodes at once."""
    rows: dict[int, list[str]] = {}
    for name, rank in ranks.items():
        rows.setdefault(rank, []).append(name)
    for rank in sorted(rows):
        tied = graph.add_subgraph(rank="same")
        for name in (f"r{rank}", *rows[rank]):
            tied.add_node(name)


def label_rank(link: Wire, rank_of: Mapping[str, int]) -> int:
    """The rank of a label, where those of boxes are even: right above the lower box, where fewest links crowd; a loop's below its box."""
    source, target = rank_of[link.source], rank_of[link.target]
    return source + 1 if source == target else max(source, target) - 1


def halves_of(link: Wire, names: Mapping[str, str], knot: str, rank_of: Mapping[str, int]) -> tuple[Half, Half]:
    source, target = names[link.source], names[link.target]
    upwards, loop = rank_of[link.source] > rank_of[link.target], link.source == link.target
    entry, leave = ("w", "e") if loop else ("s", "n") if upwards else ("n", "s")
    before, after = link.weights
    first = Half(knot, source, "a", True, entry, before) if upwards else Half(source, knot, "a", False, entry, before)
    back = upwards or loop
    return first, Half(target, knot, "b", True, leave, after) if back else Half(knot, target, "b", False, leave, after)


def _box(graph: pygraphviz.AGraph, name: str) -> Box:
    attr = graph.get_node(name).attr
    x, y = (float(part) for part in attr["pos"].split(","))
    return Box(x, -y, float(attr["width"]) * 72, float(attr["height"]) * 72)


def _joined(graph: pygraphviz.AGraph, first: Half, second: Half) -> tuple[Point, ...]:
    """Both halves, with a straight piece behind the label between them."""
    before, after = _spline(graph, first), _spline(graph, second)
    return (*before, before[-1], after[0], *after)


def _apart(route: tuple[Point, ...], link: Wire, boxes: Mapping[str, Box], labels: Mapping[str, Box]) -> tuple[Point, ...]:
    """A route with its bends moved away from the borders of boxes that it only passes, unless that would lead it through something else."""
    own = (boxes[link.source], boxes[link.target])
    passed = [box for box in _near(route, boxes.values()) if box is not own[0] and box is not own[1]]
    moved = (route[0], *(_off(point, passed) for point in route[1:-1]), route[-1])
    if moved == route:
        return route
    foreign = [*passed, *(label for label in _near(route, labels.values()) if label is not labels[link.id])]
    line = flatten(moved)
    return route if any(box.crossed_by(one, other) for box in foreign for one, other in pairwise(line)) else moved


def _near(route: Sequence[Point], boxes: Iterable[Box]) -> list[Box]:
    """The boxes that a route could meet at all, where its bends lie or near: of a thousand, a handful."""
    (left, right), (top, bottom) = ((min(part) - CLEAR, max(part) + CLEAR) for part in zip(*route, strict=True))
    ground = Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)
    return [box for box in boxes if ground.meets(box)]


def _off(point: Point, boxes: Iterable[Box]) -> Point:
    x, y = point
    for box in boxes:
        if box.left < x < box.right:
            if box.y <= y < box.bottom + CLEAR:
                return x, box.bottom + CLEAR
            if box.top - CLEAR < y < box.y:
                return x, box.top - CLEAR
    return point


def _spline(graph: pygraphviz.AGraph, half: Half) -> list[Point]:
    pairs = (part.split(",") for part in graph.get_edge(half.tail, half.head, key=half.key).attr["pos"].split())
    points = [(float(x), -float(y)) for x, y in pairs]
    return points[::-1] if half.turned else points
