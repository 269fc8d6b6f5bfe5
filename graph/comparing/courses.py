"""How a guideline goes on from a step, in which situations: what a patient who comes there is told, trait by trait.

Two guidelines send all patients the same ways if, at every step to which both lead a patient, all traits are the same: then both lead
the patient to the same steps after it, and so on to the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from edgewise.graph.answers.diagram import ALWAYS, NEVER
from edgewise.graph.comparing.sides import Side
from edgewise.graph.law import Law
from edgewise.graph.model import Guideline, Role, Transition
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for
from edgewise.graph.walking.walk import Walk

START = ""
"""Where a walk is before its first step: whether the guideline speaks of the patient at all, and where it begins."""


class Trait(NamedTuple):
    """What is told of a step: ``done``, ``silent``, ``outside``, ``beside`` (with which step it goes along), or how a step after it stands
    (``route``, ``option``, ``excluded``).
    """

    what: str
    step: str = ""


Values = Mapping[str, int]
"""Nodes by value; a trait has the empty value everywhere else."""

OPEN, WAITS, AGAINST, YES = "open", "not yet", "against", "yes"


def course(side: Side, step: str) -> dict[Trait, Values]:
    """All traits of a step of one guideline, in those who come there."""
    if step == START:
        enters = side.law.enters().true
        begins: dict[Trait, Values] = {Trait("route", id): {OPEN: enters} for id in side.pathway.starts}
        return {Trait("outside"): {YES: side.negated(enters)}, **begins}
    done = side.law.performed(side.guideline.steps[step]).true
    found: dict[Trait, Values] = {Trait("done"): {YES: done}, Trait("silent"): {YES: side.silent(step)}}
    if main := side.guideline.steps[step].companion_of:
        found[Trait("beside")] = {main: ALWAYS}
    for role, end in _ends(side.pathway, step):
        edges = [edge for edge in side.pathway.out_of(step, role) if edge.target == end]
        found[Trait(role, end)] = _against(side, edges) if role == "excluded" else _ways(side, edges, done)
    return found


def _ends(pathway: Pathway, step: str) -> tuple[tuple[Role, str], ...]:
    """The steps to which edges lead from a step, by what the edges are."""
    return tuple(dict.fromkeys((edge.role, edge.target) for edge in pathway.out_of(step)))


def _ways(side: Side, edges: Iterable[Transition], done: int) -> Values:
    edges = tuple(edges)
    opened = side.either(*map(side.opened, edges))
    waits = side.both(done, side.negated(opened), side.either(*map(side.pending, edges)))
    return {OPEN: opened, WAITS: waits}


def _against(side: Side, edges: Iterable[Transition]) -> Values:
    holds = (ALWAYS if edge.when is None else side.law.stated(edge.when).truth.true for edge in edges)
    return {AGAINST: side.either(*holds)}


# Of one patient ---------------------------------------------------------------------------------------------------------


def seen(guideline: Guideline, walked: Walk, facts: Facts, step: str) -> dict[Trait, str]:
    """The traits of a step as a walk shows them in one patient who comes there; those without a value are left out.

    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.walk import walk
    >>> guideline, facts = load("sacroiliac-sclerosis").guideline, {"radiographs": "sclerosis"}
    >>> seen(guideline, walk(guideline, facts), facts, "presentation")[Trait("route", "xray-si-joints")]
    'open'
    """
    if step == START:
        return {Trait("outside"): YES} if walked.outside else {Trait("route", id): OPEN for id in Pathway.of(guideline).starts}
    law = law_for(guideline, facts)
    done = law.performed(guideline.steps[step]) is Truth.TRUE
    main = guideline.steps[step].companion_of
    found = {Trait("done"): YES if done else "", Trait("silent"): YES if step in walked.silent_at else "", Trait("beside"): main}
    for edge in Pathway.of(guideline).out_of(step):
        trait = Trait(edge.role, edge.target)
        stands = _against_one(law, edge) if edge.role == "excluded" else _stands(walked, edge, done)
        found[trait] = max(found.get(trait, ""), stands, key=_RANK.__getitem__)
    return {trait: value for trait, value in found.items() if value}


_RANK = {"": 0, WAITS: 1, OPEN: 2, AGAINST: 3}


def _stands(walked: Walk, edge: Transition, done: bool) -> str:
    state = walked.edges[edge.id].state
    return OPEN if state == "open" else WAITS if done and state in ("undecided", "not-yet") else ""


def _against_one(law: Law[Truth, Trace], edge: Transition) -> str:
    holds = edge.when is None or law.stated(edge.when).truth is Truth.TRUE
    return AGAINST if holds else ""


# What sets two courses apart --------------------------------------------------------------------------------------------


class Turn(NamedTuple):
    """One trait that is one thing in the first guideline and another in the second."""

    trait: Trait
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Parting:
    """Patients in whom the same traits differ in the same way.

    Attributes:
        step: where.
        turns: how.
        node: in which situations.
    """

    step: str
    turns: tuple[Turn, ...]
    node: int = field(compare=False)


def partings(one: Side, other: Side, step: str, together: int, most: int) -> tuple[list[Parting], int]:
    """Where two guidelines part at a step to which both lead.

    Args:
        one: the first guideline.
        other: the second.
        step: to which both lead.
        together: in which situations both do.
        most: how many kinds of partings are told apart.

    Returns:
        The partings, and the node of those who part there in more ways than are told apart.
    """
    found: list[tuple[tuple[Turn, ...], int]] = []
    left = NEVER
    traits, others = course(one, step), course(other, step)
    for trait in dict.fromkeys((*traits, *others)):
        turned = list(_turned(one, trait, traits.get(trait, {}), others.get(trait, {}), together))
        found, over = _split(one, found, turned, most)
        left = one.either(left, over)
    return [Parting(step, turns, one.diagrams.without(node, left)) for turns, node in found if one.diagrams.without(node, left)], left


def _turned(side: Side, trait: Trait, old: Values, new: Values, together: int) -> Iterator[tuple[Turn, int]]:
    for before, here in _complete(side, old).items():
        for after, there in _complete(side, new).items():
            if before != after and (node := side.both(together, here, there)) != NEVER:
                yield Turn(trait, before, after), node


def _complete(side: Side, values: Values) -> Values:
    return {**values, "": side.negated(side.either(*values.values()))}


def _split(
    side: Side, found: list[tuple[tuple[Turn, ...], int]], turned: list[tuple[Turn, int]], most: int
) -> tuple[list[tuple[tuple[Turn, ...], int]], int]:
    """Kinds of partings split by one more trait; and who is in those that would be too many."""
    parts: list[tuple[tuple[Turn, ...], int]] = []
    known = side.either(*(node for _, node in found))
    anywhere = side.either(*(node for _, node in turned))
    for turns, node in found:
        parts += [((*turns, turn), side.both(node, where)) for turn, where in turned]
        parts.append((turns, side.diagrams.without(node, anywhere)))
    parts += [((turn,), side.diagrams.without(where, known)) for turn, where in turned]
    parts = [part for part in parts if part[1] != NEVER]
    return parts[:most], side.either(*(node for _, node in parts[most:]))
