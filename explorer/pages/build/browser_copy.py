"""A copy of the draft in the browser's own store, which outlives a server whose disk is lost; at Begin it is offered.

Nothing of the article is in it: a draft holds places and fingerprints of its sentences, never their words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st

from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.shell import drafted
from edgewise.explorer.shell.parts import part

_KEY, _ASKED, _GONE = "build-keeping", "build-browser-asked", "build-browser-gone"
_HTML = '<div role="group" aria-label="Drafts that this browser holds"></div>'
_MOST, _LONGEST = 50, 8 * 1024 * 1024


def keep(found: Desk) -> None:
    """Have the browser keep the draft as it is; and take the keys for undo and redo."""
    draft, title = found.draft, str(found.entries[""].data.get("title") or "") if found.entries else ""
    held = {"id": draft.id, "title": title or draft.title, "text": draft.text, "cases": draft.cases, "revision": draft.revision}
    _mount({"draft": held}, key=_KEY)


def offer() -> None:
    """Offer what the browser holds of drafts that this server has no more."""
    asked = st.session_state.get(_ASKED, ())
    there = [id for id in asked if drafted.is_draft(drafted.name_of(id))]
    gone = st.session_state.pop(_GONE, [])
    _mount({"begin": {"there": there, "asked": list(asked)}, "gone": gone}, key=f"{_KEY}-begin")


def forget(id: str) -> None:
    """Have the browser forget a draft that was thrown away."""
    st.session_state.setdefault(_GONE, []).append(id)


def _mount(talk: Mapping[str, object], *, key: str) -> None:
    def held() -> None:
        st.session_state[_ASKED] = tuple(str(getattr(st.session_state.get(key), "held", "") or "").split()[:_MOST])

    def taken() -> None:
        take_up(getattr(st.session_state.get(key), "taken", None))

    part("pages.build", "keeping", html=_HTML)(key=key, data={"talk": json.dumps(talk)}, on_held_change=held, on_taken_change=taken)


def take_up(said: object) -> None:
    """Begin a draft with what the browser kept; what is none is told."""
    kept = read(said)
    if kept is None:
        desk.tell("What this browser holds is no draft.")
    elif desk.begin(kept["text"], clean(kept["title"])[:300], "Begun with the copy in the browser", cases=kept["cases"]):
        forget(kept["id"])


def read(said: object) -> dict[str, str] | None:
    """What the browser sent, if it is a draft as `keeping.js` keeps it.

    >>> read('{"id": "a", "title": "T", "text": "id: g", "cases": ""}')
    {'id': 'a', 'title': 'T', 'text': 'id: g', 'cases': ''}
    >>> read('{"text": 1}'), read("["), read(None)
    (None, None, None)
    """
    if not isinstance(said, str) or len(said) > _LONGEST:
        return None
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    kept = {key: found.get(key) for key in ("id", "title", "text", "cases")}
    return {key: str(value) for key, value in kept.items()} if all(isinstance(value, str) for value in kept.values()) else None
