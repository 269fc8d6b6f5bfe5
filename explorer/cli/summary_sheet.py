"""The patient summary as the command hands it out: text, HTML or PDF."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from edgewise.explorer.cli.delivery import STDOUT, deliver, deliver_bytes
from edgewise.explorer.cli.exits import Refused
from edgewise.explorer.handout.paper import Paper

if TYPE_CHECKING:  # help needs none of it
    from edgewise.explorer.cli.intake import Given
    from edgewise.graph.loaded import Loaded


class SummaryForm(StrEnum):
    """The forms of the one-page patient summary."""

    text = "text"
    html = "html"
    pdf = "pdf"


def check_form(to: SummaryForm | None, paper: Paper | None, output: Path | None, *, as_json: bool) -> None:
    """Whether what was asked for goes together.

    Raises:
        Refused: JSON and a summary at once, paper for what has none, a file for a walk on the terminal, or a PDF for a terminal.
    """
    if to and as_json:
        raise Refused("--json and --to are two answers; leave one of them out")
    if paper and to is not SummaryForm.pdf:
        raise Refused("only the PDF of the patient summary has a paper; add --to pdf, or leave --paper out")
    if output and not to:
        raise Refused("--output is for the patient summary; add --to text, html or pdf, or redirect standard output")
    if to is SummaryForm.pdf and (output is None or str(output) == STDOUT) and sys.stdout.isatty():
        raise Refused("a PDF is nothing for a terminal; name a file with --output, or redirect standard output")


def hand_over(loaded: Loaded, given: Given, to: SummaryForm, paper: Paper | None, output: Path | None, on: date, reads: str) -> None:
    """Make the summary and hand it over.

    Args:
        loaded: the guideline.
        given: what is known of the patient.
        to: the form.
        paper: of the PDF; None is A4.
        output: a file; None and ``-`` are standard output.
        on: the day that stands on it.
        reads: the file the facts came from, which is not written over; empty where there is none.

    Raises:
        Refused: the output cannot be written to, or is what was read.
        SourceError: writing failed; an old file is then untouched.
    """
    from edgewise.explorer.handout.patient.summary import summary
    from edgewise.graph.walking.walk import walk

    walked = walk(loaded.guideline, given.facts, given.timeline)
    found, files = summary(loaded.guideline, given.facts, on, walked=walked, timeline=given.timeline), (reads,) if reads else ()
    if to is SummaryForm.pdf:
        from edgewise.explorer.handout.patient.paper_page import as_pdf

        deliver_bytes(as_pdf(found, paper or Paper.a4), output, guideline=loaded.file, reads=files)
    elif to is SummaryForm.html:
        from edgewise.explorer.handout.patient.web_page import as_page

        deliver(as_page(found), output, guideline=loaded.file, reads=files)
    else:
        from edgewise.explorer.handout.patient.plain_text import as_text

        deliver(as_text(found), output, guideline=loaded.file, reads=files)
