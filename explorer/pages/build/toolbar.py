"""Undo, redo, and what becomes of the draft."""

from __future__ import annotations

import streamlit as st

from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk


def toolbar(found: Desk) -> None:
    """Draw the row of buttons above the desk."""
    draft = found.draft
    with st.container(key="ew-build-tools", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Undo",
            key="build-undo",
            icon=":material/undo:",
            help=draft.undoable,
            disabled=not draft.undoable,
            on_click=_undo,
            args=(found,),
        )
        st.button(
            "Redo",
            key="build-redo",
            icon=":material/redo:",
            help=draft.redoable,
            disabled=not draft.redoable,
            on_click=_redo,
            args=(found,),
        )
        st.download_button("Download", draft.text, "guideline.yaml", "application/yaml", key="build-download", icon=":material/download:")


def _undo(seen: Desk) -> None:
    desk.undo(seen)


def _redo(seen: Desk) -> None:
    desk.redo(seen)
