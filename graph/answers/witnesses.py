"""Numbers that fulfil several relations at once, or the proof that there are none.

Where the relations are linear this is exact: one unknown after the other is eliminated. Source: J. Fourier and T. Motzkin, after
A. Schrijver, Theory of Linear and Integer Programming (1986), section 12.2. Where numbers are multiplied with one another, or have to be
whole, a few likely ones are tried; if none of them will do, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice
from math import ceil, floor
from typing import NamedTuple

from edgewise.graph.answers.intervals import Cut, Interval
from edgewise.graph.answers.ranges import typical
from edgewise.graph.arithmetic import INFINITE, End, Polynomial, Span, decimal, ends
from edgewise.graph.model import Observable

_TRIED = 8  # values of a number that is fixed before all others
_WHOLE = 40  # whole numbers that are all tried

Relation = tuple[Polynomial, str]
"""A polynomial and its relation to zero: ``< ≤ = ≥ >``."""


class Found(NamedTuple):
    """Numbers by id, exact; without them, whether it is sure that there are none."""

    values: Mapping[str, Decimal] | None
    sure: bool = True


class _Row(NamedTuple):
    """A linear polynomial that is at least zero, or above it."""

    linear: Polynomial
    strict: bool


def witness(box: Mapping[str, Span], relations: Sequence[Relation], observables: Mapping[str, Observable]) -> Found:
    """Numbers within a box that fulfil all relations.

    >>> people = {id: Observable(id, id, "", "quantity") for id in ("x", "y")}
    >>> less = Polynomial.taken("x") + -Polynomial.taken("y")
    >>> witness({"x": Span.of(3, 5), "y": Span.of(0, 3)}, [(less, "<")], people)
    Found(values=None, sure=True)
    >>> found = witness({"x": Span.of(3, 5), "y": Span.of(0, 4)}, [(less, "<")], people).values
    >>> found["x"] < found["y"]
    True
    """
    if any(_impossible(polynomial.span(box), sign) for polynomial, sign in relations):
        return Found(None)
    twisted = _twisted(relations)
    if twisted is None:
        return _linear(box, relations, observables)
    values, whole = _values(box[twisted], observables[twisted])
    sure = whole
    for value in values:
        inside = {id: span for id, span in box.items() if id != twisted}
        found = witness(inside, [(polynomial.put({twisted: value}), sign) for polynomial, sign in relations], observables)
        if found.values is not None:
            return Found({**found.values, twisted: decimal(value)})
        sure = sure and found.sure
    return Found(None, sure)


def _impossible(span: Span, sign: str) -> bool:
    return any(span.compared(one) is False for one in ("≤≥" if sign == "=" else sign))


def _twisted(relations: Sequence[Relation]) -> str | None:
    """An id that is multiplied with ids; the one that most often is."""
    found = [id for polynomial, _ in relations for monomial, _ in polynomial.terms if len(monomial) > 1 for id in monomial]
    return max(sorted(set(found)), key=found.count, default=None)


def _values(span: Span, observable: Observable) -> tuple[list[Fraction], bool]:
    """Some numbers of a span; and whether they are all there are."""
    likely = list(islice(dict.fromkeys(_candidates(span, observable)), _TRIED))
    if observable.value_type != "count" or INFINITE in (abs(span.low.value), abs(span.high.value)):
        return likely, span.is_point
    first, last = ceil(span.low.value), floor(span.high.value)
    return [*likely, *(Fraction(one) for one in range(first, min(last, first + _WHOLE) + 1))], last - first <= _WHOLE


# Linear relations -------------------------------------------------------------------------------------------------------


def _linear(box: Mapping[str, Span], relations: Sequence[Relation], observables: Mapping[str, Observable]) -> Found:
    asked = [*chain.from_iterable(_rows(polynomial, sign) for polynomial, sign in relations), *_limits(box)]
    rows = list(asked)
    stages: list[tuple[str, list[_Row]]] = []
    for id in box:
        stages.append((id, rows))
        rows = _without(id, rows)
    if not all(_holds(row) for row in rows):
        return Found(None)
    solved = next(_solutions(list(reversed(stages)), {}, observables), None)
    if solved is not None:
        return Found({id: decimal(value) for id, value in solved.items()})
    counted = next((id for id in box if observables[id].value_type == "count" and not box[id].is_point), None)
    if counted is None:
        return Found(None, False)
    left = asked  # what is left for the counted number alone
    for id in box:
        left = left if id == counted else _without(id, left)
    values, sure = _values(_between(counted, left), observables[counted])
    for value in values:
        found = _linear({**box, counted: Span.point(value)}, relations, observables)
        if found.values is not None:
            return found
        sure = sure and found.sure
    return Found(None, sure)


def _rows(polynomial: Polynomial, sign: str) -> Iterator[_Row]:
    if sign in "≥>=":
        yield _Row(polynomial, sign == ">")
    if sign in "≤<=":
        yield _Row(-polynomial, sign == "<")


def _limits(box: Mapping[str, Span]) -> Iterator[_Row]:
    for id, span in box.items():
        for end, factor in ((span.low, 1), (span.high, -1)):
            if abs(end.value) != INFINITE:
                distance = (Polynomial.taken(id) + Polynomial.number(-Fraction(end.value))).scaled(Fraction(factor))
                yield _Row(distance, end.open)


def _without(id: str, rows: Iterable[_Row]) -> list[_Row]:
    """What is left to be fulfilled once a number may be chosen freely."""
    held = list(rows)
    factors = [row.linear.get((id,), Fraction(0)) for row in held]
    left = [row for row, factor in zip(held, factors, strict=True) if not factor]
    above = [(row, factor) for row, factor in zip(held, factors, strict=True) if factor > 0]
    below = [(row, -factor) for row, factor in zip(held, factors, strict=True) if factor < 0]
    pairs = (_Row(low.linear.scaled(down) + high.linear.scaled(up), low.strict or high.strict) for low, up in above for high, down in below)
    return list(dict.fromkeys([*left, *pairs]))


def _holds(row: _Row) -> bool:
    value = row.linear.constant or Fraction(0)
    return value > 0 if row.strict else value >= 0


def _solutions(
    stages: Sequence[tuple[str, list[_Row]]], known: Mapping[str, Fraction], observables: Mapping[str, Observable]
) -> Iterator[Mapping[str, Fraction]]:
    """Numbers put back, the last eliminated first; each a decimal that comes to an end."""
    if not stages:
        yield known
        return
    (id, rows), rest = stages[0], stages[1:]
    span = _between(id, [_Row(row.linear.put(known), row.strict) for row in rows])
    for value in islice(dict.fromkeys(_candidates(span, observables[id])), _TRIED):
        yield from islice(_solutions(rest, {**known, id: value}, observables), 1)


def _between(id: str, rows: Iterable[_Row]) -> Span:
    low, high = Span().low, Span().high
    for row in rows:
        factor = row.linear.get((id,), Fraction(0))
        if factor and row.linear.ids == (id,):
            end = End(-row.linear.get((), Fraction(0)) / factor, row.strict)
            low = max(low, end, key=lambda one: (one.value, one.open)) if factor > 0 else low
            high = min(high, end, key=lambda one: (one.value, not one.open)) if factor < 0 else high
    return Span(low, high)


def _candidates(span: Span, observable: Observable) -> Iterator[Fraction]:
    """Numbers of a span that somebody might have, likeliest first."""
    low, high = span.low.value, span.high.value
    guesses: list[Fraction] = []
    part = Interval(Cut(_bound(low), int(span.low.open)), Cut(_bound(high), int(not span.high.open)))
    if low < high:
        guesses += _likeliest(part, observable)
    guesses += [Fraction(end) for end in (low, high) if abs(end) != INFINITE]
    if abs(low) != INFINITE:
        guesses += [Fraction(floor(low) + step) for step in range(1, 13)]
    if abs(high) != INFINITE:
        guesses += [Fraction(ceil(high) - step) for step in range(1, 13)]
    if INFINITE not in (abs(low), abs(high)):
        guesses += [Fraction(low) + (Fraction(high) - Fraction(low)) * Fraction(step, 8) for step in (4, 1, 7)]
    for one in guesses:
        if _inside(one, span) and ends(one) and (observable.value_type != "count" or one.denominator == 1):
            yield one


def _likeliest(part: Interval, observable: Observable) -> list[Fraction]:
    """What a cell would show; nothing where no whole number lies in it."""
    try:
        return [Fraction(typical(part, observable))]
    except StopIteration:
        return []


def _bound(value: Fraction | float) -> Decimal:
    return Decimal(value) if isinstance(value, float) else decimal(value)


def _inside(value: Fraction, span: Span) -> bool:
    above = value > span.low.value if span.low.open else value >= span.low.value
    return above and (value < span.high.value if span.high.open else value <= span.high.value)
