"""A free place beside every step for the node that says where the source falls silent.

The places are part of the layout, so that showing a ghost moves nothing. Several may be shown at once, so two share a
place only where there is no other near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from edgewise.explorer.drawing.geometry import Box, Point, flatten
from edgewise.explorer.drawing.sizes import SILENCE

WIDTH, HEIGHT = 104.0, 34.0
CLEAR = 5.0  # kept free around a ghost
OFF_CORNER = 12.0  # no line begins or ends nearer to a corner
REACH, STEP = 440.0, 22.0
CROSSING, COVERING, OUTSIDE, OTHER_LANE, SHARED = 60.0, 240.0, 150.0, 90.0, 400.0

Frame = tuple[float, float, float]
Place = tuple[Box, tuple[Point, ...]]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a ghost must not cover (`boxes`), what it should not cross or cover (`lines`, places `taken`), and where it may stand."""

    boxes: tuple[Box, ...]
    lines: tuple[tuple[Box, tuple[tuple[Point, Point], ...]], ...]
    left: float
    right: float
    bottom: float
    taken: tuple[Box, ...] = ()


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
    furthest = max([ground.right, *(box.right for box in ground.boxes)])
    places: dict[str, Place] = {}
    for name, box in nodes.items():
        taken = tuple(ghost for ghost, _ in places.values())
        places[name] = _place(box, bands[name], _in_reach(box, replace(ground, taken=taken)), furthest, ground.boxes)
    return places, max([ground.right, *(ghost.right + CLEAR for ghost, _ in places.values())])


def _segments(route: Sequence[Point]) -> tuple[Box, tuple[tuple[Point, Point], ...]]:
    line = flatten(route, 6)
    xs, ys = [x for x, _ in line], [y for _, y in line]
    hull = Box((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)
    return hull, tuple(pairwise(line))


def _in_reach(step: Box, ground: _Ground) -> _Ground:
    """What a ghost of a step, or the line to it, could meet at all: of a thousand things, a handful."""
    width, height = 2 * (REACH + 2 * STEP + WIDTH) + step.width, 2 * (7 * STEP + HEIGHT) + step.height
    window = Box(step.x, step.y, width, height)
    return replace(
        ground,
        boxes=tuple(box for box in ground.boxes if box.meets(window)),
        lines=tuple(line for line in ground.lines if line[0].meets(window)),
        taken=tuple(box for box in ground.taken if box.meets(window)),
    )


def _place(step: Box, band: tuple[float, float], ground: _Ground, furthest: float, everything: Sequence[Box]) -> Place:
    """The cheapest free place in reach; else past the right edge of everything, where it is always free."""
    best: tuple[float, Box, tuple[Point, Point]] | None = None
    for cost, ghost in sorted(_candidates(step, band, ground), key=lambda pair: (pair[0], pair[1].x, pair[1].y)):
        if best and cost >= best[0]:
            break
        around = ghost.grown(CLEAR)
        if any(box.meets(around) for box in ground.boxes):
            continue
        path = next((way for way in _paths(step, ghost) if not _blocked(step, way, ground.boxes)), None)
        if path is None:
            continue
        shared = any(box.meets(around) for box in ground.taken)
        total = cost + _in_the_way(ghost, path, ground) + (SHARED if shared else 0)
        if best is None or total < best[0]:
            best = (total, ghost, path)
    if best:
        return best[1], best[2]
    ghost = Box(furthest + CLEAR + WIDTH / 2, min(max(step.y, HEIGHT / 2), ground.bottom - HEIGHT / 2), WIDTH, HEIGHT)
    path = _paths(step, ghost)[0]
    return (ghost, path) if not _blocked(step, path, everything) else _round(step, ghost, everything, ground.bottom) or (ghost, path)


def _round(step: Box, ghost: Box, everything: Sequence[Box], bottom: float) -> Place | None:
    """The same place come to below the row of the step, or above it, where others stand on the straight way; None if they do there too."""
    row = [step, *(box for box in everything if box.crossed_by((step.right, step.y), (ghost.left, step.y)))]
    ways = ((step.bottom, max(box.bottom for box in row) + CLEAR), (step.top, min(box.top for box in row) - CLEAR))
    for leaves, y in ways:
        path = ((step.x, leaves), (step.x, y), (ghost.left, y))
        if 0 <= y <= bottom and not any(_blocked(step, piece, everything) for piece in pairwise(path)):
            return replace(ghost, y=min(max(y, HEIGHT / 2), bottom - HEIGHT / 2)), path
    return None


def at_corner(step: Box) -> Place:
    """Where a drawing has no room for a ghost: the lower left corner of its step, which bears a sign.

    >>> at_corner(Box(0, 0, 40, 20))[0].x
    -17.0
    """
    corner = (step.left + 3, step.bottom - 3)
    return Box(*corner, SILENCE, SILENCE), (corner, corner)


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


def _paths(step: Box, ghost: Box) -> list[tuple[Point, Point]]:
    """From the side of the step that faces the ghost to the facing side of the ghost: upright where it can be, then in several ways."""
    left, right = max(step.left, ghost.left) + OFF_CORNER, min(step.right, ghost.right) - OFF_CORNER
    if left <= right:
        down = ghost.y > step.y
        ends = (step.bottom, ghost.top) if down else (step.top, ghost.bottom)
        return [((x, ends[0]), (x, ends[1])) for x in (min(max(ghost.x, left), right), left, right)]
    on = ghost.x > step.x
    return [((step.right if on else step.left, step.y), (ghost.left if on else ghost.right, ghost.y))]


def _blocked(step: Box, path: tuple[Point, Point], boxes: Iterable[Box]) -> bool:
    return any(box is not step and box.grown(2).crossed_by(*path) for box in boxes)


def _in_the_way(ghost: Box, path: tuple[Point, Point], ground: _Ground) -> float:
    """What it costs that the ghost covers edges, or its line crosses them."""
    (ax, ay), (bx, by) = path
    way = Box((ax + bx) / 2, (ay + by) / 2, abs(ax - bx) + 1, abs(ay - by) + 1)
    near = [segments for hull, segments in ground.lines if hull.meets(ghost) or hull.meets(way)]
    covered = [any(ghost.crossed_by(*segment) for segment in segments) for segments in near]
    crossed = [any(way.crossed_by(*segment) for segment in segments) for segments in near]
    return sum(COVERING if under else CROSSING if across else 0.0 for under, across in zip(covered, crossed, strict=True))
