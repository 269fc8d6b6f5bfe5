"""Alternatives of two guidelines: which are the same, and what either says of the order in which their steps are to be chosen.

What is said of a patient depends on which of the steps the walk comes to: so it is asked with any such steps in mind, and where two
guidelines part on the way there, what follows from that alone can be told from what they say otherwise of the alternatives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import NamedTuple

from edgewise.graph.answers.diagram import ALWAYS, NEVER
from edgewise.graph.comparing.alignment import Alignment
from edgewise.graph.comparing.criteria import form
from edgewise.graph.comparing.sides import Side
from edgewise.graph.gaps.preferences import fits, goes_before
from edgewise.graph.model import Alternative
from edgewise.graph.walking.walk import Walk


@dataclass(frozen=True, slots=True)
class Pair:
    """The same alternative in both, or one that only one of them has; steps stand under the ids of the first guideline."""

    a: Alternative | None
    b: Alternative | None

    @property
    def label(self) -> str:
        """What it is called."""
        return (self.a or self.b).label  # type: ignore[union-attr]  # one of them is there

    @property
    def ids(self) -> tuple[str, str]:
        """What either calls it; empty where it has none."""
        return self.a.id if self.a else "", self.b.id if self.b else ""

    @property
    def steps(self) -> tuple[str, ...]:
        """Ids of the steps that are to choose from in either."""
        return tuple(dict.fromkeys(step for one in (self.a, self.b) if one for step in one.steps))

    @property
    def moved(self) -> tuple[str, ...]:
        """Ids of the steps that stand in another place, are preferred in another case, or are to choose from in one alone."""
        here, there = (places(one) for one in (self.a, self.b))
        return tuple(step for step in self.steps if here.get(step) != there.get(step))


def paired(alignment: Alignment) -> Iterator[Pair]:
    """Alternatives among the same steps; of the others those among most steps in common, so that one more step is one change."""
    here, free = [*alignment.a.alternatives.values()], [*alignment.told.alternatives.values()]
    for fit in (lambda one, other: one == other, lambda one, other: bool(one & other)):
        for one in list(here):
            likely = [other for other in free if fit(frozenset(one.steps), frozenset(other.steps))]
            if likely:
                other = max(likely, key=lambda each: (len({*one.steps} & {*each.steps}), each.id == one.id))
                here, free = [each for each in here if each is not one], [each for each in free if each is not other]
                yield Pair(one, other)
    yield from (Pair(one, None) for one in here)
    yield from (Pair(None, other) for other in free)


def places(alternative: Alternative | None) -> dict[str, tuple[int, str]]:
    """By step, where it stands in the order of the ranks that are given, and in which case it goes first."""
    choose = alternative.choose if alternative else ()
    ranks = sorted({one.rank for one in choose if one.rank})
    return {one.step: (ranks.index(one.rank) + 1 if one.rank else 0, form(one.when) if one.when is not None else "") for one in choose}


class Order(NamedTuple):
    """What is said of the steps of an alternative to some patients.

    Attributes:
        tiers: ids of those to choose from in order of preference, those between which nothing is preferred together; none where there
            are not at least two.
        stated: whether the first of them are said to go first.
        come: ids of all the steps of either guideline's alternative to which the walk comes.
    """

    tiers: tuple[frozenset[str], ...]
    stated: bool
    come: frozenset[str]

    @property
    def beside(self) -> frozenset[str]:
        """Ids of those that are no alternatives here."""
        return self.come.difference(*self.tiers)


def order_of(walked: Walk, alternative: Alternative | None, steps: Iterable[str]) -> Order:
    """What a walk says of an alternative, and of other steps that are alternatives elsewhere.

    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.walk import walk
    >>> order_of(walk(load("sacroiliac-sclerosis").guideline, {}), None, ("xray-spine", "cooled-rfa")).come
    frozenset({'xray-spine'})
    """
    come = frozenset(id for id in steps if id in walked.path)
    found = next((one for one in walked.alternatives if alternative and one.alternative.id == alternative.id), None)
    if found is None or len(found.offered) < 2:
        return Order((), False, come)
    return Order(tuple(map(frozenset, found.tiers)), bool(found.preferred), come)


Come = Mapping[str, int]
"""By step, the node of those who come to it."""
_Said = Mapping[tuple[str, ...], int]
"""Nodes of what is said: ``(x,)`` is to choose from, ``(x, y)``: x goes before y, ``()``: the first are said to go first."""


class Choices:
    """One alternative of one of two guidelines in the diagrams of both; of None, nothing is to choose."""

    def __init__(self, side: Side, alternative: Alternative | None) -> None:
        self.side = side
        self.among = {one.step: one for one in alternative.choose} if alternative else {}
        self.first = {id: ALWAYS if one.rank else fits(side, one) for id, one in self.among.items()}
        self.before = {(x, y): goes_before(side, self.among[x], self.among[y]) for x, y in permutations(self.among, 2)}

    def several(self, come: Come) -> int:
        """Who has at least two to choose from."""
        return self.side.either(*(self.side.both(come[one], come[other]) for one, other in combinations(self.among, 2)))

    def said(self, come: Come) -> _Said:
        """What is said to those who come to the steps."""
        side, several = self.side, self.several(come)
        here = {id: side.both(come[id], several) for id in self.among}
        first = (side.both(here[id], node) for id, node in self.first.items())
        found: dict[tuple[str, ...], int] = {(id,): node for id, node in here.items()}
        for (one, other), before in self.before.items():
            found[one, other] = side.both(here[one], here[other], before)
        return {**found, (): side.either(*first)}

    def order(self, come: Come, point: Mapping[int, int]) -> tuple[Order, int]:
        """What is said to the patient who gives some answers, and the node of all to whom the same is said."""
        side, said = self.side, self.said(come)
        held = {(one, node): self._holds(node, point) for one, node in said.items()}
        reached = {id: self._holds(node, point) for id, node in come.items()}
        alike = [node if holds else side.negated(node) for (_, node), holds in held.items()]
        alike += [come[id] if holds else side.negated(come[id]) for id, holds in reached.items()]
        true = {one for (one, _), holds in held.items() if holds}
        tiers = _tiers([one[0] for one in true if len(one) == 1], {one for one in true if len(one) == 2})
        return Order(tiers, () in true, frozenset(id for id, holds in reached.items() if holds)), side.both(*alike)

    def _holds(self, node: int, point: Mapping[int, int]) -> bool:
        return self.side.diagrams.restrict(node, point) == ALWAYS


def _tiers(steps: Iterable[str], before: set[tuple[str, ...]]) -> tuple[frozenset[str], ...]:
    """Steps by how many go before each, which tells tiers apart."""
    behind = {step: sum(pair[1] == step for pair in before) for step in steps}
    return tuple(frozenset(step for step, many in behind.items() if many == place) for place in sorted({*behind.values()}))


def differs(side: Side, one: _Said, other: _Said) -> int:
    """Where not the same is said."""
    known = dict.fromkeys((*one, *other))
    pairs = ((one.get(each, NEVER), other.get(each, NEVER)) for each in known)
    return side.either(*(side.either(side.diagrams.without(x, y), side.diagrams.without(y, x)) for x, y in pairs if x != y))
