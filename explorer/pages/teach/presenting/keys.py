"""The keys of a presentation: arrows, Page Up and Page Down (as remotes send them), space, Home and End; n, v and r.

Windows of one browser that present the same turn together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import streamlit as st

from edgewise.explorer.pages.teach.presenting.position import Position
from edgewise.explorer.shell.parts import part

_KEY, _HEARD = "present-keys", "present:heard"
ACTS = frozenset({"vote", "reveal"})


def keys(telling: Position, turn: Callable[[str], None], act: Callable[[str], None], *, along: str, notes: str) -> None:
    """Listen to the keyboard, except while somebody types, and to other windows that present the same.

    Args:
        telling: the position that is shown.
        turn: called with a position.
        act: called with what else is asked for.
        along: what is presented; windows in which it is the same turn together.
        notes: address of the speaker's window, which a key opens; empty in that window itself.
    """

    def hear() -> None:
        event = getattr(st.session_state.get(_KEY), "key", None)
        found = read(event, telling.order)
        if found is None:
            return
        what, name, press = found
        st.session_state[_HEARD] = press
        (turn if what == "to" else act)(name)

    talk = {"at": telling.at, "order": telling.order, "heard": st.session_state.get(_HEARD, ""), "along": along, "notes": notes}
    part("pages.teach.presenting", "keys")(key=_KEY, data={"talk": json.dumps(talk)}, on_key_change=hear)


def read(event: object, order: tuple[str, ...]) -> tuple[str, str, str] | None:
    """What a key asks for as the browser sent it: ``to`` a position or ``act``, which one, and the name of this very press.

    >>> read({"to": "boot", "nonce": "1"}, ("arrival", "boot")), read({"to": "nowhere", "nonce": "1"}, ("arrival",))
    (('to', 'boot', '1'), None)
    """
    if not isinstance(event, Mapping):
        return None
    nonce = event.get("nonce")
    for what, known in (("to", order), ("act", ACTS)):
        name = event.get(what)
        if isinstance(name, str) and isinstance(nonce, str) and name in known:
            return what, name, nonce
    return None
