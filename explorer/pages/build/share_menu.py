"""Sharing a draft for review: a link under which it can be read and not changed, and a file that opens without Edgewise."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.shell import drafted
from edgewise.explorer.shell.parts import part
from edgewise.explorer.shell.this_machine import for_this_machine_alone
from edgewise.graph.loaded import Loaded
from edgewise.ontology.errors import EdgewiseError


def share_menu(found: Desk) -> None:
    """Draw the button that shares, with both ways."""
    with st.popover("Share", icon=":material/share:"):
        _link(found)
        if found.loaded and not found.faults:
            st.write("**A file**: opens in any browser, without network and without Edgewise; it stays as the draft is now.")
            st.download_button(
                "Download to read",
                lambda: to_read(found.loaded),
                f"{found.loaded.guideline.id}-draft.html",
                "text/html",
                key="build-share-file",
                on_click="ignore",
                icon=":material/download:",
            )
        else:
            st.write("**A file** to read can be had once nothing in the draft is wrong any more.")


def to_read(loaded: Loaded | None) -> bytes:
    """The draft as one file that can be read without Edgewise, and says what it is; of none, nothing."""
    from edgewise.explorer.handout.html.document import standalone  # its scripts are read only where somebody wants the file

    return standalone(loaded.guideline, marked=drafted.SHARED).encode("utf-8") if loaded else b""


def _link(found: Desk) -> None:
    st.write("**A link**: whoever has it reads the draft as it is at any moment, walks it and sees its evidence, and cannot change it.")
    token = drafted.drafts().token(found.draft.id)
    if not token:
        st.button("Make a link", key="build-share", icon=":material/link:", on_click=_share, args=(found.draft.id,))
        return
    query = urlencode({"page": "build", "g": drafted.REVIEW + token})
    told = {"query": query, "label": "Link for reviewers", "button": "Copy link for reviewers"}
    part("shell", "copy_address")(key="build-copy-link", data=told, width="stretch")
    if for_this_machine_alone():
        st.caption("On this computer alone, since Edgewise runs on it for you alone; to others give the file.")
    st.button("Withdraw the link", key="build-unshare", icon=":material/link_off:", on_click=_unshare, args=(found.draft.id,))


def _share(id: str) -> None:
    try:
        drafted.drafts().share(id)
    except EdgewiseError as error:
        desk.tell(plain(str(error)))


def _unshare(id: str) -> None:
    try:
        drafted.drafts().unshare(id)
    except EdgewiseError as error:
        desk.tell(plain(str(error)))
