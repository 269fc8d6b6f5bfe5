"""The times of a step as they are typed: a number and a unit of time, in words or by its code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from edgewise.explorer.pages.build.forms.fields import Fields
from edgewise.graph.durations import duration

SPANS: Mapping[str, str] = {"within": "Within", "notBefore": "Not before", "every": "Again every"}
"""Keys of times, and what their fields are called."""


def spans(fields: Fields, data: Mapping[str, Any]) -> None:
    """Draw a field for each; what depends on the patient is told, and stays as it is."""
    with st.container(horizontal=True, gap="small"):
        for key, label in SPANS.items():
            if not isinstance(data.get(key, ""), str):
                st.caption(f"{label}: depends on the patient, written in the file")
            else:
                fields.text(label, key, value=in_words(data.get(key, "")), hint="Such as 1 hour, 2 d, 6 weeks", most=40)


def in_words(written: str) -> str:
    """A stretch of time as it is read: ``1 h`` as *1 hour*; what is none as it stands."""
    try:
        return str(duration(written)) if written else ""
    except ValueError:
        return written


def span_of(typed: str) -> tuple[str, str]:
    """A stretch of time as the model writes it, and what is wrong with it.

    >>> span_of("1 hour"), span_of("4 weeks"), span_of(""), span_of("4 cm")
    (('1 h', ''), ('4 wk', ''), ('', ''), ('', "'cm' is no unit of time: write a number and a unit, such as 1 hour or 4 weeks."))
    """
    if not typed:
        return "", ""
    try:
        found = duration(typed)
    except ValueError as error:
        return "", f"{error}: write a number and a unit, such as 1 hour or 4 weeks."
    return f"{found.amount:f} {found.unit}", ""
