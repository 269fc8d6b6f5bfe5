"""PDF files: the printed page read as one reads it; markers are links to the list, raised figures, or what is printed in brackets.

The letters come from PDFium, in a process of their own. `line` is the page, since such a file has no lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edgewise.citations.reading.model import Block, Document, LinkFault, ListEntry
from edgewise.citations.reading.printed_markers import beyond, brackets, coverage, is_raised_group, numbers, raisable
from edgewise.citations.reading.printed_pages.columns import in_reading_order
from edgewise.citations.reading.printed_pages.furniture import without_furniture
from edgewise.citations.reading.printed_pages.lines import Line, lines_of
from edgewise.citations.reading.printed_pages.listed import Entry, find_entries
from edgewise.citations.reading.printed_pages.opening import open_pages
from edgewise.citations.reading.printed_pages.paragraphs import Paragraph, paragraphs, setting
from edgewise.citations.reading.printed_pages.runs import Page, PageLink, Run
from edgewise.citations.reading.printed_pages.stretches import Stretch, stretches, vocabulary
from edgewise.citations.reading.reference_list import NUMBERED
from edgewise.citations.reading.reference_list import entries as read_entries
from edgewise.citations.reading.text_builder import Text

_OPENING = re.compile(r"(?:abstract|summary|introduction|background|objectives?|purpose|aims?|synopsis)\b", re.IGNORECASE)
_GLUE = re.compile(r"[\s,;\u2010-\u2015\u2212-]+(?=\d)")
_ABOVE = 4  # sizes of its type, that a link may lead to above an entry
_SHORT = 6  # letters between a name and its year that are linked to one entry
_LOST = 5  # entries that a list may have lost at its end


def pdf_document(data: str | bytes, name: str) -> Document:
    """Blocks, markers and reference list of a printed article.

    Raises:
        SourceError: it is damaged, locked, too long, or a picture of a text.

    >>> pdf_document(b"PK", "a.pdf")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: a.pdf: error: the PDF is damaged, or is none; save or download it again, or give the article as JATS XML, .docx, HTML, Markdown or text [not-pdf]
    """  # noqa: E501
    held = open_pages(data.encode("latin-1", "replace") if isinstance(data, str) else data, name)
    pages = held.pages
    kept = without_furniture(pages, [lines_of(page) for page in pages])
    lines = [line for page in kept for line in in_reading_order(page)]
    listed = find_entries(lines)
    words = vocabulary(lines)
    entries = read_entries([_entry_block(entry, words) for entry in listed.entries])
    links = _Links(pages, listed.entries, entries)
    found = paragraphs(listed.rest, setting(lines))
    texts = [stretches(one.lines, words, links.target) for one in found]
    builder = _Builder(found, texts, entries)
    blocks = tuple(block for one, text in zip(found, texts, strict=True) if (block := builder.block(one, text)).text)
    return Document(blocks, entries, title=_title(held.title), linked=frozenset(builder.linked), link_faults=tuple(builder.faults))


def _title(told: str) -> str:
    """A title that was given to the file, unless it is a file's name."""
    return told if len(told.split()) > 2 and "." not in told[-5:-1] else ""


def _entry_block(entry: Entry, words: frozenset[str]) -> Block:
    text = " ".join("".join(stretch.text for stretch in stretches(entry.lines, words)).split())
    if entry.number:
        text = NUMBERED.sub("", text, count=1)
    return Block("entry", text, ((0, entry.lines[0].page),), key=str(entry.number) if entry.number else "")


@dataclass(slots=True)
class _Place:
    entry: int
    line: Line


class _Links:
    """What the links of the pages lead to: entries by the place of their first line."""

    def __init__(self, pages: Sequence[Page], printed: Sequence[Entry], entries: Sequence[ListEntry]) -> None:
        places = (
            [_Place(entry.number, one.lines[0]) for one, entry in zip(printed, entries, strict=False)]
            if len(printed) == len(entries)
            else []
        )
        self._entries = {
            (page.number, index): entry for page in pages for index, link in enumerate(page.links) if (entry := _led(link, places))
        }

    def target(self, line: Line, run: Run) -> int:
        """The entry that a run is linked to; 0 for none."""
        return self._entries.get((line.page, run.link), 0)


def _led(link: PageLink, places: Sequence[_Place]) -> int:
    """The entry that begins nearest to where a link leads."""
    off = ((link.height - place.line.base - place.line.size, place) for place in places if place.line.page == link.page)
    near = [(abs(height), place) for height, place in off if -1 <= height / place.line.size <= _ABOVE]
    beside = [(off, place) for off, place in near if link.aside < 0 or abs(link.aside - place.line.left) < 60]
    return min(beside or near, key=lambda pair: pair[0])[1].entry if near else 0


class _Builder:
    """Blocks with their markers."""

    def __init__(self, found: Sequence[Paragraph], texts: Sequence[Sequence[Stretch]], entries: Sequence[ListEntry]) -> None:
        self.faults: list[LinkFault] = []
        self.linked: set[int] = set()
        self.printed = bool(entries) and all(entry.printed for entry in entries)
        self.highest = max((entry.number for entry in entries), default=999) + _LOST
        self.body = {id(text) for text in texts[_opening(found) :]}
        self.raised = self._counts_raised(texts, len(entries))

    def _counts_raised(self, texts: Sequence[Sequence[Stretch]], entries: int) -> bool:
        """Whether raised figures are the article's markers: they cite more of its list than brackets do."""
        raised = [self._raised_groups(text) for text in texts if id(text) in self.body]
        bracketed = [brackets("".join(stretch.text for stretch in text)) for text in texts]
        cited = {number for group in raised for held in group for number in held}
        share = len(cited) / entries if entries else float(len(cited) >= 3)
        return share > coverage(bracketed, entries)

    def _raised_groups(self, text: Sequence[Stretch]) -> list[tuple[int, ...]]:
        found = []
        for index, stretch in enumerate(text):
            before = "".join(one.text for one in text[max(0, index - 3) : index])
            after = text[index + 1].text if index + 1 < len(text) else ""
            if self._is_group(stretch, before, after):
                found.append(numbers(stretch.text))
        return found

    def _is_group(self, stretch: Stretch, before: str, after: str, *, behind_marker: bool = False) -> bool:
        if not stretch.raised or not is_raised_group(stretch.text, before, behind_marker=behind_marker):
            return False
        isotope = before[-1:].isspace() and not stretch.text[-1:].isspace() and after[:1].isalpha()
        return not isotope and max(numbers(stretch.text)) <= self.highest

    def _doubt(self, stretch: Stretch, before: str) -> str:
        """Why nobody can tell what a raised number is; empty where it is none, or plainly a power."""
        if not (stretch.raised and is_raised_group(stretch.text, before, behind_marker=True)):
            return ""
        if raisable(before):
            return beyond(self.highest - _LOST) if max(numbers(stretch.text)) > self.highest else ""
        word = before.split()[-1:] or [""]
        named = before[-1:].isdigit() and sum(c.isalpha() for c in word[0]) > 2
        return "is raised behind a name that ends in a figure: a marker, or a power" if named else ""

    def block(self, one: Paragraph, text: Sequence[Stretch]) -> Block:
        """A paragraph as a block."""
        made = Text()
        last = 0
        for index, given in enumerate(text):
            stretch = self._without_glue(given, made)
            near = made.ends_in_tag or (index > 0 and len(text[index - 1].text) < _SHORT)
            cited = self._linked(stretch, last if near else 0)
            last = stretch.entry or (last if len(stretch.text) < _SHORT else 0)
            if not cited and self.raised and id(text) in self.body:
                after = text[index + 1].text if index + 1 < len(text) else ""
                self._raised_stretch(made, stretch, after)
            elif cited:
                made.tag(stretch.text, cited, stretch.page)
            else:
                made.add(stretch.text, stretch.page)
        return made.block(one.kind, level=one.level)

    def _without_glue(self, stretch: Stretch, made: Text) -> Stretch:
        """A raised stretch without the comma or dash by which it goes on with a marker; that is added by itself."""
        glue = _GLUE.match(stretch.text) if stretch.raised and made.ends_in_tag else None
        if glue is None:
            return stretch
        made.add(glue[0], stretch.page)
        return replace(stretch, text=stretch.text[glue.end() :])

    def _raised_stretch(self, made: Text, stretch: Stretch, after: str) -> None:
        if self._is_group(stretch, made.tail, after, behind_marker=made.ends_in_tag):
            made.tag(stretch.text, numbers(stretch.text), stretch.page)
        elif why := self._doubt(stretch, made.tail):
            made.doubt(stretch.text, numbers(stretch.text), stretch.page, why, "figure")
        else:
            made.add(stretch.text, stretch.page)

    def _linked(self, stretch: Stretch, last: int) -> tuple[int, ...]:
        """Numbers of what is linked to an entry: those it prints, else the entry's; a name and its year are one citation."""
        if not stretch.entry:
            return ()
        self.linked.add(stretch.entry)
        shown = numbers(stretch.text) if all(not c.isalpha() for c in stretch.text) and not re.search(r"\d{4}", stretch.text) else ()
        if shown and self.printed and stretch.entry not in shown:
            self.faults.append(LinkFault(" ".join(stretch.text.split())[:60], stretch.page, f"leads to entry {stretch.entry} of the list"))
        return shown or (() if last == stretch.entry else (stretch.entry,))


def _opening(found: Sequence[Paragraph]) -> int:
    """Where the article begins behind its authors, whose institutions are numbered with raised figures too."""
    for index, one in enumerate(found):
        if one.lines[0].page > 2:
            break
        if _OPENING.match(one.text):
            return index
    return 0
