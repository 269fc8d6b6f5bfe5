"""What a series of values can amount to: which comparisons enough of its values fulfil, whatever else is in it.

A series matters only by how many of its values fulfil each comparison, up to the number asked for, and by its length, up to the largest
number asked for. Adding a value changes these counts in a way that does not depend on the series behind them, so that all
there is to find is found by adding one value at a time until nothing new turns up: no bound on the length has to be guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from itertools import combinations_with_replacement, count
from math import comb
from typing import Generic, NamedTuple, TypeVar

from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.walking.kleene import Truth

Outcome = tuple[Truth, Truth]  # truth on the facts as they are, and later
Signature = tuple[Outcome, ...]  # one for each comparison
Members = tuple[int, ...]  # a series as the stretches its values lie in
Values = tuple[Decimal, ...]  # a series of which every value is known
Box = tuple[tuple[int, int], ...]  # of sorted values, the first and last stretch that each may lie in

_STATES = 20_000  # so many different counts of values are looked at
_BOXES = 2_000  # series of one length are listed to be told exactly; more are told comparison by comparison


W = TypeVar("W", bound=Hashable)
S = TypeVar("S")
V = TypeVar("V", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Length(Generic[W, S]):
    """What all series of one length can amount to.

    Attributes:
        ways: each with how to make a series that does.
        full: whether there are as many values as any comparison asks for.
        settled: whether longer series amount to the same.
    """

    ways: Mapping[W, Callable[[], S]]
    full: bool
    settled: bool

    def renamed(self, names: Mapping[W, V], made: Callable[[S], T]) -> Length[V, T]:
        """The same with other names for what they amount to, and each series made into another."""

        def series(way: Callable[[], S]) -> T:
            return made(way())

        ways = {names[one]: partial(series, way) for one, way in self.ways.items() if one in names}
        return Length(ways, self.full, self.settled)


class _State(NamedTuple):
    """Counts that have reached what is asked for stay there."""

    counts: tuple[int, ...]
    length: int


@dataclass(frozen=True)
class Series:
    """All series of values out of some stretches.

    Attributes:
        needs: how many values each comparison asks for.
        fulfils: of each stretch, the comparisons its values fulfil.
        points: stretches that are single points, which no sample should need.
    """

    needs: Sequence[int]
    fulfils: Sequence[frozenset[int]]
    points: frozenset[int] = frozenset()

    @property
    def start(self) -> _State:
        return _State((0,) * len(self.needs), 0)

    def add(self, state: _State, stretch: int) -> _State:
        """A state with one value more."""
        met = self.fulfils[stretch]
        counts = tuple(min(n + (k in met), need) for k, (n, need) in enumerate(zip(state.counts, self.needs, strict=True)))
        return _State(counts, min(state.length + 1, max(self.needs, default=1)))

    def signature(self, state: _State) -> Signature:
        return tuple(map(self._outcome, state.counts, self.needs, [state.length] * len(self.needs)))

    def possible(self, members: Sequence[int | None]) -> frozenset[Signature]:
        """What a series may amount to when the values that are None turn out."""
        states = {self.start}
        for member in members:
            options = range(len(self.fulfils)) if member is None else (member,)
            states = {self.add(state, option) for state in states for option in options}
        return frozenset(map(self.signature, states)) if members else frozenset(self.signatures)

    @cached_property
    def signatures(self) -> dict[Signature, Members]:
        """Every signature with its smallest series, shortest first; TooLarge where there are too many states to look at."""
        ranked = sorted(range(len(self.fulfils)), key=lambda stretch: (stretch in self.points, stretch))
        found: dict[_State, Members] = {}
        waiting: list[tuple[_State, Members]] = [(self.start, ())]
        for state, members in waiting:  # grows while it is walked
            for stretch in ranked:
                following = self.add(state, stretch)
                if following not in found:
                    found[following] = tuple(sorted((*members, stretch)))
                    waiting.append((following, found[following]))
            if len(found) > _STATES:
                raise TooLarge(_STATES)
        smallest: dict[Signature, Members] = {}
        for state, members in found.items():
            smallest.setdefault(self.signature(state), members)
        return smallest

    def by_length(self) -> Iterator[Length[Signature, Members]]:
        """What series of one value, of two, and so on amount to."""
        layer: dict[_State, Members] = {self.start: ()}
        for length in count(1):
            before, layer = layer, self._longer(layer)
            ways: dict[Signature, Callable[[], Members]] = {}
            for state, members in layer.items():
                ways.setdefault(self.signature(state), partial(tuple[int, ...], members))
            yield Length(ways, full=length >= max(self.needs, default=1), settled=layer.keys() == before.keys())

    def _longer(self, layer: Mapping[_State, Members]) -> dict[_State, Members]:
        """All states with one value more; TooLarge where there are too many to look at."""
        ranked = sorted(range(len(self.fulfils)), key=lambda stretch: (stretch in self.points, stretch))
        grown: dict[_State, Members] = {}
        for state, members in layer.items():
            for stretch in ranked:
                grown.setdefault(self.add(state, stretch), tuple(sorted((*members, stretch))))
        if len(grown) > _STATES:
            raise TooLarge(_STATES)
        return grown

    def boxes(self, signature: Signature) -> tuple[Box, ...]:
        """The shortest series of a signature as disjoint boxes over their sorted values; none where they are too many to list."""
        return _boxes(self._shortest.get(signature, set()))

    def sample(self, box: Box) -> Members:
        """A series in a box, of as few single points as can be."""
        return min(_inside(box), key=lambda members: sum(member in self.points for member in members))

    @cached_property
    def _shortest(self) -> dict[Signature, set[Members]]:
        """Of each signature all its shortest series, unless those of that length are too many to list."""
        found: dict[Signature, set[Members]] = {}
        for size in {len(members) for members in self.signatures.values()}:
            if comb(len(self.fulfils) + size - 1, size) <= _BOXES:
                for members in self._all(size):
                    found.setdefault(self._amounts_to(members), set()).add(members)
        return {signature: {one for one in members if len(one) == len(self.signatures[signature])} for signature, members in found.items()}

    def _all(self, size: int) -> Iterator[Members]:
        return combinations_with_replacement(range(len(self.fulfils)), size)

    def _amounts_to(self, members: Members) -> Signature:
        return next(iter(self.possible(members)))

    @staticmethod
    def _outcome(count: int, need: int, length: int) -> Outcome:
        if count >= need:
            return Truth.TRUE, Truth.TRUE
        return Truth.FALSE, Truth.UNKNOWN if length < need else Truth.FALSE


def _boxes(wanted: set[Members]) -> tuple[Box, ...]:
    left, boxes = set(wanted), []
    while left:
        box = _widened(tuple((one, one) for one in min(left)), left)
        boxes.append(box)
        left -= set(_inside(box))
    return tuple(boxes)


def _widened(box: Box, left: set[Members]) -> Box:
    """A box as large as it can be, highest value first, without a series that is not left to be told."""
    for position in reversed(range(len(box))):
        while True:
            low, high = box[position]
            wider = (*box[:position], (low, high + 1), *box[position + 1 :])
            gained = set(_inside(wider)) - set(_inside(box))
            if not gained or not gained <= left:
                break
            box = wider
    return box


def _inside(box: Box) -> Iterator[Members]:
    """All series of a box; they are sorted."""

    def visit(before: Members) -> Iterator[Members]:
        if len(before) == len(box):
            yield before
            return
        low, high = box[len(before)]
        for stretch in range(max(low, before[-1] if before else low), high + 1):
            yield from visit((*before, stretch))

    return visit(())
