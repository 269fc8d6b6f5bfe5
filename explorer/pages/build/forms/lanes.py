"""Lanes: named, moved up and down, added and taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.fields import Fields, absolve, blame, show_fault, typed
from edgewise.explorer.pages.build.forms.naming import called, free_id
from edgewise.explorer.pages.build.forms.submitting import edits_of, submit
from edgewise.graph.drafting.edits import Add, Edit, Put
from edgewise.graph.drafting.entries import Entry


def in_order(lanes: Sequence[Entry]) -> list[Entry]:
    """Lanes from top to bottom, as the drawing has them."""
    return sorted(lanes, key=lambda one: _order(one.data.get("order")))


def _order(written: object) -> int:
    return int(written) if isinstance(written, str) and written.lstrip("-").isdigit() and len(written) < 10 else 9999


def exchanged(lanes: Sequence[Entry], id: str, by: int) -> list[Edit]:
    """The edits that move a lane up or down by one: the lanes are numbered anew where they have to be.

    >>> lanes = [Entry(id, "phases", {"id": id, "order": str(n)}, 1) for n, id in enumerate("abc", 1)]
    >>> exchanged(lanes, "a", 1)
    [Put(at='b', key='order', value=1), Put(at='a', key='order', value=2)]
    >>> exchanged(lanes, "a", -1)
    []
    """
    ids = [one.id for one in lanes]
    place = ids.index(id)
    if not 0 <= place + by < len(ids):
        return []
    ids[place], ids[place + by] = ids[place + by], ids[place]
    now = {one.id: one.data.get("order") for one in lanes}
    return [Put(one, "order", number) for number, one in enumerate(ids, 1) if now[one] != str(number)]


def lane_form(found: Desk, entry: Entry) -> None:
    """Draw the form of a lane, with the buttons that move it."""
    name = f"build-lane:{entry.id}"
    fields = Fields(name, entry.data)
    lanes = in_order(found.section("phases"))
    place = [one.id for one in lanes].index(entry.id)
    with st.form(name + ":form", border=False):
        fields.text("Name of the lane", "label", most=80)
        with st.expander("More"):
            fields.text("Name in links and cases (id)", "id", most=60)
        show_fault(name)
        st.form_submit_button("Keep the lane", type="primary", on_click=_keep, args=(found, entry, name, fields.keys))
    with st.container(horizontal=True, gap="small"):
        for by, told, icon, off in ((-1, "Up", "upward", place == 0), (1, "Down", "downward", place == len(lanes) - 1)):
            key = f"{name}:{told}"
            st.button(told, key=key, icon=f":material/arrow_{icon}:", disabled=off, on_click=move, args=(found, entry, by))


def move(found: Desk, entry: Entry, by: int) -> None:
    """Move a lane up (-1) or down (1)."""
    edits = exchanged(in_order(found.section("phases")), entry.id, by)
    submit(found, f"build-lane:{entry.id}", edits, f"Lane “{called(entry)}” moved {'down' if by > 0 else 'up'}")


def _keep(found: Desk, entry: Entry, form: str, keys: Mapping[str, str]) -> None:
    wanted = typed(keys)
    submit(found, form, edits_of(entry.id, entry.data, wanted), f"Lane “{called(entry)}” renamed", at=wanted.get("id"))


def new_lane(found: Desk) -> None:
    """Draw the form by which a lane is added."""
    name = "build-new-lane"
    fields = Fields(name, {})
    with st.form(name + ":form", border=False):
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            fields.text("New lane", "label", value="", most=80)
            st.form_submit_button("Add the lane", on_click=_add, args=(found, name, fields.keys))
        show_fault(name)


def _add(found: Desk, form: str, keys: Mapping[str, str]) -> None:
    absolve(form)
    label = typed(keys, all=["label"])["label"]
    if not label:
        blame(keys["label"], "Give the lane a name.")
        return
    entry = {"id": free_id(label, found.entries), "label": label, "order": len(found.section("phases")) + 1}
    if submit(found, form, [Add("phases", entry)], f"Lane “{label}” added"):
        st.session_state[keys["label"]] = ""
