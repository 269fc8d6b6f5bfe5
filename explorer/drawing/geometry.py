"""Boxes, points and Bézier chains of the canvas, in pixels, y downwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre.

    >>> Box(10, 10, 4, 2).left, Box(10, 10, 4, 2).bottom
    (8.0, 11.0)
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> Box:
        """The same box elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def grown(self, by: float) -> Box:
        """The same box with a margin of `by` pixels on every side; negative shrinks it."""
        return Box(self.x, self.y, self.width + 2 * by, self.height + 2 * by)

    def holds(self, point: Point) -> bool:
        """Does the point lie inside the box?

        >>> Box(0, 0, 2, 2).holds((0.5, 0.5)), Box(0, 0, 2, 2).holds((1, 0))
        (True, False)
        """
        return abs(point[0] - self.x) * 2 < self.width and abs(point[1] - self.y) * 2 < self.height

    def meets(self, other: Box) -> bool:
        """Do the two share any area?

        >>> Box(0, 0, 2, 2).meets(Box(1, 1, 2, 2)), Box(0, 0, 2, 2).meets(Box(2, 0, 2, 2))
        (True, False)
        """
        return abs(self.x - other.x) * 2 < self.width + other.width and abs(self.y - other.y) * 2 < self.height + other.height

    def crossed_by(self, start: Point, end: Point) -> bool:
        """Does the straight line from `start` to `end` enter the box? (Liang–Barsky clipping.)

        >>> Box(0, 0, 2, 2).crossed_by((-5, 0), (5, 0)), Box(0, 0, 2, 2).crossed_by((-5, 3), (5, 3))
        (True, False)
        """
        enter, leave = 0.0, 1.0
        for origin, delta, low, high in (
            (start[0], end[0] - start[0], self.left, self.right),
            (start[1], end[1] - start[1], self.top, self.bottom),
        ):
            if delta == 0:
                if not low < origin < high:
                    return False
                continue
            near, far = sorted(((low - origin) / delta, (high - origin) / delta))
            enter, leave = max(enter, near), min(leave, far)
        return enter < leave


def flatten(points: Sequence[Point], steps: int = 12) -> list[Point]:
    """The polyline of a chain of cubic Bézier curves given by 1 + 3n points.

    >>> flatten([(0, 0), (0, 1), (0, 2), (0, 3)], steps=3)
    [(0, 0), (0.0, 1.0), (0.0, 2.0), (0.0, 3.0)]
    """
    line = [points[0]]
    for i in range(0, len(points) - 3, 3):
        line += _curve(points[i : i + 4], steps)
    return line


def _curve(points: Sequence[Point], steps: int) -> Iterator[Point]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    for step in range(1, steps + 1):
        t = step / steps
        u = 1 - t
        p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        yield (p * ax + q * bx + r * cx + s * dx, p * ay + q * by + r * cy + s * dy)


def clipped(points: Sequence[Point], begin: Box, end: Box) -> tuple[Point, ...]:
    """A chain of curves from inside one box to inside another, without what lies in them.

    >>> clipped([(0, 0), (0, 4), (0, 8), (0, 12)], Box(0, 0, 6, 6), Box(0, 12, 6, 6))[0]
    (0.0, 3.0)
    """
    return _from(_from(points, begin)[::-1], end)[::-1]


def _from(points: Sequence[Point], box: Box) -> tuple[Point, ...]:
    """The chain from where it leaves the box; the whole of it, if it begins outside or never leaves."""
    first = next((i for i in range(0, len(points) - 3, 3) if not box.holds(points[i + 3])), None)
    if first is None or not box.holds(points[0]):
        return tuple(points)
    inside, outside = 0.0, 1.0
    for _ in range(24):  # to a millionth of a pixel
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if box.holds(_at(points[first : first + 4], middle)) else (inside, middle)
    return (*_rest(points[first : first + 4], outside), *points[first + 4 :])


def _rest(points: Sequence[Point], t: float) -> tuple[Point, Point, Point, Point]:
    """The part of a curve behind `t` (de Casteljau)."""
    a, b, c, d = points
    ab, bc, cd = _between(a, b, t), _between(b, c, t), _between(c, d, t)
    abc, bcd = _between(ab, bc, t), _between(bc, cd, t)
    return _between(abc, bcd, t), bcd, cd, d


def _at(points: Sequence[Point], t: float) -> Point:
    """Where a curve is at `t`: the first point of `_rest`, without the others."""
    x, y = ([a + (b - a) * t, b + (c - b) * t, c + (d - c) * t] for a, b, c, d in zip(*points, strict=True))
    for line in (x, y):
        line[:] = [line[0] + (line[1] - line[0]) * t, line[1] + (line[2] - line[1]) * t]
    return x[0] + (x[1] - x[0]) * t, y[0] + (y[1] - y[0]) * t


def _between(one: Point, other: Point, t: float) -> Point:
    return one[0] + (other[0] - one[0]) * t, one[1] + (other[1] - one[1]) * t


def bounds(boxes: Iterable[Box], routes: Iterable[Sequence[Point]] = ()) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of everything; zeros of nothing.

    >>> bounds([Box(1, 1, 2, 2)], [[(5, 0), (0, 9)]])
    (0.0, 0.0, 5, 9)
    """
    corners = [corner for box in boxes for corner in ((box.left, box.top), (box.right, box.bottom))]
    corners += [point for route in routes for point in route]
    if not corners:
        return 0.0, 0.0, 0.0, 0.0
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
