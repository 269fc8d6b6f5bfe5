"""What the source reports of a step: every outcome in its frame, and for each part of the frame that it leaves out, that it does."""

from __future__ import annotations

from collections.abc import Iterable

from edgewise.citations.evidence.support import Support, evidence
from edgewise.explorer.cards.markup import Html, join, tag
from edgewise.explorer.cards.wording import capital
from edgewise.graph.model import Guideline, OutcomeFrame, Statement
from edgewise.graph.units import printed

NOT_STATED = "not stated by the source"
_OPERATORS = {"=": "", ">": "more than ", "<": "less than ", "≥": "at least ", "≤": "at most "}


def reported(guideline: Guideline, steps: Iterable[str]) -> tuple[Support, ...]:
    """The statements on outcomes behind some steps, each once, with their citations.

    >>> from edgewise.graph.library import load
    >>> [one.statement.id for one in reported(load("sacroiliac-sclerosis").guideline, ["si-joint-fusion"])]
    ['s30', 's31', 's33']
    """
    found = {support.statement.id: support for step in steps for support in evidence(guideline, step).supports}
    return tuple(one for one in found.values() if one.statement.kind == "outcome" or one.statement.outcomes)


def figure(frame: OutcomeFrame) -> str:
    """The figure of an outcome in words.

    >>> from decimal import Decimal
    >>> figure(OutcomeFrame("f", "success rate", Decimal(80), "%", ">"))
    'success rate: more than 80 %'
    >>> figure(OutcomeFrame("f", "effect", None, "", result="not-better", technique="both", comparator="one alone"))
    'effect: not better'
    """
    if frame.value is None:
        return f"{frame.measure}: {frame.result.replace('-', ' ')}"
    return f"{frame.measure}: {_OPERATORS.get(frame.operator, f'{frame.operator} ')}{printed(frame.value, frame.unit)}"


def frame_rows(frame: OutcomeFrame) -> tuple[tuple[str, str], ...]:
    """The frame of a figure, part by part: in whom, by what, how long after, against what, in how many.

    >>> from decimal import Decimal
    >>> dict(frame_rows(OutcomeFrame("f", "success rate", Decimal(80), "%", follow_up="39 months")))["comparator"]
    'not stated by the source'
    """
    said = (
        ("population", frame.population),
        ("technique", frame.technique),
        ("follow-up", frame.follow_up),
        ("comparator", frame.comparator),
        ("patients (n)", str(frame.n) if frame.n else ""),
    )
    return tuple((name, value or NOT_STATED) for name, value in said)


def frame_in_short(frame: OutcomeFrame) -> tuple[tuple[str, str], ...]:
    """The same rows, but all that the source does not state in one.

    >>> from decimal import Decimal
    >>> frame_in_short(OutcomeFrame("f", "success rate", Decimal(80), "%", population="runners"))[1]
    ('technique, follow-up, comparator, patients (n)', 'not stated by the source')
    """
    rows = frame_rows(frame)
    silent = ", ".join(name for name, value in rows if value == NOT_STATED)
    stated = tuple(row for row in rows if row[1] != NOT_STATED)
    return (*stated, (silent, NOT_STATED)) if silent else stated


def frames(statement: Statement) -> list[Html]:
    """The figures of a statement on outcomes, each with its frame; of one without figures that it has none; of other statements nothing."""
    if statement.kind == "outcome" and not statement.outcomes:
        return [tag("p", f"Figures: {NOT_STATED}.", cls="ew-quiet")]
    return [_frame(frame) for frame in statement.outcomes]


def _frame(frame: OutcomeFrame) -> Html:
    rows = (join([tag("dt", name), tag("dd", value)]) for name, value in frame_in_short(frame))
    told = figure(frame)
    return tag("div", tag("p", tag("strong", f"{capital(told)}")), tag("dl", *rows), cls="ew-frame")
