"""The reference list that a document prints: a bibliography that a program keeps, one under its heading, or the notes themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edgewise.citations.reading.model import Block, ListEntry
from edgewise.citations.reading.reference_list import entries as read_entries
from edgewise.citations.reading.reference_list import find_list
from edgewise.citations.reading.word.gathering import Gathered
from edgewise.citations.reading.word.pieces import Citation, Paragraph

_LABEL = re.compile(r"\[?(\d{1,4})[\].]?")
_MOSTLY = 0.6  # of the notes, that tell when something appeared, to take them for references


@dataclass(frozen=True, slots=True)
class PrintedList:
    """The entries, the ordinals of their paragraphs, and what leads to them: bookmarks and notes."""

    entries: tuple[ListEntry, ...] = ()
    ordinals: frozenset[int] = frozenset()
    bookmarks: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)


def printed_list(gathered: Gathered) -> PrintedList:
    """The list of a document; without entries where none is found.

    >>> from edgewise.citations.reading.word.pieces import Piece
    >>> head = Paragraph(1, "heading", 1, pieces=[Piece("References")])
    >>> entry = Paragraph(2, "bullet", number="1", pieces=[Piece("Doe A. Rest. J A. 2001.")], bookmarks=["_Ref1"])
    >>> found = printed_list(Gathered([head, entry]))
    >>> found.entries[0].number, found.bookmarks, sorted(found.ordinals)
    (1, {'_Ref1': 1}, [1, 2])
    """
    paragraphs = gathered.paragraphs
    kept = [one for one in paragraphs if one.in_bibliography and one.kind != "heading" and one.text]
    if kept:
        return _of(kept, _heads(paragraphs, kept[0]))
    shown = [one for one in paragraphs if one.text]
    place = find_list([plain_block(one) for one in shown])
    if place is not None:
        start, end = place
        return _of(shown[start + 1 : end], frozenset({shown[start].ordinal}))
    return _of_notes(gathered)


def plain_block(paragraph: Paragraph) -> Block:
    """A paragraph as a block without markers; the number that Word sets before it is its key."""
    return Block(paragraph.kind, paragraph.text, ((0, paragraph.ordinal),), paragraph.level, key=paragraph.number)


def _heads(paragraphs: Sequence[Paragraph], first: Paragraph) -> frozenset[int]:
    """The heading before a list, which heads nothing else."""
    before = [one for one in paragraphs if one.ordinal < first.ordinal and one.text][-1:]
    return frozenset(one.ordinal for one in before if one.kind == "heading" or find_list([plain_block(one), plain_block(first)]))


def _of(paragraphs: Sequence[Paragraph], beside: frozenset[int]) -> PrintedList:
    entries = read_entries(_labelled(paragraphs))
    bookmarks = {}
    for paragraph in paragraphs:
        number = next((entry.number for entry in reversed(entries) if entry.line <= paragraph.ordinal), 0)
        bookmarks.update(dict.fromkeys(paragraph.bookmarks, number))
    return PrintedList(entries, beside | {one.ordinal for one in paragraphs}, bookmarks)


def _labelled(paragraphs: Sequence[Paragraph]) -> list[Block]:
    """Entries as blocks; where a table prints the number in a cell of its own, with that number as key."""
    found: list[Block] = []
    label = ""
    for paragraph in paragraphs:
        alone = _LABEL.fullmatch(paragraph.text)
        if alone:
            label = alone[1]
            continue
        found.append(Block("entry", paragraph.text, ((0, paragraph.ordinal),), key=label or paragraph.number))
        label = ""
    return found


def _of_notes(gathered: Gathered) -> PrintedList:
    """The notes, where they say by themselves what they cite and no program does."""
    if any(isinstance(piece.link, Citation) for one in gathered.paragraphs for piece in one.pieces):
        return PrintedList()
    for kind in ("endnote", "footnote"):
        notes = {note: held for note, held in gathered.notes.items() if note.startswith(kind) and any(one.text for one in held)}
        cited = any(isinstance(piece.link, Citation) for held in notes.values() for one in held for piece in one.pieces)
        blocks = [_note_block(held, number) for number, held in enumerate(notes.values(), 1)]
        entries = read_entries(blocks) if blocks and not cited else ()
        dated = sum(bool(entry.year or entry.doi or entry.pmid) for entry in entries)
        if entries and dated >= _MOSTLY * len(entries):
            ordinals = frozenset(one.ordinal for held in notes.values() for one in held)
            return PrintedList(entries, ordinals, notes={note: number for number, note in enumerate(notes, 1)})
    return PrintedList()


def _note_block(paragraphs: Sequence[Paragraph], number: int) -> Block:
    return Block("entry", " ".join(one.text for one in paragraphs if one.text), ((0, paragraphs[0].ordinal),), key=str(number))
