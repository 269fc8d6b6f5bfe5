"""From blocks to an article: its reference list set apart, its sections, sentences, places and markers in their order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from edgewise.citations.reading.asides import asides_of_sections
from edgewise.citations.reading.author_year import by_author_year
from edgewise.citations.reading.fingerprint import fingerprint, normalize
from edgewise.citations.reading.lost_superscripts import Doubt
from edgewise.citations.reading.marker_styles import Found, find_markers
from edgewise.citations.reading.model import (
    Abstention,
    Article,
    ArticlePlace,
    Block,
    Document,
    ListEntry,
    Part,
    PrintedMarker,
    Section,
    Sentence,
    Span,
    Style,
)
from edgewise.citations.reading.reference_list import entries as read_entries
from edgewise.citations.reading.reference_list import find_list
from edgewise.citations.reading.sentences import bare, cut

_Item = TypeVar("_Item")
_TITLE_WORDS = 25
_Raw = tuple[int, Part, int, int]  # block, part, start and end of a sentence


def assemble(document: Document, name: str, format: str, style: Style | None = None) -> Article:
    """The article that a format's reader has cut into blocks.

    >>> document = Document((Block("heading", "Care"), Block("paragraph", "Rest helps [1]. Belts do [2].")))
    >>> article = assemble(document, "a.txt", "text", "bracket")
    >>> [(marker.section, marker.sentence, marker.numbers) for marker in article.markers]
    [('Care', 1, (1,)), ('Care', 2, (2,))]
    """
    blocks, entries = _apart(document)
    found = _found(document, blocks, entries, style)
    builder = _Builder(blocks, found)
    builder.build()
    return Article(
        name, format, found.style, document.title or _title(document.blocks), tuple(builder.sections), entries, tuple(builder.abstentions),
        document.linked, document.link_faults, document.authors, document.dated,
        document.asides if document.tagged else tuple(asides_of_sections(builder.sections)),
    )  # fmt: skip


def _found(document: Document, blocks: Sequence[Block], entries: Sequence[ListEntry], style: Style | None) -> Found:
    numbered = find_markers(document, blocks, len(entries), style, {entry.number: entry.raw for entry in entries})
    if style not in (None, "author-year"):
        return numbered
    return by_author_year(document, blocks, entries, numbered, known=style is not None) or numbered


def _apart(document: Document) -> tuple[list[Block], tuple[ListEntry, ...]]:
    blocks = list(document.blocks)
    if document.entries:
        return blocks, document.entries
    place = find_list(blocks)
    if place is None:
        return blocks, ()
    start, end = place
    return blocks[:start] + blocks[end:], read_entries(blocks[start + 1 : end])


def _title(blocks: Sequence[Block]) -> str:
    """The first heading of the highest level that a format marks, or a short first line; empty where neither is there."""
    marked = [block for block in blocks if block.kind == "heading" and block.level]
    first = blocks[0] if blocks else None
    if first is not None and first.kind != "heading" and len(first.text.split()) <= _TITLE_WORDS and not first.text.endswith("."):
        return first.text
    return marked[0].text if marked else ""


class _Builder:
    def __init__(self, blocks: Sequence[Block], found: Found) -> None:
        self.blocks, self.found = blocks, found
        self.sections: list[Section] = []
        self.abstentions: list[Abstention] = []
        self.index = self.paragraph = 0
        self._doubts: dict[int, list[Doubt]] = {}
        for doubt in found.doubts:
            self._doubts.setdefault(doubt.block, []).append(doubt)

    def build(self) -> None:
        start = 0
        for index in range(1, len(self.blocks) + 1):
            if index == len(self.blocks) or self.blocks[index].kind == "heading":
                self._section(start, index)
                start = index

    def _section(self, start: int, end: int) -> None:
        if start == end:
            return
        head = self.blocks[start]
        title = bare(head.text, 0, len(head.text), self.found.spans[start]) if head.kind == "heading" else ""
        places = _places(title, self._raw(start, end))
        sentences: list[Sentence] = []
        count = 0
        for raw, place in places:
            count += place.part != "heading"
            sentences.append(self._sentence(raw, place, count))
        level = head.level if head.kind == "heading" else 0
        self.sections.append(Section(title, level, len(self.sections) + 1, head.line(), tuple(sentences)))

    def _raw(self, start: int, end: int) -> list[_Raw]:
        """The sentences of a section, each with the part of the section that it belongs to."""
        listed = False
        has_list = any(block.kind == "bullet" for block in self.blocks[start:end])
        found: list[_Raw] = []
        for index in range(start, end):
            block = self.blocks[index]
            part: Part = "sentence"
            if block.kind in ("heading", "bullet"):
                part = "heading" if block.kind == "heading" else "bullet"
            elif block.kind == "cell":
                part = "cell"
            elif has_list:
                part = "close" if listed else "lead"
            listed = listed or block.kind == "bullet"
            cuts = [(0, len(block.text))] if part == "heading" else cut(block.text, self.found.spans[index])
            found += [(index, part, a, b) for a, b in cuts]
        return found

    def _sentence(self, raw: _Raw, place: ArticlePlace, count: int) -> Sentence:
        index, part, start, end = raw
        block = self.blocks[index]
        self.index += 1
        if part in ("heading", "cell"):
            paragraph = 0
        else:
            self.paragraph += start == 0 or not block.text[:start].strip()
            paragraph = self.paragraph
        text = bare(block.text, start, end, self.found.spans[index])
        line = block.line(start + len(block.text[start:end]) - len(block.text[start:end].lstrip()))
        spans = _within(self.found.spans[index], start, end, key=lambda span: span.start)
        made = [_marker(block, span, place, count, self.found.style, paragraph) for span in spans]
        for doubt in _within(self._doubts.get(index, ()), start, end, key=lambda doubt: doubt.span.start):
            span = doubt.span
            printed = block.text[span.start : span.end]
            self.abstentions.append(Abstention(span.numbers, printed, block.line(span.start), place.section, count, doubt.why, doubt.kind))
        mark = fingerprint(text) if normalize(text) else ""
        return Sentence(self.index, text, mark, place, line, paragraph, tuple(made))


def _within(items: Sequence[_Item], start: int, end: int, *, key: Callable[[_Item], int]) -> Sequence[_Item]:
    """Those that begin within a sentence; they are in order."""
    return items[bisect_left(items, start, key=key) : bisect_left(items, end, key=key)]


def _marker(block: Block, span: Span, place: ArticlePlace, count: int, style: Style, paragraph: int) -> PrintedMarker:
    return PrintedMarker(
        span.numbers, span.raw or block.text[span.start : span.end], block.line(span.start), place.section, count, style, paragraph
    )


def _places(section: str, raws: Sequence[_Raw]) -> list[tuple[_Raw, ArticlePlace]]:
    """Places as docs/model.md counts them: bullets and their sentences, other sentences within their part of the section."""
    totals: dict[tuple[Part, int], int] = {}
    for index, part, _, _ in raws:
        totals[part, index] = totals.get((part, index), 0) + 1
    leads = sum(part == "lead" for _, part, _, _ in raws)
    counts: dict[Part, int] = {}
    found: list[tuple[_Raw, ArticlePlace]] = []
    last, within = -1, 0
    for raw in raws:
        index, part = raw[0], raw[1]
        within = within + 1 if index == last else 1
        place = ArticlePlace(section, part)
        if part in ("bullet", "cell"):
            counts[part] = counts.get(part, 0) + (within == 1)
            place = replace(place, ordinal=counts[part], sentence=within if totals[part, index] > 1 else 0)
        elif part != "heading" and not (part == "lead" and leads == 1):
            counts[part] = counts.get(part, 0) + 1
            place = replace(place, ordinal=counts[part])
        last = index
        found.append((raw, place))
    return found
