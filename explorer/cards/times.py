"""How a step stands in time, in signs and words: waiting, due, overdue; and whose word its times are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edgewise.explorer.cards.markup import Html, chip, join, tag
from edgewise.explorer.cards.walked_edges import cites
from edgewise.explorer.cards.whose import SIGN, marked
from edgewise.graph.model import Guideline, Step
from edgewise.graph.walking.times_told import stated_in
from edgewise.graph.walking.timing import TimeState, Timing, remark, window
from edgewise.graph.walking.walk import Walk

SIGNS: Mapping[TimeState, tuple[str, str, str]] = {
    "waiting": ("◷", "waiting", "weak"),
    "due": ("", "due", "own"),
    "overdue": ("!", "overdue", "broken"),
}
"""State in time → sign, word and tone; what is due bears no sign of its own."""


def in_time(walked: Walk, step: str) -> str:
    """How a step stands in time and whose word its times are; empty of a step of which nothing is said.

    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.walk import walk
    >>> in_time(walk(load("sacroiliac-sclerosis").guideline, {}), "xray-si-joints")
    ''
    """
    timing = walked.timing.get(step)
    return f"{timing.told}{said(timing.remark)}" if timing else ""


def timing_data(timing: Timing) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "state": timing.state,
        "told": timing.told,
        "window": timing.window,
        "since": timing.since.written if timing.since else None,
        "until": timing.until.written if timing.until else None,
        "again": timing.again,
        "remark": timing.remark or None,
        "basedOn": list(timing.based_on),
        "known": timing.known,
    }


def said(remark: str) -> str:
    """A remark on whose word times are, in brackets; empty where they are the source's."""
    return f" ({SIGN} {remark})" if remark else ""


def chips(walked: Walk, step: str) -> list[Html]:
    """How a step stands in time as chips, each with a sign and words; none where nothing is said."""
    timing = walked.timing.get(step)
    if timing is None:
        return []
    sign, _, tone = SIGNS[timing.state]
    return [chip(timing.told, tone, sign=sign), *(join([" ", one]) for one in marked(timing.remark))]


def times(guideline: Guideline, step: Step) -> Html:
    """When a step is to be done, as the guideline has it and where it says so; nothing where it does not say."""
    if not step.timed:
        return Html("")
    said_where = [*cites(guideline, stated_in(step.times)), *marked(remark(step))]
    return tag("p", f"To be done {window(guideline, step)}", *(join([" ", one]) for one in said_where))
