"""Holding a walk at a step: the facts stay, but those that only later steps look at wait for their turn."""

from __future__ import annotations

from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway, comparisons
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.walk import Walk


def hold(guideline: Guideline, walked: Walk, facts: Facts, upto: str) -> Facts:
    """Those of `facts` that a walk needs to come as far as `upto`; all of them where it does not come there.

    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.walk import walk
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> facts = {"radiographs": "equivocal", "inflammatory-suspicion": "no", "conservative-failed": "yes"}
    >>> hold(guideline, walk(guideline, facts), facts, "conservative-care")
    {'radiographs': 'equivocal', 'inflammatory-suspicion': 'no'}
    """
    main = guideline.steps[upto].companion_of or upto if upto in guideline.steps else ""
    if main not in walked.path:
        return facts
    asked = {id for step in walked.path[: walked.path.index(main)] for id in _asked_at(guideline, step)}
    return {id: answer for id, answer in facts.items() if id in asked}


def onward(guideline: Guideline, walked: Walk, held: Walk) -> str:
    """The step at which to hold a held walk next, so that it goes on by one decision; empty where only the end is left."""
    ahead = [id for id in walked.path if id not in held.path and not guideline.steps[id].companion_of]
    return ahead[0] if len(ahead) > 1 else ""


def beginning(guideline: Guideline) -> str:
    """The step at which every walk starts; empty where a guideline has none."""
    return next(iter(Pathway.of(guideline).starts), "")


def _asked_at(guideline: Guideline, step: str) -> set[str]:
    """What a step finds out, or that it is done, what its times and the edges out of it ask; at the beginning, who is spoken of."""
    pathway = Pathway.of(guideline)
    criteria = [edge.when for edge in pathway.out_of(step) if edge.when]
    criteria += [guideline.applies_to] if guideline.applies_to and step in pathway.starts else []
    criteria += [one.when for one in guideline.steps[step].windows if one.when]
    finished = pathway.finished(guideline.steps[step])
    asked = (id for criterion in criteria for part in comparisons(criterion) for id in part.looks_at)
    return {*guideline.steps[step].yields, *([finished.observable] if finished else []), *asked}
