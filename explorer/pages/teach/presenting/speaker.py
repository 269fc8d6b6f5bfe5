"""The speaker's window: notes, the answer that the room has not been told, and what comes next; none of it is in the room's own view.

It stands at an address of its own (``view=notes``). Two windows of one browser that present the same thing turn together, whichever of
them is turned (``keys.js``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from edgewise.explorer.cards.markup import Html, page, section, tag
from edgewise.explorer.pages.teach.presenting.position import Position
from edgewise.explorer.shell import location
from edgewise.explorer.shell.frame import Here

VIEW = "notes"
"""What stands in the address as ``view=`` in the speaker's window."""
_KEYS = "→ and ← turn both windows; v asks the room, r reveals its answer there."


def notes_address(view: Here, at: str) -> str:
    """The address of the speaker's window for what is presented here, relative to this one."""
    where = view.location
    return "?" + urlencode(location.params(replace(where, own={**where.own, "view": VIEW, "at": at})))


def speaker(telling: Position, following: str, turn: Callable[[str], None]) -> None:
    """Draw the window.

    Args:
        telling: the position that the room sees.
        following: what the next position is called; empty after the last.
        turn: called with a position to go to.
    """
    order, number = telling.order, telling.number
    with st.container(key="ew-speaker", gap="small"):
        with st.container(key="ew-speaker-bar", horizontal=True, vertical_alignment="center", gap="small"):
            _to("Back", "arrow_back", order[max(0, number - 1)], turn, disabled=number == 0)
            st.html(page(tag("span", f"{number + 1} of {len(order)}", cls="ew-number", role="status")), width="content")
            _to("On", "arrow_forward", order[min(len(order) - 1, number + 1)], turn, disabled=number + 1 == len(order))
        st.html(page(tag("div", *telling.head, cls="ew-seen"), key="speaker-head"))
        st.html(page(tag("h2", "Speaker notes"), *telling.notes, *_answer(telling), _next(following), key="speaker-notes"))


def _answer(telling: Position) -> list[Html]:
    """What a vote here will reveal, where that is told as a whole."""
    return [section("What the vote reveals", *telling.answer)] if telling.offered and telling.answer else []


def _next(following: str) -> Html:
    told = [tag("p", tag("strong", "Next: "), following)] if following else [tag("p", "This is the last position.")]
    return tag("section", *told, tag("p", _KEYS, cls="ew-quiet"))


def _to(label: str, icon: str, at: str, turn: Callable[[str], None], *, disabled: bool) -> None:
    st.button(label, icon=f":material/{icon}:", key=f"present:{label}", type="primary", disabled=disabled, on_click=turn, args=(at,))
