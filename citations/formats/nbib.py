"""PubMed's own format, MEDLINE, as its button "Cite" and "Send to: Citation manager" save it (.nbib).

Source: MEDLINE/PubMed Data Element Descriptions (National Library of Medicine).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from edgewise.citations.formats.csl_items import Item
from edgewise.citations.formats.database_fields import title_of
from edgewise.citations.formats.dates import date_parts
from edgewise.citations.formats.exchange import Reading, Spot
from edgewise.citations.formats.names import inverted_name, parse_names
from edgewise.citations.formats.pubmed_items import pubmed_reading, type_of
from edgewise.citations.formats.record_files import read_records
from edgewise.citations.formats.tagged_lines import Tagged, TagStyle

_STYLE = TagStyle(re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,3}- ?(?P<value>.*)"), frozenset({"PMID"}))
_OF_A_WORK = frozenset({"PMID", "TI", "BTI", "AU", "FAU", "JT", "TA", "DP", "LID", "AID", "PT"})
# What has no place in a reference, in words; all other tags are about the record itself.
_UNPLACED = {
    "AB": "abstract", "OAB": "other abstract", "MH": "MeSH terms", "OT": "keywords", "FED": "editors", "PMC": "PMC number",
    "TT": "title in its own language", "CTI": "title of the collection", "GR": "grants", "RIN": "retraction in", "ECI": "concern in",
    "EIN": "erratum in", "RPI": "republished in", "UIN": "update in", "CON": "comment on", "ISBN": "ISBN",
}  # fmt: skip


def read(text: str | bytes, name: str, *, stated_by: str = "editor") -> Reading:
    r"""The references of a file in PubMed's format; what is broken comes back as findings with file and line.

    >>> record = "PMID- 123\nTI  - A trial of\n      rest.\nFAU - Doe, Ann B\nJT  - Bone\nDP  - 2001 Jan 5\nLID - 10.1000/x [doi]\n"
    >>> (found,) = read(record, "list.nbib").references
    >>> found.id, found.title, found.author, found.container, found.year, [one.value for one in found.identifiers]
    ('pmid-123', 'A trial of rest', 'Doe, Ann B', 'Bone', 2001, ['10.1000/x', '123'])
    """

    def reading(record: Tagged, number: int, spot: Spot) -> Reading | None:
        if not any(tag in _OF_A_WORK for tag, _ in record.pairs):
            return None
        return pubmed_reading(_item(record), record.all("PT"), number, spot, stated_by)

    return read_records(text, name, _STYLE, reading, "PMID- ")


def _item(record: Tagged) -> Item:
    book = record.first("BTI")
    title = record.first("TI")
    item: Item = {
        "type": type_of(record.all("PT"), book=bool(book), part=bool(title)),
        "title": title_of(title or book or record.first("TT")),
    }
    known = {
        "container-title": title_of(book) if book and title else record.first("JT", "TA"),
        "container-title-short": record.first("TA") if record.first("JT") else "",
        "volume": record.first("VI"),
        "issue": record.first("IP"),
        "page": record.first("PG") or _place(record),
        "publisher": record.first("PB"),
        "publisher-place": record.first("PL") if book else "",
        "edition": record.first("EN"),
        "language": record.first("LA"),
        "ISSN": record.first("IS").partition(" ")[0],
        "ISBN": re.sub(r"[^\dXx-].*$", "", record.first("ISBN")),
        "DOI": _marked(record, "doi"),
        "PMID": record.first("PMID"),
    }
    item |= {variable: value for variable, value in known.items() if value}
    item["author"] = list(_people(record))
    item["issued"] = {"date-parts": [date_parts(record.first("DP"))]}
    unplaced = {words: values for tag, words in _UNPLACED.items() if tag != "ISBN" and (values := record.all(tag))}
    return item | {words: values for words, values in unplaced.items() if not (words.startswith("title in") and not title)}


def _place(record: Tagged) -> str:
    """What stands for the pages of an article that is only online: the number in LID that is marked as nothing else."""
    return next((value for value in record.all("LID") if re.fullmatch(r"[\w.-]{1,20}", value)), "")


def _marked(record: Tagged, kind: str) -> str:
    """A number that stands in LID or AID, marked as being of this kind."""
    marked = (re.fullmatch(rf"(\S+)\s*\[{kind}\]", value) for value in record.all("LID", "AID"))
    return next((match[1] for match in marked if match), "")


def _people(record: Tagged) -> Iterator[dict[str, str]]:
    """Authors in full, or short where nothing else is said, and groups, in the order of the record."""
    full = record.all("FAU")
    for tag, value in record.pairs:
        if tag == "FAU":
            yield inverted_name(value)
        elif tag == "CN":
            yield {"literal": value.rstrip(" .")}
        elif tag == "AU" and not full:
            for name in parse_names(value):
                yield {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}
