"""Widgets that mirror a draft, for hands that are quicker than the page.

As `explorer.mirror`, but a widget that stands on the page and says what the draft says is let alone. Were it set again at every run, the
browser would take back what was typed into it, or chosen in it, while that run was under way.
"""

from __future__ import annotations

import streamlit as st

_SHOWN, _NOW, _LAST = "drafted:", "set:drawn", "set:drawn-before"


def begin(witness: str) -> None:
    """Begin to draw the page.

    Args:
        witness: key of a widget that every drawing has and nobody sets: Streamlit forgets it as soon as another page was drawn in between.
    """
    st.session_state[_LAST] = st.session_state.get(_NOW, set()) if witness in st.session_state else set()
    st.session_state[_NOW] = set()


def mirror(key: str, value: object) -> None:
    """See that the widget `key`, which is about to be drawn, shows `value`."""
    stands = key in st.session_state.get(_LAST, ()) and key in st.session_state
    if not stands or st.session_state[key] != value:
        st.session_state[key] = value
    st.session_state[_SHOWN + key] = value
    st.session_state.setdefault(_NOW, set()).add(key)


def moved(key: str) -> bool:
    """Whether somebody has changed the widget `key` since it was drawn."""
    return key in st.session_state and bool(st.session_state[key] != st.session_state.get(_SHOWN + key))
