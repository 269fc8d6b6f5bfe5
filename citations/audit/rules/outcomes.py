"""Family S: reported figures side by side, and figures that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed
from edgewise.graph.answers.intervals import Cut, Interval
from edgewise.graph.model import Guideline, OutcomeFrame, Statement, Step
from edgewise.graph.units import printed
from edgewise.ontology.terms import EW

_FRAME = ("population", "technique", "comparator", "follow_up")
_HALF = Decimal(50)
Reported = tuple[Statement, OutcomeFrame]


def outcome_conflict(subject: Audited) -> Iterator[Fault]:
    """Same measure in the same frame, and figures that exclude each other."""
    for one, other in combinations(_reported(subject.guideline), 2):
        if _excluding(one[1], other[1]) and not _apart(one[1], other[1]):
            silent = [name.replace("_", "-") for name in _FRAME if bool(getattr(one[1], name)) != bool(getattr(other[1], name))]
            doubt = f"; only one of them states the {listed(silent)}" if silent else ", in the same frame"
            message = f"'{one[1].measure}' is {_figure(one[1])} in {_where(one[0])} and {_figure(other[1])} in {_where(other[0])}{doubt}"
            related = (other[0].id,) if other[0].id != one[0].id else ()
            yield Fault(message=message, subject=one[0].id, predicate=EW.hasOutcome, related=related)


def incomparable_outcomes(subject: Audited) -> Iterator[Fault]:
    """Shares far apart on different measures of the same step: they look like a contradiction and are none, or not a plain one."""
    guideline = subject.guideline
    told: set[tuple[str, ...]] = set()
    for step in guideline.steps.values():
        shares = [
            (statement, frame) for statement, frame in _reported(guideline) if statement.id in _describing(step) and frame.unit == "%"
        ]
        statements = tuple(dict.fromkeys(statement.id for statement, _ in shares))
        if len(statements) > 1 and statements not in told and _look_opposed(shares):
            told.add(statements)
            side_by_side = "; ".join(f"{statement.id}: {_framed(frame)}" for statement, frame in shares)
            message = f"figures on {step.name} differ widely, on different measures that cannot be set against each other: {side_by_side}"
            yield Fault(message=message, subject=statements[0], predicate=EW.hasOutcome, related=(*statements[1:], step.id))


def impossible_percentage(subject: Audited) -> Iterator[Fault]:
    """GRIM (Brown and Heathers 2017): no whole number of people out of n makes the percentage printed."""
    for statement, frame in _reported(subject.guideline):
        if frame.unit == "%" and frame.n and frame.operator == "=" and not possible(frame.figure, frame.n):
            near = listed(dict.fromkeys(_nearest(frame)), "or")
            message = f"'{frame.measure}' cannot be {printed(frame.figure, '%')} of {frame.n} people: whole people make {near}"
            yield Fault(message=message, subject=statement.id, predicate=EW.hasOutcome, value=str(frame.figure))


def possible(percentage: Decimal, n: int) -> bool:
    """Whether some number of people out of `n` rounds to the percentage as printed, halves either way.

    >>> possible(Decimal("17.6"), 17), possible(Decimal("17.6"), 20), possible(Decimal("12.5"), 8)
    (True, False, True)
    """
    half = _ulp(percentage) / 2
    lowest = ((percentage - half) * n / 100).to_integral_value(ROUND_CEILING)
    return 0 <= percentage <= 100 and lowest * 100 <= (percentage + half) * n


def _nearest(frame: OutcomeFrame) -> Iterator[str]:
    people = min(max(frame.figure, Decimal(0)), Decimal(100)) * frame.n / 100
    for whole in (people.to_integral_value(ROUND_FLOOR), people.to_integral_value(ROUND_CEILING)):
        share = (whole * 100 / frame.n).quantize(min(_ulp(frame.figure), Decimal("0.1")))
        yield f"{share} % ({whole:f})"


def _ulp(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def _reported(guideline: Guideline) -> list[Reported]:
    """Every figure with the statement that reports it; a comparison without a figure can contradict none."""
    return [(statement, frame) for statement in guideline.statements.values() for frame in statement.outcomes if frame.value is not None]


def _excluding(one: OutcomeFrame, other: OutcomeFrame) -> bool:
    same = one.measure.casefold() == other.measure.casefold() and one.unit == other.unit
    first, second = _span(one), _span(other)
    return same and not Interval(max(first.low, second.low), min(first.high, second.high))


def _apart(one: OutcomeFrame, other: OutcomeFrame) -> bool:
    """Whether the source itself says that the two were measured in different people, ways or times."""
    pairs = ((getattr(one, name).casefold(), getattr(other, name).casefold()) for name in _FRAME)
    return any(first and second and first != second for first, second in pairs)


def _span(frame: OutcomeFrame) -> Interval:
    """The numbers a figure stands for; a rounded one stands for all that round to it."""
    value, half = frame.figure, _ulp(frame.figure) / 2
    spans = {
        ">": Interval(low=Cut(value, 1)), "≥": Interval(low=Cut(value, 0)), "<": Interval(high=Cut(value, 0)),
        "≤": Interval(high=Cut(value, 1)),
    }  # fmt: skip
    return spans.get(frame.operator, Interval(Cut(value - half, 0), Cut(value + half, 1)))


def _look_opposed(shares: list[Reported]) -> bool:
    """High and low figures from different statements, and on different measures."""
    high = [(statement.id, frame.measure) for statement, frame in shares if frame.figure > _HALF]
    low = [(statement.id, frame.measure) for statement, frame in shares if frame.figure < _HALF]
    return any(one[0] != other[0] and one[1] != other[1] for one in high for other in low)


def _describing(step: Step) -> set[str]:
    return {*step.described_by, *(id for part in step.components for id in part.described_by)}


def _figure(frame: OutcomeFrame) -> str:
    return f"{'' if frame.operator == '=' else frame.operator + ' '}{printed(frame.figure, frame.unit)}"


def _framed(frame: OutcomeFrame) -> str:
    frames = [getattr(frame, name) for name in _FRAME if getattr(frame, name)]
    return f"{frame.measure} {_figure(frame)}" + (f" ({', '.join(frames)})" if frames else "")


def _where(statement: Statement) -> str:
    return f"{statement.id} ({statement.place})"


RULES = (
    Rule(
        id="S306", name="outcome-conflict", severity="error", check=outcome_conflict,
        why="Two figures for the same outcome in the same people cannot both be right.",
        fix="Compare both with their sources; if they were measured differently, complete the frames (population, technique, follow-up).",
    ),
    Rule(
        id="S307", name="incomparable-outcomes", severity="warning", check=incomparable_outcomes,
        why="A high and a low figure side by side are read as promise or as failure, though they measure different things.",
        fix="Show them with their frames, and say in a note that they cannot be compared.",
    ),
    Rule(
        id="S308", name="impossible-percentage", severity="error", check=impossible_percentage,
        why="A percentage that no number of people can make is a misprint, or was never counted.",
        fix="Compare figure and number with the source; if the source prints it so, say it in a note.",
    ),
)  # fmt: skip
