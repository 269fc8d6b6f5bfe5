"""The list of references: its entries as printed, and the form of one; identifiers bear whose word they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from edgewise.explorer.cards.wording import cut_words, plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.fields import Fields, absolve, blame, forget, show_fault, typed
from edgewise.explorer.pages.build.forms.naming import free_id
from edgewise.explorer.pages.build.forms.removing import remove_button
from edgewise.explorer.pages.build.forms.submitting import edits_of, submit
from edgewise.graph.drafting.edits import Add, Drop, Edit, Put
from edgewise.graph.drafting.entries import Entry

_ASKED: Mapping[str, str] = {"doi": "DOI", "pmid": "PubMed number (PMID)", "url": "Web address"}
_TIERS: Mapping[str, str] = {
    "primary": "A study of its own",
    "review": "A review",
    "guideline": "A guideline",
    "tertiary": "A textbook, or what sums up others",
}
_WHOSE: Mapping[str, str] = {"source": "The list prints them", "editor": "I add them"}
_BY = "whose"
_MOST = 400
_NOWHERE = "points nowhere."  # so ends the note of a marker that was read without an entry


def references_pane(found: Desk) -> None:
    """Draw the entries, folded but for the one that is worked on, and the form of a new one."""
    there = sorted(found.section("references"), key=_position)
    label = f"References, {len(there)}" if there else "References"
    here = found.at in {one.id for one in there}
    with st.expander(label, expanded=here, key="ew-build-references"):
        for one in there[:_MOST]:
            if one.id == found.at:
                _form(found, one)
            else:
                st.button(plain(_called(one)), key=f"build-reference:{one.id}", type="tertiary", on_click=desk.turn, args=(one.id,))
        if len(there) > _MOST:
            st.caption(f"… and {len(there) - _MOST} more.")
        if not here:
            _form(found, None)


def _position(one: Entry) -> int:
    said = str(one.data.get("position", ""))
    return int(said) if said.isdecimal() else 0


def _called(one: Entry) -> str:
    words = [str(one.data[key]) for key in ("author", "title") if one.data.get(key)]
    return cut_words(clean(f"{one.data.get('position', '?')}. {'. '.join(words) or one.id}"), 70)


def _form(found: Desk, made: Entry | None) -> None:
    form = f"build-reference-form:{made.id if made else ''}"
    data = made.data if made else {"position": str(max(map(_position, found.section("references")), default=0) + 1)}
    fields = Fields(form, data)
    with st.form(f"{form}:form", border=made is not None):
        fields.text("Number in the list", "position", most=6)
        fields.text("Authors, as printed", "author", most=1000)
        fields.text("Title", "title", most=500, area=True)
        fields.text("Journal, book or publisher", "container", most=300)
        fields.text("Year", "year", hint="Left empty where the list prints none", most=4)
        fields.one("What kind of work it is", "tier", _TIERS, none="Not judged yet")
        with st.container(gap="small"):
            _identifiers(fields, data)
        if made:
            with st.expander("More"):
                fields.text("Name in links (id)", "id", most=60)
        show_fault(form)
        told = "Keep the reference" if made else "Add the reference"
        st.form_submit_button(told, type="primary" if made else "secondary", on_click=_keep, args=(found, made, form, fields.keys))
    if made:
        remove_button(found, made)
        st.button("Close", key=f"{form}:close", type="tertiary", on_click=desk.turn, args=("",))


def _identifiers(fields: Fields, data: Mapping[str, Any]) -> None:
    for scheme in _ASKED:
        said = next((one for one in _listed(data) if one.get("scheme") == scheme), {})
        fields.text(_ASKED[scheme], scheme, most=500, value=str(said.get("value", "")))
    fields.pick("Whose word are numbers and address?", _BY, _WHOSE, value=str(next(iter(_listed(data)), {}).get("statedBy", "")))


def _listed(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    held = data.get("identifiers", [])
    return [{**one, "confirmed": one.get("confirmed") == "true"} for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def _keep(found: Desk, made: Entry | None, form: str, keys: Mapping[str, str]) -> None:
    absolve(form)
    wanted = typed(keys, all=() if made else tuple(keys))
    now = {**(made.data if made else {}), **wanted}
    for key, lacking in (("title", "Write its title."), ("position", "Write its number in the list.")):
        if not now.get(key):
            blame(keys[key], lacking)
            return
    for key in ("position", "year"):
        if now.get(key) and not str(now[key]).isdecimal():
            blame(keys[key], "A whole number in figures.")
            return
    given = {scheme: str(wanted.pop(scheme)) for scheme in _ASKED if scheme in wanted}
    whose = wanted.pop(_BY, "") or st.session_state.get(keys[_BY], "")
    if any(given.values()) and not whose:
        blame(keys[_BY], "Say whether the list prints it or you add it.")
        return
    if given:
        wanted["identifiers"] = _with(_listed(now), given, whose)
    _write(found, made, form, keys, _typed_as_numbers(wanted))


def _with(listed: list[dict[str, Any]], given: Mapping[str, str], whose: str) -> list[dict[str, Any]]:
    """The identifiers with those given in their places; what was not touched stays as it was, whoever said it."""
    changed = {
        scheme: value for scheme, value in given.items() if value not in [one["value"] for one in listed if one.get("scheme") == scheme]
    }
    kept = [one for one in listed if one.get("scheme") not in changed]
    return kept + [{"scheme": scheme, "value": value, "statedBy": whose, "confirmed": False} for scheme, value in changed.items() if value]


def _typed_as_numbers(wanted: dict[str, Any]) -> dict[str, Any]:
    return {key: int(value) if key in ("position", "year") and value else value for key, value in wanted.items()}


def _write(found: Desk, made: Entry | None, form: str, keys: Mapping[str, str], wanted: dict[str, Any]) -> None:
    said = str(wanted.get("title") or (made.data.get("title") if made else ""))[:60]
    if made:
        edits = edits_of(made.id, made.data, wanted)
        submit(found, form, [*edits, *_pointed(found, made.id, wanted.get("position"))], f"Reference changed: {said}", at="")
        return
    id = free_id(f"r{wanted['position']}", found.entries)
    entry = {"id": id, **{key: value for key, value in wanted.items() if value}}
    if submit(found, form, [Add("references", entry), *_pointed(found, id, wanted["position"])], f"Reference added: {said}"):
        forget(keys)


def _pointed(found: Desk, id: str, position: int | None) -> list[Edit]:
    """Markers of that number which pointed nowhere point to it."""
    edits: list[Edit] = []
    for one in found.section("markers"):
        if position is not None and one.data.get("printed") == str(position) and not one.data.get("entry"):
            edits.append(Put(one.id, "entry", id))
            if str(one.data.get("note", "")).endswith(_NOWHERE):
                edits.append(Drop(one.id, "note"))
    return edits
