"""Where a step stands, in one sentence that is read in two seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from edgewise.graph.explaining.least_changes import COMING, Need, Opening
from edgewise.graph.model import Guideline

State = Literal[
    "due", "passed", "instead", "offered", "not-yet", "undecided", "shut", "not-named", "advised-against", "nothing-leads", "outside"
]


def headline(
    guideline: Guideline,
    state: State,
    changes: Sequence[Opening],
    *,
    silent: bool = False,
    edged: bool = True,
    against: str = "",
    beside: str = "",
) -> str:
    """One sentence for each state, with what matters most in it.

    Args:
        guideline: whose step it is.
        state: of the step.
        changes: least sets of changes that lead to it, the nearest first.
        silent: whether the source says nothing of what follows the step.
        edged: whether any edge leads to it.
        against: who is against it, as a clause, where somebody is.
        beside: what is due with it, or was chosen instead, as a clause, where anything is.

    >>> from edgewise.graph.library import load
    >>> headline(load("sacroiliac-sclerosis").guideline, "passed", (), silent=True)
    'Reached and done; the source does not say what follows.'
    """
    if state in ("not-yet", "undecided"):
        return _missing(guideline, "Not yet" if state == "not-yet" else "Undecided", changes)
    if state in ("shut", "not-named"):
        return _shut(guideline, changes) if state == "shut" else _not_named(guideline, changes)
    return {
        "due": f"Due now{beside and ', '}{beside}.",
        "instead": f"Not due: {beside}.",
        "passed": f"Reached and done{'; the source does not say what follows' if silent else ''}.",
        "offered": "Offered as an option: the source does not say when to prefer it.",
        "outside": f"Outside this guideline: {against}.",
        "advised-against": f"Never by this guideline: {against}.",
        "nothing-leads": "Nothing leads here: "
        + ("no patient can come to it by the guideline's conditions." if edged else "the guideline draws no edge to it."),
    }[state]


def _missing(guideline: Guideline, lead: str, changes: Sequence[Opening]) -> str:
    if not changes:
        return f"{lead}: more has to be known."
    needs = changes[0].needs
    if all(need.kind == "wait" for need in needs):
        told = "; ".join(_told(guideline, need) for need in needs[:2])
        return f"{lead}: it takes time or repeating – {told}{'; …' if len(needs) > 2 else ''}."
    if len(needs) == 1:
        return f"{lead}: one {'answer' if lead == 'Undecided' else 'thing'} is missing – {_told(guideline, needs[0])}."
    least = "" if len(changes) == 1 else "at least "
    return f"{lead}: {least}{len(needs)} things are missing, first {guideline.observables[needs[0].observable].label}."


def _shut(guideline: Guideline, changes: Sequence[Opening]) -> str:
    settled = [need for need in changes[0].needs if need.kind not in COMING] if changes else []
    if not settled:
        return "Closed: other findings would be needed."
    first, others = settled[0], len(settled) - 1
    more = "" if not others else f", and {others} other finding{'s' if others > 1 else ''} too"
    amended = ", which the modeller marks as amendable" if changes[0].amendable else ""
    return f"Closed: {guideline.observables[first.observable].label}: {first.now}{amended} (needed on the way: {first.needs}{more})."


def _not_named(guideline: Guideline, changes: Sequence[Opening]) -> str:
    unnamed = [need for need in changes[0].needs if need.kind == "not-named"] if changes else []
    if not unnamed:
        return "Not named by the source: it says nothing of these numbers."
    first = unnamed[0]
    return f"Not named by the source: {guideline.observables[first.observable].label}: {first.now}. It speaks only of {first.needs}."


def _told(guideline: Guideline, need: Need) -> str:
    return f"{guideline.observables[need.observable].label}: {need.needs}{f' (now {need.now})' if need.now else ''}"
