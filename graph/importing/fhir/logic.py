"""What a condition says, whatever it was written in: comparisons, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Operator: TypeAlias = Literal["=", "<", ">", "<=", ">="]


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the UCUM code of its unit; empty where it has none."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Holds:
    """A path, or a named definition, that is itself true or false."""

    path: str
    defined: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A path against a number."""

    path: str
    sign: Operator
    number: Number


@dataclass(frozen=True, slots=True)
class OneOf:
    """A path whose value is one of these texts."""

    path: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """What does not hold."""

    part: Logic


@dataclass(frozen=True, slots=True)
class Joined:
    """What holds together, or at least in part."""

    key: Literal["all", "any"]
    parts: tuple[Logic, ...]


Logic: TypeAlias = "Holds | Compared | OneOf | Negated | Joined"


class NotPlain(ValueError):
    """An expression that is more than plain comparisons; says from which character on."""


def leaves(logic: Logic) -> Iterator[Holds | Compared | OneOf]:
    """What is asked for, in order."""
    if isinstance(logic, Negated):
        yield from leaves(logic.part)
    elif isinstance(logic, Joined):
        for part in logic.parts:
            yield from leaves(part)
    else:
        yield logic


def size(logic: Logic) -> int:
    """How many comparisons it holds."""
    return sum(1 for _ in leaves(logic))
