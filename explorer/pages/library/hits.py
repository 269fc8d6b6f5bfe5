"""What a search found, each leading to the very step, edge, statement, reference or term."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import cut_words, plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.shell.location import Location
from edgewise.graph.fulltext.index import Found, Hit

_SHOWN = 160
"""Characters of a passage that are shown."""


def told(found: Found, begin: int, page: int) -> str:
    """How much was found, and how.

    >>> told(Found(total=1, kinds={"step": 1}), 0, 24)
    '1 found: 1 step.'
    >>> told(Found(total=30, kinds={"step": 30}, misspelt=("ancle",)), 24, 24)
    '25 to 30 of 30 found: 30 steps. Nothing has “ancle”: words like it were looked for.'
    >>> told(Found(total=1, kinds={"step": 1, "edge": 2}), 0, 24)
    '1 found; of all kinds: 1 step, 2 edges.'
    >>> told(Found(), 0, 24)
    'Nothing was found.'
    """
    if not found.total:
        return "Nothing was found."
    counted = ", ".join(many(count, kind) for kind, count in found.kinds.items())
    where = f"{begin + 1} to {min(begin + page, found.total)} of " if begin or found.total > page else ""
    between = ": " if sum(found.kinds.values()) == found.total else "; of all kinds: "
    said = [f"{where}{found.total} found{between}{counted}."]
    if found.partly:
        said.append("Nothing has all the words; this has some of them.")
    if found.misspelt:
        said.append(f"Nothing has {', '.join(f'“{word}”' for word in found.misspelt)}: words like it were looked for.")
    return " ".join(said)


def where(hit: Hit) -> Location:
    """Where a hit leads.

    >>> where(Hit("g", "Hips", "passage", "s1", "Rest.")).own
    {'statement': 's1'}
    """
    if hit.kind in ("step", "edge"):
        return Location(hit.guideline, selected=hit.id)
    if hit.kind == "passage":
        return Location(hit.guideline, page="evidence", own={"statement": hit.id})
    if hit.kind == "reference":
        return Location(hit.guideline, page="evidence", own={"ref": hit.id})
    return Location(hit.guideline, own={"find": hit.shown} if hit.kind == "term" else {})


def show(hits: Sequence[Hit], go: Callable[[Location], None]) -> None:
    """A row for each: what it is, and in which guideline."""
    with st.container(key="ew-hits", gap=None):
        for number, hit in enumerate(hits):
            said = plain(cut_words(clean(hit.shown), _SHOWN))
            beside = hit.kind if hit.kind == "guideline" else f"{hit.kind} of {clean(hit.title)}"
            st.button(f"**{said}** *{plain(beside)}*", key=f"hit:{number}", type="tertiary", on_click=go, args=(where(hit),))
