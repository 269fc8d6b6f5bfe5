"""Bridges: a walk that ends in one guideline and goes on in another, and which facts it may take along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from edgewise.graph.model import Guideline, Observable, Step
from edgewise.graph.walking.facts import Answer, Facts, parse_facts, plain
from edgewise.ontology.errors import FactsError


@dataclass(frozen=True, slots=True)
class Bridge:
    """Where an end leads on to.

    Attributes:
        guideline: id of the other guideline.
        step: id of its step to go on from; empty where only the guideline is named.
    """

    guideline: str
    step: str = ""

    @classmethod
    def of(cls, step: Step) -> Self:
        """What a step says under ``continuesIn``.

        >>> Bridge.of(Step("out", "Endpoint", "Out", "", "p", continues_in="ankle#series"))
        Bridge(guideline='ankle', step='series')
        """
        guideline, _, to = step.continues_in.partition("#")
        return cls(guideline, to)


@dataclass(frozen=True, slots=True)
class Handed:
    """Facts taken over a bridge.

    Attributes:
        facts: as the other guideline takes them, in its own units.
        left: ids of what is known and was not handed over → why.
    """

    facts: Facts
    left: dict[str, str]


def hand_over(facts: Facts, source: Guideline, target: Guideline) -> Handed:
    """The facts of one guideline that another can use: those of the same id, value type and convertible unit, and nothing else.

    Args:
        facts: of the guideline that the walk comes from.
        source: that guideline.
        target: the guideline in which the walk goes on.

    >>> from decimal import Decimal
    >>> from edgewise.graph.model import Guideline, Observable
    >>> def asking(*observables):
    ...     return Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables={one.id: one for one in observables})
    >>> here = asking(Observable("age", "", "", "quantity", unit="a"), Observable("pain", "", "", "yes-no"))
    >>> there = asking(Observable("age", "", "", "quantity", unit="mo"), Observable("pain", "", "", "count"))
    >>> handed = hand_over({"age": Decimal(2), "pain": "yes"}, here, there)
    >>> {id: str(value) for id, value in handed.facts.items()}
    {'age': '24'}
    >>> handed.left
    {'pain': 'there it is of the type count, here of the type yes-no'}
    """
    kept: dict[str, Answer] = {}
    left: dict[str, str] = {}
    for id, value in plain(facts).items():
        reason = _unlike(source.observables.get(id), target.observables.get(id))
        if not reason:
            try:
                kept |= parse_facts({id: _told(value, source.observables[id].unit)}, target)
            except FactsError as error:
                reason = error.findings[0].message
        if reason:
            left[id] = reason
    return Handed(kept, left)


def _unlike(asked: Observable | None, wanted: Observable | None) -> str:
    """Why an answer to one question is none to another; empty where it may be."""
    if asked is None or asked.finishes:
        return "what was done stands for a step of this guideline alone"
    if wanted is None:
        return "it is not asked there"
    if asked.value_type != wanted.value_type:
        return f"there it is of the type {wanted.value_type}, here of the type {asked.value_type}"
    if bool(asked.unit) != bool(wanted.unit):
        return f"there it is told in {wanted.unit or 'no unit'}, here in {asked.unit or 'no unit'}"
    return ""


def _told(value: object, unit: str) -> object:
    """A plain answer with its unit, each value of a series with its own."""
    if not unit or value is None:
        return value
    return [_told(one, unit) for one in value] if isinstance(value, list) else {"value": value, "unit": unit}
