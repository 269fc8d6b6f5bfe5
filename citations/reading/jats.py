"""JATS XML, as publishers and archives keep articles: every marker is tagged with the entry it points to.

The parser loads no DTD, resolves no entity of the document and opens nothing but the bytes it is given. An entity that only a DTD would
define is left out; one that the document itself defines is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from edgewise.citations.reading.asides import asides_of_links
from edgewise.citations.reading.jats_front import authors, published
from edgewise.citations.reading.jats_links import link_faults, linked_entries, prints_numbers_alone
from edgewise.citations.reading.model import Block, BlockKind, Document, ListEntry
from edgewise.citations.reading.printed_markers import numbers as printed_numbers
from edgewise.citations.reading.text_builder import Text
from edgewise.graph.reading.problems import fail, shorten

_OWN_BLOCK = {
    "p", "title", "label", "fig", "fig-group", "table-wrap", "list", "boxed-text", "disp-quote", "def-list", "fn-group", "fn", "sec",
    "supplementary-material", "disp-formula", "disp-formula-group", "speech", "verse-group", "statement", "caption", "graphic", "media",
}  # fmt: skip
_SILENT = {"inline-formula", "tex-math", "math", "object-id", "alternatives", "inline-graphic", "private-char", "xref-group"}
_KEPT_TITLE = {"sec", "abstract", "app", "ack", "glossary"}
DEEPEST = 200


def jats_document(data: str | bytes, name: str) -> Document:
    """Blocks, tagged markers and reference list of an article.

    Raises:
        SourceError: the file is not well-formed, defines entities, or is no article.

    >>> body = "<body><p>Rest <xref ref-type='bibr' rid='b1'>1</xref>.</p></body>"
    >>> xml = f"<article>{body}<back><ref-list><ref id='b1'/></ref-list></back></article>"
    >>> jats_document(xml, "a.xml").blocks[0].tagged[0].numbers
    (1,)
    """
    root = _parse(data, name)
    if _tag(root) != "article" and root.find(".//{*}body") is None:
        message = f"the outermost element is <{shorten(_tag(root))}>, not <article>"
        raise fail(name, "not-jats", message, line_of(root), "give the article in JATS XML, or name its format")
    references = [element for element in root.iter("{*}ref") if _tag(element) == "ref"]
    entries = tuple(_entries(references))
    numbers = {str(ref.get("id")): entry.number for ref, entry in zip(references, entries, strict=True) if ref.get("id")}
    reader = _Reader(numbers)
    for part in root.iterfind(".//{*}abstract"):
        reader.walk(part, "abstract")
    for part in root.iterfind("{*}body"):
        reader.walk(part, "")
    title = root.find(".//{*}article-meta//{*}article-title")
    links = [link for link in root.iter("{*}xref") if link.get("ref-type") == "bibr"]
    return Document(
        tuple(reader.blocks), entries, tagged=True, title=_flat(title) if title is not None else "",
        linked=linked_entries(links, numbers),
        link_faults=tuple(link_faults(links, numbers, printed=all(entry.printed for entry in entries))),
        authors=authors(root), dated=published(root), asides=tuple(asides_of_links(links, numbers)),
    )  # fmt: skip


def _parse(data: str | bytes, name: str) -> etree._Element:
    raw = re.sub(r"^\s*<\?xml[^>]*\?>", "", data).encode("utf-8", "replace") if isinstance(data, str) else data
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = int(getattr(error, "lineno", 0) or 0)
        raise fail(
            name, "not-well-formed", f"the XML is not well-formed: {shorten(str(error), 160)}", line, "save the article's XML again"
        ) from None
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and subset.entities():  # type: ignore[union-attr]  # not in lxml-stubs
        raise fail(
            name, "entities", "the file defines entities of its own, which could exhaust the machine", 1, "remove the <!ENTITY …> lines"
        )
    if too_deep(root, DEEPEST):
        raise fail(name, "too-deep", f"elements are nested more than {DEEPEST} deep", 1, "give the article as its publisher offers it")
    return root


def line_of(element: etree._Element) -> int:
    """Line of an element's start tag; 0 if unknown."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def too_deep(root: etree._Element, most: int) -> bool:
    """Whether elements are nested deeper than a reader's recursion may follow.

    >>> too_deep(etree.fromstring("<a><b><c/></b></a>"), 2), too_deep(etree.fromstring("<a><b/></a>"), 2)
    (True, False)
    """
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > most:
            return True
    return False


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _flat(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


class _Reader:
    def __init__(self, numbers: dict[str, int]) -> None:
        self.numbers = numbers
        self.blocks: list[Block] = []

    def walk(self, element: etree._Element, where: str, level: int = 0) -> None:
        """Blocks of an element in the order of the document; `where` names what lies outside the running text."""
        tag = _tag(element)
        if tag == "title":
            self._emit(element, "heading" if _tag_of_parent(element) in _KEPT_TITLE and not where else "cell", max(level, 1))
        elif tag == "p":
            self._emit(element, _kind(element, where))
            for child in _inner_blocks(element):
                self.walk(child, where, level)
        elif tag in ("td", "th"):
            self._emit(element, "cell")
            for child in element.iter("{*}p"):
                self.walk(child, where, level)
        elif tag not in _SILENT:
            for child in element:
                self.walk(child, where, level + (tag == "sec"))

    def _emit(self, element: etree._Element, kind: BlockKind, level: int = 0) -> None:
        text = Text()
        self._fill(text, element)
        if text:
            self.blocks.append(text.block(kind, level=level))

    def _fill(self, text: Text, element: etree._Element) -> None:
        line = line_of(element)
        text.add(element.text or "", line)
        for child in element:
            self._child(text, child)
            tail = child.tail or ""
            text.add(tail, line_of(child) or line)

    def _child(self, text: Text, child: etree._Element) -> None:
        tag = _tag(child)
        if isinstance(child, etree._Entity):  # of a DTD that was not loaded: the usual names are those of HTML
            known = unescape(str(child.text))
            text.add(" " if known.startswith("&") else known, line_of(child))
        elif tag in _OWN_BLOCK or tag in _SILENT or not tag:
            text.add(" ", line_of(child))
        elif tag == "xref" and child.get("ref-type") == "bibr" and (numbers := self._cited(child)):
            untagged = _left_out(child, numbers)
            text.tag(_flat(child) or ",".join(map(str, numbers)), numbers, line_of(child), untagged=untagged)
        else:
            self._fill(text, child)

    def _cited(self, xref: etree._Element) -> tuple[int, ...]:
        return tuple(self.numbers[rid] for rid in (xref.get("rid") or "").split() if rid in self.numbers)


def _left_out(xref: etree._Element, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Numbers of a range printed in one link ("1–3") that names its ends alone: reported, since the tags decide what is cited."""
    text = _flat(xref)
    printed = printed_numbers(text) if prints_numbers_alone(text) else ()
    return tuple(n for n in printed if n not in numbers) if set(numbers) < set(printed) else ()


def _tag_of_parent(element: etree._Element) -> str:
    parent = element.getparent()
    return _tag(parent) if parent is not None else ""


def _kind(element: etree._Element, where: str) -> BlockKind:
    if where:
        return "cell"
    return "bullet" if _tag_of_parent(element) == "list-item" else "paragraph"


def _inner_blocks(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The outermost figures, lists, boxes … within a paragraph."""
    for child in paragraph:
        if _tag(child) in _OWN_BLOCK:
            yield child
        elif _tag(child) and _tag(child) not in _SILENT:
            yield from _inner_blocks(child)


def _entries(references: list[etree._Element]) -> Iterator[ListEntry]:
    labels = [(ref.findtext("{*}label") or "").strip(" .[]()") for ref in references]
    printed = all(label.isdigit() and len(label) < 5 for label in labels) and len(set(labels)) == len(labels)
    for position, (ref, label) in enumerate(zip(references, labels, strict=True), 1):
        yield _entry(ref, int(label) if printed else position, printed)


def _entry(ref: etree._Element, number: int, printed: bool) -> ListEntry:
    def first(*tags: str) -> str:
        found = (ref.find(f".//{{*}}{tag}") for tag in tags)
        return next((text for element in found if element is not None and (text := _flat(element))), "")

    years = re.findall(r"\d{4}", first("year"))
    raw = re.sub(r"^\d+[.)]?\s+", "", _spaced(ref))
    title, source = first("article-title", "chapter-title"), first("source")
    return ListEntry(
        number=number,
        printed=printed,
        raw=raw,
        line=line_of(ref),
        title=title or source,
        container=source if title else "",
        author=_authors(ref),
        year=int(years[0]) if years else 0,
        doi=_identifier(ref, "doi"),
        pmid=_identifier(ref, "pmid"),
        volume=first("volume"),
        issue=first("issue"),
        pages="-".join(filter(None, (first("fpage", "elocation-id"), first("lpage")))),
    )


def _spaced(ref: etree._Element) -> str:
    return " ".join(" ".join(str(part) for part in ref.itertext()).split())


def _authors(ref: etree._Element) -> str:
    names = [" ".join(filter(None, (name.findtext("{*}surname"), name.findtext("{*}given-names")))) for name in ref.iter("{*}name")]
    names += [_flat(group) for group in ref.iter("{*}collab")]
    return ", ".join(" ".join(name.split()) for name in names if name.strip())


def _identifier(ref: etree._Element, scheme: str) -> str:
    for element in ref.iter("{*}pub-id"):
        if element.get("pub-id-type") == scheme:
            return _flat(element)
    if scheme == "doi":
        match = re.search(r"\b10\.\d{4,9}/[^\s\"<>]+", _spaced(ref))
        return match[0].rstrip(".,;)]") if match else ""
    return ""
