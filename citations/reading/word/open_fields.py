"""Fields as they open and close while a document is read: code and result lie in runs one after the other, one field within another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from edgewise.citations.reading.word.pieces import Citation, Link
from edgewise.citations.reading.word.programs import NOTHING, Meaning, of_field

MOST_CODE = 4_000_000  # characters of one field; a citation of fifty works with their abstracts has 300,000
MOST_OPEN = 50


class HugeField(ValueError):
    """A field holds more than any citation does, or fields lie in one another without end."""


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    packed: list[str] = field(default_factory=list)
    length: int = 0
    in_result: bool = False
    meaning: Meaning = NOTHING


class OpenFields:
    r"""The fields that are open at a place of the document.

    >>> fields = OpenFields({})
    >>> fields.begin(); fields.add_code(" REF _Ref1 \\h "); fields.visible
    False
    >>> fields.separate().link.bookmark, fields.visible, fields.link.bookmark
    ('_Ref1', True, '_Ref1')
    """

    def __init__(self, sources: Mapping[str, Mapping[str, Any]]) -> None:
        self._sources = sources
        self._open: list[_Field] = []

    @property
    def visible(self) -> bool:
        """Whether what comes next is printed: it belongs to the code of no field."""
        return all(one.in_result for one in self._open)

    @property
    def link(self) -> Link | None:
        """What the text that comes next cites; a citation before a link inside it."""
        links = [one.meaning.link for one in self._open if one.in_result and one.meaning.link is not None]
        return next((one for one in links if isinstance(one, Citation)), links[0] if links else None)

    @property
    def in_bibliography(self) -> bool:
        """Whether what comes next belongs to a printed list."""
        return any(one.in_result and one.meaning.bibliography for one in self._open)

    def enter(self, meaning: Meaning) -> None:
        """Open what is a content control or a hyperlink, and has a result alone.

        Raises:
            HugeField: too many are open.
        """
        self.begin()
        self._open[-1].in_result, self._open[-1].meaning = True, meaning

    def begin(self) -> None:
        """Open a field.

        Raises:
            HugeField: too many are open.
        """
        if len(self._open) >= MOST_OPEN:
            raise HugeField
        self._open.append(_Field())

    def add_code(self, text: str, *, packed: bool = False) -> None:
        """Append to the code of the innermost field, or to what it holds besides.

        Raises:
            HugeField: that is too much.
        """
        if not self._open or self._open[-1].in_result:
            return
        innermost = self._open[-1]
        innermost.length += len(text)
        if innermost.length > MOST_CODE:
            raise HugeField
        (innermost.packed if packed else innermost.code).append(text)

    def separate(self) -> Meaning:
        """The code of the innermost field is complete, and its result follows."""
        if not self._open or self._open[-1].in_result:
            return NOTHING
        innermost = self._open[-1]
        innermost.in_result = True
        innermost.meaning = of_field("".join(innermost.code), "".join(innermost.packed), self._sources)
        return innermost.meaning

    def end(self) -> Meaning:
        """Close the innermost field; its meaning if it never had a result. EndNote's data lies in a field within the code of another."""
        if not self._open:
            return NOTHING
        closed = self._open[-1]
        meaning = NOTHING if closed.in_result else self.separate()
        self._open.pop()
        if self._open and not self._open[-1].in_result:
            self._open[-1].packed += closed.packed
        return meaning

    def leave(self) -> None:
        """Close what was entered, and what was left open within it is closed with it."""
        while self._open:
            one = self._open.pop()
            if one.in_result and not one.code:
                return
