"""Which patients two guidelines lead elsewhere: nothing is enumerated, and what cannot be compared is said in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import networkx as nx

from edgewise.graph.answers.diagram import BUDGET, NEVER, TooLarge
from edgewise.graph.comparing.alignment import Alignment
from edgewise.graph.comparing.alternatives import Pair, paired
from edgewise.graph.comparing.courses import START, partings
from edgewise.graph.comparing.groups import MOST, Group, Grouping
from edgewise.graph.comparing.preferences import preferring
from edgewise.graph.comparing.sameness import same_course, same_preference, same_start
from edgewise.graph.comparing.sides import Sides
from edgewise.graph.pathway import OFFERED


@dataclass(frozen=True, slots=True)
class Patients:
    """Groups of patients who now go elsewhere, in the order of the pathway; what was not compared; what is to be said of the examples.

    `preferences` are groups of those who are told otherwise which of several steps to choose.
    """

    groups: tuple[Group, ...]
    unchecked: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    preferences: tuple[Group, ...] = ()


def patients(alignment: Alignment, budget: int = BUDGET) -> Patients:
    """Everybody whom two guidelines lead elsewhere.

    Args:
        alignment: of the two; both without errors.
        budget: how many pieces all diagrams together may have; where they run out, what was looked at is named in `unchecked`.
    """
    try:
        return _Search(Sides(alignment, budget)).patients()
    except TooLarge as error:
        return Patients((), (f"not compared in patients, because {error}",))


class _Search:
    def __init__(self, sides: Sides) -> None:
        self.sides, self.alignment = sides, sides.alignment
        self.found: list[Group] = []
        self.preferred: list[Group] = []
        self.unchecked: list[str] = []
        self.lost: dict[str, list[str]] = {}  # names of steps by why they were not compared
        self.unknown: set[str] = set()  # steps of which it is not known who comes there

    def patients(self) -> Patients:
        self._try(START, lambda: self._at(START))
        for step in self._in_order():
            self._try(step, lambda step=step: self._at(step))  # type: ignore[misc]
        for pair in paired(self.alignment):
            if not same_preference(self.sides, pair):
                self._try_choice(pair)
        unchecked = tuple(dict.fromkeys((*self.unchecked, *self._left())))
        return Patients(tuple(self.found), unchecked, tuple(self._notes()), tuple(self.preferred))

    def _in_order(self) -> tuple[str, ...]:
        """The steps of both."""
        return tuple(id for id in self.alignment.a.steps if id in self.alignment.told.steps)

    def _at(self, step: str) -> Iterator[Group]:
        sides = self.sides
        if same_course(sides, step) if step else same_start(sides):
            return
        together = self._together(step, by_options=False)
        yield from self._parting(step, together, chosen=False)
        chosen = sides.common.diagrams.without(self._together(step, by_options=True), together) if step else NEVER
        if chosen != NEVER:
            yield from self._parting(step, chosen, chosen=True)

    def _together(self, step: str, *, by_options: bool) -> int:
        """In whom both come to a step."""
        sides = self.sides
        if step == START:
            return sides.everybody
        return sides.common.both(sides.a.reached(step, by_options=by_options), sides.b.reached(step, by_options=by_options))

    def _parting(self, step: str, together: int, *, chosen: bool) -> Iterator[Group]:
        if together == NEVER:
            return
        found, left = partings(self.sides.a, self.sides.b, step, together, MOST)
        grouping = Grouping(self.sides)
        for parting in found:
            yield from grouping.groups(parting, together, self.unchecked, chosen=chosen)
        if left != NEVER:
            name = self.alignment.name(step) or "the first step"
            self.unchecked.append(f"{name}: patients part there in more ways than {MOST}; the others are not listed, but go elsewhere too")

    def _try_choice(self, pair: Pair) -> None:
        """Keep who is told otherwise what to choose, as far as it does not get too large."""
        if not self.unknown.isdisjoint(set(pair.steps).union(*map(self._before, pair.steps))):
            self.lost.setdefault("what comes before could not be compared", []).append(pair.label)
            return
        try:
            for group in preferring(self.sides, pair, self.unchecked):
                self.preferred.append(group)
        except TooLarge as error:
            self.lost.setdefault(str(error), []).append(pair.label)
            self.sides = self.sides.afresh()

    # What gets too large ------------------------------------------------------------------------------------------------

    def _try(self, step: str, find: Callable[[], Iterator[Group]]) -> None:
        """Keep what is found; if it gets too large say so, and go on with an empty family."""
        before = set() if step == START else self._before(step) & self.unknown
        if before and not same_course(self.sides, step):
            self.lost.setdefault("what comes before could not be compared", []).append(self.alignment.name(step))
            return
        try:
            for group in find():
                self.found.append(group)  # one by one: what was found before it got too large is kept
        except TooLarge as error:
            self.lost.setdefault(str(error), []).append(self.alignment.name(step) or "the first step")
            self.unknown.add(step)
            self.sides = self.sides.afresh()

    def _before(self, step: str) -> set[str]:
        networks = (side.pathway.network(*OFFERED) for side in (self.sides.a, self.sides.b))
        return set().union(*(nx.ancestors(network, step) for network in networks if step in network))

    def _left(self) -> Iterator[str]:
        for why, names in self.lost.items():
            yield f"not compared: {', '.join(dict.fromkeys(names))}, because {why}"
        if self.sides.common.links.unsure:
            yield "situations in which numbers fulfil several worked-out bounds at once were left out where no such numbers were found"

    def _notes(self) -> Iterator[str]:
        if hasty := self.sides.common.effort.skipped:
            yield f"the example patients of {hasty} groups may be told more than they need, as looking for less takes too long"
        if unshown := sum(not group.shown for group in self.found):
            yield f"of {unshown} groups no single patient could be shown; who is in them is told all the same"
