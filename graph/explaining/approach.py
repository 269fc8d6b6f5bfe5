"""The walk towards one step as decision diagrams, for facts of which any may be changed or learnt.

The walk itself judges facts as they are; here each observable also has a cell 0, *as it is*: its known answer or, where nothing is known,
what the walk then assumes. Cell i + 1 is cell i of its partition. On each combination of cells `goal` says what the walk would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod

from edgewise.graph.answers.diagram import NEVER, Diagrams, TooLarge
from edgewise.graph.answers.differences import crossings, cut_at, differences
from edgewise.graph.answers.partition import Partition, numbers_in, partition
from edgewise.graph.answers.regions import Region, Regions, Seen, lead_to
from edgewise.graph.arithmetic import INFINITE, Span, decimal
from edgewise.graph.formulas import known, within
from edgewise.graph.law import Law
from edgewise.graph.model import Comparison, Guideline, Transition
from edgewise.graph.pathway import OFFERED, ROUTES, Pathway, comparisons
from edgewise.graph.walking.criteria import compare
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for

AS_IT_IS = 0
_BUDGET = 50_000  # nodes: half a second, as a page may wait for it
_COMBINED = 20_000  # combinations of cells that are tried for one bound


def ways_in(guideline: Guideline, step: str) -> tuple[Transition, ...]:
    """The edges by which the walk comes to a step: routes or, where none leads there, those by which the source offers it."""
    pathway = Pathway.of(guideline)
    return pathway.into(step, *ROUTES) or pathway.into(step, *OFFERED)


def approaches(guideline: Guideline, step: str) -> tuple[Transition, ...]:
    """All edges that may lie on a way to a step, in the guideline's order."""
    pathway, last = Pathway.of(guideline), ways_in(guideline, step)
    found, waiting = {edge.id for edge in last}, [edge.source for edge in last]
    seen = set(waiting)
    while waiting:
        into = pathway.into(waiting.pop(), *ROUTES)
        found |= {edge.id for edge in into}
        fresh = {edge.source for edge in into} - seen
        seen |= fresh
        waiting.extend(fresh)
    return tuple(edge for edge in pathway.edges() if edge.id in found)


class Approach:
    """All that decides whether the walk comes to a step.

    Attributes:
        edges: those that may lie on a way to it.
        observables: ids of what matters, in the order of the pathway; their positions are the variables of `family`.
        partitions: of their answers.
        family: of the diagrams.
        goal: the diagram of all changes under which the walk comes to the step or, where only options lead there, is offered it.
        blurred: changes under which it may, where cells are too wide to tell how a bound that is worked out compares.

    Raises:
        TooLarge: there are too many to be told apart.

    >>> from edgewise.graph.library import load
    >>> approach = Approach(load("sacroiliac-sclerosis").guideline, "conservative-care", {})
    >>> [approach.observables[variable] for variable in approach.family.path(approach.goal)]
    ['radiographs', 'inflammatory-suspicion']
    """

    def __init__(self, guideline: Guideline, step: str, facts: Facts) -> None:
        self.guideline, self.facts, self.step = guideline, facts, step
        self.pathway = Pathway.of(guideline)
        self.edges = approaches(guideline, step)
        wanted = self._wanted()
        self.observables = tuple(id for id in guideline.observables if id in wanted)
        self.variables = {id: variable for variable, id in enumerate(self.observables)}
        cuts = crossed(guideline, self.observables, facts)
        self.partitions = {id: partition(guideline, id, cut_at(cuts.get(id, ()), guideline.observables[id])) for id in self.observables}
        self._exact = {decimal(cut): cut for each in cuts.values() for cut in each}
        self.family = Diagrams([1 + len(self.partitions[id].cells) for id in self.observables], _BUDGET)
        self.goal, self.blurred = self._goal()

    def _wanted(self) -> set[str]:
        """Observables compared on the way, and those that tell whether a step on the way is done."""
        criteria = [edge.when for edge in self.edges] + [self.pathway.applies_to]
        compared = {id for criterion in criteria if criterion for part in comparisons(criterion) for id in part.looks_at}
        sources = [self.guideline.steps[edge.source] for edge in self.edges]
        steps = [*sources, *map(self.pathway.main, sources)]  # a companion is done with its main step, wherever that lies
        finished = {said.observable for step in sources if (said := self.pathway.finished(step))}
        steps += [step for id in compared if self.pathway.nothing(id) is not None for step in self.pathway.finders(id)]
        now = law_for(self.guideline, self.facts)
        wanted = compared.union(finished, *(step.yields for step in steps if now.begun(step) is not Truth.TRUE))
        # The total of a score that nobody told follows from its items.
        return {id for id in wanted if not self.guideline.observables[id].items or id in self.facts}

    def _goal(self) -> tuple[int, int]:
        patient = ChangingPatient(self.family, self.guideline, self.facts, self.partitions, self._exact)
        law = Law(self.pathway, patient)
        goal = self._led(law, lambda edge: law.opened(edge).true)
        if patient.blurred == NEVER:
            return goal, NEVER
        perhaps = self._led(law, lambda edge: self.family.negated(law.opened(edge).false))
        return goal, self.family.without(self.family.both(perhaps, patient.blurred), goal)

    def _led(self, law: Law[Region, Seen], opened: Callable[[Transition], int]) -> int:
        """Where the walk leads to the step from where it begins."""
        onward = lead_to(self.family, self.step, self.edges, opened)
        begin = self.family.either(*(onward.get(id, NEVER) for id in self.pathway.starts))
        return self.family.both(law.enters().true, begin)


def crossed(guideline: Guideline, observables: Iterable[str], facts: Facts) -> dict[str, set[Fraction]]:
    """By observable, where it meets bounds that are worked out: with what is known of the others, and with every point they are cut at."""
    asked = {id for one in differences(guideline).values() for id in one.ids}
    if not asked:
        return {}
    points = {id: set(_points(guideline, id, facts)) for id in asked}
    return {id: crossings(guideline, id, points) for id in observables if id in asked}


def _points(guideline: Guideline, id: str, facts: Facts) -> Iterator[Fraction]:
    """What is known of a number, and where it is cut; where it begins and ends."""
    if isinstance(answer := facts.get(id), Decimal):
        yield Fraction(answer)
    answers = partition(guideline, id)
    ends = (end for cell in range(len(answers.cells)) for end in numbers_in(answers, cell).ends)
    yield from (Fraction(end.value) for end in ends if abs(end.value) != INFINITE)


class ChangingPatient(Regions):
    """One patient of whom any answer may be changed or learnt, as `edgewise.graph.law.Algebra`."""

    def __init__(
        self,
        family: Diagrams,
        guideline: Guideline,
        facts: Facts,
        partitions: Mapping[str, Partition],
        exact: Mapping[Decimal, Fraction] | None = None,
    ) -> None:
        """Variables of `family` are the observables of `partitions`, in order; of others the facts cannot change.

        Attributes:
            blurred: where cells are too wide to tell how a bound that is worked out compares, although every number in them is known.
        """
        super().__init__(family, guideline.observables)
        self.facts, self.partitions, self.exact, self.blurred = facts, partitions, exact or {}, NEVER
        self.variables = {id: variable for variable, id in enumerate(partitions)}

    def known(self, observable: str) -> Region:
        if observable in self.facts:
            return self.true
        if observable not in self.variables:
            return self.false
        variable = self.variables[observable]
        return self.where(self.diagrams.literal(variable, range(1, self.diagrams.sizes[variable])))

    def outcome(self, comparison: Comparison, answer: tuple[()] | Decimal) -> Seen:
        if comparison.formulas and isinstance(answer, Decimal):
            return self._weighed(comparison, {comparison.observable: Span.point(answer)})
        return super().outcome(comparison, answer)

    def _weighed(self, comparison: Comparison, assumed: Mapping[str, Span]) -> Seen:
        """A comparison whose bounds are worked out, on each combination of cells of all that has a say in it."""
        ids = [id for id in comparison.looks_at if id in self.variables and id not in assumed]
        if prod(self.diagrams.sizes[self.variables[id]] for id in ids) > _COMBINED:
            raise TooLarge(_COMBINED)
        found: dict[tuple[bool | None, bool | None], list[int]] = {}
        for cells in product(*(range(self.diagrams.sizes[self.variables[id]]) for id in ids)):
            held = dict(zip(ids, cells, strict=True))
            unknown = [id for id in comparison.looks_at if id not in assumed and not held.get(id) and id not in self.facts]
            box = {id: assumed.get(id) or self._span(id, held.get(id, AS_IT_IS)) for id in comparison.looks_at}
            out = within(comparison, box, self.observables, unknown)
            cube = self.diagrams.cube({self.variables[id]: {cell} for id, cell in held.items()})
            found.setdefault((out.truth, out.later), []).append(cube)
            if out.truth is None and not unknown:
                self.blurred = self.diagrams.either(self.blurred, cube)
        return Seen(*(self._parted(found, position) for position in (0, 1)))

    def _span(self, id: str, cell: int) -> Span:
        if cell == AS_IT_IS:
            return known(self.facts.get(id), self.observables[id])
        return numbers_in(self.partitions[id], cell - 1, self.exact)

    def _parted(self, found: Mapping[tuple[bool | None, bool | None], list[int]], position: int) -> Region:
        def where(wanted: bool) -> int:
            return self.diagrams.either(*(node for outcome, nodes in found.items() if outcome[position] is wanted for node in nodes))

        return Region(lambda: where(True), lambda: where(False))

    def answered(self, comparison: Comparison) -> Seen:
        if comparison.formulas:
            return self._weighed(comparison, {})
        asked, fact = self.observables[comparison.observable], self.facts.get(comparison.observable)
        if asked.id not in self.variables and fact is None:
            return self.unanswered(comparison)
        answers = [fact, *(cell.sample for cell in self.partitions[asked.id].cells)]
        traces = [compare(comparison, answer, asked) for answer in answers]
        variable = self.variables[asked.id]
        return Seen(self.among(variable, [trace.truth for trace in traces]), self.among(variable, [trace.later for trace in traces]))
