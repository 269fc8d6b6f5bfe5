"""How much work a call is, in steps of the interpreter: the same on an idle machine and a busy one, so that a test can bound it.

What a single call into C does inside itself (a regular expression, say) is not seen: `benchmarks/hostile.py` times that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


class TooManySteps(AssertionError):
    """The call was stopped: it took more steps than it may."""


def steps(call: Callable[[], Any], most: int = 20_000_000) -> int:
    """The bytecode instructions that a call runs; it is stopped, and the test fails, at `most`."""
    counted = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal counted
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode":
            counted += 1
            if counted > most:
                raise TooManySteps(f"more than {most:,} steps")
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    if counted > most:  # whoever ran may have caught it
        raise TooManySteps(f"more than {most:,} steps")
    return counted
