"""The pathway of a guideline, made once for each: what leads where, what finds what out, which passages speak of what.

Whoever asks which edges leave a step, which step finds an answer out or what is said of it asks here; what that means for a patient, or
for all of them, says `edgewise.graph.law`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from edgewise.graph.bands import Range, ranges
from edgewise.graph.model import AllOf, Comparison, Criterion, Guideline, Resuming, Role, Statement, Step, Transition, parts_of
from edgewise.graph.units import is_time

if TYPE_CHECKING:
    import networkx as nx

ROUTES: tuple[Role, ...] = ("route",)
"""Roles of the edges along which the walk goes on."""
OFFERED: tuple[Role, ...] = ("route", "option")
"""Roles of the edges that the source does not advise against."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What passages ask of the same observables before the same step.

    Attributes:
        about: id of the step, as the passages name it.
        observables: what they ask about, sorted.
        stated: by id of the passage, what it asks for, all of it where it says several things; headings first.
    """

    about: str
    observables: tuple[str, ...]
    stated: Mapping[str, Criterion]


class Pathway:
    """A guideline as what leads where; `Pathway.of` makes it when it is first asked for and keeps it as long as the guideline.

    Attributes:
        starts: ids of the steps at which every walk begins, and of those at which this patient's goes on.
        begin: those of them at which every walk begins.
        done: ids of steps that are done whatever is known.
        passages: statements and headings by id, headings first.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> pathway = Pathway.of(guideline)
    >>> [edge.target for edge in pathway.out_of("presentation")], [step.id for step in pathway.finders("radiographs")]
    (['xray-si-joints', 'xray-spine'], ['xray-si-joints', 'xray-spine'])
    >>> Pathway.of(guideline) is pathway
    True
    """

    def __init__(self, guideline: Guideline) -> None:
        """Better `Pathway.of`, which does it once."""
        self.steps, self.observables, self.transitions = guideline.steps, guideline.observables, guideline.transitions
        self.applies_to = guideline.applies_to
        self.alternatives = guideline.alternatives
        self.passages: Mapping[str, Statement] = {**guideline.headings, **guideline.statements}
        resuming = guideline.resuming or Resuming()
        self.begin = tuple(id for id, step in guideline.steps.items() if step.kind == "Presentation")
        self.starts, self.done = tuple(dict.fromkeys((*self.begin, *resuming.at))), frozenset(resuming.done)
        self._out: dict[str, list[Transition]] = defaultdict(list)
        self._into: dict[str, list[Transition]] = defaultdict(list)
        for edge in guideline.transitions.values():
            self._out[edge.source].append(edge)
            self._into[edge.target].append(edge)
        self._finders: dict[str, list[Step]] = defaultdict(list)
        for step in guideline.steps.values():
            for observable in dict.fromkeys(step.yields):
                self._finders[observable].append(step)
        self._networks: dict[tuple[Role, ...], nx.MultiDiGraph[str]] = {}

    @staticmethod
    def of(guideline: Guideline) -> Pathway:
        """The pathway of a guideline."""
        if not isinstance(kept := guideline.remembered(), Pathway):
            kept = Pathway(guideline)
            guideline.remember(kept)
        return kept

    # Edges --------------------------------------------------------------------------------------------------------------

    def out_of(self, step: str, *roles: Role) -> tuple[Transition, ...]:
        """The edges that leave a step, in the guideline's order; of some roles, or of any."""
        return tuple(edge for edge in self._out.get(step, ()) if not roles or edge.role in roles)

    def into(self, step: str, *roles: Role) -> tuple[Transition, ...]:
        """The edges that lead to a step, in the guideline's order; of some roles, or of any."""
        return tuple(edge for edge in self._into.get(step, ()) if not roles or edge.role in roles)

    def edges(self, *roles: Role) -> tuple[Transition, ...]:
        """All edges of some roles, or of any."""
        return tuple(edge for edge in self.transitions.values() if not roles or edge.role in roles)

    def network(self, *roles: Role) -> nx.MultiDiGraph[str]:
        """The projection of the graph: steps as nodes (attribute `step`), edges of some roles keyed by their id (attribute `transition`).

        It is made once and frozen; nodes and edges come in the guideline's own order, so that two of them are the same to the last byte.
        """
        if roles not in self._networks:
            import networkx as nx  # a tenth of a second that a walk does not need

            network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
            network.add_nodes_from((id, {"step": step}) for id, step in self.steps.items())
            for edge in self.edges(*roles):
                network.add_edge(edge.source, edge.target, key=edge.id, transition=edge)
            self._networks[roles] = nx.freeze(network)
        return self._networks[roles]

    # Steps and answers --------------------------------------------------------------------------------------------------

    def main(self, step: Step) -> Step:
        """The step with which a companion is done; of all others the step itself."""
        return self.steps.get(step.companion_of, step)

    def finished(self, step: Step) -> Comparison | None:
        """That somebody says a step is done; None where there is nothing to be said: it finds something out, or is no deed."""
        return self._finished.get(step.id)

    def goes_on(self, comparison: Comparison) -> bool:
        """Whether what a comparison asks is counted by going on: months, attempts, a series."""
        return any(self.observables[id].accrues or self.observables[id].repeated for id in comparison.looks_at)

    def only_grows(self, comparison: Comparison) -> bool:
        """Whether time cannot bring a comparison about that fails, though nobody counts it: an age does not shrink."""
        observable = self.observables[comparison.observable]
        if self.goes_on(comparison) or comparison.formulas or not observable.unit or not is_time(observable.unit):
            return False
        return any(sign in "≤<" for sign, _ in comparison.bounds)

    def finders(self, observable: str) -> tuple[Step, ...]:
        """The steps that find an observable out."""
        return tuple(self._finders.get(observable, ()))

    def nothing(self, observable: str) -> tuple[()] | Decimal | None:
        """Where a count stands before the step that counts has begun: an empty series, or the least number; None of all other answers."""
        return self._nothing.get(observable)

    def something(self, observable: str) -> Comparison | None:
        """That more than nothing was counted, which the law asks beside all that the guideline compares; None where nothing is counted."""
        return self._something.get(observable)

    def compared(self, observable: str) -> tuple[Comparison, ...]:
        """All comparisons with an observable: on edges, in headings and statements, those that tell what to prefer, or when."""
        return self._compared.get(observable, ())

    def tests(self, observable: str) -> tuple[Comparison, ...]:
        """All by which answers to one question are told apart: what the guideline compares, and what the law asks beside it."""
        something = self.something(observable)
        return (*self.compared(observable), *((something,) if something else ()))

    def own(self, edge: Transition) -> tuple[Comparison, ...]:
        """The comparisons of an edge with what the step it leaves finds out itself."""
        return self._own[edge.id]

    def bands(self, edge: Transition) -> tuple[tuple[Range, tuple[Range, ...]], ...]:
        """The bands that an edge asks for, each with the other ranges by which the source names numbers where the edge leaves.

        A band is bounded from both sides: where the source speaks of 80 to 90 %, it says nothing of less or of more. A bound on one
        side speaks of every number; what is bounded so before the same step, anywhere, is no band.
        """
        return self._bands[edge.id]

    # What passages say --------------------------------------------------------------------------------------------------

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """What passages speak about, in the order in which it is first spoken of."""
        found: dict[tuple[str, tuple[str, ...]], dict[str, list[Criterion]]] = {}
        for passage in self.passages.values():
            for assertion in passage.asserts:
                observables = tuple(sorted({id for part in comparisons(assertion.criterion) for id in part.looks_at}))
                found.setdefault((assertion.about, observables), {}).setdefault(passage.id, []).append(assertion.criterion)
        return tuple(
            Topic(about, observables, {passage: _jointly(passage, criteria) for passage, criteria in stated.items()})
            for (about, observables), stated in found.items()
        )

    @cached_property
    def _compared(self) -> dict[str, tuple[Comparison, ...]]:
        criteria = [edge.when for edge in self.transitions.values() if edge.when is not None]
        criteria += [] if self.applies_to is None else [self.applies_to]
        criteria += list(self._finished.values())
        criteria += [assertion.criterion for passage in self.passages.values() for assertion in passage.asserts]
        criteria += [one.when for each in self.alternatives.values() for one in each.choose if one.when is not None]
        criteria += [one.when for step in self.steps.values() for one in step.windows if one.when is not None]
        found: dict[str, list[Comparison]] = {}
        for one in (part for criterion in criteria for part in comparisons(criterion)):
            found.setdefault(one.observable, []).append(one)
        return {id: tuple(each) for id, each in found.items()}

    @cached_property
    def _finished(self) -> dict[str, Comparison]:
        asked = (one for one in self.observables.values() if one.finishes)
        return {one.finishes: Comparison(f"{one.id}/said", one.id, answer="yes", stated_by="modeller") for one in asked}

    @cached_property
    def _nothing(self) -> dict[str, tuple[()] | Decimal | None]:
        found = (self.observables[id] for id in self._finders)
        return {asked.id: () if asked.repeated else asked.nothing for asked in found}

    @cached_property
    def _something(self) -> dict[str, Comparison]:
        counted = {id: nothing for id, nothing in self._nothing.items() if isinstance(nothing, Decimal)}
        return {id: Comparison("", id, bounds=((">", nothing),), unit=self.observables[id].unit) for id, nothing in counted.items()}

    @cached_property
    def _own(self) -> dict[str, tuple[Comparison, ...]]:
        def own(edge: Transition) -> Iterator[Comparison]:
            if edge.when is not None:
                yields = set(self.steps[edge.source].yields)
                yield from (one for one in comparisons(edge.when) if not yields.isdisjoint(one.looks_at))

        return {id: tuple(own(edge)) for id, edge in self.transitions.items()}

    @cached_property
    def _bands(self) -> dict[str, tuple[tuple[Range, tuple[Range, ...]], ...]]:
        return {id: tuple(self._banded(edge)) for id, edge in self.transitions.items()}

    def _banded(self, edge: Transition) -> Iterator[tuple[Range, tuple[Range, ...]]]:
        found = [one for one in self._ranges(edge.when) if one.banded]
        if not found:
            return
        before = [self._ranges(criterion) for criterion in self._asked_before(edge.target)]
        spoken_of = {one.observable for each in before for one in each if not one.banded}
        beside = [one for criterion in self._asked_beside(edge) for one in self._ranges(criterion)]
        for band in found:
            if band.observable not in spoken_of:
                yield band, tuple(one for one in beside if one.observable == band.observable)

    def _ranges(self, criterion: Criterion | None) -> tuple[Range, ...]:
        return () if criterion is None else tuple(ranges(criterion, self.observables))

    def _asked_before(self, step: str) -> Iterator[Criterion | None]:
        """All that edges, and passages of their own, ask for before a step."""
        yield from (edge.when for edge in self.into(step))
        yield from self._asserted.get(step, ())

    def _asked_beside(self, edge: Transition) -> Iterator[Criterion | None]:
        """All else that is asked where an edge leaves: by the edges beside it, and by passages about the steps they lead to."""
        fork = self.out_of(edge.source)
        yield from (one.when for one in fork if one is not edge)
        for end in dict.fromkeys(one.target for one in fork):
            yield from self._asserted.get(end, ())

    @cached_property
    def _asserted(self) -> dict[str, list[Criterion]]:
        """By step, what passages themselves ask for before it."""
        found: dict[str, list[Criterion]] = {}
        for topic in self.topics:
            found.setdefault(topic.about, []).extend(topic.stated.values())
        return found


def _jointly(passage: str, criteria: Sequence[Criterion]) -> Criterion:
    """What a passage asks for in several assertions."""
    return criteria[0] if len(criteria) == 1 else AllOf(f"{passage}/asserts", tuple(criteria))


def comparisons(criterion: Criterion) -> Iterator[Comparison]:
    """All comparisons of a criterion, in order."""
    if isinstance(criterion, Comparison):
        yield criterion
    for part in parts_of(criterion):
        yield from comparisons(part)
