"""Links within a web page: which of them lead into the reference list, and to which entry, however a publisher writes that down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from edgewise.citations.reading.html_furniture import SILENT, is_hidden

# Beside id: what publishers call an element by, and name in the links to it.
_NAMED = ("id", "name", "data-bib-id", "content-id", "data-legacy-id", "data-ref-id")
_LEADING = (
    "rid", "data-rid", "data-xml-rid", "data-xocs-content-id", "reveal-id", "data-open", "data-modal-source-id", "data-db-target-for",
    "data-reference-links",
)  # fmt: skip
_PREFIXES = ("", "ref-id-", "jumplink-", "core-")
_CUT = ("core-collateral-", "core-")
GROUP = re.compile(r"[\s\[(^,;\u2010-\u2015-]*\d{1,3}(?:[\s,;\]\[\u2010-\u2015\u2212-]{1,5}\d{1,3}){0,80}[\s\]).,;]*")
"""A printed group of numbers."""
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d[a-z]?(?!\d)|in press|forthcoming|n\.\s?d\.", re.IGNORECASE)
# What publishers and wikis call the anchors of their entries: ref12, B12, bib-12, cite_note-12, rid_CR12.
_REFERENCE_ID = re.compile(r"^(?:[a-z]*-)?(?:ref|cit|bib|cr|endnote|note|fn|b|r|en)[a-z_]*[-_.:]?[a-z]*\d", re.IGNORECASE)
LONGEST = 400

Names = Mapping[str, etree._Element]


def named(root: etree._Element) -> Names:
    """The elements of a page by what links call them; of two with the same name the first.

    >>> sorted(named(etree.fromstring("<ul><li id='B1'/><li data-bib-id='B2'/></ul>")))
    ['B1', 'B2']
    """
    found: dict[str, etree._Element] = {}
    for attribute in _NAMED:
        for element in root.iter(etree.Element):
            value = element.get(attribute)
            if value and (attribute != "name" or element.tag == "a"):
                found.setdefault(value, element)
    return found


def words_of(element: etree._Element) -> str:
    """The words of an element that readers see, white space folded."""
    return " ".join("".join(_seen(element)).split())


def _seen(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SILENT and not is_hidden(child):
            yield from _seen(child)
        yield child.tail or ""


def keys_of(link: etree._Element) -> Iterator[str]:
    """What a link calls its target within the page."""
    href = link.get("href") or ""
    fragment = unquote(href.partition("#")[2])
    for key in (fragment, *(link.get(attribute) or "" for attribute in _LEADING)):
        if key:
            yield from (prefix + key for prefix in _PREFIXES)
            yield from (key.removeprefix(cut) for cut in _CUT if key.startswith(cut))


def target_of(link: etree._Element, names: Names) -> etree._Element | None:
    """The element of the page that a link leads to; None if it leads nowhere in it.

    >>> page = etree.fromstring("<p><a href='#core-collateral-r1'>1</a><b id='r1'/></p>")
    >>> target_of(page[0], named(page)).tag
    'b'
    """
    return next((names[key] for key in keys_of(link) if key in names and names[key] is not link), None)


def may_cite(link: etree._Element) -> str:
    """The words of a link that could be a citation, by numbers or by names and year; empty for any other.

    >>> [may_cite(etree.fromstring(f"<a>{words}</a>")) for words in ("[1-3]", "Doe, 2001", "the list")]
    ['[1-3]', 'Doe, 2001', '']
    """
    words = words_of(link)
    if not words or len(words) > LONGEST:
        return ""
    return words if GROUP.fullmatch(words) or _YEAR.search(words) else ""


def looks_cited(link: etree._Element) -> bool:
    """Whether a link's target is called as entries of reference lists are.

    >>> looks_cited(etree.fromstring("<a href='#cite_note-3'/>")), looks_cited(etree.fromstring("<a href='#fig3'/>"))
    (True, False)
    """
    href = link.get("href") or ""
    return "#" in href and bool(_REFERENCE_ID.match(href.rpartition("#")[2]))
