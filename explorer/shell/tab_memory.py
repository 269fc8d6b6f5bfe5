"""What a reload of the page would lose is given back: an editor's name and the texts that were loaded, which live in memory alone.

The browser's tab keeps a token that nobody can guess, and nothing else; the server keeps, under that token, what the session held. It
writes nothing down, forgets after some hours, and keeps no more tabs than a few dozen: whoever comes back later loads the text again.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

import streamlit as st

from edgewise.explorer.shell.parts import part, when_drawn

HOURS, MOST = 8, 40
"""For how long a tab is remembered after it was last drawn, and how many tabs are."""
_KEY, _TOKEN = "tab-memory", "tab-memory:token"
_SOUND = re.compile(r"[A-Za-z0-9_-]{32}")


class Remembered:
    """What tabs held, by their tokens; safe to share between sessions.

    >>> kept = Remembered()
    >>> kept.put("a" * 32, {"editor": "Ann Lee"}, now=0.0)
    >>> kept.get("a" * 32, now=60.0), kept.get("a" * 32, now=9 * 3600.0)
    ({'editor': 'Ann Lee'}, {})
    """

    def __init__(self) -> None:
        self._held: dict[str, tuple[float, Mapping[str, Any]]] = {}
        self._lock = Lock()

    def put(self, token: str, held: Mapping[str, Any], now: float) -> None:
        """Keep what a tab holds now, in the place of what it held."""
        with self._lock:
            self._held.pop(token, None)
            self._held[token] = now, dict(held)
            old = [one for one, (at, _) in self._held.items() if now - at > HOURS * 3600]
            for one in [*old, *list(self._held)[: -MOST or None]]:
                self._held.pop(one, None)

    def get(self, token: str, now: float) -> Mapping[str, Any]:
        """What a tab held; nothing where that is not known, or too long ago."""
        with self._lock:
            at, held = self._held.get(token, (now, {}))
            return held if now - at <= HOURS * 3600 else {}


@st.cache_resource(show_spinner=False)
def _remembered() -> Remembered:
    return Remembered()


def remember(prefixes: Iterable[str]) -> None:
    """Keep what this session holds under keys that begin so; after a reload, give back what the tab held before.

    To be called where a page has been drawn: what is given back is drawn in the next run.
    """
    wanted = tuple(prefixes)
    held = {str(key): value for key, value in st.session_state.items() if str(key).startswith(wanted)}
    token = str(st.session_state.get(_TOKEN, ""))
    if held and not token:
        token = st.session_state[_TOKEN] = secrets.token_urlsafe(24)
    if token:
        _remembered().put(token, held, time.monotonic())

    def hear() -> None:
        recall(getattr(st.session_state.get(_KEY), "told", None))

    part("shell", "tab_memory", before=when_drawn())(key=_KEY, data={"token": token}, on_told_change=hear)


def recall(told: object) -> None:
    """Give back what the tab held whose token the browser tells; what this session has got meanwhile stays."""
    if not isinstance(told, str) or not _SOUND.fullmatch(told) or st.session_state.get(_TOKEN):
        return
    held = _remembered().get(told, time.monotonic())
    for key, value in held.items():
        if key not in st.session_state:
            st.session_state[key] = value
    if held:  # a token that nobody gave out is nobody's
        st.session_state[_TOKEN] = told
