"""The form of a question: what it asks, and what kind of answer it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.fields import Fields, absolve, blame, forget, show_fault, typed
from edgewise.explorer.pages.build.forms.naming import called, free_id, names_of, passages
from edgewise.explorer.pages.build.forms.submitting import edits_of, submit
from edgewise.explorer.pages.build.forms.values import number_fault, range_fault, unit_fault
from edgewise.graph.drafting.edits import Add, Edit
from edgewise.graph.drafting.entries import Entry
from edgewise.graph.units import code

ANSWERS: Mapping[str, str] = {
    "yes-no": "Yes or no",
    "choice": "One of several",
    "quantity": "A number with a unit",
    "count": "A count",
    "score": "Points of a score",
}
CHOICES = "choice-lines"
_NUMBERS = {"min": "the least", "max": "the most", "molarMass": "molar mass"}


def choices_of(lines: str, before: Sequence[Any]) -> list[dict[str, str]]:
    r"""Choices out of lines, one each; whatever has its name, or its place in a list of the same length, keeps its value.

    >>> choices_of("Left\nRight side", [{"value": "l", "label": "Left"}])
    [{'value': 'l', 'label': 'Left'}, {'value': 'right-side', 'label': 'Right side'}]
    """
    labels = [line.strip() for line in lines.splitlines() if line.strip()]
    old = [one for one in before if isinstance(one, dict)]
    kept = {str(one.get("label")): str(one.get("value")) for one in old}
    if len(labels) == len(old):
        kept = {label: str(one.get("value")) for label, one in zip(labels, old, strict=True)} | kept
    taken = [kept[label] for label in labels if label in kept]
    for label in labels:
        if label not in kept:
            kept[label] = free_id(label, taken)
            taken.append(kept[label])
    return [{"value": kept[label], "label": label} for label in dict.fromkeys(labels)]


@dataclass(frozen=True, slots=True)
class Asking:
    """What becomes of a new question.

    Attributes:
        also: further edits, of its id.
        then: what is done when it is there, with its id; None turns to it.
        submit: what the button is called.
    """

    also: Callable[[str], list[Edit]] | None = None
    then: Callable[[str], None] | None = None
    submit: str = "Add the question"


def observable_form(found: Desk, entry: Entry | None, *, name: str = "", asking: Asking = Asking()) -> None:
    """Draw the form of a question; without an entry, of a new one."""
    name = name or f"build-question:{entry.id if entry else ''}"
    data = entry.data if entry else {}
    fields = Fields(name, data)
    fields.pick("Kind of answer", "valueType", ANSWERS, value=data.get("valueType", "yes-no"))
    kind = st.session_state.get(fields.keys["valueType"])
    with st.form(name + ":form", border=False):
        fields.text("What is asked for, in a word or two", "label", most=120)
        fields.text("The question", "question", hint="As a patient or a colleague would be asked", most=300)
        if kind == "choice":
            told = "\n".join(str(one.get("label", "")) for one in data.get("choices", []) if isinstance(one, dict))
            fields.text("The choices, one a line", CHOICES, area=True, most=4000, value=told)
        if kind in ("quantity", "count", "score"):
            points = "{points}" if kind == "score" and entry is None else ""
            fields.unit("Unit", "unit", value=str(data.get("unit", "")) or points)
        if kind in ("quantity", "count", "score"):
            with st.container(horizontal=True, gap="small"):
                fields.text("Least that is possible", "min", most=30)
                fields.text("Most that is possible", "max", most=30)
        with st.expander("More"):
            _more(found, fields, entry, kind)
        show_fault(name)
        told = "Keep the question" if entry else asking.submit
        st.form_submit_button(told, type="primary", on_click=_keep, args=(found, entry, name, fields.keys, asking))


def _more(found: Desk, fields: Fields, entry: Entry | None, kind: str | None) -> None:
    fields.text("Help", "help", area=True, most=1000)
    if kind in ("quantity", "count", "yes-no"):
        fields.tick("Several answers, one an occasion", "repeated")
    if kind in ("quantity", "count"):
        fields.tick("Waiting only makes it grow", "accrues")
        fields.tick("The series may go on beyond what is asked for", "openEnded")
        fields.text("Molar mass in g/mol", "molarMass", most=30)
        others = names_of(one for one in found.section("observables") if entry is None or one.id != entry.id)
        fields.one("Second number of one reading", "pairedWith", others, none="None")
    fields.tick("An answer that does not fit can still be made good", "amendable")
    fields.many("Statements by which no care can change the answer", "finalBy", passages(found))
    if entry:
        fields.text("Name in links and cases (id)", "id", most=60)


def _keep(found: Desk, entry: Entry | None, form: str, keys: Mapping[str, str], asking: Asking) -> None:
    absolve(form)
    data = entry.data if entry else {}
    wanted = typed(keys, all=[*keys] if entry is None else ())
    if _faulty(keys, wanted, new=entry is None):
        return
    if wanted.get("unit"):
        wanted["unit"] = code(wanted["unit"])
    if CHOICES in wanted:
        wanted["choices"] = choices_of(wanted.pop(CHOICES), data.get("choices", []))
    if entry:
        submit(found, form, edits_of(entry.id, data, wanted), f"Question “{called(entry)}” changed", at=wanted.get("id"))
        return
    _add(found, form, wanted, keys, asking)


def _add(found: Desk, form: str, wanted: dict[str, Any], keys: Mapping[str, str], asking: Asking) -> None:
    id = free_id(wanted["label"], found.entries)
    entry = {"id": id, **{key: value for key, value in wanted.items() if value}}
    further = asking.also(id) if asking.also else []
    beside = asking.also or asking.then
    if submit(found, form, [Add("observables", entry), *further], f"Question “{wanted['label']}” added", at=None if beside else id):
        forget(keys)
        if asking.then:
            asking.then(id)


def _faulty(keys: Mapping[str, str], wanted: Mapping[str, Any], *, new: bool) -> bool:
    told = {key: number_fault(wanted[key], what) for key, what in _NUMBERS.items() if key in wanted}
    told["unit"] = unit_fault(wanted.get("unit") or "")
    if new and not wanted.get("label"):
        told["label"] = "Say in a word or two what is asked for."
    if "min" in keys and not (told.get("min") or told.get("max")):
        ends = (str(st.session_state[keys[key]]).strip() for key in ("min", "max"))
        told["max"] = range_fault(*ends)
    for key, fault in told.items():
        if fault:
            blame(keys[key], fault)
    return any(told.values())
