"""Saving: back to where the draft came from, or into one's own library; never over what nobody has looked at."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import streamlit as st

from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.shell import drafted
from edgewise.explorer.shell.this_machine import for_this_machine_alone
from edgewise.graph.drafting.edits import FILES
from edgewise.graph.drafting.saving import ChangedOnDisk, digest, save
from edgewise.graph.shelf import near
from edgewise.graph.stores.addresses import own_folder_of_guidelines
from edgewise.ontology.errors import EdgewiseError

_MET = "build-conflict"
"""Where the session keeps the folder in which something else was found, with what was found there."""
_MOST_LINES = 400


def saving_menu(found: Desk) -> None:
    """Draw the button that saves, with where to."""
    with st.popover("Save", icon=":material/save:"):
        if not for_this_machine_alone():
            st.write("This explorer is open to others, so it writes no files; download the guideline instead.")
            return
        if found.draft.origin:
            file = Path(found.draft.origin.path)
            st.button(plain(f"Save back to {near(file)}"), key="build-save-back", on_click=_save, args=(found, str(file.parent)))
        own = own_folder_of_guidelines()
        id = str(found.entries[""].data.get("id", "")) if found.entries else ""
        if own is None or not id:
            return
        st.button(plain(f"Save into your library as {id}"), key="build-save-own", on_click=_save, args=(found, str(own / id)))


def _save(seen: Desk, folder: str, replace: dict[str, str] | None = None) -> None:
    try:
        origin = save(seen.draft, folder, replace)
        drafted.drafts().settle(seen.draft.id, origin)
    except ChangedOnDisk as error:
        st.session_state[_MET] = (seen.name, folder, error.found)
        return
    except EdgewiseError as error:
        desk.tell(f"Not saved: {error}")
        return
    st.session_state.pop(_MET, None)
    st.toast(plain(f"Saved in {near(Path(folder))}."), icon=":material/check:")


def conflict(found: Desk) -> None:
    """What stands in the way of saving, if something does: the difference, and what can be done about it."""
    name, folder, seen = st.session_state.get(_MET, ("", "", {}))
    if name != found.name:
        return
    with st.container(border=True, key="ew-build-conflict", gap="small"):
        st.warning(plain(f"In {near(Path(folder))} stands something that this draft was not opened from."), icon=":material/difference:")
        for file, text in ((FILES["guideline"], found.draft.text), (FILES["cases"], found.draft.cases)):
            there = _there(Path(folder) / file)
            if there is not None and text.strip() and there != text:
                st.code(
                    "\n".join(list(unified_diff(there.splitlines(), text.splitlines(), file, "the draft", lineterm="", n=2))[:_MOST_LINES]),
                    "diff",
                )
        with st.container(horizontal=True, gap="small"):
            st.button("Overwrite it with the draft", key="build-overwrite", type="primary", on_click=_save, args=(found, folder, seen))
            st.button("Take what is there into the draft", key="build-take", on_click=_take, args=(found, folder))
            st.button("Leave both", key="build-leave", type="tertiary", on_click=_leave)


def _there(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _take(seen: Desk, folder: str) -> None:
    """What is there becomes a state of the draft, which can be undone; from now on the draft comes from there."""
    text = _there(Path(folder) / FILES["guideline"])
    if text is None:
        desk.tell("The file cannot be read any more.")
        return
    cases = _there(Path(folder) / FILES["cases"])
    if desk.change(seen, text, "Taken from the file"):
        from edgewise.graph.drafting.drafts import Origin

        held = Origin(str((Path(folder) / FILES["guideline"]).resolve()), digest(text.encode()), digest(cases.encode()) if cases else "")
        drafted.drafts().settle(seen.draft.id, held)
    _leave()


def _leave() -> None:
    st.session_state.pop(_MET, None)
