"""Which answers to two series go together where both are one reading, as the two numbers of a blood pressure are.

Two such series have one length. What each of them amounts to is gone through length by length: two cells go together where some number of
readings can bring both about, and the fewest such readings show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple, Protocol

from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.answers.partition import Cell
from edgewise.graph.answers.series import Length, Values
from edgewise.graph.walking.kleene import Truth

MOST = 20_000
"""As many combinations of two cells are told apart."""

_FURTHER = 60  # lengths looked at beyond the longest window, where a mean of all values may come out otherwise at every length


class Repeated(Protocol):
    """A partition of series."""

    @property
    def cells(self) -> tuple[Cell, ...]: ...

    def by_length(self) -> Iterator[Length[int, Values]]:
        """The cells of series of one value, of two, and so on."""


class Together(NamedTuple):
    """What goes together, each with a shortest pair of series that shows it; and whether that is surely all."""

    witnesses: Mapping[tuple[int, int], tuple[Values, Values]]
    sure: bool


def together(first: Repeated, second: Repeated) -> Together:
    """Which cells of two series of one length there are; TooLarge where they are too many to be told apart.

    >>> from decimal import Decimal
    >>> from edgewise.graph.answers.partition import SeriesOfReadings
    >>> from edgewise.graph.model import Comparison, Observable
    >>> def asked(id, window):
    ...     mean = Comparison("c", id, bounds=(("≥", Decimal(90)),), statistic="mean", window=window)
    ...     return SeriesOfReadings(Observable(id, id, "", "quantity", repeated=True), (mean,))
    >>> found = together(asked("systolic", 1), asked("diastolic", 2)).witnesses
    >>> sorted({(len(one), len(other)) for one, other in found.values()})
    [(1, 1), (2, 2)]
    """
    every = set(product(range(len(first.cells)), range(len(second.cells))))
    if len(every) > MOST:
        raise TooLarge(MOST)
    later = {(a, b) for a, b in every if _lasts(first.cells[a]) and _lasts(second.cells[b])}
    found: dict[tuple[int, int], tuple[Values, Values]] = {}
    beyond = 0
    for one, other in zip(first.by_length(), second.by_length(), strict=False):
        for a, b in product(one.ways, other.ways):
            if (a, b) not in found:
                found[a, b] = (one.ways[a](), other.ways[b]())
        if one.full and other.full and (later <= found.keys() or (one.settled and other.settled)):
            return Together(found, sure=True)
        beyond += one.full and other.full
        if beyond > _FURTHER:
            break
    return Together(found, sure=False)


def _lasts(cell: Cell) -> bool:
    """Whether series of any length may be in a cell: in one that more values would settle, only short ones are."""
    return not any(Truth.UNKNOWN in outcome for outcome in cell.outcomes)
