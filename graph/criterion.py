"""Criteria: tests on what is known of a patient, and how they are joined. What they come to says `edgewise.graph.law`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Statistic = Literal["last", "first", "mean", "max", "min", "any"]
Operation = Literal["number", "observable", "max", "min", "plus", "times", "minus", "dividedBy"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A bound that is worked out: a number, the value of an observable, or an operation on several of these. `graph.formulas` works it out.

    Attributes:
        operation: what it is.
        operands: of an operation, in order.
        value: of a number.
        observable: id of the observable whose value it is.
        unit: of a number its unit, of an observable the one in which its value is counted; empty: as it stands.
        name: what the observable is called, or the dose whose amount the number is.
        dose: id of that dose; empty of all other numbers.

    >>> ten_times = Formula("times", (Formula("number", value=Decimal(10)), Formula("observable", observable="age")))
    >>> ten_times.takes
    ('age',)
    """

    operation: Operation
    operands: tuple[Formula, ...] = ()
    value: Decimal | None = None
    observable: str = ""
    unit: str = ""
    name: str = ""
    dose: str = ""

    @property
    def takes(self) -> tuple[str, ...]:
        """Ids of all observables whose values it takes, each once."""
        own = (self.observable,) if self.observable else ()
        return tuple(dict.fromkeys((*own, *(id for operand in self.operands for id in operand.takes))))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A test on one observable. `bounds` pairs an operator (``≥ > ≤ <``) with a number in `unit`, `formulas` with what is worked out in it.

    Of a series it counts the values that fulfil it, at least `times`, or compares what a `statistic` makes of `window` of them
    (`edgewise.graph.walking.readings`).

    `edgewise.graph.attribution` says whose word it is; `inferred` are keys of which the value is the modeller's: ``times``, ``atLeast``.
    """

    id: str
    observable: str
    answer: str = ""  # yes or no
    one_of: tuple[str, ...] = ()
    bounds: tuple[tuple[str, Decimal], ...] = ()
    unit: str = ""
    times: int = 1
    label: str = ""
    based_on: tuple[str, ...] = ()
    stated_by: Literal["source", "modeller", ""] = ""
    inferred: tuple[str, ...] = ()
    statistic: Statistic | Literal[""] = ""
    window: int = 0  # 0: one value of last and first, else all
    formulas: tuple[tuple[str, Formula], ...] = ()
    ends: bool = False  # a window of time behind which an edge beside asks for another time: its end closes, and nobody is late

    @property
    def limits(self) -> tuple[tuple[str, Decimal | Formula], ...]:
        """All its bounds: numbers, then what is worked out."""
        return (*self.bounds, *self.formulas)

    @property
    def takes(self) -> tuple[str, ...]:
        """Ids of the observables from which its bounds are worked out."""
        return tuple(dict.fromkeys(id for _, formula in self.formulas for id in formula.takes)) if self.formulas else ()

    @property
    def looks_at(self) -> tuple[str, ...]:
        """Ids of all observables that have a say in how it comes out, what it compares first."""
        return (self.observable, *self.takes)


@dataclass(frozen=True, slots=True)
class AllOf:
    id: str
    parts: tuple[Criterion, ...]
    label: str = ""
    based_on: tuple[str, ...] = ()
    stated_by: Literal["source", "modeller", ""] = ""


@dataclass(frozen=True, slots=True)
class AnyOf:
    id: str
    parts: tuple[Criterion, ...]
    label: str = ""
    based_on: tuple[str, ...] = ()
    stated_by: Literal["source", "modeller", ""] = ""


@dataclass(frozen=True, slots=True)
class Not:
    id: str
    part: Criterion
    label: str = ""
    based_on: tuple[str, ...] = ()
    stated_by: Literal["source", "modeller", ""] = ""


@dataclass(frozen=True, slots=True)
class CountOf:
    """So many of some criteria. `bounds` pairs an operator with a number of them, as in a comparison."""

    id: str
    parts: tuple[Criterion, ...]
    bounds: tuple[tuple[str, Decimal], ...]
    label: str = ""
    based_on: tuple[str, ...] = ()
    stated_by: Literal["source", "modeller", ""] = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A test on a score: on its total where that is told, else on the points of its items.

    Attributes:
        told: the test on the total.
        items: criteria of the score's items.
        points: of each item; negative ones too.
    """

    id: str
    told: Comparison
    items: tuple[Criterion, ...]
    points: tuple[Decimal, ...]
    label: str = ""
    based_on: tuple[str, ...] = ()
    stated_by: Literal["source", "modeller", ""] = ""


Criterion = Comparison | AllOf | AnyOf | Not | CountOf | Scored


def parts_of(criterion: Criterion) -> tuple[Criterion, ...]:
    """What a criterion is made of; of a comparison nothing."""
    if isinstance(criterion, Comparison):
        return ()
    if isinstance(criterion, Not):
        return (criterion.part,)
    return (criterion.told, *criterion.items) if isinstance(criterion, Scored) else criterion.parts


def conjuncts(criterion: Criterion | None) -> Iterator[Criterion]:
    """What has to hold together right here: the parts of all-ofs, however they are nested; of no criterion nothing.

    >>> [one.id for one in conjuncts(AllOf("x", (Comparison("a", "o"), AllOf("y", (Comparison("b", "o"),)))))]
    ['a', 'b']
    """
    if isinstance(criterion, AllOf):
        for part in criterion.parts:
            yield from conjuncts(part)
    elif criterion is not None:
        yield criterion


def tested(criterion: Criterion) -> tuple[object, ...]:
    """What a criterion tests, in whatever words and whoever asks: of two that are written alike the same.

    >>> tested(Comparison("a", "o", answer="yes")) == tested(Comparison("b", "o", answer="yes", label="so"))
    True
    """
    if isinstance(criterion, Comparison):
        asked = (criterion.answer, frozenset(criterion.one_of), frozenset(criterion.bounds), frozenset(criterion.formulas))
        return (criterion.observable, *asked, criterion.unit, criterion.times, criterion.statistic, criterion.window)
    bounds = getattr(criterion, "bounds", ())
    return (type(criterion).__name__, bounds, *map(tested, parts_of(criterion)))


def rewritten(criterion: Criterion, change: Callable[[Comparison], Comparison]) -> Criterion:
    """The same criterion with its comparisons changed.

    >>> rewritten(Not("n", Comparison("c", "a")), lambda one: replace(one, observable="b")).part.observable
    'b'
    """
    if isinstance(criterion, Comparison):
        return change(criterion)
    if isinstance(criterion, Not):
        return replace(criterion, part=rewritten(criterion.part, change))
    if isinstance(criterion, Scored):
        return replace(criterion, told=change(criterion.told), items=tuple(rewritten(one, change) for one in criterion.items))
    return replace(criterion, parts=tuple(rewritten(one, change) for one in criterion.parts))
