"""What to ask next: whoever answers only what is asked is led on, until the walk ends, falls silent or has to wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edgewise.graph.law import Law
from edgewise.graph.model import Comparison, CountOf, Scored, Step
from edgewise.graph.pathway import OFFERED
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth

if TYPE_CHECKING:
    from edgewise.graph.walking.walk import Standing


@dataclass(frozen=True, slots=True)
class Questions:
    """What can still be told.

    Attributes:
        missing: ids of observables worth asking, of which nothing, or not everything, is known.
        awaited: ids of those that are known, and that waiting or repeating can still change; in no other way does the walk go on there.
    """

    missing: tuple[str, ...]
    awaited: tuple[str, ...]


def ask(law: Law[Truth, Trace], facts: Facts, reached: Sequence[str], edges: Mapping[str, Standing]) -> Questions:
    """What to ask of a patient in whom the walk has come to some steps.

    As long as a step is not performed, what it yields is asked, and else only what steps come to find out. Afterwards every edge out of it
    that the facts do not decide, an option as well, has its first missing answer asked: later ones may never matter. The steps at which the
    walk stands come first.

    Args:
        law: of the pathway, for these facts.
        facts: what is known.
        reached: ids of the steps come to, in order.
        edges: every edge of the guideline by id, with regard to how far the walk has come.
    """
    return _Asking(law, facts, reached, edges).questions()


class _Asking:
    def __init__(self, law: Law[Truth, Trace], facts: Facts, reached: Sequence[str], edges: Mapping[str, Standing]) -> None:
        self.law, self.facts, self.reached, self.edges = law, facts, reached, edges

    def questions(self) -> Questions:
        steps = [(self.law.pathway.steps[id], self._ways(id)) for id in self.reached]
        standing, left = ([one for one in steps if _left(one[1]) is gone] for gone in (False, True))
        asked = dict.fromkeys(self._whether_it_applies())
        asked |= dict.fromkeys(id for step, ways in (*standing, *left) for id in self._missing(step, ways))
        awaited = (id for step, ways in standing for id in (*self._may_grow(ways), *self._to_be_done(step)) if id in self.facts)
        return Questions(tuple(asked), tuple(id for id in dict.fromkeys(awaited) if id not in asked))

    def _whether_it_applies(self) -> Iterator[str]:
        """What has to be known before all else: whether the guideline speaks of such patients."""
        if self.law.pathway.applies_to is not None:
            trace = self.law.stated(self.law.pathway.applies_to)
            yield from (id for found in _undecided(trace) for id in found)

    def _ways(self, step: str) -> list[Standing]:
        return [self.edges[edge.id] for edge in self.law.pathway.out_of(step, *OFFERED)]

    def _may_grow(self, ways: list[Standing]) -> Iterator[str]:
        """What waiting or repeating can change: on a way that is not yet open, and of what its step counts until that is enough."""
        yield from (id for choice in ways if choice.state == "not-yet" for id in choice.ask)
        counted = (own for choice in ways if choice.transition.role == "route" for own in self.law.pathway.own(choice.transition))
        for own, seen in ((own, self.law.compared(own)) for own in counted):
            if seen.truth is Truth.FALSE and seen.later is Truth.UNKNOWN:
                yield own.observable

    def _to_be_done(self, step: Step) -> Iterator[str]:
        """What tells that a step is done which is known not to be."""
        finished = self.law.pathway.finished(step)
        if finished and self.law.compared(finished).truth is Truth.FALSE and self.law.pathway.out_of(step.id, *OFFERED):
            yield finished.observable

    def _missing(self, step: Step, ways: list[Standing]) -> Iterator[str]:
        choices = [choice for choice in ways if choice.state in ("undecided", "not-yet")]
        performed = self.law.performed(step) is Truth.TRUE
        if performed:
            yield from (id for choice in choices for id in choice.ask if id in step.yields and id not in self.facts)
        else:
            yield from self._outcome(step, choices)
        for choice in choices:
            first = next(iter(self._wanted(choice)), ())
            yield from (id for id in first if performed or self._found_out(id))

    def _outcome(self, step: Step, choices: list[Standing]) -> Sequence[str]:
        """What a step that is not performed yields, as far as it matters; where nothing of it does, what tells that it is done."""
        if not step.yields and (finished := self.law.pathway.finished(step)):
            asked = finished.observable not in self.facts and self.law.pathway.out_of(step.id, *OFFERED)
            return [finished.observable] if asked else []
        yields = step.yields or self.law.pathway.main(step).yields
        return [id for choice in choices for id in choice.ask if id in yields] or yields[:1]

    def _found_out(self, observable: str) -> bool:
        """Whether a step come to finds an answer out: what comes after a step is not asked before it."""
        return any(step.id in self.reached for step in self.law.pathway.finders(observable))

    def _wanted(self, choice: Standing) -> Iterator[tuple[str, ...]]:
        """The answers that an edge is in want of: without which it is undecided, or which may yet rule it out while it waits.

        Those that are added up, or counted, are asked together.
        """
        if choice.trace is None:
            return iter(())
        return _undecided(choice.trace) if choice.state == "undecided" else ((id,) for id in choice.trace.asks() if id not in self.facts)


def _left(ways: list[Standing]) -> bool:
    """Whether the walk has gone on from a step, by some way out of it."""
    return any(choice.state == "open" and choice.transition.role == "route" for choice in ways)


def _undecided(trace: Trace) -> Iterator[tuple[str, ...]]:
    """Observables without which a criterion is neither true nor false; of a series a value may be missing."""
    if trace.truth is not Truth.UNKNOWN:
        return
    if isinstance(trace.criterion, Comparison):
        yield from ((id,) for id in trace.turns or (trace.criterion.observable,))
    inner = (found for part in trace.deciding for found in _undecided(part))
    if isinstance(trace.criterion, CountOf | Scored):
        yield tuple(dict.fromkeys(id for found in inner for id in found))
    else:
        yield from inner
