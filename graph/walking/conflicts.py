"""Passages of the source that ask for different things before the same step, named when they disagree on the facts at hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from edgewise.graph.attribution import READING, Word, joint, rests_on, word
from edgewise.graph.law import Law
from edgewise.graph.model import Criterion, Guideline, Transition
from edgewise.graph.pathway import Topic, comparisons
from edgewise.graph.walking.criteria import Trace, reading
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
        road: id of the edge where one is stated for a case in which its step is contraindicated; empty where passages disagree.
        remark: what is to be said beside the passages of such a road, where it or what rules the step out is not the source's word alone.
    """

    about: str
    observables: tuple[str, ...]
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    text: str
    road: str = ""
    remark: str = ""

    @property
    def passages(self) -> tuple[str, ...]:
        return self.met + self.unmet


def conflicts(guideline: Guideline, law: Law[Truth, Trace], reached: Collection[str]) -> tuple[Conflict, ...]:
    """Conflicts that matter: on observables of steps reached, before steps that the facts do not rule out anyway.

    Args:
        guideline: whose statements and headings carry assertions.
        law: of its pathway for some facts.
        reached: ids of the steps the walk has come to.
    """

    def come_to(step: str) -> Truth:
        return Truth.TRUE if step in reached else Truth.FALSE

    mattering = (topic for topic in law.pathway.topics if len(topic.stated) > 1 and law.matters(topic, come_to) is Truth.TRUE)
    found = [conflict for topic in mattering if (conflict := _disagreement(guideline, law, topic))]
    return (*found, *_roads_in_spite(guideline, law, reached))


def _roads_in_spite(guideline: Guideline, law: Law[Truth, Trace], reached: Collection[str]) -> Iterator[Conflict]:
    """Roads that are stated for the very case in which their step is contraindicated."""
    for edge in guideline.transitions.values():
        against = ruled_out(guideline, edge)
        if edge.source not in reached or not against or law.opened(edge) is not Truth.TRUE:
            continue
        traces = [law.stated(one) for one in against]
        passages = tuple(dict.fromkeys(id for one in against for id in rests_on(one)))
        label = guideline.steps[edge.target].label
        told = "; ".join(trace.text for trace in traces)
        remark = whose_road(edge, against).remark
        lead = "The source leads" if not remark else "A road leads"
        text = f"{lead} to {label} in the very case in which it {'rules it out' if not remark else 'is contraindicated'}: {told}."
        observables = dict.fromkeys(id for criterion in against for one in comparisons(criterion) for id in one.looks_at)
        yield Conflict(edge.target, tuple(observables), edge.justified_by, passages, text, edge.id, remark)


def ruled_out(guideline: Guideline, edge: Transition) -> tuple[Criterion, ...]:
    """The contraindications of a step for which a road to it is stated all the same; the road holds only where all of them do."""
    return tuple(one for one in guideline.steps[edge.target].contraindications if one.id in edge.despite)


def whose_road(edge: Transition, against: Collection[Criterion]) -> Word:
    """Whose word it is that a road leads where these rule its step out."""
    road = Word(edge.stated_by, edge.justified_by, READING if edge.stated_by == "modeller" else "")
    return joint((road, *map(word, against)))


def read_into(guideline: Guideline, about: str, passage: str) -> str:
    """What the modeller read into what a passage asks for before a step, in words; empty where all of it is the passage's own word."""
    asked = [one for stated in guideline.passage(passage).asserts if stated.about == about for one in comparisons(stated.criterion)]
    told = (READING if one.stated_by == "modeller" else reading(one, guideline.observables[one.observable]) for one in asked)
    return "; ".join(dict.fromkeys(filter(None, told)))


def _disagreement(guideline: Guideline, law: Law[Truth, Trace], topic: Topic) -> Conflict | None:
    traces = {passage: law.stated(criterion) for passage, criterion in topic.stated.items()}
    met = tuple(id for id, trace in traces.items() if trace.truth is Truth.TRUE)
    unmet = tuple(id for id, trace in traces.items() if trace.truth is Truth.FALSE)
    if not met or not unmet:
        return None

    def told(ids: tuple[str, ...]) -> str:
        return "; ".join(f"{guideline.passage(id).place}: {traces[id].text}" for id in ids)

    label = guideline.steps[topic.about].label if topic.about in guideline.steps else topic.about
    text = f"The source disagrees with itself before {label}. Fulfilled by these facts: {told(met)}. Not fulfilled: {told(unmet)}."
    return Conflict(topic.about, topic.observables, met, unmet, text)
