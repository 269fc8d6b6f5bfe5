"""What comparisons with worked-out bounds ask beside the answers' own cells: the sign of a difference between several answers.

Each distinct difference is a variable of its own in the decision diagrams, with a cell for each relation to its bound that the guideline
tells apart. Not all cells go together: who is 40 and has 700 is above ten times the years. `Links` says which do, each with numbers that
show it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import localcontext
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.answers.paired import together
from edgewise.graph.answers.partition import Cell, Partition, Patch, SeriesOfNumbers, SeriesOfReadings, numbers_in
from edgewise.graph.answers.witnesses import witness
from edgewise.graph.arithmetic import Polynomial, Span, decimal
from edgewise.graph.formulas import Margin, asked, bound_told, margins
from edgewise.graph.model import Comparison, Guideline, Observable
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.facts import Answer
from edgewise.graph.walking.pairs import pairs

MOST = 20_000
"""As many combinations of cells are looked at for numbers that show them."""

_CELLS = {True: ("<", "≥"), False: ("≤", ">")}  # by whether the bound itself belongs to what is above
_SPLIT = ("<", "=", ">")
_HELD = {"<": "<", "≤": "<=", "=": "=", "≥": "=>", ">": ">"}
_TOLD = {"<": "less than {}", "<=": "at most {}", "=": "exactly {}", "=>": "at least {}", ">": "more than {}", "<>": "other than {}"}
_TURNED = {"<": ">", "≤": "≥", "=": "=", "≥": "≤", ">": "<"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One number minus what it is compared with.

    Attributes:
        id: by which it stands beside the observables; no observable can bear it.
        polynomial: the difference, at a scale of its own.
        observable: id of what is compared.
        bound: what it is compared with, in words.
        relations: to zero that the guideline tells apart, in ascending order.
        turned: whether the polynomial is the bound minus what is compared.
    """

    id: str
    polynomial: Polynomial
    observable: str
    bound: str
    relations: tuple[str, ...]
    turned: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """The observables it is made of."""
        return self.polynomial.ids

    def fulfilling(self, margin: Margin) -> frozenset[int]:
        """The cells in which a margin of this difference holds."""
        sign = margin.sign if scale(margin.difference)[1] > 0 else _TURNED[margin.sign]
        return frozenset(at for at, relation in enumerate(self.relations) if set(_HELD[relation]) <= set(_HELD[sign]))

    def possible(self, box: Mapping[str, Span]) -> frozenset[int]:
        """The cells that it may be in if each number lies in its span."""
        where = self.polynomial.span(box)
        return frozenset(
            at for at, relation in enumerate(self.relations) if not any(where.compared(sign) is False for sign in _parts(relation))
        )


def _parts(relation: str) -> Iterable[str]:
    return "≤≥" if relation == "=" else relation


def scale(polynomial: Polynomial) -> tuple[Polynomial, int]:
    """A polynomial at a scale by which equal differences are known; and 1, or -1 where it was turned round."""
    _, factor = polynomial.terms[-1]
    return polynomial.scaled(1 / factor), 1 if factor > 0 else -1


def differences(guideline: Guideline) -> dict[str, Difference]:
    """All differences that a guideline asks about, by id, in the order in which it does."""
    held: dict[Polynomial, list[Margin]] = {}
    for margin in _asked(guideline):
        held.setdefault(scale(margin.difference)[0], []).append(margin)
    made = (_difference(guideline, polynomial, each) for polynomial, each in held.items())
    return {one.id: one for one in made}


def _asked(guideline: Guideline) -> Iterator[Margin]:
    pathway = Pathway.of(guideline)
    for observable in guideline.observables:
        for comparison in pathway.compared(observable):
            if comparison.formulas:
                yield from (one for one in margins(asked(comparison, guideline.observables)) if one.number is None)


def _difference(guideline: Guideline, polynomial: Polynomial, each: Sequence[Margin]) -> Difference:
    signs = {one.sign if scale(one.difference)[1] > 0 else _TURNED[one.sign] for one in each}
    above, below = signs & {"<", "≥"}, signs & {"≤", ">"}
    first = next((one for one in each if scale(one.difference)[1] > 0), each[0])
    words = bound_told(first, guideline.observables)
    relations = _SPLIT if above and below else _CELLS[bool(above)]
    turned = scale(first.difference)[1] < 0
    return Difference(f"{first.observable} − {words}", polynomial, first.observable, words, relations, turned)


def crossings(guideline: Guideline, observable: str, points: Mapping[str, Collection[Fraction]]) -> set[Fraction]:
    """Where a number meets a bound that is worked out, or turns one into what it is compared with, if the others are at some points."""
    found: set[Fraction] = set()
    for one in differences(guideline).values():
        if observable in one.ids:
            others = [id for id in one.ids if id != observable]
            for held in product(*(points.get(id, ()) for id in others)):
                found |= set(_roots(one.polynomial.put(dict(zip(others, held, strict=True))), observable))
    return found


def _roots(polynomial: Polynomial, id: str) -> Iterator[Fraction]:
    """Where a polynomial of one number is zero; a root is cut off after sixty digits, and none is found beyond squares."""
    constant, slope, square = (polynomial.get((id,) * power, Fraction(0)) for power in range(3))
    if polynomial.degree(id) == 1:
        yield -constant / slope
    elif polynomial.degree(id) == 2 and (rest := slope * slope - 4 * square * constant) >= 0:
        with localcontext(prec=60):
            root = Fraction(decimal(rest).sqrt())
        yield from ((-slope + root) / (2 * square), (-slope - root) / (2 * square))


def cut_at(found: Iterable[Fraction], observable: Observable) -> tuple[Comparison, ...]:
    """Comparisons that tell apart what lies below, at and above some numbers."""
    cuts = (decimal(number) for number in sorted(found))
    return tuple(Comparison("", observable.id, bounds=((sign, cut),), unit=observable.unit) for cut in cuts for sign in ("≥", ">"))


class Signs(Partition):
    """The cells of a difference; a sample is the relation itself."""

    joint = " or "

    def __init__(self, observable: Observable, difference: Difference) -> None:
        super().__init__(observable, ())
        self.difference = difference

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(Cell(relation, ()) for relation in self.difference.relations)

    def possible(self, answer: Answer) -> frozenset[int]:
        return frozenset(at for at, cell in enumerate(self.cells) if cell.sample == answer)

    def patches(self, cells: Collection[int]) -> tuple[Patch, ...]:
        return (self.whole(cells),)

    def told(self, cells: Collection[int]) -> str:
        if len(set(cells)) == len(self.cells):
            return "any answer"
        return self._patches(cells)[0].text

    def _patches(self, cells: Collection[int]) -> tuple[Patch, ...]:
        held = "".join(sign for sign in "<=>" if any(sign in _HELD[self.difference.relations[cell]] for cell in cells))
        if self.difference.turned:
            held = {"<": ">", "<=": "=>", "=>": "<=", ">": "<"}.get(held, held)
        return (Patch(_TOLD[held].format(self.difference.bound), self.cells[min(cells)].sample, tuple(sorted(cells))),)


class Links:
    """Which cells of answers and of their differences go together.

    Attributes:
        differences: by id.
        groups: ids of observables and differences that hang together, in the order of `variables`; two numbers of one reading do too.
        unsure: whether there are combinations of which it could not be told whether anybody has them; they are left out.
    """

    def __init__(self, guideline: Guideline, found: Mapping[str, Difference], partitions: Mapping[str, Partition]) -> None:
        self.guideline, self.differences, self.partitions = guideline, found, partitions
        self.unsure = False

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Series that are two numbers of one reading, so that they have one length."""
        ranks = {id: rank for rank, id in enumerate(self.guideline.observables)}
        found = (sorted(pair, key=ranks.__getitem__) for pair in pairs(self.guideline).items() if set(pair) <= self._series.keys())
        return tuple((one, other) for one, other in found)

    @cached_property
    def _series(self) -> dict[str, SeriesOfNumbers | SeriesOfReadings]:
        kinds = (SeriesOfNumbers, SeriesOfReadings)
        return {id: answers for id, answers in self.partitions.items() if isinstance(answers, kinds) and answers.cells}

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        import networkx as nx  # a tenth of a second that only a search needs

        network: nx.Graph[str] = nx.Graph()
        for one in self.differences.values():
            network.add_edges_from((one.id, id) for id in one.ids)
        network.add_edges_from(self.pairs)
        ranks = {id: rank for rank, id in enumerate((*self.guideline.observables, *self.differences))}
        groups = (tuple(sorted(group, key=ranks.__getitem__)) for group in nx.connected_components(network))
        return tuple(sorted(groups, key=lambda group: ranks[group[0]]))

    def group(self, id: str) -> tuple[str, ...]:
        """All that hangs together with an observable or a difference; of what hangs with nothing, nothing."""
        return next((group for group in self.groups if id in group), ())

    @cached_property
    def witnesses(self) -> Mapping[tuple[str, ...], Mapping[tuple[int, ...], Mapping[str, Answer]]]:
        """For each group the combinations of cells that somebody can have, each with answers that have it."""
        return {group: dict(self._readings(group) if group in self.pairs else self._together(group)) for group in self.groups}

    def _readings(self, group: tuple[str, ...]) -> Iterator[tuple[tuple[int, ...], Mapping[str, Answer]]]:
        """Series of one length."""
        first, second = (self._series[id] for id in group)
        found = together(first, second)
        self.unsure = self.unsure or not found.sure
        for cells, series in found.witnesses.items():
            yield cells, dict(zip(group, series, strict=True))

    def _together(self, group: tuple[str, ...]) -> Iterator[tuple[tuple[int, ...], Mapping[str, Answer]]]:
        numbers = [id for id in group if id not in self.differences]
        signs = [self.differences[id] for id in group if id in self.differences]
        if prod(len(self.partitions[id].cells) for id in group) > MOST:
            raise TooLarge(MOST)
        observables = {id: self.guideline.observables[id] for id in numbers}
        for cells in product(*(range(len(self.partitions[id].cells)) for id in numbers)):
            box = {id: numbers_in(self.partitions[id], cell) for id, cell in zip(numbers, cells, strict=True)}
            for held in product(*(sorted(one.possible(box)) for one in signs)):
                found = witness(box, [(one.polynomial, one.relations[cell]) for one, cell in zip(signs, held, strict=True)], observables)
                self.unsure = self.unsure or not found.sure
                if found.values is not None:
                    yield (*cells, *held), dict(found.values)
