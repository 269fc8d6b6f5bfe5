"""The patient on the printed pathway: the facts as told, the way, what is due and why, what is not; as runs for ``handout.typ``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edgewise.explorer.handout.patient.sections import LEFT_OPEN, REPORTS, Line, sections
from edgewise.explorer.handout.runs import Run, Runs, clean_runs, written
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.visits import Timeline
from edgewise.graph.walking.walk import walk


def patient(guideline: Guideline, facts: Facts, timeline: Timeline | None = None) -> Iterator[dict[str, Any]]:
    """Each section of the patient summary that the page does not hold anyhow, its lines in one level.

    >>> from edgewise.graph.library import load
    >>> [one["name"] for one in patient(load("sacroiliac-sclerosis").guideline, {"radiographs": "sclerosis"})][:3]
    ['Told of this patient', 'The way here', 'Next: one answer decides']
    """
    for section in sections(guideline, facts, walk(guideline, facts, timeline), timeline):
        if section.title not in (REPORTS, LEFT_OPEN):  # the rest of the page holds these for all patients
            yield {"name": written(section.title), "lines": [_runs(line) for line in section.lines]}


def _runs(line: Line) -> Runs:
    return clean_runs(_told(line))


def _told(line: Line) -> Iterator[Run]:
    yield f"{line.sign} " if line.sign else "", ""
    yield line.text, "b" if line.below else ""
    yield f" ({line.where})" if line.where else "", "place"
    for number, below in enumerate(line.below):
        yield "; " if number else ": " if not line.text.endswith(".") else " ", ""
        yield from _told(below)
