"""What a step is made of, and the doses in which it is given: as the source states them, or marked as the modeller's."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.fields import Fields
from edgewise.explorer.pages.build.forms.naming import called, passages
from edgewise.explorer.pages.build.forms.nested import Kind, Nested, Typed, nested
from edgewise.explorer.pages.build.forms.spans import in_words, span_of
from edgewise.explorer.pages.build.forms.values import number_fault, quantity_of, range_fault, unit_fault
from edgewise.explorer.pages.build.forms.word_fields import word_fields, word_in, word_made
from edgewise.graph.dosing import all_doses, component_told, dose_told, dose_word
from edgewise.graph.drafting.entries import Entry
from edgewise.graph.units import code

_SPANS = ("per", "within")


def components(found: Desk, entry: Entry) -> None:
    """Draw what a step is made of, each part with its doses."""
    nested(Nested(found, entry.id, "components", f"Step “{called(entry)}”", _COMPONENT))


def _component(held: Nested, fields: Fields) -> None:
    fields.text("What it is", "label", hint="Such as a drug, or one kind of exercise", most=200)
    fields.many("Statements behind it", "describedBy", passages(held.found))


def _component_told(held: Nested, name: str, data: Typed) -> str:
    known = held.found.guideline
    step = known.steps.get(held.at) if known else None
    there = (component_told(one) for one in (step.components if step else ()) if one.id == name)
    return next(there, str(data.get("label", "")) or name)


def _component_made(_: Typed, wanted: Typed, whole: Typed) -> tuple[dict[str, Any], dict[str, str]]:
    return dict(wanted), {} if whole["label"] else {"label": "Say what it is."}


def _doses(held: Nested, name: str) -> None:
    nested(Nested(held.found, name, "dose", f"Doses of “{held.found.part(name).get('label') or name}”", _DOSE))


def _dose(held: Nested, fields: Fields) -> None:
    data = fields.data
    with _row():
        fields.text("Amount", "amount", hint="At a time; of a range the lower end", most=30)
        fields.text("up to", "upTo", hint="The upper end of a range; else empty", most=30)
        hint = "Of a dose by body weight with it: mg/kg, mL/kg. Any code can be typed"
        fields.unit("Unit", "unit", value=str(data.get("unit", "")), hint=hint)
    with _row():
        fields.text(
            "Again every", "per", value=in_words(str(data.get("per", ""))), hint="Such as 8 hours; 1 d is an amount for the day", most=40
        )
        fields.text("Given within", "within", value=in_words(str(data.get("within", ""))), hint="The whole of it, such as 3 hours", most=40)
        fields.text("At most", "max", hint="With its unit, such as 40 mg or 4 g/d", most=40)
    with _row():
        fields.text("Route", "route", hint="Such as by mouth", most=60)
        fields.text("How often, in words", "frequency", hint="Such as once daily: where no plain span of time is stated", most=60)
        fields.text("Which dose it is", "label", hint="Where there are several: at first, doubled once", most=80)
    word_fields(held.found, fields, word_in(data), inside=False, new=not data)


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, gap="small", vertical_alignment="bottom")


def _dose_told(held: Nested, name: str, data: Typed) -> str:
    known = held.found.guideline
    dose = next((one for _, _, one in all_doses(known) if one.id == name), None) if known else None
    if dose is None:
        return " ".join(str(data[key]) for key in ("label", "amount", "unit") if data.get(key)) or name
    remark = dose_word(dose).remark
    return f"{dose_told(dose)} [{remark}]" if remark else dose_told(dose)


def _dose_made(data: Typed, wanted: Typed, whole: Typed) -> tuple[dict[str, Any], dict[str, str]]:
    spans, most = {key: span_of(whole[key]) for key in _SPANS}, quantity_of(whole["max"])
    unit = whole["unit"] or ""
    word, faults = word_made(data, wanted, whole)
    faults |= {
        "amount": number_fault(whole["amount"], "the amount") if whole["amount"] else "Say how much.",
        "upTo": number_fault(whole["upTo"], "the upper end") or range_fault(whole["amount"], whole["upTo"]),
        "unit": unit_fault(unit) if unit else "Say in which unit.",
        "max": most[1],
        **{key: told for key, (_, told) in spans.items()},
    }
    written = {"unit": code(unit), "max": most[0], **{key: value for key, (value, _) in spans.items()}}
    return {key: written.get(key, value) for key, value in word.items()}, {key: told for key, told in faults.items() if told}


_COMPONENT = Kind(
    "a component",
    "What it is made of",
    "Told as a whole: no drugs or parts of it, and no doses.",
    _component_told,
    _component,
    _component_made,
    _doses,
)
_DOSE = Kind("a dose", "Doses, as the source states them", "", _dose_told, _dose, _dose_made)
