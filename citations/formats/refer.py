"""EndNote's tagged format, an offspring of Unix's refer (.enw): lines that begin with a percent sign and one letter or sign."""

from __future__ import annotations

import re
from collections import defaultdict

from edgewise.citations.formats.csl_item_reading import reading_of
from edgewise.citations.formats.endnote_items import endnote_item
from edgewise.citations.formats.exchange import Reading, Spot
from edgewise.citations.formats.record_files import read_records
from edgewise.citations.formats.tagged_lines import Tagged, TagStyle

_STYLE = TagStyle(
    re.compile(r"(?P<tag>%[A-Z0-9!@#$&()*+^>\[?~<=|])(?:\s(?P<value>.*))?"), frozenset({"%0"}), listed=frozenset({"%U", "%@", "%K"})
)
_FIELDS = {
    "%A": "author", "%T": "title", "%J": "container", "%B": "container", "%V": "volume", "%N": "issue", "%P": "page", "%D": "year",
    "%8": "date", "%I": "publisher", "%C": "place", "%@": "number", "%R": "doi", "%U": "url", "%M": "accession number",
    "%G": "language", "%7": "edition", "%F": "id", "%E": "editors", "%X": "abstract", "%K": "keywords", "%Z": "notes", "%S": "series",
    "%Y": "further authors", "%?": "further authors",
}  # fmt: skip


def read(text: str | bytes, name: str, *, stated_by: str = "editor") -> Reading:
    r"""The references of a file in EndNote's tagged format; what is broken comes back as findings with file and line.

    >>> record = "%0 Journal Article\n%A Doe, Ann\n%A Roe, B\n%T A trial\n%J Bone\n%D 2001\n%V 3\n%P 1-9\n%R 10.1000/x\n"
    >>> (found,) = read(record, "list.enw").references
    >>> found.title, found.author, found.container, found.year, found.identifiers[0].value
    ('A trial', 'Doe, Ann; Roe, B', 'Bone', 2001, '10.1000/x')
    """

    def reading(record: Tagged, number: int, spot: Spot) -> Reading | None:
        if not any(tag for tag, _ in record.pairs):
            return None
        return reading_of(endnote_item(record.first("%0") or "Journal Article", _said(record), record.first("%W")), number, spot, stated_by)

    return read_records(text, name, _STYLE, reading, "%0 ")


def _said(record: Tagged) -> dict[str, list[str]]:
    said: dict[str, list[str]] = defaultdict(list)
    for tag, value in record.pairs:
        if value and tag in _FIELDS:
            said[_FIELDS[tag]].append(value)
        elif value and tag not in ("%0", "%W", "%!", "%~"):
            said[f"field {tag}" if tag else "untagged text"].append(value)
    return said
