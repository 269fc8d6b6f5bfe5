"""The gaps of the guidelines last asked about, each worked out once: pages and rules ask over and over."""

from __future__ import annotations

from graph.gap_rows import Gaps
from graph.model import Guideline

_MOST = 8
# By identity, since guidelines cannot be hashed; each entry keeps its guideline alive, so that no other gets its number.
_kept: dict[int, tuple[Guideline, Gaps]] = {}


def gaps_of(guideline: Guideline) -> Gaps:
    """`graph.gaps.find_gaps`, remembered.

    >>> from graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> gaps_of(guideline) is gaps_of(guideline)
    True
    """
    if not worked_out(guideline):
        from graph.gaps import find_gaps  # not needed by a page that only asks whether the answer is at hand

        found = find_gaps(guideline)
        while len(_kept) >= _MOST:
            _kept.pop(next(iter(_kept)), None)
        _kept[id(guideline)] = (guideline, found)
    return _kept[id(guideline)][1]


def worked_out(guideline: Guideline) -> bool:
    """Whether the answer is at hand; if not, it takes a moment."""
    return id(guideline) in _kept
