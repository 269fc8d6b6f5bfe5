"""Small guidelines of one construct each, at the size that the search for gaps has to bear, and some that it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from edgewise.graph.model import (
    AllOf,
    Comparison,
    CountOf,
    Criterion,
    Formula,
    Guideline,
    Item,
    Observable,
    Scored,
    Statement,
    Step,
    Transition,
)
from edgewise.graph.reading.implied import contraindicated

POINTS = [Decimal(one) for one in ("3", "3", "1.5", "1.5", "1.5", "1", "1", "1", "2", "0.5", "-2", "4")]


def step_with(observables: list[Observable], edges: list[Criterion], statements: dict[str, Statement] | None = None) -> Guideline:
    """A guideline of one step that asks, with an end behind each edge."""
    ends = [Step(f"end-{n}", "Endpoint", f"End {n}", "", "p", endpoint="discharge") for n in range(len(edges))]
    start = Step("start", "Presentation", "Start", "", "p")
    ways = [Transition(f"t{n}", "start", f"end-{n}", f"way {n}", "source", when=when) for n, when in enumerate(edges)]
    return Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps={one.id: one for one in (start, *ends)}, observables={one.id: one for one in observables},
        transitions={one.id: one for one in ways}, statements=statements or {},
    )  # fmt: skip


def asked_yes_no(size: int) -> list[Observable]:
    return [Observable(f"q{n}", f"Question {n}", "?", "yes-no") for n in range(size)]


def number(id: str, **more: object) -> Observable:
    limits = {"minimum": Decimal(0), "maximum": Decimal(1000)}
    return Observable(id, id.title(), "?", "quantity", unit="a", **{**limits, **more})  # type: ignore[arg-type]


def yes(n: int) -> Comparison:
    return Comparison(f"c{n}", f"q{n}", answer="yes")


def score(points: Sequence[Decimal]) -> Guideline:
    """Two edges by the total of a score, with a gap in between."""
    items = tuple(Item(yes(n), one) for n, one in enumerate(points))
    least, most = sum(one for one in points if one < 0), sum(one for one in points if one > 0)
    asked = Observable("score", "Score", "?", "score", minimum=Decimal(least), maximum=Decimal(most), items=items)

    def within(id: str, sign: str, bound: int) -> Criterion:
        told = Comparison(f"{id}-told", "score", bounds=((sign, Decimal(bound)),))
        return Scored(id, told, tuple(item.criterion for item in items), tuple(points))

    return step_with([*asked_yes_no(len(points)), asked], [within("high", ">", 6), within("low", "<", 2)])


def so_many(least: int, size: int) -> Guideline:
    return step_with(asked_yes_no(size), [CountOf("count", tuple(map(yes, range(size))), (("≥", Decimal(least)),))])


def formulas(size: int) -> Guideline:
    """Bounds worked out from one age, as of D-dimer: more than ten times it, or than a number, whichever is greater."""
    age = Formula("observable", observable="age", name="Age")

    def bound(n: int) -> Formula:
        times = Formula("times", (age, Formula("number", value=Decimal(n + 2))))
        return Formula("max", (times, Formula("number", value=Decimal(100 + n))))

    levels = [number(f"level-{n}") for n in range(size)]
    parts = tuple(Comparison(f"c{n}", f"level-{n}", formulas=(("<", bound(n)),), unit="a") for n in range(size))
    return step_with([number("age", maximum=Decimal(120)), *levels], [AllOf("all", parts)])


def windows(last: int, statistic: str = "mean") -> Guideline:
    """A statistic of the last few values of a series, in two bands with a gap in between."""
    series = number("pressure", repeated=True)
    high = Comparison("high", "pressure", bounds=(("≥", Decimal(140)),), unit="a", statistic=statistic, window=last)  # type: ignore[arg-type]
    low = replace(high, id="low", bounds=(("<", Decimal(130)),))
    return step_with([series], [high, low])


def ruled_out(size: int) -> Guideline:
    """Steps each ruled out by every answer but the one that leads there, and one road for the very case."""
    made = step_with(asked_yes_no(size), [yes(n) for n in range(size)])
    others = {f"end-{n}": tuple(replace(yes(one), id=f"against-{n}-{one}") for one in range(size) if one != n) for n in range(size)}
    spite = Transition("spite", "start", "end-0", "in spite", "source", when=AllOf("both", (yes(1), yes(2))))
    steps = {id: replace(step, contraindications=others.get(id, ())) for id, step in made.steps.items()}
    steps, edges = contraindicated(steps, {**made.transitions, "spite": spite})
    return replace(made, steps=steps, transitions=edges)


def plain_peer(guideline: Guideline) -> Guideline:
    """The same questions, asked by one edge that wants one answer to each."""
    plain = [one for one in guideline.observables.values() if not one.items]

    def wanted(one: Observable) -> Comparison:
        if one.value_type == "yes-no":
            return Comparison(f"plain-{one.id}", one.id, answer="yes")
        return Comparison(f"plain-{one.id}", one.id, bounds=(("≥", Decimal(100)),), unit=one.unit)

    return step_with(plain, [AllOf("all", tuple(map(wanted, plain)))])


CONSTRUCTS = {
    "score, 12 items": score(POINTS),
    "2 of 12": so_many(2, 12),
    "6 of 12": so_many(6, 12),
    "formulas, 1 of an age": formulas(1),
    "formulas, 3 of an age": formulas(3),
    "window, mean of the last 2": windows(2),
    "window, mean of the last 3": windows(3),
    "window, largest of the last 5": windows(5, "max"),
    "contraindications, 11 a step": ruled_out(12),
}
TOO_MUCH = {
    "12 of 24": so_many(12, 24),
    "score, 30 items": score([Decimal(2) ** (n % 12) + Decimal(n) / 7 for n in range(30)]),
    "formulas, 12 of an age": formulas(12),
    "window, mean of the last 40": windows(40),
}
