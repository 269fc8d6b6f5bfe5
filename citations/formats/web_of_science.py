"""Web of Science's format for EndNote and plain text (.ciw, .isi), tags of two letters, continued lines indented by three.

Source: Web of Science Core Collection Field Tags (Clarivate).
"""

from __future__ import annotations

import re
from dataclasses import replace

from edgewise.citations.formats.csl_item_reading import reading_of
from edgewise.citations.formats.csl_items import Item
from edgewise.citations.formats.database_fields import page_range, pubmed_number, serial_numbers, title_of
from edgewise.citations.formats.dates import date_parts
from edgewise.citations.formats.exchange import Reading, Spot
from edgewise.citations.formats.names import inverted_name
from edgewise.citations.formats.record_files import read_records
from edgewise.citations.formats.tagged_lines import Tagged, TagStyle

_STYLE = TagStyle(
    re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*))?"),
    frozenset({"PT"}),
    end="ER",
    listed=frozenset({"AU", "AF", "CA", "GP", "BE", "CR"}),
    outside=frozenset({"FN", "VR", "EF"}),
)
_TYPES = {"B": "book", "J": "article-journal", "S": "chapter", "P": "document"}
_UNPLACED = {
    "AB": "abstract", "DE": "keywords", "ID": "keywords of the database", "BE": "editors", "ED": "editors", "UT": "accession number",
    "FU": "funding", "CT": "conference", "SE": "series", "C1": "addresses",
}  # fmt: skip


def read(text: str | bytes, name: str, *, stated_by: str = "editor") -> Reading:
    r"""The references of a file from Web of Science; what is broken comes back as findings with file and line.

    >>> record = "PT J\nAU Doe, AB\n   Roe, C\nTI A trial of\n   rest\nSO BONE\nPD JAN 5\nPY 2001\nVL 3\nBP 1\nEP 9\nDI 10.1000/x\nER\n"
    >>> (found,) = read(f"FN Clarivate\nVR 1.0\n{record}EF\n", "list.ciw").references
    >>> found.title, found.author, found.container, found.year
    ('A trial of rest', 'Doe AB, Roe C', 'BONE', 2001)
    """

    def reading(record: Tagged, number: int, spot: Spot) -> Reading | None:
        if not record.first("PT") and not record.first("TI"):
            return None
        read = reading_of(_item(record), number, spot, stated_by)
        endless = spot.finding("broken-entry", "the record has no end", "add the line 'ER'", "warning")
        return read if record.ended else replace(read, findings=(endless, *read.findings))

    return read_records(text, name, _STYLE, reading, "PT J")


def _item(record: Tagged) -> Item:
    part = record.first("PT") in ("B", "S") and record.first("SO") not in ("", record.first("TI"))
    kind = "chapter" if part else _TYPES.get(record.first("PT"), "article-journal")
    kind = "paper-conference" if "proceedings paper" in record.first("DT").casefold() else kind
    item: Item = {"type": kind, "title": title_of(record.first("TI") or record.first("SO"))}
    numbers = serial_numbers("; ".join(record.all("SN", "EI"))) or {"ISSN": record.first("SN", "EI")}
    accession = record.first("UT")
    known = {
        "container-title": record.first("SO") if record.first("TI") else "",
        "container-title-short": record.first("JI", "J9"),
        "volume": record.first("VL"),
        "issue": record.first("IS"),
        "page": record.first("PS") or page_range(record.first("BP"), record.first("EP")) or record.first("AR"),
        "publisher": record.first("PU"),
        "publisher-place": record.first("PI"),
        "language": record.first("LA"),
        "ISSN": numbers.get("ISSN", ""),
        "ISBN": record.first("BN").partition(";")[0],
        "DOI": record.first("DI"),
        "PMID": record.first("PM") or pubmed_number(accession),
    }
    item |= {variable: value for variable, value in known.items() if value}
    people = [name.strip() for line in record.all("AF") or record.all("AU") for name in line.split(";")]
    item["author"] = [*map(inverted_name, people), *({"literal": group} for group in record.all("CA", "GP"))]
    item["issued"] = {"date-parts": [date_parts(record.first("PD"), record.first("PY"))]}
    told = {"UT"} if pubmed_number(accession) else set[str]()
    return item | {words: values for tag, words in _UNPLACED.items() if tag not in told and (values := record.all(tag))}
