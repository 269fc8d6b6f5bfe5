"""What is wrong with a draft, what is still to write, and what its source leaves open: as one list, each entry about some parts of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from edgewise.citations.audit.engine import audit
from edgewise.citations.audit.rules.rule import Audited
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import capital
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.naming import named
from edgewise.explorer.shell.drafted import made_of
from edgewise.graph.cases.book import read_casebook
from edgewise.graph.cases.check import check_cases
from edgewise.graph.gaps.memory import gaps_of, worked_out
from edgewise.graph.loaded import Loaded
from edgewise.graph.reading.drafted import TO_DO
from edgewise.ontology.errors import EdgewiseError
from edgewise.ontology.findings import Finding

Group = Literal["wrong", "to do", "left open"]
_WHAT = {
    "title": "title", "question": "question", "publisher": "publisher", "updated": "date", "reviewStatus": "review status",
    "audience": "audience", "purpose": "purpose", "disclaimer": "disclaimer", "steps": "step", "transitions": "edge", "phases": "lane",
    "statements": "statement", "label": "label", "summary": "summary", "phase": "lane", "order": "place in the order",
    "kind": "kind", "text": "words of your own", "place": "place in the article", "section": "section", "part": "part of the text",
    "fingerprint": "sentence of the article behind it", "statedBy": "word on whose it is", "method": "method",
    "contrast": "word on contrast", "region": "region", "items": "item",
}  # fmt: skip
"""Keys as clinicians call what they hold, in the order in which they are told."""
_THINGS = {
    "steps": "step",
    "transitions": "edge",
    "statements": "statement",
    "observables": "question",
    "phases": "lane",
    "references": "reference",
}
_NEEDS = re.compile(r"needs '(\w+)'")
_ID = re.compile(r"(?<![\w-])'?([a-z0-9]+(?:-[a-z0-9]+)+)'?(?![\w-])")
_UNDONE = frozenset({"M102", "M109", "M110", "M111", "M112", "P401", "P407", "R201", "R202", "R209", "S314"})
"""Rules of the audit that tell what is still to be done, not what is wrong."""


@dataclass(frozen=True, slots=True)
class Task:
    """One entry of the list.

    Attributes:
        group: wrong, still to do, or left open by the source.
        text: in a sentence, without keys of the file.
        parts: ids of the parts that it is about, each to be turned to; empty is the head of the guideline.
        field: the key of the file that is concerned; empty where that is not known.
    """

    group: Group
    text: str
    parts: tuple[str, ...] = ("",)
    field: str = ""


def tasks(found: Desk) -> tuple[Task, ...]:
    """All that there is to do on a desk: the wrong first, then what is still to write, then what the source leaves open."""
    if found.faults or found.loaded is None:
        return tuple(_wrong(found, one) for one in found.faults)
    return (*_of_file(found, found.loaded.findings), *_of_audit(found), *_of_cases(found), *_of_gaps(found.loaded))


def _wrong(found: Desk, one: Finding) -> Task:
    said = f"{capital(one.message)}: {one.repair}" if one.repair else capital(one.message)
    return Task("wrong", said, (_part(found, one.subject),))


def _of_file(found: Desk, findings: Sequence[Finding]) -> Iterator[Task]:
    yield from (_wrong(found, one) for one in findings if one.rule != TO_DO)
    lacking: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        if one.rule == TO_DO:
            part = _part(found, one.subject)
            key = match[1] if (match := _NEEDS.search(one.message)) else ""
            lacking.setdefault((_thing(found, part), key or one.message), []).extend([part, *(_part(found, id) for id in one.related)])
    head = [key for key in _WHAT if ("", key) in lacking]
    for keys in ([key for key in head if key not in _THINGS], [key for key in head if key in _THINGS]):
        if keys:
            yield Task("to do", f"The guideline has no {_listed([_WHAT[key] for key in keys])} yet", ("",), keys[0])
    for (thing, key), parts in lacking.items():
        if thing or key not in _WHAT:
            yield _to_write(thing, key, tuple(dict.fromkeys(parts)))


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _to_write(thing: str, key: str, parts: tuple[str, ...]) -> Task:
    what = _WHAT.get(key)
    if what is None:
        return Task("to do", capital(key), parts)
    return Task("to do", f"{many(len(parts), thing)} {'has' if len(parts) == 1 else 'have'} no {what} yet", parts, key)


def _thing(found: Desk, part: str) -> str:
    """What a part is, in a word; empty for the head."""
    return _THINGS.get(found.entries[part].section, "part") if part in found.entries and part else ""


def _part(found: Desk, subject: str) -> str:
    """The entry that an IRI of the guideline means, or in which it stands; empty for the head."""
    id = subject.rpartition("/guideline/")[2].partition("/")[2]
    while id and id not in found.entries:
        id = id.rpartition("/")[0]
    return id


def _of_audit(found: Desk) -> Iterator[Task]:
    for one in _audited(found.draft.text):
        if one.rule.startswith("G"):  # told as what the source leaves open
            continue
        parts = tuple(dict.fromkeys(_part(found, iri) for iri in (one.subject, *one.related)))
        yield Task("to do" if one.rule in _UNDONE or one.severity == "note" else "wrong", capital(_in_words(found, one.message)), parts)


def _in_words(found: Desk, message: str) -> str:
    """A message with steps, edges and questions by their names; an id that could be a word of its own stays."""

    def called(match: re.Match[str]) -> str:
        entry = found.entries.get(match[1])
        return f"“{named(found, match[1])}”" if entry and entry.section in _THINGS else match[0]

    return _ID.sub(called, message)


@lru_cache(maxsize=8)
def _audited(text: str) -> tuple[Finding, ...]:
    """What the audit finds in a draft, once for each of its states: the page is drawn again at every click."""
    loaded = made_of(text)
    return audit(Audited(loaded.guideline, loaded))


def _of_cases(found: Desk) -> Iterator[Task]:
    if not found.draft.cases.strip():
        return
    try:
        told = _judged(found.draft.text, found.draft.cases)
    except EdgewiseError as error:
        yield Task("wrong", f"The cases cannot be read: {error}")
        return
    yield from (Task("wrong", f"In a case: {one.message}") for one in told if one.severity != "note")


@lru_cache(maxsize=8)
def _judged(text: str, cases: str) -> tuple[Finding, ...]:
    guideline = made_of(text).guideline
    return check_cases(read_casebook(cases, "cases", guideline), guideline)


def _of_gaps(loaded: Loaded) -> Iterator[Task]:
    """What the source leaves open, once that was looked for."""
    if worked_out(loaded.guideline):
        for row in gaps_of(loaded.guideline).rows:
            yield Task("left open", row.text, tuple(dict.fromkeys((*row.edges[:1], row.step)))[:1] or ("",))
