"""The list of an article that cites by key: its entries in the order in which they are first cited, and what leads nowhere."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from functools import partial

from edgewise.citations.reading.bibliographies import Bibliography
from edgewise.citations.reading.citation_keys import Cited, Footnote, cited
from edgewise.citations.reading.model import Block, LinkFault, ListEntry
from edgewise.citations.reading.reference_list import entries as read_entries
from edgewise.citations.reading.text_builder import Text

_HANDLE = "can be a citation by its key or somebody's name on a network: no list has it"
_NOTE = "is a footnote beside a printed reference list: a note, or a citation that the list does not number"


class CitedKeys:
    """Numbers each key, and each footnote, where it is first cited.

    >>> keys, text = CitedKeys(Bibliography(), {}, {"lee"}), Text()
    >>> keys.add(text, "Rest helps [@ray1999], says @lee.", 1)
    >>> [span.numbers for span in text.block("paragraph").tagged], [entry.raw for entry in keys.entries]
    ([(1,), (2,)], ['ray1999', 'lee'])
    """

    def __init__(self, held: Bibliography, notes: Mapping[str, Footnote], known: Container[str]) -> None:
        self.entries: list[ListEntry] = []
        self.faults: list[LinkFault] = []
        self._held, self._notes, self._known = held, notes, known
        self._numbers: dict[tuple[bool, str], tuple[int, ...]] = {}

    def add(self, text: Text, words: str, line: int, between: Callable[[str], None] | None = None) -> None:
        """Append a piece of text with its citations; `between` appends what stands between them, if it can hold markers of another kind."""
        between = between or partial(text.add, line=line)
        last = 0
        for one in cited(words, self._known):
            between(words[last : one.start])
            printed = words[one.start : one.end]
            numbers = tuple(number for key in one.keys for number in self._cite(one, key, printed, line)) if one.sure else ()
            if numbers:
                text.tag(printed, numbers, line)
            elif one.sure and (not one.footnote or self._notes):
                text.add(printed, line)
            else:
                text.doubt(printed, (), line, _NOTE if one.footnote else _HANDLE, "figure")
            last = one.end
        between(words[last:])

    def _cite(self, one: Cited, key: str, printed: str, line: int) -> tuple[int, ...]:
        """The numbers of a key; of a footnote that cites by key those of its keys."""
        name = one.footnote, key
        if name not in self._numbers:
            self._numbers[name] = self._note(key, printed, line) if one.footnote else self._keyed(key, line)
        return self._numbers[name]

    def _note(self, label: str, printed: str, line: int) -> tuple[int, ...]:
        note = self._notes.get(label)
        if note is None:
            if self._notes:
                self.faults.append(LinkFault(printed, line, "leads to no footnote"))
            return ()
        inner = [one for one in cited(note.text, self._known) if one.sure and not one.footnote]
        if inner:
            return tuple(number for one in inner for key in one.keys for number in self._cite(one, key, f"@{key}", note.line))
        return self._entry(
            read_entries([Block("entry", note.text, ((0, note.line),))])[0] if note.text else ListEntry(0, False, label, note.line)
        )

    def _keyed(self, key: str, line: int) -> tuple[int, ...]:
        entry = self._held.entries.get(key)
        if entry is None and self._held.name:
            self.faults.append(LinkFault(f"@{key}", line, f"leads to no entry of {self._held.name}"))
            return ()
        return self._entry(entry or ListEntry(0, False, key, line))

    def _entry(self, entry: ListEntry) -> tuple[int, ...]:
        self.entries.append(replace(entry, number=len(self.entries) + 1, printed=False))
        return (len(self.entries),)
