"""The Library page: what there is, found by its words down to step and statement; and a file of one's own, looked at on the spot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import REVIEW, plain, review_in_words
from edgewise.explorer.pages.library import address, cards, dropping, hits, retraction
from edgewise.explorer.pages.library.address import ANY, Looking
from edgewise.explorer.pages.library.cards import Card
from edgewise.explorer.shell import dropped, frame, guidelines, search_index
from edgewise.explorer.shell.location import Location
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.fulltext.index import KINDS
from edgewise.graph.stores.addresses import DEFAULT
from edgewise.graph.stores.entry import Entry
from edgewise.ontology.errors import EdgewiseError

PAGE = 24
"""Guidelines, or things found, on one page."""


def page() -> None:
    """Draw the page for what the address looks for."""
    looking = address.read(st.query_params)
    with st.container(key="ew-library", gap="small"):
        st.html(markup.page(tag("h1", "Library"), tag("p", _told(), cls="ew-quiet"), key="library"))
        _controls(looking)
        try:
            if looking.paper:
                retraction.show(looking, _go)
            elif looking.asked:
                _found(looking)
            else:
                _shelf(looking)
        except EdgewiseError as error:
            frame.complain([f"The library cannot be read: {error}"])
        dropping.ask(_choose)


def _told() -> str:
    try:
        store = guidelines.library()
        held = len(store)
        told = [f"{many(held, 'guideline')}: {_where(store.url)}", *_files(store.being_read(), store.left_out())]
    except EdgewiseError:
        return ""
    return ". ".join(told)


def _files(read: tuple[int, int], left_out: tuple[int, int]) -> Iterable[str]:
    """What there is to say of files that are not among the guidelines.

    >>> list(_files((3, 40), (1, 2)))
    ['Files that are new are still being read: 3 of 40', "1 file cannot be used, 2 files bear an id that another bears: 'edgewise list' \
says why"]
    """
    if read[1]:
        yield f"Files that are new are still being read: {read[0]} of {read[1]}"
    said = zip(left_out, ("cannot be used", "bear an id that another bears"), strict=True)
    if told := [f"{many(count, 'file')} {what}" for count, what in said if count]:
        yield f"{', '.join(told)}: 'edgewise list' says why"


def _where(url: str) -> str:
    """A library as readers may know it: not where on this machine, or behind which path of a server, it lies.

    >>> _where("edgewise:"), _where("oxigraph:/srv/hips"), _where("https://data.example/org/sparql"), _where("/home/ann/hips")
    ('those that come with Edgewise and your own', 'hips', 'data.example', 'hips')
    """
    if url == DEFAULT:
        return "those that come with Edgewise and your own"
    if url.startswith(("http://", "https://")):
        return urlsplit(url).hostname or ""
    return PurePath(url.removeprefix("oxigraph:")).name


# What is looked for --------------------------------------------------------------------------------------------------------


def _controls(looking: Looking) -> None:
    with st.container(key="ew-looking", horizontal=True, vertical_alignment="bottom", gap="small"):
        mirror("library-q", looking.asked)
        st.text_input(
            "Search",
            key="library-q",
            max_chars=200,
            placeholder="Titles, steps, statements, references",
            icon=":material/search:",
            on_change=_ask,
            args=("library-q", "asked"),
        )
        with st.popover("Narrow", icon=":material/filter_alt:"):
            _choices("Review", "library-review", "review", REVIEW, looking.review, review_in_words)
            mirror("library-since", looking.since)
            year: Any = {"min_value": 1900, "max_value": 2100, "step": 1}
            st.number_input("Updated in or after", key="library-since", on_change=_ask, args=("library-since", "since"), **year)
            if looking.asked:
                _choices("What is found", "library-kinds", "kinds", KINDS, looking.kinds, lambda kind: f"{kind}s")
        if not looking.paper:
            kind: Any = {"icon": ":material/link_off:", "help": "What rests on a paper, and what falls with it if it is retracted"}
            st.button("If a paper falls", key="library-papers", on_click=_go, args=(Looking(paper=ANY),), **kind)
    narrowed = list(_narrowing(looking))
    if narrowed:
        told = tag("span", f"Only {'; '.join(narrowed)}.", cls="ew-quiet")
        with st.container(key="ew-narrowed", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(markup.page(told), width="content")
            st.button("Show all", key="library-all", type="tertiary", on_click=_go, args=(Looking(looking.asked),))


def _choices(label: str, key: str, field: str, options: Iterable[str], picked: tuple[str, ...], told: Any) -> None:
    mirror(key, list(picked))
    st.pills(label, list(options), selection_mode="multi", key=key, format_func=told, on_change=_ask, args=(key, field))


def _narrowing(looking: Looking) -> Iterable[str]:
    if looking.review:
        yield " or ".join(map(review_in_words, looking.review))
    if looking.since is not None:
        yield f"updated in {looking.since} or later"
    if looking.kinds and looking.asked:
        yield ", ".join(f"{kind}s" for kind in looking.kinds)


def _ask(key: str, field: str) -> None:
    if moved(key):
        value = st.session_state[key]
        given: Any = tuple(value) if isinstance(value, list) else " ".join(value.split()) if isinstance(value, str) else value
        _go(replace(address.read(st.query_params), begin=0, after="", paper="", **{field: given}))


def _go(looking: Looking) -> None:
    kept = {"g": st.query_params.get("g", "")}
    st.query_params.from_dict({"page": "library", **{key: value for key, value in kept.items() if value}, **address.own(looking)})


# Guidelines as cards -------------------------------------------------------------------------------------------------------


def _shelf(looking: Looking) -> None:
    own = list(_own()) if looking == Looking() else []
    listed, more = _page_of(looking)
    cards.show([*own, *map(_card, listed)], guidelines.loaded, _choose)
    if not (own or listed):
        st.info(
            "No guideline is like this." if looking != Looking() else "This library holds no guideline yet: open a file of your own below."
        )
    narrowed = bool(looking.review) or looking.since is not None
    following = replace(looking, begin=looking.begin + PAGE) if narrowed else replace(looking, after=listed[-1].id if listed else "")
    _leaf(looking, following if more else None)


def _own() -> Iterable[Card]:
    """Cards of what this session was given, and of what the explorer was started with."""
    remarks = dict.fromkeys(dropped.held(), "dropped in: this session alone") | dict.fromkeys(guidelines.begun(), "opened from a file")
    for name, remark in remarks.items():
        try:
            found = guidelines.loaded(name)
        except EdgewiseError:
            continue  # the page of that guideline tells why
        made = found.guideline
        words = (made.title, made.question, made.publisher, made.updated, made.review_status)
        yield Card(name, *words, found.digest, _counts(len(made.steps), len(made.transitions), len(made.references)), remark)


def _page_of(looking: Looking) -> tuple[list[Entry], bool]:
    """The guidelines on this page, and whether there are more."""
    store = guidelines.library()
    if looking.review or looking.since is not None:
        within = replace(looking.within, kinds=("guideline",))
        found = search_index.kept().index.search("", within, limit=PAGE, offset=looking.begin)
        return [store.entry(hit.guideline) for hit in found.hits], found.total > looking.begin + PAGE
    listed = store.entries(after=looking.after, limit=PAGE + 1)
    return list(listed[:PAGE]), len(listed) > PAGE


def _card(entry: Entry) -> Card:
    words = (entry.title, entry.question, entry.publisher, entry.updated, entry.review_status)
    return Card(entry.id, *words, entry.digest, _counts(entry.steps, entry.edges, entry.references))


def _counts(steps: int, edges: int, references: int) -> tuple[str, ...]:
    named = (("step", steps), ("edge", edges), ("reference", references))
    return tuple(many(count, name) for name, count in named)


def _choose(name: str) -> None:
    """Open a guideline on its pathway."""
    frame.go(Location(name))


def _leaf(looking: Looking, following: Looking | None) -> None:
    """To the next page, where there is one, and back to the first."""
    begun = bool(looking.begin or looking.after)
    if not (following or begun):
        return
    with st.container(key="ew-leaf", horizontal=True, gap="small"):
        if begun:
            st.button("First page", key="library-first", on_click=_go, args=(replace(looking, begin=0, after=""),))
        if following:
            st.button("Next page", key="library-next", on_click=_go, args=(following,))


# What was found -------------------------------------------------------------------------------------------------------------


def _found(looking: Looking) -> None:
    kept = search_index.kept()
    if kept.busy:
        st.info(f"The library is still being read for the search: {kept.done} of {kept.all} guidelines. What is found so far:")
    elif kept.problem:
        st.warning(plain(f"The search may miss what is new: {kept.problem}"))
    found = kept.index.search(looking.asked, looking.within, limit=PAGE, offset=looking.begin)
    st.html(markup.page(tag("p", hits.told(found, looking.begin, PAGE), role="status"), key="found"))
    hits.show(found.hits, frame.go)
    _leaf(looking, replace(looking, begin=looking.begin + PAGE) if found.total > looking.begin + PAGE else None)
