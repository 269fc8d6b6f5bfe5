"""*Hand out* on the Teach page: the pathway on paper and as one file that opens without network; with a look at the page before.

Paper and patient stand in the address (``paper=letter``, ``patient=shown``).
Files are made when they are asked for, and kept while the guideline stays the same.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.handout.paper import Paper
from edgewise.explorer.shell.frame import Here, go, here
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.visits import Timeline

if TYPE_CHECKING:
    from edgewise.explorer.handout.sheet import Page

_PAPER, _WITH = "handout:paper", "handout:patient"
_KEPT = 12  # files that are kept: three kinds of a few guidelines, on two papers


def hand_out(view: Here) -> None:
    """Draw the mode."""
    paper, with_patient = _paper(view), bool(view.location.own.get("patient"))
    facts = view.location.facts if with_patient else {}
    timeline = view.location.timeline if with_patient else None
    left, right = st.columns([0.32, 0.68], gap="small")
    with left, st.container(key="ew-handout-files", gap="small"):
        _choose(paper)
        _patient(view)
        _files(view.guideline, paper, facts, timeline)
    with right, st.container(key="ew-handout-page", gap="small"):
        _look(view.guideline, paper, facts, timeline)


def _paper(view: Here) -> Paper:
    wanted = view.location.own.get("paper", "")
    return Paper(wanted) if wanted in list(Paper) else Paper.a4


def _choose(paper: Paper) -> None:
    lead = "The whole pathway with its criteria, its evidence and what the source leaves open: on paper, or as one file."
    st.html(page(tag("h1", "Hand out"), tag("p", lead, cls="ew-lede")))
    mirror(_PAPER, paper)
    st.segmented_control("Paper", list(Paper), format_func=lambda paper: paper.called, key=_PAPER, required=True, on_change=_turn)


def _turn() -> None:
    if moved(_PAPER):
        location = here().location
        chosen = st.session_state[_PAPER]
        own = {key: value for key, value in location.own.items() if key != "paper"}
        go(replace(location, own=own if chosen == Paper.a4 else {**own, "paper": chosen or ""}))


def _patient(view: Here) -> None:
    """Whether the patient of the walk stands on the page; nothing to choose where nothing is told of one."""
    if view.location.facts:
        mirror(_WITH, bool(view.location.own.get("patient")))
        st.checkbox("With the patient of the walk", key=_WITH, on_change=_take_along)


def _take_along() -> None:
    if moved(_WITH):
        location = here().location
        own = {key: value for key, value in location.own.items() if key != "patient"}
        go(replace(location, own={**own, "patient": "shown"} if st.session_state[_WITH] else own))


def _files(guideline: Guideline, paper: Paper, facts: Facts, timeline: Timeline | None) -> None:
    stem = f"{guideline.id}-{paper}{'-patient' if facts else ''}"
    told = "To print and pin up. Legible without colour."
    _offer("PDF", f"{stem}.pdf", "application/pdf", lambda: _page(guideline, paper, facts, timeline).pdf(), told)
    _offer(
        "SVG",
        f"{stem}.svg",
        "image/svg+xml",
        lambda: _page(guideline, paper, facts, timeline).svg().encode(),
        "The same page as a picture.",
    )
    told = "Opens from a memory stick, without network: click through the pathway and its evidence. The same for every paper and patient."
    _offer("HTML", f"{guideline.id}.html", "text/html", lambda: _html(guideline).encode(), told)
    _slides(guideline)


def _slides(guideline: Guideline) -> None:
    from edgewise.explorer.handout.slide import slide_png, slide_svg

    stem, told = f"{guideline.id}-slide", "The drawing alone, 16 : 9: its text stays text."
    _offer("Slide", f"{stem}.svg", "image/svg+xml", lambda: slide_svg(guideline).encode(), told)
    _offer("PNG", f"{stem}.png", "image/png", lambda: slide_png(guideline), "The slide as a picture, 1920 × 1080 pixels.")


def _offer(name: str, file: str, kind: str, make: Callable[[], bytes], told: str) -> None:
    with st.container(key=f"ew-handout-{name.lower()}", gap="xsmall"):
        icon = ":material/download:"
        st.download_button(f"Download {name}", make, file, kind, key=f"handout:{name}", on_click="ignore", icon=icon, width="stretch")
        st.html(page(tag("p", told, cls="ew-quiet")))


def _look(guideline: Guideline, paper: Paper, facts: Facts, timeline: Timeline | None) -> None:
    """The pages as pictures, as they will be printed."""
    pictures = _pictures(guideline, paper, facts, timeline)
    for number, picture in enumerate(pictures, 1):
        told = f"{guideline.title}, {paper.called}" + (f", page {number} of {len(pictures)}" if len(pictures) > 1 else "")
        source = "data:image/png;base64," + b64encode(picture).decode()
        shown = tag("img", src=source, alt=f"{told}, as it will be printed. The HTML file says the same in words.")
        st.html(page(tag("figure", shown, tag("figcaption", told, cls="ew-quiet"))))


def _content(guideline: Guideline) -> str:
    """What a guideline says, in short: the key under which its files are kept."""
    return hashlib.sha256(repr(guideline).encode("utf-8", "backslashreplace")).hexdigest()


@st.cache_resource(show_spinner="Setting the page …", max_entries=_KEPT, hash_funcs={Guideline: _content, Decimal: str, Timeline: repr})
def _page(guideline: Guideline, paper: Paper, facts: Facts, timeline: Timeline | None) -> Page:
    from edgewise.explorer.handout.sheet import typeset

    return typeset(guideline, paper, facts, timeline)


@st.cache_data(show_spinner="Setting the page …", max_entries=_KEPT, hash_funcs={Guideline: _content, Decimal: str, Timeline: repr})
def _pictures(guideline: Guideline, paper: Paper, facts: Facts, timeline: Timeline | None) -> tuple[bytes, ...]:
    return _page(guideline, paper, facts, timeline).pictures()


@st.cache_data(show_spinner=False, max_entries=_KEPT, hash_funcs={Guideline: _content})
def _html(guideline: Guideline) -> str:
    from edgewise.explorer.handout.html.document import standalone

    return standalone(guideline)
