"""A second guideline told in the words of the first: its observables, answers, units and steps under the ids of what they are matched with.

What cannot be compared, though it is matched, stands as two things: a number here and a choice there, a score made of other items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from edgewise.graph.answers.partition import bare as bare_comparison
from edgewise.graph.comparing.matching import Matching
from edgewise.graph.criterion import rewritten
from edgewise.graph.model import (
    Alternative,
    Bundle,
    Choice,
    Comparison,
    Criterion,
    Formula,
    Guideline,
    Item,
    Observable,
    Step,
    Transition,
    parts_of,
)
from edgewise.graph.units import UnitError, convert
from edgewise.graph.walking.facts import Answer, Facts

NUMBERS = ("quantity", "count", "score")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the second guideline as it stands beside those of the first.

    Attributes:
        id: under which it stands.
        own: as the second guideline asks it.
        like: the question of the first that it is; None where it is in the second alone.
        answers: of a choice, by an answer of the second the one it is in the first.
    """

    id: str
    own: Observable
    like: Observable | None = None
    answers: Mapping[str, str] | None = None

    @property
    def unit(self) -> str:
        """In which it is told here."""
        return self.like.unit if self.like else self.own.unit

    def here(self, number: Decimal) -> Decimal:
        """A number of the second guideline in the unit of the first."""
        return convert(number, self.own.unit, self.unit, self.molar_mass) if self.own.unit != self.unit else number

    def there(self, answer: Answer) -> Answer:
        """An answer, as the second guideline knows it."""
        if isinstance(answer, tuple):
            return tuple(None if value is None else self._back(value) for value in answer)
        if isinstance(answer, Decimal):
            return self._back(answer)
        return next((own for own, told in (self.answers or {}).items() if told == answer), answer)

    def _back(self, number: Decimal) -> Decimal:
        return convert(number, self.unit, self.own.unit, self.molar_mass) if self.own.unit != self.unit else number

    @property
    def molar_mass(self) -> Decimal | None:
        return self.own.molar_mass or (self.like.molar_mass if self.like else None)


@dataclass(frozen=True)
class Alignment:
    """Two guidelines in the words of the first.

    Attributes:
        a: the first, as it is.
        b: the second, as it is.
        told: the second in the words of the first; its edges keep their ids.
        steps: by id of a step of the second, the id under which it stands.
        asked: by id of an observable of the second, how it stands.
        apart: what is matched and cannot be compared, in words.
        notes: what is matched and stands as two things, though nobody is left out by it, in words.
        criterion: a criterion of the second in the words of the first; of None, None.
    """

    a: Guideline
    b: Guideline
    told: Guideline
    steps: Mapping[str, str]
    asked: Mapping[str, Asked]
    apart: tuple[str, ...]
    notes: tuple[str, ...]
    criterion: Callable[[Criterion | None], Criterion | None] = field(compare=False, repr=False)

    def facts_of_a(self, facts: Facts) -> dict[str, Answer]:
        """What of some facts the first guideline can be told."""
        return {id: answer for id, answer in facts.items() if id in self.a.observables}

    def facts_of_b(self, facts: Facts) -> dict[str, Answer]:
        """The same facts as the second guideline knows them."""
        return {id: one.there(facts[one.id]) for id, one in self.asked.items() if one.id in facts}

    def name(self, step: str) -> str:
        """What a step is called: in the first guideline, else in the second."""
        found = self.a.steps.get(step) or self.told.steps.get(step)
        return found.name if found else step


def align(a: Guideline, b: Guideline, matching: Matching) -> Alignment:
    """Tell the second guideline in the words of the first.

    >>> from edgewise.graph.comparing.matching import match
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> align(guideline, guideline, match(guideline, guideline)).told.transitions == guideline.transitions
    True
    """
    return _Aligning(a, b, matching).alignment()


class _Aligning:
    def __init__(self, a: Guideline, b: Guideline, matching: Matching) -> None:
        self.a, self.b, self.matching = a, b, matching
        self.apart: list[str] = []
        self.notes: list[str] = []
        self.steps = {id: matching.a_of("step", id) or _free(id, a.steps) for id in b.steps}
        self.asked: dict[str, Asked] = {}
        for id, own in b.observables.items():
            if not own.items:
                self.asked[id] = self._asked(own)
        for id, own in b.observables.items():
            if own.items:  # it can be told whether two scores are the same once their items are
                self.asked[id] = self._score(own)

    def alignment(self) -> Alignment:
        observables = {one.id: self._observable(one) for one in (self.asked[id] for id in self.b.observables)}
        told = replace(
            self.b,
            applies_to=self._criterion(self.b.applies_to),
            observables=observables,
            steps={self.steps[id]: self._step(step) for id, step in self.b.steps.items()},
            transitions={id: self._edge(edge) for id, edge in self.b.transitions.items()},
            alternatives={id: self._alternative(one) for id, one in self.b.alternatives.items()},
            bundles={id: self._bundle(one) for id, one in self.b.bundles.items()},
            statements={},
            headings={},
        )
        return Alignment(self.a, self.b, told, self.steps, self.asked, tuple(self.apart), tuple(self.notes), self._criterion)

    # Questions ----------------------------------------------------------------------------------------------------------

    def _asked(self, own: Observable) -> Asked:
        if own.finishes:
            step = self.steps.get(own.finishes, own.finishes)
            like = next((one for one in self.a.observables.values() if one.finishes == step), None)
            return Asked(like.id if like else _free(own.id, self.a.observables), own, like)
        like = self.a.observables.get(self.matching.a_of("observable", own.id))
        if like is None or (why := _apart(like, own)):
            return self._alone(own, like, why if like else "")
        answers = {there: here for here, there in self.matching.answers(like.id).items()} if own.value_type == "choice" else None
        return Asked(like.id, own, like, answers)

    def _alone(self, own: Observable, like: Observable | None, why: str) -> Asked:
        if like is not None:
            self.apart.append(f"“{like.label}” is {why}: answers to it are taken as answers to two questions")
        return Asked(_free(own.id, self.a.observables), own)

    def _score(self, own: Observable) -> Asked:
        asked = self._asked(own)
        if asked.like is None or _items(asked.like.items) == _items(self._item(item) for item in own.items):
            return asked
        self.notes.append(
            f"“{asked.like.label}” is made of other items, or of other points: its totals are told apart, and its items compared"
        )
        return self._alone(own, None, "")

    def _item(self, item: Item) -> Item:
        return replace(item, criterion=self._told(item.criterion))

    def _observable(self, asked: Asked) -> Observable:
        own, like = asked.own, asked.like
        items = tuple(map(self._item, own.items))
        finishes = self.steps.get(own.finishes, own.finishes)
        if like is None:
            return replace(own, id=asked.id, items=items, finishes=finishes)
        choices = tuple(Choice((asked.answers or {}).get(value, value), label) for value, label in own.choices)
        low, high = (None if limit is None else asked.here(limit) for limit in (own.minimum, own.maximum))
        return replace(
            own,
            id=asked.id,
            unit=like.unit,
            choices=choices,
            items=items,
            finishes=finishes,
            molar_mass=asked.molar_mass,
            minimum=low,
            maximum=high,
        )

    # Criteria -----------------------------------------------------------------------------------------------------------

    def _criterion(self, criterion: Criterion | None) -> Criterion | None:
        return None if criterion is None else self._told(criterion)

    def _told(self, criterion: Criterion) -> Criterion:
        return rewritten(criterion, self._comparison)

    def _comparison(self, one: Comparison) -> Comparison:
        asked = self.asked[one.observable]
        return replace(
            one,
            observable=asked.id,
            one_of=tuple((asked.answers or {}).get(value, value) for value in one.one_of),
            unit=one.unit or (asked.own.unit if asked.own.unit != asked.unit else ""),
            formulas=tuple((sign, self._formula(formula)) for sign, formula in one.formulas),
        )

    def _formula(self, formula: Formula) -> Formula:
        if not formula.observable:
            return replace(formula, operands=tuple(map(self._formula, formula.operands)))
        asked = self.asked[formula.observable]
        unit = formula.unit or (asked.own.unit if asked.own.unit != asked.unit else "")
        return replace(formula, observable=asked.id, unit=unit, name=asked.like.label if asked.like else formula.name)

    # Steps and edges ----------------------------------------------------------------------------------------------------

    def _step(self, step: Step) -> Step:
        return replace(
            step,
            id=self.steps[step.id],
            yields=tuple(self.asked[id].id for id in step.yields if id in self.asked),
            companion_of=self.steps.get(step.companion_of, step.companion_of),
            after=self.steps.get(step.after, step.after),
            windows=tuple(replace(one, step=self.steps.get(one.step, one.step), when=self._criterion(one.when)) for one in step.windows),
            contraindications=tuple(map(self._told, step.contraindications)),
        )

    def _edge(self, edge: Transition) -> Transition:
        return replace(edge, source=self.steps[edge.source], target=self.steps[edge.target], when=self._criterion(edge.when))

    def _alternative(self, one: Alternative) -> Alternative:
        choose = tuple(replace(each, step=self.steps.get(each.step, each.step), when=self._criterion(each.when)) for each in one.choose)
        return replace(one, choose=choose)

    def _bundle(self, one: Bundle) -> Bundle:
        return replace(one, together=tuple(self.steps.get(id, id) for id in one.together))


def _free(id: str, taken: Mapping[str, object]) -> str:
    """An id for what is in the second guideline alone, which nothing in the first bears."""
    while id in taken:
        id += "′"
    return id


def _apart(one: Observable, other: Observable) -> str:
    """Why two questions cannot be compared; empty where they can."""
    kinds = {"number" if each.value_type in ("quantity", "count") else each.value_type for each in (one, other)}
    if len(kinds) > 1:
        return f"answered by a {one.value_type} here and a {other.value_type} there"
    if one.repeated != other.repeated:
        return "told once here and time and again there" if other.repeated else "told time and again here and once there"
    if one.unit == other.unit or one.value_type not in NUMBERS:
        return ""
    try:
        convert(Decimal(1), other.unit, one.unit, other.molar_mass or one.molar_mass)
    except UnitError:
        return f"counted in {one.unit or 'no unit'} here and in {other.unit or 'no unit'} there"
    return ""


def _items(items: Iterator[Item] | tuple[Item, ...]) -> list[tuple[object, ...]]:
    """What a score is made of, in whatever order and words."""
    return sorted(((repr(bare(item.criterion)), item.points) for item in items), key=repr)


def bare(criterion: Criterion) -> object:
    """What a criterion tests, in whatever words and whoever says so; parts that may change places stand in one order.

    >>> bare(Comparison("c", "a", answer="yes", label="x")) == bare(Comparison("d", "a", answer="yes"))
    True
    """
    if isinstance(criterion, Comparison):
        plain = replace(
            bare_comparison(criterion), one_of=tuple(sorted(criterion.one_of)), bounds=tuple(sorted(criterion.bounds)), ends=False
        )
        return repr(plain)
    points = getattr(criterion, "points", ())
    parts = [bare(part) for part in parts_of(criterion)]
    held = [*map(repr, zip(parts[1:], points, strict=True))] if points else list(map(repr, parts))
    return (type(criterion).__name__, repr(getattr(criterion, "bounds", ())), repr(parts[0]) if points else "", tuple(sorted(held)))
