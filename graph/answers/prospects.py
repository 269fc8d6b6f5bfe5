"""What time can still bring: the answers that an answer may yet become by waiting, repeating, or filling in what is not known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from edgewise.graph.answers.partition import Partition, SeriesOfReadings
from edgewise.graph.answers.ranges import stretches, typical
from edgewise.graph.walking.criteria import evaluate
from edgewise.graph.walking.facts import Answer, Series
from edgewise.graph.walking.kleene import Truth

_Counts = tuple[int, ...]  # for each comparison, how many values fulfil it, no further than it asks


@dataclass(frozen=True, slots=True)
class Growth:
    """Cells of a partition that an answer can come to, each with an answer that is in it.

    Attributes:
        asked: by asking: nothing is known yet, or not all of a series.
        awaited: by waiting or repeating.
    """

    asked: Mapping[int, Answer]
    awaited: Mapping[int, Answer]


def growth(partition: Partition, answer: Answer | None, *, unsettled: bool) -> Growth:
    """What an answer can still become.

    Args:
        partition: of all answers there are.
        answer: as known; None if it is not.
        unsettled: whether the walk holds that it may still change, because a series is too short or its step is still going on.
    """
    samples: dict[int, Answer] = {at: cell.sample for at, cell in enumerate(partition.cells)}
    if answer is None:
        return Growth(samples, {})
    if isinstance(answer, tuple) and isinstance(partition, SeriesOfReadings):
        return Growth(partition.completed(answer) if None in answer else {}, partition.continued(answer) if unsettled else {})
    if isinstance(answer, tuple):
        return _Series(partition).growth(answer, unsettled=unsettled)
    if partition.observable.accrues and isinstance(answer, Decimal):
        now = partition.cell_of(answer)
        return Growth({}, {at: sample for at, sample in samples.items() if at == now or (isinstance(sample, Decimal) and sample > answer)})
    return Growth({}, samples if unsettled else {})


class _Series:
    """Series as counts of values that fulfil each comparison; equal counts are one and the same to the walk."""

    def __init__(self, partition: Partition) -> None:
        self.partition = partition
        self.times = tuple(comparison.times for comparison in partition.comparisons)
        parts = stretches(partition.observable, partition.comparisons)
        self.values = {self._hits(value): value for value in (typical(part, partition.observable) for part in parts)}

    def growth(self, series: Series, *, unsettled: bool) -> Growth:
        known = tuple(value for value in series if value is not None)
        held = (0,) * len(self.times)
        for value in known:
            held = self._more(held, self._hits(value))
        completed: dict[_Counts, Series] = {held: known}
        for _ in range(len(series) - len(known)):
            completed = self._longer(completed)
        asked = self._cells(completed) if len(known) < len(series) else {}
        return Growth(asked, self._cells(self._grown(completed)) if unsettled else {})

    def _grown(self, found: dict[_Counts, Series]) -> dict[_Counts, Series]:
        fresh = grown = dict(found)
        while fresh:  # counts stop growing; where there are too many of them, the partition has refused already
            fresh = {counts: series for counts, series in self._longer(fresh).items() if counts not in grown}
            grown |= fresh
        return grown

    def _longer(self, found: dict[_Counts, Series]) -> dict[_Counts, Series]:
        longer: dict[_Counts, Series] = {}
        for counts, series in found.items():
            for hits, value in self.values.items():
                longer.setdefault(self._more(counts, hits), (*series, value))
        return longer

    def _more(self, counts: _Counts, hits: _Counts) -> _Counts:
        return tuple(min(count + hit, times) for count, hit, times in zip(counts, hits, self.times, strict=True))

    def _cells(self, found: Mapping[_Counts, Series]) -> dict[int, Answer]:
        cells: dict[int, Answer] = {}
        for series in found.values():
            if series and (cell := self.partition.cell_of(series)) is not None:
                cells.setdefault(cell, series)
        return cells

    def _hits(self, value: Decimal) -> _Counts:
        """Which comparisons one value fulfils."""
        asked = self.partition.observable
        once = (replace(comparison, times=1) for comparison in self.partition.comparisons)
        return tuple(int(evaluate(one, {asked.id: (value,)}, {asked.id: asked}).truth is Truth.TRUE) for one in once)
