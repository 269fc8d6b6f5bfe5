"""The order of first citation: most lists are numbered as the text first cites them, which is the strongest sign of all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

Seen = tuple[int, int]  # where in the article, and the number


class Frontier:
    """How far the numbering had come at each place, by the longest rising chain of numbers met for the first time.

    A single figure taken for a marker by mistake falls out of the chain, instead of spoiling all that follows.

    >>> frontier = Frontier([(10, 1), (20, 2), (25, 90), (30, 3), (40, 4)])
    >>> frontier.bounds(28, 29), frontier.bounds(5, 6), frontier.orderly
    ((2, 3), (0, 1), True)
    """

    def __init__(self, markers: Iterable[Seen]) -> None:
        firsts = _firsts(markers)
        chain = _longest_rise(firsts)
        self._places = [place for place, _ in chain]
        self._numbers = [number for _, number in chain]
        self.orderly = len(chain) >= 3 and len(chain) >= 0.6 * len(firsts)

    def bounds(self, start: int, end: int) -> tuple[int, int | None]:
        """The highest number reached before `start`, and the next new one met from `end` on, if any."""
        before = bisect_left(self._places, start)
        after = bisect_right(self._places, end)
        low = self._numbers[before - 1] if before else 0
        return low, self._numbers[after] if after < len(self._numbers) else None


def _firsts(markers: Iterable[Seen]) -> list[Seen]:
    seen: set[int] = set()
    firsts = []
    for place, number in sorted(markers):
        if number not in seen:
            seen.add(number)
            firsts.append((place, number))
    return firsts


def _longest_rise(firsts: list[Seen]) -> list[Seen]:
    """Longest strictly rising subsequence, by patience sorting."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for index, (_, number) in enumerate(firsts):
        slot = bisect_left(tails, number)
        back.append(ends[slot - 1] if slot else -1)
        tails[slot : slot + 1] = [number]
        ends[slot : slot + 1] = [index]
    chain, index = [], ends[-1] if ends else -1
    while index >= 0:
        chain.append(firsts[index])
        index = back[index]
    return chain[::-1]
