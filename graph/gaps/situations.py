"""The walk over all patients at once: for every step and edge, in which situations it is reached, open, or closed for good.

A situation is an answer's cell for every question. What is said here of a situation is what `graph.walking.walk.walk` answers once all its
questions are: a step is on the path exactly if it is `reached`, and the walk falls silent there exactly if it is `silent` as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from copy import copy
from decimal import Decimal
from functools import cached_property, partial

import networkx as nx

from edgewise.graph.answers.diagram import ALWAYS, BUDGET, NEVER, Diagrams, TooLarge
from edgewise.graph.answers.partition import Partition, partition
from edgewise.graph.gaps.examples import Effort
from edgewise.graph.model import AllOf, Comparison, Criterion, Guideline, Not, Step, Transition
from edgewise.graph.walking.criteria import comparisons
from edgewise.graph.walking.facts import Answer
from edgewise.graph.walking.kleene import Truth

Kleene = tuple[int, int]  # the situations in which something is true, and those in which it is false
Atom = Callable[[Comparison], Kleene]
_UNKNOWN: Kleene = (NEVER, NEVER)


class Situations:
    """Decision diagrams of one guideline, made when they are asked for.

    Every method that gives a node raises `TooLarge` where more than `budget` pieces are needed in all, or an observable it rests on was
    refused.

    Attributes:
        partitions: the cells of each observable, in the order in which the pathway asks; without those that are `refused`.
        refused: observables with more cells than can be looked at.
        diagrams: the family that all nodes belong to; variable i is the i-th of `order`.
        order: ids of all observables.
        effort: what may still be spent on examples.

    >>> from edgewise.graph.library import load
    >>> situations = Situations(load("sacroiliac-sclerosis").guideline)
    >>> silence = situations.both(situations.reached("conservative-care"), situations.silent("conservative-care"))
    >>> situations.facts(situations.by_observable(situations.diagrams.path(silence)))["conservative-failed"]
    'no'
    """

    def __init__(self, guideline: Guideline, budget: int = BUDGET) -> None:
        self.guideline = guideline
        self.partitions: dict[str, Partition] = {}
        self.refused: dict[str, TooLarge] = {}
        self.order = tuple(dict.fromkeys((*_as_asked(guideline), *guideline.observables)))
        for id in self.order:
            self._divide(id)
        self.variable = {id: index for index, id in enumerate(self.order)}
        self.effort = Effort()
        self._begin(budget)

    def _begin(self, budget: int) -> None:
        sizes = [max(1, len(self.partitions[id].cells)) if id in self.partitions else 1 for id in self.order]
        self.diagrams = Diagrams(sizes, budget)
        self.both, self.either, self.negated = self.diagrams.both, self.diagrams.either, self.diagrams.negated
        self._reached: dict[bool, dict[str, int]] = {True: {}, False: {}}
        self._literals: dict[Comparison, tuple[Kleene, Kleene]] = {}

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
        """A patient in some cells, in the guideline's order of observables."""
        known = [id for id in self.guideline.observables if id in assignment and self.partitions[id].cells]
        return {id: self.partitions[id].cells[assignment[id]].sample for id in known}

    def everything(self) -> dict[str, Answer]:
        """A patient of whom everything is known."""
        return self.facts(dict.fromkeys(self.partitions, 0))

    def observables(self, node: int) -> tuple[str, ...]:
        """What a function depends on."""
        return tuple(self.order[variable] for variable in self.diagrams.support(node))

    # Edges --------------------------------------------------------------------------------------------------------------

    def opened(self, transition: Transition) -> int:
        """Where an edge is open, once the walk has come to where it starts and everything asked is known."""
        if transition.role == "excluded" or not self._performed(self.guideline.steps[transition.source]):
            return NEVER
        return ALWAYS if transition.when is None else self.true(transition.when)

    def closed(self, transition: Transition) -> int:
        """Where an edge is closed for good."""
        if transition.role == "excluded":
            return ALWAYS
        return NEVER if transition.when is None else self._closed(transition.when, self.guideline.steps[transition.source])

    def pending(self, transition: Transition) -> int:
        """Where waiting or repeating can still open an edge."""
        return self.negated(self.either(self.opened(transition), self.closed(transition)))

    def true(self, criterion: Criterion) -> int:
        """Where a criterion holds."""
        return self.kleene(criterion, self.literals)[0]

    def _closed(self, criterion: Criterion, source: Step) -> int:
        # As in `_Walker._judge`: what a step yields does not stand before the step is complete.
        parts = [one for one in comparisons(criterion) if one.observable in source.yields]
        settled = self.both(*(self.either(*self.later(one)) for one in parts))
        firm = self.kleene(criterion, self.later)[1]
        loose = self.kleene(criterion, partial(self._provisional, source.yields))[1]
        false = self.kleene(criterion, self.literals)[1]
        return self.both(false, self.either(self.both(settled, firm), self.both(self.negated(settled), loose)))

    def kleene(self, criterion: Criterion, atom: Atom) -> Kleene:
        """A criterion in three-valued logic, given its comparisons."""
        return kleene(self.diagrams, criterion, atom)

    def literals(self, comparison: Comparison) -> Kleene:
        """Where a comparison holds and where it does not."""
        return self._atoms(comparison)[0]

    def later(self, comparison: Comparison) -> Kleene:
        """Where it will hold and where it will not, whatever waiting or repeating brings."""
        return self._atoms(comparison)[1]

    def _provisional(self, yields: Collection[str], comparison: Comparison) -> Kleene:
        true, false = self.later(comparison)
        return (true, NEVER) if comparison.observable in yields else (true, false)

    def _atoms(self, comparison: Comparison) -> tuple[Kleene, Kleene]:
        if comparison not in self._literals:
            self._literals[comparison] = self._found(comparison)
        return self._literals[comparison]

    def _found(self, comparison: Comparison) -> tuple[Kleene, Kleene]:
        id = comparison.observable
        if id in self.refused:
            raise self.refused[id]
        if not self.partitions[id].cells:  # nothing can be answered
            return _UNKNOWN, _UNKNOWN
        outcomes = [self.partitions[id].outcome(comparison, cell) for cell in range(len(self.partitions[id].cells))]

        def where(position: int, wanted: Truth) -> int:
            fitting = {cell for cell, outcome in enumerate(outcomes) if outcome[position] is wanted}
            return self.diagrams.literal(self.variable[id], fitting)

        now, later = ((where(position, Truth.TRUE), where(position, Truth.FALSE)) for position in (0, 1))
        return now, later

    # Steps --------------------------------------------------------------------------------------------------------------

    def reached(self, step: str, *, by_options: bool = False) -> int:
        """Where the walk comes to a step; `by_options`: where it would if every option offered were taken too."""
        reached = self._reached[by_options]
        for component in self._before(step, by_options):
            if not component <= reached.keys():
                reached |= self._settle(component, by_options)
        return reached[step]

    def silent(self, step: str) -> int:
        """Where a step, once come to, has no way on: its routes are closed for good, or it has none although something is found out."""
        one, routes = self.guideline.steps[step], self.routes(step)
        speaks = not routes and not one.yields and one.kind != "Presentation" and one.endpoint != "not-stated"
        if speaks or one.companion_of or not self._performed(one):
            return NEVER
        return self.both(*map(self.closed, routes), self.negated(self._not_begun(one)))

    def _not_begun(self, step: Step) -> int:
        """Where all that a step yields stands at nothing so far."""
        known = [id for id in step.yields if id in self.refused or self.partitions[id].cells]
        return self.both(*map(self._nothing, known)) if known else NEVER

    def _nothing(self, id: str) -> int:
        nothing = self.guideline.observables[id].nothing
        if nothing is None:
            return NEVER
        if id in self.refused:
            raise self.refused[id]
        samples = [cell.sample for cell in self.partitions[id].cells]
        fitting = {cell for cell, sample in enumerate(samples) if isinstance(sample, Decimal) and sample <= nothing}
        return self.diagrams.literal(self.variable[id], fitting)

    def routes(self, step: str) -> list[Transition]:
        """The edges along which the walk goes on from a step."""
        return [edge for edge in self.guideline.transitions.values() if edge.source == step and edge.role == "route"]

    def _performed(self, step: Step) -> bool:
        """Whether the walk takes a step as done once everything that can be answered is."""
        step = self.guideline.steps.get(step.companion_of, step)
        return not step.yields or any(id in self.refused or (id in self.partitions and self.partitions[id].cells) for id in step.yields)

    def _settle(self, component: frozenset[str], by_options: bool) -> dict[str, int]:
        """The least fixpoint over steps that lead to one another."""
        found = {id: ALWAYS if self.guideline.steps[id].kind == "Presentation" else NEVER for id in self.guideline.steps if id in component}
        changed = True
        while changed:
            before = dict(found)
            for id in found:
                ways = [self._through(edge, {**self._reached[by_options], **found}) for edge in self._ways(by_options) if edge.target == id]
                found[id] = self.either(found[id], *ways)
            changed = len(component) > 1 and found != before
        return found

    def _through(self, edge: Transition, reached: Mapping[str, int]) -> int:
        return self.both(reached[edge.source], self.opened(edge)) if reached[edge.source] != NEVER else NEVER

    def _ways(self, by_options: bool) -> Iterator[Transition]:
        roles = ("route", "option") if by_options else ("route",)
        return (edge for edge in self.guideline.transitions.values() if edge.role in roles)

    def _before(self, step: str, by_options: bool) -> list[frozenset[str]]:
        """The steps from which one can come to a step and itself, in groups that lead to one another, in order."""
        pathway, groups = self._grouped[by_options]
        needed = nx.ancestors(pathway, step) | {step}
        return [group for group in groups if not group.isdisjoint(needed)]

    @cached_property
    def _grouped(self) -> dict[bool, tuple[nx.DiGraph[str], list[frozenset[str]]]]:
        return {by_options: self._group(by_options) for by_options in (True, False)}

    def _group(self, by_options: bool) -> tuple[nx.DiGraph[str], list[frozenset[str]]]:
        pathway: nx.DiGraph[str] = nx.DiGraph()
        pathway.add_nodes_from(self.guideline.steps)
        pathway.add_edges_from((edge.source, edge.target) for edge in self._ways(by_options))
        condensed = nx.condensation(pathway)
        return pathway, [frozenset(condensed.nodes[node]["members"]) for node in nx.topological_sort(condensed)]


def kleene(family: Diagrams, criterion: Criterion, atom: Atom) -> Kleene:
    """A criterion in three-valued logic, given its comparisons, as nodes of a family."""
    if isinstance(criterion, Comparison):
        return atom(criterion)
    if isinstance(criterion, Not):
        true, false = kleene(family, criterion.part, atom)
        return false, true
    parts = [kleene(family, part, atom) for part in criterion.parts]
    trues, falses = [true for true, _ in parts], [false for _, false in parts]
    if isinstance(criterion, AllOf):
        return family.both(*trues), family.either(*falses)
    return family.either(*trues), family.both(*falses)


def _as_asked(guideline: Guideline) -> Iterator[str]:
    """Observables by first use along the pathway, so that what is decided together stands together."""
    edges: nx.DiGraph[str] = nx.DiGraph()
    edges.add_nodes_from(guideline.steps)
    edges.add_edges_from((edge.source, edge.target) for edge in guideline.transitions.values())
    starts = [id for id, step in guideline.steps.items() if step.kind == "Presentation"]
    walked = dict.fromkeys(step for start in starts for step in nx.bfs_tree(edges, start))
    for step in dict.fromkeys((*walked, *guideline.steps)):
        for edge in guideline.transitions.values():
            if edge.source == step and edge.when is not None:
                yield from (one.observable for one in comparisons(edge.when))
