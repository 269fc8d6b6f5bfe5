"""Work counted instead of timed: a bound on it holds on a machine however busy, and fails on an algorithm that is worse than promised."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any


class TooManySteps(AssertionError):
    """The work was stopped: it took more steps than it may."""


def steps(work: Callable[[], object], at_most: float = float("inf")) -> int:
    """The instructions of the interpreter that run in this thread while `work` is done. What C does inside itself (a regular
    expression, say) is not seen: `benchmarks/hostile.py` times that.

    Raises:
        TooManySteps: as soon as there are more than `at_most`, so that even what would take for ever fails soon.

    >>> few, many = (steps(lambda n=n: [i for i in range(n)]) for n in (100, 200))
    >>> 1.8 < many / few < 2.2
    True
    """
    counted = 0

    def count(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal counted
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode":
            counted += 1
            if counted > at_most:
                raise TooManySteps(f"more than {at_most:,.0f} steps: the work grows faster than promised")
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    if counted > at_most:  # what ran may have caught it
        raise TooManySteps(f"more than {at_most:,.0f} steps: the work grows faster than promised")
    return counted


def peak(work: Callable[[], object]) -> int:
    """How many bytes Python held for `work` at the most, beyond what it held before.

    >>> 1_000_000 < peak(lambda: bytes(1_000_000)) < 1_100_000
    True
    """
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
