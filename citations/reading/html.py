"""HTML pages: headings, paragraphs, list items, cells; markers are raised figures and links into the reference list."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from edgewise.citations.reading.files import as_text
from edgewise.citations.reading.jats import line_of, too_deep
from edgewise.citations.reading.model import Block, BlockKind, Document
from edgewise.citations.reading.printed_markers import numbers, raisable
from edgewise.citations.reading.text_builder import Text
from edgewise.graph.reading.problems import fail

_SKIPPED = frozenset("script style noscript template head nav form button select svg math iframe object".split())
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
_GROUP = re.compile(r"[\s\[(^,;\u2010-\u2015-]*\d{1,3}(?:[\s,;\]\[\u2010-\u2015\u2212-]{1,5}\d{1,3}){0,80}[\s\]).,;]*")
# What publishers and wikis call the anchors of their entries: ref12, B12, bib-12, cite_note-12, rid_CR12.
_REFERENCE_ID = re.compile(r"^(?:[a-z]*-)?(?:ref|cit|bib|cr|endnote|note|fn|b|r|en)[a-z_]*[-_.:]?[a-z]*\d", re.IGNORECASE)
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
    reader = _Reader()
    reader.walk(root)
    if not reader.blocks:
        raise fail(name, "no-text", "the page holds no text", 0, "check that the page was saved, not only its frame")
    title = root.find(".//h1")
    return Document(tuple(reader.blocks), title=" ".join("".join(map(str, title.itertext())).split()) if title is not None else "")


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


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.text = Text()
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self.key = ""
        self.lists: list[int | None] = []

    def walk(self, element: etree._Element) -> None:
        """Blocks of an element in the order of the page."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SKIPPED or not tag:
            return
        if tag not in _BLOCKS:
            self._inline(element, tag)
            return
        self._end()
        outer = self.kind, self.level, self.key
        self._begin(element, tag)
        self._content(element)
        self._end()
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
            if block.text:
                self.blocks.append(block)
        self.text = Text()

    def _content(self, element: etree._Element) -> None:
        line = line_of(element)
        self.text.add(element.text or "", line)
        for child in element:
            self.walk(child)
            self.text.add(child.tail or "", line_of(child) or line)

    def _inline(self, element: etree._Element, tag: str) -> None:
        if tag == "br":
            self.text.add(" ", line_of(element))
        elif self._is_marker(element, tag):
            words = " ".join("".join(str(part) for part in element.itertext()).split())
            self.text.tag(words, numbers(words), line_of(element))
        else:
            self._content(element)

    def _is_marker(self, element: etree._Element, tag: str) -> bool:
        if tag not in ("sup", "a"):
            return False
        words = "".join(str(part) for part in element.itertext())
        if len(words) > 400 or not _GROUP.fullmatch(words) or not any(numbers(words)):
            return False
        if tag == "a":
            return bool(_REFERENCE_ID.match((element.get("href") or "").rpartition("#")[2])) and "#" in (element.get("href") or "")
        return any(a.get("href", "").find("#") >= 0 for a in element.iter("a")) or self.text.ends_in_tag or raisable(self.text.tail)
