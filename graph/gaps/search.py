"""A guideline checked as a decision table is: what it leaves open, doubled, out of reach, or disagrees about with itself.

Nothing is enumerated: the walk is held as decision diagrams (`graph.gaps.situations`), so that the cost follows what the criteria say and
not the number of patients there could be. Where a diagram would grow too large, the step is named among what was not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

import networkx as nx

from edgewise.graph.answers.diagram import BUDGET, NEVER, TooLarge
from edgewise.graph.gaps.criteria import Criteria, asked
from edgewise.graph.gaps.fork import Fork
from edgewise.graph.gaps.masked import Masked, hidden_edges
from edgewise.graph.gaps.mergeable import Mergeable
from edgewise.graph.gaps.passages import disagreements, topics
from edgewise.graph.gaps.preferences import misleading
from edgewise.graph.gaps.rows import KINDS, Gaps, Kind, Row, in_order
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.gaps.unlike_times import unlike_times
from edgewise.graph.gaps.ways import Ways
from edgewise.graph.model import Guideline, Step, Transition
from edgewise.graph.pathway import OFFERED, Topic
from edgewise.graph.walking.criteria import words

__all__ = ["KINDS", "Gaps", "Kind", "Row", "find_gaps"]


def find_gaps(guideline: Guideline, *, budget: int = BUDGET) -> Gaps:
    """All that the algorithm leaves open.

    Args:
        guideline: one that `graph.check` finds no errors in.
        budget: how many nodes and remembered results all diagrams together may have; where they run out, what was being looked at is
            named in `unchecked`, and the search goes on with an empty family.

    Returns:
        Rows by step and kind, and what was not checked. `TooLarge` is never raised.

    >>> from edgewise.graph.library import load
    >>> row = next(row for row in find_gaps(load("sacroiliac-sclerosis").guideline).rows if row.step == "conservative-care")
    >>> print(row.situation)
    Conservative care so far: at least 3 months; Conservative care failed: no
    """
    return _Search(Situations(guideline, budget)).gaps()


class _Search:
    """Asks one question after the other, each with a budget of its own once one before it ran out."""

    def __init__(self, situations: Situations) -> None:
        self.situations, self.guideline = situations, situations.guideline
        self._network = situations.pathway.network(*OFFERED)
        self.rows: list[Row] = []
        self.unchecked: list[str] = []
        self.lost: set[str] = set()  # steps of which it is not known who comes there

    def gaps(self) -> Gaps:
        if (applies_to := self.guideline.applies_to) is not None:
            told = words(applies_to, self.guideline.observables)
            self.unchecked.append(f"not checked: patients outside the guideline, which is taken to apply ({told})")
        for step in self.guideline.steps.values():
            self._look_at_step(step)
        for group in Ways(self.situations).loops():
            if group.isdisjoint(self.lost):
                self._try(f"whether anything leads out of {self._named(group)}", partial(self._endless, group))
        self._look_at_edges()
        for edge in self.guideline.transitions.values():
            if edge.despite and not self._before(edge) & self.lost:
                self._try(f"who takes the edge “{edge.label}” although it is contraindicated", partial(self._in_spite, edge))
        for topic in topics(self.guideline):
            self._try(f"whether passages on {self._named({topic.about})} agree", partial(self._disagreements, topic))
        for step in self.guideline.steps.values():  # last, so that nothing else is left unchecked for it
            if step.id not in self.lost and len(self.situations.pathway.out_of(step.id, *OFFERED)) > 1:
                self._try(f"whether edges out of {step.name} are needless", partial(self._needless, step))
        if hasty := self.situations.effort.skipped:
            self.unchecked.append(
                f"the example patients of {hasty} findings may be told more than they need, as looking for less takes too long"
            )
        if self.situations.links.unsure:
            self.unchecked.append(
                "situations in which numbers fulfil several worked-out bounds at once were left out where no such numbers were found"
            )
        return Gaps(in_order(self.guideline, self.rows), tuple(dict.fromkeys(self.unchecked)))

    def _look_at_step(self, step: Step) -> None:
        before = nx.ancestors(self._network, step.id) & self.lost
        if before:
            self.unchecked.append(f"not checked: {step.name}, because {self._named(before)} before it could not be")
        elif self._try(step.name, partial(self._comers, step)):
            self._try(step.name, partial(self._ways_on, step))
            return
        self.lost.add(step.id)

    def _comers(self, step: Step) -> Iterator[Row]:
        """Who comes to a step: nobody, or nobody along a route, or somebody."""
        by_route, at_all = self.situations.reached(step.id), self.situations.reached(step.id, by_options=True)
        if by_route == NEVER != at_all:
            self.unchecked.append(f"not checked: {step.name}, because the walk does not go beyond what is only offered as an option")
        yield from Criteria(self.situations).unreachable(step)

    def _ways_on(self, step: Step) -> Iterator[Row]:
        yield from Ways(self.situations).at(step, self.unchecked)
        yield from unlike_times(self.situations, step, self.unchecked)

    def _endless(self, group: frozenset[str]) -> Iterator[Row]:
        yield from Ways(self.situations).endless(group, self.unchecked)

    def _in_spite(self, edge: Transition) -> Iterator[Row]:
        yield from Ways(self.situations).in_spite(edge, self.unchecked)

    def _before(self, edge: Transition) -> set[str]:
        """The step that an edge leaves, and those from which one can come to it."""
        return {edge.source, *nx.ancestors(self._network, edge.source)}

    def _disagreements(self, topic: Topic) -> Iterator[Row]:
        yield from disagreements(self.situations, topic, self.unchecked)

    def _named(self, steps: Collection[str]) -> str:
        return " and ".join(step.name for id, step in self.guideline.steps.items() if id in steps)

    def _look_at_edges(self) -> None:
        deciding: set[str] = set()
        for edge in self.guideline.transitions.values():
            known = not self._before(edge) & self.lost
            if not known or not self._try(f"what the edge “{edge.label}” asks", partial(self._edge, edge, deciding)):
                deciding |= asked(edge)  # they may
        self.rows += [*Criteria(self.situations).never_asked(), *Criteria(self.situations).never_decides(deciding)]

    def _edge(self, edge: Transition, deciding: set[str]) -> Iterator[Row]:
        deciding |= Criteria(self.situations).deciding(edge)
        yield from Criteria(self.situations).never_met(edge)
        yield from hidden_edges(self.situations, edge, self.unchecked)

    def _needless(self, step: Step) -> Iterator[Row]:
        fork = Fork(self.situations, step)
        masked = Masked(fork)
        yield from masked.rows(self.unchecked)
        yield from Mergeable(fork, masked.needed).rows()
        yield from misleading(fork, self.unchecked)

    def _try(self, what: str, find: Callable[[], Iterator[Row]]) -> bool:
        """Keep what is found; if it gets too large say so, and go on with an empty family."""
        try:
            for row in find():
                self.rows.append(row)  # one by one: what was found before it got too large is kept
        except TooLarge as error:
            self.unchecked.append(f"not checked: {what}, because {error}")
            self.situations = self.situations.afresh()
            return False
        return True
