"""Rows of a table, and words of a text, in HTML that can be pressed: a table stays a table, for those who hear it; a script tells which row
or word was pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import streamlit as st

from edgewise.explorer.cards.markup import Html, tag
from edgewise.explorer.shell.parts import part

_KEY = "row-clicks"


def pickable(label: str, *, picked: bool) -> Html:
    """The button that a row holds; the row itself bears the id as ``data_ew_pick``.

    >>> pickable("MRI < CT", picked=False)
    '<button type="button" class="ew-pick" aria-pressed="false">MRI &lt; CT</button>'
    """
    return tag("button", label, type="button", cls="ew-pick", aria_pressed="true" if picked else "false")


def pressable(label: str, id: str) -> Html:
    """Words that can be pressed, within a text.

    >>> pressable("MRI < CT", "mri")
    '<span data-ew-pick="mri"><button type="button" class="ew-pick">MRI &lt; CT</button></span>'
    """
    return tag("span", tag("button", label, type="button", cls="ew-pick"), data_ew_pick=id)


def row_clicks(ids: Collection[str], act: Callable[[str], None], *, panel: str = "") -> None:
    """Listen to the rows of this page.

    Args:
        ids: what a row may stand for; anything else is not heard.
        act: called with the id of the row that was pressed, before the page is drawn again.
        panel: CSS selector of what is brought into sight on a narrow screen.
    """

    def hear() -> None:
        found = read(getattr(st.session_state.get(_KEY), "row", None), ids)
        if found:
            act(found)

    part("shell", "row_clicks")(key=_KEY, data={"panel": panel}, on_row_change=hear)


def read(event: object, ids: Collection[str]) -> str:
    """The id in what the browser sent; empty where it is none of `ids`.

    >>> read({"id": "mri"}, {"mri"}), read({"id": "<b>"}, {"mri"}), read(None, {"mri"})
    ('mri', '', '')
    """
    id = event.get("id") if isinstance(event, Mapping) else None
    return id if isinstance(id, str) and id in ids else ""
