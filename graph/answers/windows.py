"""What a series can amount to where its comparisons look at the last values, the first, the highest, or at a mean.

A series is gone through from its newest value back, one value more at a time. What matters of the values seen so far is little: how many
of them fulfil a comparison, whether the last ones do, the highest; and of a mean, what they may add up to. The values lie in stretches
within which no comparison tells them apart; what values out of two intervals add up to is an interval again, so that sums are known
exactly, and a real series can be found for each of them by going the same way back. Nothing is tried out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import cached_property, partial
from typing import Literal, NamedTuple

from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.answers.intervals import Cut, Interval, Numbers, union
from edgewise.graph.answers.ranges import holds, typical, whole
from edgewise.graph.answers.series import Length, Outcome, Signature
from edgewise.graph.model import Observable
from edgewise.graph.walking.kleene import Truth

Side = Literal[0, 1, 2]  # a value lies below what a comparison asks for, in it, or above
Option = tuple[int, Interval]  # a stretch, and the part of it in which a value lies

_PIECES = 20_000  # so many sums of so many states are looked at
_LONGEST = 1000  # as many values as the facts of a patient may hold
_DIGITS = 400
_ANYTHING = (Interval(),)


@dataclass(frozen=True, slots=True)
class Test:
    """What one comparison looks at.

    Attributes:
        statistic: of which values; empty where values are counted.
        size: how many values it is of; 0: all.
        need: how many of them have to fulfil it, where they are counted.
        sides: of each stretch, on which side of its bounds the values lie.
        met: of a mean, the pieces in which it fulfils the comparison.
    """

    statistic: str
    size: int = 0
    need: int = 1
    sides: tuple[Side, ...] = ()
    met: frozenset[int] = frozenset()

    @property
    def least(self) -> int:
        """How many values it takes before anything more than their number can be said."""
        return max(self.size, 1)

    @property
    def begin(self) -> int:
        return {"last": 1, "max": -1, "min": 3}.get(self.statistic, 0)

    def seen(self, state: int, at: int, stretch: int) -> int:
        """What matters of the values once another one is seen, the `at`-th from the newest."""
        if self.statistic == "mean" or (self.size and at > self.size and self.statistic != "first"):
            return state
        side = self.sides[stretch]
        if self.statistic == "max":
            return max(state, side)
        if self.statistic == "min":
            return min(state, side)
        if self.statistic == "last":
            return int(state and side == 1)
        if self.statistic == "any":
            return int(state or side == 1)
        if self.statistic == "first":
            return min(state + 1, self.size) if side == 1 else 0
        return min(state + (side == 1), self.need)

    def outcome(self, state: int, length: int, piece: int) -> Outcome:
        """How the comparison comes out on a series of this many values, now and later."""
        if not self.statistic:
            met = state >= self.need
            return (Truth.TRUE, Truth.TRUE) if met else (Truth.FALSE, Truth.UNKNOWN if length < self.need else Truth.FALSE)
        if length < self.least:
            return Truth.UNKNOWN, Truth.UNKNOWN
        enough = self.size if self.statistic == "first" else 1
        truth = Truth.TRUE if (piece in self.met if self.statistic == "mean" else state == enough) else Truth.FALSE
        return truth, truth


class State(NamedTuple):
    """What matters of the newest values; `length` and counts stay where they are once they have reached all that is asked for.

    Attributes:
        length: how many there are.
        seen: by comparison.
        pieces: by window of which a mean is taken, in which piece it lies; -1 as long as there are too few.
    """

    length: int
    seen: tuple[int, ...]
    pieces: tuple[int, ...]


Layer = Mapping[State, Numbers]  # all there can be of one number of values, and what they may add up to


class Found(NamedTuple):
    """A series: how many values, in which state, with which sum."""

    layers: Sequence[Layer]
    options: Sequence[Sequence[Option]]  # by place, from the newest value back
    state: State
    sums: Numbers


@dataclass(frozen=True)
class Windows:
    """All series of values of one observable.

    Attributes:
        observable: whose values they are.
        tests: what comparisons look at.
        stretches: of single values.
        means: by window of which a mean is taken (0: of all), the pieces in which comparisons tell means apart.
    """

    observable: Observable
    tests: tuple[Test, ...]
    stretches: Numbers
    means: Mapping[int, Numbers]

    # Going through ------------------------------------------------------------------------------------------------------

    @property
    def start(self) -> Layer:
        nothing = State(0, tuple(test.begin for test in self.tests), (-1,) * len(self._windows))
        return {nothing: (Interval(Cut(Decimal(0), 0), Cut(Decimal(1 if self._whole else 0), 0 if self._whole else 1)),)}

    @cached_property
    def free(self) -> tuple[Option, ...]:
        """Any value; single points last, as no series should need them."""
        ranked = sorted(enumerate(self.stretches), key=lambda one: one[1].low.value == one[1].high.value)
        return tuple((at, self._closed(part)) for at, part in ranked)

    def of(self, value: Decimal | None) -> tuple[Option, ...]:
        """A value that is known, or may be any; nothing where the observable allows no such value."""
        if value is None:
            return self.free
        point = Interval(Cut(value, 0), Cut(value + 1, 0) if self._whole else Cut(value, 1))
        return tuple((at, point) for at, part in enumerate(self.stretches) if holds(part, value))

    def further(self, layer: Layer, at: int, options: Sequence[Option]) -> Layer:
        """One value more, the `at`-th from the newest."""
        grown: dict[State, list[Interval]] = {}
        for state, sums in layer.items():
            for stretch, values in options:
                seen = tuple(test.seen(one, at, stretch) for test, one in zip(self.tests, state.seen, strict=True))
                added = [self._plus(one, values) for one in sums] if self._adds(at) else list(_ANYTHING)
                for pieces, parts in self._parted(state.pieces, at, added):
                    grown.setdefault(State(min(at, self._enough), seen, pieces), []).extend(parts)
        return {state: union(parts) for state, parts in grown.items()}

    def _parted(self, pieces: tuple[int, ...], at: int, sums: list[Interval]) -> Iterator[tuple[tuple[int, ...], list[Interval]]]:
        """Sums parted where a mean of just as many values is told apart."""
        if at not in self._windows:
            yield pieces, sums
            return
        place = self._windows.index(at)
        for piece, scaled in enumerate(self._scaled(at, at)):
            if inside := _common(sums, scaled):
                yield (*pieces[:place], piece, *pieces[place + 1 :]), inside

    def ends(self, layer: Layer, length: int) -> Iterator[tuple[Signature, State, Numbers]]:
        """What series of a length amount to, each with what leads there."""
        for state, sums in layer.items():
            if 0 not in self.means:
                yield self._signature(state, -1), state, sums
            for piece, scaled in enumerate(self._scaled(0, length)):
                if inside := _common(sums, scaled):
                    yield self._signature(state, piece), state, tuple(inside)

    def _signature(self, state: State, of_all: int) -> Signature:
        by_window = {**dict(zip(self._windows, state.pieces, strict=True)), 0: of_all}
        return tuple(
            test.outcome(one, state.length, by_window.get(test.size, -1)) for test, one in zip(self.tests, state.seen, strict=True)
        )

    # All series -----------------------------------------------------------------------------------------------------------

    @cached_property
    def found(self) -> dict[Signature, Found]:
        """Every signature with a shortest series; TooLarge where there are too many states to look at."""
        with localcontext(prec=_DIGITS):
            found: dict[Signature, Found] = {}
            for length, layer in enumerate(self._layers, 1):
                layers = self._layers[:length]
                for signature, state, sums in self.ends(layer, length):
                    found.setdefault(signature, Found(layers, [self.free] * length, state, sums))
            return found

    @cached_property
    def _layers(self) -> list[Layer]:
        """By number of values all there can be, until nothing new turns up."""
        layers: list[Layer] = []
        layer, known, spent = self.start, set[State](), 0
        signatures: set[Signature] = set()
        while len(layers) < _LONGEST:
            layer = self.further(layer, len(layers) + 1, self.free)
            spent += sum(map(len, layer.values()))
            if spent > _PIECES:
                raise TooLarge(_PIECES)
            fresh = {state: sums for state, sums in layer.items() if state not in known}
            known |= fresh.keys()
            if 0 not in self.means:  # of a state that was seen before, nothing new can come
                layer = fresh
            if not layer:
                break
            layers.append(layer)
            signatures |= {signature for signature, _, _ in self.ends(layer, len(layers))}
            if not fresh and self._can_become(layer) <= signatures:
                break
        return layers

    def by_length(self) -> Iterator[Length[Signature, tuple[Decimal, ...]]]:
        """What series of one value, of two, and so on amount to, as many as a patient may have."""
        layers: list[Layer] = []
        layer = self.start
        for length in range(1, _LONGEST + 1):
            before = layer
            with localcontext(prec=_DIGITS):
                layer = self.further(layer, length, self.free)
                layers.append(layer)
                found: dict[Signature, Found] = {}
                for signature, state, sums in self.ends(layer, length):
                    found.setdefault(signature, Found(tuple(layers), [self.free] * length, state, sums))
            ways = {signature: partial(self.sample, one) for signature, one in found.items()}
            full = length >= self._enough
            yield Length(ways, full, settled=full and 0 not in self.means and layer == before)

    def _can_become(self, layer: Layer) -> set[Signature]:
        """What series of these states can amount to when they go on for ever: their mean comes as near to any value as one likes."""
        low, high = self.stretches[0].low, self.stretches[-1].high
        inner = Interval(Cut(low.value, 1), Cut(high.value, 0))
        return {
            self._signature(state, piece)
            for state in layer
            for piece, part in enumerate(self.means.get(0, ()))
            if _common([self._limits(state, inner)], part)
        }

    def _limits(self, state: State, inner: Interval) -> Interval:
        """Between which the values of a series lie that goes on in a state for ever; where none can be seen again, between any."""
        lasting = [(test, one) for test, one in zip(self.tests, state.seen, strict=True) if test.statistic != "first"]
        same = [
            self.stretches[stretch] for stretch, _ in self.free if all(test.seen(one, _LONGEST, stretch) == one for test, one in lasting)
        ]
        if not same:
            return inner
        low, high = min(one.low for one in same), max(one.high for one in same)
        return Interval(Cut(low.value, 1), Cut(high.value, 0))

    # One series -----------------------------------------------------------------------------------------------------------

    def completed(self, values: Sequence[Decimal | None]) -> dict[Signature, Found]:
        """What a series may amount to when the values that are None turn out; nothing where the observable allows no such values."""
        with localcontext(prec=_DIGITS):
            return self._through([], values)

    def continued(self, values: Sequence[Decimal | None]) -> dict[Signature, Found]:
        """What it may amount to once they have turned out and any number of further values come after them, none among them."""
        with localcontext(prec=_DIGITS):
            found: dict[Signature, Found] = {}
            for further in range(1 + min(len(self._layers), _LONGEST - len(values))):
                found = self._through(self._layers[:further], values) | found  # what takes fewer values goes before
            return found

    def _through(self, newest: Sequence[Layer], values: Sequence[Decimal | None]) -> dict[Signature, Found]:
        told = [self.of(value) for value in reversed(values)]
        layers = list(newest)
        for options in told:
            layers.append(self.further(layers[-1] if layers else self.start, len(layers) + 1, options))
        ways = [*([self.free] * len(newest)), *told]
        ends = self.ends(layers[-1], len(layers)) if layers else ()
        found: dict[Signature, Found] = {}
        for signature, state, sums in ends:
            found.setdefault(signature, Found(layers, ways, state, sums))
        return found

    def sample(self, found: Found) -> tuple[Decimal, ...]:
        """A real series, the oldest value first."""
        with localcontext(prec=_DIGITS):
            return tuple(self._back(found))

    def _back(self, found: Found) -> Iterator[Decimal]:
        """Values from the oldest on, each with what the newer ones have to add up to."""
        state, sums, aim = found.state, found.sums, Decimal(0)
        for at in range(len(found.layers), 0, -1):
            if at == len(found.layers) or (self._adds(at) and not self._adds(at + 1)):
                sums = sums if at == len(found.layers) else found.layers[at - 1][state]
                aim = self._aim(sums[0], at) if self._adds(at) else Decimal(0)
            before = found.layers[at - 2] if at > 1 else self.start
            state, value = self._step_back(before, at, found.options[at - 1], state, aim)
            aim -= value
            yield value

    def _step_back(self, before: Layer, at: int, options: Sequence[Option], state: State, aim: Decimal) -> tuple[State, Decimal]:
        """A state and a value that lead to a state, the value near to all others where it can be."""
        wanted = aim / at if self._adds(at) else None
        ways = list(self._ways_back(before, at, options, state, aim))
        earlier, values = next((way for way in ways if wanted is not None and holds(way[1], wanted)), ways[0])
        return earlier, self._near(values, wanted)

    def _ways_back(self, before: Layer, at: int, options: Sequence[Option], state: State, aim: Decimal) -> Iterator[tuple[State, Interval]]:
        for earlier, sums in before.items():
            for stretch, values in options:
                for one in sums:
                    fitting = self._minus(aim, one, values) if self._adds(at) else values
                    if fitting and state in self.further({earlier: (one,)}, at, [(stretch, fitting)]):
                        yield earlier, fitting

    def _aim(self, part: Interval, length: int) -> Decimal:
        """What so many values are to add up to, so that they are like those that somebody might have."""
        mean = Interval(Cut(part.low.value / length, part.low.side), Cut(part.high.value / length, part.high.side))
        total = typical(mean, _measured(self.observable)) * length if mean else part.low.value
        short = len(total.as_tuple().digits) < _DIGITS  # a third has no end: three of it are not quite one
        return total if short and holds(part, total) and (not self._whole or total == total.to_integral_value()) else self._near(part, None)

    def _near(self, part: Interval, wanted: Decimal | None) -> Decimal:
        """A value of an interval, near to what is wanted where that lies in it."""
        for places in range(3 if wanted is not None and not self._whole else 1):
            if wanted is not None and holds(part, rounded := round(wanted, places)):
                return Decimal(rounded)
        return typical(part, self.observable)

    # Sums -----------------------------------------------------------------------------------------------------------------

    @property
    def _whole(self) -> bool:
        return self.observable.value_type == "count"

    @cached_property
    def _windows(self) -> tuple[int, ...]:
        return tuple(sorted(size for size in self.means if size))

    @cached_property
    def _enough(self) -> int:
        """How many values the longest comparison is of."""
        return max((max(test.least, test.need) for test in self.tests), default=1)

    def _adds(self, at: int) -> bool:
        """Whether it still matters what so many values add up to."""
        return 0 in self.means or at <= max(self._windows, default=0)

    def _plus(self, one: Interval, other: Interval) -> Interval:
        low = Cut(one.low.value + other.low.value, max(one.low.side, other.low.side))
        if self._whole:  # from 2 to below 4 are 2 and 3
            return Interval(low, Cut(one.high.value + other.high.value - 1, 0))
        return Interval(low, Cut(one.high.value + other.high.value, min(one.high.side, other.high.side)))

    def _minus(self, aim: Decimal, sums: Interval, values: Interval) -> Interval | None:
        """The values that, taken from a sum, leave one of `sums`."""
        if self._whole:
            left = Interval(Cut(aim - sums.high.value + 1, 0), Cut(aim - sums.low.value + 1, 0))
        else:
            left = Interval(Cut(aim - sums.high.value, 1 - sums.high.side), Cut(aim - sums.low.value, 1 - sums.low.side))
        return next(iter(_common([left], values)), None)

    def _scaled(self, window: int, length: int) -> Numbers:
        """The pieces of a mean as pieces of the sum of so many values."""
        parts = self.means.get(window, ())
        return tuple(self._closed(Interval(*(Cut(cut.value * length, cut.side) for cut in (part.low, part.high)))) for part in parts)

    def _closed(self, part: Interval) -> Interval:
        """Of whole numbers, from the first to below the one after the last."""
        if not self._whole:
            return part
        return Interval(whole(part.low), whole(part.high))


def _common(parts: Iterable[Interval], other: Interval) -> list[Interval]:
    within = (Interval(max(one.low, other.low), min(one.high, other.high)) for one in parts)
    return [one for one in within if one]


def _measured(observable: Observable) -> Observable:
    """A mean of counts need not be whole."""
    return replace(observable, value_type="quantity")
