"""The form of a step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from edgewise.explorer.cards.ends import ENDPOINTS
from edgewise.explorer.cards.wording import capital
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.fields import Fields, absolve, blame, show_fault, typed
from edgewise.explorer.pages.build.forms.naming import called, free_id, names_of, passages
from edgewise.explorer.pages.build.forms.spans import SPANS, span_of, spans
from edgewise.explorer.pages.build.forms.submitting import edits_of, submit
from edgewise.graph.drafting.edits import Add, Edit
from edgewise.graph.drafting.entries import Entry

KINDS: Mapping[str, str] = {
    "Presentation": "Where it begins",
    "Investigation": "Test or question",
    "Treatment": "Treatment",
    "Endpoint": "End",
    "Endpoint+Investigation": "Last test, then the end",
    "Endpoint+Treatment": "Last treatment, then the end",
}
"""Kinds of a step in words; an end may also be what it is about."""
_KIND_TOLD = (
    "Everybody begins where it begins. A test or question finds something out. At an end nothing more is to do: "
    "in one sense that is chosen below, once the kind is kept."
)
ENDS = {id: capital(told.removeprefix("the pathway ends here: ")) for id, told in ENDPOINTS.items()}
_NEW_LANE = "new-lane"
_WORDS = {
    "label": "name", "shortLabel": "short name", "type": "kind", "summary": "summary", "phase": "lane", "yields": "what it finds out",
    "describedBy": "statements", "endpoint": "kind of end", "modality": "imaging method", "companionOf": "companion", "within": "within",
    "notBefore": "not before", "every": "every", "after": "counted from", "timedBy": "statements of its times", "continuesIn": "goes on in",
}  # fmt: skip


def kind_of(data: Mapping[str, Any]) -> str:
    """The kind of a step as a key of `KINDS`.

    >>> kind_of({"type": ["Treatment", "Endpoint"]}), kind_of({"type": "Treatment"}), kind_of({})
    ('Endpoint+Treatment', 'Treatment', '')
    """
    types = data.get("type", "")
    types = types if isinstance(types, list) else [types]
    return "+".join(sorted({str(one) for one in types}))


def as_types(kind: str) -> Any:
    """What stands under `type` for a kind.

    >>> as_types("Endpoint+Treatment"), as_types("Treatment")
    (['Endpoint', 'Treatment'], 'Treatment')
    """
    types = kind.split("+")
    return types if len(types) > 1 else kind


def step_form(found: Desk, entry: Entry) -> None:
    """Draw the form of a step."""
    name = f"build-step:{entry.id}"
    fields = Fields(name, entry.data)
    kind = kind_of(entry.data)
    with st.form(name + ":form", border=False):
        fields.text("Name of the step", "label")
        fields.one("Kind", "type", KINDS, value=kind, none="", hint=_KIND_TOLD)
        fields.text("Summary: what is done, in a sentence or two", "summary", area=True, most=2000)
        with st.container(horizontal=True, gap="small"):
            fields.one("Lane", "phase", names_of(found.section("phases")), none="No lane yet")
            fields.text("or a new lane", _NEW_LANE, value="", most=80)
        if kind != "Endpoint":
            told = "The step is done as soon as one of these is known, whatever the answer."
            fields.many("What it finds out", "yields", names_of(found.section("observables")), hint=told)
        if "Endpoint" in kind:
            fields.one("It ends here because", "endpoint", ENDS)
        fields.many("Statements behind it", "describedBy", passages(found))
        with st.expander("More"):
            _more(found, fields, entry)
        show_fault(name)
        st.form_submit_button("Keep the step", type="primary", on_click=_keep, args=(found, entry, name, fields.keys))


def _more(found: Desk, fields: Fields, entry: Entry) -> None:
    others = names_of(one for one in found.section("steps") if one.id != entry.id)
    fields.text("Short name for the drawing", "shortLabel", most=40)
    fields.one("Goes along with", "companionOf", others, none="Stands by itself")
    fields.one("Imaging method", "modality", names_of(found.section("modalities")), none="None")
    spans(fields, entry.data)
    fields.one("Counted from", "after", others, none="The steps that lead here")
    fields.many("Statements of its times", "timedBy", passages(found))
    fields.text("Goes on in another guideline (its id, # and a step)", "continuesIn")
    fields.text("Name in links and cases (id)", "id", most=60)


def _keep(found: Desk, entry: Entry, form: str, keys: Mapping[str, str]) -> None:
    wanted = typed(keys)
    absolve(form)
    if faults := {key: told for key in SPANS if (told := span_of(wanted.get(key, ""))[1])}:
        for key, told in faults.items():
            blame(keys[key], told)
        return
    wanted |= {key: span_of(wanted[key])[0] for key in SPANS if key in wanted}
    if wanted.get("type"):
        wanted["type"] = as_types(wanted["type"])
    lane = wanted.pop(_NEW_LANE, "")
    edits = [*_lane(found, lane), *edits_of(entry.id, entry.data, wanted | ({"phase": free_id(lane, found.entries)} if lane else {}))]
    if submit(found, form, edits, _said(entry, wanted, lane), at=wanted.get("id")) and lane:
        st.session_state[keys[_NEW_LANE]] = ""


def _lane(found: Desk, label: str) -> list[Edit]:
    order = len(found.section("phases")) + 1
    return [Add("phases", {"id": free_id(label, found.entries), "label": label, "order": order})] if label else []


def _said(entry: Entry, wanted: Mapping[str, Any], lane: str) -> str:
    changed = [*(_WORDS.get(key, key) for key in wanted), *(["lane"] if lane and "phase" not in wanted else [])]
    return f"Step “{called(entry)}”: {', '.join(changed)} changed"


def new_step(found: Desk, *, lane: str = "") -> None:
    """Draw the form by which a step is added."""
    name = f"build-new-step:{lane}" if lane else "build-new-step"
    fields = Fields(name, {})
    with st.form(name + ":form", border=False):
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            fields.text("New step", "label", value="")
            first = not found.section("steps")
            fields.one("Kind", "type", KINDS, none="", value="Presentation" if first else "Investigation")
            if lanes := names_of(found.section("phases")):
                fields.one("Lane", "phase", lanes, none="No lane yet", value=lane or _last_lane(found, [*lanes]))
            st.form_submit_button("Add the step", on_click=_add, args=(found, name, fields.keys))
        show_fault(name)


def _last_lane(found: Desk, lanes: list[str]) -> str:
    """The lane of the step that is worked on, or was added last; at first the uppermost."""
    at = found.entries.get(found.at) if found.at else None
    steps = [*found.section("steps"), *([at] if at and at.section == "steps" else [])]
    return next((lane for one in reversed(steps) if (lane := one.data.get("phase")) in lanes), lanes[0])


def _add(found: Desk, form: str, keys: Mapping[str, str]) -> None:
    wanted = typed(keys, all=[*keys])
    absolve(form)
    if not wanted.get("label"):
        blame(keys["label"], "Give the step a name.")
        return
    if add_step(found, form, wanted["label"], wanted["type"], wanted.get("phase", "")):
        st.session_state[keys["label"]] = ""


def add_step(found: Desk, form: str, label: str, kind: str, lane: str) -> bool:
    """Add a step, and turn to it."""
    id = free_id(label, found.entries)
    entry = {"id": id, "type": as_types(kind), "label": label, "summary": "", "phase": lane}
    return submit(found, form, [Add("steps", entry)], f"Step “{label}” added", at=id)


def carry(found: Desk, entry: Entry, lane: str) -> bool:
    """Move a step into another lane; into none where there is no such lane."""
    there = lane if lane in found.entries else ""
    told = f"moved into the lane “{called(found.entries[there])}”" if there else "taken out of its lane"
    return submit(found, "build-canvas", edits_of(entry.id, entry.data, {"phase": there}), f"Step “{called(entry)}” {told}", at=entry.id)
