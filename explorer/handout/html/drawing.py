"""The pathway as an SVG inside the hand-out: for paper, and for a reader whose browser runs no script. Steps and edges are links.

It stands on light ground whatever the reader's theme. Colours are presentation attributes, which a strict content policy lets pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import hypot
from urllib.parse import quote

from edgewise.explorer.cards.markup import Html, join, tag
from edgewise.explorer.drawing import sizes
from edgewise.explorer.drawing.canvas import scene_data
from edgewise.explorer.drawing.geometry import Box, Point
from edgewise.explorer.drawing.layout import Band, Layout, PlacedEdge, PlacedNode, lay_out
from edgewise.explorer.drawing.palette import GROUNDS, KINDS, STATES, Fill, kind_of
from edgewise.explorer.drawing.scene import Edge, Node, Scene

_LIGHT = GROUNDS["light"]
_KEY_ROOM, _KEY_LINE = 34.0, 20.0


def drawing(scene: Scene) -> Html:
    """The whole drawing with its legend below it.

    >>> drawing(Scene())
    ''
    """
    if not scene.nodes:
        return Html("")
    layout = lay_out(scene)
    keys = list(_keys(scene, layout.width, layout.height + _KEY_LINE))
    height = layout.height + _KEY_LINE + (keys[-1][0] if keys else 0.0)
    edges = [(edge, layout.edges[edge.id]) for edge in scene.edges]
    return tag(
        "svg",
        tag("rect", width=_n(layout.width), height=_n(height), fill=_LIGHT["page"]),
        *(_band(band, layout) for band in layout.bands),
        *(_edge(edge, placed, layout.bands) for edge, placed in edges),
        *(_node(node, layout.nodes[node.id]) for node in scene.nodes),
        *(key for _, key in keys),
        viewBox=f"0 0 {_n(layout.width)} {_n(height)}",
        cls="ew-svg",
        role="group",
        aria_label=f"Pathway with {len(scene.nodes)} steps and {len(scene.edges)} edges",
    )


def target(id: str) -> str:
    """The address within the file of a step, an edge or a section.

    >>> target("cooled-rfa"), target("g/steps/1")
    ('#cooled-rfa', '#g/steps/1')
    """
    return "#" + quote(id, safe="/-_.~")


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _band(band: Band, layout: Layout) -> Html:
    ground = tag("rect", y=_n(band.top), width=_n(layout.width), height=_n(band.bottom - band.top), fill=_LIGHT["band"])
    ink = _LIGHT["name"]
    down = (band.top + 15 + i * sizes.NODE_LINE for i in range(len(band.lines)))
    lines = (_word(line, 8, y, sizes.LANE_FONT, ink, "start", 600) for line, y in zip(band.lines, down, strict=True))
    return join([ground, *lines])


def _edge(edge: Edge, placed: PlacedEdge, bands: Sequence[Band]) -> Html:
    ink, dash = STATES[edge.state]["light"], " ".join(map(str, STATES[edge.state]["dash"]))
    width = _n(sizes.OPTION if edge.role == "option" else sizes.ROUTE)
    line = tag("path", d=_route(placed.points), fill="none", stroke=ink, stroke_width=width, stroke_dasharray=dash)
    cross = _cross(placed.points, ink) if edge.role == "excluded" else Html("")
    label = _label(placed.label, placed.lines, ink, bands) if placed.label else Html("")
    return tag("a", tag("title", edge.label), line, _head(placed.points, ink), cross, label, href=target(edge.id))


def _label(box: Box, lines: Sequence[str], ink: str, bands: Sequence[Band]) -> Html:
    within = any(band.top < box.y < band.bottom for band in bands)
    ground = tag("rect", **_at(box), rx="4", fill=_LIGHT["band" if within else "page"])
    return join([ground, _words(lines, box.x, box.y, sizes.EDGE_FONT, sizes.EDGE_LINE, ink)])


def _node(node: Node, placed: PlacedNode) -> Html:
    kind, box = KINDS[kind_of(node.kind, node.endpoint)], placed.box
    bar = kind["shape"] == "bar"
    side = tag("rect", x=_n(box.left), y=_n(box.top), width=_n(sizes.SIDE), height=_n(box.height), fill=kind["line"]) if bar else Html("")
    words = _words(placed.lines, box.x - placed.badge_width / 2 + (2 if bar else 0), box.y, sizes.NODE_FONT, sizes.NODE_LINE, kind["text"])
    at = box.right - placed.badge_width / 2
    badge = _word(f"★ {node.badge}", at, box.y, sizes.BADGE_FONT, kind["text"], weight=600) if node.badge else Html("")
    return tag("a", tag("title", node.tip or node.label), _shape(box, kind), side, words, badge, href=target(node.id))


def _shape(box: Box, kind: Fill) -> Html:
    paint = {"fill": kind["fill"], "stroke": kind["line"], "stroke_width": _n(sizes.BORDER)}
    if kind["shape"] != "octagon":
        return tag("rect", **_at(box), rx=_n(min(sizes.ROUNDING.get(kind["shape"], 5.0), box.height / 2)), **paint)
    cut = min(sizes.CORNER, box.height / 3)
    xs, ys = (box.left, box.left + cut, box.right - cut, box.right), (box.top, box.top + cut, box.bottom - cut, box.bottom)
    corners = [(1, 0), (2, 0), (3, 1), (3, 2), (2, 3), (1, 3), (0, 2), (0, 1)]
    return tag("polygon", points=" ".join(f"{_n(xs[x])},{_n(ys[y])}" for x, y in corners), **paint)


def _route(points: Sequence[Point]) -> str:
    """A chain of curves, drawn back from its end so that the line does not stick out beyond the point of the head."""
    dx, dy = _arrival(points)
    cut = [*points[:-2], *((x - dx * (sizes.HEAD - 3), y - dy * (sizes.HEAD - 3)) for x, y in points[-2:])]
    start, *rest = (f"{_n(x)} {_n(y)}" for x, y in cut)
    return f"M{start}C{' '.join(rest)}" if rest else f"M{start}"


def _arrival(points: Sequence[Point]) -> Point:
    """The unit vector in which a route arrives; control points may coincide with its end."""
    ex, ey = points[-1]
    for x, y in reversed(points[:-1]):
        length = hypot(ex - x, ey - y)
        if length > 1:
            return (ex - x) / length, (ey - y) / length
    return 0.0, 1.0


def _head(points: Sequence[Point], ink: str) -> Html:
    (x, y), (dx, dy) = points[-1], _arrival(points)
    sides = [(x - dx * sizes.HEAD - k * dy * sizes.HEAD * 0.45, y - dy * sizes.HEAD + k * dx * sizes.HEAD * 0.45) for k in (1, -1)]
    return tag("polygon", points=" ".join(f"{_n(a)},{_n(b)}" for a, b in ((x, y), *sides)), fill=ink)


def _cross(points: Sequence[Point], ink: str) -> Html:
    (x, y), (dx, dy) = points[-1], _arrival(points)
    cx, cy, r = x - dx * sizes.CROSS_BACK, y - dy * sizes.CROSS_BACK, sizes.CROSS / 2
    arms = " ".join(f"M{_n(cx - r)} {_n(cy - k * r)}L{_n(cx + r)} {_n(cy + k * r)}" for k in (-1, 1))
    circle = tag("circle", cx=_n(cx), cy=_n(cy), r=_n(sizes.CROSS), fill=_LIGHT["page"], stroke=ink, stroke_width=_n(sizes.BORDER))
    return join([circle, tag("path", d=arms, stroke=ink, stroke_width=_n(sizes.BORDER))])


def _words(lines: Sequence[str], x: float, y: float, size: float, leading: float, ink: str) -> Html:
    return join(_word(line, x, y + (i - (len(lines) - 1) / 2) * leading, size, ink) for i, line in enumerate(lines))


def _word(line: str, x: float, y: float, size: float, ink: str, anchor: str = "middle", weight: int = 500) -> Html:
    return tag(
        "text", line, x=_n(x), y=_n(y + size * 0.36), font_size=_n(size), font_weight=str(weight), fill=ink, text_anchor=anchor
    )  # fmt: skip


def _at(box: Box) -> dict[str, str]:
    return {"x": _n(box.left), "y": _n(box.top), "width": _n(box.width), "height": _n(box.height)}


def _keys(scene: Scene, width: float, top: float) -> Iterator[tuple[float, Html]]:
    """The legend, key by key, each with how far down it stands."""
    x, down = 8.0, 0.0
    for swatch, label, room in _named(scene):
        if x + room > width and x > 8.0:
            x, down = 8.0, down + _KEY_LINE
        words = _word(label, x + _KEY_ROOM, top + down, sizes.LANE_FONT, _LIGHT["name"], "start")
        yield down + _KEY_LINE, tag("g", tag("g", swatch, transform=f"translate({_n(x)} {_n(top + down)})"), words)
        x += room


def _named(scene: Scene) -> Iterator[tuple[Html, str, float]]:
    found = scene_data(scene)["scene"]["legend"]
    for entry in found["states"]:
        dash = " ".join(map(str, STATES[entry["id"]]["dash"]))
        line = tag("path", d="M0 0H28", stroke=STATES[entry["id"]]["light"], stroke_width="2.4", stroke_dasharray=dash)
        yield line, str(entry["label"]), _room(entry["label"])
    for entry in found["roles"]:
        mark = _cross([(0.0, 0.0), (32.0, 0.0)], _LIGHT["name"]) if entry["id"] == "excluded" else Html("")
        line = tag("path", d="M0 0H28", stroke=_LIGHT["name"], stroke_width=_n(sizes.OPTION if entry["id"] == "option" else sizes.ROUTE))
        yield join([line, mark]), str(entry["label"]), _room(entry["label"])
    for entry in found["kinds"]:
        yield _shape(Box(14, 0, 22, 12), KINDS[entry["id"]]), str(entry["label"]), _room(entry["label"])


def _room(label: Iterable[str]) -> float:
    return _KEY_ROOM + 6.6 * len(list(label)) + 14
