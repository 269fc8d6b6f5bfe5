"""The form of the head of the file: what the guideline is, whose it is, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from edgewise.explorer.cards.wording import review_in_words
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.conditions import condition
from edgewise.explorer.pages.build.forms.fields import Fields, absolve, blame, show_fault, typed
from edgewise.explorer.pages.build.forms.holder import Holder
from edgewise.explorer.pages.build.forms.parts import part_form
from edgewise.explorer.pages.build.forms.submitting import edits_of, submit

FORM = "build-head"
_STATUS = {status: review_in_words(status) for status in ("pending", "submitted", "under-review", "approved")}
_PURPOSE = {"education": "Education"}
_WORDS = {
    "title": "title", "question": "question", "publisher": "publisher", "updated": "date", "reviewStatus": "review status",
    "audience": "audience", "purpose": "purpose", "disclaimer": "disclaimer", "language": "language", "reviewStages": "stages of review",
    "draft": "whether it is still being written", "id": "id",
}  # fmt: skip


def head_form(found: Desk) -> None:
    """Draw the form of the head, and below it of whom the guideline speaks."""
    entry = found.entries[""]
    fields = Fields(FORM, entry.data)
    with st.form(FORM + ":form", border=False):
        fields.text("Title", "title", most=300)
        fields.text("The clinical question that it answers", "question", most=500)
        fields.text("Publisher", "publisher")
        fields.text("Date of the source", "updated", hint="Year, month and day: 2026-01-31", most=10)
        fields.one("Review of this guideline by people", "reviewStatus", _STATUS)
        fields.text("For whom it is written", "audience", most=500)
        fields.one("Purpose", "purpose", _PURPOSE, hint="Edgewise is for education only")
        fields.text("Disclaimer", "disclaimer", area=True, most=2000)
        fields.tick(
            "Still being written", "draft", hint="What is lacking is to do then, and no fault; take it off when nothing is left to do"
        )
        with st.expander("More"):
            fields.text("Language, by its code", "language", hint="Such as en", most=20)
            fields.text("Stages of review of the source, with commas between them", "reviewStages", most=500)
            fields.text("Name in links and cases (id)", "id", most=60)
        show_fault(FORM)
        st.form_submit_button("Keep", type="primary", on_click=_keep, args=(found, fields.keys))
    condition(Holder(found, "", "appliesTo", "Of whom the guideline speaks"), part_form, "Of whom it speaks")


def _keep(found: Desk, keys: Mapping[str, str]) -> None:
    wanted: dict[str, Any] = typed(keys)
    absolve(FORM)
    if told := date_fault(wanted.get("updated", "")):
        blame(keys["updated"], told)
        return
    said = ", ".join(_WORDS[key] for key in wanted)
    submit(found, FORM, edits_of("", found.entries[""].data, wanted), f"About the guideline: {said} changed")


def date_fault(text: str) -> str:
    """What is wrong with a date as it was typed.

    >>> date_fault("2026-01-31"), date_fault(""), date_fault("31.1.2026")
    ('', '', "'31.1.2026' is no date: write year, month and day, such as 2026-01-31.")
    """
    try:
        if text:
            date.fromisoformat(text)
    except ValueError:
        return f"'{text[:40]}' is no date: write year, month and day, such as 2026-01-31."
    return ""
