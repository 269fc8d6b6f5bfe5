"""The walk towards one step as decision diagrams, for facts of which any may be changed or learnt.

The walk itself judges facts as they are; here each observable also has a cell 0, *as it is*: its known answer or, where nothing is known,
what the walk then assumes. Cell i + 1 is cell i of its partition. On each combination of cells `goal` says what the walk would.
"""

from __future__ import annotations

from decimal import Decimal

from edgewise.graph.answers.diagram import ALWAYS, NEVER, Diagrams
from edgewise.graph.answers.partition import partition
from edgewise.graph.gaps.situations import Kleene, kleene
from edgewise.graph.model import Comparison, Criterion, Guideline, Observable, Step, Transition
from edgewise.graph.walking.criteria import comparisons, evaluate
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.kleene import Truth

AS_IT_IS = 0
_BUDGET = 50_000  # nodes: half a second, as a page may wait for it
_UNCHANGED = {AS_IT_IS}


def ways_in(guideline: Guideline, step: str) -> tuple[Transition, ...]:
    """The edges by which the walk comes to a step: routes or, where none leads there, those by which the source offers it."""
    ways = [edge for edge in guideline.transitions.values() if edge.target == step and edge.role != "excluded"]
    return tuple([edge for edge in ways if edge.role == "route"] or ways)


def approaches(guideline: Guideline, step: str) -> tuple[Transition, ...]:
    """All edges that may lie on a way to a step, in the guideline's order."""
    last = ways_in(guideline, step)
    found, waiting = dict.fromkeys(edge.id for edge in last), [edge.source for edge in last]
    seen = set(waiting)
    while waiting:
        here = waiting.pop()
        into = [edge for edge in guideline.transitions.values() if edge.target == here and edge.role == "route"]
        found |= dict.fromkeys(edge.id for edge in into)
        fresh = {edge.source for edge in into} - seen
        seen |= fresh
        waiting.extend(sorted(fresh))
    return tuple(edge for edge in guideline.transitions.values() if edge.id in found)


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
        self.edges = approaches(guideline, step)
        wanted = self._wanted()
        self.observables = tuple(id for id in guideline.observables if id in wanted)
        self.variables = {id: variable for variable, id in enumerate(self.observables)}
        self.partitions = {id: partition(guideline, id) for id in self.observables}
        self.family = Diagrams([1 + len(self.partitions[id].cells) for id in self.observables], _BUDGET)
        self.goal = self._goal()

    def truth(self, criterion: Criterion) -> Kleene:
        """The diagrams of the criterion being true, and of its being false; elsewhere it is not known."""
        return kleene(self.family, criterion, self._compared)

    def _wanted(self) -> set[str]:
        """Observables compared on the way, and those that tell whether a step on the way is done."""
        compared = {part.observable for edge in self.edges if edge.when for part in comparisons(edge.when)}
        steps = [_main(self.guideline, self.guideline.steps[edge.source]) for edge in self.edges]
        steps += [step for step in self.guideline.steps.values() if any(self._counted(id) for id in compared.intersection(step.yields))]
        return compared.union(*(step.yields for step in steps if not self._known_of(step)))

    def _goal(self) -> int:
        if self.guideline.steps[self.step].kind == "Presentation":
            return ALWAYS
        opened = {edge.id: self._opened(edge) for edge in self.edges}
        reached = {step.id: ALWAYS if step.kind == "Presentation" else NEVER for step in self.guideline.steps.values()}
        grown = True
        while grown:  # the least fixpoint: a loop reaches nothing by itself
            grown = False
            for id in {edge.target: None for edge in self.edges}:
                ways = (self.family.both(reached[edge.source], opened[edge.id]) for edge in self.edges if edge.target == id)
                now = self.family.either(reached[id], *ways)
                grown = grown or now != reached[id]
                reached[id] = now
        return reached[self.step]

    def _opened(self, edge: Transition) -> int:
        """That its source is done and its criterion true."""
        done = self._done(_main(self.guideline, self.guideline.steps[edge.source]))
        return done if edge.when is None else self.family.both(done, self.truth(edge.when)[0])

    def _done(self, step: Step) -> int:
        if not step.yields or self._known_of(step):
            return ALWAYS
        return self.family.either(*(self._changed(id) for id in step.yields))

    def _known_of(self, step: Step) -> bool:
        return any(id in self.facts for id in step.yields)

    def _changed(self, observable: str) -> int:
        variable = self.variables[observable]
        return self.family.literal(variable, range(1, self.family.sizes[variable]))

    def _compared(self, comparison: Comparison) -> tuple[int, int]:
        variable = self.variables[comparison.observable]
        cells = self.partitions[comparison.observable].cells
        outcomes = [self._outcome(comparison, cell.sample) for cell in cells]
        same = self.family.literal(variable, _UNCHANGED)
        holds, fails = (
            self.family.either(
                self.family.literal(variable, [at + 1 for at, outcome in enumerate(outcomes) if outcome is wanted]),
                self.family.both(same, self._as_it_is(comparison, wanted)),
            )
            for wanted in (Truth.TRUE, Truth.FALSE)
        )
        return holds, fails

    def _as_it_is(self, comparison: Comparison, wanted: Truth) -> int:
        id = comparison.observable
        if id in self.facts:
            return ALWAYS if self._outcome(comparison, self.facts[id]) is wanted else NEVER
        if not self._counted(id) or self._outcome(comparison, _nothing(self.guideline.observables[id])) is not wanted:
            return NEVER
        steps = [step for step in self.guideline.steps.values() if id in step.yields]
        done = (ALWAYS if self._known_of(step) else self._done(step) for step in steps)
        return self.family.negated(self.family.either(*done))  # once a step is done, what it yields no longer stands at nothing so far

    def _counted(self, observable: str) -> bool:
        """Whether the walk lets it stand at nothing so far while it is not known."""
        asked = self.guideline.observables[observable]
        return (asked.repeated or asked.accrues) and any(observable in step.yields for step in self.guideline.steps.values())

    def _outcome(self, comparison: Comparison, answer: Answer) -> Truth:
        return evaluate(comparison, {comparison.observable: answer}, self.guideline.observables).truth


def _nothing(observable: Observable) -> Answer:
    return () if observable.repeated else observable.minimum or Decimal(0)


def _main(guideline: Guideline, step: Step) -> Step:
    """The step with which a companion is done."""
    return guideline.steps.get(step.companion_of, step)
