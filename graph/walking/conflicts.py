"""Passages of the source that ask for different things before the same step, named when they disagree on the facts at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from edgewise.graph.model import Assertion, Guideline
from edgewise.graph.walking.criteria import comparisons, evaluate
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth


@dataclass(frozen=True, slots=True)
class Conflict:
    """Passages that disagree for these facts.

    Attributes:
        about: the step before which they ask for something.
        observables: what they ask about.
        met: ids of the passages whose condition these facts fulfil.
        unmet: ids of those whose condition they do not.
        text: the disagreement in plain words.
    """

    about: str
    observables: tuple[str, ...]
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    text: str

    @property
    def passages(self) -> tuple[str, ...]:
        return self.met + self.unmet


_Topic = tuple[str, tuple[str, ...]]  # a step, and the observables asked about before it
_Stated = tuple[str, Assertion]  # a passage's id, and what it asserts


def conflicts(guideline: Guideline, facts: Facts, reached: Collection[str]) -> tuple[Conflict, ...]:
    """Conflicts that matter: on observables of steps reached, before steps that these facts do not rule out anyway.

    Args:
        guideline: whose statements and headings carry assertions.
        facts: values by observable id.
        reached: ids of the steps the walk has come to.
    """
    named = (
        _disagreement(guideline, about, observables, stated, facts)
        for (about, observables), stated in _by_topic(guideline).items()
        if _is_asked_on_the_way(guideline, observables, facts, reached) and not _ruled_out(guideline, about, observables, facts)
    )
    return tuple(conflict for conflict in named if conflict)


def _by_topic(guideline: Guideline) -> dict[_Topic, list[_Stated]]:
    topics: dict[_Topic, list[_Stated]] = defaultdict(list)
    for passage in (*guideline.headings.values(), *guideline.statements.values()):
        for assertion in passage.asserts:
            observables = tuple(sorted({part.observable for part in comparisons(assertion.criterion)}))
            topics[assertion.about, observables].append((passage.id, assertion))
    return topics


def _is_asked_on_the_way(guideline: Guideline, observables: Collection[str], facts: Facts, reached: Collection[str]) -> bool:
    def asked(observable: str) -> bool:
        yielding = [step.id for step in guideline.steps.values() if observable in step.yields]
        return observable in facts and (not yielding or any(step in reached for step in yielding))

    return all(asked(observable) for observable in observables)


def _ruled_out(guideline: Guideline, about: str, observables: Collection[str], facts: Facts) -> bool:
    """Whether the other facts alone close every way to the step, so that the disagreement changes nothing."""
    others = {id: answer for id, answer in facts.items() if id not in observables}
    ways = [transition for transition in guideline.transitions.values() if transition.target == about and transition.role != "excluded"]
    return all(way.when is not None and evaluate(way.when, others, guideline.observables).truth is Truth.FALSE for way in ways)


def _disagreement(guideline: Guideline, about: str, observables: tuple[str, ...], stated: list[_Stated], facts: Facts) -> Conflict | None:
    traces = {passage: evaluate(assertion.criterion, facts, guideline.observables) for passage, assertion in stated}
    met = tuple(id for id, trace in traces.items() if trace.truth is Truth.TRUE)
    unmet = tuple(id for id, trace in traces.items() if trace.truth is Truth.FALSE)
    if not met or not unmet:
        return None

    def told(ids: tuple[str, ...]) -> str:
        return "; ".join(f"{guideline.passage(id).place}: {traces[id].text}" for id in ids)

    label = guideline.steps[about].label if about in guideline.steps else about
    text = f"The source disagrees with itself before {label}. Fulfilled by these facts: {told(met)}. Not fulfilled: {told(unmet)}."
    return Conflict(about, observables, met, unmet, text)
