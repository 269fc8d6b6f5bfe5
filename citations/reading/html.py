"""HTML pages: headings, paragraphs, list items, cells; markers are raised figures and links into the reference list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree
from lxml import html as lxml_html

from edgewise.citations.reading.author_names import CAPITAL, PARTICLE, WORD
from edgewise.citations.reading.files import as_text
from edgewise.citations.reading.html_citations import Cited, Links
from edgewise.citations.reading.html_entries import listed_entries
from edgewise.citations.reading.html_furniture import MOST, SILENT, is_hidden, names_of
from edgewise.citations.reading.html_lists import Listed, Page, find_listed
from edgewise.citations.reading.model import Block, BlockKind, Document
from edgewise.citations.reading.printed_markers import brackets, coverage, raisable
from edgewise.citations.reading.sentences import bare
from edgewise.citations.reading.text_builder import Text
from edgewise.graph.reading.problems import fail
from edgewise.graph.reading.xml_trees import flat, line_of, too_deep

_BLOCKS = frozenset(
    """
    p div section article main header footer aside body html ul ol li dl dt dd table thead tbody tfoot tr td th caption blockquote figure
    figcaption pre h1 h2 h3 h4 h5 h6 details summary hr address fieldset
    """.split()
)
_KINDS: dict[str, BlockKind] = {
    "li": "bullet", "td": "cell", "th": "cell", "caption": "cell", "figcaption": "cell",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip
_EDIT = re.compile(r"\s*\[\s*(?:edit|edit source|\|)[^\]]*\]\s*$", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:^|[\s_-])(?:authors?|contrib(?:s|utors?|-group)?|byline|affiliations?|affs?|creators?)(?:$|[\s_-])", re.IGNORECASE
)
_SIGN = re.compile(r"[\s\da-z,;*\u2020\u2021\u00a7\u00b6#|]{1,20}")  # of a footnote or an affiliation
_ENOUGH = 0.3  # of the list cited in brackets, to take raised figures without links for something else
DEEPEST = 150


def html_document(data: str | bytes, name: str) -> Document:
    """Blocks of a page; entities, scripts and links are never followed.

    Raises:
        SourceError: the page holds no text, or is nested too deeply.

    >>> page = "<h2>Care</h2><p>Rest helps.<sup><a href='#ref1'>1</a>,2</sup> Over 10<sup>3</sup> did.</p>"
    >>> [span.numbers for span in html_document(page, "a.html").blocks[1].tagged]
    [(1, 2)]
    """
    root = _parse(data, name)
    if too_deep(root, DEEPEST):
        raise fail(
            name, "too-deep", f"elements are nested more than {DEEPEST} deep", 0, "save the article alone, for example from the reader view"
        )
    page = Page(root)
    listed = find_listed(page) or Listed(())
    entries = listed_entries(listed.entries)
    links = Links(page, listed.entries, entries)
    reader = _Reader(page, listed, links)
    reader.walk(root)
    if not reader.blocks and not entries:
        raise fail(name, "no-text", "the page holds no text", 0, "check that the page was saved, not only its frame")
    title = root.find(".//h1")
    return Document(
        tuple(_settled(reader.blocks, links, len(entries))), entries, title=_title(title) if title is not None else "",
        linked=frozenset(links.cited), link_faults=tuple(links.faults),
    )  # fmt: skip


def _parse(data: str | bytes, name: str) -> etree._Element:
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    if isinstance(data, bytes) and not _is_utf8(data):
        parser = lxml_html.HTMLParser(
            no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )  # the page names its encoding
        raw = data.replace(b"\x00", b" ")
    else:
        raw = as_text(data, name).encode()
    try:
        root = lxml_html.document_fromstring(raw, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise fail(name, "not-html", "no page can be read from this file", 0, "save the article as a web page again") from None
    return root


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _title(heading: etree._Element) -> str:
    """The words of the title, without what is raised in it: footnotes and affiliations."""
    raised = {id(part) for sup in heading.iter("sup") for part in sup.iter()}
    parts = [heading.text or ""]
    for part in heading.iter(etree.Element):
        if part is not heading:
            parts += ["" if id(part) in raised else part.text or "", "" if part.tag != "sup" and id(part) in raised else part.tail or ""]
    return " ".join("".join(parts).split())


def _settled(blocks: list[Block], links: Links, entries: int) -> Iterator[Block]:
    """Without raised figures that are none: behind authors' names, and where no link leads to the list and the page cites in brackets."""
    plain = [[] if links.cited else list(brackets(block.text)) for block in blocks]
    bracketed = bool(entries) and not links.cited and coverage(plain, entries) >= _ENOUGH
    head = True
    for block in blocks:
        head = head and not (block.kind == "heading" and block.level > 1)
        yield replace(block, tagged=()) if block.tagged and (bracketed or (head and _names_people(block))) else block


def _names_people(block: Block) -> bool:
    """Whether a block is nothing but names, as the line of authors below a title is."""
    words = [word for word in re.split(r"[\s,;&*\u2020\u2021\u00a7\u00b6]+", bare(block.text, 0, len(block.text), block.tagged)) if word]
    return len(words) > 1 and all(
        word == "and" or re.fullmatch(rf"{WORD}\.?|{PARTICLE}|{CAPITAL}\.(?:-?{CAPITAL}\.)*", word) for word in words
    )


class _Reader:
    def __init__(self, page: Page, listed: Listed, links: Links) -> None:
        self.page, self.listed, self.links = page, listed, links
        self.blocks: list[Block] = []
        self.text = Text()
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self.key = ""
        self.lists: list[int | None] = []
        self.people = self.within_link = 0

    def walk(self, element: etree._Element) -> None:
        """Blocks of an element in the order of the page."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in SILENT or element in self.listed.whole or element in self.page.furniture or is_hidden(element):
            return
        if tag not in _BLOCKS:
            self._inline(element, tag)
            return
        self._end()
        outer = self.kind, self.level, self.key
        people = self._names_people(element)
        self.people += people
        self._begin(element, tag)
        self._content(element)
        self._end()
        self.people -= people
        if tag in ("ol", "ul"):
            self.lists.pop()
        self.kind, self.level, self.key = outer

    def _begin(self, element: etree._Element, tag: str) -> None:
        if tag in _KINDS:
            self.kind = _KINDS[tag]
            self.level = int(tag[1]) if self.kind == "heading" else 0
            self.key = self._ordinal() if tag == "li" else ""
        if tag in ("ol", "ul"):
            start = element.get("start") or "1"
            self.lists.append((int(start) if start.isdecimal() and len(start) < 6 else 1) - 1 if tag == "ol" else None)

    def _ordinal(self) -> str:
        """The number that a browser prints before an item of a numbered list."""
        if not self.lists or (last := self.lists[-1]) is None:
            return ""
        self.lists[-1] = last + 1
        return str(last + 1)

    def _end(self) -> None:
        if self.text:
            block = self.text.block(self.kind, level=self.level, key=self.key)
            if block.kind == "heading" and (edit := _EDIT.search(block.text)):
                block = replace(block, text=block.text[: edit.start()])
            if block.text:
                self.blocks.append(block)
        self.text = Text()

    def _content(self, element: etree._Element) -> None:
        line = line_of(element)
        self.text.add(element.text or "", line)
        for child in element:
            self.walk(child)
            if child not in self.listed.whole or (child.tail or "").strip():
                self.text.add(child.tail or "", line_of(child) or line)

    def _inline(self, element: etree._Element, tag: str) -> None:
        if tag == "br":
            self.text.add(" ", line_of(element))
        elif cited := self._cited(element, tag):
            cited.put(self.text, line_of(element))
        elif tag != "sup" or not self._is_sign(element):
            link, people = tag == "a", self._names_people(element)
            self.within_link += link
            self.people += people
            self._content(element)
            self.within_link -= link
            self.people -= people

    def _cited(self, element: etree._Element, tag: str) -> Cited | None:
        if tag == "a":
            return self.links.of_link(element)
        return self.links.of_raised(element, plain=self._may_be_raised(element)) if tag == "sup" else None

    def _names_people(self, element: etree._Element) -> bool:
        """Whether an element holds the authors or their institutions by what it is called; with most of the page's words it is the page."""
        return bool(_PEOPLE.search(names_of(element))) and self.page.sizes[element] <= MOST * self.page.sizes[self.page.order[0]]

    @property
    def _in_title(self) -> bool:
        return self.kind == "heading" and self.level == 1

    def _is_sign(self, raised: etree._Element) -> bool:
        """Whether what is raised is no word of the title or an author's name, but sends to a footnote or an institution."""
        return bool(self.people or self._in_title) and raisable(self.text.tail) and bool(_SIGN.fullmatch(flat(raised)))

    def _may_be_raised(self, element: etree._Element) -> bool:
        """Whether a raised figure without a link can be a marker: not in a title, not behind an author's name, not an isotope's."""
        if self.people or self.within_link or self._in_title:  # a link that cites nothing may hold a footnote's sign
            return False
        glued = (element.tail or "")[:1].isalpha() and (not self.text or self.text.tail[-1:].isspace())
        return not glued and (self.text.ends_in_tag or raisable(self.text.tail))
