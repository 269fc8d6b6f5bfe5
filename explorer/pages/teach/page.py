"""The Teach page: cases to practise on, the pathway to present, a case to set for others, and hand-outs.

Which of the four it is stands in the address as ``?page=teach&mode=present``.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from edgewise.explorer.shell.frame import entitle, go, here
from edgewise.explorer.shell.mirror import mirror, moved

MODES = {"": "Practise", "present": "Present", "set": "Set a case", "handout": "Hand out"}


def page() -> None:
    """Draw the page."""
    view = here()
    mode = view.location.own.get("mode", "")
    mode = mode if mode in MODES else ""
    entitle(view.guideline, MODES[mode], "Teach")
    _modes(mode)
    if mode == "present":
        from edgewise.explorer.pages.teach.presenting.mode import present

        present(view)
    elif mode == "set":
        from edgewise.explorer.pages.teach.composing.mode import compose

        compose(view)
    elif mode == "handout":
        from edgewise.explorer.pages.teach.hand_out import hand_out

        hand_out(view)
    else:
        from edgewise.explorer.pages.teach.practice.mode import practise

        practise(view)


def _modes(current: str) -> None:
    mirror("teach:mode", current)
    st.segmented_control(
        "What to do", list(MODES), format_func=MODES.__getitem__, key="teach:mode", label_visibility="collapsed", on_change=_turn
    )


def _turn() -> None:
    """To another mode; the case that is worked on comes along."""
    if moved("teach:mode"):
        location = here().location
        kept = {key: value for key, value in location.own.items() if key in ("case", "set")}
        go(replace(location, own={**kept, "mode": st.session_state["teach:mode"] or ""}))
