"""The walk over all patients at once: for every step and edge, in which situations it is reached, open, or closed for good.

A situation is an answer's cell for every question. What is said here of a situation is what `graph.walking.walk.walk` answers once all its
questions are: a step is on the path exactly if it is `reached`, and the walk falls silent there exactly if it is `silent` as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import copy
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import networkx as nx

from edgewise.graph.answers.diagram import BUDGET, NEVER, Diagrams, TooLarge
from edgewise.graph.answers.differences import Difference, Links, Signs, differences, scale
from edgewise.graph.answers.partition import Partition, Totals, partition, plain
from edgewise.graph.answers.regions import Region, Regions, Seen, come_to
from edgewise.graph.formulas import Asked, Joint, asked, can_turn, known
from edgewise.graph.gaps.examples import Effort
from edgewise.graph.law import Law
from edgewise.graph.model import Comparison, Criterion, Guideline, Observable, Role, Transition
from edgewise.graph.pathway import OFFERED, ROUTES, Pathway, comparisons
from edgewise.graph.walking.facts import Answer
from edgewise.graph.walking.kleene import Truth

if TYPE_CHECKING:
    from edgewise.graph.gaps.preceding import Order


class Situations:
    """Decision diagrams of one guideline, made when they are asked for.

    Every method that gives a node raises `TooLarge` where more than `budget` pieces are needed in all, or an observable it rests on was
    refused.

    Attributes:
        partitions: the cells of each observable, in the guideline's order, without those that are `refused`; and of each difference.
        refused: observables with more cells than can be looked at.
        diagrams: the family that all nodes belong to; variable i is the i-th of `order`.
        order: ids of all observables in the order in which the pathway asks, and of the differences that worked-out bounds ask about.
        differences: those by id.
        links: which of their cells go together.
        law: of the pathway, asked of everybody of whom everything that can be answered is known.
        effort: what may still be spent on examples.
        narrowed: the guideline cut down to what leads to a step, by id of the step, as far as examples were looked for there.
        orders: of the edges that leave a step, by id of the step, as far as they were asked for (`edgewise.graph.gaps.preceding`).

    >>> from edgewise.graph.library import load
    >>> situations = Situations(load("sacroiliac-sclerosis").guideline)
    >>> silence = situations.both(situations.reached("conservative-care"), situations.silent("conservative-care"))
    >>> situations.facts(situations.by_observable(situations.diagrams.path(silence)))["conservative-failed"]
    'no'
    """

    def __init__(self, guideline: Guideline, budget: int = BUDGET) -> None:
        self.guideline, self.pathway = guideline, Pathway.of(guideline)
        self.partitions: dict[str, Partition] = {}
        self.refused: dict[str, TooLarge] = {}
        self.differences = differences(guideline)
        self.order = _with_differences(tuple(dict.fromkeys((*_as_asked(guideline), *guideline.observables))), self.differences)
        for id in guideline.observables:
            self._divide(id)
        for id, one in self.differences.items():
            self.partitions[id] = Signs(guideline.observables[one.observable], one)
        self.links = Links(guideline, self.differences, self.partitions)
        self.variable = {id: index for index, id in enumerate(self.order)}
        self.effort = Effort()
        self.narrowed: dict[str, Guideline] = {}
        self._begin(budget)

    def _begin(self, budget: int) -> None:
        sizes = [max(1, len(self.partitions[id].cells)) if id in self.partitions else 1 for id in self.order]
        self.diagrams = Diagrams(sizes, budget)
        self.both, self.either, self.negated = self.diagrams.both, self.diagrams.either, self.diagrams.negated
        self._reached: dict[bool, dict[str, int]] = {True: {}, False: {}}
        self._domain: int | None = None
        self.orders: dict[str, Order] = {}
        self.regions = Everybody(self)
        self.law = Law(self.pathway, self.regions)

    def afresh(self) -> Situations:
        """The same guideline with an empty family: what was made before no longer counts."""
        other = copy(self)
        other._begin(self.diagrams.budget)
        return other

    def _divide(self, id: str) -> None:
        cells = partition(self.guideline, id)
        try:
            len(cells.cells)
        except TooLarge as error:
            self.refused[id] = error
        else:
            self.partitions[id] = cells

    # Between nodes and patients -----------------------------------------------------------------------------------------

    def by_observable(self, answers: Mapping[int, int]) -> dict[str, int]:
        """Cells by observable instead of by variable."""
        return {self.order[variable]: cell for variable, cell in sorted(answers.items())}

    def facts(self, assignment: Mapping[str, int]) -> dict[str, Answer]:
        """A patient in some cells, in the guideline's order of observables; where a difference is named, all that it is made of is told.

        Two numbers of one reading, where both are named, are told as often.
        """
        known = [id for id in self.guideline.observables if id in assignment and self.partitions[id].cells]
        found = {id: self.partitions[id].cells[assignment[id]].sample for id in known}
        for group in self.links.groups:
            both = group in self.links.pairs and set(group) <= assignment.keys()
            if both or any(id in assignment for id in group if id in self.differences):
                found |= self._witness(group, assignment)
        return {id: found[id] for id in self.guideline.observables if id in found}

    def _witness(self, group: tuple[str, ...], assignment: Mapping[str, int]) -> Mapping[str, Answer]:
        """Numbers of somebody in some cells of answers that hang together, for those that the differences named are made of."""
        wanted = {self.variable[id]: {assignment[id]} for id in group if id in assignment}
        within = self.both(self.possible(group), self.diagrams.cube(wanted))
        if within == NEVER:  # cells that a part of a guideline names, and in which nobody is
            return {}
        path = self.by_observable(self.diagrams.path(within))
        values = self.links.witnesses[group][tuple(path.get(id, assignment.get(id, 0)) for id in group)]
        told = {one for id in group if id in assignment for one in (self.differences[id].ids if id in self.differences else (id,))}
        return {id: value for id, value in values.items() if id in told}

    def everything(self, deciding: Mapping[str, Answer] = MappingProxyType({})) -> dict[str, Answer]:
        """A patient of whom everything is known; `deciding` is taken over.

        Of a reading of which one number alone decides, the other is told as often; it may be any.
        """
        found = {**self.facts({id: 0 for id in self.guideline.observables if id in self.partitions}), **deciding}
        for pair in self.links.pairs:
            told, other = pair if pair[0] in deciding else pair[::-1]
            series, values = found[told], found[other]
            if isinstance(series, tuple) and isinstance(values, tuple) and len(series) != len(values):
                found[other] = values[:1] * len(series)
        return {id: found[id] for id in self.guideline.observables if id in found}

    def cells(self, facts: Mapping[str, Answer]) -> dict[int, int]:
        """The cells in which a patient surely is, by variable."""
        found = {id: self.partitions[id].cell_of(answer) for id, answer in facts.items() if id in self.partitions}
        for id, one in self.differences.items():
            possible = one.possible({each: known(facts.get(each), self.guideline.observables[each]) for each in one.ids})
            found[id] = next(iter(possible)) if len(possible) == 1 else None
        return {self.variable[id]: cell for id, cell in found.items() if cell is not None}

    def observables(self, node: int) -> tuple[str, ...]:
        """What a function depends on."""
        return tuple(self.order[variable] for variable in self.diagrams.support(node))

    def deciding(self, node: int) -> frozenset[str]:
        """The observables of which an answer can change whether a patient is where a function is."""
        support = self.observables(node)
        linked = {id for group in self.links.groups for id in group}
        return frozenset(id for id in support if id not in linked) | {
            id for id in self.guideline.observables if id in linked and not linked.isdisjoint(support) and self._decides(id, node)
        }

    def _decides(self, id: str, node: int) -> bool:
        freed = {self.variable[one] for one in (id, *self.made_of([id]))}
        return self.both(self.domain, self.diagrams.exists(node, freed)) != self.both(self.domain, node)

    def made_of(self, observables: Collection[str]) -> tuple[str, ...]:
        """The differences in which some observables have a say."""
        return tuple(id for id, one in self.differences.items() if not set(one.ids).isdisjoint(observables))

    def possible(self, group: tuple[str, ...]) -> int:
        """The combinations of cells that go together in one group of answers."""
        cubes = [{self.variable[id]: {cell} for id, cell in zip(group, cells, strict=True)} for cells in self.links.witnesses[group]]
        return self.either(*map(self.diagrams.cube, cubes))

    # Edges --------------------------------------------------------------------------------------------------------------

    def opened(self, transition: Transition) -> int:
        """Where an edge is open, once the walk has come to where it starts and everything asked is known."""
        return self.law.opened(transition).true

    def closed(self, transition: Transition) -> int:
        """Where an edge is closed for good."""
        return self.law.closed(transition).true

    def pending(self, transition: Transition) -> int:
        """Where waiting or repeating can still open an edge."""
        return self.negated(self.either(self.opened(transition), self.closed(transition)))

    def true(self, criterion: Criterion) -> int:
        """Where a criterion holds."""
        return self.law.holds(criterion).true

    # Steps --------------------------------------------------------------------------------------------------------------

    def reached(self, step: str, *, by_options: bool = False) -> int:
        """Where the walk comes to a step; `by_options`: where it would if every option offered were taken too."""
        reached, roles = self._reached[by_options], OFFERED if by_options else ROUTES
        for component in self._before(step, roles):
            if not component <= reached.keys():
                begin = {id: self.domain if id in self.pathway.starts else NEVER for id in self.guideline.steps if id in component}
                edges = [edge for id in begin for edge in self.pathway.into(id, *roles)]
                reached |= come_to(self.diagrams, begin, edges, self.opened, reached)
        return reached[step]

    @property
    def domain(self) -> int:
        """All patients there can be of whom the guideline speaks: to whom it applies, and whose answers go together.

        A score comes to what its items make, and numbers that a bound is worked out from are numbers that somebody can have.
        """
        if self._domain is None:
            self._domain = self.both(self.law.enters().true, *map(self._total, self._scores()), *map(self.possible, self.links.groups))
        return self._domain

    def _scores(self) -> Iterator[Observable]:
        """Scores that anything asks for."""
        return (one for id, one in self.guideline.observables.items() if one.items and id in self.partitions and self.pathway.compared(id))

    def _total(self, score: Observable) -> int:
        """That the total of a score is what its items make."""
        values, points = [self.law.holds(item.criterion) for item in score.items], [item.points for item in score.items]
        totals = self.partitions[score.id]
        if not isinstance(totals, Totals):
            raise TypeError(f"{score.id} is no score")

        def made(cell: int) -> int:
            within = totals.bounds_of(cell)
            return self.both(self.diagrams.literal(self.variable[score.id], {cell}), self.regions.sum_within(values, points, within).true)

        return self.either(*map(made, range(len(totals.cells))))

    def silent(self, step: str) -> int:
        """Where a step, once come to, has no way on: its routes are closed for good, or it has none although something is found out."""
        return self.law.silent(self.guideline.steps[step]).true

    def routes(self, step: str) -> tuple[Transition, ...]:
        """The edges along which the walk goes on from a step."""
        return self.pathway.out_of(step, *ROUTES)

    def _before(self, step: str, roles: tuple[Role, ...]) -> list[frozenset[str]]:
        """The steps from which one can come to a step and itself, in groups that lead to one another, in order."""
        needed = nx.ancestors(self.pathway.network(*roles), step) | {step}
        return [group for group in self._grouped[roles] if not group.isdisjoint(needed)]

    @cached_property
    def _grouped(self) -> dict[tuple[Role, ...], list[frozenset[str]]]:
        return {roles: self._group(roles) for roles in (OFFERED, ROUTES)}

    def _group(self, roles: tuple[Role, ...]) -> list[frozenset[str]]:
        condensed = nx.condensation(self.pathway.network(*roles))
        return [frozenset(condensed.nodes[node]["members"]) for node in nx.topological_sort(condensed)]


class Everybody(Regions):
    """All who can answer whatever can be answered, as `edgewise.graph.law.Algebra`."""

    def __init__(self, situations: Situations) -> None:
        super().__init__(situations.diagrams, situations.guideline.observables)
        self.variable, self.partitions, self.refused = situations.variable, situations.partitions, situations.refused
        self.differences = situations.differences
        self._answered: dict[Comparison, Seen] = {}

    def known(self, observable: str) -> Region:
        return self.true if observable in self.refused or self.partitions[observable].cells else self.false

    def answered(self, comparison: Comparison) -> Seen:
        if comparison not in self._answered:
            self._answered[comparison] = self._found(comparison)
        return self._answered[comparison]

    def _found(self, comparison: Comparison) -> Seen:
        for id in comparison.looks_at:
            if id in self.refused:
                raise self.refused[id]
            if not self.partitions[id].cells:  # nothing can be answered
                return self.unanswered(comparison)
        return self._weighed(asked(comparison, self.observables)) if comparison.formulas else self._plain(comparison)

    def _weighed(self, one: Asked) -> Seen:
        """A comparison with bounds that are worked out, by the differences it asks about."""
        if isinstance(one, Joint):
            join, parts = self.all_of if one.every else self.any_of, [self._weighed(part) for part in one.parts]
            return Seen(join([part.truth for part in parts]), join([part.later for part in parts]))
        if one.number is not None:
            return self._plain(plain(one, one.number, self.observables))
        found = next(each for each in self.differences.values() if each.polynomial == scale(one.difference)[0])
        held = found.fulfilling(one)
        truths = [Truth.TRUE if cell in held else Truth.FALSE for cell in range(len(found.relations))]
        later = [Truth.UNKNOWN if can_turn(one, truth is Truth.TRUE, self.observables) else truth for truth in truths]
        return Seen(self.among(self.variable[found.id], truths), self.among(self.variable[found.id], later))

    def _plain(self, comparison: Comparison) -> Seen:
        id = comparison.observable
        outcomes = [self.partitions[id].outcome(comparison, cell) for cell in range(len(self.partitions[id].cells))]
        return Seen(*(self.among(self.variable[id], [outcome[position] for outcome in outcomes]) for position in (0, 1)))


def _as_asked(guideline: Guideline) -> Iterator[str]:
    """Observables by first use along the pathway, so that what is decided together stands together."""
    pathway = Pathway.of(guideline)
    walked = dict.fromkeys(step for start in pathway.starts for step in nx.bfs_tree(pathway.network(), start))
    for step in dict.fromkeys((*walked, *guideline.steps)):
        for edge in pathway.out_of(step):
            if edge.when is not None:
                yield from (id for one in comparisons(edge.when) for id in one.looks_at)


def _with_differences(order: tuple[str, ...], found: Mapping[str, Difference]) -> tuple[str, ...]:
    """Observables with each difference right behind the last of those it is made of."""
    last = {id: max(one.ids, key=order.index) for id, one in found.items()}
    return tuple(one for id in order for one in (id, *(each for each, behind in last.items() if behind == id)))


def made_of(situations: Situations, id: str) -> tuple[str, ...]:
    """The observables of a difference; of an observable itself."""
    return situations.differences[id].ids if id in situations.differences else (id,)


def with_bounds(situations: Situations, told: Mapping[str, str]) -> dict[str, str]:
    """What is told of answers and differences, by observable: ``at least 500 ug/L, less than 10 × Age``."""
    words: dict[str, list[str]] = {}
    for id, text in told.items():
        words.setdefault(situations.differences[id].observable if id in situations.differences else id, []).append(text)
    return {id: ", ".join(texts) for id, texts in words.items()}
