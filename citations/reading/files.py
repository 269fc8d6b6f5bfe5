"""An article's file as bytes or text of a bounded size; what it cannot be read as, it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edgewise.citations.formats.text_encodings import UndecodableText, text_of
from edgewise.citations.reading.model import Block
from edgewise.graph.reading.problems import fail

LIMIT = 20 * 1024 * 1024  # bytes; a long article in HTML has 2 MB, one in DOCX with pictures 10
MOST_LINES = 400_000
MOST_BLOCKS = 100_000
MOST_FIGURES = 100_000  # the longest of forty research articles has 2,500
_FIGURE = re.compile(r"\d+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def check_size(data: str | bytes, name: str, limit: int = LIMIT) -> None:
    """Refuse what is empty or too large.

    Raises:
        SourceError: with the reason.
    """
    if len(data) > limit:
        raise fail(
            name, "too-large", f"the article is larger than {limit:,} bytes", 0, "give the article alone, without pictures and appendices"
        )
    if not data.strip():
        raise fail(name, "empty-file", "the article has no content", 0, "check that the right file was saved")


def check_extent(blocks: Sequence[Block], name: str) -> None:
    """Refuse what holds more paragraphs or figures than any article: a data file, or an attack.

    Raises:
        SourceError: with the reason.
    """
    figures = sum(1 for block in blocks for _ in _FIGURE.finditer(block.text)) if len(blocks) <= MOST_BLOCKS else 0
    if len(blocks) > MOST_BLOCKS or figures > MOST_FIGURES:
        what = f"{MOST_BLOCKS:,} paragraphs" if len(blocks) > MOST_BLOCKS else f"{MOST_FIGURES:,} figures"
        raise fail(name, "too-large", f"the text holds more than {what}", 0, "give the article alone, without tables of data")


def as_text(data: str | bytes, name: str) -> str:
    r"""Text with one kind of line break; invisible control characters become spaces.

    Raises:
        SourceError: the bytes are not text in UTF-8.

    >>> as_text(b"\xef\xbb\xbfRest\r\nhelps\x07", "a.txt")
    'Rest\nhelps '
    """
    if isinstance(data, bytes):
        data = decoded(data, name)
    text = _CONTROL.sub(" ", _BREAKS.sub("\n", data.removeprefix("\ufeff")))
    if text.count("\n") > MOST_LINES:
        raise fail(name, "too-large", f"the text holds more than {MOST_LINES:,} lines", 0, "give the article alone, without tables of data")
    return text


def decoded(data: bytes, name: str, encoding: str = "") -> str:
    r"""Bytes as text, in the encoding that is named; else a byte-order mark tells, and without one they are UTF-8.

    Raises:
        SourceError: they are no such text.

    >>> decoded(b"caf\xe9", "a.txt", "windows-1252")
    'café'
    """
    try:
        return text_of(data, encoding)
    except UndecodableText as error:
        rule = "not-text" if b"\x00" in data[:4096] else "not-utf-8"
        repair = (
            error.repair
            if rule == "not-utf-8" or "--encoding" in error.repair
            else "save the article as text, Markdown, HTML, JATS XML or DOCX"
        )
        raise fail(name, rule, error.why, data.count(b"\n", 0, error.place) + 1 if rule == "not-utf-8" else 0, repair) from None
