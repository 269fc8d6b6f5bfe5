"""Family R: how much of the list is by those who wrote the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, entries, listed, many, runs
from edgewise.citations.formats.details import author_line
from edgewise.citations.formats.people import Person, people
from edgewise.graph.model import Reference

_SHOWN = 8


def self_citation(subject: Audited) -> Iterator[Fault]:
    """One note with the share. By names alone: namesakes count, and who hides behind "et al." does not."""
    references = list(subject.guideline.references.values())
    writers = _writers(subject)
    shared = {one.id: names for one in references if (names := _shared(one, writers))}
    if shared:
        share = round(100 * len(shared) / len(references))
        told = runs(sorted(one.position for one in references if one.id in shared))
        bear = f"{len(shared)} of {many(len(references), 'entry', 'entries')} ({share} %) {'bears' if len(shared) == 1 else 'bear'}"
        message = f"{bear} the name of an author of the article: {told}; the names are {_named(shared.values())}"
        first, *others = shared
        yield Fault(message=message, subject=first, value=f"{share} %", related=tuple(others))


def _named(shared: Iterable[list[str]]) -> str:
    """Those that are met most often, first."""
    counted = [f"{name} ({count})" for name, count in Counter(name for names in shared for name in names).most_common()]
    return listed([*counted[:_SHOWN], f"{len(counted) - _SHOWN} more"] if len(counted) > _SHOWN + 1 else counted)


def _nameless(subject: Audited) -> Iterator[str]:
    nameless = [one.position for one in subject.guideline.references.values() if not author_line(one)]
    if nameless:
        yield f"whether {entries(nameless)} {'is' if len(nameless) == 1 else 'are'} by the article's own authors: no author is told"


def _writers(subject: Audited) -> Mapping[str, list[tuple[Person, str]]]:
    """The article's own authors by surname, each with the name as the article writes it."""
    found: dict[str, list[tuple[Person, str]]] = {}
    for name in subject.article.authors if subject.article else ():
        for person in people(f"{name};"):
            found.setdefault(person.surname, []).append((person, name.replace(",", "", 1)))
    return found


def _shared(reference: Reference, writers: Mapping[str, list[tuple[Person, str]]]) -> list[str]:
    """Which of the article's own authors a reference names."""
    named = (name for one in people(author_line(reference)) for writer, name in writers.get(one.surname, ()) if _same(one, writer))
    return list(dict.fromkeys(named))


def _same(one: Person, writer: Person) -> bool:
    """A surname alone is too little."""
    return bool(one.initials and writer.initials) and one.may_be(writer)


RULES = (
    Rule(
        id="R225", name="self-citation", severity="note", check=self_citation, needs=("authors",), unjudged=_nameless,
        why="Own earlier work may be the best there is, or all that its authors looked at; an editor should see the share.",
        fix="Look whether others have published on the same; nothing has to be mended where the share is the field's.",
    ),
)  # fmt: skip
