"""The edges that leave one step, with who goes along each of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from edgewise.graph.answers.diagram import NEVER
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.model import Guideline, Step, Transition
from edgewise.graph.pathway import OFFERED


class Fork:
    """The edges that leave a step and that somebody who comes there along routes can take.

    Attributes:
        step: which they leave.
        reached: node of those who come there.
        taken: by id of an edge, node of those who go along it.
        edges: those along which anybody goes, in the guideline's order.
    """

    def __init__(self, situations: Situations, step: Step) -> None:
        self.situations, self.step = situations, step
        self.reached = situations.reached(step.id)
        offered = situations.pathway.out_of(step.id, *OFFERED)
        self.taken = {edge.id: situations.both(self.reached, situations.opened(edge)) for edge in offered}
        self.edges = tuple(edge for edge in offered if self.taken[edge.id] != NEVER)

    @property
    def guideline(self) -> Guideline:
        """Whose step it is."""
        return self.situations.guideline

    def within(self, one: Transition, other: Transition) -> bool:
        """Whether everybody who goes along one edge goes along another too."""
        return self.together(one, other) == self.taken[one.id]

    def together(self, one: Transition, other: Transition) -> int:
        """Who goes along both of two edges."""
        return self.situations.both(self.taken[one.id], self.taken[other.id])

    def alike(self) -> Iterator[list[Transition]]:
        """Edges that lead to the same step in the same role, where there are several."""
        found: dict[tuple[str, str], list[Transition]] = {}
        for edge in self.edges:
            found.setdefault((edge.target, edge.role), []).append(edge)
        return (edges for edges in found.values() if len(edges) > 1)

    @cached_property
    def ends(self) -> dict[str, str]:
        """By id of an edge, the name of the step it leads to."""
        return {edge.id: self.guideline.steps[edge.target].name for edge in self.edges}
