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
