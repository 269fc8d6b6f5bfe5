"""Cells that stand side by side, and what to call some of several sorted values."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby


def runs_of(cells: Collection[int]) -> list[list[int]]:
    """Neighbouring cells together.

    >>> runs_of({4, 1, 2})
    [[1, 2], [4]]
    """
    ordered = sorted(cells)
    numbered = groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    return [[cell for _, cell in run] for _, run in numbered]


def name_of(position: int, positions: int, count: int, size: int) -> str:
    """What to call some of several sorted values.

    >>> name_of(0, 2, 1, 3), name_of(1, 2, 2, 3)
    ('the lowest', 'the 2 highest')
    """
    if size == 2:
        return ("the lower", "the higher")[position]
    many = "" if count == 1 else f"{count} "
    return f"the {many}lowest" if position == 0 else f"the {many}highest" if position == positions - 1 else f"the next {many}".rstrip()
