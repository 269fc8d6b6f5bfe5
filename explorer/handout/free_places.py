"""Free places beside a drawing, for the cards that would otherwise need a place below it.

A pathway is broad at some heights and narrow at others. Where it is narrow, a rectangle at its left or right is put to use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from edgewise.explorer.drawing.geometry import Box, flatten
from edgewise.explorer.handout.drawing import PaperDrawing, span

_ROW = 8.0  # heights are looked at in rows of so many pixels
_CLEAR = 12.0  # kept free around what is drawn


class Pocket(NamedTuple):
    """A free rectangle, in pixels of the drawing."""

    x: float
    y: float
    w: float
    h: float


class Placing(NamedTuple):
    """How far a drawing is moved to the right of the lanes' names, and what is then free beside it, the largest first."""

    shift: float
    pockets: tuple[Pocket, ...]


def place(drawing: PaperDrawing, width: float, least: tuple[float, float]) -> Placing:
    """Where on a page the drawing goes: in the middle, unless more room is gained by moving it to one side.

    Args:
        drawing: as a whole.
        width: of the page, in pixels of the drawing.
        least: width and height below which a free place is of no use, in the same pixels.
    """
    left, right = span(drawing)
    spare = max(0.0, width - drawing.layout.gutter - (right - left))
    ways = [_placed(drawing, width, shift, least) for shift in (spare / 2, 0.0, spare)]
    return max(ways, key=lambda way: sum(pocket.w * pocket.h for pocket in way.pockets))


def _placed(drawing: PaperDrawing, width: float, shift: float, least: tuple[float, float]) -> Placing:
    rows = _rows(drawing, drawing.layout.gutter + shift - span(drawing)[0])
    gutter = drawing.layout.gutter
    at_left = _largest([left - gutter for left, _ in rows], least)
    at_right = _largest([width - right for _, right in rows], least)
    found = [Pocket(gutter, top, wide, high) for top, wide, high in at_left]
    found += [Pocket(width - wide, top, wide, high) for top, wide, high in at_right]
    return Placing(shift, tuple(sorted(found, key=lambda pocket: -pocket.w * pocket.h)))


def _rows(drawing: PaperDrawing, moved: float) -> list[tuple[float, float]]:
    """For every row the left and right end of what is drawn there, with some distance; of an empty row, the middle of the drawing."""
    left, right = span(drawing)
    middle = moved + (left + right) / 2
    rows = [(middle, middle)] * int(drawing.layout.height / _ROW + 1)
    for box in _obstacles(drawing):
        for row in range(max(0, int((box.top - _CLEAR) / _ROW)), min(len(rows), int((box.bottom + _CLEAR) / _ROW) + 1)):
            rows[row] = min(rows[row][0], box.left + moved - _CLEAR), max(rows[row][1], box.right + moved + _CLEAR)
    return rows


def _obstacles(drawing: PaperDrawing) -> Iterator[Box]:
    yield from (node.box for node in drawing.layout.nodes.values())
    for edge in drawing.layout.edges.values():
        yield edge.label
        line = flatten(edge.points)
        for (ax, ay), (bx, by) in pairwise(line):
            yield Box((ax + bx) / 2, (ay + by) / 2, abs(ax - bx), abs(ay - by))


def _largest(widths: Sequence[float], least: tuple[float, float]) -> list[tuple[float, float, float]]:
    """Top, width and height of the largest rectangle below a skyline, if there is any of use."""
    best, area = [], 0.0
    for first in range(len(widths)):
        wide = widths[first]
        for last in range(first, len(widths)):
            wide = min(wide, widths[last])
            if wide < least[0]:
                break
            high = (last - first + 1) * _ROW - _ROW
            if high >= least[1] and wide * high > area:
                best, area = [(first * _ROW, wide, high)], wide * high
    return best
