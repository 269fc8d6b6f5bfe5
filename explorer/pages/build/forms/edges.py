"""The form of an edge, but for its condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.fields import Fields, show_fault, typed
from edgewise.explorer.pages.build.forms.naming import called, edge_named, free_id, names_of, passages
from edgewise.explorer.pages.build.forms.submitting import edits_of, submit
from edgewise.graph.drafting.edits import Add
from edgewise.graph.drafting.entries import Entry

ROLES: Mapping[str, str] = {
    "route": "It leads on",
    "option": "One option: the source offers it without saying when",
    "excluded": "It must not be done",
}
WHOSE: Mapping[str, str] = {"source": "The source says so", "modeller": "My reading"}
_WORDS = {
    "from": "from",
    "to": "to",
    "label": "when",
    "role": "role",
    "justifiedBy": "statements",
    "statedBy": "whose word it is",
    "note": "note",
    "id": "id",
}


def edge_form(found: Desk, entry: Entry) -> None:
    """Draw the form of an edge."""
    name = f"build-edge:{entry.id}"
    fields = Fields(name, entry.data)
    steps = names_of(found.section("steps"))
    with st.form(name + ":form", border=False):
        fields.text("When, in a few words", "label", hint="What stands beside the edge in the drawing", most=120)
        fields.pick("Whose word is it?", "statedBy", WHOSE)
        fields.many("Statements that say so", "justifiedBy", passages(found))
        fields.text("Why I read it so", "note", area=True, most=2000)
        with st.expander("More"):
            fields.one("From", "from", steps, none="")
            fields.one("To", "to", steps, none="")
            fields.one("What it means", "role", ROLES, none="", value=str(entry.data.get("role", "route")))
            fields.text("Name in links and cases (id)", "id", most=60)
        show_fault(name)
        st.form_submit_button("Keep the edge", type="primary", on_click=_keep, args=(found, entry, name, fields.keys))


def _keep(found: Desk, entry: Entry, form: str, keys: Mapping[str, str]) -> None:
    wanted: dict[str, Any] = typed(keys)
    if wanted.get("role") == "route":
        wanted["role"] = ""  # what goes without saying
    said = ", ".join(_WORDS[key] for key in wanted)
    submit(found, form, edits_of(entry.id, entry.data, wanted), f"Edge {edge_named(found, entry)}: {said} changed", at=wanted.get("id"))


def justified(edge: Entry) -> list[str]:
    """Ids of the statements that speak for an edge."""
    said = edge.data.get("justifiedBy", [])
    return [said] if isinstance(said, str) else [str(one) for one in said]


def justify(found: Desk, edge: Entry, statement: Entry, form: str) -> None:
    """Have a statement speak for an edge, or no more."""
    said = justified(edge)
    there = statement.id in said
    wanted = [one for one in said if one != statement.id] if there else [*said, statement.id]
    told = f"Edge {edge_named(found, edge)}: “{called(statement)}” {'no longer speaks' if there else 'speaks'} for it"
    submit(found, form, edits_of(edge.id, edge.data, {"justifiedBy": wanted}), told)


def new_edge(found: Desk, source: Entry) -> None:
    """Draw the form by which an edge is drawn from a step to another one."""
    name = f"build-new-edge:{source.id}"
    fields = Fields(name, {})
    others = names_of(one for one in found.section("steps") if one.id != source.id)
    if not others:
        return
    with st.form(name + ":form", border=False):
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            fields.one(f"An edge from {called(source)} to", "to", others, none="Choose a step", value="")
            st.form_submit_button("Draw the edge", on_click=_draw, args=(found, source, name, fields.keys))
        show_fault(name)


def _draw(found: Desk, source: Entry, form: str, keys: Mapping[str, str]) -> None:
    if target := typed(keys, all=["to"]).get("to"):
        draw_edge(found, source.id, target, form)


def draw_edge(found: Desk, source: str, target: str, form: str = "build-canvas") -> bool:
    """Draw an edge between two steps, and turn to it."""
    id = free_id(f"{source}-to-{target}", found.entries)
    entry = {"id": id, "from": source, "to": target, "label": "", "statedBy": ""}
    ends = f"{called(found.entries[source])} → {called(found.entries[target])}"
    return submit(found, form, [Add("transitions", entry)], f"Edge {ends} drawn", at=id)


def edges_beside(found: Desk, step: Entry) -> tuple[list[Entry], list[Entry]]:
    """The edges that leave a step, and those that lead to it."""
    edges = found.section("transitions")
    return [one for one in edges if one.data.get("from") == step.id], [one for one in edges if one.data.get("to") == step.id]


def edge_label(found: Desk, entry: Entry) -> str:
    """An edge for a button: its ends, and when it is taken."""
    when = str(entry.data.get("label") or "")
    return plain(f"{edge_named(found, entry)}{': ' if when else ''}{when}")
