"""JATS XML, as publishers and archives keep articles: every marker is tagged with the entry it points to.

The parser loads no DTD, resolves no entity of the document and opens nothing but the bytes it is given. An entity that only a DTD would
define is left out; one that the document itself defines is refused. Where no marker is tagged, they are read as in any other format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from edgewise.citations.reading.asides import asides_of_links
from edgewise.citations.reading.jats_doubts import Marks, as_tags, with_doubts
from edgewise.citations.reading.jats_entries import reference_list
from edgewise.citations.reading.jats_front import authors, published
from edgewise.citations.reading.jats_links import is_citation, link_faults, linked_entries, prints_numbers_alone, targets_of
from edgewise.citations.reading.jats_words import entity, own, words
from edgewise.citations.reading.model import Block, BlockKind, Document
from edgewise.citations.reading.printed_markers import numbers as printed_numbers
from edgewise.citations.reading.text_builder import Text
from edgewise.graph.reading.problems import fail, shorten
from edgewise.graph.reading.xml_trees import flat, line_of, local, xml_root

_OWN_BLOCK = {
    "p", "title", "label", "fig", "fig-group", "table-wrap", "list", "boxed-text", "disp-quote", "def-list", "fn-group", "fn", "sec",
    "supplementary-material", "disp-formula", "disp-formula-group", "speech", "verse-group", "statement", "caption", "graphic", "media",
    "table", "table-wrap-foot", "table-wrap-group", "array", "attrib", "permissions", "preformat",
}  # fmt: skip
_SILENT = {"inline-formula", "tex-math", "math", "object-id", "inline-graphic", "private-char", "ref-list", "alt-text"}
_STRUCTURE = {
    "list-item", "def-item", "def", "tr", "td", "th", "thead", "tbody", "tfoot", "alternatives", "abstract", "app", "ack", "body",
}  # fmt: skip
_KEPT_TITLE = {"sec", "abstract", "app", "ack", "glossary"}
_LINKS = {"xref", "ext-link", "uri"}
_ABSTRACTS = {"abstract", "trans-abstract"}
_FLOATS = {"floats-group", "floats-wrap"}
_APPENDICES = {"app-group", "app"}
DEEPEST = 200


def jats_document(data: str | bytes, name: str) -> Document:
    """Blocks, tagged markers and reference list of an article.

    Raises:
        SourceError: the file is not well-formed, defines entities, is no article, or holds several.

    >>> body = "<body><p>Rest <xref ref-type='bibr' rid='b1'>1</xref>.</p></body>"
    >>> xml = f"<article>{body}<back><ref-list><ref id='b1'/></ref-list></back></article>"
    >>> jats_document(xml, "a.xml").blocks[0].tagged[0].numbers
    (1,)
    """
    raw = re.sub(r"^\s*<\?xml[^>]*\?>", "", data).encode("utf-8", "replace") if isinstance(data, str) else data
    root = _article(xml_root(raw, name, deepest=DEEPEST, repair="save the article's XML again", named_doctype=True), name)
    elements = list(own(root))
    entries, numbers = reference_list([element for element in elements if local(element) == "ref"])
    reader = _Reader(numbers)
    reader.read(root)
    ids = {id for element in root.iter(etree.Element) if (id := element.get("id"))}
    links = [element for element in elements if local(element) == "xref" and is_citation(element, numbers, ids)]
    title = words(next((one for one in elements if local(one) == "article-title" and not _is_cited(one)), None))
    if not links:
        return Document(tuple(as_tags(reader.blocks, reader.marks)), entries, title=title, authors=authors(root), dated=published(root))
    blocks = with_doubts(reader.blocks, reader.marks, {entry.number for entry in entries}, linked_entries(links, numbers, reader.blocks))
    return Document(
        tuple(blocks), entries, tagged=True, title=title, linked=linked_entries(links, numbers, blocks),
        link_faults=tuple(link_faults(links, numbers, printed=all(entry.printed for entry in entries))),
        authors=authors(root), dated=published(root), asides=tuple(asides_of_links(links, numbers)),
    )  # fmt: skip


def _article(root: etree._Element, name: str) -> etree._Element:
    """The article within the file, out of whatever wraps it."""
    if local(root) == "article":
        return root
    found = [one for one in root.iter("{*}article") if not any(local(around) == "article" for around in one.iterancestors())]
    whole = [one for one in found if one.find("{*}body") is not None] or found
    if len(whole) > 1:
        message = f"the file holds {len(whole)} articles"
        raise fail(name, "several-articles", message, line_of(whole[1]), "save each of them as a file of its own")
    body = root.find(".//{*}body")
    within = whole[0] if whole else body.getparent() if body is not None else None
    if within is None:
        message = f"the outermost element is <{shorten(local(root))}>, not <article>"
        raise fail(name, "not-jats", message, line_of(root), "give the article in JATS XML, or name its format")
    return within


def _is_cited(title: etree._Element) -> bool:
    return any(local(around) in ("ref", "product", "related-article") for around in title.iterancestors())


class _Reader:
    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.numbers = numbers
        self.blocks: list[Block] = []
        self.marks: list[Marks] = []
        self._raised: list[tuple[int, int]] = []
        self._links: list[tuple[int, int]] = []

    def read(self, root: etree._Element) -> None:
        """Abstracts, then the body, then what stands behind it."""
        parts = [part for part in own(root) if local(part) in _ABSTRACTS and not _is_cited(part)]
        for part in parts:
            self.walk(part, "abstract")
        for part in root.iterfind("{*}body"):
            self.walk(part, "")
        for part in (*(one for one in root if local(one) in _FLOATS), *root.iterfind("{*}back/*")):
            self.walk(part, "float" if local(part) in {*_FLOATS, *_APPENDICES} else "back")

    def walk(self, element: etree._Element, where: str, level: int = 0) -> None:
        """Blocks of an element in the order of the document; `where` names what lies outside the running text."""
        tag = local(element)
        if tag in _SILENT:
            return
        if tag == "title":
            self._emit(element, "heading" if _tag_of_parent(element) in _KEPT_TITLE and not where else "cell", where, max(level, 1))
        elif tag == "p":
            self._emit(element, _kind(element, where), where)
            self._within(element, where, level)
        elif tag in ("td", "th"):
            self._emit(element, "cell", where)
            self._within(element, where, level)
        elif tag == "alternatives":
            self._first_of(element, where, level)
        elif self._cites(element):
            self._emit(element, "cell", where)
            self._within(element, where, level)
        else:
            for child in element:
                self.walk(child, where, level + (tag == "sec"))

    def _within(self, element: etree._Element, where: str, level: int) -> None:
        for child in _inner_blocks(element):
            self.walk(child, where, level)

    def _first_of(self, alternatives: etree._Element, where: str, level: int) -> None:
        """Of several forms of the same thing the first that holds text."""
        before = len(self.blocks)
        for child in alternatives:
            self.walk(child, where, level)
            if len(self.blocks) > before:
                return

    def _cites(self, element: etree._Element) -> bool:
        """Whether a marker stands in the element's own text, be it a line of attribution or of verse, a term or a permission."""
        for child in element:
            tag = local(child)
            if tag == "xref" and targets_of(child, self.numbers):
                return True
            if tag and tag not in _OWN_BLOCK and tag not in _STRUCTURE and tag not in _SILENT and self._cites(child):
                return True
        return False

    def _emit(self, element: etree._Element, kind: BlockKind, where: str, level: int = 0) -> None:
        text = Text()
        self._raised, self._links = [], []
        self._fill(text, element)
        block = text.block(kind, level=level)
        if block.text and (where != "back" or block.tagged):  # of what stands behind an article, such as thanks, what cites alone
            self.marks.append(Marks(tuple(self._raised), tuple(self._links)))
            self.blocks.append(block)

    def _fill(self, text: Text, element: etree._Element) -> None:
        line = line_of(element)
        text.add(element.text or "", line)
        for child in element:
            self._child(text, child)
            text.add(child.tail or "", line_of(child) or line)

    def _child(self, text: Text, child: etree._Element) -> None:
        tag = local(child)
        if isinstance(child, etree._Entity):
            text.add(entity(child), line_of(child))
        elif tag in _OWN_BLOCK or tag in _SILENT or tag in ("alternatives", "break") or not tag:
            text.add(" ", line_of(child))
        elif tag == "xref" and (cited := targets_of(child, self.numbers)):
            self._tag(text, child, cited)
        else:
            start = text.length
            self._fill(text, child)
            if tag == "sup":
                self._raised.append((start, text.length))
            elif tag in _LINKS:
                self._links.append((start, text.length))

    def _tag(self, text: Text, link: etree._Element, cited: tuple[int, ...]) -> None:
        shown, start = flat(link), text.length
        if not shown and not text.ends_in_tag:  # a link that shows nothing; behind another it belongs to that one
            shown = ",".join(map(str, cited))
        text.tag(shown, cited, line_of(link), untagged=_left_out(shown, cited))
        if link.find("{*}sup") is not None:
            self._raised.append((start, text.length))


def _left_out(shown: str, cited: tuple[int, ...]) -> tuple[int, ...]:
    """Numbers of a range printed in one link ("1–3") that names its ends alone: reported, since the tags decide what is cited."""
    printed = printed_numbers(shown) if prints_numbers_alone(shown) else ()
    return tuple(n for n in printed if n not in cited) if set(cited) < set(printed) else ()


def _tag_of_parent(element: etree._Element) -> str:
    parent = element.getparent()
    return local(parent) if parent is not None else ""


def _kind(element: etree._Element, where: str) -> BlockKind:
    if where:
        return "cell"
    return "bullet" if _tag_of_parent(element) == "list-item" else "paragraph"


def _inner_blocks(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The outermost figures, lists, boxes … within a paragraph."""
    for child in paragraph:
        if local(child) in _OWN_BLOCK or local(child) == "alternatives":
            yield child
        elif local(child) and local(child) not in _SILENT:
            yield from _inner_blocks(child)
