"""The end of a walk as a box, and what the source reports of the steps at which it stands."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.ends import end_told
from edgewise.explorer.cards.markup import Html, symbol, tag
from edgewise.explorer.cards.outcomes import reported
from edgewise.graph.model import Guideline
from edgewise.graph.walking.ending import Ending
from edgewise.graph.walking.walk import Walk

SIGNS = {"last": ("■", "own"), "waiting": ("◔", "weak"), "silent": ("○", "inferred")}
"""Kind of end → sign and tone."""


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
