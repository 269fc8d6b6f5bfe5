"""One history of what was done to the patient: each answer told, changed or withdrawn, each step of a replay, each new patient.

The address is the truth, and the browser's way back may lead anywhere in it. So what is kept is a chain of what was done, each link with
the state before it and the state after it; what is taken back is the last that led to the state which the address holds now. To look at
evidence, or at another panel, does nothing to the patient: the browser's way back undoes that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from edgewise.explorer.shell.location import Location
from edgewise.graph.walking.facts import Answer

_KEY, _LONGEST = "done", 100


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done: where the reader was before it, and where after it."""

    before: Location
    after: Location


def note(before: Location, after: Location) -> None:
    """Keep what is about to be done, if it does anything to the patient."""
    if before.guideline == after.guideline and not same(before, after):
        st.session_state[_KEY] = [*_done(), Done(before, after)][-_LONGEST:]


def can_undo(location: Location) -> bool:
    """Whether anything can be taken back."""
    return bool(location.facts or location.timeline or location.upto) or _last(location) is not None


def undo(location: Location) -> Location:
    """The location as it was before the last thing was done, and that forgotten.

    What came with a link was done elsewhere: there a held walk is let go, else the last answer is withdrawn.
    """
    at = _last(location)
    if at is None:
        came = replace(location, selected="")
        return replace(came, upto="") if location.upto else _withdrawn(came)
    before = _done()[at].before
    st.session_state[_KEY] = _done()[:at]
    own = before.own if before.page == location.page else {}
    return replace(location, facts=before.facts, timeline=before.timeline, upto=before.upto, selected="", own=own)


def same(one: Location, other: Location) -> bool:
    """Whether two locations hold the same patient at the same step, whatever is looked at."""
    return _patient(one) == _patient(other)


def _patient(at: Location) -> tuple[object, ...]:
    return at.guideline, at.facts, at.timeline, at.upto


def _done() -> list[Done]:
    found: list[Done] = st.session_state.get(_KEY, [])
    return found


def _last(location: Location) -> int | None:
    """Where in the chain stands what led to this state; None where nothing did in this session."""
    return next((at for at, one in reversed(list(enumerate(_done()))) if same(one.after, location)), None)


def _withdrawn(location: Location) -> Location:
    """Without the last answer; where no answer is left, without its time too."""
    facts = _without_last(dict(location.facts))
    timeline = location.timeline.heard(location.facts, facts) if location.timeline and facts else None
    return replace(location, facts=facts, timeline=timeline)


def _without_last(facts: dict[str, Answer]) -> dict[str, Answer]:
    if facts:
        id, answer = facts.popitem()
        if isinstance(answer, tuple) and len(answer) > 1:
            facts[id] = answer[:-1]
    return facts
