"""Edges along which nobody goes because others go before them: rules of a table that is read from the top, and that earlier ones hide.

A table whose first rule that fits decides (hit policy FIRST), or the one of highest priority (PRIORITY), is written as edges of which each
asks for its own condition and that those before it do not hold. So the order is in the conditions, and one that asks ``not`` of what
another edge asks goes behind it. Sources: OMG, Decision Model and Notation 1.5, chapter 8 (hit policies); KIE's analysis of decision tables
(``DECISION_TABLE_MASKED_RULE``), which compares two rules at a time and stops at lists of values: here edges may hide one together.
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
    """An edge along which nobody goes.

    Attributes:
        edge: it.
        own: node of those who come to where it starts and meet its own condition.
        before: as few edges before it as leave none of them to it.
    """

    edge: Transition
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
        self.situations, self.both = situations, situations.both
        self.step = situations.guideline.steps[step]
        self.edges = [edge for edge in situations.pathway.out_of(step, *OFFERED) if edge.when is not None]
        self._asked = {edge.id: {tested(part): part for part in conjuncts(edge.when)} for edge in self.edges}
        self._hidden: dict[str, Hidden | None] = {}
        self._by_own: dict[frozenset[Test], list[Transition]] = {}
        for edge in self.edges:
            plain = (test for test, part in self._asked[edge.id].items() if not isinstance(part, Not))
            self._by_own.setdefault(frozenset(plain), []).append(edge)

    @cached_property
    def comers(self) -> int:
        """Who can take an edge at all, if every option is taken: those who come to the step and have done what it asks for."""
        return self.both(self.situations.reached(self.step.id, by_options=True), self.situations.law.performed(self.step).true)

    def hidden(self, edge: Transition) -> Hidden | None:
        """An edge that nobody takes, because all who meet its own condition take edges that go before it; None of all others.

        Where its own condition cannot be met, or nobody comes to where it starts, that is what is wrong with it.
        """
        if edge.id not in self._hidden:
            self._hidden[edge.id] = self._behind(edge)
        return self._hidden[edge.id]

    def alike(self, found: Hidden) -> list[Transition]:
        """The edges that the same ones leave nobody, in the guideline's order."""
        told = [self.hidden(edge) for edge in self.edges]
        return [one.edge for one in told if one is not None and one.before == found.before]

    def _behind(self, edge: Transition) -> Hidden | None:
        if edge.when is None or self.both(self.comers, self.situations.true(edge.when)) != NEVER:
            return None
        own, before = self.own(edge), [one for one in self._before(edge) if self._taken(one) != NEVER]
        led = [self.both(own, self._taken(one)) for one in before]
        if own == NEVER or self.situations.either(*led) != own:
            return None
        found = fewest(self.situations.diagrams, own, [self.own(one) for one in before])
        return Hidden(edge, own, tuple(before[at] for at in found))

    def own_condition(self, edge: Transition) -> list[Criterion]:
        """What an edge asks for apart from that those before it do not hold; all of it has to hold."""
        return [part for part in conjuncts(edge.when) if not self._ruled_out(edge, part)]

    def own(self, edge: Transition) -> int:
        """Node of those who can take an edge and meet its own condition."""
        return self.both(self.comers, *map(self.situations.true, self.own_condition(edge)))

    def _taken(self, edge: Transition) -> int:
        return self.both(self.comers, self.situations.opened(edge))

    def _before(self, edge: Transition) -> list[Transition]:
        """The edges beside one of which it asks that they do not hold."""
        ruled_out = {one.id for part in conjuncts(edge.when) for one in self._ruled_out(edge, part)}
        return [one for one in self.edges if one.id in ruled_out]

    def _ruled_out(self, edge: Transition, part: Criterion) -> list[Transition]:
        """The edges whose own condition a part of another's rules out; what rules a step out on every road is no order among edges."""
        if not isinstance(part, Not) or part.part in self.situations.guideline.steps[edge.target].contraindications:
            return []
        quoted = ({tested(each): each for each in conjuncts(one)} for one in _alternatives(part.part))
        return [one for asked in quoted for one in self._whose_own(asked) if one.id != edge.id]

    def _whose_own(self, asked: Mapping[Test, Criterion]) -> Iterator[Transition]:
        """Edges of which some tests are all that they ask for themselves: whatever else they ask is that something does not hold."""
        plain = frozenset(test for test, part in asked.items() if not isinstance(part, Not))
        return (one for one in self._by_own.get(plain, ()) if asked and asked.keys() <= self._asked[one.id].keys())


def _alternatives(criterion: Criterion) -> Iterator[Criterion]:
    """A criterion, and of an any-of each part as well."""
    yield criterion
    for part in criterion.parts if isinstance(criterion, AnyOf) else ():
        yield from _alternatives(part)
