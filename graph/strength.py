"""Strength of recommendation, certainty of evidence and direction, as the source states them: three axes, none taken from another.

Nothing is made up: where a scheme is named (`gradings`), a grade means what its place in that scheme says, the strongest and the highest
first; where none is, only GRADE's own words are understood. How much is cited, and how well, is another matter, told by
`edgewise.citations.evidence.support`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from edgewise.graph.grading import Grade, Grading
from edgewise.graph.model import CertaintyFor, Guideline, Statement
from edgewise.graph.walking.criteria import evaluate, words
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth

STRENGTH, CERTAINTY = "Strength of recommendation", "Certainty of evidence"
NOT_STATED = "not stated by the source"
_STRONG, _WEAK, _LOWEST = {"strong"}, {"weak", "conditional"}, {"very low"}
Firmness = Literal["strong", "weak", ""]


class Axis(NamedTuple):
    """One axis in words: what the source calls it, what it says, the scheme's name and what its grades mean, where somebody says so."""

    name: str
    told: str
    scheme: str = ""
    meaning: str = ""

    @property
    def line(self) -> str:
        """All of it but the meaning.

        >>> Axis("Strength of recommendation", "strong, for", "GRADE").line
        'strength of recommendation: strong, for (GRADE)'
        """
        name = self.name if self.name[1:2].isupper() else self.name[:1].lower() + self.name[1:]
        return f"{name}: {self.told}{f' ({self.scheme})' if self.scheme else ''}"


def folded(grade: str) -> str:
    """A grade without what only typography tells apart.

    >>> folded("Very-low"), folded("2A")
    ('very low', '2a')
    """
    return " ".join(re.split(r"[\s\u2010-\u2015_-]+", grade.casefold())).strip()


def scheme(guideline: Guideline, statement: Statement) -> Grading | None:
    """The scheme in which a statement is graded: the one that it names, or the guideline's only one; None where nobody names one."""
    if statement.grading:
        return guideline.gradings.get(statement.grading)
    return next(iter(_only(guideline)), None)


def is_graded(statement: Statement) -> bool:
    """Whether the source states a strength, a certainty or a direction there."""
    return bool(statement.strength or statement.direction or has_certainty(statement))


def has_certainty(statement: Statement) -> bool:
    """Whether the source states a certainty, of the whole or of a part."""
    return bool(statement.certainty or statement.certainty_for)


def grades_anything(guideline: Guideline) -> bool:
    """Whether the source grades at all: it names a scheme, or one of its statements is graded."""
    return bool(guideline.gradings) or any(map(is_graded, guideline.statements.values()))


def is_unclassified(guideline: Guideline, statement: Statement) -> bool:
    """Whether the source says in its own words that it leaves this ungraded, such as a best practice statement."""
    named = scheme(guideline, statement)
    return bool(named and statement.strength and statement.strength in {grade.value for grade in named.unclassified})


def direction(guideline: Guideline, statement: Statement) -> Literal["for", "against", ""]:
    """The direction that is stated: by the statement itself, or by a strength that is for one direction alone."""
    grade = _grade(guideline, statement)
    return statement.direction or (grade.direction if grade else "")


def firmness(guideline: Guideline, statement: Statement) -> Firmness:
    """Whether a strength is the strongest or the weakest of its scheme and direction; empty for all between, and for none.

    >>> from edgewise.graph.model import Place
    >>> from dataclasses import replace
    >>> said = Statement("s", "recommendation", "Look.", Place("a"), "", strength="Strong")
    >>> bare = Guideline("g", "urn:x:g", *[""] * 8)
    >>> firmness(bare, said), firmness(bare, replace(said, strength="conditional")), firmness(bare, replace(said, strength="B"))
    ('strong', 'weak', '')
    """
    named, own = scheme(guideline, statement), folded(statement.strength)
    if not own or is_unclassified(guideline, statement):
        return ""
    rivals = _rivals(named.strengths, direction(guideline, statement)) if named else []
    if own in _STRONG or (not _STRONG & {*rivals} and rivals[:1] == [own]):
        return "strong"
    return "weak" if own in _WEAK or (not _WEAK & {*rivals} and len(rivals) > 1 and rivals[-1] == own) else ""


def _rivals(grades: Sequence[Grade], way: str) -> list[str]:
    """The strengths of one direction, in order: where the scheme keeps some for it, these alone."""
    own = [grade for grade in grades if way and grade.direction == way]
    return [folded(grade.value) for grade in own or grades if own or not grade.direction]


def is_lowest(guideline: Guideline, statement: Statement, certainty: str) -> bool:
    """Whether a certainty is the lowest that there is: the last of its scheme, or GRADE's *very low* where no scheme is named."""
    named, own = scheme(guideline, statement), folded(certainty)
    known = [folded(grade.value) for grade in named.certainties] if named else []
    if _LOWEST & {*known} or not known:
        return own in _LOWEST
    return len(known) > 1 and own == known[-1]


def strength_told(guideline: Guideline, statement: Statement) -> str:
    """The strength with its direction, as the source writes it; empty where neither is stated.

    >>> from edgewise.graph.model import Place
    >>> said = Statement("s", "recommendation", "No.", Place("a"), "", strength="strong", direction="against")
    >>> strength_told(Guideline("g", "urn:x:g", *[""] * 8), said)
    'strong, against'
    """
    return ", ".join(filter(None, (statement.strength, direction(guideline, statement))))


def certainty_told(guideline: Guideline, statement: Statement) -> str:
    """The certainty, of the whole and of each part; empty where none is stated.

    >>> from edgewise.graph.model import Place
    >>> parts = CertaintyFor("1", "moderate", comparator="vasopressin"), CertaintyFor("2", "high", comparator="dopamine")
    >>> said = Statement("s", "recommendation", "First choice.", Place("a"), "", certainty_for=parts)
    >>> certainty_told(Guideline("g", "urn:x:g", *[""] * 8), said)
    'moderate against vasopressin, high against dopamine'
    """
    parts = [f"{part.certainty} {part_told(guideline, part)}" for part in statement.certainty_for]
    return ", ".join(filter(None, (statement.certainty, *parts)))


def part_told(guideline: Guideline, part: CertaintyFor) -> str:
    """Of which part a certainty is.

    >>> bare = Guideline("g", "urn:x:g", *[""] * 8)
    >>> part_told(bare, CertaintyFor("1", "low", population="adults in shock", measure="death within 28 days"))
    'in adults in shock for death within 28 days'
    """
    named = (("in", part.population), ("against", part.comparator), ("for", part.measure))
    told = " ".join(f"{joint} {what}" for joint, what in named if what)
    return told or (f"where {words(part.when, guideline.observables)}" if part.when else "")


def axes(guideline: Guideline, statement: Statement) -> tuple[Axis, ...]:
    """What is stated of a statement, axis by axis, by the names that the source has for them; nothing where nothing is stated."""
    return tuple(axis for axis in together(guideline, [statement]) if axis.told != NOT_STATED)


def in_words(guideline: Guideline, statement: Statement) -> str:
    """All that is stated, on one line; empty where nothing is.

    >>> from edgewise.graph.model import Place
    >>> said = Statement("s", "recommendation", "Look.", Place("a"), "", strength="strong", certainty="low")
    >>> in_words(Guideline("g", "urn:x:g", *[""] * 8), said)
    'strength of recommendation: strong; certainty of evidence: low'
    """
    told = axes(guideline, statement)
    return "; ".join([*(axis._replace(scheme="").line for axis in told[:-1]), *(axis.line for axis in told[-1:])])


def together(guideline: Guideline, statements: Sequence[Statement]) -> tuple[Axis, Axis]:
    """Both axes of all that stands behind one thing: what is said, by which passage where several say something, or that it is not stated.

    >>> [axis.told for axis in together(Guideline("g", "urn:x:g", *[""] * 8), [])]
    ['not stated by the source', 'not stated by the source']
    """
    return _axis(guideline, statements, STRENGTH, strength_told), _axis(guideline, statements, CERTAINTY, certainty_told)


def _axis(guideline: Guideline, statements: Sequence[Statement], name: str, tell: Callable[[Guideline, Statement], str]) -> Axis:
    places: dict[str, list[str]] = {}
    found = [one for one in statements if tell(guideline, one)]
    for one in found:
        places.setdefault(tell(guideline, one), []).append(str(one.place))
    said = [f"{told} ({'; '.join(where)})" for told, where in places.items()] if len(places) > 1 else [*places]
    named = list(dict.fromkeys(by for one in found if (by := scheme(guideline, one)))) or _only(guideline)
    own = (named[0].strength_name if name == STRENGTH else named[0].certainty_name) if named else ""
    meant = dict.fromkeys(text for one in found for text in _meanings(guideline, one, name))
    return Axis(own or name, "; ".join(said) or NOT_STATED, ", ".join(by.label for by in named) if found else "", "; ".join(meant))


def _only(guideline: Guideline) -> list[Grading]:
    return [*guideline.gradings.values()] if len(guideline.gradings) == 1 else []


def _meanings(guideline: Guideline, statement: Statement, name: str) -> Iterator[str]:
    """What the grades of one axis mean, where the scheme says it."""
    named = scheme(guideline, statement)
    if named and name == STRENGTH:
        yield from _explained((*named.strengths, *named.unclassified), {statement.strength})
    elif named:
        yield from _explained(named.certainties, {statement.certainty, *(part.certainty for part in statement.certainty_for)})


def plain(guideline: Guideline, statement: Statement) -> dict[str, object]:
    """Strength, certainty and direction as data for programs; None is what the source does not state."""
    named = scheme(guideline, statement) if is_graded(statement) else None
    return {
        "strength": statement.strength or None,
        "certainty": statement.certainty or None,
        "direction": direction(guideline, statement) or None,
        "grading": named.label if named else None,
        "certaintyFor": [_plain_part(guideline, part) for part in statement.certainty_for],
    }


def _plain_part(guideline: Guideline, part: CertaintyFor) -> dict[str, str | None]:
    return {
        "certainty": part.certainty,
        "population": part.population or None,
        "comparator": part.comparator or None,
        "measure": part.measure or None,
        "when": words(part.when, guideline.observables) if part.when else None,
    }


def of_patient(guideline: Guideline, statement: Statement, facts: Facts) -> Statement:
    """The statement with the certainties that can be this patient's: those of parts that these facts rule out are left away."""
    kept = [part for part in statement.certainty_for if not _is_ruled_out(guideline, part, facts)]
    return replace(statement, certainty_for=tuple(kept))


def _is_ruled_out(guideline: Guideline, part: CertaintyFor, facts: Facts) -> bool:
    return part.when is not None and evaluate(part.when, facts, guideline.observables).truth is Truth.FALSE


def _grade(guideline: Guideline, statement: Statement) -> Grade | None:
    named = scheme(guideline, statement)
    held = (*named.strengths, *named.unclassified) if named else ()
    return next((grade for grade in held if grade.value == statement.strength), None)


def _explained(grades: Sequence[Grade], stated: set[str]) -> Iterator[str]:
    yield from (f"{grade.value}: {grade.meaning}" for grade in grades if grade.meaning and grade.value in stated)
