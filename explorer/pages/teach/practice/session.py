"""Practice in a session of the app: where it is kept, and how one gets from place to place in it by the address."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from edgewise.explorer.pages.teach.round import Practice
from edgewise.explorer.shell.frame import go, here
from edgewise.graph.walking.facts import Facts

_KEY = "practise:session"


def practice() -> Practice:
    """All that was practised in this session."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Practice()
    kept: Practice = st.session_state[_KEY]
    return kept


def token(*parts: object) -> str:
    """A short name that tells one stage of one try from all others, and tells nothing else."""
    return hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:12]


def open_case(own: Mapping[str, str], place: int = 0) -> None:
    """To the case that `own` leads to, at a stage counted from 0."""
    go(replace(here().location, selected="", own={**own, "at": str(place + 1)}))


def turn_to(place: int) -> None:
    """To a stage of the case, from 0; their number is the summary."""
    location = here().location
    go(replace(location, own={**location.own, "at": str(place + 1)}))


def leave() -> None:
    """Back to all cases."""
    go(replace(here().location, selected="", own={}))


def begin_again(key: str, attempt: int) -> None:
    """To the first stage for another try; a second click finds the try `attempt` gone."""
    found = practice().rounds.get(key)
    if found and found.attempt == attempt:
        practice().begin_again(key)
    turn_to(0)


def to_pathway(edge: str, facts: Facts) -> None:
    """To the evidence of an edge, with the facts of the case; *Undo* there brings back those of the reader's own patient."""
    go(replace(here().location, page="", selected=edge, facts=facts, upto="", own={}))


def to_setting() -> None:
    """To composing a case."""
    go(replace(here().location, selected="", own={"mode": "set"}))
