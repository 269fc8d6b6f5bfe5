"""Which reader reads which format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from edgewise.citations.reading.docx import docx_document
from edgewise.citations.reading.files import as_text
from edgewise.citations.reading.html import html_document
from edgewise.citations.reading.jats import jats_document
from edgewise.citations.reading.markdown import markdown_document
from edgewise.citations.reading.model import Document
from edgewise.citations.reading.pdf import pdf_document
from edgewise.citations.reading.plain_text import plain_blocks
from edgewise.graph.reading.problems import fail

FORMATS = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".xml": "jats", ".nxml": "jats", ".jats": "jats", ".docx": "docx", ".pdf": "pdf",
}  # fmt: skip


def _plain(data: str | bytes, name: str) -> Document:
    return Document(tuple(plain_blocks(as_text(data, name))))


READERS: dict[str, Callable[[str | bytes, str], Document]] = {
    "text": _plain,
    "markdown": markdown_document,
    "html": html_document,
    "jats": jats_document,
    "docx": docx_document,
    "pdf": pdf_document,
}


def format_of(name: str) -> str:
    """The format that a file's ending names.

    Raises:
        SourceError: the ending names none.

    >>> format_of("article.NXML")
    'jats'
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise fail(
            name, "unknown-format", f"the ending '{suffix}' names no article format", 0, f"use a file ending in {known}, or name the format"
        )
    return FORMATS[suffix]
