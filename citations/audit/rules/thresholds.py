"""Family S: what passages ask for before a step, where they differ."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple, TypeVar

import networkx as nx

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed
from edgewise.graph.answers.intervals import Numbers, allowed, clipped, minus, parting, told, unclipped, union
from edgewise.graph.bands import bounds
from edgewise.graph.model import AllOf, Comparison, Criterion, Guideline, Observable, Statement
from edgewise.graph.pathway import OFFERED, Pathway
from edgewise.graph.units import UnitError
from edgewise.graph.walking.criteria import requirement
from edgewise.graph.walking.readings import called
from edgewise.ontology.terms import EW

Asked = TypeVar("Asked", bound=Hashable)


class Demand(NamedTuple):
    """What one passage asks of one observable; of a series it may ask several things."""

    passage: Statement
    comparison: Comparison


Topics = dict[tuple[str, str], list[Demand]]  # by step and observable


def threshold_conflict(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    for (step, observable), demands in _bounded(guideline).items():
        what = guideline.observables[observable]
        asked = _by_passage(demands, {demand: allowed(demand.comparison, what.unit) for demand in demands})
        if len(asked) > 1:
            pairs = ((one, other) for mine, theirs in combinations(asked, 2) for one in mine for other in theirs)
            apart = union(piece for one, other in pairs for piece in parting(one, other))
            count = " and on how many are needed" if len({_counted(demand.comparison) for demand in demands}) > 1 else ""
            yield _fault(guideline, step, demands, f"thresholds for '{what.label}' differ", f"they part at {_told(apart, what)}{count}")


def count_conflict(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    for (step, observable), demands in _bounded(guideline).items():
        what = guideline.observables[observable]
        ranges = {allowed(demand.comparison, what.unit) for demand in demands}
        times = sorted({_counted(demand.comparison) for demand in demands})
        if len(ranges) == 1 and len(_by_passage(demands, {demand: _counted(demand.comparison) for demand in demands})) > 1:
            yield _fault(guideline, step, demands, f"counts for '{what.label}' differ", f"{listed(times, 'or')} are needed")


def answer_conflict(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    for (step, observable), demands in _topics(guideline).items():
        answers: dict[str, set[str]] = {}
        for demand in (demand for demand in demands if not demand.comparison.bounds):
            fitting = set(demand.comparison.one_of or (demand.comparison.answer,))
            answers[demand.passage.id] = answers.get(demand.passage.id, fitting) & fitting
        if len(set(map(frozenset, answers.values()))) > 1:
            what = guideline.observables[observable]
            common = set.intersection(*answers.values())
            end = f"only {listed(sorted(common))} fits all" if common else "no answer fits all"
            yield _fault(guideline, step, demands, f"answers asked for on '{what.label}' differ", end)


def unreachable_range(subject: Audited) -> Iterator[Fault]:
    """Values that are good enough for a later step, and shut out by an earlier one through which every way to it leads."""
    guideline = subject.guideline
    topics = _bounded(guideline)
    pathway = Pathway.of(guideline).network(*OFFERED)
    for (later, observable), wanted in topics.items():
        for (earlier, other), passed in topics.items():
            if other == observable and earlier != later and _stands_before(guideline, pathway, earlier, later):
                what = guideline.observables[observable]
                goes_on = any(demand.comparison.statistic for demand in (*wanted, *passed))  # a later value may be another one
                if not what.accrues and not goes_on and (gap := _gap(what, wanted, passed)):
                    yield _unreachable(guideline, what, gap, (later, wanted), (earlier, passed))


def _counted(comparison: Comparison) -> str:
    """How many values are needed, or what of them is compared."""
    return called(comparison) if comparison.statistic else str(comparison.times)


def _told(numbers: Numbers, what: Observable) -> str:
    within = clipped(numbers, what.minimum, what.maximum)
    return told(unclipped(within, what.minimum, what.maximum), what.unit)


def _gap(what: Observable, wanted: list[Demand], passed: list[Demand]) -> Numbers:
    numbers = union(allowed(demand.comparison, what.unit) for demand in wanted)
    for demand in passed:
        numbers = minus(numbers, allowed(demand.comparison, what.unit))
    return clipped(numbers, what.minimum, what.maximum)


def _unreachable(
    guideline: Guideline, what: Observable, gap: Numbers, later: tuple[str, list[Demand]], earlier: tuple[str, list[Demand]]
) -> Fault:
    passages = tuple(dict.fromkeys(demand.passage.id for demand in (*earlier[1], *later[1])))
    message = (
        f"'{what.label}' of {_told(gap, what)} would do for {guideline.steps[later[0]].name} "
        f"({listed(_places(later[1]))}) but not for {guideline.steps[earlier[0]].name} ({listed(_places(earlier[1]))}), "
        "through which every way to it leads"
    )
    return Fault(message=message, subject=passages[0], predicate=EW.asserts, related=(*passages[1:], earlier[0], later[0]))


def _fault(guideline: Guideline, step: str, demands: list[Demand], what: str, end: str) -> Fault:
    sides: dict[str, list[str]] = {}
    for demand in demands:
        observable = guideline.observables[demand.comparison.observable]
        sides.setdefault(requirement(demand.comparison, observable), []).append(f"{demand.passage.id}, {demand.passage.place}")
    against = "; against ".join(f"{wanted} ({'; '.join(places)})" for wanted, places in sides.items())
    passages = tuple(dict.fromkeys(demand.passage.id for demand in demands))
    message = f"before {guideline.steps[step].name}, {what}: {against}; {end}"
    return Fault(message=message, subject=passages[0], predicate=EW.asserts, related=(*passages[1:], step))


def _places(demands: list[Demand]) -> list[str]:
    return list(dict.fromkeys(demand.passage.id for demand in demands))


def _topics(guideline: Guideline) -> Topics:
    topics: Topics = {}
    for passage in Pathway.of(guideline).passages.values():
        for assertion in passage.asserts:
            if assertion.about in guideline.steps:
                for comparison in _joint(assertion.criterion):
                    topics.setdefault((assertion.about, comparison.observable), []).append(Demand(passage, comparison))
    return topics


def _bounded(guideline: Guideline) -> Topics:
    """Topics with bounds whose units can be compared."""
    found: Topics = {}
    for topic, demands in _topics(guideline).items():
        kept = [
            demand for demand in demands if demand.comparison.bounds and _comparable(demand.comparison, guideline.observables[topic[1]])
        ]
        if kept:
            found[topic] = _jointly(kept, guideline.observables[topic[1]])
    return found


def _jointly(demands: list[Demand], observable: Observable) -> list[Demand]:
    """Bounds of one passage taken together: they hold of the same number, unless there is a series of them."""
    if observable.repeated:
        return demands
    heard: dict[str, list[Demand]] = {}
    for demand in demands:
        heard.setdefault(demand.passage.id, []).append(demand)
    return [Demand(several[0].passage, _joint_bounds([one.comparison for one in several], observable)) for several in heard.values()]


def _joint_bounds(several: list[Comparison], observable: Observable) -> Comparison:
    first, *others = several
    if not others:
        return first
    together = dict.fromkeys(bound for one in several for bound in bounds(one, observable))
    return replace(first, bounds=tuple(together), unit=observable.unit, label="")


def _by_passage(demands: list[Demand], asked: Mapping[Demand, Asked]) -> set[frozenset[Asked]]:
    """All that is asked for by one passage or another; more than one kind of it, and the passages disagree."""
    passages = {demand.passage.id for demand in demands}
    return {frozenset(asked[demand] for demand in demands if demand.passage.id == id) for id in passages}


def _comparable(comparison: Comparison, observable: Observable) -> bool:
    try:
        allowed(comparison, observable.unit)
    except UnitError:
        return False
    return True


def _joint(criterion: Criterion) -> Iterator[Comparison]:
    """Comparisons that all have to hold; alternatives and negations ask for nothing by themselves."""
    if isinstance(criterion, Comparison):
        yield criterion
    elif isinstance(criterion, AllOf):
        for part in criterion.parts:
            yield from _joint(part)


def _stands_before(guideline: Guideline, pathway: nx.MultiDiGraph[str], earlier: str, later: str) -> bool:
    starts = [step for step in pathway if not pathway.in_degree(step) and step not in (earlier, later)]
    starts = [step for step in starts if guideline.steps[step].kind == "Presentation"] or starts
    around = pathway.subgraph(step for step in pathway if step != earlier)
    reached = any(nx.has_path(pathway, start, later) for start in starts)
    return reached and not any(nx.has_path(around, start, later) for start in starts)


RULES = (
    Rule(
        id="S301", name="threshold-conflict", severity="error", check=threshold_conflict,
        why="Where an article asks for two different thresholds before the same step, a patient between them is in and out at once.",
        fix="Keep both as stated, and say in a note where they part; ask the publisher which one is meant.",
    ),
    Rule(
        id="S302", name="count-conflict", severity="error", check=count_conflict,
        why="One or two positive tests decide whether a patient goes on to the next step.",
        fix="Keep both as stated, and say in a note where they part; ask the publisher which one is meant.",
    ),
    Rule(
        id="S303", name="unreachable-range", severity="warning", check=unreachable_range,
        why="Patients who fulfil the later threshold but not the earlier one are stuck between two rungs of the ladder.",
        fix="Say in a note that the source has no rung there; fill nothing in.",
    ),
    Rule(
        id="S304", name="answer-conflict", severity="error", check=answer_conflict,
        why="If passages name different findings for the same step, it is not clear whom the step is for.",
        fix="Keep both readings, and say in a note which passage says what.",
    ),
)  # fmt: skip
