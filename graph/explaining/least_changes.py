"""Every least set of changes of the facts under which the walk comes to a step, and which of them time or an answer can bring."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from edgewise.graph.answers.diagram import NEVER, Diagrams
from edgewise.graph.answers.differences import differences
from edgewise.graph.answers.in_words import answer_told, needed
from edgewise.graph.answers.mentions import Voice, spoken, together
from edgewise.graph.answers.prospects import Growth, growth
from edgewise.graph.attribution import Word
from edgewise.graph.explaining.approach import AS_IT_IS, Approach
from edgewise.graph.law import Law
from edgewise.graph.model import Comparison, Who
from edgewise.graph.pathway import comparisons
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for
from edgewise.graph.walking.walk import Walk, walk

Kind = Literal["ask", "wait", "amend", "told", "not-named", "fixed"]
COMING: tuple[Kind, ...] = ("ask", "wait")
"""What answers, waiting or repeating can bring."""

_LISTED = 24  # nobody reads more
_KEPT = 300  # sets that are looked at before the search narrows
_BOXES = 8  # ways to answer one set

_Set = int  # of variables, as bits


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that would have to be so.

    Attributes:
        observable: its id.
        needs: what is asked for by everything on the way together, in words.
        kind: ``ask`` (not known yet), ``wait`` (known, and waiting or repeating can bring it). Of what is known and does not fit:
            ``amend`` (the modeller marks that it can be made good, or that the series may go on), ``not-named`` (a number outside
            every range that the source names), ``fixed`` (it cannot change: by the source, or as what has grown or happened cannot be
            undone), else ``told``: whether it can change is not said.
        now: what is known, in words; empty where nothing is.
        based_on: ids of the passages that state the requirement.
        remark: what has to stand beside them or in their place, where it is not all the source's word.
    """

    observable: str
    needs: str
    kind: Kind
    now: str = ""
    based_on: tuple[str, ...] = ()
    remark: str = ""

    @property
    def stated_by(self) -> Who:
        """Whose word the requirement is: the modeller's as soon as any part of it is."""
        return "modeller" if self.remark else "source"


@dataclass(frozen=True, slots=True)
class Opening:
    """A least set of changes: all of them are needed, and nothing beside them.

    Attributes:
        needs: in the order of the pathway; any answers that fulfil them will do.
        example: facts changed accordingly, with which the walk comes to the step.
    """

    needs: tuple[Need, ...]
    example: Facts

    @property
    def possible(self) -> bool:
        """Whether answers, waiting or repeating can bring it."""
        return all(need.kind in COMING for need in self.needs)

    @property
    def amendable(self) -> bool:
        """Whether they can once all is made good that the modeller marks as amendable."""
        return not self.possible and all(need.kind in (*COMING, "amend") for need in self.needs)


@dataclass(frozen=True, slots=True)
class Openings:
    """All least sets of changes, the nearest first.

    Attributes:
        listed: fewest settled findings first, then fewest to be made good, then fewest that take waiting, then fewest.
        more: how many were found and are not listed; a set too far to be answered in detail counts once, however many answers it has.
        complete: whether all were looked for; where thresholds and ways multiply beyond measure, they are not.
        unlooked: what was looked for and what was not, in words; empty where all was.
    """

    listed: tuple[Opening, ...]
    more: int = 0
    complete: bool = True
    unlooked: str = ""


class Search:
    """The search for least changes on one approach.

    >>> from edgewise.graph.library import load
    >>> guideline, facts = load("sacroiliac-sclerosis").guideline, {"radiographs": "sclerosis"}
    >>> nearest = Search(Approach(guideline, "conservative-care", facts), walk(guideline, facts)).found.listed[0]
    >>> [(need.observable, need.needs, need.kind) for need in nearest.needs]
    [('inflammatory-suspicion', 'no', 'ask')]
    """

    def __init__(self, approach: Approach, walked: Walk, facts: Facts | None = None) -> None:
        """`facts` are those of the walk; the approach's own if left out."""
        self.approach, self.walked, self.family, self.guideline = approach, walked, approach.family, approach.guideline
        self.facts = approach.facts if facts is None else facts

    @cached_property
    def found(self) -> Openings:
        """All least sets of changes; TooLarge where they are too many to be told apart."""
        sets, complete = self.sets()
        found: list[Opening] = []
        for changed in sets[: 2 * _LISTED]:
            boxes = list(islice(self.boxes(changed), _BOXES + 1))
            if len(boxes) > _BOXES:
                self._unlooked[f"of some sets of answers no more than {_BOXES} ways to give them"] = None
            found += [self._opening(box) for box in boxes[:_BOXES]]
        found.sort(key=_nearness)
        complete = complete and not self._unlooked
        return Openings(tuple(found[:_LISTED]), len(found[_LISTED:]) + len(sets[2 * _LISTED :]), complete, self._told_unlooked(len(sets)))

    @cached_property
    def _unlooked(self) -> dict[str, None]:
        """What was not looked for, each said once."""
        return {}

    def _told_unlooked(self, sets: int) -> str:
        if not self._unlooked:
            return ""
        return f"{sets} least sets of answers were found; not looked for: {'; '.join(self._unlooked)}"

    def _too_wide(self) -> str:
        """The numbers of which a bound is worked out that may fulfil it or not within one range."""
        asked = {id for one in differences(self.guideline).values() for id in one.ids}
        inside = {self.approach.observables[variable] for variable in self.family.support(self.approach.blurred)} & asked
        return " and ".join(one.label for id, one in self.guideline.observables.items() if id in inside)

    @cached_property
    def growths(self) -> tuple[Growth, ...]:
        """By variable, the cells that its answer can come to."""
        return tuple(
            growth(self.approach.partitions[id], self.facts.get(id), unsettled=id in self._unsettled) for id in self.approach.observables
        )

    @cached_property
    def _unsettled(self) -> frozenset[str]:
        """Observables of which the walk says, at some edge on the way, that they may still change."""
        traces = (self.walked.edges[edge.id].trace for edge in self.approach.edges)
        return frozenset(id for trace in traces if trace for id in trace.unsettled())

    def can_still_come(self) -> bool:
        """Whether answers, waiting or repeating can lead to the step."""
        return self._may_meet(self._possible)

    def can_come_after(self, observable: str, answer: Answer, after: Walk) -> bool:
        """Whether they still can once `observable` is answered; `after` is the walk with that answer."""
        known, at = {**self.facts, observable: answer}, self.approach.variables[observable]
        left = Search(self.approach, after, known)._possible
        cell = self.approach.partitions[observable].cell_of(answer)
        left[at] = left[at] - {AS_IT_IS} | (set() if cell is None else {cell + 1})
        return self._may_meet(left)

    def _may_meet(self, cells: Mapping[int, Collection[int]]) -> bool:
        return self.family.meets(self.approach.goal, cells) or self.family.meets(self.approach.blurred, cells)

    @cached_property
    def _possible(self) -> dict[int, set[int]]:
        return {at: {AS_IT_IS, *(cell + 1 for cell in (*grown.asked, *grown.awaited))} for at, grown in enumerate(self.growths)}

    # Which observables have to change -----------------------------------------------------------------------------------

    def sets(self) -> tuple[list[_Set], bool]:
        """All least sets of observables, as bits by variable, nearest first; and whether all were looked for."""
        found, complete = self._least(self.approach.goal)
        if self.approach.blurred == NEVER:
            return found, complete
        missed, looked = self._least(self.approach.blurred)
        # What cells are too wide to tell would take more than is found already, or it is not told.
        more = all(any(held & ~one == 0 and held != one for held in found) for one in missed)
        if not more:
            self._unlooked[
                f"changes that turn on a bound worked out from {self._too_wide()}, within ranges in which it may go both ways"
            ] = None
        return found, complete and looked and more

    def _least(self, goal: int) -> tuple[list[_Set], bool]:
        family, node = self._changes(goal)
        found: dict[int, list[_Set]] = {0: [], 1: [0]}
        complete = True
        for inner in family.below(node):
            variable, (same, changed) = family.branches(inner)
            least = found[same] + [one | 1 << variable for one in found[changed] if not any(held & ~one == 0 for held in found[same])]
            complete = complete and len(least) <= _KEPT
            found[inner] = sorted(least, key=self._weight)[:_KEPT]
        if complete:
            return sorted(found[node], key=self._weight), True
        self._unlooked[f"more than the {_KEPT} nearest sets at any point of the way"] = None
        return [one for one in found[node] if _is_least(family, node, one)], False

    def _changes(self, goal: int) -> tuple[Diagrams, int]:
        """What is left of a goal when only asked which answers are changed, not what to."""
        family = Diagrams([2] * len(self.family.sizes))
        made = {0: 0, 1: 1}
        for node in self.family.below(goal):
            variable, (same, *others) = self.family.branches(node)
            changed = family.both(family.literal(variable, {1}), family.either(*(made[child] for child in others)))
            made[node] = family.either(family.both(family.literal(variable, {0}), made[same]), changed)
        return family, made[goal]

    def _weight(self, changed: _Set) -> tuple[int, int, int, int]:
        unlikely, known, size = self._masks
        turned = int(f"{changed:0{size}b}"[::-1], 2)  # of equals, the one that changes what came last
        return (changed & unlikely).bit_count(), (changed & known).bit_count(), changed.bit_count(), turned

    @cached_property
    def _masks(self) -> tuple[_Set, _Set, int]:
        """The variables that nothing can bring to change, those that are known, and how many there are."""
        size = len(self.family.sizes)
        unlikely = sum(1 << at for at in range(size) if not (self._possible[at] - {AS_IT_IS}))
        known = sum(1 << at for at, id in enumerate(self.approach.observables) if id in self.facts)
        return unlikely, known, size

    def _members(self, changed: _Set) -> Iterator[int]:
        return (at for at in range(len(self.family.sizes)) if changed >> at & 1)

    # What they have to change to ----------------------------------------------------------------------------------------

    def boxes(self, changed: _Set) -> Iterator[dict[int, set[int]]]:
        """The answers that will do, as few boxes that are as wide as can be; those that can still come first."""
        members = list(self._members(changed))
        rest = self.family.restrict(self.approach.goal, {at: AS_IT_IS for at in range(len(self.family.sizes)) if at not in members})
        wrong = self.family.negated(rest)
        possible = self.family.cube({at: self._possible[at] for at in members})
        while rest != NEVER:
            path = self.family.path(self.family.both(rest, possible) if self.family.both(rest, possible) != NEVER else rest)
            around = self.family.widened(wrong, {at: path.get(at, 1) for at in members})
            box = {at: cells - {AS_IT_IS} for at, cells in around.items()}
            yield box
            rest = self.family.without(rest, self.family.cube(box))

    def _opening(self, box: dict[int, set[int]]) -> Opening:
        cells = {at: frozenset(cell - 1 for cell in allowed) for at, allowed in box.items()}
        example = {**self.facts, **{self.approach.observables[at]: self._sample(at, allowed) for at, allowed in cells.items()}}
        behind = self._behind(walk(self.guideline, example))
        return Opening(tuple(self._need(at, allowed, behind) for at, allowed in cells.items()), example)

    def _sample(self, at: int, cells: frozenset[int]) -> Answer:
        grown = self.growths[at]
        for road in (grown.asked, grown.awaited):
            for cell in sorted(cells & road.keys()):
                return road[cell]
        return self.approach.partitions[self.approach.observables[at]].cells[min(cells)].sample

    def _need(self, at: int, cells: frozenset[int], behind: dict[str, Word]) -> Need:
        id, grown = self.approach.observables[at], self.growths[at]
        kind: Kind = "ask" if cells & grown.asked.keys() else "wait" if cells & grown.awaited.keys() else self._settled(id, cells)
        now = answer_told(self.guideline.observables[id], self.facts[id]) if id in self.facts else ""
        needs = needed(self.guideline, self.approach.partitions[id], self._heard.get(id, ()), cells)
        word = behind.get(id, Word())
        return Need(id, needs, kind, now, word.based_on, word.remark)

    @cached_property
    def _heard(self) -> Mapping[str, list[Voice]]:
        """By observable, what the edges on the way say of it: asked for in every set that names it."""
        found: dict[str, list[Voice]] = {}
        for edge in self.approach.edges:
            for voice in spoken(edge.when) if edge.when else ():
                found.setdefault(voice.comparison.observable, []).append(voice)
        return found

    def _settled(self, id: str, cells: frozenset[int]) -> Kind:
        """What is to be said of an answer that is known and does not fit."""
        observable = self.guideline.observables[id]
        if id in self._unnamed:
            return "not-named"
        if observable.final_by or observable.accrues:
            return "fixed"
        if observable.repeated:
            longer = growth(self.approach.partitions[id], self.facts[id], unsettled=True).awaited
            return "fixed" if not cells & longer.keys() else "amend" if observable.open_ended or observable.amendable else "told"
        return "amend" if observable.amendable else "told"

    @cached_property
    def _unnamed(self) -> frozenset[str]:
        """Observables against whose answers nothing on the way speaks but that they lie outside what the source names."""
        law, bands = self._law, (band for edge in self.approach.edges for band in self.approach.pathway.bands(edge))
        unnamed = {one for band in bands if law.unnamed(*band) is Truth.TRUE for one in band[0].comparisons}
        asked = {one for edge in self.approach.edges if edge.when for one in comparisons(edge.when)}
        ruled_out = {one.observable for one in asked - unnamed if law.compared(one).truth is Truth.FALSE}
        return frozenset(one.observable for one in unnamed) - ruled_out

    @cached_property
    def _law(self) -> Law[Truth, Trace]:
        return law_for(self.guideline, self.facts)

    def _behind(self, after: Walk) -> dict[str, Word]:
        """By observable, whose word the comparisons are that the changes flip on the edges then taken."""
        flipped: dict[str, list[Voice]] = {}
        for edge in self.approach.edges:
            before, now = self.walked.edges[edge.id].trace, after.edges[edge.id].trace
            if before is None or now is None or after.edges[edge.id].state != "open" or edge.when is None:
                continue
            for voice, old, new in zip(spoken(edge.when), _truths(before), _truths(now), strict=True):
                if old is not new:
                    for id in voice.comparison.looks_at:
                        flipped.setdefault(id, []).append(voice)
        return {id: together(voices, self.guideline.observables[id]) for id, voices in flipped.items()}


def _is_least(family: Diagrams, node: int, changed: _Set) -> bool:
    """Whether nothing less will do: the fewest of these changes that are enough are all of them."""
    fewest: dict[int, float] = {0: float("inf"), 1: 0}
    for inner in family.below(node):
        variable, (same, other) = family.branches(inner)
        fewest[inner] = min(fewest[same], 1 + fewest[other]) if changed >> variable & 1 else fewest[same]
    return fewest[node] == changed.bit_count()


def _truths(trace: Trace) -> Iterator[Truth]:
    """How each comparison came out, in the order of `edgewise.graph.walking.criteria.comparisons`."""
    if isinstance(trace.criterion, Comparison):
        yield trace.truth
    for part in trace.parts:
        yield from _truths(part)


def _nearness(opening: Opening) -> tuple[int, int, int, int]:
    kinds = [need.kind for need in opening.needs]
    settled = sum(kind not in (*COMING, "amend") for kind in kinds)
    return settled, kinds.count("amend"), kinds.count("wait"), len(kinds)
