"""The pathway as it grows: drawn, or as a list in which all of it can be done too; the questions; what the guideline is."""

from __future__ import annotations

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.drawn_pane import drawn
from edgewise.explorer.pages.build.forms.edges import edge_label, edges_beside
from edgewise.explorer.pages.build.forms.head import head_form
from edgewise.explorer.pages.build.forms.lanes import in_order, move, new_lane
from edgewise.explorer.pages.build.forms.naming import called
from edgewise.explorer.pages.build.forms.observables import ANSWERS, observable_form
from edgewise.explorer.pages.build.forms.steps import new_step
from edgewise.explorer.pages.build.part_pane import part_pane
from edgewise.graph.drafting.entries import Entry

VIEW = "build-view"
"""Which of the views is open: a key of `VIEWS`."""
_LED = "build-led"
VIEWS = {"drawing": "Drawing", "list": "List", "questions": "Questions", "about": "About the guideline"}

_WRITTEN_IN = {"steps": "drawing", "transitions": "drawing", "phases": "list", "statements": "drawing"}
"""The view in which the first entry of a list is written; what is no list stands in what the guideline is."""


def pathway_pane(found: Desk) -> None:
    """Draw the view that is open, and below it the form of the part that is worked on."""
    if not found.entries:
        st.html(markup.page(tag("p", "The file cannot be read as it stands: undo the last change.", cls="ew-quiet"), key="build-unread"))
        return
    _lead(found)
    with st.container(key="ew-build-middle", gap="small"):
        st.segmented_control("View of the guideline", list(VIEWS), key=VIEW, format_func=VIEWS.__getitem__, label_visibility="collapsed")
        _SHOW[st.session_state[VIEW] or "drawing"](found)


def _lead(found: Desk) -> None:
    """Open the view in which that can be seen to which the address points since a moment."""
    where, before = (found.at, st.query_params.get("field", "")), st.session_state.get(_LED)
    st.session_state[_LED] = where
    if st.session_state.get(VIEW) not in VIEWS:
        st.session_state[VIEW] = "drawing"
    if where == before:
        return
    if not found.at and where[1]:
        st.session_state[VIEW] = _WRITTEN_IN.get(where[1], "about")
    elif found.at and st.session_state[VIEW] == "about":
        st.session_state[VIEW] = "drawing"


def _drawing(found: Desk) -> None:
    drawn(found)
    if not part_pane(found):
        new_step(found)


def _list(found: Desk) -> None:
    part_pane(found)
    lanes = in_order(found.section("phases"))
    steps = found.section("steps")
    for lane in lanes:
        _lane(found, lane, [one for one in steps if one.data.get("phase") == lane.id], lane is lanes[0], lane is lanes[-1])
    known = {one.id for one in lanes}
    if loose := [one for one in steps if one.data.get("phase") not in known]:
        st.html(markup.page(tag("h3", "No lane yet"), key="build-loose"))
        for one in loose:
            _step(found, one)
    new_step(found)
    new_lane(found)


def _lane(found: Desk, lane: Entry, steps: list[Entry], first: bool, last: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(markup.page(tag("h3", called(lane)), key=f"build-lane-{lane.id}"))
        name = plain(called(lane))
        st.button(f"Change {name}", key=f"build-to:{lane.id}", type="tertiary", on_click=desk.turn, args=(lane.id,))
        st.button(f"Move {name} up", key=f"build-up:{lane.id}", type="tertiary", disabled=first, on_click=move, args=(found, lane, -1))
        st.button(f"Move {name} down", key=f"build-down:{lane.id}", type="tertiary", disabled=last, on_click=move, args=(found, lane, 1))
    for one in steps:
        _step(found, one)


def _step(found: Desk, entry: Entry) -> None:
    st.button(plain(called(entry)), key=f"build-to:{entry.id}", type="tertiary", on_click=desk.turn, args=(entry.id,))
    for one in edges_beside(found, entry)[0]:
        icon = ":material/subdirectory_arrow_right:"
        st.button(edge_label(found, one), key=f"build-to:{one.id}", type="tertiary", icon=icon, on_click=desk.turn, args=(one.id,))


def _questions(found: Desk) -> None:
    part_pane(found)
    for one in found.section("observables"):
        kind = ANSWERS.get(str(one.data.get("valueType")), "")
        told = plain(f"{called(one)}: {one.data.get('question') or 'no question yet'} ({kind.lower()})")
        st.button(told, key=f"build-to:{one.id}", type="tertiary", on_click=desk.turn, args=(one.id,))
    with st.expander("A new question", expanded=not found.section("observables")):
        observable_form(found, None, name="build-new-question")


def _about(found: Desk) -> None:
    head_form(found)


_SHOW = {"drawing": _drawing, "list": _list, "questions": _questions, "about": _about}
