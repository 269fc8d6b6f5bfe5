"""How much time has passed, told in one field: only where the guideline says when something is to be done."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from edgewise.explorer.pages.pathway.page_state import PathwayState
from edgewise.explorer.shell.frame import go, here
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.durations import SECONDS, Duration
from edgewise.graph.model import Guideline
from edgewise.graph.walking.visits import BEGINNING, Timeline

_AMOUNT, _UNIT = "time:amount", "time:unit"
_LONGEST = 999_999.0
_NAMES = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days", "wk": "weeks", "mo": "months", "a": "years"}


def time_passed(view: PathwayState) -> None:
    """Ask for it, showing what is known."""
    timeline = view.location.timeline
    if timeline is None and not any(step.timed for step in view.guideline.steps.values()):
        return
    now = timeline.now if timeline else None
    with (
        st.container(key="ew-time-passed", horizontal=True, gap="small"),
        st.popover(f"Time since the beginning: **{now or 'not told'}**", icon=":material/schedule:"),
    ):
        mirror(_AMOUNT, float(now.amount) if now else None)
        mirror(_UNIT, now.unit if now else st.session_state.get(_UNIT) or _usual(view.guideline))
        asked = "How much time has passed since the beginning?"
        st.number_input(
            asked,
            min_value=0.0,
            max_value=_LONGEST,
            step=1.0,
            format="%g",
            value=None,
            key=_AMOUNT,
            placeholder="not told",
            on_change=_heard,
        )
        st.selectbox("Unit of time", list(SECONDS), key=_UNIT, format_func=lambda unit: _NAMES[unit], on_change=_heard)
        st.caption("What is known already was told before; what you tell from now on is told at this time.")


def _usual(guideline: Guideline) -> str:
    """The unit in which the guideline's first time is written."""
    times = (time for step in guideline.steps.values() for time in step.times if time.value)
    return next((time.value.unit for time in times if time.value), "h")


def _heard() -> None:
    if not (moved(_AMOUNT) or moved(_UNIT)):
        return
    location, amount = here().location, st.session_state.get(_AMOUNT)
    if amount is None:
        go(replace(location, timeline=None))
        return
    now = Duration(Decimal(f"{amount:.3f}"), st.session_state[_UNIT])
    before = location.timeline or Timeline(BEGINNING).heard({}, location.facts)
    go(replace(location, timeline=before.moved(now)))
