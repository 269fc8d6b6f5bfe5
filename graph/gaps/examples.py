"""The smallest patient who shows a finding."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import networkx as nx

from edgewise.graph.model import Guideline
from edgewise.graph.pathway import OFFERED, Pathway
from edgewise.graph.walking.facts import Answer
from edgewise.graph.walking.walk import Walk, walk

Patient = dict[str, Answer]
Shows = Callable[[Patient, Walk], bool]


EDGES = 250_000
"""How many edges are judged for the examples of one guideline; some sixty steps with as many questions take half of it."""


@dataclass
class Effort:
    """What may still be spent on examples, and how many were given without looking for a smaller one."""

    left: int = EDGES
    skipped: int = 0

    def walk(self, guideline: Guideline, facts: Patient) -> Walk:
        """Walk, at the price of the edges to be judged."""
        self.left -= len(guideline.transitions)
        return walk(guideline, facts)


def smallest(
    guideline: Guideline, deciding: Patient, complete: Patient, shows: Shows, effort: Effort, told: Collection[str] = ()
) -> Patient:
    """As few facts as will do: none of them but what is `told` can be left out, as long as there is `effort` left.

    Args:
        guideline: whose walk asks for what is missing; best one that is `narrowed`, as there are many walks.
        deciding: facts that bring the finding about; they may have to be led up to.
        complete: an answer to everything, in which `deciding` holds.
        shows: whether a patient, with the walk in hand, shows the finding; of `complete` it must be true.
        effort: is spent; without it any patient who shows the finding will do.
        told: ids of the observables by which the finding tells its situation: a patient has to answer them to lie in it, even if others
            would show the same without.
    """
    facts = dict(deciding)
    if effort.left <= 0:
        effort.skipped += 1
        return facts if shows(facts, walk(guideline, facts)) else dict(complete)
    while not shows(facts, walked := effort.walk(guideline, facts)) and facts != complete:
        # In the order in which the walk asks, so that nothing is told that nobody would have asked.
        question = next((id for id in walked.questions if id not in facts and id in complete), None)
        facts = complete if question is None else {**facts, question: complete[question]}
    needed = _needed(guideline, facts, shows, effort, told)
    return {id: needed[id] for id in guideline.observables if id in needed}


def narrowed(guideline: Guideline, steps: Collection[str]) -> Guideline:
    """A guideline without the edges that have no say in who comes to some steps and how they go on from there."""
    pathway = Pathway.of(guideline)
    network = pathway.network(*OFFERED)  # a road that is only offered begins somewhere, too
    before = {*steps}.union(*(nx.ancestors(network, step) for step in steps))
    kept = (edge for edge in pathway.edges(*OFFERED) if edge.target in before or edge.source in steps)
    return replace(guideline, transitions={edge.id: edge for edge in kept})


def _needed(guideline: Guideline, facts: Patient, shows: Shows, effort: Effort, told: Collection[str]) -> Patient:
    """Facts without each that can be left out, the last asked first, until all of them are needed."""
    needed, waiting = dict(facts), [id for id in reversed(tuple(guideline.observables)) if id in facts and id not in told]
    tried = 0  # facts found needed since one was last left out
    while tried < len(waiting):
        id = waiting.pop(0)
        fewer = {one: answer for one, answer in needed.items() if one != id}
        if shows(fewer, effort.walk(guideline, fewer)):
            needed, tried = fewer, 0
        else:
            waiting.append(id)
            tried += 1
    return needed
