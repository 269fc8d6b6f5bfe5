"""DOCX documents: paragraphs with their styles, lists, tables and notes; markers are fields, links, notes' marks and raised figures.

All changes that are tracked in a document are read as accepted; what is hidden is not read. `line` is the ordinal of a paragraph, since
such a file has no lines. Source: ECMA-376, Office Open XML, part 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from edgewise.citations.reading.model import Block, Document, Doubtful, LinkFault, Span
from edgewise.citations.reading.printed_markers import beyond, brackets, highest, is_raised_group, numbers, parentheses
from edgewise.citations.reading.text_builder import Text, overlapping
from edgewise.citations.reading.word.gathering import Gathered, gather
from edgewise.citations.reading.word.linking import Links, link
from edgewise.citations.reading.word.open_fields import HugeField
from edgewise.citations.reading.word.package import open_package
from edgewise.citations.reading.word.pieces import Citation, Paragraph, Piece
from edgewise.citations.reading.word.printed_list import printed_list
from edgewise.graph.reading.problems import fail


def docx_document(data: str | bytes, name: str) -> Document:
    """Blocks, tagged markers and reference list of a Word document.

    Raises:
        SourceError: it is no such document, would unfold into too much, or holds fields without end.

    >>> docx_document(b"PK", "a.docx")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: a.docx: error: this is not a Word document; save the article as .docx again [not-docx]
    """
    package = open_package(data.encode("utf-8", "replace") if isinstance(data, str) else data, name)
    try:
        gathered = gather(package)
    except HugeField:
        message = "the document holds a field, or parts within parts, larger than any article has"
        raise fail(name, "too-large", message, 0, "turn its fields into text in a copy (Ctrl+Shift+F9 in Word), and give that") from None
    return replace(_document(gathered), title=package.title)


def _document(gathered: Gathered) -> Document:
    listed = printed_list(gathered)
    links = link(gathered, listed)
    running = [one for one in gathered.paragraphs if one.ordinal not in listed.ordinals]
    beside = [one for held in gathered.notes.values() for one in held if one.ordinal not in listed.ordinals]
    typed = _Typed(running, links)
    blocks = [block for one in (*running, *beside) if (block := typed.block(one)) is not None]
    if not links.entries and not typed.fields:  # what the text alone tells, is read as in any other format
        return Document(tuple(blocks), link_faults=links.faults)
    faults = tuple(sorted((*links.faults, *typed.faults), key=lambda fault: fault.line))
    return Document(tuple(blocks), links.entries, tagged=typed.fields, linked=links.linked, link_faults=faults)


class _Typed:
    """Blocks with their markers: what fields, links and notes tag, and beside them what somebody typed."""

    def __init__(self, paragraphs: Sequence[Paragraph], links: Links) -> None:
        self.links = links
        self.faults: list[LinkFault] = []
        pieces = [piece for one in paragraphs for piece in one.pieces if isinstance(piece.link, Citation)]
        self.fields = bool(pieces)
        self.first = next((one.ordinal for one in paragraphs if any(isinstance(piece.link, Citation) for piece in one.pieces)), 0)
        self.style = _style(pieces)
        self.highest = highest(len(links.entries))

    def block(self, paragraph: Paragraph) -> Block | None:
        """A paragraph as a block; None if it prints nothing."""
        text, typed = Text(), list[Span]()
        for piece in paragraph.pieces:
            cited = self.links.cited(piece.text, piece.link)
            if cited:
                text.tag(piece.text if piece.text.strip() else ",".join(map(str, cited)), cited, paragraph.ordinal)
            elif piece.raised and is_raised_group(piece.text, text.tail, behind_marker=text.ends_in_tag):
                text.tag(piece.text, numbers(piece.text), paragraph.ordinal)
                typed.append(text.last_tag)
            else:
                text.add(piece.text, paragraph.ordinal)
        if not text:
            return None
        block = text.block(paragraph.kind, level=paragraph.level, key=paragraph.number)
        return self._with_typed(block, typed) if self.fields else block

    def _with_typed(self, block: Block, raised: Sequence[Span]) -> Block:
        """Beside fields, a number that was typed counts where it is printed as they are; elsewhere nobody can tell what it is."""
        counted, doubts = list(block.tagged), list[Doubtful]()
        for style, span in self._typed(block, raised):
            why = self._doubt(style, span, block.line())
            if style == "superscript":
                counted = [one for one in counted if not (why and one.start <= span.start < one.end and one.numbers == span.numbers)]
            elif not why:
                counted.append(span)
            if why:
                doubts.append(Doubtful(span, why))
            else:
                self.faults.append(LinkFault(block.text[span.start : span.end], block.line(), _BY_HAND))
        return replace(block, tagged=tuple(sorted(counted, key=lambda span: span.start)), doubtful=tuple(doubts))

    def _typed(self, block: Block, raised: Sequence[Span]) -> Iterator[tuple[str, Span]]:
        yield from (("superscript", span) for span in raised)
        for style, found in (
            ("bracket", brackets(block.text)),
            ("parenthesis", parentheses(block.text) if self.style == "parenthesis" else ()),
        ):
            yield from ((style, span) for span in found if not overlapping(span, block.tagged))

    def _doubt(self, style: str, span: Span, line: int) -> str:
        if max(span.numbers) > self.highest:
            return beyond(len(self.links.entries))
        if style == "parenthesis" or style != self.style or line < self.first:
            return "was typed, where the article's markers are fields: a citation by hand, or a figure"
        return ""


_BY_HAND = "is none: it was typed by hand where the others are fields, and keeps its number when theirs change"


def _style(pieces: Sequence[Piece]) -> str:
    """How the fields of a document print."""
    votes = {"bracket": 0, "parenthesis": 0, "superscript": 0}
    for piece in pieces:
        first = piece.text.strip()[:1]
        style = "bracket" if first == "[" else "parenthesis" if first == "(" else "superscript" if piece.raised else ""
        if style:
            votes[style] += 1
    return max(votes, key=lambda style: votes[style]) if any(votes.values()) else ""
