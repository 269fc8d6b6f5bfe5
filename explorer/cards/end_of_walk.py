"""The end of a walk, told as an end: where it stands, that nothing more leads on, and what the source reports of that step."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.ends import bridge_told, end_in_words
from edgewise.explorer.cards.markup import Html, symbol, tag
from edgewise.explorer.cards.outcomes import reported
from edgewise.explorer.cards.step_and_edge import nothing_leads_on
from edgewise.graph.model import Guideline, Step
from edgewise.graph.walking.ending import Ending
from edgewise.graph.walking.walk import Walk

SIGNS = {"last": ("■", "own"), "waiting": ("◔", "weak"), "silent": ("○", "inferred")}
"""Kind of end → sign and tone."""


STANDS = {
    "silent": "The source does not say",
    "undecided": "One answer decides",
    "waiting": "Only waiting is left",
    "done": "All is done",
    "outside": "Outside this guideline",
}
"""Where a walk stands (`Walk.stands`) if no step is due, as a heading."""


def outside_told(walked: Walk) -> str:
    """Why a patient lies outside the guideline; empty where it is not known that one does."""
    return f"It does not speak of this patient: {walked.why_outside}." if walked.outside else ""


def end_told(guideline: Guideline, end: Ending, walked: Walk) -> tuple[str, str]:
    """The end in a heading, and in a sentence.

    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.walk import walk
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> end_told(guideline, Ending("last", ("si-joint-fusion",)), walk(guideline, {}))
    ('The end of the pathway', 'Nothing leads on from SI joint fusion, last resort: the source names no step after it.')
    """
    at = "; ".join(guideline.steps[id].name for id in end.steps)
    if end.kind == "last":
        told = dict.fromkeys(_last(guideline.steps[id]) for id in end.steps)
        return "The end of the pathway", " ".join(told)
    if end.kind == "waiting":
        waits = _waits(guideline, end, walked)
        return "Only waiting is left", f"All that is asked at {at} is answered. What leads on takes time or repeating: {waits}."
    return "The walk ends here", f"No further answer leads on from {at}: for these facts the source names no step after it."


def end_data(guideline: Guideline, end: Ending) -> dict[str, object]:
    """An end with what its steps say of it: in which sense the pathway ends, and in which other guideline it goes on."""
    steps = [guideline.steps[id] for id in end.steps]
    return {
        "kind": end.kind,
        "steps": list(end.steps),
        "endpoints": {step.id: step.endpoint for step in steps if step.endpoint},
        "continuesIn": {step.id: step.continues_in for step in steps if step.continues_in},
    }


def _last(step: Step) -> str:
    """In which sense a walk ends at a step, what that means, and where it goes on."""
    return " ".join(filter(None, [end_in_words(step) or nothing_leads_on(step), bridge_told(step)]))


def _waits(guideline: Guideline, end: Ending, walked: Walk) -> str:
    """What has to come about, edge by edge; where none is waited for, what is to be told again."""
    waiting = [one for one in walked.edges.values() if one.transition.source in end.steps and one.state == "not-yet"]
    told = [f"{guideline.steps[one.transition.target].name} ({one.why})" for one in waiting]
    return "; or ".join(told or [guideline.observables[id].label for id in walked.awaited])


def end_box(guideline: Guideline, end: Ending, walked: Walk) -> Html:
    """The end as a box."""
    sign, tone = SIGNS[end.kind]
    heading, told = end_told(guideline, end, walked)
    return tag("div", tag("strong", symbol(sign), " ", heading), tag("p", told), cls=f"ew-state ew-t-{tone}", role="note")


def reports(guideline: Guideline, steps: Sequence[str]) -> Html:
    """What the source reports of the outcome of some steps, each figure in its frame; or that it reports nothing."""
    at = "; ".join(guideline.steps[id].name for id in steps)
    found = reported(guideline, steps)
    if not found:
        return tag("p", f"Of the outcome of {at} the source reports nothing.", cls="ew-quiet")
    return cards.statements(found, heading="Outcomes as the source reports them")
