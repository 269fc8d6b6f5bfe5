"""The walk towards one step as decision diagrams, for facts of which any may be changed or learnt.

The walk itself judges facts as they are; here each observable also has a cell 0, *as it is*: its known answer or, where nothing is known,
what the walk then assumes. Cell i + 1 is cell i of its partition. On each combination of cells `goal` says what the walk would.
"""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.graph.answers.diagram import NEVER, Diagrams
from edgewise.graph.answers.partition import Partition, partition
from edgewise.graph.answers.regions import Region, Regions, Seen, come_to
from edgewise.graph.law import Law
from edgewise.graph.model import Comparison, Guideline, Transition
from edgewise.graph.pathway import OFFERED, ROUTES, Pathway, comparisons
from edgewise.graph.walking.criteria import compare
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for

AS_IT_IS = 0
_BUDGET = 50_000  # nodes: half a second, as a page may wait for it


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
        self.partitions = {id: partition(guideline, id) for id in self.observables}
        self.family = Diagrams([1 + len(self.partitions[id].cells) for id in self.observables], _BUDGET)
        self.goal = self._goal()

    def _wanted(self) -> set[str]:
        """Observables compared on the way, and those that tell whether a step on the way is done."""
        criteria = [edge.when for edge in self.edges] + [self.pathway.applies_to]
        compared = {part.observable for criterion in criteria if criterion for part in comparisons(criterion)}
        steps = [self.guideline.steps[edge.source] for edge in self.edges]
        finished = {said.observable for step in steps if (said := self.pathway.finished(step))}
        steps += [step for id in compared if self.pathway.nothing(id) is not None for step in self.pathway.finders(id)]
        now = law_for(self.guideline, self.facts)
        wanted = compared.union(finished, *(step.yields for step in steps if now.begun(step) is not Truth.TRUE))
        # The total of a score that nobody told follows from its items.
        return {id for id in wanted if not self.guideline.observables[id].items or id in self.facts}

    def _goal(self) -> int:
        law = Law(self.pathway, ChangingPatient(self.family, self.guideline, self.facts, self.partitions))
        entered = law.enters().true
        begin = {id: entered if id in self.pathway.starts else NEVER for id in self.guideline.steps}
        return come_to(self.family, begin, self.edges, lambda edge: law.opened(edge).true)[self.step]


class ChangingPatient(Regions):
    """One patient of whom any answer may be changed or learnt, as `edgewise.graph.law.Algebra`."""

    def __init__(self, family: Diagrams, guideline: Guideline, facts: Facts, partitions: Mapping[str, Partition]) -> None:
        """Variables of `family` are the observables of `partitions`, in order; of others the facts cannot change."""
        super().__init__(family, guideline.observables)
        self.facts, self.partitions = facts, partitions
        self.variables = {id: variable for variable, id in enumerate(partitions)}

    def known(self, observable: str) -> Region:
        if observable in self.facts:
            return self.true
        if observable not in self.variables:
            return self.false
        variable = self.variables[observable]
        return self.where(self.diagrams.literal(variable, range(1, self.diagrams.sizes[variable])))

    def answered(self, comparison: Comparison) -> Seen:
        asked, fact = self.observables[comparison.observable], self.facts.get(comparison.observable)
        if asked.id not in self.variables and fact is None:
            return self.unanswered(comparison)
        answers = [fact, *(cell.sample for cell in self.partitions[asked.id].cells)]
        traces = [compare(comparison, answer, asked) for answer in answers]
        variable = self.variables[asked.id]
        return Seen(self.among(variable, [trace.truth for trace in traces]), self.among(variable, [trace.later for trace in traces]))
