"""The ends of a pathway in words: in which sense it ends, what that means, and in which other guideline a walk goes on."""

from __future__ import annotations

from edgewise.explorer.cards.wording import capital
from edgewise.graph.bridge import Bridge
from edgewise.graph.model import Step

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
