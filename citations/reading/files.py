"""An article's file as bytes or text of a bounded size; what it cannot be read as, it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
        data = _decode(data, name)
    text = _CONTROL.sub(" ", _BREAKS.sub("\n", data.removeprefix("\ufeff")))
    if text.count("\n") > MOST_LINES:
        raise fail(name, "too-large", f"the text holds more than {MOST_LINES:,} lines", 0, "give the article alone, without tables of data")
    return text


def _decode(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif b"\x00" in data[:4096]:
        raise fail(name, "not-text", "this is not a text file", 0, "save the article as text, Markdown, HTML, JATS XML or DOCX")
    else:
        encoding = "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not {encoding.upper()} text"
        raise fail(name, "not-utf-8", message, line, "save the file as UTF-8") from None
