"""DOCX documents: paragraphs with their styles, lists, tables; markers are raised figures.

The file is a zip archive of XML: it is refused before it is opened if it would unfold into more than it may, and no relationship to
anything outside is followed.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as Word
from docx.table import Table
from docx.text.paragraph import Paragraph

from edgewise.citations.reading.model import Block, BlockKind, Document
from edgewise.citations.reading.printed_markers import numbers, raisable
from edgewise.citations.reading.text_builder import Text
from edgewise.graph.reading.problems import fail

MOST_UNFOLDED = 200 * 1024 * 1024  # bytes, pictures included
MOST_PARTS = 5_000
MOST_XML = 60 * 1024 * 1024
_GROUP = re.compile(r"[\s\[(]*\d{1,3}(?:[\s,;\u2010-\u2015\u2212-]{1,3}\d{1,3}){0,80}[\s\]).,;]*")
_BOMB = "an archive like this can exhaust the machine"


def docx_document(data: str | bytes, name: str) -> Document:
    """Blocks of a Word document; "line" is the ordinal of the paragraph, since such a file has no lines.

    Raises:
        SourceError: it is no such document, or would unfold into too much.

    >>> docx_document(b"PK", "a.docx")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: a.docx: error: this is not a Word document; save the article as .docx again [not-docx]
    """
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    _check_archive(raw, name)
    try:
        word = docx.Document(BytesIO(raw))
        blocks, title = tuple(_blocks(word)), str(word.core_properties.title or "")
    except Exception:  # python-docx and lxml raise whatever a broken part makes them stumble over
        raise fail(name, "not-docx", "this is not a Word document", 0, "save the article as .docx again") from None
    return Document(blocks, title=title)


def _check_archive(raw: bytes, name: str) -> None:
    try:
        with ZipFile(BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise fail(name, "not-docx", "this is not a Word document", 0, "save the article as .docx again") from None
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNFOLDED or xml > MOST_XML:
        raise fail(
            name, "too-large", f"the document unfolds into more than may be read; {_BOMB}", 0, "save it without pictures and attachments"
        )
    if any(part.file_size > 1_000_000 and part.file_size > 200 * max(part.compress_size, 1) for part in parts):
        raise fail(name, "too-large", f"a part of the document is packed suspiciously tight; {_BOMB}", 0, "save the article as .docx again")


def _blocks(word: Word) -> list[Block]:
    found: list[Block] = []
    ordinal = 0
    for item in word.iter_inner_content():
        if isinstance(item, Paragraph):
            ordinal += 1
            found += _block(item, ordinal)
        elif isinstance(item, Table):
            seen = set()
            for cell in (cell for row in item.rows for cell in row.cells):
                if cell._tc in seen:  # a merged cell is given once for every column it covers
                    continue
                seen.add(cell._tc)
                ordinal += 1
                found += [block for paragraph in cell.paragraphs for block in _block(paragraph, ordinal, "cell")]
    return found


def _block(paragraph: Paragraph, ordinal: int, kind: BlockKind | None = None) -> list[Block]:
    text = Text()
    for run in paragraph.iter_inner_content():
        for piece in getattr(run, "runs", [run]):  # a hyperlink holds runs of its own
            raised = bool(piece.font.superscript)
            words = piece.text
            if (
                raised
                and len(words) < 400
                and _GROUP.fullmatch(words)
                and any(numbers(words))
                and (text.ends_in_tag or raisable(text.tail))
            ):
                text.tag(words, numbers(words), ordinal)
            else:
                text.add(words, ordinal)
    style = str(paragraph.style.name if paragraph.style is not None else "")
    match = re.fullmatch(r"Heading (\d)|(Title)", style)
    if match:
        level = int(match[1] or 1)
        return [text.block("heading", level=level)] if text else []
    listed = style.startswith("List") or (paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None)
    return [text.block(kind or ("bullet" if listed else "paragraph"))] if text else []
