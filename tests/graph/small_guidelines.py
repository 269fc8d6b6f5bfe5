"""Small guidelines of every shape, drawn by hypothesis, and all the patients that their comparisons can tell apart."""

from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import prod

from hypothesis import assume
from hypothesis import strategies as st

from edgewise.graph.answers.partition import partition
from edgewise.graph.model import AllOf, AnyOf, Assertion, Choice, Comparison, Guideline, Not, Observable, Place, Statement, Step, Transition

MOST = 300  # patients


@st.composite
def observables(draw, id):
    kind = draw(st.sampled_from(["yes-no", "choice", "quantity", "count"]))
    if kind == "yes-no":
        return Observable(id, id.title(), "?", kind)
    if kind == "choice":
        return Observable(id, id.title(), "?", kind, choices=tuple(Choice(v, v.upper()) for v in "xyz"[: draw(st.integers(1, 3))]))
    low, high = draw(st.sampled_from([(None, None), (0, None), (None, 9), (0, 9), (2, 6), (4, 4)]))
    limits = {"minimum": None if low is None else Decimal(low), "maximum": None if high is None else Decimal(high)}
    shape = draw(st.sampled_from([{}, {}, {"accrues": True}, {"repeated": True}]))
    return Observable(id, id.title(), "?", kind, unit="mo" if kind == "quantity" else "", **limits, **shape)


@st.composite
def comparisons_of(draw, observable):
    id, kind = observable.id, observable.value_type
    if kind == "yes-no":
        return Comparison("c", id, answer=draw(st.sampled_from(["yes", "no"])))
    if kind == "choice":
        values = [choice.value for choice in observable.choices]
        return Comparison("c", id, one_of=tuple(draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))))
    bounds = draw(st.sampled_from([("≥",), (">",), ("≤",), ("<",), ("≥", "≤"), (">", "<")]))
    values = sorted(draw(st.lists(st.sampled_from(["2", "4", "4.5", "6"]), min_size=len(bounds), max_size=len(bounds))), key=Decimal)
    made = Comparison("c", id, bounds=tuple(zip(bounds, map(Decimal, values), strict=True)), unit=observable.unit)
    return replace(made, **draw(of_series())) if observable.repeated else made


@st.composite
def of_series(draw):
    """What of a series is compared: a number of its values, or a statistic of some of them."""
    statistic = draw(st.sampled_from(["", "", "last", "first", "mean", "mean", "max", "min", "any"]))
    return {"statistic": statistic, "window": draw(st.integers(0, 3))} if statistic else {"times": draw(st.integers(1, 3))}


def criteria(known):
    single = st.sampled_from(known).flatmap(comparisons_of)
    return st.recursive(
        single,
        lambda part: st.one_of(
            st.builds(lambda parts: AllOf("all", tuple(parts)), st.lists(part, min_size=1, max_size=3)),
            st.builds(lambda parts: AnyOf("any", tuple(parts)), st.lists(part, min_size=1, max_size=3)),
            st.builds(lambda one: Not("not", one), part),
        ),
        max_leaves=4,
    )


@st.composite
def steps(draw, known):
    ids = [f"step-{n}" for n in range(draw(st.integers(1, 5)))]
    made = {}
    for position, id in enumerate(ids):
        kind = (
            "Presentation"
            if not position
            else draw(st.sampled_from(["Treatment", "Investigation", "Treatment", "Endpoint", "Presentation"]))
        )
        yields = draw(st.lists(st.sampled_from([one.id for one in known]), max_size=2, unique=True))
        companion = draw(st.sampled_from(["", "", "", "", *ids])) if kind == "Treatment" else ""
        endpoint = draw(st.sampled_from(["not-stated", "discharge", "not-covered"])) if kind == "Endpoint" else ""
        made[id] = Step(
            id, kind, id.title(), "", "p", yields=tuple(yields), companion_of="" if companion == id else companion, endpoint=endpoint
        )
    return made


@st.composite
def guidelines(draw, passages=False, most=MOST):
    """Valid or nearly so; with at most `most` patients to tell apart."""
    known = [draw(observables(f"o{n}")) for n in range(draw(st.integers(1, 4)))]
    places = draw(steps(known))
    ends = [id for id, step in places.items() if step.kind != "Presentation"]
    edges = {}
    for n in range(draw(st.integers(1, 8)) if ends else 0):
        role = draw(st.sampled_from(["route", "route", "route", "route", "option", "excluded"]))
        when = draw(st.one_of(st.none(), criteria(known), criteria(known), criteria(known)))
        source, target = draw(st.sampled_from(list(places))), draw(st.sampled_from(ends))
        edges[f"t{n}"] = Transition(f"t{n}", source, target, f"t{n}", "source", role, when)
    made = Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps=places, transitions=edges, observables={one.id: one for one in known},
        statements=draw(statements(list(places), known)) if passages else {},
    )  # fmt: skip
    assume(prod(len(cells) for cells in partitions(made).values()) <= most)
    return made


@st.composite
def statements(draw, places, known):
    """Passages of which several speak of one thing before one step."""
    made = {}
    for about in draw(st.lists(st.sampled_from(places), max_size=2)):
        one = draw(st.sampled_from(known))
        for _ in range(draw(st.integers(1, 3))):
            id = f"s{len(made)}"
            one_or_two = st.lists(st.one_of(comparisons_of(one), comparisons_of(one), criteria(known)), min_size=1, max_size=2)
            asserts = tuple(Assertion(about, criterion) for criterion in draw(one_or_two))
            made[id] = Statement(id, "criterion", "", Place("part", "bullet", len(made) + 1), "", asserts=asserts)
    return made


def partitions(guideline):
    return {id: partition(guideline, id).cells for id in guideline.observables}


def patients(guideline):
    """Every combination of cells, as cells and as facts."""
    cells = partitions(guideline)
    for combination in product(*(range(len(one)) for one in cells.values())):
        assignment = dict(zip(cells, combination, strict=True))
        yield assignment, {id: cells[id][cell].sample for id, cell in assignment.items()}
