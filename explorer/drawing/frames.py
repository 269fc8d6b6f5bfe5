"""The frames around steps that belong together: one for each run of them that stands side by side in a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from edgewise.explorer.drawing.geometry import Box
from edgewise.explorer.drawing.scene import Group, Grouping


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame, and the ids of the steps within it."""

    kind: Grouping
    steps: tuple[str, ...]
    box: Box


def frames(groups: Sequence[Group], rows: Sequence[Sequence[str]], boxes: Mapping[str, Box], room: float) -> tuple[Frame, ...]:
    """Frame the steps of each group, those of several rows row by row; a step of two groups has the second frame around the first.

    `room` is what is free within a frame, in pixels.

    >>> boxes = {"a": Box(0, 0, 20, 10), "b": Box(30, 0, 20, 10), "c": Box(60, 0, 20, 10)}
    >>> [frame.steps for frame in frames([Group("together", ("a", "b"))], [["c", "b", "a"]], boxes, 4)]
    [('a', 'b')]
    >>> [frame.steps for frame in frames([Group("one-of", ("a", "c"))], [["a", "b", "c"]], boxes, 4)]
    [('a',), ('c',)]
    """
    held: dict[str, int] = dict.fromkeys(boxes, 0)
    found = []
    for group in groups:
        for run in _runs(group, rows, boxes):
            depth = 1 + max(held[id] for id in run)
            found.append(Frame(group.kind, run, _around([boxes[id] for id in run]).grown(room * depth)))
            held |= dict.fromkeys(run, depth)
    return tuple(found)


def _runs(group: Group, rows: Sequence[Sequence[str]], boxes: Mapping[str, Box]) -> Iterator[tuple[str, ...]]:
    """The steps of a group from left to right, as far as no other step stands between them."""
    for row in rows:
        ordered = sorted(row, key=lambda id: boxes[id].x)
        for inside, run in groupby(ordered, key=group.steps.__contains__):
            if inside:
                yield tuple(run)


def _around(boxes: Sequence[Box]) -> Box:
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    return Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)
