"""Small guidelines with a loop, drawn by hypothesis, the same with the loop unrolled, and visits of their patients."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

from edgewise.graph.durations import Duration
from edgewise.graph.model import AllOf, Comparison
from edgewise.graph.reading.implied import finishing
from edgewise.graph.walking.visits import Gathering
from tests.graph.by_hand import edge, made, step
from tests.graph.small_guidelines import comparisons_of
from tests.graph.small_guidelines import observables as any_observable

VALUES = {"yes-no": ["yes", "no"], "choice": ["x"], "quantity": [Decimal(4), Decimal(6)], "count": [Decimal(4), Decimal(6)]}


@dataclass(frozen=True)
class Looping:
    """A guideline with a loop.

    Attributes:
        guideline: from a start by way of the loop to two ends.
        loop: ids of the steps in the loop, that at which it is entered first.
        own: ids of what they find out.
    """

    guideline: object
    loop: tuple[str, ...]
    own: frozenset[str]


def plain(id):
    return any_observable(id).filter(lambda one: not one.repeated and (one.minimum, one.maximum) in [(None, None), (Decimal(0), None)])


def with_done(guideline):
    return replace(guideline, observables={**guideline.observables, **finishing(guideline.steps)})


@st.composite
def loopings(draw, small=False):
    """A start, a step before the loop, up to three in it, entered at the first, and two steps beyond; fewer where `small`."""
    kept = [draw(plain(id)) for id in (["k0"] if small else ["k0", "k1"])]
    loop = [f"l{n}" for n in range(draw(st.integers(1, 2 if small else 3)))]
    found = {id: draw(plain(f"o-{id}")) for id in loop if draw(st.integers(0, 3))}
    steps = [step("start", "Presentation"), step("before"), *(step(id, yields=(found[id].id,) if id in found else ()) for id in loop)]
    steps += [step("x0"), step("x1", "Endpoint", endpoint="discharge")]
    ends = [("start", "before"), ("before", "l0"), (loop[-1], "l0"), *pairwise(loop)]
    ends += [("l0", loop[-1])] if len(loop) > 2 and draw(st.booleans()) else []
    ends += draw(st.lists(st.tuples(st.sampled_from(loop), st.sampled_from(["l0", "x0", "x1"])), max_size=3))
    ends += draw(st.lists(st.sampled_from([("before", "x0"), ("x0", "x1"), ("start", "x1")]), max_size=2))
    edges = []
    for number, (source, target) in enumerate(dict.fromkeys(ends)):
        known = [*kept, *found.values()] if source in loop else kept
        edges.append(replace(edge(source, target, draw(condition(known))), id=f"t{number}"))
    guideline = with_done(made(steps, edges, [*kept, *found.values()]))
    own = {one.id for one in found.values()} | {f"done:{id}" for id in loop if id not in found}
    return Looping(guideline, tuple(loop), frozenset(own))


@st.composite
def condition(draw, known):
    if draw(st.integers(0, 2)) == 0:
        return None
    parts = draw(st.lists(st.sampled_from(known).flatmap(comparisons_of), min_size=1, max_size=2))
    return parts[0] if len(parts) == 1 else AllOf("all", tuple(parts))


@st.composite
def an_answer(draw, observable):
    values = [choice.value for choice in observable.choices] or VALUES[observable.value_type]
    return draw(st.sampled_from(values))


@st.composite
def visits_of(draw, looping, most=3):
    """What is told visit by visit: all that no step of the loop finds out at the first, some of the rest each time."""
    asked = looping.guideline.observables
    first = {id: draw(an_answer(one)) for id, one in asked.items() if id not in looping.own and not one.finishes}
    first |= {"done:before": "yes"} if draw(st.integers(0, 4)) else {}
    told = []
    for number in range(draw(st.integers(1, most))):
        ids = draw(st.sets(st.sampled_from(sorted(looping.own)))) | (draw(st.sets(st.just("done:x0"))) if number else set())
        told.append((first if not number else {}) | {id: "yes" if asked[id].finishes else draw(an_answer(asked[id])) for id in sorted(ids)})
    return told


def heard(guideline, visits):
    """Facts and timeline of visits a week apart."""
    gathered = Gathering(guideline)
    for week, facts in enumerate(visits):
        gathered.hear(Duration(Decimal(week), "wk"), facts)
    return gathered.facts, gathered.timeline(Duration(Decimal(len(visits) - 1), "wk"))


# Unrolled ---------------------------------------------------------------------------------------------------------------


def copy(id, number):
    """The name of a step, an edge or a question in one round."""
    return f"{id}@{number}"


def base(id):
    return id.split("@")[0]


def unrolled(looping, rounds):
    """The same guideline with so many copies of its loop, each with questions of its own; the ways back lead to the next."""
    guideline, own = looping.guideline, looping.own

    def renamed(criterion, number):
        if isinstance(criterion, Comparison):
            return replace(criterion, observable=copy(criterion.observable, number)) if criterion.observable in own else criterion
        return None if criterion is None else replace(criterion, parts=tuple(renamed(part, number) for part in criterion.parts))

    steps = [one for id, one in guideline.steps.items() if id not in looping.loop]
    edges = []
    for number in range(1, rounds + 1):
        for id in looping.loop:
            one = guideline.steps[id]
            steps.append(replace(one, id=copy(id, number), yields=tuple(copy(found, number) for found in one.yields)))
        for one in guideline.transitions.values():
            if one.source not in looping.loop:
                continue
            back = one.target == looping.loop[0]
            target = copy(one.target, number + back) if one.target in looping.loop else one.target
            if not back or number < rounds:
                edges.append(
                    replace(one, id=copy(one.id, number), source=copy(one.source, number), target=target, when=renamed(one.when, number))
                )
    outside = [one for one in guideline.transitions.values() if one.source not in looping.loop]
    edges += [replace(one, target=copy(one.target, 1) if one.target in looping.loop else one.target) for one in outside]
    kept = [one for id, one in guideline.observables.items() if id not in own and not one.finishes]
    copies = [
        replace(one, id=copy(id, number))
        for id, one in guideline.observables.items()
        if id in own and not one.finishes
        for number in range(1, rounds + 1)
    ]
    return with_done(made(steps, edges, [*kept, *copies]))


def told_flat(id, looping, number):
    """Under which name a fact of one round stands there: what is said done bears the step's."""
    return copy(id, number) if id in looping.own else id
