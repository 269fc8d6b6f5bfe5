"""The smallest patient in whom two guidelines tell different things, and where both lead that patient."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import cached_property

from edgewise.graph.answers.diagram import Cube
from edgewise.graph.comparing.sides import Sides
from edgewise.graph.gaps.examples import Patient, smallest
from edgewise.graph.gaps.situations import made_of
from edgewise.graph.model import Guideline, Transition
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.walk import Walk, walk


@dataclass(frozen=True, slots=True)
class Shown:
    """A patient, as either guideline knows them, and where both lead; `shown` is false where nobody was found, and they are nobody."""

    facts_a: Facts
    facts_b: Facts
    walk_a: Walk
    walk_b: Walk
    shown: bool


class Showing(ABC):
    """Looks for the smallest patient in whom two guidelines differ as is said."""

    def __init__(self, sides: Sides, node: int) -> None:
        """A subclass says by `walked` which guidelines are walked, and by `near` what of them has a say."""
        self.common, self.alignment, self.node = sides.common, sides.alignment, node
        self.a, self.b = self.walked(self.alignment.a, self.alignment.b)
        self.nearby = self.near(self._walkable, self.b)

    @abstractmethod
    def walked(self, a: Guideline, b: Guideline) -> tuple[Guideline, Guideline]:
        """The two guidelines as they are walked."""

    @abstractmethod
    def near(self, a: Guideline, b: Guideline) -> tuple[Guideline, Guideline]:
        """Both without what has no say in what is to be shown."""

    @abstractmethod
    def shows_in(self, a: Guideline, b: Guideline, facts: Patient, walked: Walk) -> bool:
        """Whether a patient, with the walk through the first guideline in hand, is told the old answer by one and the new by the other."""

    def example(self, cubes: tuple[Cube, ...]) -> Shown:
        """The smallest of those in the first cubes that has one who shows it."""
        for cube in sorted(cubes, key=len):
            facts = self._smallest(cube)
            if self.shows_in(self.a, self.b, facts, walk(self.a, self.alignment.facts_of_a(facts))):
                return self._shown(facts, shown=True)
        return self._shown({}, shown=False)

    def _shown(self, facts: Patient, *, shown: bool) -> Shown:
        here, there = self.alignment.facts_of_a(facts), self.alignment.facts_of_b(facts)
        return Shown(here, there, walk(self.a, here), walk(self.b, there), shown)

    def _smallest(self, cube: Cube) -> Patient:
        within = self.common.both(self.node, self.common.diagrams.cube(cube))
        path = {variable: min(cells) for variable, cells in cube.items()} | self.common.diagrams.path(within)
        deciding = self.common.facts(self.common.by_observable(path))
        complete = {**self.common.everything(), **deciding}
        named = [one for variable in cube for one in made_of(self.common, self.common.order[variable])]
        return smallest(self.nearby[0], deciding, complete, self._shows, self.common.effort, named)

    @cached_property
    def _walkable(self) -> Guideline:
        """The first guideline with all that either asks, so that nothing is left out of what is told."""
        more = {id: replace(one, finishes="") for id, one in self.common.guideline.observables.items() if id not in self.a.observables}
        return replace(self.a, observables={**self.a.observables, **more})

    def _shows(self, facts: Patient, walked: Walk) -> bool:
        return self.shows_in(*self.nearby, facts, walked)


def with_options(guideline: Guideline, but_at: str = "") -> Guideline:
    """A guideline of which every option that is offered is taken, but those of one step."""

    def taken(edge: Transition) -> Transition:
        return replace(edge, role="route") if edge.role == "option" and edge.source != but_at else edge

    return replace(guideline, transitions={id: taken(edge) for id, edge in guideline.transitions.items()})
