"""A pathway in small, by which one guideline is told from another at a glance: lanes, boxes and edges in their colours, without a word."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from lxml import etree

from edgewise.explorer.drawing.geometry import Box, Point
from edgewise.explorer.drawing.layout import Layout, lay_out
from edgewise.explorer.drawing.palette import GROUNDS, KINDS, STATES, Scheme, kind_of
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.drawing.sizes import ROUNDING

_SVG = "http://www.w3.org/2000/svg"
_LINE, _OUTLINE = 4.0, 3.0
"""Strokes in pixels of the drawing, thicker than there: they are shown at a quarter of their size."""


def miniature(scene: Scene, scheme: Scheme) -> str:
    """A drawing in small, as an SVG document.

    Args:
        scene: to be drawn.
        scheme: the ground it will stand on.

    >>> from edgewise.explorer.drawing.scene import Lane, Node
    >>> drawn = miniature(Scene((Lane("l", "Imaging"),), (Node("a", "X-ray", "Investigation", "l"),)), "light")
    >>> drawn.count("<rect"), "X-ray" in drawn
    (2, False)
    """
    layout = lay_out(scene)
    width, height = max(layout.width, 1.0), max(layout.height, 1.0)
    whole = etree.Element(f"{{{_SVG}}}svg", nsmap={None: _SVG})  # type: ignore[dict-item]  # the default namespace; the stubs do not know it
    _set(whole, viewBox=f"0 0 {width:.0f} {height:.0f}", width=f"{width:.0f}", height=f"{height:.0f}")
    for number, band in enumerate(layout.bands):
        if number % 2 == 0:
            _box(whole, Box(width / 2, (band.top + band.bottom) / 2, width, band.bottom - band.top), 0.0, fill=GROUNDS[scheme]["band"])
    _draw_edges(whole, scene, layout, scheme)
    for node in scene.nodes:
        kind = KINDS[kind_of(node.kind, node.endpoint)]
        box, shade = layout.nodes[node.id].box, kind[scheme]
        rounding = min(ROUNDING.get(kind["shape"], 5.0), box.height / 2)
        _box(whole, box, rounding, fill=shade["fill"], stroke=shade["line"], stroke_width=f"{_OUTLINE:g}")
    return etree.tostring(whole, encoding="unicode")


def as_image(svg: str) -> str:
    """A picture as the address of an image, which no page has to fetch.

    >>> as_image("<svg/>")
    'data:image/svg+xml;base64,PHN2Zy8+'
    """
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _draw_edges(whole: etree._Element, scene: Scene, layout: Layout, scheme: Scheme) -> None:
    for edge in scene.edges:
        line = etree.SubElement(whole, f"{{{_SVG}}}path")
        dash = " ".join(f"{part * 2:g}" for part in STATES[edge.state]["dash"])
        _set(line, d=_path(layout.edges[edge.id].points), fill="none", stroke=STATES[edge.state][scheme], stroke_width=f"{_LINE:g}")
        if dash:
            _set(line, stroke_dasharray=dash)


def _path(points: Iterable[Point]) -> str:
    begin, *rest = (f"{x:.0f} {y:.0f}" for x, y in points)
    return f"M{begin}C{' '.join(rest)}" if rest else f"M{begin}"


def _box(whole: etree._Element, box: Box, rounding: float, **paint: str) -> None:
    shape = etree.SubElement(whole, f"{{{_SVG}}}rect")
    _set(shape, x=f"{box.left:.0f}", y=f"{box.top:.0f}", width=f"{box.width:.0f}", height=f"{box.height:.0f}", rx=f"{rounding:g}", **paint)


def _set(element: etree._Element, **attributes: str) -> None:
    for name, value in attributes.items():
        element.set(name if name == "viewBox" else name.replace("_", "-"), value)
