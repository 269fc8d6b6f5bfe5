"""Undo, redo, what was done, and what becomes of the draft."""

from __future__ import annotations

import io
import zipfile

import streamlit as st

from edgewise.explorer.cards.wording import cut_words, plain
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.saving_menu import saving_menu
from edgewise.explorer.pages.build.share_menu import share_menu
from edgewise.explorer.shell import drafted
from edgewise.graph.drafting.drafts import Draft
from edgewise.graph.drafting.edits import FILES
from edgewise.ontology.errors import EdgewiseError

_LOOK = 5
"""Seconds after which another tab's change is noticed."""
_MOST = 60
"""States that are listed."""


def toolbar(found: Desk) -> None:
    """Draw the row of buttons above the desk."""
    draft = found.draft
    with st.container(key="ew-build-tools", horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Undo", key="build-undo", icon=":material/undo:", help=draft.undoable, disabled=not draft.undoable, on_click=_undo)
        st.button("Redo", key="build-redo", icon=":material/redo:", help=draft.redoable, disabled=not draft.redoable, on_click=_redo)
        _history(found)
        saving_menu(found)
        share_menu(found)
        download(found)
        st.button("Try the walk", key="build-walk", icon=":material/directions_walk:", on_click=_walk, args=(found.name,))
        st.button("Other drafts", key="build-others", type="tertiary", on_click=_others)
    watch(found.name, draft.revision)


def download(found: Desk) -> None:
    """Draw the button that gives the draft out: its YAML, together with its cases where there are any."""
    draft, icon = found.draft, ":material/download:"
    if draft.cases.strip():
        st.download_button(
            "Download", packed(draft), "guideline.zip", "application/zip", key="build-download", icon=icon, on_click="ignore"
        )
    else:
        st.download_button(
            "Download", draft.text, FILES["guideline"], "application/yaml", key="build-download", icon=icon, on_click="ignore"
        )


def packed(draft: Draft) -> bytes:
    """Guideline and cases as one ZIP, by the names that they have in a folder; the same draft gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, text in (("guideline", draft.text), ("cases", draft.cases)):
            archive.writestr(zipfile.ZipInfo(FILES[kind]), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _undo() -> None:
    if seen := desk.desk():
        desk.undo(seen)


def _redo() -> None:
    if seen := desk.desk():
        desk.redo(seen)


def _walk(name: str) -> None:
    st.query_params.from_dict({"g": name})


def _others() -> None:
    st.query_params.from_dict({"page": "build"})


def _history(found: Desk) -> None:
    """What was done, the last first; any of it can be gone back to, and forward again."""
    with st.popover("History", icon=":material/history:"):
        kept = list(enumerate(drafted.drafts().history(found.draft.id)))
        for number, state in reversed(kept[-_MOST:]):
            told = f"{state.when.astimezone():%H:%M} {cut_words(state.said, 70)}"
            mark = ":material/arrow_right:" if state.current else ":material/undo:" if state.undone else None
            st.button(
                plain(told), key=f"build-state:{number}", type="tertiary", icon=mark, disabled=state.current, on_click=_go, args=(number,)
            )


def _go(number: int) -> None:
    """Undo or redo as often as it takes."""
    seen = desk.desk()
    if seen is None:
        return
    now = next((at for at, state in enumerate(drafted.drafts().history(seen.draft.id)) if state.current), number)
    for _ in range(abs(number - now)):
        seen = desk.desk()
        if seen is not None:
            (desk.undo if number < now else desk.redo)(seen)


@st.fragment(run_every=_LOOK)
def watch(name: str, revision: int) -> None:
    """Tell when another tab, or another person, has changed the draft meanwhile."""
    try:
        now = drafted.draft(name)
    except EdgewiseError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    if now.revision != revision:
        with st.container(key="ew-build-overtaken", horizontal=True, vertical_alignment="center", gap="small"):
            st.warning(plain(f"This draft was changed elsewhere: {now.said}."), icon=":material/sync:")
            if st.button("Show it as it is now", key="build-refresh"):
                st.rerun(scope="app")
