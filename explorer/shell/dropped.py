"""Guidelines that the reader has dropped in: held by this session alone, written nowhere, gone with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from edgewise.graph.loaded import Loaded

_HELD = "dropped"
_MOST = 8
"""As many are held; the oldest goes before another comes."""


def held() -> Mapping[str, Loaded]:
    """What this session holds, by its name in addresses, in the order in which it came; nothing outside of a session."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return {}
    return cast(Mapping[str, Loaded], st.session_state.get(_HELD, {}))


def hold(loaded: Loaded, name: str = "") -> str:
    """Hold a guideline for this session, in place of one held before under its name; gives that name, by which addresses know it.

    Args:
        loaded: the guideline.
        name: its name; made of its id where none is given.
    """
    name = name or f"{loaded.guideline.id}-dropped"
    others = {key: one for key, one in held().items() if key != name}
    st.session_state[_HELD] = {**dict(list(others.items())[-(_MOST - 1) :]), name: loaded}
    return name


def forget(name: str) -> None:
    """Hold it no longer."""
    st.session_state[_HELD] = {key: one for key, one in held().items() if key != name}
