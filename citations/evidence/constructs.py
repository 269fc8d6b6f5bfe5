"""What rests on passages beside statements, edges and steps: sets, contraindications, to whom the guideline applies, times, doses.

A step may stand on what describes it while the passage that rules it out, times it or gives its dose has fallen: so each is told by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from edgewise.graph.attribution import rests_on
from edgewise.graph.dosing import all_doses, dose_told
from edgewise.graph.model import Alternative, Guideline
from edgewise.graph.walking.criteria import words
from edgewise.graph.walking.timing import window

ConstructKind = Literal["bundle", "alternative", "preference", "contraindication", "scope", "time", "dose"]
CONSTRUCTS: tuple[ConstructKind, ...] = get_args(ConstructKind)


class Construct(NamedTuple):
    """One of them: its kind, its id (of a time that of the step), itself in words, and ids of the passages that it rests on."""

    kind: ConstructKind
    id: str
    told: str
    passages: tuple[str, ...]


def constructs(guideline: Guideline) -> Iterator[Construct]:
    """All of them, by kind; those that no passage states are left out, as nothing of theirs can fall.

    >>> from edgewise.graph.library import load
    >>> [(one.kind, one.told, one.passages) for one in constructs(load("pulmonary-embolism").guideline)]
    [('contraindication', 'CTPA is ruled out by: estimated GFR below 30', ('s25', 's26'))]
    """
    return (one for one in _all(guideline) if one.passages)


def _all(guideline: Guideline) -> Iterator[Construct]:
    names = {id: step.name for id, step in guideline.steps.items()}
    for bundle in guideline.bundles.values():
        yield Construct("bundle", bundle.id, f"{bundle.label}: {', '.join(names[id] for id in bundle.together)}", bundle.based_on)
    for alternative in guideline.alternatives.values():
        yield Construct("alternative", alternative.id, f"{alternative.label}: {_either(guideline, alternative)}", alternative.based_on)
        yield from _preferences(guideline, alternative)
    for step in guideline.steps.values():
        for one in step.contraindications:
            told = f"{step.name} is ruled out by: {words(one, guideline.observables)}"
            yield Construct("contraindication", one.id, told, rests_on(one))
    if guideline.applies_to is not None:
        told = words(guideline.applies_to, guideline.observables)
        yield Construct("scope", guideline.applies_to.id, told, rests_on(guideline.applies_to))
    for step in guideline.steps.values():
        if step.timed:
            yield Construct("time", step.id, f"{step.name}: {window(guideline, step)}", step.timed_by)
    for step, component, dose in all_doses(guideline):
        yield Construct("dose", dose.id, f"{step.name}, {component.label}: {dose_told(dose)}", dose.based_on)


def _either(guideline: Guideline, alternative: Alternative) -> str:
    return " or ".join(guideline.steps[id].name for id in alternative.steps)


def _preferences(guideline: Guideline, alternative: Alternative) -> Iterator[Construct]:
    """What goes before the others, and where; a candidate of which nothing is said is no preference."""
    for one in alternative.choose:
        if one.rank or one.when is not None:
            where = f" where {words(one.when, guideline.observables)}" if one.when is not None else ""
            told = f"{alternative.label}: {guideline.steps[one.step].name} preferred{where}"
            passages = dict.fromkeys((*one.based_on, *(rests_on(one.when) if one.when is not None else ())))
            yield Construct("preference", one.id, told, tuple(passages))
