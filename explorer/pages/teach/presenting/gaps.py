"""What the source does not say at a step, or says against itself, as `edgewise.graph.gaps.search` finds it."""

from __future__ import annotations

from typing import NamedTuple

from edgewise.graph.gaps.memory import gaps_of
from edgewise.graph.gaps.rows import Row, as_meant
from edgewise.graph.model import Guideline

SILENT = ("gap", "dead-end")


class Gap(NamedTuple):
    """A situation in which no next step is named: in short for a slide, as it is meant for the speaker, and the passages behind it.

    `remark` says what stands beside them where the conditions concerned are not all the source's word.
    """

    short: str
    text: str
    statements: tuple[str, ...] = ()
    remark: str = ""


def gaps_at(guideline: Guideline, step: str) -> tuple[Gap, ...]:
    """The gaps at one step, in the order in which they were found."""
    return tuple(_gap(guideline, row) for row in gaps_of(guideline).rows if row.step == step and row.kind in SILENT)


def in_spite_at(guideline: Guideline, step: str) -> tuple[Gap, ...]:
    """The roads to a step that are stated for a case in which it is contraindicated."""
    found = (row for row in gaps_of(guideline).rows if row.step == step and row.kind == "contraindicated-road")
    return tuple(Gap(row.text, row.text, row.statements, row.remark) for row in found)


def unchecked_at(guideline: Guideline, step: str) -> tuple[str, ...]:
    """What was not checked about one step, in words; empty where all was."""
    name = guideline.steps[step].name
    return tuple(told for told in gaps_of(guideline).unchecked if name in told)


def _gap(guideline: Guideline, row: Row) -> Gap:
    if row.kind == "gap" and row.situation:
        return Gap(row.situation, as_meant(guideline, row.situation, row.observables), row.statements, row.remark)
    return Gap(row.text, row.text)
