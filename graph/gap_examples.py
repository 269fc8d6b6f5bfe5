"""The smallest patient who shows a finding."""

from __future__ import annotations

from collections.abc import Callable

from graph.facts import Answer
from graph.model import Guideline
from graph.walk import walk

Patient = dict[str, Answer]
Shows = Callable[[Patient], bool]


def smallest(guideline: Guideline, deciding: Patient, complete: Patient, shows: Shows) -> Patient:
    """As few facts as will do: none of them can be left out.

    Args:
        guideline: whose walk asks for what is missing.
        deciding: facts that bring the finding about; they may have to be led up to.
        complete: an answer to everything, in which `deciding` holds.
        shows: whether a patient shows the finding; of `complete` it must be true.
    """
    facts = dict(deciding)
    while not shows(facts) and facts != complete:
        # In the order in which the walk asks, so that nothing is told that nobody would have asked.
        question = next((id for id in walk(guideline, facts).questions if id not in facts and id in complete), None)
        facts = complete if question is None else {**facts, question: complete[question]}
    needed = _needed(guideline, facts, shows)
    return {id: needed[id] for id in guideline.observables if id in needed}


def _needed(guideline: Guideline, facts: Patient, shows: Shows) -> Patient:
    """Facts without each that can be left out, the last asked first, until all of them are needed."""
    needed = dict(facts)
    for id in [id for id in reversed(tuple(guideline.observables)) if id in facts]:
        fewer = {one: answer for one, answer in needed.items() if one != id}
        needed = fewer if shows(fewer) else needed
    return needed if len(needed) == len(facts) else _needed(guideline, needed, shows)
