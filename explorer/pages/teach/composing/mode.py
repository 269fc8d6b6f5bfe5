"""*Set a case* on the Teach page: an educator writes a patient in stages, the guideline answers, and a link carries the whole away.

The draft lies on a desk in the session (`composing.session_drafts`), one for each guideline, and is kept in the browser's tab
(`composing.draft_in_tab`); the address holds a case only where one was given out. Widgets mirror the draft as they mirror the address
elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import streamlit as st

from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.teach.case_link import decode
from edgewise.explorer.pages.teach.cases import shelf
from edgewise.explorer.pages.teach.composing.case_outputs import give
from edgewise.explorer.pages.teach.composing.check import judged
from edgewise.explorer.pages.teach.composing.draft import Draft, case_of, draft_of, staged
from edgewise.explorer.pages.teach.composing.draft_in_tab import keep
from edgewise.explorer.pages.teach.composing.session_drafts import desk, edit, fit, undo
from edgewise.explorer.pages.teach.composing.stage import stages
from edgewise.explorer.shell.frame import Here, complain, here
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.cases.form import LONGEST
from edgewise.graph.cases.model import Case
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import EdgewiseError

_BLANK, _PATIENT, _CASE, _UNDO = "blank", "patient", "case:", "set:undo"


def compose(view: Here) -> None:
    """Draw the mode."""
    guideline, name = view.guideline, view.opened.name
    if lost := list(fit(name, guideline)):
        complain([f"The guideline was changed meanwhile. It no longer knows, and the draft has lost: {', '.join(lost)}."])
    _take_up(view)
    cases = shelf(view).cases
    case, remarks = judged(case_of(desk(name).draft, guideline, cases), guideline)
    with st.container(key="ew-set", gap="small"):
        _top(view, {f"{_CASE}{id}": one.title for id, one in cases.items()})
        _story(name)
        stages(guideline, name, remarks)
        give(guideline, name, case, remarks, cases)
    keep(view)


def _take_up(view: Here) -> None:
    """Lay the case that the address carries on the desk, once; what lay there can be had back by Undo."""
    link, found = view.location.own.get("set", ""), desk(view.opened.name)
    if not link or link == found.link:
        return
    found.link = link
    case = _opened(link, view.guideline)
    if case and case_of(draft_of(case), view.guideline) != case_of(found.draft, view.guideline):
        edit(view.opened.name, lambda _: draft_of(case))


def _opened(link: str, guideline: Guideline) -> Case | None:
    """The case in a link, also one of another edition, with a word on what is wrong."""
    try:
        return decode(link, guideline)
    except EdgewiseError as error:
        complain([str(error)])
    try:
        return decode(link, guideline, any_edition=True)
    except EdgewiseError:
        return None


def _top(view: Here, cases: Mapping[str, str]) -> None:
    name = view.opened.name
    with st.container(key="ew-set-start", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(page(tag("h1", "Set a case")))
        _begin_with(view, cases)
        st.button("Undo", icon=":material/undo:", key=_UNDO, type="tertiary", disabled=not desk(name).before, on_click=undo, args=(name,))


def _begin_with(view: Here, cases: Mapping[str, str]) -> None:
    known = {_BLANK: "a blank page"}
    if view.location.facts:
        known[_PATIENT] = "the patient on the Pathway page"
    known |= {key: clean(title) for key, title in cases.items()}
    mirror("set:begin", None)
    st.selectbox(
        "Begin with",
        list(known),
        index=None,
        format_func=known.__getitem__,
        key="set:begin",
        placeholder="Begin with …",
        label_visibility="collapsed",
        on_change=_begin,
    )


def _begin() -> None:
    if not moved("set:begin"):
        return
    view, chosen = here(), str(st.session_state["set:begin"])
    drafted = _beginning(view, chosen)
    if drafted:
        edit(view.opened.name, lambda _: drafted)


def _beginning(view: Here, chosen: str) -> Draft | None:
    if chosen == _BLANK:
        return Draft()
    if chosen == _PATIENT:
        return staged(view.guideline, view.location.facts)
    case = shelf(view).cases.get(chosen.removeprefix(_CASE))
    return draft_of(case) if case else None


def _story(name: str) -> None:
    draft = desk(name).draft
    title, vignette = f"set:title:{name}", f"set:vignette:{name}"
    left, right = st.columns([4, 7], gap="medium")
    mirror(title, draft.title)
    left.text_input(
        "Title", key=title, max_chars=LONGEST["title"], placeholder="Gives no answer away", on_change=_tell, args=(name, "title")
    )
    mirror(vignette, draft.vignette)
    right.text_area(
        "Vignette",
        key=vignette,
        max_chars=LONGEST["vignette"],
        height=84,
        placeholder="Who, what hurts, what has been done: two to four sentences",
        on_change=_tell,
        args=(name, "vignette"),
    )


def _tell(name: str, part: Literal["title", "vignette"]) -> None:
    key = f"set:{part}:{name}"
    if moved(key):
        told: str = st.session_state[key] or ""
        edit(name, lambda draft: replace(draft, title=told) if part == "title" else replace(draft, vignette=told))
