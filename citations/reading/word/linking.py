"""Fields, links and notes of a document as numbers of entries, and what of them is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from edgewise.citations.reading.model import LinkFault, ListEntry
from edgewise.citations.reading.word.gathering import Gathered
from edgewise.citations.reading.word.numbers import number_works, printed
from edgewise.citations.reading.word.pieces import Anchor, Citation, Link, Paragraph, Piece, Work
from edgewise.citations.reading.word.printed_list import PrintedList
from edgewise.citations.reading.word.works import as_entry, entries_of, named

_SHOWN = 60
_DEAD = re.compile(
    r"(?:Error|Fehler|Erreur|¡Error|Errore|Fout|Fel)\s?!.{0,20}(?:Reference|Bookmark|Verweis|Textmarke|source|signet|\w+)", re.IGNORECASE
)
_PLACES = ("_top", "_Toc")  # the document's beginning, and what its table of contents leads to


@dataclass(frozen=True, slots=True)
class Links:
    """What the links of a document lead to.

    Attributes:
        entries: of the printed list, or made of the works that fields hold.
        faults: links that are broken.
        linked: numbers of all entries that something leads to.
    """

    entries: tuple[ListEntry, ...]
    numbers: Mapping[str, frozenset[int]]
    bookmarks: Mapping[str, int]
    notes: Mapping[str, tuple[int, ...]]
    faults: tuple[LinkFault, ...] = ()
    linked: frozenset[int] = frozenset()

    def cited(self, text: str, link: Link | None) -> tuple[int, ...]:
        """Numbers that a stretch of text stands for: those it prints, and where it prints names, those of what it leads to."""
        if isinstance(link, Citation):
            return printed(text) or tuple(dict.fromkeys(number for work in link.works for number in self._of(work)))
        if isinstance(link, Anchor):
            number = self.bookmarks.get(link.bookmark, 0)
            if number or text.lstrip().startswith("["):  # what leads nowhere is a marker still, if it is printed as one
                return printed(text) or ((number,) if number else ())
            return ()
        return self.notes.get(link.note, ()) if link is not None else ()

    def _of(self, work: Work) -> frozenset[int]:
        found = self.numbers.get(work.key, frozenset())
        return found if len(found) == 1 else frozenset()


def link(gathered: Gathered, listed: PrintedList) -> Links:
    """Follow all links of a document.

    >>> cited = Piece("[1]", link=Citation("Zotero", (Work("a", {"title": "Rest"}),)))
    >>> links = link(Gathered([Paragraph(1, pieces=[cited])]), PrintedList())
    >>> links.entries[0].title, links.cited(cited.text, cited.link)
    ('Rest', (1,))
    """
    fields = list(_fields(gathered))
    works = tuple({work.key: work for _, _, citation in fields for work in citation.works if work.item}.values())
    told = number_works([([work.key for work in citation.works], printed(piece.text)) for _, piece, citation in fields])
    if listed.entries:
        entries, numbers = listed.entries, _settled(entries_of(works, listed.entries), told)
    else:
        entries = tuple(as_entry(work, told[work.key]) for work in sorted(works, key=lambda work: told[work.key]))
        numbers = {key: frozenset({number}) for key, number in told.items()}
    links = Links(entries, numbers, listed.bookmarks, _notes(gathered, listed, numbers))
    faults = [*_broken_data(gathered), *_field_faults(fields, links, bool(listed.entries)), *_cross_faults(gathered, links)]
    return Links(
        entries, numbers, listed.bookmarks, links.notes, tuple(sorted(faults, key=lambda fault: fault.line)), _linked(gathered, links)
    )


def _fields(gathered: Gathered) -> Iterator[tuple[Paragraph, Piece, Citation]]:
    for paragraph in _all(gathered):
        for piece in paragraph.pieces:
            if isinstance(piece.link, Citation):
                yield paragraph, piece, piece.link


def _all(gathered: Gathered) -> Iterator[Paragraph]:
    yield from gathered.paragraphs
    for held in gathered.notes.values():
        yield from held


def _settled(candidates: Mapping[str, frozenset[int]], told: Mapping[str, int]) -> Mapping[str, frozenset[int]]:
    """Of several entries that a work may be, the one that its fields print."""
    return {key: frozenset({told[key]}) if len(held) > 1 and told.get(key) in held else held for key, held in candidates.items()}


def _notes(gathered: Gathered, listed: PrintedList, numbers: Mapping[str, frozenset[int]]) -> dict[str, tuple[int, ...]]:
    """Notes that are entries, and notes in which fields cite."""
    found: dict[str, tuple[int, ...]] = {note: (number,) for note, number in listed.notes.items()}
    for note, paragraphs in gathered.notes.items():
        works = [work for one in paragraphs for piece in one.pieces if isinstance(piece.link, Citation) for work in piece.link.works]
        cited = tuple(dict.fromkeys(number for work in works for number in numbers.get(work.key, ())))
        if cited:
            found[note] = cited
    return found


def _linked(gathered: Gathered, links: Links) -> frozenset[int]:
    there = {entry.number for entry in links.entries}
    pieces = (piece for paragraph in _all(gathered) for piece in paragraph.pieces if piece.link is not None)
    found = {number for piece in pieces for number in links.cited(piece.text, piece.link)}
    led_to = {number for held in links.numbers.values() if len(held) == 1 for number in held}
    return frozenset((found | led_to) & there)


def _broken_data(gathered: Gathered) -> Iterator[LinkFault]:
    texts = {id(piece.link): piece.text for one in _all(gathered) for piece in one.pieces}
    for citation, line in gathered.broken:
        yield _fault(texts.get(id(citation), ""), line, f"is a field of {citation.program} whose data cannot be read")


def _field_faults(fields: Sequence[tuple[Paragraph, Piece, Citation]], links: Links, is_printed: bool) -> Iterator[LinkFault]:
    for paragraph, piece, citation in fields:
        why = _lacking(citation, links) if is_printed else ""
        why = why or _disagreement(piece.text, citation, links) or _by_hand(piece.text, citation)
        if why:
            yield _fault(piece.text, paragraph.ordinal, why)


def _lacking(citation: Citation, links: Links) -> str:
    lost = [work for work in citation.works if links.numbers.get(work.key) == frozenset()]
    return f"cites {' and '.join(named(work) for work in lost[:3])}, of which the printed list has no entry" if lost else ""


def _disagreement(text: str, citation: Citation, links: Links) -> str:
    """A field's number against the entries of its works, where all of them are known."""
    shown = printed(text)
    held = [links.numbers.get(work.key, frozenset()) for work in citation.works]
    if not shown or not held or any(len(one) != 1 for one in held):
        return ""
    meant = sorted({number for one in held for number in one})
    if meant == sorted(set(shown)):
        return ""
    told = ", ".join(map(str, meant))
    return f"is a field of {citation.program} for {'entries' if len(meant) > 1 else 'entry'} {told} of the list"


def _by_hand(text: str, citation: Citation) -> str:
    wrote, shown = printed(citation.wrote), printed(text)
    if wrote and shown and set(wrote) != set(shown):
        return f"was changed by hand: {citation.program} itself wrote '{citation.wrote[:_SHOWN]}', and will again"
    return ""


def _cross_faults(gathered: Gathered, links: Links) -> Iterator[LinkFault]:
    for paragraph in _all(gathered):
        for piece in paragraph.pieces:
            why = _dead(piece, gathered.bookmarks, links)
            if why:
                yield _fault(piece.text, paragraph.ordinal, why)


def _dead(piece: Piece, bookmarks: set[str], links: Links) -> str:
    text = " ".join(piece.text.split())
    if _DEAD.match(text) or (piece.link is None and "Error! Reference source not found" in text):
        return "leads nowhere: what it referred to is no longer in the document"
    if not isinstance(piece.link, Anchor) or not text:
        return ""
    name = piece.link.bookmark
    if name not in bookmarks and not name.startswith(_PLACES):
        return f"leads nowhere: the document has no bookmark '{name[:_SHOWN]}'"
    number, shown = links.bookmarks.get(name, 0), printed(text)
    return f"leads to entry {number} of the list" if number and shown and number not in shown else ""


def _fault(text: str, line: int, why: str) -> LinkFault:
    return LinkFault(" ".join(text.split())[:_SHOWN], line, why)
