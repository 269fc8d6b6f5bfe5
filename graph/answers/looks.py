"""What comparisons with a series look at, in words: each statistic of each window is one number, or one question to several values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from edgewise.graph.answers.intervals import Numbers
from edgewise.graph.answers.ranges import stretches, told, typical
from edgewise.graph.answers.series import Signature
from edgewise.graph.model import Comparison, Observable
from edgewise.graph.walking.criteria import requirement
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.readings import called, side, size


@dataclass(frozen=True)
class Look:
    """What some comparisons look at alike: the mean of the last two, say.

    Attributes:
        observable: of which a series is told.
        tests: the comparisons, by their place among all of the observable.
    """

    observable: Observable
    tests: dict[int, Comparison]

    @property
    def first(self) -> Comparison:
        return next(iter(self.tests.values()))

    @property
    def derived(self) -> bool:
        """Whether it is a number made of the values, rather than a question to each of them."""
        kind = self.first.statistic
        return kind in ("mean", "max", "min") or (kind in ("last", "first") and self.first.window < 2)

    @property
    def least(self) -> int:
        """How many values it takes."""
        return size(self.first) if self.first.statistic else 1

    @cached_property
    def number(self) -> Observable:
        """The number as if it were told itself; a mean of counts need not be whole."""
        once = replace(self.observable, repeated=False, accrues=False)
        return replace(once, value_type="quantity") if self.first.statistic == "mean" else once

    @cached_property
    def parts(self) -> Numbers:
        """Stretches of the number in which no comparison tells it apart."""
        return stretches(self.number, self.tests.values())

    def truths(self, signature: Signature) -> tuple[Truth, ...]:
        return tuple(signature[at][0] for at in self.tests)

    def undecided(self, truths: Sequence[Truth]) -> bool:
        """Whether there are too few values for it."""
        return Truth.UNKNOWN in truths

    def words(self, wanted: Collection[tuple[Truth, ...]]) -> Iterator[str]:
        """Ways in which it comes out, in words, as few as can be."""
        decided = [truths for truths in wanted if not self.undecided(truths)]
        if self.derived and decided:
            fitting = [part for part in self.parts if self._of(typical(part, self.number)) in decided]
            yield f"{called(self.first)}: {told(fitting, self.number)}"
        elif decided:
            yield from (", ".join(self._each(truths)) for truths in decided)
        if len(decided) < len(wanted):
            yield few(1, self.least - 1)

    def _of(self, value: Decimal) -> tuple[Truth, ...]:
        return tuple(Truth.TRUE if side(one, value, self.observable) == 1 else Truth.FALSE for one in self.tests.values())

    def _each(self, truths: Sequence[Truth]) -> Iterator[str]:
        for test, truth in zip(self.tests.values(), truths, strict=True):
            each = requirement(replace(test, statistic="", window=0, times=1), self.number)
            if not test.statistic:
                yield f"{'at least' if truth is Truth.TRUE else 'fewer than'} {test.times} of {each}"
            elif truth is Truth.TRUE:
                yield f"{called(test)} {each}"
            else:
                yield f"{called(test).replace('any', 'none', 1) if test.statistic == 'any' else f'not {called(test)}'} {each}"


def looks(observable: Observable, comparisons: Iterable[Comparison]) -> tuple[Look, ...]:
    """What comparisons look at, those that look at the same together; each that counts is one of its own."""
    found: dict[tuple[object, ...], dict[int, Comparison]] = {}
    for at, one in enumerate(comparisons):
        window = 0 if one.statistic in ("last", "first") and one.window == 1 else one.window
        found.setdefault((one.statistic, window, "" if one.statistic else at), {})[at] = one
    return tuple(Look(observable, tests) for tests in found.values())


def few(least: int, most: int) -> str:
    """How many values there are: ``1 value``, ``1 to 2 values``."""
    if least == most:
        return f"{least} value{'' if least == 1 else 's'}"
    return f"{least} to {most} values"


def cell_words(all_looks: Sequence[Look], signature: Signature) -> str:
    """All that a signature says, one look after the other."""
    least, most = 1, 0
    said: list[str] = []
    for look in all_looks:
        truths = look.truths(signature)
        if look.undecided(truths):
            most = min(most or look.least - 1, look.least - 1)
        else:
            least = max(least, look.least)
            said += look.words([truths])
    return ", ".join(([few(least, most)] if most else []) + said)
