"""A document's paragraphs in their order, as they are printed once all changes are accepted: body, tables, text boxes, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from edgewise.citations.reading.model import BlockKind
from edgewise.citations.reading.word.elements import Element, attribute, child, switched, tag, value
from edgewise.citations.reading.word.numbering import Numbering
from edgewise.citations.reading.word.open_fields import HugeField, OpenFields
from edgewise.citations.reading.word.package import Package
from edgewise.citations.reading.word.pieces import Anchor, Citation, NoteMark, Paragraph
from edgewise.citations.reading.word.programs import Meaning, of_control
from edgewise.citations.reading.word.styles import Styles, is_raised, list_of, outline_of
from edgewise.citations.reading.word.word_sources import sources

MOST_PARAGRAPHS = 100_000
DEEPEST = 200
_REMOVED = frozenset({"del", "moveFrom", "delText", "delInstrText"})
_UNREAD = frozenset(
    {"pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "oMath", "oMathPara", "object", "ruby"}
)
_ENTRY = re.compile(r"\s*(?:\[\d{1,4}\]|\d{1,4}[.)]\s)")  # begins one where ONLYOFFICE keeps a whole list in one paragraph
_SPACES = frozenset({"tab", "br", "cr", "ptab", "oMath", "oMathPara", "sym"})
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_BOXES = frozenset({"txbxContent"})


@dataclass(slots=True)
class Gathered:
    """What a document holds: `notes` are those that the text has marks of, in the order of their marks."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: dict[str, list[Paragraph]] = field(default_factory=dict)
    bookmarks: set[str] = field(default_factory=set)
    broken: list[tuple[Citation, int]] = field(default_factory=list)


def gather(package: Package) -> Gathered:
    """All paragraphs of a document, those that print nothing left out.

    Raises:
        HugeField: a field holds more than any citation does.

    >>> from lxml import etree
    >>> body = "<body><p><r><t>Rest </t></r><del><r><t>harms</t></r></del><ins><r><t>helps.</t></r></ins></p></body>"
    >>> [paragraph.text for paragraph in gather(Package(etree.fromstring(body))).paragraphs]
    ['Rest helps.']
    """
    gathered = Gathered()
    reader = _Reader(package, gathered)
    reader.story(package.body)
    parts = {"footnote": package.footnotes, "endnote": package.endnotes}
    held = {f"{kind} {attribute(one, 'id')}": one for kind, part in parts.items() if part is not None for one in part}
    for note in list(gathered.notes):
        if note in held:
            gathered.notes[note] = reader.note(held[note])
    return gathered


class _Reader:
    def __init__(self, package: Package, gathered: Gathered) -> None:
        self.gathered = gathered
        self.styles, self.lists = Styles(package.styles), Numbering(package.numbering)
        self.sources: Mapping[str, Mapping[str, Any]] = sources(package.sources)
        self.fields = OpenFields(self.sources)
        self.ordinal = 0
        self.kind: BlockKind | None = None
        self.current: Paragraph | None = None
        self.joined = False  # the mark of the paragraph before was removed: the next goes on with it
        self.boxes: list[Element] = []
        self.waiting: list[str] = []  # bookmarks that begin between paragraphs
        self.broke = False  # a line ended within the paragraph, and none has begun yet

    def story(self, element: Element) -> None:
        self._inside(element, 0)

    def note(self, element: Element) -> list[Paragraph]:
        before, self.kind, self.fields = len(self.gathered.paragraphs), "cell", OpenFields(self.sources)
        self._inside(element, 0)
        found = self.gathered.paragraphs[before:]
        del self.gathered.paragraphs[before:]
        return found

    def _inside(self, element: Element, depth: int) -> None:
        if depth > DEEPEST:
            raise HugeField
        for one in _printed(element):
            self._one(one, depth + 1)

    def _one(self, element: Element, depth: int) -> None:
        name = tag(element)
        if name == "p":
            self._paragraph(element, depth)
        elif name == "tc":
            outer, self.kind = self.kind, "cell"
            self._inside(element, depth)
            self.kind = outer
        elif name == "sdt":
            self._control(element, depth)
        elif name == "hyperlink":
            self._within(Meaning(Anchor(anchor)) if (anchor := attribute(element, "anchor")) else Meaning(), element, depth)
        elif name == "fldSimple":
            self._simple(element, depth)
        elif name == "r":
            self._run(element, depth)
        elif name == "bookmarkStart":
            self._bookmark(attribute(element, "name"))
        elif name in _SPACES:
            self._add(" ")
            self.broke = self.broke or name == "br"
        elif name in _BOXES:
            self.boxes.append(element)
        elif name not in _UNREAD and name not in _REMOVED:
            self._inside(element, depth)

    def _paragraph(self, element: Element, depth: int) -> None:
        if self.current is not None:  # no program nests them; read as if they followed one another
            self._inside(element, depth)
            return
        self.current = self._opened(element)
        if self.joined and self.gathered.paragraphs:  # of two that become one, the second's mark is left, and what it says counts
            self.current.take(self.gathered.paragraphs.pop())
        self.current.bookmarks += self.waiting
        self.waiting = []
        self._inside(element, depth)
        closed, self.current = self.current, None
        self.joined = _loses_mark(element)
        if closed.text or any(piece.link for piece in closed.pieces) or self.joined:
            self.gathered.paragraphs.append(closed)
        elif closed.bookmarks:
            self.waiting += closed.bookmarks
        self._text_boxes(depth)

    def _opened(self, element: Element) -> Paragraph:
        self.ordinal += 1
        if self.ordinal > MOST_PARAGRAPHS:
            raise HugeField
        properties = child(element, "pPr")
        style = value(properties, "pStyle")
        level = outline_of(properties) or self.styles.level(style)
        belongs = list_of(properties) or self.styles.numbered(style)
        number = self.lists.next(*belongs) if belongs and not _loses_mark(element) else ""
        listed = self.styles.is_list(style) or (belongs is not None and belongs[0] != "0")
        kind: BlockKind = self.kind or ("heading" if level else "bullet" if listed else "paragraph")
        return Paragraph(self.ordinal, kind, level if kind == "heading" else 0, number)

    def _text_boxes(self, depth: int) -> None:
        boxes, self.boxes = self.boxes, []
        outer = self.kind, self.fields, self.joined
        for box in boxes:
            self.kind, self.fields, self.joined = "cell", OpenFields(self.sources), False
            self._inside(box, depth)
        self.kind, self.fields, self.joined = outer

    def _control(self, element: Element, depth: int) -> None:
        properties, content = child(element, "sdtPr"), child(element, "sdtContent")
        if content is None or switched(properties, "showingPlcHdr"):  # what Word shows where nothing was written yet
            return
        names = frozenset(tag(one) for one in properties) if properties is not None else frozenset()
        self._within(of_control(value(properties, "tag"), names), content, depth)

    def _simple(self, element: Element, depth: int) -> None:
        self.fields.begin()
        self.fields.add_code(attribute(element, "instr"))
        for one in element:
            if tag(one) == "fldData":
                self.fields.add_code(one.text or "", packed=True)
        self._meant(self.fields.separate())
        self._inside(element, depth)
        self.fields.end()

    def _within(self, meaning: Meaning, element: Element, depth: int) -> None:
        self.fields.enter(meaning)
        self._meant(meaning)
        self._inside(element, depth)
        self.fields.leave()

    def _meant(self, meaning: Meaning) -> None:
        if meaning.broken and isinstance(meaning.link, Citation):
            self.gathered.broken.append((meaning.link, self.ordinal))

    def _run(self, element: Element, depth: int) -> None:
        properties = child(element, "rPr")
        style = value(properties, "rStyle")
        hidden = switched(properties, "vanish")
        if hidden if hidden is not None else self.styles.hidden(style):
            self._fields_alone(element)
            return
        raised = is_raised(properties)
        for one in _printed(element):
            self._of_run(one, self.styles.raised(style) if raised is None else raised, depth)

    def _fields_alone(self, run: Element) -> None:
        """Of a hidden run, the signs by which fields begin and end."""
        for one in run:
            if tag(one) in ("fldChar", "instrText"):
                self._of_run(one, raised=False, depth=0)

    def _of_run(self, element: Element, raised: bool, depth: int) -> None:
        name = tag(element)
        if name == "t":
            self._add(element.text or "", raised=raised)
        elif name == "instrText":
            self.fields.add_code(element.text or "")
        elif name == "fldChar":
            self._field(element)
        elif name == "noBreakHyphen":
            self._add("\u2011", raised=raised)
        elif name in _NOTES and self.fields.visible:
            self._note_mark(f"{_NOTES[name]} {attribute(element, 'id')}", element)
        else:
            self._one(element, depth)

    def _field(self, element: Element) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self.fields.begin()
            for data in element:
                self.fields.add_code(data.text or "", packed=True)
        elif kind == "separate":
            self._meant(self.fields.separate())
        elif kind == "end":
            meaning = self.fields.end()
            self._meant(meaning)
            if meaning.link is not None and self.current is not None:  # a field that prints nothing
                self.current.add("", link=meaning.link)

    def _note_mark(self, note: str, element: Element) -> None:
        if self.current is None or attribute(element, "customMarkFollows") in ("1", "true", "on"):
            return
        self.gathered.notes.setdefault(note, [])
        self.current.add("", link=NoteMark(note))

    def _bookmark(self, name: str) -> None:
        self.gathered.bookmarks.add(name)
        if self.current is not None:
            self.current.bookmarks.append(name)
        else:
            self.waiting.append(name)

    def _add(self, text: str, *, raised: bool = False) -> None:
        if self.current is None or not text or not self.fields.visible:
            return
        if self.broke and text.strip():
            self.broke = False
            if self.fields.in_bibliography and self.current.text and _ENTRY.match(text):
                self.gathered.paragraphs.append(self.current)
                self.current = Paragraph(self.current.ordinal, self.current.kind, self.current.level)
        self.current.add(text, raised=raised, link=self.fields.link)
        if self.fields.in_bibliography and text.strip():
            self.current.in_bibliography = True


def _loses_mark(paragraph: Element) -> bool:
    """Whether the mark at a paragraph's end was removed, so that the next one goes on with it."""
    return any(child(paragraph, "pPr", "rPr", change) is not None for change in ("del", "moveFrom"))


def _printed(element: Element) -> Iterator[Element]:
    """The children that are printed: of alternatives one, of changes what they lead to."""
    for one in element:
        name = tag(one)
        if name == "AlternateContent":
            branches = [branch for branch in one if tag(branch) in ("Choice", "Fallback")]
            yield from branches[:1]
        elif name == "tr" and child(one, "trPr", "del") is not None:
            continue
        elif name not in _REMOVED:
            yield one
