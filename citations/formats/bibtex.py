"""BibTeX, the format of LaTeX, out of and into references; one broken entry spoils no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat

from edgewise.citations.formats.bibtex_entries import BibtexEntry, parse
from edgewise.citations.formats.bibtex_names import read_people, unparted_names, write_people
from edgewise.citations.formats.csl_item_reading import reading_of
from edgewise.citations.formats.csl_items import TYPES, Item, item_of
from edgewise.citations.formats.details import MONTHS, month_number
from edgewise.citations.formats.exchange import Reading, Spot, Written, decode, distinct
from edgewise.citations.formats.tex import commands, read_address, read_tex, write_address, write_tex
from edgewise.graph.model import Reference
from edgewise.ontology.findings import Finding

# BibTeX field → CSL variable, first choice first.
_ARTICLE_NUMBERS = ("eid", "article-number", "art_number", "articleno")
"""What stands for pages in an article that is only online: physics' journals, Web of Science, Scopus, ACM."""
_FIELDS = {
    "title": "title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "shortjournal": "container-title-short",
    "abbrev_source_title": "container-title-short",
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "page",
    **dict.fromkeys(_ARTICLE_NUMBERS, "page"),
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "edition": "edition",
    "issn": "ISSN",
    "language": "language",
    "doi": "DOI",
    "pmid": "PMID",
    "pubmed_id": "PMID",
    "isbn": "ISBN",
    "url": "URL",
}
_CONTAINERS = {"chapter": "booktitle", "paper-conference": "booktitle"}
_FROM_BIBTEX = {bibtex: csl for csl, (_, bibtex) in reversed(TYPES.items())} | {
    "inbook": "chapter",
    "conference": "paper-conference",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "report": "report",
    "online": "webpage",
}
_ADDRESSES = frozenset({"doi", "url", "pmid", "isbn", "issn"})
_HANDLED = frozenset({*_FIELDS, "subtitle", "author", "year", "month", "date", "annote"})
_OF_ONE_WORK = frozenset({"title", "page", "DOI", "PMID", "URL"})
_NOT_INHERITED = frozenset({"subtitle", "annote", *(field for field, variable in _FIELDS.items() if variable in _OF_ONE_WORK)})
_YEAR = re.compile(r"\D{0,12}(\d{4})(?!\d)")  # "(2001)", "c. 1999", "2001a"
_AND_ON = re.compile(r"\s?[-–]{1,3}\s?\+$")  # "12-+": Web of Science, of an article that goes on elsewhere in its issue
_MONTH_AND_DAY = re.compile(r"(?:(\d{1,2})\.?\s+)?(\d{1,2}|[^\W\d]+\.?)(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?")


def write(references: Iterable[Reference], *, notes: bool = True) -> Written:
    r"""References as BibTeX, in UTF-8; `notes` keep who stated what.

    >>> print(write([Reference("r1", 1, "Belts & braces", 2006)]).text.splitlines()[2])
     title = {Belts \& braces},
    """
    pairs = [item_of(reference, notes=notes) for reference in references]
    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent, layout.block_separator = " ", "\n"
    text = write_string(Library([_entry(item) for item, _ in pairs]), unparse_stack=[], bibtex_format=layout)
    return Written(text, tuple(out for _, left_out in pairs for out in left_out))


def read(text: str | bytes, name: str, *, stated_by: str = "editor") -> Reading:
    r"""The references of a BibTeX file; what is broken comes back as findings with file and line.

    >>> found = read("@article{a, title={A trial}, year=2006}\n@article{b, title={Lost", "list.bib")
    >>> found.references[0].title
    'A trial'
    >>> print(found.findings[0])
    list.bib:2: error: the entry's braces are not closed; close them, or take the entry out [broken-entry]
    """
    content, findings = decode(text, name)
    if findings:
        return Reading(findings=findings)
    return distinct(_readings(content, name, stated_by), name)


def _entry(item: Item) -> Entry:
    variables = {variable: field for field, variable in reversed(_FIELDS.items())}
    variables["container-title"] = _CONTAINERS.get(item["type"], "journal")
    fields = {field: _written(field, item[variable]) for variable, field in variables.items() if item.get(variable)}
    if "author" in item:
        fields["author"] = write_people(item["author"])
    if "issued" in item:
        year, *rest = item["issued"]["date-parts"][0]
        fields |= {"year": str(year)} | ({"month": MONTHS[rest[0] - 1]} if rest else {})
    if "note" in item:
        fields["annote"] = "\n".join(write_tex(line) for line in item["note"].split("\n"))
    return Entry(TYPES[item["type"]][1], item["id"], [Field(field, f"{{{value}}}") for field, value in sorted(fields.items())])


def _written(field: str, value: str) -> str:
    if field in _ADDRESSES:
        return write_address(value)
    return re.sub(r"\s?[–—]\s?", "--", write_tex(value)) if field == "pages" else write_tex(value)


def _readings(content: str, name: str, stated_by: str) -> Iterator[Reading]:
    held = list(parse(content, name))
    books = {entry.key.lower(): entry for entry in held if isinstance(entry, BibtexEntry)}
    number = 0
    for entry in held:
        if isinstance(entry, BibtexEntry):
            number += 1
            yield _reading(entry, _with_parent(entry, books), number, stated_by)
        else:
            yield Reading(findings=(entry,))


def _with_parent(entry: BibtexEntry, books: Mapping[str, BibtexEntry]) -> Mapping[str, str]:
    """An entry's fields, and those of the book that it refers to where it has none of its own."""
    book = books.get(entry.fields.get("crossref", "").strip().lower())
    if book is None:
        return entry.fields
    fields = {field: value for field, value in book.fields.items() if field not in _NOT_INHERITED}
    fields.setdefault("booktitle", book.fields.get("title", ""))
    return fields | {field: value for field, value in entry.fields.items() if field != "crossref"}


def _reading(entry: BibtexEntry, fields: Mapping[str, str], number: int, stated_by: str) -> Reading:
    reading = reading_of(_item(entry, fields), number, entry.spot, stated_by)
    unknown = dict.fromkeys(command for field, value in fields.items() if field in _HANDLED for command in commands(value))
    findings = tuple(
        entry.spot.finding("latex-command", f"the command {command} was kept as text", "write what it stands for", "warning", command)
        for command in list(unknown)[:20]
    )
    found = (*entry.findings, *reading.findings, *findings, *_odd_names(fields, entry.spot))
    return replace(reading, findings=found)


def _odd_names(fields: Mapping[str, str], spot: Spot) -> Iterator[Finding]:
    message, repair = "the authors are not parted by 'and'; the line was kept as it stands", "write 'Family, Given and Family, Given'"
    for name in unparted_names(fields.get("author", "")):
        yield spot.finding("author-line", message, repair, "warning", name)


def _item(entry: BibtexEntry, fields: Mapping[str, str]) -> Item:
    item: Item = {"id": entry.key, "type": _FROM_BIBTEX.get(entry.kind, "document")}
    for field, variable in _FIELDS.items():
        if fields.get(field):
            item.setdefault(variable, (read_address if field in _ADDRESSES else read_tex)(fields[field]))
    if "title" in item and fields.get("subtitle"):
        item["title"] = f"{item['title']}: {read_tex(fields['subtitle'])}"
    if "page" in item:
        item["page"] = re.sub(r"-{2,3}", "–", _AND_ON.sub("", item["page"]))
    if item["type"] == "book" and fields.get("booktitle") == fields.get("title"):
        del item["container-title"]  # said for the chapters that refer to it
    item["author"] = read_people(fields.get("author", ""))
    item |= _date(fields)
    item["note"] = "\n".join(read_tex(line) for line in fields.get("annote", "").split("\n"))
    handled = _HANDLED.difference(_ARTICLE_NUMBERS) if fields.get("pages") else _HANDLED
    return item | {field: read_tex(value[:200]) for field, value in fields.items() if field not in handled}


def _date(fields: Mapping[str, str]) -> Item:
    """The date as a CSL item has it; a month that is none keeps its own field, and is reported with what has no place."""
    iso = re.match(r"\s*(\d{4})(?:-(\d\d))?(?:-(\d\d))?", fields.get("date", ""))
    said = read_tex(fields.get("month", "")).strip()
    year = read_tex(fields.get("year", ""))
    found = _YEAR.match(year)
    parts = [part for part in iso.groups() if part] if iso and not year else [found[1] if found else year]
    month = _month_and_day(said)
    dated: Item = {"issued": {"date-parts": [parts if parts[1:] else [*parts, *month]]}}
    return dated if month or not said else dated | {"month": said}


def _month_and_day(said: str) -> list[str]:
    """What ``month = jun`` says, or ``jun # "~3"``, or ``"3~" # jun``; empty for what is no month."""
    found = _MONTH_AND_DAY.fullmatch(said)
    month = month_number(found[2]) if found else None
    days = [day for day in (found[1], found[3]) if day] if found else []
    return [str(month), *days[:1]] if month else []
