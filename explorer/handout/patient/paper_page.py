"""The patient summary as a PDF, set by Typst in the largest type with which it fits on one page; nothing is ever left out."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import resources
from typing import Any

import typst

from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.handout.paper import Paper
from edgewise.explorer.handout.patient.sections import Line
from edgewise.explorer.handout.patient.summary import Summary

SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
"""Type in points, the largest first."""
_SEVERAL = 9.0  # where several pages are needed anyhow


def as_pdf(found: Summary, paper: Paper = Paper.a4) -> bytes:
    """A summary as a PDF file; the same summary gives the same bytes.

    >>> as_pdf(Summary("Knees", "A publisher", "For education", (), ("No names.",)))[:5]
    b'%PDF-'
    """
    size = next((size for size in SIZES if _pages(found, paper, size) == 1), _SEVERAL)
    made = typst.compile(_template(), format="pdf", sys_inputs={"data": _data(found, paper, size)}, timestamp=0)
    return made if isinstance(made, bytes) else b"".join(made or ())


def _pages(found: Summary, paper: Paper, size: float) -> int:
    told = typst.query(_template(), "<pages>", field="value", one=True, sys_inputs={"data": _data(found, paper, size)})
    return int(json.loads(told))


def _template() -> bytes:
    return resources.files("edgewise.explorer.handout.patient").joinpath("summary.typ").read_bytes()


def _data(found: Summary, paper: Paper, size: float) -> str:
    sections = [{"title": clean(one.title), "lines": [_line(line) for line in one.lines]} for one in found.sections]
    foot = [clean(told) for told in found.foot]
    head = {key: clean(told) for key, told in asdict(found).items() if isinstance(told, str)}
    return json.dumps({**head, "sections": sections, "foot": foot, "paper": paper.typst, "size": size})


def _line(line: Line) -> dict[str, Any]:
    return {"text": clean(line.text), "sign": clean(line.sign), "where": clean(line.where), "below": [_line(one) for one in line.below]}
