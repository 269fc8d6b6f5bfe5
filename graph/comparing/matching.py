"""What of two guidelines is the same: observables, their answers, steps, edges, statements, references, ratings.

Matched by hand first, then by id, then by name; where names leave a doubt nothing is matched, and the doubt is told. Everything that is
matched can be shown and corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

from edgewise.graph.comparing.likeness import alike, close, likeness
from edgewise.graph.comparing.things import (
    Thing,
    edges,
    modalities,
    observables,
    ratings,
    references,
    situations,
    statements,
    steps,
)
from edgewise.graph.model import Comparison, Guideline, Observable
from edgewise.ontology.errors import EdgewiseError, UnknownName

Kind = Literal["observable", "step", "edge", "statement", "reference", "modality", "situation", "rating"]
KINDS: tuple[Kind, ...] = get_args(Kind)
How = Literal["given", "id", "name", "content"]
"""By what two things were matched: by hand, by id, by name, or by what they say or join."""
_MOST = 3  # proposals for one thing


class WrongMatch(EdgewiseError):
    """Two things were to be matched that cannot be."""


@dataclass(frozen=True, slots=True)
class Match:
    """Something in the one guideline that is something in the other.

    Attributes:
        kind: what it is.
        a: its id in the first guideline; empty where it is in the second alone.
        b: its id in the second; empty where it is in the first alone.
        how: by what they were matched; of what is in one alone, ``given`` where somebody said so, else empty.
        answers: of a choice, which answer of the first is which of the second.
    """

    kind: Kind
    a: str
    b: str
    how: How | Literal[""] = ""
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that may be one of several in the other guideline, and was not matched."""

    kind: Kind
    a: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Matching:
    """What is the same in two guidelines, what is in one alone, and what may be the same.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> match(guideline, guideline).b_of("step", "si-joint-fusion")
    'si-joint-fusion'
    """

    matches: tuple[Match, ...]
    doubts: tuple[Doubt, ...] = ()

    @cached_property
    def _of_a(self) -> Mapping[tuple[Kind, str], Match]:
        return {(one.kind, one.a): one for one in self.matches if one.a}

    @cached_property
    def _of_b(self) -> Mapping[tuple[Kind, str], Match]:
        return {(one.kind, one.b): one for one in self.matches if one.b}

    def b_of(self, kind: Kind, a: str) -> str:
        """The id in the second guideline of something in the first; empty where there is none."""
        found = self._of_a.get((kind, a))
        return found.b if found else ""

    def a_of(self, kind: Kind, b: str) -> str:
        """The id in the first guideline of something in the second; empty where there is none."""
        found = self._of_b.get((kind, b))
        return found.a if found else ""

    def answers(self, a: str) -> Mapping[str, str]:
        """Of an observable of the first guideline, which of its answers is which of the second."""
        found = self._of_a.get(("observable", a))
        return dict(found.answers) if found else {}

    def pairs(self, kind: Kind) -> tuple[tuple[str, str], ...]:
        """The ids of all that is in both."""
        return tuple((one.a, one.b) for one in self.matches if one.kind == kind and one.a and one.b)

    def only_a(self, kind: Kind) -> tuple[str, ...]:
        """Ids of what is in the first guideline alone."""
        return tuple(one.a for one in self.matches if one.kind == kind and not one.b)

    def only_b(self, kind: Kind) -> tuple[str, ...]:
        """Ids of what is in the second guideline alone."""
        return tuple(one.b for one in self.matches if one.kind == kind and not one.a)


Given = Iterable[tuple[str, str]]
"""Pairs of ids that somebody says are the same; with one of them empty: the other is in its guideline alone."""


def match(a: Guideline, b: Guideline, given: Given = ()) -> Matching:
    """Match two guidelines.

    Args:
        a: the first.
        b: the second.
        given: ids that are the same, or that have no counterpart; they go before everything else.

    Raises:
        UnknownName: an id is in neither kind of things of its guideline.
        WrongMatch: two ids are given for one, or two things are of different kinds.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> match(guideline, guideline, [("cooled-rfa", "")]).only_a("step")
    ('cooled-rfa',)
    """
    return _Matcher(a, b, tuple(given)).matching()


class _Matcher:
    def __init__(self, a: Guideline, b: Guideline, given: Sequence[tuple[str, str]]) -> None:
        self.a, self.b, self.same = a, b, a.id == b.id
        given_by_kind: dict[Kind, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
        self.given = given_by_kind | _sorted(a, b, given)
        self.found: list[Match] = []
        self.doubts: list[Doubt] = []

    def matching(self) -> Matching:
        self._match("observable", *map(observables, (self.a, self.b)))
        self._match("step", *map(steps, (self.a, self.b)))
        known = Matching(tuple(map(self._with_answers, self.found)))
        there = edges(self.b, lambda id: known.a_of("step", id) or f"?{id}", lambda one: _told(one, known))
        self._match("edge", edges(self.a, str, lambda one: one), there, by_id=False)
        self._match("statement", *map(statements, (self.a, self.b)), surest=True)
        self._match("reference", *map(references, (self.a, self.b)), surest=True)
        self._match("modality", *map(modalities, (self.a, self.b)))
        self._match("situation", *map(situations, (self.a, self.b)))
        rated = Matching(tuple(self.found))
        rated_there = ratings(self.b, lambda id: rated.a_of("modality", id) or f"?{id}", lambda id: rated.a_of("situation", id) or f"?{id}")
        self._match("rating", ratings(self.a, str, str), rated_there, by_id=False)
        return Matching(tuple(map(self._with_answers, self.found)), tuple(self.doubts))

    def _match(self, kind: Kind, left: Sequence[Thing], right: Sequence[Thing], *, by_id: bool = True, surest: bool = False) -> None:
        """Match things of one kind; `surest`: by what they say before by id, since numbers shift."""
        pairs = _Pairs(left, right, self.given[kind])
        if surest or not by_id:
            pairs.take("content", lambda one, other: one.content is not None and one.content == other.content)
        pairs.take("content", lambda one, other: one.whole is not None and one.whole == other.whole)
        if by_id:
            pairs.take("id", lambda one, other: one.id == other.id and self._plausible(one, other, surest))
        else:
            pairs.take("id", lambda one, other: one.id == other.id and (self.same or one.fit == other.fit))
        pairs.take("name", lambda one, other: one.fit == other.fit and _named_alike(one, other))
        if surest:
            pairs.take("name", lambda one, other: one.fit == other.fit and _close(one, other))
        pairs.take_in_order()
        self.found += pairs.matches(kind)
        self.doubts += pairs.doubts(kind) if by_id and not surest else ()

    def _plausible(self, one: Thing, other: Thing, surest: bool) -> bool:
        """Whether one id means one thing: numbers of statements are given anew, and other guidelines use the same short names."""
        if surest:
            return _close(one, other)
        return self.same or one.fit == other.fit

    def _with_answers(self, one: Match) -> Match:
        if one.kind != "observable" or not (one.a and one.b):
            return one
        return Match(one.kind, one.a, one.b, one.how, tuple(_answers(self.a.observables[one.a], self.b.observables[one.b])))


class _Pairs:
    """Things of two guidelines, paired turn by turn."""

    def __init__(self, left: Sequence[Thing], right: Sequence[Thing], given: Given) -> None:
        self.left, self.right = {one.id: one for one in left}, {one.id: one for one in right}
        self.paired: dict[str, tuple[str, How]] = {}
        self.alone = {"a": {a for a, b in given if a and not b}, "b": {b for a, b in given if b and not a}}
        self.paired |= {a: (b, "given") for a, b in given if a and b}

    def _free(self) -> tuple[list[Thing], list[Thing]]:
        taken = {b for b, _ in self.paired.values()} | self.alone["b"]
        here = [one for id, one in self.left.items() if id not in self.paired and id not in self.alone["a"]]
        return here, [one for id, one in self.right.items() if id not in taken]

    def take(self, how: How, same: Callable[[Thing, Thing], bool]) -> None:
        """Pair what is the same, where it is the same as nothing else."""
        here, there = self._free()
        fits = {one.id: [other.id for other in there if same(one, other)] for one in here}
        wanted = [id for found in fits.values() for id in found]
        self.paired |= {id: (found[0], how) for id, found in fits.items() if len(found) == 1 and wanted.count(found[0]) == 1}

    def take_in_order(self) -> None:
        """Pair what is the same in all there is to it, as two edges may be, one after the other."""
        here, there = self._free()
        for one in (one for one in here if one.whole is not None):
            if same := next((other for other in there if other.whole == one.whole), None):
                there.remove(same)
                self.paired[one.id] = (same.id, "content")

    def matches(self, kind: Kind) -> Iterator[Match]:
        taken = {b for b, _ in self.paired.values()}
        for id in self.left:
            b, how = self.paired.get(id, ("", "given" if id in self.alone["a"] else ""))
            yield Match(kind, id, b, how)  # type: ignore[arg-type]  # one of the words above
        yield from (Match(kind, "", id, "given" if id in self.alone["b"] else "") for id in self.right if id not in taken)

    def doubts(self, kind: Kind) -> Iterator[Doubt]:
        """What may be the same, best first."""
        here, there = self._free()
        for one in here:
            scored = sorted(((_likeness(one, other), other.id) for other in there if other.fit == one.fit), reverse=True)
            if found := tuple(id for score, id in scored if score >= 75)[:_MOST]:
                yield Doubt(kind, one.id, found)


def _named_alike(one: Thing, other: Thing) -> bool:
    return any(alike(name, each) for name in one.names for each in other.names)


def _close(one: Thing, other: Thing) -> bool:
    return close(one.names[0], other.names[0])


def _likeness(one: Thing, other: Thing) -> float:
    return max((likeness(name, each) for name in one.names for each in other.names), default=0)


def _answers(one: Observable, other: Observable) -> Iterator[tuple[str, str]]:
    """Which answer is which, by value and then by name; those that are left over are in one guideline alone."""
    if one.value_type == other.value_type == "yes-no":
        yield from (("yes", "yes"), ("no", "no"))
        return
    pairs = _Pairs([Thing(value, (label,)) for value, label in one.choices], [Thing(value, (label,)) for value, label in other.choices], ())
    pairs.take("id", lambda here, there: here.id == there.id)
    pairs.take("name", _named_alike)
    yield from ((value, pairs.paired[value][0]) for value in pairs.left if value in pairs.paired)


def _told(one: Comparison, known: Matching) -> Comparison:
    """A comparison of the second guideline with the observable and the answers of the first."""
    observable = known.a_of("observable", one.observable)
    answers = {b: a for a, b in known.answers(observable).items()}
    return replace(one, observable=observable or f"?{one.observable}", one_of=tuple(answers.get(each, each) for each in one.one_of))


# What somebody says -----------------------------------------------------------------------------------------------------


def _sorted(a: Guideline, b: Guideline, given: Sequence[tuple[str, str]]) -> dict[Kind, list[tuple[str, str]]]:
    """What is given, by kind."""
    found: dict[Kind, list[tuple[str, str]]] = {}
    for one, other in given:
        kinds = [kinds_of(guideline, id) for guideline, id in ((a, one), (b, other)) if id]
        if not kinds:
            raise WrongMatch("a match names nothing: write A=B, with an id of the first guideline and one of the second, or one of the two")
        shared = [kind for kind in kinds[0] if all(kind in each for each in kinds)]
        if not shared:
            raise WrongMatch(f"'{one}' is a {kinds[0][0]}, and '{other}' is a {kinds[1][0]}: match two of a kind")
        found.setdefault(shared[0], []).append((one, other))
    for pairs in found.values():
        for at in (0, 1):
            ids = [pair[at] for pair in pairs if pair[at]]
            if twice := next((id for id in ids if ids.count(id) > 1), ""):
                raise WrongMatch(f"'{twice}' is matched twice: name it once")
    return found


def kinds_of(guideline: Guideline, id: str) -> tuple[Kind, ...]:
    """Of which kind something in a guideline is.

    Raises:
        UnknownName: there is nothing of that id that could be matched.

    >>> from edgewise.graph.library import load
    >>> kinds_of(load("sacroiliac-sclerosis").guideline, "block-relief")
    ('observable',)
    """
    held: dict[Kind, Iterable[str]] = {
        "observable": [one.id for one in guideline.observables.values() if not one.finishes],
        "step": guideline.steps, "edge": guideline.transitions,
        "statement": [*guideline.statements, *guideline.headings], "reference": guideline.references,
        "modality": guideline.modalities, "situation": guideline.situations, "rating": guideline.ratings,
    }  # fmt: skip
    found = tuple(kind for kind in KINDS if id in held[kind])
    if not found:
        raise UnknownName("observable, step, edge, statement, reference or rating", id, [one for each in held.values() for one in each])
    return found
