"""Bounds that are worked out: what a comparison with a formula asks for, how it comes out on partial facts, and what it says in words.

A formula's result is in the unit of its comparison. A bare number stands as it is; a number with a unit is converted into that of the
comparison; an observable is taken as a bare number in its own unit, or in the one named beside it: *10 × age* is ten times the years.

A comparison is split until each `Margin` asks for one difference only: *at least the greater of a and b* is *at least a* and *at least
b*. What is left is a polynomial, the number compared minus its bound, of which only the sign counts. On partial facts it is worked out over
all that each unknown number can be, so that a comparison is true or false only if it is so however the facts are completed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, reduce
from math import ceil, floor
from typing import NamedTuple

from edgewise.graph.arithmetic import Polynomial, Span, decimal, greatest, least
from edgewise.graph.model import Comparison, Formula, Observable
from edgewise.graph.units import UnitError, convert, printed, short

_SIGNS = {"plus": " + ", "times": " × ", "minus": " − ", "dividedBy": " ÷ "}
_ONE = Polynomial.number(1)


class FormulaError(ValueError):
    """A formula cannot be worked out whatever the facts; `rule` names why, as ``ontology/shapes.ttl`` has it."""

    def __init__(self, rule: str, formula: Formula) -> None:
        super().__init__(rule)
        self.rule, self.formula = rule, formula


class Ratio(NamedTuple):
    """One polynomial divided by another that is never zero."""

    top: Polynomial
    bottom: Polynomial = _ONE


def divided(top: Polynomial, bottom: Polynomial) -> Ratio:
    """One polynomial divided by another; a plain number is divided out."""
    return Ratio(top, bottom) if bottom.constant is None else Ratio(top.scaled(1 / bottom.constant))


class Pick(NamedTuple):
    """The greatest, or the least, of several."""

    greatest: bool
    parts: tuple[Tree, ...]


Tree = Ratio | Pick


class Margin(NamedTuple):
    """That a difference stands in a relation to zero.

    Attributes:
        observable: id of what is compared.
        sign: the relation.
        difference: the number compared minus its bound, or that times something above zero.
        bound: what it is compared with, in the unit of the observable.
    """

    observable: str
    sign: str
    difference: Polynomial
    bound: Ratio

    @property
    def number(self) -> Fraction | None:
        """Its bound, where that is a plain number."""
        top, bottom = self.bound.top.constant, self.bound.bottom.constant
        return None if top is None or bottom is None else top / bottom


class Joint(NamedTuple):
    """Several of which all, or one, have to hold."""

    every: bool
    parts: tuple[Asked, ...]


Asked = Margin | Joint


class Outcome(NamedTuple):
    """How a comparison comes out; None is not known.

    Attributes:
        truth: on the facts as they are.
        later: once all may have grown that can still grow.
        turns: ids that can still turn it: those not known first, then those that may grow.
    """

    truth: bool | None
    later: bool | None
    turns: tuple[str, ...] = ()


# What is asked ------------------------------------------------------------------------------------------------------------


def asked(comparison: Comparison, observables: Mapping[str, Observable]) -> Asked:
    """A comparison as margins, each of one difference.

    Raises:
        FormulaError: its formula cannot be worked out whatever the facts.

    >>> people = {id: Observable(id, id, "", "quantity", unit=unit) for id, unit in (("dimer", "ug/L"), ("age", "a"))}
    >>> ten_times = Formula("times", (Formula("number", value=Decimal(10)), Formula("observable", observable="age")))
    >>> bound = Formula("max", (Formula("number", value=Decimal(500)), ten_times))
    >>> either = asked(Comparison("c", "dimer", unit="ug/L", formulas=(("<", bound),)), people)
    >>> either.every, [part.difference.terms for part in either.parts]
    (False, [(((), Fraction(-500, 1)), (('dimer',), Fraction(1, 1))), ((('age',), Fraction(-10, 1)), (('dimer',), Fraction(1, 1)))])
    """
    return _asked(comparison, tuple(observables[id] for id in comparison.looks_at))


@lru_cache(maxsize=4096)
def _asked(comparison: Comparison, involved: tuple[Observable, ...]) -> Asked:
    observables = {one.id: one for one in involved}
    what = observables[comparison.observable]
    parts: list[Asked] = []
    for sign, number in comparison.bounds:
        parts.append(_tested(what, sign, _in_unit(Ratio(Polynomial.number(number)), comparison.unit, what.unit)))
    for sign, formula in comparison.formulas:
        parts.append(_tested(what, sign, _in_unit(tree(formula, comparison.unit, observables), comparison.unit, what.unit)))
    return parts[0] if len(parts) == 1 else Joint(True, tuple(parts))


def _tested(what: Observable, sign: str, bound: Tree) -> Asked:
    if isinstance(bound, Pick):
        return Joint(bound.greatest == (sign in "≥>"), tuple(_tested(what, sign, part) for part in bound.parts))
    difference = Polynomial.taken(what.id) * bound.bottom + -bound.top
    positive = bound.bottom.constant is None or bound.bottom.constant > 0  # a divisor that may be below zero was turned round
    return Margin(what.id, sign, difference if positive else -difference, bound)


def margins(one: Asked) -> Iterator[Margin]:
    """All margins of what is asked, in order."""
    if isinstance(one, Margin):
        yield one
    else:
        for part in one.parts:
            yield from margins(part)


# Working it out -----------------------------------------------------------------------------------------------------------


def tree(formula: Formula, unit: str, observables: Mapping[str, Observable]) -> Tree:
    """A formula as the greatest and least of quotients of polynomials, in `unit`."""
    if formula.operation == "number":
        return Ratio(Polynomial.number(_converted(formula.value or Decimal(0), formula.unit, unit)))
    if formula.operation == "observable":
        taken = observables[formula.observable]
        return _in_unit(Ratio(Polynomial.taken(taken.id)), taken.unit, formula.unit or taken.unit)
    operands = [tree(one, unit, observables) for one in formula.operands]
    if formula.operation in ("max", "min"):
        return Pick(formula.operation == "max", tuple(operands))
    join = _Joining(formula, full(observables))
    return reduce(
        {"plus": join.sum, "minus": join.difference, "times": join.product, "dividedBy": join.quotient}[formula.operation], operands
    )


def full(observables: Mapping[str, Observable]) -> dict[str, Span]:
    """All that each number can be."""
    return {id: reach(one) for id, one in observables.items()}


def reach(observable: Observable) -> Span:
    """All that the answer to one question can be, from its least to its greatest."""
    low, high = observable.minimum, observable.maximum
    if observable.value_type != "count":
        return Span.of(low, high)
    return Span.of(None if low is None else ceil(low), None if high is None else floor(high))


def span(one: Tree, box: Mapping[str, Span]) -> Span:
    """Where a formula's result lies if each number lies in its span."""
    if isinstance(one, Pick):
        return (greatest if one.greatest else least)(span(part, box) for part in one.parts)
    return one.top.span(box) * one.bottom.span(box).inverse() if one.bottom != _ONE else one.top.span(box)


class _Joining:
    """Sums, products and quotients of trees; `box` is all that each number can be."""

    def __init__(self, formula: Formula, box: Mapping[str, Span]) -> None:
        self.formula, self.box = formula, box

    def sum(self, one: Tree, other: Tree) -> Tree:
        if isinstance(one, Pick):
            return Pick(one.greatest, tuple(self.sum(part, other) for part in one.parts))
        if isinstance(other, Pick):
            return self.sum(other, one)
        if one.bottom == other.bottom:
            return Ratio(one.top + other.top, one.bottom)
        return Ratio(one.top * other.bottom + other.top * one.bottom, one.bottom * other.bottom)

    def difference(self, one: Tree, other: Tree) -> Tree:
        return self.sum(one, self._negative(other))

    def product(self, one: Tree, other: Tree) -> Tree:
        if isinstance(one, Ratio):
            return divided(one.top * other.top, one.bottom * other.bottom) if isinstance(other, Ratio) else self.product(other, one)
        sign = span(other, self.box).sign
        if not sign:
            raise FormulaError("formula-sign", self.formula)
        return Pick(one.greatest == (sign > 0), tuple(self.product(part, other) for part in one.parts))

    def quotient(self, one: Tree, other: Tree) -> Tree:
        return self.product(one, self._inverse(other))

    def _negative(self, one: Tree) -> Tree:
        if isinstance(one, Pick):
            return Pick(not one.greatest, tuple(map(self._negative, one.parts)))
        return Ratio(-one.top, one.bottom)

    def _inverse(self, one: Tree) -> Tree:
        where = span(one, self.box)
        if not where.nonzero:
            raise FormulaError("divided-by-zero", self.formula)
        if isinstance(one, Pick):
            return Pick(not one.greatest, tuple(map(self._inverse, one.parts)))
        return one_over(one, where.sign)


def one_over(one: Ratio, sign: int) -> Ratio:
    """One divided by a quotient of a known sign, turned so that its divisor is above zero."""
    return divided(one.bottom, one.top) if sign > 0 else divided(-one.bottom, -one.top)


def _in_unit(one: Tree, unit: str, to: str) -> Tree:
    """A result in one unit, counted in another; some begin to count elsewhere, as temperatures do."""
    if not unit or not to or unit == to:
        return one
    if isinstance(one, Pick):
        return Pick(one.greatest, tuple(_in_unit(part, unit, to) for part in one.parts))
    zero = _converted(Decimal(0), unit, to)
    factor = Fraction(_converted(Decimal(1), unit, to)) - Fraction(zero)
    return Ratio(one.top.scaled(factor) + one.bottom.scaled(Fraction(zero)), one.bottom)


def _converted(value: Decimal, unit: str, to: str) -> Decimal:
    """As `edgewise.graph.bands.bounds`: units without a road between them were refused when the guideline was judged."""
    try:
        return convert(value, unit, to) if unit and to else value
    except UnitError:
        return value


# How it comes out ---------------------------------------------------------------------------------------------------------


def weighed(comparison: Comparison, facts: Mapping[str, object], observables: Mapping[str, Observable]) -> Outcome:
    """How a comparison with formulas comes out on partial facts.

    >>> people = {id: Observable(id, id, "", "quantity", unit=unit) for id, unit in (("dimer", "ug/L"), ("age", "a"))}
    >>> ten_times = Formula("times", (Formula("number", value=Decimal(10)), Formula("observable", observable="age")))
    >>> below = Comparison("c", "dimer", unit="ug/L", formulas=(("<", Formula("max", (Formula("number", value=Decimal(500)), ten_times))),))
    >>> weighed(below, {"dimer": Decimal(700), "age": Decimal(72)}, people).truth, weighed(below, {"dimer": Decimal(400)}, people).truth
    (True, True)
    >>> weighed(below, {"dimer": Decimal(700)}, people)
    Outcome(truth=None, later=None, turns=('age',))
    """
    box = {id: known(facts.get(id), observables[id]) for id in comparison.looks_at}
    return within(comparison, box, observables, unknown=tuple(id for id in comparison.looks_at if id not in facts))


def known(answer: object, observable: Observable) -> Span:
    """Where a number lies of which an answer may be known."""
    return Span.point(answer) if isinstance(answer, Decimal) else reach(observable)


def within(comparison: Comparison, box: Mapping[str, Span], observables: Mapping[str, Observable], unknown: Sequence[str] = ()) -> Outcome:
    """How it comes out if each number lies in its span."""

    def outcome(one: Asked) -> Outcome:
        if isinstance(one, Joint):
            return _together(one.every, [outcome(part) for part in one.parts])
        truth = one.difference.span(box).compared(one.sign)
        turns = tuple(id for id in comparison.looks_at if id in one.difference.ids and (id in unknown or observables[id].accrues))
        later = None if truth is not None and can_turn(one, truth, observables) else truth
        return Outcome(truth, later, turns if later is None else ())

    found = outcome(asked(comparison, observables))
    return found._replace(turns=tuple(sorted(found.turns, key=lambda id: id not in unknown)))


def _together(every: bool, parts: Sequence[Outcome]) -> Outcome:
    truth, later = (_joined(every, values) for values in zip(*((one.truth, one.later) for one in parts), strict=True))
    turns = tuple(dict.fromkeys(id for one in parts for id in one.turns)) if later is None else ()
    return Outcome(truth, later, turns)


def _joined(every: bool, values: Sequence[bool | None]) -> bool | None:
    if (not every) in values:
        return not every
    return None if None in values else every


def can_turn(margin: Margin, truth: bool, observables: Mapping[str, Observable]) -> bool:
    """Whether growing can change how a margin comes out: its difference rises or falls with what accrues."""
    rises, falls = _drift(margin.difference, tuple(observables[id] for id in margin.difference.ids))
    return rises if truth != (margin.sign in "≥>") else falls


@lru_cache(maxsize=4096)
def _drift(difference: Polynomial, involved: tuple[Observable, ...]) -> tuple[bool, bool]:
    box = full({one.id: one for one in involved})
    slopes = [difference.derived(one.id).span(box) for one in involved if one.accrues]
    return any(slope.high.value > 0 for slope in slopes), any(slope.low.value < 0 for slope in slopes)


# What it says -------------------------------------------------------------------------------------------------------------


def told(formula: Formula, unit: str, known: Mapping[str, str] | None = None) -> str:
    """A formula in words; what is `known` of its numbers, in words by id, stands in their place.

    >>> ten_times = Formula("times", (Formula("number", value=Decimal(10)), Formula("observable", observable="age", name="Age")))
    >>> bound = Formula("max", (Formula("number", value=Decimal(500)), ten_times))
    >>> told(bound, "ug/L"), told(ten_times, "ug/L", {"age": "72 years"})
    ('the greater of 500 µg/L and 10 × Age', '10 × 72 years')
    """
    if formula.operation == "number":
        number = printed(formula.value or Decimal(0), formula.unit or unit)
        return f"{formula.name} ({number})" if formula.dose else number
    if formula.operation == "observable":
        counted = f" in {printed(Decimal(2), formula.unit)[2:]}" if formula.unit else ""
        return (known or {}).get(formula.observable, formula.name or formula.observable) + counted
    if doubled := _doubled(formula):
        return f"twice {told(doubled, unit, known)}"
    scale = formula.operation in ("times", "dividedBy")
    parts = [_bracketed(one, formula, told(one, "" if scale else unit, known)) for one in formula.operands]
    if formula.operation in ("max", "min"):
        most = {"max": ("greater", "greatest"), "min": ("lesser", "least")}[formula.operation]
        return f"the {most[len(parts) > 2]} of {', '.join(parts[:-1])} and {parts[-1]}"
    return _SIGNS[formula.operation].join(parts)


def _doubled(formula: Formula) -> Formula | None:
    """The dose that a formula takes twice; None of any other formula."""
    if formula.operation != "times" or len(formula.operands) != 2:
        return None
    dose, number = sorted(formula.operands, key=lambda one: not one.dose)
    two = number.operation == "number" and not number.unit and not number.dose and number.value == 2
    return dose if dose.dose and two else None


def result(formula: Formula, unit: str, facts: Mapping[str, object], observables: Mapping[str, Observable]) -> str:
    """What a formula comes to, as ``720 ug/L``; empty as long as a number is missing that has a say in it."""
    where = span(tree(formula, unit, observables), {id: known(facts.get(id), observables[id]) for id in formula.takes})
    return printed(decimal(Fraction(where.low.value)), unit) if where.is_point else ""


def bound_told(margin: Margin, observables: Mapping[str, Observable]) -> str:
    """What a margin compares with, in words: ``10 × Age``, ``Weight × 0.5 + 3``."""
    top, bottom = (_sum_told(part, observables) for part in margin.bound)
    return top if margin.bound.bottom == _ONE else f"({top}) ÷ ({bottom})"


def _sum_told(polynomial: Polynomial, observables: Mapping[str, Observable]) -> str:
    parts: list[str] = []
    for monomial, factor in sorted(polynomial.terms, key=lambda term: (not term[0], term[1] < 0)):
        sign = " − " if factor < 0 else " + " if parts else ""
        size = [] if abs(factor) == 1 and monomial else [short(decimal(abs(factor)))]
        parts.append(sign + " × ".join([*size, *(observables[id].label for id in monomial)]))
    return "".join(parts).strip() or "0"


def _bracketed(one: Formula, inside: Formula, text: str) -> str:
    simple = one.operation in ("number", "observable") or inside.operation in ("max", "min")
    tighter = inside.operation in ("plus", "minus") and one.operation in ("times", "dividedBy")
    same = one.operation == inside.operation and inside.operation in ("plus", "times")
    return text if simple or tighter or same else f"({text})"
