"""What a step is made of, and the doses in which it is given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple


class Span(NamedTuple):
    """A number with its UCUM code, as a dose names it: ``1 d``, ``40 mg``."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of a component is given, as stated; `edgewise.graph.dosing` tells it, and whose word it is."""

    id: str
    amount: Decimal
    unit: str
    up_to: Decimal | None = None  # of a range; `amount` is its lower end
    per: Span | None = None
    within: Span | None = None
    most: Span | None = None
    route: str = ""
    frequency: str = ""  # in words, where no plain span of time is stated
    label: str = ""
    based_on: tuple[str, ...] = ()
    stated_by: Literal["source", "modeller", ""] = ""


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a step, such as one kind of conservative care."""

    id: str
    label: str
    described_by: tuple[str, ...] = ()
    doses: tuple[Dose, ...] = ()
