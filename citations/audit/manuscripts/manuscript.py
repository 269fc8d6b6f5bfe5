"""A manuscript as the rules see it: markers, the sentences that bear them, and the reference list, each with its line in the file.

The article is no guideline and never becomes one here: what a guideline says besides is empty, and the rules on it do not run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from rdflib import Graph

from edgewise.citations.formats.exchange import Reading
from edgewise.citations.formats.files import read as read_list
from edgewise.citations.reading.article import read_article
from edgewise.citations.reading.model import Article, ListEntry, Sentence
from edgewise.graph.model import Addition, Citation, Guideline, Identifier, Marker, Place, Reference, Statement
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_ISBN = re.compile(r"\bISBN(?:-1[03])?:?\s*([0-9][0-9 -]{8,20}[0-9Xx])")
_DATELESS = "missing-year"  # which R201 tells of all entries together
_NOTHING_READ = frozenset({"unreadable-file", "file-too-large"})


@dataclass(frozen=True)
class Manuscript:
    """What was read of one file.

    Attributes:
        file: its name, for findings.
        guideline: its citation links alone, as the rules ask for them.
        lines: of each marker, sentence and entry, by id.
        undivided: ids of entries of which the reader cannot tell author, title and journal apart.
        article: as read; None for a reference list.
        faults: what of a reference list could not be read as it stands; None for an article.
    """

    file: str
    guideline: Guideline
    lines: Mapping[str, int]
    undivided: frozenset[str] = frozenset()
    article: Article | None = None
    faults: tuple[Finding, ...] | None = None
    graph: Graph = field(default_factory=Graph, repr=False)

    def line(self, subject: str, _predicate: str | None = None, /) -> int:
        """The line of a marker, sentence or entry; 0 if it has none."""
        return self.lines.get(str(subject).removeprefix(f"{self.guideline.iri}/"), 0)


def iri_of(file: str) -> str:
    """A file as an IRI, relative if its path is.

    >>> iri_of("my drafts/knee.docx")
    'my%20drafts/knee.docx'
    """
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def of_list(path: Path, encoding: str = "") -> Manuscript:
    """A file that is a reference list, in the encoding that is named, if one is.

    Raises:
        SourceError: nothing of it can be read.
    """
    return of_reading(read_list(path, stated_by="source", encoding=encoding), str(path))


def of_reading(read: Reading, name: str) -> Manuscript:
    """A reference list that was read, under the file's name.

    Raises:
        SourceError: nothing of it could be.
    """
    if not read.references and any(finding.rule in _NOTHING_READ for finding in read.findings):
        raise SourceError(read.findings)
    references = {reference.id: reference for reference in read.references}
    lines = dict(zip(references, read.lines, strict=True))
    faults = tuple(finding for finding in read.findings if finding.rule != _DATELESS)
    return Manuscript(name, _guideline(name, Path(name).name, references=references), lines, faults=faults)


def of_article(path: Path, encoding: str = "") -> Manuscript:
    """A file that is an article, in the encoding that is named, if one is.

    Raises:
        SourceError: it cannot be read.
    """
    return of_read(read_article(path, encoding=encoding))


def of_read(article: Article) -> Manuscript:
    r"""An article that was read.

    >>> from edgewise.citations.reading.article import read_article_text
    >>> text = "Care\n\nRest helps.[1] Ice helps.[2]\n\nReferences\n\n1. Lee A. Rest. 2001.\n2. Ray B. Ice. 2002.\n"
    >>> made = of_read(read_article_text(text, "rest.txt", "text"))
    >>> made.guideline.markers["marker-2"].entry, made.line("rest.txt/marker-2")
    ('reference-2', 3)
    """
    entries = {f"reference-{place}": entry for place, entry in enumerate(article.references, 1)}
    first = {entry.number: id for id, entry in reversed(entries.items())}
    statements: dict[str, Statement] = {}
    lines = {id: entry.line for id, entry in entries.items()}
    numbers: set[int] = set()
    for sentence in article.sentences:
        cited = dict.fromkeys(number for marker in sentence.markers for number in marker.numbers)
        for number in cited:
            lines.setdefault(f"marker-{number}", next(marker.line for marker in sentence.markers if number in marker.numbers))
        if cited:
            statement = _statement(sentence, list(cited), statements)
            statements[statement.id], lines[statement.id] = statement, sentence.line
            numbers |= set(cited)
    markers = {f"marker-{number}": Marker(f"marker-{number}", str(number), first.get(number, "")) for number in sorted(numbers)}
    for place, lacking in enumerate((one for one in article.abstentions if one.kind == "lacking"), 1):
        id = f"citation-{place}"
        markers[id], lines[id] = Marker(id, lacking.raw.strip(), note=lacking.why), lacking.line
    references = {id: _reference(id, entry) for id, entry in entries.items()}
    held = _guideline(article.name, article.title, statements, markers, references)
    undivided = frozenset(id for id, entry in entries.items() if not (entry.title and (entry.author or entry.container)))
    return Manuscript(article.name, held, lines, undivided, article)


def _statement(sentence: Sentence, cited: list[int], taken: Mapping[str, Statement]) -> Statement:
    """A sentence under the name by which an editor finds it: its line, or its number where a format has no lines."""
    name = f"line-{sentence.line}" if sentence.line else f"sentence-{sentence.index}"
    id = name if name not in taken else f"{name}-sentence-{sentence.index}"
    citations = tuple(Citation(f"{id}/citations/{place}", f"marker-{number}") for place, number in enumerate(cited, 1))
    place = sentence.place
    where = Place(place.section, place.part, place.ordinal or None, place.sentence or None)
    return Statement(id, "evidence", "", where, sentence.fingerprint, citations)


def _reference(id: str, entry: ListEntry) -> Reference:
    return Reference(
        id, entry.number, entry.title or entry.raw[:200], entry.year, entry.container, entry.author, entry.kind,
        identifiers=tuple(_identifiers(entry)),
        additions=tuple(Addition(field, value, "source", confirmed=False) for field, value in entry.additions.items()),
    )  # fmt: skip


def _identifiers(entry: ListEntry) -> Iterator[Identifier]:
    """Those that the reader tells, and what else a reader of the entry could open."""
    isbn, address = _ISBN.search(entry.raw), _ADDRESS.search(entry.raw)
    found = {"doi": entry.doi, "pmid": entry.pmid, "isbn": isbn[1] if isbn else "", "url": address[0].rstrip(".,;)]") if address else ""}
    yield from (Identifier(scheme, value, "source", confirmed=False) for scheme, value in found.items() if value)


def _guideline(
    file: str,
    title: str,
    statements: Mapping[str, Statement] | None = None,
    markers: Mapping[str, Marker] | None = None,
    references: Mapping[str, Reference] | None = None,
) -> Guideline:
    return Guideline(
        "manuscript", iri_of(file), title or file, "", "", "", "", "", "", "", draft=True,
        statements=statements or {}, markers=markers or {}, references=references or {},
    )  # fmt: skip
