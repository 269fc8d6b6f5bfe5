"""What stands in a manuscript at the place of a finding: its sentences with their neighbours, and its entries as printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from edgewise.citations.audit.manuscripts.given import Given
from edgewise.citations.audit.manuscripts.manuscript import Manuscript
from edgewise.citations.reading.model import Abstention, Article, ListEntry, Sentence
from edgewise.graph.model import Reference
from edgewise.ontology.findings import Finding

LONGEST = 1200
"""Characters of a sentence or entry that are shown; of broken files the rest may be a whole page."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence, an entry, or a line of a file that is a list.

    Attributes:
        kind: which of them.
        text: of a sentence without its markers.
        line: in the file; of a `.docx` the paragraph; 0 where the format has none.
        numbers: that a sentence cites, or the one that an entry bears.
        section: in which a sentence stands.
        before: the sentence before it in the section; empty for none.
        after: the one after it.
    """

    kind: Literal["sentence", "entry", "line"]
    text: str
    line: int = 0
    numbers: tuple[int, ...] = ()
    section: str = ""
    before: str = ""
    after: str = ""


def excerpts(given: Given, finding: Finding) -> tuple[Excerpt, ...]:
    r"""Every place that a finding is about, sentences first, each once; none where the file shows nothing of it, as of a number left out.

    >>> from edgewise.citations.audit.manuscripts.given import read_given
    >>> text = "Care\n\nRest helps.[1] Ice helps.[3]\n\nReferences\n\n1. Lee A. Rest. J. 2001.\n2. Ray B. Ice. J. 2002.\n"
    >>> given = read_given(text.encode(), "rest.txt")
    >>> found = given.judged().report.findings
    >>> excerpts(given, found[0])[0].text, excerpts(given, found[0])[0].before
    ('Ice helps.', 'Rest helps.')
    """
    read = given.manuscript
    if read is None:
        return ()
    ids = dict.fromkeys(iri.removeprefix(f"{read.guideline.iri}/") for iri in (finding.subject, *finding.related) if iri)
    named = [one for id in ids for one in _of_id(read, id)]
    found = named or [*_of_line(read, finding), *_of_text(given, finding)]
    return tuple(dict.fromkeys(sorted(found, key=lambda one: one.kind != "sentence")))


def _of_id(read: Manuscript, id: str) -> Iterator[Excerpt]:
    guideline = read.guideline
    if id in guideline.markers and read.article:
        printed = guideline.markers[id].printed
        yield from (_sentence(read.article, one) for one in read.article.sentences if printed in map(str, _numbers(one)))
    elif id in guideline.statements and read.article:
        statement = guideline.statements[id]
        at = (statement.fingerprint, read.lines.get(id, 0))
        yield from (_sentence(read.article, one) for one in read.article.sentences if (one.fingerprint, one.line) == at)
    elif id in guideline.references:
        yield _entry(read, id)


def _of_line(read: Manuscript, finding: Finding) -> Iterable[Excerpt]:
    """The sentence that a finding names by its line and what it quotes."""
    article = read.article
    if article is None or not finding.line:
        return ()
    doubted = [one for one in article.abstentions if (one.line, one.raw) == (finding.line, finding.value)]
    if doubted:
        return (_sentence(article, one) for one in _doubtful(article, doubted))
    if not finding.value:
        bearing = [one for one in article.sentences if any(marker.line == finding.line for marker in one.markers)]
        return (_sentence(article, one) for one in bearing[:1])
    near = [one for one in article.sentences if one.line <= finding.line]
    exact = [one for one in near if one.line == near[-1].line and _quotes(one, finding.value)]
    listed = [_printed(one) for one in article.references if one.line == finding.line and finding.value in one.raw]
    if exact or listed:
        return [_sentence(article, one) for one in exact] or listed
    return (_sentence(article, one) for one in near[-1:])


def _quotes(one: Sentence, value: str) -> bool:
    return value in one.text or any(value in marker.raw for marker in one.markers)


def _doubtful(article: Article, doubts: Iterable[Abstention]) -> Iterator[Sentence]:
    for doubt in doubts:
        for section in article.sections:
            counted = [one for one in section.sentences if one.place.part != "heading"]
            if section.title == doubt.section and 0 < doubt.sentence <= len(counted) and counted[doubt.sentence - 1].line <= doubt.line:
                yield counted[doubt.sentence - 1]


def _of_text(given: Given, finding: Finding) -> Iterator[Excerpt]:
    lines = given.text.splitlines()
    if given.text and 0 < finding.line <= len(lines):
        yield Excerpt("line", _cut(lines[finding.line - 1].strip()), finding.line)


def _sentence(article: Article, one: Sentence) -> Excerpt:
    before, after = _neighbours(article, one)
    return Excerpt("sentence", _cut(one.text), one.line, _numbers(one), one.place.section, _cut(before), _cut(after))


def _numbers(one: Sentence) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for marker in one.markers for number in marker.numbers))


def _neighbours(article: Article, one: Sentence) -> tuple[str, str]:
    """The sentences before and after one in its section and its part of it; empty where there is none."""
    section = next(section for section in article.sections if section.sentences and section.sentences[-1].index >= one.index)
    alike = [held for held in section.sentences if held.place.part == one.place.part]
    place = next(at for at, held in enumerate(alike) if held.index == one.index)
    return alike[place - 1].text if place else "", alike[place + 1].text if place < len(alike) - 1 else ""


def _entry(read: Manuscript, id: str) -> Excerpt:
    reference = read.guideline.references[id]
    printed = _as_read(read.article, id) if read.article else None
    return _printed(printed) if printed else Excerpt("entry", _cut(_told(reference)), read.lines.get(id, 0), (reference.position,))


def _as_read(article: Article, id: str) -> ListEntry | None:
    """The entry behind a reference's id, which bears its place in the list."""
    place = id.removeprefix("reference-")
    known = place.isdecimal() and 0 < int(place) <= len(article.references)
    return article.references[int(place) - 1] if known else None


def _printed(entry: ListEntry) -> Excerpt:
    return Excerpt("entry", _cut(entry.raw or entry.title), entry.line, (entry.number,))


def _told(one: Reference) -> str:
    """What a reference list says of an entry, in the order of print."""
    identifiers = (f"{known.scheme.upper()} {known.value}" for known in one.identifiers)
    parts = (one.author, one.title, one.container, str(one.year or ""), *(known.value for known in one.additions), *identifiers)
    return ". ".join(part.strip().rstrip(".") for part in parts if part and part.strip()) + "."


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
