"""What can be committed to in practice: the steps of a guideline, or that none is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

from edgewise.graph.model import Guideline, Step
from edgewise.graph.pathway import Pathway

NOT_STATED, UNDECIDED = "(not stated)", "(undecided)"
"""Picks that are no step: no id has a space."""
WORDS = {NOT_STATED: "The source does not say", UNDECIDED: "One more answer is needed first"}
_NO_STEP = "No step"


class Option(NamedTuple):
    """What can be committed to: a step of the guideline or one of `WORDS`; under what heading it stands."""

    pick: str
    name: str
    phase: str = ""


def options(guideline: Guideline) -> tuple[Option, ...]:
    """All that can be committed to: the steps by phase, in the order of the pathway, whatever the facts; then `WORDS`.

    >>> from edgewise.graph.library import load
    >>> [option.pick for option in options(load("sacroiliac-sclerosis").guideline)][-3:]
    ['si-joint-fusion', '(not stated)', '(undecided)']
    """
    steps = sorted((step for step in guideline.steps.values() if _can_be_next(guideline, step)), key=lambda step: _order(guideline, step))
    named = neutral_names(steps)
    phases = {id: phase.label for id, phase in guideline.phases.items()}
    return (
        *(Option(step.id, named[step.id], phases.get(step.phase, "")) for step in steps),
        *(Option(pick, words, _NO_STEP) for pick, words in WORDS.items()),
    )


def _order(guideline: Guideline, step: Step) -> tuple[int, str, int]:
    phase = guideline.phases.get(step.phase)
    return (phase.order, phase.id, step.order) if phase else (0, "", step.order)


def _can_be_next(guideline: Guideline, step: Step) -> bool:
    """Not where a pathway merely starts, nor a step that stands for the source's silence, which is an option of its own."""
    if step.yields:
        return True
    if step.kind != "Presentation":
        return step.endpoint != "not-stated"
    pathway = Pathway.of(guideline)
    return bool(pathway.into(step.id)) or any(edge.when is not None for edge in pathway.out_of(step.id))


def neutral_names(steps: Collection[Step]) -> Mapping[str, str]:
    """Long names without what stands in brackets: a short name may say what to think of a step ("…, last resort"), brackets as well.

    What tells two steps apart is kept: the brackets, and if need be the id.
    """
    bare, whole = Counter(_bare(step.label) for step in steps), Counter(step.label for step in steps)
    return {step.id: _name(step, alone=bare[_bare(step.label)] == 1, known=whole[step.label] == 1) for step in steps}


def _name(step: Step, *, alone: bool, known: bool) -> str:
    if alone:
        return _bare(step.label)
    return step.label if known else f"{step.label} ({step.id})"


def _bare(label: str) -> str:
    """A name without the brackets at its end.

    >>> _bare("Second look (never shown to help) (not covered)"), _bare("(none)"), _bare("Scan (first (of two))")
    ('Second look', '(none)', 'Scan (first (of two))')
    """
    name = label.rstrip()
    while name.endswith(")"):
        lead, _, remark = name[:-1].rpartition("(")
        if ")" in remark or lead.count("(") != lead.count(")"):
            break
        name = lead.rstrip()
    return name or label
