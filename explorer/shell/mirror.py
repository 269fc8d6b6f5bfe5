"""Widgets that mirror the address, or a draft.

The address holds the state; that of a case which is being set is its draft. Before a widget is drawn it is set to what they say; when the
reader changes it, its callback writes them. Two things would break this, both where somebody clicks faster than it is drawn: Streamlit
may call the callback of a widget that just left the page, though nobody touched it; and what a callback was given when it was drawn may be
out of date. So a callback asks `moved` first, and reads them afresh.
"""

from __future__ import annotations

import streamlit as st

_SHOWN = "shown:"


def mirror(key: str, value: object) -> None:
    """Set the widget `key`, which is about to be drawn, to what the address, or the draft, says.

    One that says so already is let alone: were it set again, the browser would take back what is being typed into it just then.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    st.session_state[_SHOWN + key] = value


def moved(key: str) -> bool:
    """Whether the reader has changed the widget `key` since it was drawn."""
    return key in st.session_state and bool(st.session_state[key] != st.session_state.get(_SHOWN + key))
