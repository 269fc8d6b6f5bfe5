"""The panel with the patient summary: to read, to copy as text, to print, and to take along as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.handout.paper import Paper
from edgewise.explorer.handout.patient.plain_text import as_text
from edgewise.explorer.handout.patient.summary import Summary, summary
from edgewise.explorer.handout.patient.web_page import as_page, pieces
from edgewise.explorer.pages.pathway.page_state import PathwayState
from edgewise.explorer.pages.pathway.why_panel import back
from edgewise.explorer.shell.parts import part

_NAME = "patient-summary"
_HTML = """<div><button type="button" class="copy">Copy as text</button><button type="button" class="print">Print</button>
<span class="say" role="status"></span><textarea readonly tabindex="-1" aria-hidden="true"></textarea></div>"""


def patient_summary(view: PathwayState) -> None:
    """Draw it for all that is known, also where the walk is held."""
    back()
    found = summary(view.guideline, view.location.facts, date.today(), walked=view.whole, timeline=view.location.timeline)
    with st.container(key="ew-summary-tools", gap="small"):
        part("pages.pathway", "copy_and_print", html=_HTML)(key="summary-copy", data={"text": as_text(found)}, width="stretch")
        with st.container(horizontal=True, gap="small"):
            _files(found)
    st.html(page(tag("div", *pieces(found, heading="h2"), cls="ew-summary"), key="summary"))


def _files(found: Summary) -> None:
    """The same as files; the PDF is set when it is asked for."""
    _offer("PDF, A4", f"{_NAME}.pdf", "application/pdf", lambda: _pdf(found, Paper.a4))
    _offer("PDF, Letter", f"{_NAME}-letter.pdf", "application/pdf", lambda: _pdf(found, Paper.letter))
    _offer("HTML", f"{_NAME}.html", "text/html", lambda: as_page(found).encode())


def _offer(label: str, file: str, kind: str, make: Any) -> None:
    key = f"summary:{label}"
    st.download_button(label, make, file, kind, key=key, on_click="ignore", type="tertiary", icon=":material/download:")


def _pdf(found: Summary, paper: Paper) -> bytes:
    from edgewise.explorer.handout.patient.paper_page import as_pdf

    return as_pdf(found, paper)
