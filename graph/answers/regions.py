"""The law asked of all patients at once: what comes out is where, among all answers, something is true and where it is false.

Source: `edgewise.graph.answers.diagram`. Of the two nodes only that one is made which is asked for, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from edgewise.graph.answers.diagram import ALWAYS, NEVER, Diagrams
from edgewise.graph.law import Bounds, combined
from edgewise.graph.model import Comparison, Criterion, Observable, Transition
from edgewise.graph.walking.criteria import compare
from edgewise.graph.walking.kleene import TESTS, Truth


class Region:
    """Where something is true, and where it is false; elsewhere it is not known.

    Attributes:
        true: node of the first.
        false: node of the second.
    """

    def __init__(self, true: Callable[[], int], false: Callable[[], int]) -> None:
        self._true, self._false = true, false

    @cached_property
    def true(self) -> int:
        return self._true()

    @cached_property
    def false(self) -> int:
        return self._false()


class Seen(NamedTuple):
    """How a criterion comes out: on the answers as they are, and once all is unknown that waiting or repeating can still change."""

    truth: Region
    later: Region


class Regions:
    """Kleene's logic over diagrams, and what `edgewise.graph.law.Algebra` asks beside it of all patients alike.

    >>> family = Diagrams([2, 2])
    >>> regions = Regions(family)
    >>> first = regions.where(family.literal(0, {1}))
    >>> regions.all_of([first, regions.negated(first)]).true == NEVER, regions.any_of([first, regions.true]) is regions.true
    (True, True)
    """

    def __init__(self, diagrams: Diagrams, observables: Mapping[str, Observable] | None = None) -> None:
        self.diagrams, self.observables = diagrams, observables or {}
        self.true, self.false = Region(lambda: ALWAYS, lambda: NEVER), Region(lambda: NEVER, lambda: ALWAYS)
        self.unknown = Region(lambda: NEVER, lambda: NEVER)

    def where(self, node: int) -> Region:
        """That something is true where a node is, and false elsewhere."""
        return Region(lambda: node, lambda: self.diagrams.negated(node))

    def all_of(self, values: Iterable[Region]) -> Region:
        parts = [value for value in values if value is not self.true]
        if self.false in parts:
            return self.false
        if len(parts) < 2:
            return parts[0] if parts else self.true
        return Region(lambda: self.diagrams.both(*(one.true for one in parts)), lambda: self.diagrams.either(*(one.false for one in parts)))

    def any_of(self, values: Iterable[Region]) -> Region:
        parts = [value for value in values if value is not self.false]
        if self.true in parts:
            return self.true
        if len(parts) < 2:
            return parts[0] if parts else self.false
        return Region(lambda: self.diagrams.either(*(one.true for one in parts)), lambda: self.diagrams.both(*(one.false for one in parts)))

    def sum_within(self, values: Sequence[Region], points: Sequence[Decimal], bounds: Bounds) -> Region:
        """As in Kleene's logic: within where the least and the most are, not within where both are beyond the same bound."""
        return self.all_of([self._bounded(values, points, *bound) for bound in bounds])

    def _bounded(self, values: Sequence[Region], points: Sequence[Decimal], sign: str, bound: Decimal) -> Region:
        def where(least: bool) -> int:
            return self.diagrams.sums(list(self._counting(values, points, least=least)), lambda total: TESTS[sign](total, bound))

        both = (True, False) if sign in "≥>" else (False, True)  # whose test says that it holds, and whose that it may
        return Region(lambda: where(both[0]), lambda: self.diagrams.negated(where(both[1])))

    def _counting(self, values: Sequence[Region], points: Sequence[Decimal], *, least: bool) -> Iterator[tuple[int, Decimal]]:
        """Where each item counts, if as little, or as much, is counted as can be."""
        for value, count in zip(values, points, strict=True):
            sure = least == (count > 0)
            yield value.true if sure else self.diagrams.negated(value.false), count

    def negated(self, value: Region) -> Region:
        if value is self.true or value is self.false:
            return self.false if value is self.true else self.true
        return Region(lambda: value.false, lambda: value.true)

    def surely(self, value: Region) -> Region:
        return Region(lambda: value.true, lambda: self.diagrams.negated(value.true))

    def among(self, variable: int, truths: Sequence[Truth]) -> Region:
        """What is told by one variable: a truth for each of its cells."""

        def where(wanted: Truth) -> int:
            return self.diagrams.literal(variable, {cell for cell, truth in enumerate(truths) if truth is wanted})

        return Region(lambda: where(Truth.TRUE), lambda: where(Truth.FALSE))

    def outcome(self, comparison: Comparison, answer: tuple[()] | Decimal) -> Seen:
        trace = compare(comparison, answer, self.observables[comparison.observable])
        return Seen(self._constant(trace.truth), self._constant(trace.later))

    def unanswered(self, _: Comparison) -> Seen:
        return Seen(self.unknown, self.unknown)

    def _constant(self, truth: Truth) -> Region:
        return {Truth.TRUE: self.true, Truth.FALSE: self.false, Truth.UNKNOWN: self.unknown}[truth]

    def joined(self, criterion: Criterion, parts: tuple[Seen, ...]) -> Seen:
        truth = combined(self, criterion, [part.truth for part in parts])
        return Seen(truth, combined(self, criterion, [part.later for part in parts]))

    def provisional(self, reading: Seen) -> Seen:
        return Seen(reading.truth, self.any_of([reading.later, self.unknown]))

    def choose(self, condition: Region, then: Callable[[], Seen], otherwise: Callable[[], Seen]) -> Seen:
        where = condition.true
        if where in (ALWAYS, NEVER):
            return then() if where == ALWAYS else otherwise()
        one, other = then(), otherwise()
        return Seen(*(self._either(self.where(where), *pair) for pair in zip(one, other, strict=True)))

    def _either(self, where: Region, one: Region, other: Region) -> Region:
        """One inside a region, another outside."""
        return self.any_of([self.all_of([where, one]), self.all_of([self.negated(where), other])])


def come_to(
    family: Diagrams,
    begin: Mapping[str, int],
    edges: Sequence[Transition],
    opened: Callable[[Transition], int],
    before: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Where the walk comes to some steps: the least fixpoint, in which a loop reaches nothing by itself.

    Args:
        family: of all nodes.
        begin: where it begins, by id of each of the steps.
        edges: those that lead to them.
        opened: where an edge is open; asked only of those from where somebody comes.
        before: where it comes to other steps from which edges lead.
    """
    found, grown = dict(begin), True
    while grown:
        last = dict(found)
        for id in found:
            if found[id] == ALWAYS:
                continue
            sources = {**(before or {}), **found}
            ways = [edge for edge in edges if edge.target == id and sources[edge.source] != NEVER]
            found[id] = family.either(found[id], *(family.both(sources[edge.source], opened(edge)) for edge in ways))
        grown = len(found) > 1 and found != last
    return found


def lead_to(family: Diagrams, step: str, edges: Sequence[Transition], opened: Callable[[Transition], int]) -> dict[str, int]:
    """Where the walk would go on to a step, by id of each step from which `edges` lead there: the least fixpoint.

    Reckoned from the end, as an edge asks mostly what comes before its target: then each step adds to what is there already, and the nodes
    grow with the steps, where those of `come_to` grow with their square.

    Args:
        family: of all nodes.
        step: id of where to.
        edges: those that lie on a way to it.
        opened: where an edge is open.

    >>> family, way = Diagrams([2, 2]), [Transition("e", "a", "b", "", ()), Transition("f", "b", "c", "", ())]
    >>> onward = lead_to(family, "c", way, lambda edge: family.literal("ef".index(edge.id), {1}))
    >>> onward["a"] == family.both(family.literal(0, {1}), onward["b"]), onward["c"] == ALWAYS
    (True, True)
    """
    leaving: dict[str, list[Transition]] = {}
    for edge in edges:
        leaving.setdefault(edge.source, []).append(edge)
    last_first = _last_first(leaving)  # where nothing leads back, one round does
    found, grown = dict.fromkeys(leaving, NEVER) | {step: ALWAYS}, True
    while grown:
        before = dict(found)
        for id in last_first:
            if found[id] != ALWAYS:
                on = (family.both(opened(edge), found[edge.target]) for edge in leaving[id] if found.get(edge.target, NEVER) != NEVER)
                found[id] = family.either(found[id], *on)
        grown = found != before
    return found


def _last_first(leaving: Mapping[str, Sequence[Transition]]) -> list[str]:
    """Steps that lead on, each behind those it leads to where nothing leads back: a search into the depth, without NetworkX' load time."""
    seen, found = set[str](), list[str]()
    for start in leaving:
        waiting = [(start, iter(leaving[start]))] if start not in seen else []
        seen.add(start)
        while waiting:
            _, ways = waiting[-1]
            fresh = next((edge.target for edge in ways if edge.target in leaving and edge.target not in seen), None)
            if fresh is None:
                found.append(waiting.pop()[0])
            else:
                seen.add(fresh)
                waiting.append((fresh, iter(leaving[fresh])))
    return found
