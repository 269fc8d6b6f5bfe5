"""What EndNote's two formats share: types of works by their names, and the item of a record of named fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from edgewise.citations.formats.csl_items import Item
from edgewise.citations.formats.database_fields import links, page_range, pubmed_number, serial_numbers
from edgewise.citations.formats.dates import date_parts
from edgewise.citations.formats.names import inverted_name

_TYPES = {
    "journal article": "article-journal", "electronic article": "article-journal", "article": "article-journal",
    "magazine article": "article-magazine", "newspaper article": "article-newspaper", "book": "book", "edited book": "book",
    "electronic book": "book", "book section": "chapter", "electronic book section": "chapter", "conference paper": "paper-conference",
    "conference proceedings": "paper-conference", "report": "report", "government document": "report", "standard": "report",
    "thesis": "thesis", "web page": "webpage", "blog": "webpage", "dataset": "dataset", "manuscript": "article",
    "unpublished work": "article", "preprint": "article",
}  # fmt: skip
_PLACED = frozenset(
    "author title container abbreviation volume issue page publisher place edition language doi url number id year date".split()
) | {"accession number"}


def endnote_item(kind: str, said: Mapping[str, Sequence[str]], database: str = "") -> Item:
    """The item of a record.

    Args:
        kind: of the work, as EndNote calls it.
        said: the values of each field, under our own names; those that a reference has no place for under words for them.
        database: that the accession number is of, or who provides it.

    >>> endnote_item("Journal Article", {"title": ["Rest"], "author": ["Doe, A"], "year": ["2001"], "number": ["1234-5678"]})["ISSN"]
    '1234-5678'
    """
    first = {field: values[0] for field, values in said.items() if values}
    pages = page_range(first.get("page", ""))
    placed = _PLACED if pages else {*_PLACED, "article number"}
    known = {
        "title": first.get("title", ""),
        "container-title": first.get("container", "") or first.get("abbreviation", ""),
        "container-title-short": first.get("abbreviation", "") if first.get("container") else "",
        "volume": first.get("volume", ""),
        "issue": first.get("issue", ""),
        "page": pages or first.get("article number", ""),
        "publisher": first.get("publisher", ""),
        "publisher-place": first.get("place", ""),
        "edition": first.get("edition", ""),
        "language": first.get("language", ""),
        "DOI": re.sub(r"^doi:\s*", "", first.get("doi", ""), flags=re.IGNORECASE),
        "id": first.get("id", ""),
    }
    item: Item = {"type": _TYPES.get(kind.casefold(), "document")} | {variable: value for variable, value in known.items() if value}
    item["author"] = [inverted_name(name) for name in said.get("author", ())]
    item["issued"] = {"date-parts": [date_parts(first.get("date", ""), first.get("year", "")) or date_parts(first.get("date", ""))]}
    item |= _numbers(said, database) | links(said.get("url", ()))
    return item | {field: list(values) for field, values in said.items() if values and field not in placed}


def _numbers(said: Mapping[str, Sequence[str]], database: str) -> Item:
    """ISBN, ISSN and PubMed number: what stands for each is told by its form, and by the database."""
    found, accession = serial_numbers("; ".join(said.get("number", ()))), next(iter(said.get("accession number", ())), "")
    if marked := pubmed_number(accession, database):
        return found | {"PMID": marked}
    return found | ({"accession number": accession} if accession else {})
