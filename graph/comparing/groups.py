"""Groups of patients who now go elsewhere: each as a situation in words, the smallest patient who shows it, the old answer and the new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from edgewise.graph.answers.cover import Cover, cover
from edgewise.graph.answers.diagram import NEVER, Cube
from edgewise.graph.attribution import Word, word
from edgewise.graph.comparing.alternatives import Order
from edgewise.graph.comparing.answers import Whereabouts, asked_told, told, whereabouts
from edgewise.graph.comparing.courses import START, YES, Parting, Trait, Turn, Values, course, seen
from edgewise.graph.comparing.criteria import Moved, moved
from edgewise.graph.comparing.showing import Showing, with_options
from edgewise.graph.comparing.sides import Sides
from edgewise.graph.gaps.examples import Patient, narrowed
from edgewise.graph.gaps.phrases import phrase, terms
from edgewise.graph.gaps.rows import as_meant, asked_in_order, behind, in_words
from edgewise.graph.gaps.situations import Situations, made_of, with_bounds
from edgewise.graph.model import Comparison, Criterion, Guideline, Scored, Transition, parts_of
from edgewise.graph.pathway import OFFERED
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.walk import Walk, walk

MOST = 24
"""Groups at one step, and situations told one by one of a group."""
_SILENT = tuple(Turn(Trait("silent"), old, new) for old, new in ((YES, ""), ("", YES), ("", ""), (YES, YES)))
_FEW = 6  # rows that are better than one which tells them by what is asked


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives of which patients are told otherwise; steps under the ids of the first guideline, of what only the second has its own.

    Attributes:
        label: what they are called.
        a: id of the alternative in the first guideline; empty where it has none.
        b: in the second.
        old: what the first says of the order in which to choose.
        new: what the second says.
    """

    label: str
    a: str
    b: str
    old: Order
    new: Order


@dataclass(frozen=True, slots=True)
class Group:
    """Patients who now go elsewhere. Ids are those of the first guideline; of what only the second has, its own.

    Attributes:
        step: after which they part; empty where it is told before the first step whether the guideline speaks of them.
        step_name: what it is called.
        situation: who they are among those who come there, in words.
        old: what the first guideline tells them, in words.
        new: what the second tells them.
        example_a: the fewest facts of one of them, as the first guideline knows them; empty where everybody is, or none could be shown.
        example_b: the same facts, as the second knows them.
        old_walk: where the first guideline leads that patient.
        new_walk: where the second does.
        edges_a: ids of the edges of the first guideline that make the difference.
        edges_b: of the second, as it calls them.
        moved: what they ask otherwise.
        statements_a: ids of the statements and headings of the first guideline behind them.
        statements_b: of the second.
        remark_a: what has to stand beside those of the first, where not all is the source's word.
        remark_b: likewise of the second.
        turns: what differs, trait by trait.
        chosen: whether they come to the step only by choosing what is only offered.
        shown: whether a patient could be shown.
        listed: whether `where` holds all situations; else they are told by what is asked, and `where` holds some.
        where: the situations, as cells of the answers of both by observable; one of them holds.
        choice: of which alternatives other steps are preferred, or are to choose from; None where patients go elsewhere.
    """

    step: str
    step_name: str
    situation: str
    old: str
    new: str
    example_a: Facts = field(hash=False)
    example_b: Facts = field(hash=False)
    old_walk: Whereabouts
    new_walk: Whereabouts
    edges_a: tuple[str, ...]
    edges_b: tuple[str, ...]
    moved: tuple[Moved, ...]
    statements_a: tuple[str, ...]
    statements_b: tuple[str, ...]
    remark_a: str
    remark_b: str
    turns: tuple[Turn, ...]
    chosen: bool = False
    shown: bool = True
    listed: bool = True
    where: tuple[Mapping[str, frozenset[int]], ...] = field(default=(), hash=False, repr=False)
    choice: Choice | None = None

    @property
    def place(self) -> str:
        """Where they part, or what they choose from, in words."""
        if self.choice:
            return f"To choose from “{self.choice.label}”{', if what is only offered was chosen' if self.chosen else ''}"
        if not self.step:
            return "Before the first step"
        return f"After “{self.step_name}”{', if what is only offered was chosen' if self.chosen else ''}"

    @property
    def text(self) -> str:
        """It in one sentence."""
        return f"{self.place} ({self.situation}): {self.old} → {self.new}"


# Situations in words ----------------------------------------------------------------------------------------------------


def in_one(common: Situations, wanted: int, together: int, asked: Iterable[int]) -> tuple[Cover, str]:
    """Situations in as few cubes as tell them, by what is asked rather than by others; and in one phrase, empty where none tells them."""
    unwanted = common.diagrams.without(together, wanted)
    told_by = cover(common.diagrams, wanted, unwanted, last=asked, most=MOST)
    return told_by, phrase(common, terms(common, told_by, wanted, unwanted, MOST))


def cube_told(common: Situations, cube: Cube) -> str:
    """One situation in words."""
    told = {common.order[variable]: common.partitions[common.order[variable]].told(cells) for variable, cells in cube.items()}
    return in_words(common.guideline, with_bounds(common, told))


def named(common: Situations, cubes: Iterable[Cube]) -> tuple[str, ...]:
    """The observables by which situations are told, in the guideline's order."""
    ids = {one for cube in cubes for variable in cube for one in made_of(common, common.order[variable])}
    return asked_in_order(common.guideline, ids)


def cells_of(common: Situations, cubes: Iterable[Cube]) -> tuple[Mapping[str, frozenset[int]], ...]:
    """Situations as cells of the answers by observable."""
    return tuple({common.order[variable]: frozenset(cells) for variable, cells in cube.items()} for cube in cubes)


def variables(common: Situations, criteria: Iterable[Criterion | None]) -> list[int]:
    """Variables of what is asked; of a score itself rather than of its items."""
    asked = {id for criterion in criteria if criterion is not None for one in _outermost(criterion) for id in one.looks_at}
    return [variable for id, variable in common.variable.items() if id in asked]


def _outermost(criterion: Criterion) -> Iterator[Comparison]:
    """The comparisons of a criterion; of a score that with its total alone."""
    if isinstance(criterion, Comparison):
        yield criterion
    elif isinstance(criterion, Scored):
        yield criterion.told
    else:
        for part in parts_of(criterion):
            yield from _outermost(part)


# Who parts --------------------------------------------------------------------------------------------------------------


class Grouping:
    """Makes groups out of partings."""

    def __init__(self, sides: Sides) -> None:
        self.sides, self.alignment, self.common = sides, sides.alignment, sides.common
        self.family = sides.common.diagrams

    def groups(self, parting: Parting, together: int, unchecked: list[str], *, chosen: bool = False) -> Iterator[Group]:
        """A parting in as few groups as tell it exactly; what would be too many is told to be left out.

        Args:
            parting: who parts, and how.
            together: who comes to the step in both guidelines.
            unchecked: is told what is left out.
            chosen: whether they come there by choosing what is only offered.
        """
        told_by, whole = in_one(self.common, parting.node, together, self._asked(parting))
        if whole:
            yield self._group(parting, told_by.cubes, whole, chosen=chosen)
        elif (told_by.left != NEVER or len(told_by.cubes) > _FEW) and (asked := self._by_conditions(parting, together)):
            yield self._group(parting, told_by.cubes, asked, chosen=chosen, all_told=told_by.left == NEVER)
        else:
            yield from (self._group(parting, (cube,), cube_told(self.common, cube), chosen=chosen) for cube in told_by.cubes)
            unchecked += self._not_listed(parting, told_by)

    def _not_listed(self, parting: Parting, told_by: Cover) -> Iterator[str]:
        if told_by.left != NEVER:
            left, name = self.family.count(told_by.left), self.alignment.name(parting.step) or "the first step"
            yield f"{name}: {left} more combinations of answers that now lead elsewhere are not listed, as they need too many rows"

    def _asked(self, parting: Parting) -> list[int]:
        """Variables of what is asked where patients part: by them they are told, and by a score rather than by its items."""
        criteria = [edge.when for guideline in self._both for edge in concerned(guideline, parting)]
        criteria += [guideline.applies_to for guideline in self._both] if parting.step == START else []
        return variables(self.common, criteria)

    @property
    def _both(self) -> tuple[Guideline, Guideline]:
        return self.alignment.a, self.alignment.told

    def _by_conditions(self, parting: Parting, together: int) -> str:
        """Who parts by what either asks for the steps concerned, where that alone tells it; else empty."""
        courses = [course(side, parting.step) for side in (self.sides.a, self.sides.b)]
        turns = [turn for turn in parting.turns if turn.trait.step or turn.trait.what == "outside"]
        where = self.common.both(together, *(node for turn in turns for node in self._values(courses, turn)))
        for silent in (None, *_SILENT):
            within = where if silent is None else self.common.both(where, *self._values(courses, silent))
            if turns and within == parting.node:
                return asked_told(self.alignment, parting.step, [*turns, *([silent] if silent else [])])
        return ""

    def _values(self, courses: Sequence[Mapping[Trait, Values]], turn: Turn) -> Iterator[int]:
        """Where a trait has the value that a turn says, in the first guideline and in the second."""
        for traits, value in zip(courses, (turn.old, turn.new), strict=True):
            values = traits.get(turn.trait, {})
            yield values[value] if value in values else self.common.negated(self.common.either(*values.values()))

    def _group(self, parting: Parting, cubes: tuple[Cube, ...], words: str, *, chosen: bool, all_told: bool = True) -> Group:
        a, b = self.alignment.a, self.alignment.b
        observables = named(self.common, cubes)
        shown = _Parted(self.sides, parting, chosen).example(cubes)
        edges_a, edges_b = concerned(a, parting), concerned(self.alignment.told, parting)
        own_b = {id for id, one in self.alignment.asked.items() if one.id in observables}
        word_a = _word(a, edges_a, [id for id in observables if id in a.observables], parting)
        word_b = _word(b, [b.transitions[edge.id] for edge in edges_b], own_b, parting)
        return Group(
            step=parting.step,
            step_name=self.alignment.name(parting.step),
            situation=as_meant(self.common.guideline, words, observables),
            old=told(self.alignment, parting, new=False),
            new=told(self.alignment, parting, new=True),
            example_a=shown.facts_a,
            example_b=shown.facts_b,
            old_walk=whereabouts(a, shown.walk_a),
            new_walk=whereabouts(b, shown.walk_b),
            edges_a=tuple(edge.id for edge in edges_a),
            edges_b=tuple(edge.id for edge in edges_b),
            moved=self._moved(parting, edges_a, edges_b),
            statements_a=word_a.based_on,
            statements_b=word_b.based_on,
            remark_a=word_a.remark,
            remark_b=word_b.remark,
            turns=parting.turns,
            chosen=chosen,
            shown=shown.shown,
            listed=all_told,
            where=cells_of(self.common, cubes),
        )

    def _moved(self, parting: Parting, edges_a: tuple[Transition, ...], edges_b: tuple[Transition, ...]) -> tuple[Moved, ...]:
        a, told_b = self.alignment.a, self.alignment.told
        if parting.step == START:
            return moved([a.applies_to], [told_b.applies_to], a.observables, told_b.observables)
        return moved([edge.when for edge in edges_a], [edge.when for edge in edges_b], a.observables, told_b.observables)


def _word(guideline: Guideline, edges: Iterable[Transition], observables: Collection[str], parting: Parting) -> Word:
    """Whose word it is what a guideline asks where patients part."""
    if parting.step == START:
        return word(guideline.applies_to) if guideline.applies_to is not None else Word()
    return behind(guideline, edges, observables)


def concerned(guideline: Guideline, parting: Parting) -> tuple[Transition, ...]:
    """The edges of a guideline that lead from where patients part to what differs; all of them where it is no single step."""
    leaving = [edge for edge in guideline.transitions.values() if edge.source == parting.step]
    ends = {(turn.trait.what, turn.trait.step) for turn in parting.turns}
    return tuple(edge for edge in leaving if (edge.role, edge.target) in ends) or tuple(
        edge for edge in leaving if edge.role in OFFERED and not any(turn.trait.step for turn in parting.turns)
    )


# Examples ---------------------------------------------------------------------------------------------------------------


class _Parted(Showing):
    """Looks for those who part at a step as is said."""

    def __init__(self, sides: Sides, parting: Parting, chosen: bool) -> None:
        self.parting, self.chosen = parting, chosen
        self.own = next((id for id, stands in sides.alignment.steps.items() if stands == parting.step), parting.step)
        self.old = {turn.trait: turn.old for turn in parting.turns}
        self.new = {turn.trait: turn.new for turn in parting.turns}
        super().__init__(sides, parting.node)

    def walked(self, a: Guideline, b: Guideline) -> tuple[Guideline, Guideline]:
        return (with_options(a, self.parting.step), with_options(b, self.own)) if self.chosen else (a, b)

    def near(self, a: Guideline, b: Guideline) -> tuple[Guideline, Guideline]:
        return _nearby(a, self.parting.step), _nearby(b, self.own)

    def shows_in(self, a: Guideline, b: Guideline, facts: Patient, walked: Walk) -> bool:
        step = self.parting.step
        if step and step not in walked.path:
            return False
        here = seen(a, walked, self.alignment.facts_of_a(facts), step)
        if any(here.get(trait, "") != value for trait, value in self.old.items()):
            return False
        there = self.alignment.facts_of_b(facts)
        walked = walk(b, there)
        if step and self.own not in walked.path:
            return False
        found = {self._in_a(trait): value for trait, value in seen(b, walked, there, self.own).items()}
        return all(self._named(found.get(trait, "")) == value for trait, value in self.new.items())

    def _in_a(self, trait: Trait) -> Trait:
        return Trait(trait.what, self._named(trait.step))

    def _named(self, value: str) -> str:
        """A step of the second guideline as it stands here; all else as it is."""
        return self.alignment.steps.get(value, value)


def _nearby(guideline: Guideline, step: str) -> Guideline:
    """A guideline without the edges that have no say in who comes to a step and how they go on from there."""
    if step == START:
        return guideline
    kept = narrowed(guideline, {step}).transitions
    against = {id: edge for id, edge in guideline.transitions.items() if edge.source == step and edge.role == "excluded"}
    return replace(guideline, transitions={**kept, **against})
