"""The form of the part that is worked on: a step, an edge, a lane or a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.components import components
from edgewise.explorer.pages.build.forms.conditions import condition
from edgewise.explorer.pages.build.forms.edges import edge_form, edge_label, edges_beside, new_edge
from edgewise.explorer.pages.build.forms.holder import Holder
from edgewise.explorer.pages.build.forms.items import items
from edgewise.explorer.pages.build.forms.lanes import lane_form
from edgewise.explorer.pages.build.forms.naming import called, edge_named
from edgewise.explorer.pages.build.forms.observables import Asking, observable_form
from edgewise.explorer.pages.build.forms.parts import part_form
from edgewise.explorer.pages.build.forms.removing import remove_button
from edgewise.explorer.pages.build.forms.steps import kind_of, step_form
from edgewise.graph.drafting.edits import Edit, Put
from edgewise.graph.drafting.entries import Entry

FROM = "build-drawing-from"
"""Where the session keeps the step from which an edge is being drawn by clicking the next one."""


def part_pane(found: Desk) -> bool:
    """Draw the form of the part that the address names; whether there is one."""
    entry = found.entries.get(found.at) if found.at else None
    draw = _FORMS.get(entry.section) if entry else None
    if entry is None or draw is None or entry.within:
        return False
    what, form = draw
    with st.container(key="ew-build-part", border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            name = edge_named(found, entry) if entry.section == "transitions" else called(entry)
            st.html(markup.page(tag("p", what, cls="ew-over"), tag("h2", name), key="build-part"))
            st.button("Close", key="build-close", icon=":material/close:", on_click=desk.turn, args=("",))
        form(found, entry)
        remove_button(found, entry)
    return True


def _step(found: Desk, entry: Entry) -> None:
    step_form(found, entry)
    components(found, entry)
    _edges(found, entry)
    if kind_of(entry.data) != "Endpoint":
        _asking(found, entry)
    if kind_of(entry.data) != "Presentation":
        condition(Holder(found, entry.id, "contraindicatedBy", f"Step “{called(entry)}”"), part_form, "When it must not be done")


def _asking(found: Desk, entry: Entry) -> None:
    """A button, and once it was pressed the form of a new question: no window over the page, which a keyboard would not come to."""
    key, name = f"build-asks:{entry.id}", f"build-found-out:{entry.id}"
    asks = bool(st.session_state.get(key))
    told = "No new question" if asks else "A new question that it finds out"
    icon = ":material/close:" if asks else ":material/add:"
    st.button(told, key=name + ":open", icon=icon, on_click=_set, args=(key, not asks))
    if asks:
        with st.container(border=True, gap="small"):
            asking = Asking(also=lambda id: _yielded(entry, id), then=lambda _: _set(key, value=False))
            observable_form(found, None, name=name, asking=asking)


def _set(key: str, value: bool) -> None:
    st.session_state[key] = value


def _yielded(entry: Entry, id: str) -> list[Edit]:
    now = entry.data.get("yields", [])
    return [Put(entry.id, "yields", [*(now if isinstance(now, list) else [now] if now else []), id])]


def _edges(found: Desk, entry: Entry) -> None:
    leaving, entering = edges_beside(found, entry)
    for title, edges in (("Edges that lead on", leaving), ("Edges that lead here", entering)):
        if edges:
            st.html(markup.page(tag("h3", title), key=f"build-{title}"))
        for one in edges:
            st.button(
                edge_label(found, one),
                key=f"build-beside:{one.id}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=desk.turn,
                args=(one.id,),
            )
    new_edge(found, entry)
    waits = st.session_state.get(FROM) == entry.id
    told = "Click the step to which it leads, or press here to stop" if waits else "Draw an edge from here in the drawing"
    st.button(
        told,
        key="build-draw-from",
        type="tertiary",
        icon=":material/conversion_path:",
        on_click=_draw_from,
        args=("" if waits else entry.id,),
    )


def _draw_from(id: str) -> None:
    st.session_state[FROM] = id


def _edge(found: Desk, entry: Entry) -> None:
    with st.container(horizontal=True, gap="small"):
        for key, told in (("from", "From"), ("to", "To")):
            end = found.entries.get(str(entry.data.get(key, "")))
            if end:
                st.button(plain(f"{told}: {called(end)}"), key=f"build-end:{key}", type="tertiary", on_click=desk.turn, args=(end.id,))
    edge_form(found, entry)
    never = entry.data.get("role") == "excluded"
    condition(
        Holder(found, entry.id, "when", f"Edge {edge_named(found, entry)}"),
        part_form,
        "When it must not be done" if never else "When it may be taken",
    )


def _question(found: Desk, entry: Entry) -> None:
    observable_form(found, entry)
    if entry.data.get("valueType") == "score":
        items(found, entry)


_FORMS: Mapping[str, tuple[str, Callable[[Desk, Entry], None]]] = {
    "steps": ("Step", _step),
    "transitions": ("Edge", _edge),
    "phases": ("Lane", lane_form),
    "observables": ("Question", _question),
}
