"""The order in which a pathway is told, and how much of it is drawn when one has come to a step."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping, Sequence
from itertools import count

from edgewise.graph.model import Guideline, Transition
from edgewise.graph.pathway import Pathway


def order(guideline: Guideline) -> tuple[str, ...]:
    """Ids of all steps, each one after a step that leads to it.

    It begins at the presentations and follows the edges, the earliest phase first, branches as the guideline lists them. What cannot be
    come to from there is told last.

    >>> from edgewise.graph.library import load
    >>> order(load("sacroiliac-sclerosis").guideline)[-3:]
    ('cooled-rfa', 'endoscopic-neurectomy', 'si-joint-fusion')
    """
    onward = _onward(guideline)
    led_to = {id for ids in onward.values() for id in ids}
    told: dict[str, None] = {}
    _tell(guideline, onward, Pathway.of(guideline).starts, told)
    _tell(guideline, onward, [id for id in guideline.steps if id not in led_to], told)
    for id in guideline.steps:  # what is left turns in circles
        _tell(guideline, onward, [id], told)
    return tuple(told)


def _tell(guideline: Guideline, onward: Mapping[str, Sequence[str]], begin: Sequence[str], told: dict[str, None]) -> None:
    """Add the steps that can be come to: of those one edge away that of the earliest phase, then the one found first."""
    found = count(len(begin))
    queue = [(_phase(guideline, id), (number, 0), id) for number, id in enumerate(begin)]
    heapq.heapify(queue)
    while queue:
        _, (number, _), id = heapq.heappop(queue)
        if id in told:
            continue
        told[id] = None
        for other in onward[id]:
            beside = guideline.steps[other].companion_of == id
            heapq.heappush(queue, (_phase(guideline, other), (number, next(found)) if beside else (next(found), 0), other))


def _onward(guideline: Guideline) -> dict[str, list[str]]:
    """For each step those that go along with it, then those its edges lead to."""
    onward: dict[str, list[str]] = {id: [] for id in guideline.steps}
    for step in guideline.steps.values():
        if step.companion_of in onward:
            onward[step.companion_of].append(step.id)
    for id, following in onward.items():
        following += [edge.target for edge in Pathway.of(guideline).out_of(id)]
    return onward


def _phase(guideline: Guideline, id: str) -> int:
    phase = guideline.phases.get(guideline.steps[id].phase)
    return phase.order if phase else 0


def drawn(guideline: Guideline, steps: Collection[str]) -> frozenset[str]:
    """Ids to draw when `steps` have been come to: they, and the edges between them."""
    edges = (edge.id for step in steps for edge in Pathway.of(guideline).out_of(step) if edge.target in steps)
    return frozenset((*steps, *edges))


def ways_in(guideline: Guideline, step: str) -> tuple[Transition, ...]:
    """The edges that lead to a step, as the guideline lists them."""
    return Pathway.of(guideline).into(step)


def ways_on(guideline: Guideline, step: str) -> tuple[Transition, ...]:
    """The edges that leave a step, as the guideline lists them."""
    return Pathway.of(guideline).out_of(step)


def ahead(guideline: Guideline, front: Collection[str], least: int) -> frozenset[str]:
    """The steps one edge on from `front`, and those further on while there are fewer than `least`; none of `front` itself.

    >>> from edgewise.graph.library import load
    >>> sorted(ahead(load("sacroiliac-sclerosis").guideline, {"conservative-care"}, 3))
    ['cooled-rfa', 'diagnostic-injections', 'endoscopic-neurectomy']
    """
    pathway, found, edge = Pathway.of(guideline), frozenset(front), frozenset(front)
    while edge and (edge == found or len(found) - len(front) < least):
        edge = frozenset(way.target for step in edge for way in pathway.out_of(step)) - found
        found |= edge
    return found - frozenset(front)
