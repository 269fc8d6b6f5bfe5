"""The passages that an edge or a step rests on. What is made of their citations, `edgewise.citations.evidence` and libraries say."""

from __future__ import annotations

from edgewise.graph.attribution import rests_on
from edgewise.graph.dosing import doses
from edgewise.graph.model import Guideline, Rating, Step, Transition


def of_transition(transition: Transition) -> tuple[str, ...]:
    """Ids of the passages behind an edge: those that justify it, and those that its condition rests on.

    >>> of_transition(Transition("t", "a", "b", "", "source", justified_by=("s1",)))
    ('s1',)
    """
    return tuple(dict.fromkeys((*transition.justified_by, *(rests_on(transition.when) if transition.when else ()))))


def of_step(guideline: Guideline, step: Step) -> tuple[str, ...]:
    """Ids of the passages behind a step: those of its description, times, components and doses, of its method and of its ratings.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> of_step(guideline, guideline.steps["cooled-rfa"])[0] in guideline.statements
    True
    """
    modality = guideline.modalities.get(step.modality)
    return tuple(
        dict.fromkeys(
            (
                *step.described_by,
                *step.timed_by,
                *(id for one in step.windows for id in (*one.based_on, *(rests_on(one.when) if one.when else ()))),
                *(id for component in step.components for id in component.described_by),
                *(id for _, dose in doses(step) for id in dose.based_on),
                *(rating.statement for rating in ratings_of(guideline, step)),
                *(modality.described_by if modality else ()),
            )
        )
    )


def ratings_of(guideline: Guideline, step: Step) -> tuple[Rating, ...]:
    """The ratings of the method that a step uses."""
    return tuple(rating for rating in guideline.ratings.values() if step.modality and rating.modality == step.modality)
