"""Ways to begin a draft, and the drafts to go on with."""

from __future__ import annotations

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build import desk
from edgewise.explorer.shell import drafted
from edgewise.explorer.shell.this_machine import for_this_machine_alone

EMPTY = "id: untitled\ndraft: true\nlanguage: en\n"
"""The empty sheet."""


def begin() -> None:
    """Draw the ways to begin."""
    told = "From an article, an algorithm in another format, a copy or an empty sheet to a guideline that can be walked and audited."
    st.html(markup.page(tag("h1", "Build"), tag("p", told, cls="ew-quiet"), key="build"))
    st.button("An empty sheet", key="build-empty", icon=":material/note_add:", on_click=_empty)
    _go_on()


def _empty() -> None:
    desk.begin(EMPTY, "", "Begun with an empty sheet")


def _go_on() -> None:
    """Drafts of this machine; where several people share a server, nobody is shown those of others."""
    if not for_this_machine_alone():
        return
    found = drafted.drafts().list()
    if found:
        st.html(markup.page(tag("h2", "Go on with a draft"), key="drafts"))
    for one in found[:20]:
        title = one.title or "Untitled"
        st.button(plain(f"{title}, {one.changed:%Y-%m-%d %H:%M}"), key=f"build-open:{one.id}", on_click=_open, args=(one.id,))


def _open(id: str) -> None:
    st.query_params.from_dict({"page": "build", "g": drafted.name_of(id)})
