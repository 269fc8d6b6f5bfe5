"""A paragraph in pieces: its text, and what a field, a link or a note says of a part of it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from edgewise.citations.reading.model import BlockKind


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a reference manager keeps it in the document: its key there, and what is known of it, as a CSL item."""

    key: str
    item: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Citation:
    """A field that cites: the program it belongs to, the works it names, and how the program itself printed it last, if it says so."""

    program: str
    works: tuple[Work, ...] = ()
    wrote: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """A cross-reference or link to a bookmark; `field`: Word itself keeps its text up to date."""

    bookmark: str
    field: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class NoteMark:
    """The mark of a footnote or endnote."""

    note: str


def unpacked(packed: str) -> str:
    """What a program packed in base64, as text; empty where it is none.

    >>> unpacked("UmVz dA"), unpacked("?!x")
    ('Rest', '')
    """
    plain = "".join(packed.split())
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


Link = Citation | Anchor | NoteMark


@dataclass(slots=True)
class Piece:
    """A stretch of text of one kind."""

    text: str
    raised: bool = False
    link: Link | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it is printed; `ordinal` counts all of the document from 1, `number` is what Word sets before it."""

    ordinal: int
    kind: BlockKind = "paragraph"
    level: int = 0
    number: str = ""
    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    in_bibliography: bool = False

    def add(self, text: str, *, raised: bool = False, link: Link | None = None) -> None:
        """Append text; neighbours of one kind become one piece."""
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.link is link and (link is not None or last.raised == raised):
            last.text += text
            last.raised = last.raised or (raised and bool(text.strip()))
        elif text or link is not None:
            self.pieces.append(Piece(text, raised, link))

    def take(self, before: Paragraph) -> None:
        """Begin with what another paragraph held."""
        self.pieces[:0] = before.pieces
        self.bookmarks[:0] = before.bookmarks
        self.in_bibliography = self.in_bibliography or before.in_bibliography

    @property
    def text(self) -> str:
        """All of it, white space folded."""
        return " ".join("".join(piece.text for piece in self.pieces).split())
