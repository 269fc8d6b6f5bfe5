"""The pathway as elements of SVG: for the drawing in the HTML hand-out, and for the one that goes on a slide.

All paint comes from `Inks`: variables of a style sheet, which follow the reader's light or dark screen, or colours that stay. They are
presentation attributes, which a strict content policy lets pass. Text stays text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import NamedTuple

from edgewise.explorer.cards.markup import Html, join, tag
from edgewise.explorer.drawing import sizes
from edgewise.explorer.drawing.canvas import READING, legend_entries
from edgewise.explorer.drawing.geometry import Box, Point
from edgewise.explorer.drawing.layout import WIDE, Band, Breadth, Layout, PlacedEdge, PlacedNode, lay_out
from edgewise.explorer.drawing.lettering import measure
from edgewise.explorer.drawing.palette import GROUNDS, KINDS, SIDES, STATES, Scheme, Shade, Stroke, end_of, kind_of
from edgewise.explorer.drawing.scene import Edge, Node, Scene

_KEY_LINE = 20.0
_AS_SET = 0.93  # what text takes of the room that is reckoned with
_CORNERS = {
    "broken": ((0, -1.1), (1.15, 1), (-1.15, 1)),
    "inferred": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
}
_SQUARE = ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9))
_SMALL = 0.36  # of its size, by which text stands below its middle


@dataclass(frozen=True, slots=True)
class Inks:
    """What a drawing is painted with: the page, the stripes of the lanes and their names, each state of evidence, each kind of step.

    `strokes` says what the states of the edges are, with their dashes: those of evidence, unless a drawing is about something else.
    """

    page: str
    band: str
    name: str
    states: Mapping[str, str]
    kinds: Mapping[str, Shade]
    strokes: Mapping[str, Stroke] = field(default_factory=lambda: STATES)


def _variable(name: str) -> str:
    return f"var(--ew-{name})"


def _shade(kind: str) -> Shade:
    return {"fill": _variable(f"kind-{kind}-fill"), "line": _variable(f"kind-{kind}-line"), "text": _variable(f"kind-{kind}-text")}


FOLLOWING = Inks(
    _variable("page"),
    _variable("band"),
    _variable("name"),
    {name: _variable(name) for name in STATES},
    {name: _shade(name) for name in KINDS},
)
"""Follows the page's scheme, where `edgewise.explorer.drawing.palette.variables` stands in the style sheet."""


def staying(scheme: Scheme, strokes: Mapping[str, Stroke] = STATES) -> Inks:
    """The inks of one scheme, which stay as they are; with other strokes, for edges that are told by something else than their evidence.

    >>> staying("dark").page == staying("light").page, sorted(staying("light", SIDES).states)
    (False, ['changed', 'only-a', 'only-b', 'same'])
    """
    ground = GROUNDS[scheme]
    states = {name: state[scheme] for name, state in strokes.items()}
    return Inks(ground["page"], ground["band"], ground["name"], states, {name: kind[scheme] for name, kind in KINDS.items()}, strokes)


ON_SCREEN = "'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
"""The faces of a drawing that stands by itself, and has none to inherit."""
LIGHT = staying("light")
"""Stays light: for paper and slides."""

Wrap = Callable[[str, Html], Html]


class Key(NamedTuple):
    """An entry of the legend: its picture, whose middle is at 0, its words, and how far to the right these begin."""

    picture: Html
    words: str
    begins: float


def vector(scene: Scene, inks: Inks, wrap: Wrap, breadth: Breadth = WIDE) -> tuple[Html, float, float]:
    """A scene without its legend, and how wide and high it is.

    Args:
        scene: at least one step of it.
        inks: what to paint with.
        wrap: gives each step and edge, by its id, the element that it stands in.
        breadth: of what it is made for.

    >>> from edgewise.explorer.drawing.scene import Lane
    >>> lone = Scene((Lane("l", "Imaging"),), (Node("a", "X-ray", "Investigation", "l"),))
    >>> drawn, width, height = vector(lone, LIGHT, lambda id, content: content)
    >>> ">X-ray</text>" in drawn, width > 0 < height
    (True, True)
    """
    layout = lay_out(scene, breadth)
    drawn = join(
        [
            tag("rect", width=_n(layout.width), height=_n(layout.height), fill=inks.page),
            *(_band(band, layout, inks, slim=breadth.slim) for band in layout.bands),
            *(_frame(frame.kind, frame.box, inks) for frame in layout.frames),
            *(wrap(edge.id, _edge(edge, layout.edges[edge.id], layout.bands, inks)) for edge in scene.edges),
            *(wrap(node.id, _node(node, layout.nodes[node.id], inks, breadth.font)) for node in scene.nodes),
        ]
    )
    return drawn, layout.width, layout.height


def word(line: str, x: float, y: float, size: float, ink: str, anchor: str = "middle", weight: int = 500) -> Html:
    """One line of text, `y` being its middle."""
    return tag(
        "text", line, x=_n(x), y=_n(y + size * _SMALL), font_size=_n(size), font_weight=str(weight), fill=ink, text_anchor=anchor
    )  # fmt: skip


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _band(band: Band, layout: Layout, inks: Inks, *, slim: bool) -> Html:
    ground = tag("rect", y=_n(band.top), width=_n(layout.width), height=_n(band.bottom - band.top), fill=inks.band)
    down = (band.top + (9 if slim else 15) + i * sizes.NODE_LINE for i in range(len(band.lines)))
    lines = (word(line, 8, y, sizes.LANE_FONT, inks.name, "start", 600) for line, y in zip(band.lines, down, strict=True))
    return join([ground, *lines])


def _frame(kind: str, box: Box, inks: Inks) -> Html:
    """Around steps that belong together; dashed where one of them is to be chosen."""
    dash = {"stroke_dasharray": " ".join(map(str, sizes.RIM_DASH))} if kind == "one-of" else {}
    rounding = _n(sizes.ROUNDING["round"])
    return tag("rect", **_at(box), rx=rounding, fill="none", stroke=inks.name, stroke_width=_n(sizes.RIM), **dash)


# ---- edges -----------------------------------------------------------------------------------------------------------


def _edge(edge: Edge, placed: PlacedEdge, bands: Sequence[Band], inks: Inks) -> Html:
    ink, dash = inks.states[edge.state], " ".join(map(str, inks.strokes[edge.state]["dash"]))
    width = _n(sizes.OPTION if edge.role == "option" else sizes.ROUTE)
    line = tag("path", d=_route(placed.points), fill="none", stroke=ink, stroke_width=width, stroke_dasharray=dash)
    cross = _cross(placed.points, ink, inks.page) if edge.role == "excluded" else Html("")
    within = any(band.top < placed.label.y < band.bottom for band in bands)
    label = _label(edge, placed, ink, inks.band if within else inks.page)
    return join([tag("title", f"{edge.label}: {inks.strokes[edge.state]['label']}"), line, _head(placed.points, ink), cross, label])


def _label(edge: Edge, placed: PlacedEdge, ink: str, ground: str) -> Html:
    box, (first, *rest) = placed.label, placed.lines
    if edge.state == "same" and not any(placed.lines):
        return Html("")  # nothing stands there for which the line would have to be broken
    top = box.y - len(rest) * sizes.EDGE_LINE / 2
    # How wide the reader's own face is nobody knows here: the line begins after its sign, and is at the most a little off the middle.
    lead = sizes.SIGN_SIZE + sizes.SIGN_GAP if first else sizes.SIGN_SIZE
    left = box.x - (lead + _AS_SET * measure(first, sizes.EDGE_FONT)) / 2
    mark = sign(edge.state, left + sizes.SIGN_SIZE / 2, top, ink, ground)
    begun = word(first, left + lead, top, sizes.EDGE_FONT, ink, "start") if first else Html("")
    more = _words(rest, box.x, top + (len(rest) + 1) * sizes.EDGE_LINE / 2, sizes.EDGE_FONT, sizes.EDGE_LINE, ink)
    return join([tag("rect", **_at(box), rx="4", fill=ground), mark, begun, more])


def sign(state: str, x: float, y: float, ink: str, ground: str) -> Html:
    """A state of evidence as on paper: full disc, half disc, warning triangle, empty disc, lozenge; any other an empty square."""
    r = sizes.SIGN_SIZE / 2
    if state in SIDES:
        return _side(state, x, y, ink, ground)
    paint = {"stroke": ink, "stroke_width": "1.1", "fill": ink if state in ("supported", "broken") else ground}
    if state in ("supported", "weak", "uncited"):
        disc = tag("circle", cx=_n(x), cy=_n(y), r=_n(r), **paint)
        half = tag("path", d=f"M{_n(x)} {_n(y - r)}A{r} {r} 0 0 0 {_n(x)} {_n(y + r)}Z", fill=ink) if state == "weak" else Html("")
        return join([disc, half])
    corners = _CORNERS.get(state, _SQUARE)
    shape = tag("polygon", points=" ".join(f"{_n(x + dx * r)},{_n(y + dy * r)}" for dx, dy in corners), **paint)
    warning = tag("path", d=f"M{_n(x)} {_n(y - 0.35 * r)}V{_n(y + 0.3 * r)}M{_n(x)} {_n(y + 0.5 * r)}v1", stroke=ground, stroke_width="1.2")
    return join([shape, warning]) if state == "broken" else shape


def _side(side: str, x: float, y: float, ink: str, ground: str) -> Html:
    """In which of two guidelines something is: a disc with its sign; nothing where it is the same in both."""
    if side == "same":
        return Html("")
    disc = tag("circle", cx=_n(x), cy=_n(y), r=_n(sizes.SIGN_SIZE / 2 + 1), fill=ground, stroke=ink, stroke_width="1.3")
    return join([disc, word(SIDES[side]["sign"], x, y, sizes.EDGE_FONT, ink, weight=700)])


# ---- steps -----------------------------------------------------------------------------------------------------------


def _node(node: Node, placed: PlacedNode, inks: Inks, font: float) -> Html:
    name, box = kind_of(node.kind, node.endpoint), placed.box
    shade, shape = inks.kinds[name], KINDS[name]["shape"]
    bar = shape == "bar"
    side = tag("rect", x=_n(box.left), y=_n(box.top), width=_n(sizes.SIDE), height=_n(box.height), fill=shade["line"]) if bar else Html("")
    words = _words(placed.lines, box.x - placed.badge_width / 2 + (2 if bar else 0), box.y, font, sizes.NODE_LINE, shade["text"])
    at = box.right - placed.badge_width / 2
    beside = bool(node.badge and placed.badge_width)
    badge = word(f"★ {node.badge}", at, box.y, sizes.BADGE_FONT, shade["text"], weight=600) if beside else Html("")
    reading = sign("inferred", box.right, box.top, inks.states.get("inferred", inks.name), inks.page) if node.inferred else Html("")
    said = (node.tip or node.label, end_of(node.kind, node.endpoint), READING if node.inferred else "", node.belongs)
    told = ". ".join(part for part in said if part)
    return join([tag("title", told), _shape(box, shape, shade), side, words, badge, reading])


def _shape(box: Box, shape: str, shade: Shade) -> Html:
    paint = {"fill": shade["fill"], "stroke": shade["line"], "stroke_width": _n(sizes.BORDER)}
    if shape != "octagon":
        return tag("rect", **_at(box), rx=_n(min(sizes.ROUNDING.get(shape, 5.0), box.height / 2)), **paint)
    cut = min(sizes.CORNER, box.height / 3)
    xs, ys = (box.left, box.left + cut, box.right - cut, box.right), (box.top, box.top + cut, box.bottom - cut, box.bottom)
    corners = [(1, 0), (2, 0), (3, 1), (3, 2), (2, 3), (1, 3), (0, 2), (0, 1)]
    return tag("polygon", points=" ".join(f"{_n(xs[x])},{_n(ys[y])}" for x, y in corners), **paint)


# ---- lines and words -------------------------------------------------------------------------------------------------


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


def _cross(points: Sequence[Point], ink: str, ground: str) -> Html:
    (x, y), (dx, dy) = points[-1], _arrival(points)
    cx, cy, r = x - dx * sizes.CROSS_BACK, y - dy * sizes.CROSS_BACK, sizes.CROSS / 2
    arms = " ".join(f"M{_n(cx - r)} {_n(cy - k * r)}L{_n(cx + r)} {_n(cy + k * r)}" for k in (-1, 1))
    circle = tag("circle", cx=_n(cx), cy=_n(cy), r=_n(sizes.CROSS), fill=ground, stroke=ink, stroke_width=_n(sizes.BORDER))
    return join([circle, tag("path", d=arms, stroke=ink, stroke_width=_n(sizes.BORDER))])


def _words(lines: Sequence[str], x: float, y: float, size: float, leading: float, ink: str) -> Html:
    return join(word(line, x, y + (i - (len(lines) - 1) / 2) * leading, size, ink) for i, line in enumerate(lines))


def _at(box: Box) -> dict[str, str]:
    return {"x": _n(box.left), "y": _n(box.top), "width": _n(box.width), "height": _n(box.height)}


# ---- the legend ------------------------------------------------------------------------------------------------------


def legend(scene: Scene, inks: Inks, width: float, top: float) -> tuple[Html, float]:
    """The keys of a scene in lines of so many pixels, from `top` on, and how high they are together."""
    x, down = 8.0, 0.0
    placed = []
    for key in keys(scene, inks):
        room = key.begins + 6.6 * len(key.words) + 14
        if x + room > width and x > 8.0:
            x, down = 8.0, down + _KEY_LINE
        words = word(key.words, x + key.begins, top + down + _KEY_LINE, sizes.LANE_FONT, inks.name, "start")
        placed.append(tag("g", tag("g", key.picture, transform=f"translate({_n(x)} {_n(top + down + _KEY_LINE)})"), words))
        x += room
    return join(placed), down + 2 * _KEY_LINE if placed else 0.0


def keys(scene: Scene, inks: Inks) -> Iterator[Key]:
    """What occurs in a scene: states of evidence, roles of edges, kinds of steps."""
    found = legend_entries(scene)
    for entry in found["states"]:
        ink, dash = inks.states[entry["id"]], " ".join(map(str, STATES[entry["id"]]["dash"]))
        line = tag("path", d="M0 0H28", stroke=ink, stroke_width="2.4", stroke_dasharray=dash)
        yield Key(join([line, sign(entry["id"], 37, 0, ink, inks.page)]), str(entry["label"]), 48.0)
    for entry in found["roles"]:
        mark = _cross([(0.0, 0.0), (32.0, 0.0)], inks.name, inks.page) if entry["id"] == "excluded" else Html("")
        line = tag("path", d="M0 0H28", stroke=inks.name, stroke_width=_n(sizes.OPTION if entry["id"] == "option" else sizes.ROUTE))
        yield Key(join([line, mark]), str(entry["label"]), 34.0)
    for entry in found["groups"]:
        yield Key(_frame(entry["id"], Box(14, 0, 26, 12), inks), str(entry["label"]), 34.0)
    for entry in found["kinds"]:
        picture = _shape(Box(14, 0, 22, 12), KINDS[entry["id"]]["shape"], inks.kinds[entry["id"]])
        yield Key(picture, str(entry["label"]), 34.0)
