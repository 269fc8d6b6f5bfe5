"""What stands before every look-up: what would be sent, who asks, and two buttons, of which one sends nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import streamlit as st

from edgewise.explorer.cards.markup import folded, join, page, tag


class Asked(NamedTuple):
    """What an editor wants: to send something, under a mail address; or only what was answered earlier."""

    mailto: str
    offline: bool


def registry_form(told: str, sent: Iterable[str], room: str) -> Asked | None:
    """Say what would be sent and to whom; None until the editor says so.

    Args:
        told: what is asked of whom.
        sent: the addresses, as they are asked.
        room: what the keys of the widgets begin with.
    """
    st.html(page(join([tag("p", told), folded("What is sent", tag("ul", *(tag("li", one) for one in sent), cls="ew-list"))])))
    mailto = st.text_input("Your mail address, sent along if given", key=f"{room}-mailto", placeholder="registries ask for it")
    with st.container(horizontal=True, gap="small"):
        send = st.button("Send and look up", key=f"{room}-send", icon=":material/travel_explore:", type="primary")
        kept = st.button("Earlier answers only", key=f"{room}-kept", help="Sends nothing.")
    return Asked(mailto.strip(), offline=not send) if send or kept else None
