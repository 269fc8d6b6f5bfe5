"""The merged pathway as a picture, with its legend in words and a list that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import streamlit as st

from edgewise.explorer.cards.markup import Html, folded, join, symbol, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.drawing import palette
from edgewise.explorer.drawing.geometry import Box
from edgewise.explorer.drawing.layout import NARROW, WIDE, Breadth, is_large, lay_out
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.drawing.miniature import as_image
from edgewise.explorer.drawing.palette import Scheme
from edgewise.explorer.drawing.scene import Scene, Side
from edgewise.explorer.drawing.sizes import ROUTE, SLIM_RIM_ROOM
from edgewise.explorer.handout.vector import ON_SCREEN, Inks, legend, sign, staying, vector
from edgewise.explorer.pages.compare.merged import SIDES, Part, alone, merged, node_sides, parts
from edgewise.explorer.pages.compare.places import MOST, Presses, more
from edgewise.explorer.pages.compare.versions import Version
from edgewise.explorer.shell.location import Location
from edgewise.graph.comparing.comparison import Comparison

_DASHES: Mapping[Side, str] = {"changed": "dash and dot", "only-a": "dashed", "only-b": "dotted", "same": "plain line"}


def drawing(found: Comparison, *, beside: bool) -> Html:
    """The two pathways as one, or side by side; on a narrow screen made for it."""
    scheme: Scheme = "dark" if st.context.theme.type == "dark" else "light"
    if beside:
        pictures = [
            tag("figure", tag("figcaption", f"{letter}: {clean(guideline.title)}"), _image(*alone(found, letter), scheme, NARROW, letter))
            for letter, guideline in (("A", found.a), ("B", found.b))
        ]
        return join([_key(found, scheme), tag("div", *pictures, cls="ew-two ew-drawings")])
    scene, sides = merged(found), node_sides(found)
    if not scene.nodes:
        return tag("p", "Neither has a step that could be drawn.", cls="ew-quiet")
    if is_large(scene):  # scrolled in its frame: a second one for narrow screens would cost more than it gives
        whole = _image(scene, sides, scheme, WIDE, "both")
        return join([_key(found, scheme), tag("div", whole, cls="ew-scroll ew-vast", tabindex="0", role="region", aria_label="Drawing")])
    broad, slim = (_image(scene, sides, scheme, breadth, "both") for breadth in (WIDE, NARROW))
    return join([_key(found, scheme), tag("div", broad, cls="ew-drawn-broad"), tag("div", slim, cls="ew-drawn-slim")])


def _image(scene: Scene, sides: Mapping[str, Side], scheme: Scheme, breadth: Breadth, whose: str) -> Html:
    if not scene.nodes:
        return tag("p", "It has no step that could be drawn.", cls="ew-quiet")
    words = "Pathway of both" if whose == "both" else f"Pathway of {whose}"
    return tag(
        "img", src=as_image(svg(scene, sides, scheme, breadth)), alt=f"{words}; the list below the drawing says the same", cls="ew-drawn"
    )


@lru_cache(maxsize=32)
def _drawn(scene: Scene, sides: tuple[tuple[str, Side], ...], scheme: Scheme, breadth: Breadth) -> str:
    """A drawing as the address of an image, made once: a page is drawn again at every click."""
    return as_image(svg(scene, dict(sides), scheme, breadth))


def svg(scene: Scene, sides: Mapping[str, Side], scheme: Scheme, breadth: Breadth) -> str:
    """A drawing as a document of its own: what differs bears a rim with a dash and a sign of its own, an edge its line."""
    inks = staying(scheme, palette.SIDES)
    boxes = {id: node.box for id, node in lay_out(scene, breadth).nodes.items()}

    def wrap(id: str, content: Html) -> Html:
        side = sides.get(id, "same")
        return tag("g", content, *(_rim(boxes[id], side, inks) if id in boxes and side != "same" else ()))

    drawn, width, height = vector(scene, inks, wrap, breadth)
    below, more = legend(scene, inks, width, height)
    ground = tag("rect", width=f"{width:.0f}", height=f"{height + more:.0f}", fill=inks.page)
    size = {"viewBox": f"0 0 {width:.0f} {height + more:.0f}", "width": f"{width:.0f}", "height": f"{height + more:.0f}"}
    return tag("svg", ground, drawn, below, xmlns="http://www.w3.org/2000/svg", font_family=ON_SCREEN, **size)


def _rim(box: Box, side: Side, inks: Inks) -> Iterator[Html]:
    ink, dash = inks.states[side], " ".join(map(str, palette.SIDES[side]["dash"]))
    around = box.grown(SLIM_RIM_ROOM)
    place = {"x": f"{around.left:.1f}", "y": f"{around.top:.1f}", "width": f"{around.width:.1f}", "height": f"{around.height:.1f}"}
    yield tag("rect", **place, rx="8", fill="none", stroke=ink, stroke_width=str(ROUTE), stroke_dasharray=dash)
    yield sign(side, around.left + 2, around.top + 2, ink, inks.page)


# The legend, and the list -------------------------------------------------------------------------------------------------


def _key(found: Comparison, scheme: Scheme) -> Html:
    known = [part.side for part in parts(found)]
    entries = (_entry(side, known.count(side), scheme) for side in SIDES if side in known)
    return tag("ul", *entries, cls="ew-key", aria_label="Legend")


def _entry(side: Side, count: int, scheme: Scheme) -> Html:
    label = palette.SIDES[side]["label"]
    return tag("li", tag("img", src=as_image(_swatch(side, scheme)), role="presentation"), f" {label}: {count} ({_DASHES[side]})")


def _swatch(side: Side, scheme: Scheme) -> str:
    inks = staying(scheme, palette.SIDES)
    ink, dash = inks.states[side], " ".join(map(str, palette.SIDES[side]["dash"]))
    line = tag("path", d="M0 8H34", stroke=ink, stroke_width=str(ROUTE), stroke_dasharray=dash)
    size = {"viewBox": "0 0 48 16", "width": "48", "height": "16"}
    return tag("svg", line, sign(side, 40, 8, ink, inks.page), xmlns="http://www.w3.org/2000/svg", font_family=ON_SCREEN, **size)


def listed(found: Comparison, sides: tuple[Version, Version], presses: Presses) -> Iterator[Html]:
    """Steps and edges by how they stand in the two: all that the drawing shows."""
    held = parts(found)
    for side in SIDES:
        here = [part for part in held if part.side == side]
        if here:
            rows = tag("ul", *(_row(part, sides, presses) for part in here[:MOST]), cls="ew-list")
            label = palette.SIDES[side]["label"]
            title = join([symbol(palette.SIDES[side]["sign"]), f" {label[:1].upper()}{label[1:]}: {_counted(here)}"])
            yield folded(title, rows, *more(here))


def _counted(here: list[Part]) -> str:
    found = ((kind, sum(part.kind == kind for part in here)) for kind in ("step", "edge"))
    return ", ".join(many(count, kind) for kind, count in found if count)


def _row(part: Part, sides: tuple[Version, Version], presses: Presses) -> Html:
    leads = []
    for letter, id, version in (("A", part.a, sides[0]), ("B", part.b, sides[1])):
        if id:
            leads += [" ", presses.lead(version, Location(version.name, selected=id), f"see in {letter}")]
    told = [tag("ul", *(tag("li", clean(line)) for line in part.told), cls="ew-list ew-quiet")] if part.told else []
    return tag("li", f"{part.kind.capitalize()}: {clean(part.name)}", *leads, *told)
