"""The gaps of the guidelines last asked about, each worked out once: pages and rules ask over and over."""

from __future__ import annotations

from edgewise.graph.gaps.rows import Gaps
from edgewise.graph.model import Guideline

_MOST = 8
# By identity, since guidelines cannot be hashed; each entry keeps its guideline alive, so that no other gets its number.
_kept: dict[int, tuple[Guideline, Gaps]] = {}


def gaps_of(guideline: Guideline) -> Gaps:
    """`edgewise.graph.gaps.search.find_gaps`, remembered.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> gaps_of(guideline) is gaps_of(guideline)
    True
    """
    kept = _kept.get(id(guideline))
    if kept is None:
        from edgewise.graph.gaps.search import find_gaps  # not needed by a page that only asks whether the answer is at hand

        kept = guideline, find_gaps(guideline)
        for oldest in list(_kept)[: max(0, len(_kept) - _MOST + 1)]:
            _kept.pop(oldest, None)
        _kept[id(guideline)] = kept
    return kept[1]  # not looked up again: pages of other people may have pushed it out by now


def worked_out(guideline: Guideline) -> bool:
    """Whether the answer is at hand; if not, it takes a moment."""
    return id(guideline) in _kept
