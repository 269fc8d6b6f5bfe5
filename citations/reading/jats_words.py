"""The words of JATS elements as a reader sees them, and the elements that belong to an article itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from edgewise.graph.reading.xml_trees import local

_OTHERS = {"sub-article", "response", "article"}
_UNSPOKEN = {"tex-math", "inline-graphic", "graphic", "private-char", "fn", "object-id", "label"}
_SET_TIGHT = {"sub", "sup"}
_INLINE = _SET_TIGHT | {
    "italic", "bold", "bold-italic", "sc", "roman", "underline", "overline", "monospace", "sans-serif", "strike", "styled-content",
    "named-content", "abbrev", "ext-link", "uri", "x", "inline-formula", "alternatives", "math", "mrow", "mi", "mn", "mo", "mtext", "msup",
    "msub", "ruby", "rb", "hr", "fixed-case", "milestone-start", "milestone-end", "styled",
}  # fmt: skip
_SEAM = "\ue000"  # private use: where two elements meet that have no blank between them


def own(root: etree._Element) -> Iterator[etree._Element]:
    """All elements of an article in its order, without those of articles within it: responses, letters, translations.

    >>> [local(one) for one in own(etree.fromstring("<article><body/><sub-article><body/></sub-article><back/></article>"))]
    ['body', 'back']
    """
    for child in root:
        if local(child) and local(child) not in _OTHERS:
            yield child
            yield from own(child)


def words(element: etree._Element | None) -> str:
    """The text of an element on one line, formulas as they are spelled out, without footnotes and labels; empty where there is none.

    >>> words(etree.fromstring("<t>HbA<sub> 1c </sub> one<fn><p>x</p></fn></t>"))
    'HbA1c one'
    """
    return " ".join("".join(_pieces(element)).split()) if element is not None else ""


def written(citation: etree._Element) -> str:
    """A citation's text as it would be printed: tagged pieces that touch are parted, and nothing else is.

    >>> name = "<surname>Roe</surname><given-names>B</given-names>"
    >>> written(etree.fromstring(f"<mixed-citation>{name}. <year>2001</year>;3</mixed-citation>"))
    'Roe B. 2001;3'
    """
    punctuated = local(citation) == "mixed-citation" or any((child.tail or "").strip() for child in citation)
    text = "".join(_pieces(citation, seam=True))
    seams = rf"(?<=[^\W_]){_SEAM}+(?=[^\W_])" if punctuated else rf"{_SEAM}+"
    return " ".join(re.sub(seams, " ", text).replace(_SEAM, "").split())


def _pieces(element: etree._Element, *, seam: bool = False) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        tag = local(child)
        part = seam and bool(tag) and tag not in _INLINE
        yield _SEAM if part else ""
        yield from _child(child, tag, seam)
        yield _SEAM if part else ""
        yield child.tail or ""


def _child(child: etree._Element, tag: str, seam: bool) -> Iterator[str]:
    if isinstance(child, etree._Entity):
        yield entity(child)
    elif tag == "break":
        yield " "
    elif tag in _SET_TIGHT:
        yield "".join(_pieces(child)).strip()
    elif tag == "alternatives":
        yield next((text for one in child if local(one) not in _UNSPOKEN and (text := words(one))), "")
    elif tag and tag not in _UNSPOKEN:
        yield from _pieces(child, seam=seam)


def entity(node: etree._Element) -> str:
    """What an entity stands for that only a DTD would define: the usual names are those of HTML, any other is left out.

    >>> entity(etree.Entity("alpha")), entity(etree.Entity("house"))
    ('α', ' ')
    """
    known = unescape(str(node.text))
    return " " if known.startswith("&") else known
