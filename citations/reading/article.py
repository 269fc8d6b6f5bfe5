"""An article's citation links, as an editor's copy shows them.

`read_article` opens one file, and of what it refers to nothing but the list of references that a Markdown article names in its own folder;
the article's text stays in memory and leaves it neither in `payload` nor in
a draft, which give places, fingerprints, markers and the reference list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from edgewise.citations.reading.assembly import assemble
from edgewise.citations.reading.drafting import draft, passages
from edgewise.citations.reading.file_formats import FORMATS, READERS, format_of
from edgewise.citations.reading.files import LIMIT, check_extent, check_size, decoded
from edgewise.citations.reading.markdown import markdown_document
from edgewise.citations.reading.model import Abstention, Article, ListEntry, PrintedMarker, Sentence, Style
from edgewise.graph.reading.files import content

__all__ = [
    "FORMATS",
    "Abstention",
    "Article",
    "Sentence",
    "Style",
    "article_beside",
    "draft",
    "passages",
    "payload",
    "read_article",
    "read_article_text",
]


def read_article(
    path: str | Path, *, format: str | None = None, style: Style | None = None, limit: int = LIMIT, encoding: str = ""
) -> Article:
    """Read an article's file; its ending tells the format unless `format` does.

    Args:
        path: a file ending in .txt, .md, .html, .xml (JATS), .docx or .pdf.
        format: ``text``, ``markdown``, ``html``, ``jats``, ``docx`` or ``pdf``.
        style: how markers are printed, if the reader should not find out by itself.
        limit: largest size in bytes.
        encoding: of its text, such as ``windows-1252``, where neither a byte-order mark nor UTF-8 nor the file itself tells.

    Raises:
        SourceError: it cannot be read; each finding says why and what to do.

    >>> read_article("nowhere.txt")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: nowhere.txt: error: there is no such file; check the path [no-file]
    """
    name = str(path)
    known = format or format_of(name)
    data: str | bytes = content(path, limit)
    if encoding and known not in ("docx", "pdf") and isinstance(data, bytes):
        check_size(data, name, limit)
        data = decoded(data, name, encoding)
    return read_article_text(data, name, known, style=style, limit=limit, folder=Path(path).parent)


def article_beside(guideline: str | Path) -> Path | None:
    """The article that lies beside a guideline's file as `article.txt`, or with another ending that can be read; None if there is none.

    Only where the text is one's own, or may be kept, does it lie there: any other is given to the audit each time.

    >>> from edgewise.graph.shelf import find
    >>> article_beside(find("ottawa-ankle")).name, article_beside(find("sacroiliac-sclerosis"))
    ('article.txt', None)
    """
    return next((file for ending in FORMATS if (file := Path(guideline).with_name(f"article{ending}")).is_file()), None)


def read_article_text(
    data: str | bytes, name: str, format: str, *, style: Style | None = None, limit: int = LIMIT, folder: Path | None = None
) -> Article:
    r"""Read an article that is already in memory.

    Args:
        data: its text or bytes.
        name: for messages only.
        format: ``text``, ``markdown``, ``html``, ``jats``, ``docx`` or ``pdf``.
        style: ``bracket``, ``superscript``, ``parenthesis``, ``bare``, ``author-year`` or ``tagged``; found out if None.
        limit: largest size in bytes.
        folder: of the file, in which the list may lie that a Markdown article names; None: none is looked for.

    Raises:
        SourceError: it cannot be read.
        ValueError: for another format.

    >>> article = read_article_text("Care\n\nRest helps. 1\nBelts do. 2, 3\n\nReferences\n\n1. Lee\n2. Ray\n3. Kim\n", "a.txt", "text")
    >>> article.style, [marker.numbers for marker in article.markers], len(article.references)
    ('bare', [(1,), (2, 3)], 3)
    """
    if format not in READERS:
        raise ValueError(f"unknown format {format!r}: known are {', '.join(sorted(READERS))}")
    check_size(data, name, limit)
    document = markdown_document(data, name, folder) if format == "markdown" else READERS[format](data, name)
    check_extent(document.blocks, name)
    return assemble(document, name, format, style)


def payload(article: Article) -> dict[str, Any]:
    """What was read, for programs; of the article's text only what is printed as marker or reference.

    ``markers`` are those of the running text (paragraphs and list items), ``elsewhere`` those of headings, table cells, captions' titles
    and abstracts. Markers by author and year have the numbers of their entries. ``sentence`` counts within the section, ``paragraph``
    within the article, both from 1.

    >>> from edgewise.citations.reading.model import Document
    >>> payload(assemble(Document(()), "a.txt", "text"))["markers"]
    []
    """
    inner = [(sentence, marker) for sentence in article.sentences for marker in sentence.markers]
    return {
        "file": article.name,
        "format": article.format,
        "style": article.style,
        "markers": [_marker(sentence, marker) for sentence, marker in inner if marker.paragraph],
        "elsewhere": [_marker(sentence, marker) for sentence, marker in inner if not marker.paragraph],
        "references": [_entry(entry) for entry in article.references],
        "abstained": [_abstention(abstention) for abstention in article.abstentions],
    }


def _marker(sentence: Sentence, marker: PrintedMarker) -> dict[str, Any]:
    place = sentence.place
    return {
        "numbers": list(marker.numbers),
        "raw": marker.raw,
        "section": marker.section,
        "sentence": marker.sentence,
        "line": marker.line,
        "paragraph": marker.paragraph,
        "place": {"part": place.part, "ordinal": place.ordinal, "sentence": place.sentence},
        "fingerprint": sentence.fingerprint,
    }


def _entry(entry: ListEntry) -> dict[str, Any]:
    return {
        "number": entry.number, "printed": entry.printed, "line": entry.line, "raw": entry.raw, "kind": entry.kind, "title": entry.title,
        "container": entry.container, "author": entry.author, "year": entry.year, "doi": entry.doi, "pmid": entry.pmid,
        "volume": entry.volume, "issue": entry.issue, "pages": entry.pages, "editors": entry.editors,
        "further": [_entry(work) for work in entry.further],
    }  # fmt: skip


def _abstention(abstention: Abstention) -> dict[str, Any]:
    return {
        "numbers": list(abstention.numbers), "raw": abstention.raw, "section": abstention.section, "sentence": abstention.sentence,
        "line": abstention.line, "why": abstention.why, "kind": abstention.kind,
    }  # fmt: skip
