"""Who may be reading: what reaches beyond the page, as files and the history of a repository, is for this machine alone."""

from __future__ import annotations

import streamlit as st


def for_this_machine_alone() -> bool:
    """Whether the explorer listens to nobody but this machine."""
    return st.get_option("server.address") in ("localhost", "127.0.0.1", "::1")
