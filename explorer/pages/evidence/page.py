"""The Evidence page: the reference list, what each entry carries, and what falls without it – drawn on the left, in words on the right.

Everything is in the address: the entries taken away, the statement, edge or step that is read, and the view. The drawing and the tables
mirror it; what can be pressed is native.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.listed_entries import labels
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.canvas import canvas, stage
from edgewise.explorer.drawing.scene import Click, Scene
from edgewise.explorer.pages.evidence.page_state import EvidenceState, select, take, view_of
from edgewise.explorer.pages.evidence.panels import evidence_views
from edgewise.explorer.pages.evidence.what_falls import in_short, marked, scene
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.known_notices import marks_of
from edgewise.explorer.shell.mirror import mirror, moved

HEIGHT = 580
"""Of the drawing with its legend, in pixels: what a screen of 1280 × 720 leaves below the frame and the entries."""
IN_A_ROW = 12
"""So many entries can be picked from a row of buttons; more from a list with a search."""


def evidence_page() -> None:
    """Draw the page."""
    view, problems = view_of(frame.here())
    frame.complain(problems)
    drawn = scene(view.guideline, view.loss) if view.loss.impact.references else view.opened.scene
    stage(drawn, key="evidence-canvas")
    left, right = st.columns([3, 2], gap="small")
    with left, st.container(key="ew-drawing", gap="small"):
        if view.entries:
            _pick(view)
            st.html(markup.page(in_short(view.loss), key="falls"))
        _canvas(view, drawn)
    with right, st.container(key="ew-panel", gap="small"):
        evidence_views(view)


def _pick(view: EvidenceState) -> None:
    """The entries, to be taken away by a click or by keyboard."""
    with st.container(key="ew-picking", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(markup.page(tag("span", "Take away", cls="ew-over")), width="content")
        mirror("weighing:taken", list(view.weighing.taken))
        if len(view.entries) <= IN_A_ROW:
            _row_of_buttons(labels(view.entries.values()))
        else:
            _list_with_search(labels(view.entries.values(), titles=True))
        fell = view.known.fallen
        if fell and not view.taken.issuperset(fell):
            told = f"Take away what was retracted ({len(fell)})"
            st.button(told, icon=":material/block:", key="take-retracted", type="tertiary", on_click=take, args=(fell,))
        if view.taken:
            st.button("Put back", icon=":material/undo:", key="put-back", type="tertiary", on_click=take, args=((),))


def _row_of_buttons(names: Mapping[str, str]) -> None:
    st.pills(
        "Entries to take away",
        list(names),
        selection_mode="multi",
        format_func=lambda id: plain(names[id]),
        key="weighing:taken",
        label_visibility="collapsed",
        on_change=_taken,
    )


def _list_with_search(names: Mapping[str, str]) -> None:
    st.multiselect(
        "Entries to take away",
        list(names),
        format_func=names.__getitem__,
        key="weighing:taken",
        placeholder="Entries to take away",
        label_visibility="collapsed",
        on_change=_taken,
    )


def _taken() -> None:
    if moved("weighing:taken"):
        take(tuple(st.session_state["weighing:taken"]))


def _canvas(view: EvidenceState, drawn: Scene) -> None:
    hidden_key = f"hidden:{view.opened.name}"

    def hear(click: Click) -> None:
        if click.kind == "legend":
            st.session_state[hidden_key] = set(st.session_state.get(hidden_key, ())) ^ {click.id}
        else:
            select(click.id)

    canvas(
        drawn,
        selected=view.selected or None,
        walk=marked(view.guideline, view.loss),
        hidden_states=st.session_state.get(hidden_key, ()),
        notices=marks_of(view.guideline),
        key="evidence-canvas",
        height=HEIGHT,
        around=720 - HEIGHT,
        on_click=hear,
    )
