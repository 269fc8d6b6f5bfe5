"""EndNote's XML, as EndNote, Zotero and Covidence export it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from edgewise.citations.formats.csl_item_reading import reading_of
from edgewise.citations.formats.csl_items import Item
from edgewise.citations.formats.endnote_items import endnote_item
from edgewise.citations.formats.exchange import Reading, Spot, distinct
from edgewise.citations.formats.xml_files import tree_of
from edgewise.graph.reading.xml_trees import flat, line_of

# Path below a record → field.
_FIELDS = {
    "contributors/authors/author": "author", "titles/title": "title", "titles/secondary-title": "container",
    "periodical/full-title": "container", "titles/alt-title": "abbreviation", "periodical/abbr-1": "abbreviation", "volume": "volume",
    "number": "issue", "pages": "page", "dates/year": "year", "dates/pub-dates/date": "date", "publisher": "publisher",
    "pub-location": "place", "edition": "edition", "language": "language", "isbn": "number", "electronic-resource-num": "doi",
    "urls/related-urls/url": "url", "urls/web-urls/url": "url", "accession-num": "accession number",
    "contributors/secondary-authors/author": "editors", "contributors/tertiary-authors/author": "series editors",
    "contributors/subsidiary-authors/author": "further authors", "contributors/translated-authors/author": "translators",
    "abstract": "abstract", "keywords/keyword": "keywords", "notes": "notes", "research-notes": "research notes",
    "titles/tertiary-title": "series", "titles/translated-title": "translated title", "custom2": "PMC number", "custom7": "article number",
}  # fmt: skip


def read(text: str | bytes, name: str, *, stated_by: str = "editor") -> Reading:
    """The references of a file in EndNote's XML; what is broken comes back as findings with file and line.

    >>> authors = "<contributors><authors><author>Doe, Ann</author></authors></contributors>"
    >>> rest = "<titles><title><style>A trial</style></title></titles><dates><year>2001</year></dates>"
    >>> xml = f"<xml><records><record><ref-type name='Book'>6</ref-type>{authors}{rest}</record></records></xml>"
    >>> [(one.title, one.author, one.year, one.printed_kind) for one in read(xml, "list.xml").references]
    [('A trial', 'Doe, Ann', 2001, 'book')]
    """
    root, findings = tree_of(text, name)
    if root is None:
        return Reading(findings=findings)
    return distinct(_readings(root, name, stated_by), name)


def _readings(root: etree._Element, name: str, stated_by: str) -> Iterator[Reading]:
    for number, record in enumerate(root.iter("{*}record"), 1):
        yield reading_of(item_of_record(record), number, Spot(name, line_of(record)), stated_by)


def item_of_record(record: etree._Element) -> Item:
    """The CSL item of one record, as Word's fields hold them too.

    >>> item_of_record(etree.fromstring("<record><volume>7</volume></record>"))["volume"]
    '7'
    """
    kind = next((one.get("name") or "" for one in record.iterfind("{*}ref-type")), "")
    base = " ".join(flat(record.find(f"{{*}}{tag}")) for tag in ("remote-database-name", "remote-database-provider"))
    return endnote_item(kind or "Journal Article", _said(record), base)


def _said(record: etree._Element) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for path, field in _FIELDS.items():
        values = [value for element in record.iterfind("/".join(f"{{*}}{tag}" for tag in path.split("/"))) if (value := flat(element))]
        if values:
            said.setdefault(field, []).extend(value for value in values if value not in said.get(field, ()))
    return said
