"""Markdown: CommonMark with tables; markers are bracketed, raised, footnotes, or citations by key; links are links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from edgewise.citations.reading.bibliographies import Bibliography, bibliography, front_matter
from edgewise.citations.reading.citation_keys import bracketed, cited, footnotes
from edgewise.citations.reading.cited_keys import CitedKeys
from edgewise.citations.reading.files import as_text
from edgewise.citations.reading.model import Block, BlockKind, Document
from edgewise.citations.reading.printed_markers import numbers
from edgewise.citations.reading.reference_list import find_list
from edgewise.citations.reading.text_builder import Text

_FOOTNOTE = re.compile(r"\[\^(\d{1,3})\]")
_DEFINITION = re.compile(r"^\s{0,3}\[\^?(\d{1,3})\]:\s*(\S.*)$")
_RAISED = re.compile(r"\^(\[?\d{1,3}(?:\s?[,;\u2010-\u2015-]\s?\d{1,3}){0,80}\]?)\^")
_NUMBERS = re.compile(r"\[?\d{1,3}(?:\s?[,;\u2010-\u2015-]\s?\d{1,3}){0,80}\]?")
_TO_THE_LIST = re.compile(r"#(?:user-content-)?(?:ref|bib|cit|cr|fn)", re.IGNORECASE)
_CODE = ("fence", "code_block", "html_block")


def markdown_document(data: str | bytes, name: str, folder: Path | None = None) -> Document:
    r"""Blocks of a Markdown text; nothing that it links to is opened.

    Args:
        data: the text.
        name: of its file, for messages.
        folder: the file's own, in which a list that the front matter names may lie; None: none is looked for.

    Raises:
        SourceError: it is not text in UTF-8.

    >>> read = markdown_document("# Care\n\nRest helps.[^1] Belts^2,3^ do; see [12](page.html).\n\n[^1]: Lee A. Rest. 2001.\n", "a.md")
    >>> [(block.kind, [span.numbers for span in block.tagged]) for block in read.blocks]
    [('heading', []), ('paragraph', [(1,), (2, 3)]), ('heading', []), ('bullet', [])]
    >>> read = markdown_document("Rest helps [@lee2001; @ray2002, p. 3][^kim].\n\n[^kim]: Kim C. Heat. 2003.\n", "a.md")
    >>> [span.numbers for span in read.blocks[0].tagged], [entry.raw for entry in read.entries]
    ([(1, 2, 3)], ['lee2001', 'ray2002', 'Kim C. Heat. 2003.'])
    """
    front, text = front_matter(as_text(data, name))
    notes, body = footnotes(text)
    held = bibliography(front, name, folder)
    known = held.entries.keys() | bracketed(body)
    found = cited(body, known)
    keyed = any(one.sure and not one.footnote for one in found)
    if all(one.footnote for one in found) and all(label.isdigit() for label in notes):
        return _numbered(text)
    beside = not keyed and find_list(_numbered(body).blocks)  # a list is printed: footnotes beside it are notes
    keys = CitedKeys(Bibliography(), {}, known) if beside else CitedKeys(held, notes, known)
    blocks = _Reader(keys).read(_parsed(body))
    return Document(tuple(blocks), tuple(keys.entries), link_faults=tuple(keys.faults))


def _numbered(text: str) -> Document:
    """A text whose markers are numbers, footnotes its reference list."""
    lines = enumerate(text.split("\n"), 1)
    definitions = [(match[1], match[2], number) for number, line in lines if (match := _DEFINITION.match(line))]
    body = "\n".join("" if _DEFINITION.match(line) else line for line in text.split("\n"))
    return Document(tuple(_Reader().read(_parsed(body)) + _listed(definitions)))


def _parsed(text: str) -> Sequence[Token]:
    return MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").parse(text)


def _listed(definitions: Sequence[tuple[str, str, int]]) -> list[Block]:
    """Footnotes as the reference list that they are."""
    entries = [Block("bullet", " ".join(words.split()), ((0, line),), key=key) for key, words, line in definitions]
    return [Block("heading", "References", ((0, entries[0].line()),), 1), *entries] if entries else []


class _Reader:
    def __init__(self, keys: CitedKeys | None = None) -> None:
        self.keys = keys
        self.blocks: list[Block] = []
        self.lists: list[int | None] = []
        self.items = 0

    def read(self, tokens: Sequence[Token]) -> list[Block]:
        kind: BlockKind = "paragraph"
        level = 0
        for token in tokens:
            if token.type == "heading_open":
                kind, level = "heading", int(token.tag[1])
            elif token.type in ("th_open", "td_open"):
                kind = "cell"
            elif token.type == "paragraph_open":
                kind = "bullet" if self.items else "paragraph"
            elif token.type == "inline":
                self._inline(token, kind, level if kind == "heading" else 0)
            elif token.type in _CODE:
                self._verbatim(token)
            else:
                self._list(token)
        return self.blocks

    def _list(self, token: Token) -> None:
        if token.type == "ordered_list_open":
            self.lists.append(int(token.attrGet("start") or 1) - 1)
        elif token.type == "bullet_list_open":
            self.lists.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close") and self.lists:
            self.lists.pop()
        elif token.type == "list_item_open":
            self.items += 1
            if self.lists and self.lists[-1] is not None:
                self.lists[-1] += 1
        elif token.type == "list_item_close":
            self.items -= 1

    def _inline(self, token: Token, kind: BlockKind, level: int) -> None:
        line = token.map[0] + 1 if token.map else 0
        text = Text()
        raised = ""
        linked, leads = 0, ""
        for child in token.children or []:
            if child.type in ("softbreak", "hardbreak"):
                text.add(" ", line)
                line += 1
            elif child.type == "html_inline":
                raised = {"<sup>": "open"}.get(child.content.lower(), "")
            elif child.type in ("link_open", "link_close"):
                linked += 1 if child.type == "link_open" else -1
                leads = str(child.attrGet("href") or "")
            elif child.type == "text" and linked and _NUMBERS.fullmatch(child.content):
                _link(text, child.content, line, leads)
            elif child.type == "text" and not linked and not raised and self.keys:
                self.keys.add(text, child.content, line, partial(_words, text, line=line, raised=False, linked=False))
            elif child.type in ("text", "code_inline"):
                _words(text, child.content, line, raised=bool(raised), linked=linked > 0 or child.type != "text")
        key = str(self.lists[-1]) if kind == "bullet" and self.lists and self.lists[-1] is not None else ""
        if text:
            self.blocks.append(text.block(kind, level=level, key=key))

    def _verbatim(self, token: Token) -> None:
        start = token.map[0] + 1 if token.map else 0
        text = Text()
        text.add(re.sub(r"<[^<>]*>", " ", token.content) if token.type == "html_block" else token.content, start)
        if text:
            self.blocks.append(text.block("paragraph"))


def _link(text: Text, words: str, line: int, leads: str) -> None:
    """Add a link whose text is numbers: a marker if it leads to the text's own list, else not decided."""
    if _TO_THE_LIST.match(leads):
        text.tag(words, numbers(words), line)
    else:
        text.doubt(words, numbers(words), line, "is the text of a link, which can be a marker or lead somewhere else", "figure")


def _words(text: Text, words: str, line: int, *, raised: bool, linked: bool) -> None:
    """Add a piece of text, with the markers that Markdown's own signs show."""
    if raised and not linked and re.fullmatch(r"[\s\[]*\d{1,3}[\d\s,;\]\[\u2010-\u2015-]*", words):
        text.tag(words, numbers(words), line)
        return
    if linked:
        text.add(words, line)
        return
    last = 0
    for match in sorted([*_FOOTNOTE.finditer(words), *_RAISED.finditer(words)], key=lambda match: match.start()):
        text.add(words[last : match.start()], line)
        text.tag(match[1], numbers(match[1]), line)
        last = match.end()
    text.add(words[last:], line)
