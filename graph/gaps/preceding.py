"""Edges that are open to nobody because others go before them: rules of a table that is read from the top, and that earlier ones hide.

A table whose first rule that fits decides (hit policy FIRST), or the one of highest priority (PRIORITY), is written as edges of which each
asks for its own condition and that those before it do not hold. So the order is in the conditions: where an edge would be open but for what
it asks not to hold, and all whom that shuts out go along other edges, these go before it. Sources: OMG, Decision Model and Notation 1.5,
chapter 8 (hit policies); KIE's analysis of decision tables (``DECISION_TABLE_MASKED_RULE``), which compares two rules at a time and stops
at lists of values: here edges may hide one together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from edgewise.graph.answers.diagram import NEVER
from edgewise.graph.answers.fewest import fewest
from edgewise.graph.criterion import conjuncts, tested
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.model import AnyOf, Criterion, Not, Transition
from edgewise.graph.pathway import OFFERED

Test = tuple[object, ...]


class Hidden(NamedTuple):
    """An edge that is open to nobody.

    Attributes:
        edge: it.
        asks: what it asks for itself; all of it has to hold.
        own: node of those who could take it and meet that.
        before: as few edges beside it as all of them go along.
    """

    edge: Transition
    asks: tuple[Criterion, ...]
    own: int
    before: tuple[Transition, ...]


def order_of(situations: Situations, step: str) -> Order:
    """The order of the edges that leave a step, made once for all who ask."""
    if step not in situations.orders:
        situations.orders[step] = Order(situations, step)
    return situations.orders[step]


class Order:
    """The order of the edges that leave a step, as far as their conditions hold one.

    >>> from edgewise.graph.library import load
    >>> situations = Situations(load("sacroiliac-sclerosis").guideline)
    >>> [order_of(situations, "cooled-rfa").hidden(edge) for edge in situations.routes("cooled-rfa")]
    [None]
    """

    def __init__(self, situations: Situations, step: str) -> None:
        """Better `order_of`, which does it once."""
        self.situations, self.both = situations, situations.both
        self.step = situations.guideline.steps[step]
        self.edges = situations.pathway.out_of(step, *OFFERED)
        self._hidden: dict[str, Hidden | None] = {}
        self._by_own: dict[frozenset[Test], list[tuple[Transition, set[Test]]]] = {}
        for edge in self.edges:
            asked = {tested(part): isinstance(part, Not) for part in conjuncts(edge.when)}
            self._by_own.setdefault(frozenset(one for one, is_not in asked.items() if not is_not), []).append((edge, set(asked)))

    @cached_property
    def comers(self) -> int:
        """Who can take an edge at all, if every option is taken: those who come to the step and have done what it asks for."""
        return self.both(self.situations.reached(self.step.id, by_options=True), self.situations.law.performed(self.step).true)

    def hidden(self, edge: Transition) -> Hidden | None:
        """What hides an edge that nobody takes although its own condition can be met; None of all others.

        Where its own condition cannot be met, or some who meet it go nowhere, that is what is wrong with it.
        """
        if edge.id not in self._hidden:
            self._hidden[edge.id] = next(self._found(edge), None)
        return self._hidden[edge.id]

    def alike(self, found: Hidden) -> list[Hidden]:
        """The edges that the same ones hide, in the guideline's order."""
        told = map(self.hidden, self.edges)
        return [one for one in told if one is not None and one.before == found.before]

    def _found(self, edge: Transition) -> Iterator[Hidden]:
        if edge.when is None or self.both(self.comers, self.situations.true(edge.when)) != NEVER:
            return
        for asks in self._own_conditions(edge):
            own = self.both(self.comers, *map(self.situations.true, asks))
            taken = {one.id: self.both(own, self.situations.opened(one)) for one in self.edges if one is not edge}
            beside = [one for one in self.edges if taken.get(one.id, NEVER) != NEVER]
            if found := fewest(self.situations.diagrams, own, [taken[one.id] for one in beside]):
                yield Hidden(edge, tuple(asks), own, tuple(beside[at] for at in found))

    def _own_conditions(self, edge: Transition) -> Iterator[list[Criterion]]:
        """What an edge may ask for itself: all but what rules out what others ask, else all but the last of what it asks not to hold."""
        parts = list(conjuncts(edge.when))
        if any(self._rules_out(edge, part) for part in parts):
            yield [part for part in parts if not self._rules_out(edge, part)]
        negative = [at for at, part in enumerate(parts) if self._is_order(edge, part)]
        for count in range(1, len(negative) + 1):
            yield [part for at, part in enumerate(parts) if at not in negative[-count:]]

    def _is_order(self, edge: Transition, part: Criterion) -> bool:
        """Whether an order may be in a part; what rules a step out on every road is none among edges."""
        return isinstance(part, Not) and part.part not in self.situations.guideline.steps[edge.target].contraindications

    def _rules_out(self, edge: Transition, part: Criterion) -> bool:
        """Whether a part asks that what another edge asks for itself does not hold."""
        if not isinstance(part, Not) or not self._is_order(edge, part):
            return False
        quoted = ({tested(each): isinstance(each, Not) for each in conjuncts(one)} for one in _alternatives(part.part))
        return any(self._is_own(asked, edge) for asked in quoted)

    def _is_own(self, asked: Mapping[Test, bool], edge: Transition) -> bool:
        """Whether some tests are all that an edge beside asks for itself: whatever else it asks is that something does not hold."""
        plain = frozenset(test for test, is_not in asked.items() if not is_not)
        return bool(asked) and any(asked.keys() <= tests and one is not edge for one, tests in self._by_own.get(plain, ()))


def _alternatives(criterion: Criterion) -> Iterator[Criterion]:
    """A criterion, and of an any-of each part as well."""
    yield criterion
    for part in criterion.parts if isinstance(criterion, AnyOf) else ():
        yield from _alternatives(part)
