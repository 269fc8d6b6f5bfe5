"""Taking back: what the facts were before, for as long as the session lasts; after that, the last fact of the address."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from edgewise.explorer.shell.location import Location, params
from edgewise.graph.walking.facts import Answer

_KEY, _LONGEST = "before", 100


def remember(location: Location) -> None:
    """Note a location that is about to be left for one with other facts."""
    st.session_state[_KEY] = [*st.session_state.get(_KEY, []), location][-_LONGEST:]


def can_undo(location: Location) -> bool:
    """Whether anything can be taken back."""
    return bool(location.facts) or any(_differs(one, location) for one in st.session_state.get(_KEY, []))


def undo(location: Location) -> Location:
    """The location with the facts as they were before the last change; for facts that came with a link, without the last of them."""
    before: list[Location] = st.session_state.get(_KEY, [])
    while before:
        earlier = before.pop()
        if _differs(earlier, location):
            return replace(location, facts=earlier.facts, upto=earlier.upto)
    return replace(location, facts=_without_last(dict(location.facts)), upto="")


def _differs(one: Location, other: Location) -> bool:
    """The browser's way back may have brought the reader to a state that is still on the pile."""
    return one.guideline == other.guideline and params(replace(one, selected="")) != params(replace(other, selected=""))


def _without_last(facts: dict[str, Answer]) -> dict[str, Answer]:
    if facts:
        id, answer = facts.popitem()
        if isinstance(answer, tuple) and len(answer) > 1:
            facts[id] = answer[:-1]
    return facts
