"""The form of one part of a condition: a comparison, or how a group is joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from edgewise.explorer.pages.build.forms.branches import Path, at
from edgewise.explorer.pages.build.forms.comparing import LOOKS, WAYS, compared, ends_of, faults_of, look_of, way_of, word_of
from edgewise.explorer.pages.build.forms.criteria import Compared, Joined, Negated, Part, Written
from edgewise.explorer.pages.build.forms.fields import Fields, absolve, blame, put, show_fault, typed
from edgewise.explorer.pages.build.forms.holder import Adding, Holder, kept_with
from edgewise.explorer.pages.build.forms.naming import names_of
from edgewise.explorer.pages.build.forms.observables import Asking, observable_form
from edgewise.explorer.pages.build.forms.word_fields import word_fields
from edgewise.graph.drafting.entries import Entry

NEW = "\0new"  # no id holds it
_YES_NO = {"yes": "Yes", "no": "No"}
_HOWS = {"all": "All of these", "any": "One of these is enough", "of": "So many of these"}


def part_form(holder: Holder, path: Path | None, adding: Adding | None) -> None:
    """Draw the form of the part at a path, or of one to be added."""
    tree = holder.tree
    part = at(tree, path) if tree is not None and path is not None else None
    inside = holder.inside or bool(path) or (adding is not None and tree is not None)
    if isinstance(part, Written):
        st.caption("This is written in the file in a way that no form can say. It stays as it is; remove it to ask for something else.")
    elif isinstance(part, Joined):
        _group(holder, path or (), part)
    elif isinstance(part, Negated):
        st.caption("The opposite of what stands below it. *The opposite* takes this off again.")
    else:
        place = ".".join(map(str, path)) if path is not None else "new"
        _comparison(holder, path, adding, part or Compared(), f"{holder.name}:{place}", inside=inside)


def _comparison(holder: Holder, path: Path | None, adding: Adding | None, part: Compared, name: str, *, inside: bool) -> None:
    found = holder.found
    asked = names_of(found.section("observables"))
    fields = Fields(name, {"observable": part.observable} if part.observable else {})
    fields.one("What is asked", "observable", {**asked, NEW: "A new question …"}, none="" if part.observable else "Choose")
    chosen = st.session_state.get(fields.keys["observable"], "")
    if chosen == NEW:
        observable_form(found, None, name=name + ":question", asking=Asking(then=partial(put, fields.keys["observable"])))
    if chosen not in found.entries or not chosen:
        st.button("Cancel", key=name + ":cancel", on_click=holder.open, args=(None,))
        return
    entry = found.entries[chosen]
    kind = str(entry.data.get("valueType", ""))
    two = False
    if kind in ("quantity", "count", "score"):
        fields.one("Comparison", "way", {id: way.label for id, way in WAYS.items()}, none="", value=way_of(part))
        two = WAYS[st.session_state[fields.keys["way"]]].two
    with st.form(name + ":form", border=False):
        _answer(fields, part, entry, kind, two=two)
        if entry.data.get("repeated") in ("true", "1"):
            _series(fields, part)
        word_fields(found, fields, part, inside=inside, new=part == Compared())
        with st.expander("More"):
            fields.text("In words of its own", "label", value=part.label, most=200)
        show_fault(name)
        st.form_submit_button(holder.act, type="primary", on_click=_keep, args=(holder, path, adding, part, name, fields.keys, inside))


def _answer(fields: Fields, part: Compared, entry: Entry, kind: str, *, two: bool) -> None:
    if kind == "yes-no":
        fields.pick("It has to be", "answer", _YES_NO, value=part.answer or "yes")
    elif kind == "choice":
        named = {
            str(one.get("value")): str(one.get("label") or one.get("value"))
            for one in entry.data.get("choices", [])
            if isinstance(one, dict)
        }
        fields.data = {"one_of": list(part.one_of)}
        fields.many("It is one of", "one_of", named)
    else:
        low, high = ends_of(part)
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            fields.text("Number", "low", value=low, most=30)
            if two:
                fields.text("and", "high", value=high, most=30)
            if kind != "count" or entry.data.get("unit") or part.unit:
                fields.unit("Unit", "unit", value=part.unit or str(entry.data.get("unit", "")) or ("{points}" if kind == "score" else ""))


def _series(fields: Fields, part: Compared) -> None:
    look, number = look_of(part)
    with st.container(horizontal=True, gap="small"):
        fields.one("Of several answers", "look", LOOKS, none="", value=look)
        fields.text("so many", "window", value=number, hint="How many times, or of how many answers; empty: one, or all", most=6)


def _keep(
    holder: Holder, path: Path | None, adding: Adding | None, part: Compared, form: str, keys: Mapping[str, str], inside: bool
) -> None:
    absolve(form)
    wanted = typed(keys, all=[*keys])
    told = faults_of(wanted)
    for key, fault in told.items():
        blame(keys[key], fault)
    if not told:
        kept_with(holder, path, adding, compared(part, wanted, inside=inside))


def _group(holder: Holder, path: Path, part: Joined) -> None:
    name = f"{holder.name}:{'.'.join(map(str, path))}:group"
    fields = Fields(name, {})
    counts = dict(part.counts)
    with st.form(name + ":form", border=False):
        fields.pick("How many of them have to hold?", "how", _HOWS, value=part.how)
        with st.container(horizontal=True, gap="small"):
            fields.text("At least", "atLeast", value=counts.get("exactly") or counts.get("atLeast", ""), hint="Of so many of these", most=4)
            fields.text("At most", "atMost", value=counts.get("exactly") or counts.get("atMost", ""), most=4)
        word_fields(holder.found, fields, part, inside=bool(path) or holder.inside)
        show_fault(name)
        st.form_submit_button("Keep", type="primary", on_click=_regroup, args=(holder, path, part, name, fields.keys))


def _regroup(holder: Holder, path: Path, part: Joined, form: str, keys: Mapping[str, str]) -> None:
    absolve(form)
    wanted = typed(keys, all=[*keys])
    how = wanted["how"] or part.how
    told = {}
    for key in ("atLeast", "atMost"):
        text = wanted[key]
        if how == "of" and text and not (text.isascii() and text.isdigit() and int(text) <= len(part.parts)):
            told[key] = f"Say a whole number, {len(part.parts)} at the most."
    if how == "of" and not (wanted["atLeast"] or wanted["atMost"]):
        told["atLeast"] = "Say how many."
    told |= faults_of({"whose": wanted["whose"], "basedOn": wanted["basedOn"]})
    for key, fault in told.items():
        blame(keys[key], fault)
    if not told:
        based_on, stated_by = word_of(part, wanted, inside=bool(path) or holder.inside)
        kept_with(holder, path, None, replace(part, how=how, counts=_counts(how, wanted), based_on=based_on, stated_by=stated_by))


def _counts(how: str, wanted: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    if how != "of":
        return ()
    if wanted["atLeast"] and wanted["atLeast"] == wanted["atMost"]:
        return (("exactly", wanted["atLeast"]),)
    return tuple((key, wanted[key]) for key in ("atLeast", "atMost") if wanted[key])


__all__ = ["Part", "part_form"]
