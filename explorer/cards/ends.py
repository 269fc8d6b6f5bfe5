"""The ends of a pathway and of a walk in words: where it stands, in which sense it ends, what that means, and where it goes on."""

from __future__ import annotations

from edgewise.explorer.cards.wording import capital
from edgewise.graph.bridge import Bridge
from edgewise.graph.model import Guideline, Step
from edgewise.graph.walking.ending import Ending
from edgewise.graph.walking.walk import Walk

ENDPOINTS = {
    "discharge": "the pathway ends here: discharge",
    "goal-reached": "the pathway ends here: the goal is reached",
    "referral": "the pathway ends here: referral",
    "excluded": "the pathway ends here: the condition is excluded",
    "out-of-scope": "the pathway ends here: out of scope",
    "not-covered": "the pathway ends here: not covered",
    "unproven": "the pathway ends here: unproven",
    "not-stated": "the source does not say how it goes on",
}
MEANINGS = {
    "discharge": "Care under this guideline is complete.",
    "goal-reached": "What the guideline sets out to reach is reached; it names nothing further to do.",
    "referral": "The patient is handed to the care of somebody else, of which this guideline does not speak.",
    "excluded": "The condition that was looked for is excluded.",
    "out-of-scope": "The patient turns out to be one of whom the guideline does not speak.",
    "not-covered": "The source says that it does not cover what follows.",
    "unproven": "The source names what is done here as unproven, inadequately backed by evidence or not paid for.",
    "not-stated": "The source says nothing about what follows.",
}
"""What each end means, in one sentence; the ontology defines it so."""

STANDS = {
    "silent": "The source does not say",
    "undecided": "One answer decides",
    "waiting": "Only waiting is left",
    "done": "All is done",
    "outside": "Outside this guideline",
}
"""Where a walk stands (`Walk.stands`) if no step is due, as a heading."""


def end_in_words(step: Step) -> str:
    """In which sense the pathway ends at a step and what that means; empty where it is not said.

    >>> end_in_words(Step("out", "Endpoint", "Out", "", "p", endpoint="excluded"))
    'The pathway ends here: the condition is excluded. The condition that was looked for is excluded.'
    """
    named = ENDPOINTS.get(step.endpoint, "")
    return f"{capital(named)}. {MEANINGS[step.endpoint]}" if named else ""


def bridge_told(step: Step) -> str:
    """In which other guideline a walk that ends at a step goes on, in a sentence; empty where none is named.

    >>> bridge_told(Step("out", "Endpoint", "Out", "", "p", continues_in="ottawa-ankle#ankle-series"))
    "It goes on in the guideline 'ottawa-ankle', at 'ankle-series'."
    >>> bridge_told(Step("out", "Endpoint", "Out", "", "p"))
    ''
    """
    if not step.continues_in:
        return ""
    bridge = Bridge.of(step)
    at = f", at '{bridge.step}'" if bridge.step else ""
    return f"It goes on in the guideline '{bridge.guideline}'{at}."


def nothing_leads_on(step: Step) -> str:
    """That a step is the last on its way, in a sentence.

    >>> nothing_leads_on(Step("cast", "Treatment", "Cast", "", "p"))
    'Nothing leads on from Cast: the source names no step after it.'
    """
    return f"Nothing leads on from {step.name}: the source names no step after it."


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
