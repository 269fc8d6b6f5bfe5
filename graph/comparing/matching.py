"""What of two guidelines is the same: observables, their answers, steps, edges, statements, references, ratings.

Matched by hand first, then by id, then by name; where names leave a doubt nothing is matched, and the doubt is told. Everything that is
matched can be shown and corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, get_args

from edgewise.graph.comparing.likeness import alike, close, likeness
from edgewise.graph.model import Guideline, Observable, Reference, Statement, Transition
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


class _Thing(NamedTuple):
    """What is to be matched: its names, what has to be the same for a name to count, and what it says if that tells it surely."""

    id: str
    names: tuple[str, ...]
    fit: object = None
    content: object = None


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
        self._match("observable", *map(_observables, (self.a, self.b)))
        self._match("step", *map(_steps, (self.a, self.b)))
        steps = Matching(tuple(self.found))
        self._match("edge", _edges(self.a, lambda id: id), _edges(self.b, lambda id: steps.a_of("step", id) or f"?{id}"), by_id=False)
        self._match("statement", *map(_statements, (self.a, self.b)), surest=True)
        self._match("reference", *map(_references, (self.a, self.b)), surest=True)
        self._match("modality", *map(_modalities, (self.a, self.b)))
        self._match("situation", *map(_situations, (self.a, self.b)))
        rated = Matching(tuple(self.found))
        self._match(
            "rating", _ratings(self.a, lambda _, id: id), _ratings(self.b, lambda kind, id: rated.a_of(kind, id) or f"?{id}"), by_id=False
        )
        return Matching(tuple(map(self._with_answers, self.found)), tuple(self.doubts))

    def _match(self, kind: Kind, left: Sequence[_Thing], right: Sequence[_Thing], *, by_id: bool = True, surest: bool = False) -> None:
        """Match things of one kind; `surest`: by what they say before by id, since numbers shift."""
        pairs = _Pairs(left, right, self.given[kind])
        if surest or not by_id:
            pairs.take("content", lambda one, other: one.content is not None and one.content == other.content)
        if by_id:
            pairs.take("id", lambda one, other: one.id == other.id and self._plausible(one, other, surest))
        else:
            pairs.take("id", lambda one, other: one.id == other.id and (self.same or one.fit == other.fit))
        pairs.take("name", lambda one, other: one.fit == other.fit and _named_alike(one, other))
        if surest:
            pairs.take("name", lambda one, other: one.fit == other.fit and _close(one, other))
        self.found += pairs.matches(kind)
        self.doubts += pairs.doubts(kind) if by_id and not surest else ()

    def _plausible(self, one: _Thing, other: _Thing, surest: bool) -> bool:
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

    def __init__(self, left: Sequence[_Thing], right: Sequence[_Thing], given: Given) -> None:
        self.left, self.right = {one.id: one for one in left}, {one.id: one for one in right}
        self.paired: dict[str, tuple[str, How]] = {}
        self.alone = {"a": {a for a, b in given if a and not b}, "b": {b for a, b in given if b and not a}}
        self.paired |= {a: (b, "given") for a, b in given if a and b}

    def _free(self) -> tuple[list[_Thing], list[_Thing]]:
        taken = {b for b, _ in self.paired.values()} | self.alone["b"]
        here = [one for id, one in self.left.items() if id not in self.paired and id not in self.alone["a"]]
        return here, [one for id, one in self.right.items() if id not in taken]

    def take(self, how: How, same: Callable[[_Thing, _Thing], bool]) -> None:
        """Pair what is the same, where it is the same as nothing else."""
        here, there = self._free()
        fits = {one.id: [other.id for other in there if same(one, other)] for one in here}
        wanted = [id for found in fits.values() for id in found]
        self.paired |= {id: (found[0], how) for id, found in fits.items() if len(found) == 1 and wanted.count(found[0]) == 1}

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


def _named_alike(one: _Thing, other: _Thing) -> bool:
    return any(alike(name, each) for name in one.names for each in other.names)


def _close(one: _Thing, other: _Thing) -> bool:
    return close(one.names[0], other.names[0])


def _likeness(one: _Thing, other: _Thing) -> float:
    return max((likeness(name, each) for name in one.names for each in other.names), default=0)


# What each kind of things is told by ------------------------------------------------------------------------------------


def _observables(guideline: Guideline) -> list[_Thing]:
    return [_Thing(one.id, (one.label,), _kind(one)) for one in guideline.observables.values() if not one.finishes]


def _kind(one: Observable) -> tuple[str, bool]:
    return ("number" if one.value_type in ("quantity", "count") else one.value_type, one.repeated)


def _steps(guideline: Guideline) -> list[_Thing]:
    return [_Thing(one.id, tuple(filter(None, (one.label, one.short_label))), one.kind) for one in guideline.steps.values()]


def _edges(guideline: Guideline, named: Callable[[str], str]) -> list[_Thing]:
    """Edges by what they join, in the words of the first guideline."""

    def thing(one: Transition) -> _Thing:
        ends = (named(one.source), named(one.target))
        return _Thing(one.id, (one.label,), ends, (*ends, one.role))

    return [thing(one) for one in guideline.transitions.values()]


def _statements(guideline: Guideline) -> list[_Thing]:
    def thing(one: Statement) -> _Thing:
        return _Thing(one.id, (one.text,), one.kind == "heading", one.text.casefold())

    return [thing(one) for one in (*guideline.headings.values(), *guideline.statements.values())]


def _references(guideline: Guideline) -> list[_Thing]:
    return [_Thing(one.id, (one.title,), None, _work(one)) for one in guideline.references.values()]


def _work(one: Reference) -> object:
    """What tells a work: its DOI or PMID, else its title, year and whoever wrote it."""
    known = {identifier.scheme: identifier.value.casefold() for identifier in one.identifiers}
    for scheme in ("doi", "pmid"):
        if scheme in known:
            return scheme, known[scheme]
    return one.title.casefold(), one.year, one.author.casefold()


def _modalities(guideline: Guideline) -> list[_Thing]:
    return [_Thing(one.id, (one.label,)) for one in guideline.modalities.values()]


def _situations(guideline: Guideline) -> list[_Thing]:
    return [_Thing(one.id, (one.label,)) for one in guideline.situations.values()]


def _ratings(guideline: Guideline, named: Callable[[Kind, str], str]) -> list[_Thing]:
    def rated(modality: str, situation: str) -> object:
        return named("modality", modality), named("situation", situation)

    held = guideline.ratings.values()
    return [_Thing(one.id, (), rated(one.modality, one.situation), rated(one.modality, one.situation)) for one in held]


def _answers(one: Observable, other: Observable) -> Iterator[tuple[str, str]]:
    """Which answer is which, by value and then by name; those that are left over are in one guideline alone."""
    if one.value_type == other.value_type == "yes-no":
        yield from (("yes", "yes"), ("no", "no"))
        return
    pairs = _Pairs(
        [_Thing(value, (label,)) for value, label in one.choices], [_Thing(value, (label,)) for value, label in other.choices], ()
    )
    pairs.take("id", lambda here, there: here.id == there.id)
    pairs.take("name", _named_alike)
    yield from ((value, pairs.paired[value][0]) for value in pairs.left if value in pairs.paired)


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
