"""The answers to one question, in cells: answers in one cell are told apart by no comparison of the guideline."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from math import ceil

from edgewise.graph.answers.intervals import Interval, Numbers
from edgewise.graph.answers.looks import Look, cell_words, looks
from edgewise.graph.answers.ranges import holds, stretches, told, typical
from edgewise.graph.answers.runs import name_of, runs_of
from edgewise.graph.answers.series import Box, Length, Members, Outcome, Series, Signature, Values
from edgewise.graph.answers.windows import Found, Test, Windows
from edgewise.graph.arithmetic import INFINITE, End, Span, decimal
from edgewise.graph.formulas import Margin, asked, margins
from edgewise.graph.model import Comparison, Guideline, Observable
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.criteria import evaluate
from edgewise.graph.walking.facts import Answer
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.readings import side


@dataclass(frozen=True, slots=True)
class Cell:
    """Answers that come to the same.

    Attributes:
        sample: one of them, as a patient might give it; of a series, a shortest one.
        outcomes: truth and later truth of each comparison of the partition.
    """

    sample: Answer
    outcomes: Signature


@dataclass(frozen=True, slots=True)
class Patch:
    """Some answers that can be told in one phrase, the cells they are in, and one of them."""

    text: str
    sample: Answer
    cells: tuple[int, ...]


class Partition(ABC):
    """All answers to one question.

    Attributes:
        observable: what is asked.
        comparisons: those of the guideline that test it, each once.
        cells: numbers in ascending order, series the shortest first; empty where nothing can be answered.
    """

    joint = "; or "

    def __init__(self, observable: Observable, tests: tuple[Comparison, ...]) -> None:
        self.observable, self.comparisons = observable, tests

    @cached_property
    @abstractmethod
    def cells(self) -> tuple[Cell, ...]: ...

    @abstractmethod
    def possible(self, answer: Answer) -> frozenset[int]:
        """The cells an answer may turn out to be in; none where the observable allows no such answer."""

    @abstractmethod
    def _patches(self, cells: Collection[int]) -> tuple[Patch, ...]:
        """A set of cells in as few pieces as can be told."""

    def cell_of(self, answer: Answer) -> int | None:
        """The cell of an answer; None where it fits none, or several, as a value in it is not known."""
        possible = self.possible(answer)
        return next(iter(possible)) if len(possible) == 1 else None

    def outcome(self, comparison: Comparison, cell: int) -> Outcome:
        """Truth and later truth of a comparison for any answer of a cell."""
        return self._outcome(comparison, self.cells[cell].sample)

    def told(self, cells: Collection[int]) -> str:
        """A set of cells in words, without the label: ``70 % to less than 80 %``, ``Negative or Equivocal``."""
        if len(set(cells)) == len(self.cells):
            return "any answer"
        return self.joint.join(dict.fromkeys(patch.text for patch in self._patches(cells)))

    def patches(self, cells: Collection[int]) -> tuple[Patch, ...]:
        """A set of cells in pieces within which all comparisons agree, so that no point the guideline names is hidden in a range."""
        outcomes = [self.cells[cell].outcomes for cell in sorted(cells)]
        groups = [[cell for cell in sorted(cells) if self.cells[cell].outcomes == one] for one in dict.fromkeys(outcomes)]
        return tuple(patch for group in groups for patch in self._patches(group))

    def whole(self, cells: Collection[int]) -> Patch:
        """A set of cells in one piece."""
        return Patch(self.told(cells), self.cells[min(cells)].sample, tuple(sorted(cells)))

    @cached_property
    def _places(self) -> dict[Signature, int]:
        return {cell.outcomes: at for at, cell in enumerate(self.cells)}

    def _outcome(self, comparison: Comparison, answer: Answer) -> Outcome:
        trace = evaluate(comparison, {self.observable.id: answer}, {self.observable.id: self.observable})
        return trace.truth, trace.later

    def _cell(self, sample: Answer) -> Cell:
        return Cell(sample, tuple(self._outcome(comparison, sample) for comparison in self.comparisons))


class _Answers(Partition):
    """Yes or no, or one of several choices: a cell an answer."""

    joint = " or "

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(map(self._cell, labels(self.observable)))

    def possible(self, answer: Answer) -> frozenset[int]:
        return frozenset(cell for cell, one in enumerate(self.cells) if one.sample == answer)

    def patches(self, cells: Collection[int]) -> tuple[Patch, ...]:
        return (self.whole(cells),)

    def _patches(self, cells: Collection[int]) -> tuple[Patch, ...]:
        answers = list(labels(self.observable).items())
        return tuple(Patch(answers[cell][1], answers[cell][0], (cell,)) for cell in sorted(cells))


class _Numbers(Partition):
    """One number: a cell for each stretch between the points that comparisons name, and one for nothing so far where the walk asks."""

    def __init__(self, observable: Observable, tests: tuple[Comparison, ...], something: Comparison | None = None) -> None:
        super().__init__(observable, tests)
        self._begun = () if something is None else (something,)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(self._cell(typical(part, self.observable)) for part in self.parts)

    def possible(self, answer: Answer) -> frozenset[int]:
        return frozenset(cell for cell, part in enumerate(self.parts) if isinstance(answer, Decimal) and holds(part, answer))

    def bounds_of(self, cell: int) -> tuple[tuple[str, Decimal], ...]:
        """Between which numbers the answers of a cell lie, as the bounds of a comparison."""
        part = self.parts[cell]
        ends = ((">" if part.low.side else "≥", part.low.value), ("≤" if part.high.side else "<", part.high.value))
        return tuple((sign, value) for sign, value in ends if value.is_finite())

    @cached_property
    def parts(self) -> Numbers:
        """Stretches of numbers, joined where no comparison tells neighbours apart."""
        cut = stretches(self.observable, (*self.comparisons, *self._begun))
        runs = [list(run) for _, run in groupby(cut, key=self._told_apart)]
        return tuple(Interval(run[0].low, run[-1].high) for run in runs)

    def patches(self, cells: Collection[int]) -> tuple[Patch, ...]:
        """As everywhere, but that something was counted at all, whatever number, is one piece."""
        begun = {cell for cell, part in enumerate(self.parts) if self._begun and self._told_apart(part)[-1][0] is Truth.TRUE}
        return (self.whole(cells),) if begun == set(cells) else super().patches(cells)

    def _told_apart(self, part: Interval) -> Signature:
        sample = typical(part, self.observable)
        return tuple(self._outcome(one, sample) for one in (*self.comparisons, *self._begun))

    def _patches(self, cells: Collection[int]) -> tuple[Patch, ...]:
        return tuple(self.between(run) for run in runs_of(cells))

    def between(self, run: Sequence[int]) -> Patch:
        """All numbers from the first of some cells to the last."""
        part = Interval(self.parts[run[0]].low, self.parts[run[-1]].high)
        return Patch(told([part], self.observable), typical(part, self.observable), tuple(run))


class Totals(_Numbers):
    """The total of a score: samples are totals that its items can make, where there is one."""

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(map(self._cell, map(self._made, self.parts)))

    def _made(self, part: Interval) -> Decimal:
        return next((total for total in self._totals if holds(part, total)), typical(part, self.observable))

    @cached_property
    def _totals(self) -> list[Decimal]:
        found = {Decimal(0)}
        for item in self.observable.items:
            found |= {total + item.points for total in found}
        return sorted(found)


class SeriesOfNumbers(Partition):
    """One number an occasion: a cell for each way in which comparisons can come out together."""

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(Cell(self._values(members), signature) for signature, members in self._series.signatures.items())

    def possible(self, answer: Answer) -> frozenset[int]:
        if not isinstance(answer, tuple):
            return frozenset()
        members = [None if value is None else self._single.cell_of(value) for value in answer]
        if any(member is None and value is not None for member, value in zip(members, answer, strict=True)):
            return frozenset()
        found = self._series.possible(members)
        return frozenset(cell for cell, one in enumerate(self.cells) if one.outcomes in found)

    def by_length(self) -> Iterator[Length[int, Values]]:
        """The cells of series of one value, of two, and so on."""
        return (length.renamed(self._places, self._values) for length in self._series.by_length())

    @cached_property
    def _single(self) -> _Numbers:
        tests = tuple(replace(one, times=1) for one in self.comparisons)
        return _Numbers(replace(self.observable, repeated=False, accrues=False), tests)

    @cached_property
    def _series(self) -> Series:
        fulfils = [frozenset(k for k, one in enumerate(cell.outcomes) if one[0] is Truth.TRUE) for cell in self._single.cells]
        points = frozenset(index for index, part in enumerate(self._single.parts) if part.low.value == part.high.value)
        return Series(tuple(one.times for one in self.comparisons), tuple(fulfils), points)

    def _values(self, members: Members) -> Values:
        samples = [self._single.cells[member].sample for member in members]
        return tuple(value for value in samples if isinstance(value, Decimal))

    def _patches(self, cells: Collection[int]) -> tuple[Patch, ...]:
        return tuple(patch for cell in sorted(cells) for patch in self._boxed(cell))

    def _boxed(self, cell: int) -> Iterator[Patch]:
        boxes = self._series.boxes(self.cells[cell].outcomes)
        for box in boxes:
            yield Patch(self._box(box), self._values(self._series.sample(box)), (cell,))
        if not boxes:
            yield Patch(self._counted(self.cells[cell]), self.cells[cell].sample, (cell,))

    def _box(self, box: Box) -> str:  # ``2 values, the lower less than 70 %, the higher at least 80 %``
        runs = [(self._single.between(span).text, len(list(run))) for span, run in groupby(box)]
        if len(box) == 1:
            return f"1 value, {runs[0][0]}"
        if len(runs) == 1:
            return f"{len(box)} values, {'both' if len(box) == 2 else 'all'} {runs[0][0]}"
        names = [name_of(position, len(runs), count, len(box)) for position, (_, count) in enumerate(runs)]
        return f"{len(box)} values, " + ", ".join(f"{name} {text}" for name, (text, _) in zip(names, runs, strict=True))

    def _counted(self, cell: Cell) -> str:
        """A signature that only long series have, comparison by comparison."""
        assert isinstance(cell.sample, tuple)  # noqa: S101 - this is a series
        said = [f"{len(cell.sample)} or more values"]
        for comparison, (truth, _) in zip(self.comparisons, cell.outcomes, strict=True):
            fitting = [index for index in range(len(self._single.cells)) if self._single.outcome(comparison, index)[0] is Truth.TRUE]
            few = "at least" if truth is Truth.TRUE else "fewer than"
            said.append(f"{few} {comparison.times} of {self._single.told(fitting) or 'no value at all'}")
        return ", ".join(dict.fromkeys(said))


class SeriesOfReadings(Partition):
    """One number an occasion, of which comparisons look at the last values, the first, the highest or a mean."""

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(Cell(self._windows.sample(series), signature) for signature, series in self._windows.found.items())

    def possible(self, answer: Answer) -> frozenset[int]:
        return frozenset(self.completed(answer) if isinstance(answer, tuple) else ())

    def completed(self, series: Sequence[Decimal | None]) -> dict[int, Answer]:
        """The cells that a series may turn out to be in, each with a series that is."""
        return self._told_apart(self._windows.completed(series))

    def continued(self, series: Sequence[Decimal | None]) -> dict[int, Answer]:
        """The cells that it may come to as values are added, each with a series that does."""
        return self._told_apart(self._windows.continued(series))

    def by_length(self) -> Iterator[Length[int, Values]]:
        """The cells of series of one value, of two, and so on."""
        return (length.renamed(self._places, Values) for length in self._windows.by_length())

    def _told_apart(self, found: Mapping[Signature, Found]) -> dict[int, Answer]:
        return {self._places[signature]: self._windows.sample(series) for signature, series in found.items() if signature in self._places}

    @cached_property
    def _windows(self) -> Windows:
        return Windows(self.observable, tuple(map(self._test, self.comparisons)), self._single.parts, self._means)

    def _test(self, one: Comparison) -> Test:
        window = one.window or int(one.statistic in ("last", "first"))
        if one.statistic != "mean":
            single = (typical(part, self._single.observable) for part in self._single.parts)
            return Test(one.statistic, window, one.times, tuple(side(one, value, self.observable) for value in single))
        measured = self._look(one).number
        means = enumerate(typical(piece, measured) for piece in self._means[window])
        return Test("mean", window, met=frozenset(at for at, mean in means if side(one, mean, self.observable) == 1))

    @cached_property
    def _looks(self) -> tuple[Look, ...]:
        return looks(self.observable, self.comparisons)

    def _look(self, one: Comparison) -> Look:
        return next(look for look in self._looks if one in look.tests.values())

    @cached_property
    def _single(self) -> _Numbers:
        """One value, cut where comparisons draw a line that look at values one by one."""
        tests = (replace(one, times=1, statistic="", window=0) for one in self.comparisons if one.statistic != "mean")
        return _Numbers(replace(self.observable, repeated=False, accrues=False), tuple(tests))

    @cached_property
    def _means(self) -> dict[int, Numbers]:
        """By window, the mean cut where comparisons draw a line."""
        return {look.first.window: look.parts for look in self._looks if look.first.statistic == "mean"}

    def _patches(self, cells: Collection[int]) -> tuple[Patch, ...]:
        """By one look where it alone tells these cells from all others, else cell by cell."""
        for look in self._looks:
            wanted = {look.truths(self.cells[cell].outcomes): cell for cell in sorted(cells, reverse=True)}
            if {at for at, cell in enumerate(self.cells) if look.truths(cell.outcomes) in wanted} == set(cells):
                return tuple(self._patch(look, cells, wanted))
        return tuple(Patch(cell_words(self._looks, self.cells[at].outcomes), self.cells[at].sample, (at,)) for at in sorted(cells))

    def _patch(self, look: Look, cells: Collection[int], wanted: Mapping[tuple[Truth, ...], int]) -> Iterator[Patch]:
        apart = {truths: look.undecided(truths) for truths in wanted} if look.derived else {truths: truths for truths in wanted}
        for kind in dict.fromkeys(apart.values()):
            truths = [one for one in wanted if apart[one] == kind]
            inside = tuple(at for at in sorted(cells) if look.truths(self.cells[at].outcomes) in truths)
            yield Patch("; or ".join(look.words(truths)), self.cells[inside[0]].sample, inside)


def partition(guideline: Guideline, observable: str, also: Iterable[Comparison] = ()) -> Partition:
    """The answers to one question, as finely divided as all edges, statements and headings of the guideline together divide them.

    Comparisons that divide them besides stand in `also`.

    >>> from edgewise.graph.library import load
    >>> relief = partition(load("sacroiliac-sclerosis").guideline, "block-relief")
    >>> len(relief.cells), relief.told({relief.cell_of((Decimal(70), Decimal(70)))})
    (7, '2 values, both exactly 70 %')
    """
    pathway, what = Pathway.of(guideline), guideline.observables[observable]
    tests = {bare(one): one for one in (*lines(guideline, observable), *also)}
    if what.value_type in ("yes-no", "choice"):
        return _Answers(what, tuple(tests.values()))
    if what.items:
        return Totals(what, tuple(tests.values()))
    if what.repeated and any(one.statistic for one in tests.values()):
        return SeriesOfReadings(what, tuple(tests.values()))
    if what.repeated:
        return SeriesOfNumbers(what, tuple(tests.values()))
    return _Numbers(what, tuple(tests.values()), pathway.something(observable))


def lines(guideline: Guideline, observable: str) -> tuple[Comparison, ...]:
    """All comparisons by which a guideline draws a line between the answers to one question, whatever else is known."""
    return tuple(one for compared in Pathway.of(guideline).compared(observable) for one in _plain(compared, guideline))


def _plain(comparison: Comparison, guideline: Guideline) -> Iterator[Comparison]:
    """A comparison itself or, where its bounds are worked out, those of its bounds that are plain numbers after all."""
    if not comparison.formulas:
        yield comparison
        return
    for margin in margins(asked(comparison, guideline.observables)):
        if margin.number is not None:
            yield plain(margin, margin.number, guideline.observables)


def plain(margin: Margin, number: Fraction, observables: Mapping[str, Observable]) -> Comparison:
    """A margin with a number as its bound, as the comparison that it is."""
    return Comparison("", margin.observable, bounds=((margin.sign, decimal(number)),), unit=observables[margin.observable].unit)


def numbers_in(answers: Partition, cell: int, exact: Mapping[Decimal, Fraction] | None = None) -> Span:
    """The numbers of a cell; `exact` says what ends that were cut off stand for. ValueError where answers are no single numbers."""
    if not isinstance(answers, _Numbers):
        raise ValueError(f"answers to {answers.observable.id} are no single numbers")
    part = answers.parts[cell]
    whole = answers.observable.value_type == "count"  # a cell of counts is written up to below the next one
    numbers = [cut.value for cut in (part.low, part.high)]
    ends = [(exact or {}).get(one, Fraction(one) if one.is_finite() else float(one)) for one in numbers]
    low, high = End(ends[0], part.low.side == 1), End(ends[1], part.high.side == 0)
    if whole:
        low = low if abs(low.value) == INFINITE else End(Fraction(ceil(low.value)))
        high = high if abs(high.value) == INFINITE else End(Fraction(ceil(high.value)) - 1)
    return Span(low, high)


def labels(observable: Observable) -> dict[str, str]:
    """What to call each answer, where answers are no numbers."""
    return {"yes": "yes", "no": "no"} if observable.value_type == "yes-no" else dict(observable.choices)


def bare(comparison: Comparison) -> Comparison:
    """What a comparison tests, whoever asks and in whatever words."""
    return replace(comparison, id="", label="", based_on=(), stated_by="", inferred=())
