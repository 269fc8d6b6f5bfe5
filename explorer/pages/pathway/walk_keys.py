"""The keys of the Pathway page: along the drawing, undo, search, and a dialog that tells them; and what a change sounds like."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards.ends import STANDS
from edgewise.explorer.cards.wording import capital
from edgewise.explorer.drawing.canvas import along_source, scene_text
from edgewise.explorer.drawing.palette import STATES
from edgewise.explorer.drawing.ways import ways_text
from edgewise.explorer.pages.pathway.page_state import PathwayState, select, turn_to
from edgewise.explorer.shell.frame import here, take_back
from edgewise.explorer.shell.location import params, selectable
from edgewise.explorer.shell.parts import part

KEYS = (
    ("→ ←", "along the drawing: from a step to the edge that leaves it, from an edge to the step it leads to; and back"),
    ("↓ ↑", "to the other ways on, where there are several; else on and back as well"),
    ("u", "undo what was last done to the patient"),
    ("/", "to the field that finds steps and edges"),
    ("?", "these keys"),
    ("Esc", "out of a field or a group of answers; then back, from evidence to what was shown before, from there to the walk"),
    ("Tab, space", "to the answers and buttons, and to press them; among answers, arrow keys"),
)
PANELS = {
    "why": "Why, or why not?",
    "vary": "What if?",
    "gaps": "What the source leaves open",
    "summary": "Patient summary",
    "find": "Steps and edges",
}
"""The page's own parameters that each open a panel in place of the walk, and what those are called."""
_KEY, _HEARD, _UNDONE = "walk-keys", "walk-keys:heard", "walk-keys:undone"


def walk_keys(view: PathwayState) -> None:
    """Listen, except while somebody types, and say what is new."""
    known = selectable(view.guideline)

    def hear() -> None:
        found = read(getattr(st.session_state.get(_KEY), "key", None), known)
        if found is None:
            return
        what, name, st.session_state[_HEARD] = found
        if what == "act":
            undo()
        elif name or here().location.selected:
            select(name)
        else:
            turn_to({})

    part("pages.pathway", "walk_keys", before=along_source())(
        key=_KEY, data={"talk": json.dumps(_talk(view))}, on_key_change=hear, width="content"
    )


def undo() -> None:
    """Take back what was last done, and say so."""
    take_back()
    st.session_state[_UNDONE] = True


def read(event: object, known: Collection[str]) -> tuple[str, str, str] | None:
    """What a key asks for as the browser sent it: ``to`` a step or edge (or to the walk) or ``act``, which, and the name of this press.

    >>> read({"to": "a", "nonce": "1"}, {"a"}), read({"to": "b", "nonce": "1"}, {"a"}), read({"act": "undo", "nonce": "2"}, ())
    (('to', 'a', '1'), None, ('act', 'undo', '2'))
    """
    if not isinstance(event, Mapping) or not isinstance(event.get("nonce"), str):
        return None
    if event.get("act") == "undo":
        return "act", "undo", event["nonce"]
    name = event.get("to")
    return ("to", name, event["nonce"]) if isinstance(name, str) and (not name or name in known) else None


def told(view: PathwayState) -> str:
    """What is new, as it is said: the step or edge, the panel, or where the walk stands and how many questions are open."""
    guideline, id, own = view.guideline, view.location.selected, view.location.own
    if id in guideline.steps:
        return f"Step: {guideline.steps[id].label}."
    if id:
        edge = next(one for one in view.opened.scene.edges if one.id == id)
        return f"Edge: {_name(view, edge.source)} → {_name(view, edge.target)}. Evidence: {STATES[edge.state]['label']}.{_graded(view, id)}"
    return next((title for key, title in PANELS.items() if own.get(key)), "") or _standing(view)


def _graded(view: PathwayState, id: str) -> str:
    """How the source grades the edge, where it grades anything."""
    return "".join(f" {capital(axis.line)}." for axis in evidence(view.guideline, id).axes)


def _standing(view: PathwayState) -> str:
    walked, due = view.walked, ", ".join(_name(view, id) for id in view.walked.due)
    lead = f"Now due: {due}" if due else STANDS[walked.stands]
    if view.kept:
        return f"{lead}; held here in a replay."
    count = len(walked.questions)
    return f"{lead}; {count or 'no'} question{'' if count == 1 else 's'} open."


def _name(view: PathwayState, step: str) -> str:
    return view.guideline.steps[step].name


def _talk(view: PathwayState) -> dict[str, Any]:
    location, own = view.location, view.location.own
    at = {key: value.partition("~")[0] if key == "vary" else value for key, value in own.items()}
    patient = {key: value for key, value in params(location).items() if key in ("facts", "upto")}
    undone = "Taken back. " if st.session_state.pop(_UNDONE, False) else ""
    return {
        "at": location.selected,
        "panel": bool(own),
        "start": next(iter((*view.walked.due, *reversed(view.walked.path))), ""),
        "hash": (ways_text if view.folding else scene_text)(view.opened.scene)["hash"],
        "heard": st.session_state.get(_HEARD, ""),
        "keys": KEYS,
        "say": undone + told(view),
        "turn": json.dumps(params(location)),
        "view": json.dumps([location.selected, at]),
        "patient": json.dumps(patient),
    }
