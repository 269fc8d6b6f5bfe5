"""Who is told otherwise which of several steps to choose: groups of patients, found in the diagrams of both guidelines.

Two guidelines differ in this where a patient has another choice, or another step to prefer, and that not merely because they part on the
way to the steps: whoever no longer comes to one of them is told among those who go elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgewise.graph.answers.diagram import NEVER, Cube
from edgewise.graph.attribution import READING, Word, joint, word
from edgewise.graph.comparing.alternatives import Choices, Come, Order, Pair, differs, order_of
from edgewise.graph.comparing.answers import choice_told, whereabouts
from edgewise.graph.comparing.criteria import moved
from edgewise.graph.comparing.groups import MOST, Choice, Group, cells_of, cube_told, in_one, named, variables
from edgewise.graph.comparing.showing import Showing, with_options
from edgewise.graph.comparing.sides import Side, Sides
from edgewise.graph.gaps.examples import Patient, narrowed
from edgewise.graph.gaps.rows import as_meant
from edgewise.graph.model import Alternative, Criterion, Guideline
from edgewise.graph.pathway import OFFERED, comparisons
from edgewise.graph.walking.walk import Walk, walk


def preferring(sides: Sides, pair: Pair, unchecked: list[str]) -> Iterator[Group]:
    """Everybody who is told otherwise which step of an alternative to choose.

    Args:
        sides: the two guidelines over the same patients.
        pair: the alternative in both, or in the one that has it.
        unchecked: is told what is left out.
    """
    told = NEVER
    for chosen in (False, True):
        asking = _Preferring(sides, pair, unchecked, chosen)
        node = sides.common.diagrams.without(asking.differing, told)
        yield from asking.groups(node)
        told = sides.common.either(told, node)


class _Preferring:
    """One alternative of both, for those who come to its steps, along what is only `chosen` too or not."""

    def __init__(self, sides: Sides, pair: Pair, unchecked: list[str], chosen: bool) -> None:
        self.sides, self.pair, self.unchecked, self.chosen = sides, pair, unchecked, chosen
        self.common, self.alignment = sides.common, sides.alignment
        self.here, self.there = Choices(sides.a, pair.a), Choices(sides.b, pair.b)
        self.come = self._come(sides.a), self._come(sides.b)

    def _come(self, side: Side) -> Come:
        known = side.guideline.steps
        return {id: side.reached(id, by_options=self.chosen) if id in known else NEVER for id in self.pair.steps}

    @property
    def put(self) -> int:
        """Whom either guideline lets choose, among those whom both lead to any of the steps."""
        a, b = self.come
        either, both = self.common.either, self.common.both
        return both(either(self.here.several(a), self.there.several(b)), either(*a.values()), either(*b.values()))

    @property
    def differing(self) -> int:
        """Who of them is told otherwise, and would be too if both guidelines led them to the same of the steps."""
        a, b = self.come
        anyway = (differs(self.sides.a, self.here.said(come), self.there.said(come)) for come in (a, b))
        now = differs(self.sides.a, self.here.said(a), self.there.said(b))
        return self.common.both(self.put, now, self.common.either(*anyway))

    def groups(self, node: int) -> Iterator[Group]:
        """Those of some situations by what they are told, each in as few rows as tell it exactly."""
        for _ in range(MOST):
            if node == NEVER:
                return
            path = self.common.diagrams.path(node)
            point = {variable: path.get(variable, 0) for variable in range(len(self.common.diagrams.sizes))}
            (old, here), (new, there) = (each.order(come, point) for each, come in zip((self.here, self.there), self.come, strict=True))
            alike = self.common.both(node, here, there)
            yield from self._told(alike, old, new)
            node = self.common.diagrams.without(node, alike)
        if node != NEVER:
            self.unchecked.append(
                f"{self.pair.label}: more than {MOST} kinds of patients are told otherwise what to choose; not all are listed"
            )

    def _told(self, node: int, old: Order, new: Order) -> Iterator[Group]:
        told_by, whole = in_one(self.common, node, self.put, variables(self.common, [*self._conditions(0), *self._conditions(1)]))
        if whole:
            yield self._group(node, told_by.cubes, whole, old, new)
            return
        for cube in told_by.cubes:
            yield self._group(node, (cube,), cube_told(self.common, cube), old, new)
        if told_by.left != NEVER:
            left = self.common.diagrams.count(told_by.left)
            told = f"{left} more combinations of answers in which patients are told otherwise what to choose are not listed"
            self.unchecked.append(f"{self.pair.label}: {told}, as they need too many rows")

    def _conditions(self, which: int) -> list[Criterion | None]:
        """What one of the two asks before a step goes before the others."""
        alternative = (self.pair.a, self.pair.b)[which]
        return [one.when for one in alternative.choose] if alternative else []

    def _group(self, node: int, cubes: tuple[Cube, ...], words: str, old: Order, new: Order) -> Group:
        a, b, told_b = self.alignment.a, self.alignment.b, self.alignment.told
        pair = self.pair
        choice = Choice(pair.label, *pair.ids, old, new)
        shown = _Choosing(self.sides, node, pair, choice, self.chosen).example(cubes)
        turned = frozenset(pair.moved) | (old.come ^ new.come)
        said_a, said_b = (_word(one, turned) for one in (pair.a, pair.b))
        return Group(
            step="",
            step_name="",
            situation=as_meant(self.common.guideline, words, named(self.common, cubes)),
            old=choice_told(self.alignment, old, pair.a, self._open(self.sides.a, pair.a, node)),
            new=choice_told(self.alignment, new, pair.b, self._open(self.sides.b, pair.b, node)),
            example_a=shown.facts_a,
            example_b=shown.facts_b,
            old_walk=whereabouts(a, shown.walk_a),
            new_walk=whereabouts(b, shown.walk_b),
            edges_a=_leading(a, old.come - new.come),
            edges_b=_leading(told_b, new.come - old.come),
            moved=moved(self._conditions(0), self._conditions(1), a.observables, told_b.observables),
            statements_a=said_a.based_on,
            statements_b=said_b.based_on,
            remark_a=said_a.remark,
            remark_b=said_b.remark,
            turns=(),
            chosen=self.chosen,
            shown=shown.shown,
            where=cells_of(self.common, cubes),
            choice=choice,
        )

    def _open(self, side: Side, alternative: Alternative | None, node: int) -> tuple[str, ...]:
        """Names of what could still tell which step goes first to somebody in a situation, where nothing can be answered to it."""
        whens = [one.when for one in alternative.choose if one.when is not None] if alternative else []
        asks = dict.fromkeys(id for when in whens if self._unknown(side, when, node) for one in comparisons(when) for id in one.looks_at)
        return tuple(side.guideline.observables[id].label for id in asks)

    def _unknown(self, side: Side, when: Criterion, node: int) -> bool:
        truth = side.law.stated(when).truth
        return self.common.diagrams.without(node, self.common.either(truth.true, truth.false)) != NEVER


def _leading(guideline: Guideline, steps: Iterable[str]) -> tuple[str, ...]:
    """Edges to steps to which one guideline alone leads."""
    ends = set(steps)
    return tuple(edge.id for edge in guideline.transitions.values() if edge.target in ends and edge.role in OFFERED)


def _word(alternative: Alternative | None, turned: Iterable[str]) -> Word:
    """Whose word it is that steps are alternatives, and in which order those that stand elsewhere now are to be preferred."""
    if alternative is None:
        return Word()
    held = [_by(alternative.stated_by == "source", alternative.based_on)]
    for one in alternative.choose:
        if one.step in turned:
            held.append(_by(one.stated_by == "source", one.based_on))
            held += [word(one.when)] if one.when is not None else []
    found = joint(held)
    marked = {each.stated_by for each in held}
    remark = "" if found.stated_by == "source" else READING if marked == {"modeller"} else f"in part the {READING}"
    return found._replace(remark=remark)


def _by(source: bool, based_on: tuple[str, ...]) -> Word:
    return Word("source" if source else "modeller", based_on)


class _Choosing(Showing):
    """Looks for those who are told one order by the first guideline and another by the second."""

    def __init__(self, sides: Sides, node: int, pair: Pair, choice: Choice, chosen: bool) -> None:
        self.pair, self.choice, self.chosen = pair, choice, chosen
        self.own = {step: own for own, step in sides.alignment.steps.items()}
        self.by_id = sides.alignment.b.alternatives.get(choice.b)
        super().__init__(sides, node)

    def walked(self, a: Guideline, b: Guideline) -> tuple[Guideline, Guideline]:
        return (with_options(a), with_options(b)) if self.chosen else (a, b)

    def near(self, a: Guideline, b: Guideline) -> tuple[Guideline, Guideline]:
        steps = self.pair.steps
        return narrowed(a, [id for id in steps if id in a.steps]), narrowed(b, [self.own[id] for id in steps if id in self.own])

    def shows_in(self, a: Guideline, b: Guideline, facts: Patient, walked: Walk) -> bool:  # noqa: ARG002  # `walked` is through it
        if order_of(walked, self.pair.a, self.pair.steps) != self.choice.old:
            return False
        there = order_of(walk(b, self.alignment.facts_of_b(facts)), self.by_id, [self.own.get(id, id) for id in self.pair.steps])
        return self._in_a(there) == self.choice.new

    def _in_a(self, order: Order) -> Order:
        return Order(tuple(map(self._named, order.tiers)), order.stated, self._named(order.come))

    def _named(self, steps: Iterable[str]) -> frozenset[str]:
        """Steps of the second guideline as they stand here."""
        return frozenset(self.alignment.steps.get(id, id) for id in steps)
