"""A free place beside every step for the node that says where the source falls silent.

The places are part of the layout, so that showing a ghost moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from explorer.geometry import Box, Point, flatten

WIDTH, HEIGHT = 104.0, 36.0
CLEAR = 5.0  # kept free around a ghost
REACH, STEP = 440.0, 22.0
CROSSING, OUTSIDE, OTHER_LANE = 60.0, 150.0, 90.0

Frame = tuple[float, float, float]
Place = tuple[Box, tuple[Point, Point]]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a ghost must not cover (`boxes`), what it should not cross (`lines`), and where it may stand."""

    boxes: tuple[Box, ...]
    lines: tuple[tuple[Box, tuple[tuple[Point, Point], ...]], ...]
    left: float
    right: float
    bottom: float


def place_ghosts(
    nodes: Mapping[str, Box],
    labels: Iterable[Box],
    routes: Mapping[str, Sequence[Point]],
    bands: Mapping[str, tuple[float, float]],
    frame: Frame,
) -> tuple[dict[str, Place], float]:
    """For each step a box and the line to it, and how wide the drawing must be to hold them all.

    `bands` gives each step the top and bottom of its lane; `frame` is left, right and bottom of the drawing, whose top is 0.
    """
    ground = _Ground((*nodes.values(), *labels), tuple(_segments(route) for route in routes.values()), *frame)
    places = {name: _place(box, bands[name], ground) for name, box in nodes.items()}
    return places, max([ground.right, *(ghost.right + CLEAR for ghost, _ in places.values())])


def _segments(route: Sequence[Point]) -> tuple[Box, tuple[tuple[Point, Point], ...]]:
    line = flatten(route, 6)
    xs, ys = [x for x, _ in line], [y for _, y in line]
    hull = Box((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)
    return hull, tuple(pairwise(line))


def _place(step: Box, band: tuple[float, float], ground: _Ground) -> Place:
    """The cheapest free place in reach; past the right edge of everything, where it is always free, if there is none."""
    best: tuple[float, Box, tuple[Point, Point]] | None = None
    for cost, ghost in sorted(_candidates(step, band, ground), key=lambda pair: (pair[0], pair[1].x, pair[1].y)):
        if best and cost >= best[0]:
            break
        path = _path(step, ghost)
        if any(box.grown(CLEAR).meets(ghost) for box in ground.boxes) or _blocked(step, path, ground.boxes):
            continue
        total = cost + CROSSING * _crossings(ghost, path, ground)
        if best is None or total < best[0]:
            best = (total, ghost, path)
    if best:
        return best[1], best[2]
    edge = max([ground.right, *(box.right for box in ground.boxes)])
    ghost = Box(edge + CLEAR + WIDTH / 2, min(max(step.y, HEIGHT / 2), ground.bottom - HEIGHT / 2), WIDTH, HEIGHT)
    return ghost, _path(step, ghost)


def _candidates(step: Box, band: tuple[float, float], ground: _Ground) -> Iterator[tuple[float, Box]]:
    near = (step.width + WIDTH) / 2 + 30
    for row in range(-6, 7):
        for column in range(-int(REACH / STEP), int(REACH / STEP) + 1):
            dx = column * STEP + (near % STEP) * (1 if column > 0 else -1)
            ghost = Box(step.x + dx, step.y + row * STEP, WIDTH, HEIGHT)
            beside = abs(dx) >= near or abs(row * STEP) > (step.height + HEIGHT) / 2 + 20
            if not beside or ghost.left < ground.left or ghost.top < 0 or ghost.bottom > ground.bottom:
                continue
            cost = abs(dx) + 2 * abs(row * STEP) + (OUTSIDE if ghost.right > ground.right - CLEAR else 0)
            yield cost + (0 if band[0] <= ghost.y <= band[1] else OTHER_LANE), ghost


def _path(step: Box, ghost: Box) -> tuple[Point, Point]:
    """From the side of the step that faces the ghost to the side of the ghost that faces the step."""
    if abs(ghost.x - step.x) * 2 < step.width + ghost.width:
        down = ghost.y > step.y
        return (step.x, step.bottom if down else step.top), (ghost.x, ghost.top if down else ghost.bottom)
    right = ghost.x > step.x
    return (step.right if right else step.left, step.y), (ghost.left if right else ghost.right, ghost.y)


def _blocked(step: Box, path: tuple[Point, Point], boxes: Iterable[Box]) -> bool:
    return any(box is not step and box.grown(2).crossed_by(*path) for box in boxes)


def _crossings(ghost: Box, path: tuple[Point, Point], ground: _Ground) -> int:
    (ax, ay), (bx, by) = path
    way = Box((ax + bx) / 2, (ay + by) / 2, abs(ax - bx) + 1, abs(ay - by) + 1)
    return sum(
        any(ghost.crossed_by(*segment) or way.crossed_by(*segment) for segment in segments)
        for hull, segments in ground.lines
        if hull.meets(ghost) or hull.meets(way)
    )
