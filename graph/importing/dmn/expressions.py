"""FEEL as far as decision tables use it, once it is parsed: what stands there, not yet what it means for a guideline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Literal

UNITS = {"year": "a", "month": "mo", "week": "wk", "day": "d", "hour": "h", "minute": "min", "second": "s"}
"""Words for stretches of time, with their UCUM codes."""

Sign = Literal["<", "<=", ">", ">=", "=", "!="]


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    value: bool


@dataclass(frozen=True, slots=True)
class Null:
    """No value."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The value of the cell's own input: ``?``."""


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or a part of one: ``temperature.value``."""

    path: tuple[str, ...]

    def __str__(self) -> str:
        """As it is written, with single spaces."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Timed:
    """A day, a time of day or a stretch of time, as its text has it."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in words: ``9 years``; `unit` is its UCUM code."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Interval:
    low: Expression
    high: Expression
    from_low: bool
    to_high: bool


@dataclass(frozen=True, slots=True)
class Against:
    """A test on the value of the cell's input: ``< 5``."""

    sign: Sign
    bound: Expression


@dataclass(frozen=True, slots=True)
class Listed:
    """Several things with commas between them: one of them, where a test is meant."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    item: Expression


@dataclass(frozen=True, slots=True)
class Compared:
    sign: Sign
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Within:
    """``x in [1..5]``, ``x in ("a", "b")``."""

    item: Expression
    test: Expression


@dataclass(frozen=True, slots=True)
class Joined:
    word: Literal["and", "or"]
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """``if … then … else …``"""

    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Reckoned:
    sign: Literal["+", "-", "*", "/", "**"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Called:
    function: str
    arguments: tuple[Expression, ...]


Expression = (
    Number | Text | Truth | Null | Subject | Name | Timed | Span | Interval | Against | Listed
    | Negated | Compared | Within | Joined | Chosen | Reckoned | Called
)  # fmt: skip


def parts_of(expression: Expression) -> Iterator[Expression]:
    """What an expression is made of, directly."""
    for field in fields(expression):
        value: object = getattr(expression, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if not isinstance(one, str | bool | Decimal):
                yield one


def everything_in(expression: Expression) -> Iterator[Expression]:
    """An expression and all that it is made of, however deep it lies."""
    waiting = [expression]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += parts_of(one)


def depth(expression: Expression) -> int:
    """How deep expressions lie in one another.

    >>> depth(Negated(Negated(Null())))
    3
    """
    found, level = 0, [expression]
    while level:
        found, level = found + 1, [part for one in level for part in parts_of(one)]
    return found


def substituted(expression: Expression, names: Mapping[str, Expression]) -> Expression:
    """The expression with what some names stand for in their place.

    >>> substituted(Negated(Name(("p", "x"))), {"p": Name(("Patient",))})
    Negated(item=Name(path=('Patient', 'x')))
    """
    if isinstance(expression, Name):
        meant = names.get(expression.path[0])
        if meant is None or len(expression.path) == 1:
            return meant or expression
        return Name((*meant.path, *expression.path[1:])) if isinstance(meant, Name) else expression
    changed: dict[str, object] = {}
    for field in fields(expression):
        value: object = getattr(expression, field.name)
        if isinstance(value, tuple):
            changed[field.name] = tuple(substituted(one, names) for one in value)
        elif not isinstance(value, str | bool | Decimal):
            changed[field.name] = substituted(value, names)  # type: ignore[arg-type]  # all else are expressions
    return replace(expression, **changed) if changed else expression  # type: ignore[arg-type]
