"""A statement read beside a text of what it cites: the nearest sentences, and what of the statement stands in the text and where.

It says *found* or *not found* of figures, units, directions and whom the statement speaks of. What that means is the editor's to judge:
a figure that is found may belong to something else, and one that is not may stand there in words that nobody thought of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from edgewise.citations.passages.abbreviations import defined, spelt_out
from edgewise.citations.passages.conditions import Condition, conditions
from edgewise.citations.passages.directions import Direction, directions
from edgewise.citations.passages.figures import Figure, figures
from edgewise.citations.passages.populations import groups
from edgewise.citations.passages.ranking import rank
from edgewise.citations.passages.same_figure import exact_factor, meet
from edgewise.citations.passages.synonyms import alike
from edgewise.citations.passages.texts import CitedText
from edgewise.citations.passages.words import words
from edgewise.graph.units import named

Kind = Literal["figure", "unit", "direction", "population", "condition"]
NEAREST = 5
_PLACES = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that the statement says, and whether it stands in the text.

    Attributes:
        kind: what it is.
        said: as the statement says it.
        found: whether it stands there.
        where: places of sentences in the text, from 0, the nearest first, at most five; also where only a part of it stands.
        note: how it is written there if otherwise, or what of it stands there if it does not; empty if there is nothing to add.
    """

    kind: Kind
    said: str
    found: bool
    where: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A statement beside a text.

    Attributes:
        text: which was read.
        nearest: places of the nearest sentences, from 0, the nearest first; none where no word is shared.
        marks: of all that the statement says that can be looked for; none where it says nothing of the kind.
        others: whom else the text speaks of, each with places; the statement does not name them.
    """

    text: CitedText
    nearest: tuple[int, ...]
    marks: tuple[Mark, ...]
    others: Mapping[str, tuple[int, ...]]


def compare(statement: str, text: CitedText, most: int = NEAREST) -> Comparison:
    """Read a statement beside a text.

    Args:
        statement: in our own words.
        text: of what it cites.
        most: how many of the nearest sentences are wanted.

    >>> from edgewise.citations.lookup.abstracts import Abstract
    >>> from edgewise.citations.passages.texts import of_abstract
    >>> text = of_abstract(Abstract("pubmed", "1", "", (("", "It rained. A belt relieved 7 of 10 women."),), "2026-01-31"))
    >>> found = compare("Belts help 70 % of women in 6 weeks.", text)
    >>> found.nearest, [(mark.said, mark.found, mark.note) for mark in found.marks if mark.kind == "figure"]
    ((1,), [('70 %', True, 'as “7 of 10”'), ('6 weeks', False, '')])
    """
    sentences = [one.text for one in text.sentences]
    ranked = [one.index for one in rank(statement, sentences, [one.section for one in text.sentences], text.title)]
    read = _Read(sentences, defined([text.title, *sentences]), ranked)
    marks = (*_figures(statement, read), *_units(statement, read), *_directions(statement, read), *_whom(statement, read))
    return Comparison(text, tuple(ranked[:most]), tuple(marks), _others(statement, read))


class _Read:
    """The sentences of a text, read once for every kind of mark; `best` orders places by how near they are."""

    def __init__(self, sentences: Sequence[str], known: Mapping[str, str], ranked: Sequence[int]) -> None:
        spelt = [spelt_out(one, known) for one in sentences]
        self.figures = [figures(one) for one in sentences]
        self.directions = [directions(one) for one in sentences]
        self.groups = [groups(one) for one in spelt]
        self.stems = [frozenset(words(one)) for one in spelt]
        self.known = known
        self._nearness = {at: number for number, at in enumerate(ranked)}

    def best(self, places: Iterable[int]) -> tuple[int, ...]:
        last = len(self._nearness)
        return tuple(sorted(places, key=lambda at: (self._nearness.get(at, last), at))[:_PLACES])


def _figures(statement: str, read: _Read) -> Iterator[Mark]:
    for asked in _distinct(figures(statement)):
        met = {at: found for at, held in enumerate(read.figures) if held and (found := meet(asked, held))}
        top = max((found.rank for found in met.values()), default=0)
        places = read.best(at for at, found in met.items() if found.rank == top)
        note = met[places[0]].note if places else ""
        yield Mark("figure", _shown(asked), bool(top), places, note)


def _distinct(found: Iterable[Figure]) -> list[Figure]:
    return list({(one.low, one.high, one.unit, one.things, one.bound, one.share): one for one in found}.values())


def _shown(one: Figure) -> str:
    return f"{one.bound} {one.shown}" if one.bound else one.shown


def _units(statement: str, read: _Read) -> Iterator[Mark]:
    there: dict[str, list[int]] = {}
    for at, held in enumerate(read.figures):
        for unit in {one.unit for one in held if one.unit} | {"%" for one in held if one.share is not None}:
            there.setdefault(unit, []).append(at)
    for unit in dict.fromkeys(one.unit for one in figures(statement) if one.unit):
        others = [] if unit in there else [one for one in there if exact_factor(one, unit)]
        note = (
            f"as {', '.join(map(_unit_name, others))}, which {'is' if len(others) == 1 else 'are'} exactly so much of it" if others else ""
        )
        places = read.best(at for one in (others or [unit]) for at in there.get(one, ()))
        yield Mark("unit", _unit_name(unit), bool(places), places, note)


def _unit_name(unit: str) -> str:
    return named(unit) or unit


def _directions(statement: str, read: _Read) -> Iterator[Mark]:
    for direction, said in directions(statement).items():
        places = read.best(at for at, held in enumerate(read.directions) if direction in held)
        note = _otherwise(read.directions[places[0]][direction], said) if places else ""
        yield Mark("direction", _named(direction, said), bool(places), places, note)


def _otherwise(there: str, here: str) -> str:
    return "" if there.casefold() == here.casefold() else f"as “{there}”"


def _named(direction: Direction, said: str) -> str:
    return direction if said.casefold() == direction else f"{direction} (“{said}”)"


def _whom(statement: str, read: _Read) -> Iterator[Mark]:
    for group, said in groups(spelt_out(statement, read.known)).items():
        places = read.best(at for at, held in enumerate(read.groups) if group in held)
        note = _otherwise(read.groups[places[0]][group], said) if places else ""
        yield Mark("population", group, bool(places), places, note)
    for condition in conditions(spelt_out(statement, read.known)):
        yield _condition(condition, read)


def _condition(asked: Condition, read: _Read) -> Mark:
    """A condition is found where all the words of its name stand in one sentence; else it is said which of them do."""
    *which, itself = asked.stems
    named = [at for at, held in enumerate(read.stems) if _holds(held)(itself)]
    whole = read.best(at for at in named if all(map(_holds(read.stems[at]), which)))
    if whole or not which:
        return Mark("condition", asked.shown, bool(whole), whole)
    less = {at: sum(map(_holds(read.stems[at]), which)) for at in named}
    most = max(less.values(), default=0)
    places = read.best(at for at, number in less.items() if number == most)
    return Mark(
        "condition", asked.shown, False, places, f"“{asked.shown.split(' ')[-1]}” stands there, not all of its name" if places else ""
    )


def _holds(stems: frozenset[str]) -> Callable[[str], bool]:
    return lambda stem: stem in stems or not alike(stem).isdisjoint(stems)


def _others(statement: str, read: _Read) -> dict[str, tuple[int, ...]]:
    """Whom else the text speaks of."""
    here = groups(spelt_out(statement, read.known))
    there = dict.fromkeys(group for held in read.groups for group in held if group not in here)
    return {group: read.best(at for at, held in enumerate(read.groups) if group in held) for group in there}
