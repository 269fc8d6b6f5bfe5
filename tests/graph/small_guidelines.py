"""Small guidelines of every shape, drawn by hypothesis, and all the patients that their comparisons can tell apart."""

from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import prod

from hypothesis import assume
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.answers.differences import Links, Signs, differences
from edgewise.graph.answers.partition import partition
from edgewise.graph.durations import Duration
from edgewise.graph.model import (
    AllOf,
    Alternative,
    AnyOf,
    Assertion,
    Bundle,
    Candidate,
    Choice,
    Comparison,
    CountOf,
    Formula,
    Guideline,
    Item,
    Not,
    Observable,
    Place,
    Scored,
    Statement,
    Step,
    TimeWindow,
    Transition,
)
from edgewise.graph.pathway import Pathway
from edgewise.graph.reading.implied import contraindicated, finishing
from edgewise.graph.walking.criteria import evaluate
from edgewise.graph.walking.kleene import Truth, interval

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
    if kind == "score":
        return draw(scored(observable))
    bounds = draw(st.sampled_from([("≥",), (">",), ("≤",), ("<",), ("≥", "≤"), (">", "<")]))
    values = sorted(draw(st.lists(st.sampled_from(["2", "4", "4.5", "6"]), min_size=len(bounds), max_size=len(bounds))), key=Decimal)
    made = Comparison("c", id, bounds=tuple(zip(bounds, map(Decimal, values), strict=True)), unit=observable.unit)
    return replace(made, **draw(of_series())) if observable.repeated else made


@st.composite
def of_series(draw):
    """What of a series is compared: a number of its values, or a statistic of some of them."""
    statistic = draw(st.sampled_from(["", "", "last", "first", "mean", "mean", "max", "min", "any"]))
    return {"statistic": statistic, "window": draw(st.integers(0, 3))} if statistic else {"times": draw(st.integers(1, 3))}


@st.composite
def scored(draw, score):
    sign, bound = draw(st.sampled_from("≥>≤<")), draw(st.sampled_from(["-1", "0", "1", "1.5", "2", "3"]))
    told = Comparison("c", score.id, bounds=((sign, Decimal(bound)),))
    return Scored("c/score", told, tuple(item.criterion for item in score.items), tuple(item.points for item in score.items))


@st.composite
def scores(draw, known):
    """A score of a few items, some of which may ask for the same."""
    single = st.sampled_from(known).flatmap(comparisons_of)
    points = st.sampled_from([Decimal(one) for one in ("1", "1.5", "2", "-1")])
    items = tuple(Item(draw(single), draw(points)) for _ in range(draw(st.integers(1, 4))))
    least, most = interval([Truth.UNKNOWN] * len(items), [item.points for item in items])
    return Observable("score", "Score", "?", "score", minimum=least, maximum=most, items=items)


def counts(parts):
    """So many of some."""
    most = len(parts)
    bounds = st.one_of(
        st.integers(1, most).map(lambda n: (("≥", Decimal(n)),)),
        st.integers(0, most - 1).map(lambda n: (("≤", Decimal(n)),)),
        st.integers(0, most).map(lambda n: (("≥", Decimal(n)), ("≤", Decimal(n)))),
    )
    return bounds.map(lambda found: CountOf("count", tuple(parts), found))


def takeable(known):
    return [one for one in known if one.value_type in ("quantity", "count") and not one.repeated]


@st.composite
def formulas(draw, taken, depth=2):
    """Bounds worked out from some observables; divisors are plain numbers, and what is multiplied with an answer is one too."""
    operand = st.one_of(
        st.sampled_from(taken).map(lambda one: Formula("observable", observable=one.id, name=one.label)),
        st.sampled_from(["1", "2", "3", "4.5"]).map(lambda one: Formula("number", value=Decimal(one))),
    )
    operand = st.one_of(operand, st.just(Formula("number", value=Decimal("2.5"), name="the dose of A", dose="d")))
    operation = draw(st.sampled_from(["times", "times", "plus", "minus", "dividedBy", "max", "min"]))
    if operation in ("times", "dividedBy"):
        number = Formula("number", value=Decimal(draw(st.sampled_from(["2", "0.5", "3"]))))
        return Formula(operation, (draw(formulas(taken, depth - 1)) if depth and draw(st.booleans()) else draw(operand), number))
    parts = [draw(formulas(taken, depth - 1)) if depth and draw(st.booleans()) else draw(operand) for _ in range(2)]
    return Formula(operation, tuple(parts))


@st.composite
def worked_out(draw, known):
    """A comparison whose bound is worked out from other observables."""
    able = takeable(known)
    what = draw(st.sampled_from(able))
    taken = [one for one in able if one.id != what.id]
    sign, formula = draw(st.sampled_from(["≥", ">", "≤", "<"])), draw(formulas(taken))
    bounds = ((draw(st.sampled_from(["≥", "<"])), Decimal(4)),) if draw(st.integers(0, 3)) == 0 else ()
    return Comparison("c", what.id, bounds=bounds, formulas=((sign, formula),), unit=what.unit)


def criteria(known, some_formulas=False):
    single = st.sampled_from(known).flatmap(comparisons_of)
    if some_formulas and len(takeable(known)) > 1:
        single = st.one_of(single, worked_out(known))
    return st.recursive(
        single,
        lambda part: st.one_of(
            st.builds(lambda parts: AllOf("all", tuple(parts)), st.lists(part, min_size=1, max_size=3)),
            st.builds(lambda parts: AnyOf("any", tuple(parts)), st.lists(part, min_size=1, max_size=3)),
            st.builds(lambda one: Not("not", one), part),
            st.lists(part, min_size=1, max_size=4).flatmap(counts),
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
def guidelines(draw, passages=False, most=MOST, some_formulas=False, despite=False):
    """Valid or nearly so; with at most `most` patients to tell apart; `despite`: with a road for a case in which its step is ruled out."""
    known = [draw(observables(f"o{n}")) for n in range(draw(st.integers(1, 4)))]
    if some_formulas:
        known = [*known[:1], *(draw(observables(f"n{n}").filter(lambda one: takeable([one]))) for n in range(draw(st.integers(2, 3))))]
    known += [draw(scores(known))] if draw(st.integers(0, 3)) == 0 else []
    places = draw(steps(known))
    ends = [id for id, step in places.items() if step.kind != "Presentation"]
    edges = {}
    for n in range(draw(st.integers(1, 8)) if ends else 0):
        role = draw(st.sampled_from(["route", "route", "route", "route", "option", "excluded"]))
        when = draw(st.one_of(st.none(), *[criteria(known, some_formulas)] * 3))
        source, target = draw(st.sampled_from(list(places))), draw(st.sampled_from(ends))
        when = replace(when, id=f"t{n}/when") if when is not None else None
        edges[f"t{n}"] = Transition(f"t{n}", source, target, f"t{n}", "source", role, when)
    places, edges = draw(ruled_out(places, edges)) if despite else (places, edges)
    done = finishing(places) if draw(st.integers(0, 2)) == 0 else {}
    places, edges = contraindicated(places, edges)
    applies_to = draw(criteria(known, some_formulas)) if draw(st.integers(0, 4)) == 0 else None
    made = Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        applies_to=applies_to, steps=places, transitions=edges, observables={one.id: one for one in known} | done,
        statements=draw(statements(list(places), known, some_formulas)) if passages else {},
    )  # fmt: skip
    assume(few(made, most))
    assume(any(True for _ in patients(made)))
    return made


def few(guideline, most):
    """Whether there are at most so many patients to tell apart; of windows, whether they can be counted at all."""
    try:
        return prod(len(cells) for cells in partitions(guideline).values()) * 3 ** len(differences(guideline)) <= most
    except TooLarge:
        return False


@st.composite
def ruled_out(draw, places, edges):
    """The step of one road ruled out in a case that the road asks for, on the step itself or by an edge that is not to be taken."""
    able = [edge for edge in edges.values() if edge.when is not None and edge.role != "excluded"]
    assume(able)
    road = draw(st.sampled_from(able))
    asked = road.when.parts if isinstance(road.when, AllOf) else (road.when,)
    against = replace(draw(st.sampled_from(asked)), id="against")
    if draw(st.booleans()):
        return {**places, road.target: replace(places[road.target], contraindications=(against,))}, edges
    return places, edges | {"never": Transition("never", road.source, road.target, "never", "source", "excluded", against)}


@st.composite
def statements(draw, places, known, some_formulas=False):
    """Passages of which several speak of one thing before one step."""
    made = {}
    for about in draw(st.lists(st.sampled_from(places), max_size=2)):
        one = draw(st.sampled_from(known))
        for _ in range(draw(st.integers(1, 3))):
            id = f"s{len(made)}"
            one_or_two = st.lists(
                st.one_of(comparisons_of(one), comparisons_of(one), criteria(known, some_formulas)), min_size=1, max_size=2
            )
            asserts = tuple(Assertion(about, criterion) for criterion in draw(one_or_two))
            made[id] = Statement(id, "criterion", "", Place("part", "bullet", len(made) + 1), "", asserts=asserts)
    return made


@st.composite
def with_sets(draw, guideline):
    """The same guideline with steps that are begun together, and others of which one is chosen."""
    ids = list(guideline.steps)
    if len(ids) < 2:
        return guideline
    several = st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True)
    known = [one for one in guideline.observables.values() if one.value_type == "yes-no"]
    when = st.one_of(st.none(), *(st.just(Comparison("w", one.id, answer="yes")) for one in known))
    steps = draw(several)
    choose = tuple(Candidate(f"a/{n}", step, rank=draw(st.integers(0, 2)), when=draw(when)) for n, step in enumerate(steps))
    bundle = Bundle("b", "At once", tuple(draw(several)))
    return replace(guideline, bundles={"b": bundle}, alternatives={"a": Alternative("a", "Either", choose)})


@st.composite
def timed_guidelines(draw, most=MOST):
    """Some whose steps have times that depend on the patient; two of them may hold at once."""
    guideline = draw(guidelines(most=most))
    known = [one for one in guideline.observables.values() if not one.finishes]
    spans = st.sampled_from([Duration(Decimal(1), "h"), Duration(Decimal(60), "min"), Duration(Decimal(3), "h")])
    places = {}
    for id, step in guideline.steps.items():
        keys = draw(st.lists(st.sampled_from(["within", "within", "notBefore", "every"]), max_size=3))
        windows = [TimeWindow(f"{id}/{n}", key, draw(spans), when=draw(criteria(known))) for n, key in enumerate(keys)]
        places[id] = replace(step, windows=tuple(windows))
    made = replace(guideline, steps=places)
    assume(prod(len(cells) for cells in partitions(made).values()) <= most)
    assume(any(True for _ in patients(made)))
    return made


def partitions(guideline):
    return {id: partition(guideline, id).cells for id in guideline.observables}


def patients(guideline):
    """Every combination of cells that some patient has of whom the guideline speaks, as cells and as facts."""
    cells = partitions(guideline)
    found = differences(guideline)
    signs = {id: Signs(guideline.observables[one.observable], one) for id, one in found.items()}
    links = Links(guideline, found, {id: partition(guideline, id) for id in cells} | signs)
    linked = {id for group in links.groups for id in group}
    alone = [id for id in cells if id not in linked]
    for held in product(*(links.witnesses[group].items() for group in links.groups)):
        together = {
            id: cell
            for group, (combination, _) in zip(links.groups, held, strict=True)
            for id, cell in zip(group, combination, strict=True)
        }
        values = {id: value for _, numbers in held for id, value in numbers.items()}
        for combination in product(*(range(len(cells[id])) for id in alone)):
            assignment = together | dict(zip(alone, combination, strict=True))
            facts = values | {id: cells[id][assignment[id]].sample for id in alone}
            assignment, facts = {id: assignment[id] for id in (*cells, *found)}, {id: facts[id] for id in cells}
            if there_is(guideline, assignment, facts):
                yield assignment, facts


def there_is(guideline, assignment, facts):
    """Whether the totals of scores are what their items make, and the guideline speaks of such patients."""
    observables = guideline.observables
    for score in (one for one in observables.values() if one.items and Pathway.of(guideline).compared(one.id)):
        truths = [evaluate(item.criterion, facts, observables).truth for item in score.items]
        least, most = interval(truths, [item.points for item in score.items])
        if least != most or partition(guideline, score.id).cell_of(least) != assignment[score.id]:
            return False
    return guideline.applies_to is None or evaluate(guideline.applies_to, facts, observables).truth is not Truth.FALSE
