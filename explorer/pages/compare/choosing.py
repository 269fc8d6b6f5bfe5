"""With what the guideline in hand is compared: another one, found in a list or by its words, or an earlier version of its own file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.compare import versions
from edgewise.explorer.pages.compare.address import Asked
from edgewise.explorer.shell import guidelines, search_index
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.fulltext.index import Within

_MOST = 8
"""Guidelines that a search offers."""
Say = Callable[[Asked], None]
Read = Callable[[], Asked]


def choose(name: str, asked: Asked, read: Read, say: Say, swap: Callable[[], None]) -> None:
    """Draw the choice.

    Args:
        name: of the guideline in hand.
        asked: what the address says.
        read: reads the address afresh, when something was pressed.
        say: writes it.
        swap: takes the second for the first.
    """
    with st.container(key="ew-choice", horizontal=True, vertical_alignment="bottom", gap="small"):
        if guidelines.count() <= guidelines.FEW:
            _from_list(name, asked, read, say)
        else:
            _by_words(asked, read, say)
        if versions.has_history(name):
            mirror("compare-rev", asked.revision)
            st.text_input(
                "…or an earlier version, in git",
                key="compare-rev",
                max_chars=200,
                placeholder="HEAD~1, a tag, a commit",
                icon=":material/history:",
                on_change=_told,
                args=("compare-rev", "revision", read, say),
            )
        if asked.other or asked.revision:
            st.button("Swap A and B", key="compare-swap", icon=":material/swap_horiz:", on_click=swap)
    if asked.find and guidelines.count() > guidelines.FEW:
        _found(name, asked, read, say)


def _from_list(name: str, asked: Asked, read: Read, say: Say) -> None:
    known = [one for one in guidelines.names() if one != name]
    picked = guidelines.called(asked.other) if asked.other else ""
    options = [*known, *([picked] if picked and picked not in known else [])]
    told = {one: plain(clean(title)) for one, title in guidelines.titles([name, *options]).items()}
    mirror("compare-with", picked or None)
    st.selectbox(
        "Compare it with",
        options,
        key="compare-with",
        format_func=told.__getitem__,
        placeholder="Choose a guideline",
        on_change=_told,
        args=("compare-with", "other", read, say),
    )


def _by_words(asked: Asked, read: Read, say: Say) -> None:
    mirror("compare-find", asked.find)
    st.text_input(
        "Compare it with",
        key="compare-find",
        max_chars=200,
        placeholder=f"Search {guidelines.count():,} guidelines by title or id",
        icon=":material/search:",
        on_change=_told,
        args=("compare-find", "find", read, say),
    )


def _told(key: str, field: str, read: Read, say: Say) -> None:
    """What was chosen or typed, into the address; corrections are of two guidelines, and end with them."""
    if not moved(key):
        return
    value, now = (st.session_state[key] or "").strip(), read()
    if field == "find":
        say(replace(now, find=value))
    else:
        say(Asked(value if field == "other" else "", value if field == "revision" else "", beside=now.beside))


def _found(name: str, asked: Asked, read: Read, say: Say) -> None:
    """Guidelines that a search finds, each to be pressed."""
    hits = _search(asked.find)
    shown = [one for one in hits if one[0] != name][:_MOST]
    st.html(page(tag("p", f"{len(shown)} found." if shown else "Nothing was found.", role="status", cls="ew-quiet"), key="compare-found"))
    with st.container(key="ew-compare-hits", horizontal=True, gap="small"):
        for id, title in shown:
            st.button(plain(clean(title)), key=f"compare-hit:{id}", on_click=_pick, args=(id, read, say))


def _search(words: str) -> list[tuple[str, str]]:
    """Name and title of what is called so: by its id, then what the session or the start of the explorer holds, then by the full text."""
    exact = guidelines.called(words)
    known = guidelines.titles(dict.fromkeys((*([exact] if exact else []), *guidelines.names())))
    found = {name: title for name, title in known.items() if name == exact or words.casefold() in f"{name} {title}".casefold()}
    kept = search_index.kept()
    for hit in kept.index.search(words, Within(kinds=("guideline",)), limit=_MOST + 1).hits:
        found.setdefault(hit.guideline, hit.title)
    return list(found.items())


def _pick(id: str, read: Read, say: Say) -> None:
    say(Asked(id, beside=read().beside))
