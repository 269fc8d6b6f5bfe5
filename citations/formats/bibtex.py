"""BibTeX, the format of LaTeX; each entry is parsed by bibtexparser on its own, so that one broken entry spoils no other."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping

from bibtexparser.bibdatabase import BibDatabase  # type: ignore[import-untyped]
from bibtexparser.bparser import BibTexParser  # type: ignore[import-untyped]
from bibtexparser.bwriter import BibTexWriter  # type: ignore[import-untyped]
from bibtexparser.customization import InvalidName, splitname  # type: ignore[import-untyped]
from pyparsing import ParseBaseException

from edgewise.citations.formats.chunks import Chunk, chunks
from edgewise.citations.formats.details import MONTHS, fold, month_number
from edgewise.citations.formats.exchange import Reading, Spot, Written, decode, distinct
from edgewise.citations.formats.incoming import reading_of
from edgewise.citations.formats.items import TYPES, Item, item_of
from edgewise.citations.formats.tex import commands, read_tex, write_tex
from edgewise.graph.model import Reference

# BibTeX field → CSL variable, first choice first.
_FIELDS = {
    "title": "title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "shortjournal": "container-title-short",
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "page",
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
_HANDLED = frozenset({*_FIELDS, "author", "year", "month", "date", "annote", "ENTRYTYPE", "ID"})
_AND = re.compile(r" and ")
_LONGEST_ENTRY = 200_000  # characters
_MOST_JOINS = 100  # of strings by '#' in one entry
_LONGEST_STRING = 1_000  # characters of an @string
_MOST_STRINGS = 2_000

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # findings say it, with the line


def write(references: Iterable[Reference]) -> Written:
    r"""References as BibTeX, in UTF-8.

    >>> print(write([Reference("r1", 1, "Belts & braces", 2006)]).text.splitlines()[2])
     title = {Belts \& braces},
    """
    pairs = [item_of(reference) for reference in references]
    database = BibDatabase()
    database.entries = [_entry(item) for item, _ in pairs]
    writer = BibTexWriter()
    writer.order_entries_by = None
    return Written(writer.write(database), tuple(out for _, left_out in pairs for out in left_out))


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


def _entry(item: Item) -> dict[str, str]:
    fields = {variable: field for field, variable in reversed(_FIELDS.items())}
    fields["container-title"] = _CONTAINERS.get(item["type"], "journal")
    entry = {"ENTRYTYPE": TYPES[item["type"]][1], "ID": item["id"]}
    entry |= {field: write_tex(item[variable]) for variable, field in fields.items() if item.get(variable)}
    if "page" in item:
        entry["pages"] = write_tex(re.sub(r"\s?[–—]\s?", "--", item["page"]))
    if "author" in item:
        entry["author"] = " and ".join(_author(person) for person in item["author"])
    year, *rest = item["issued"]["date-parts"][0]
    entry |= {"year": str(year)} | ({"month": MONTHS[rest[0] - 1]} if rest else {})
    return entry | {"annote": "\n".join(write_tex(line) for line in item["note"].split("\n"))}


def _author(person: Mapping[str, str]) -> str:
    if literal := person.get("literal"):
        return "{" + write_tex(literal) + "}"
    # Braces keep a surname of several words, or one with an "and" in it, together.
    return ", ".join(f"{{{part}}}" if re.search(r"\w\w\W", part) else part for part in map(write_tex, (person["family"], person["given"])))


def _readings(content: str, name: str, stated_by: str) -> Iterator[Reading]:
    parser = BibTexParser(ignore_nonstandard_types=False, common_strings=True)
    parser.expect_multiple_parse = True
    number = 0
    for chunk in chunks(content):
        spot = Spot(name, chunk.line)
        if trouble := _trouble(chunk):
            yield Reading(findings=(spot.finding("broken-entry", *trouble),))
        elif chunk.kind == "string":
            yield from _define(parser, chunk, spot)
        elif chunk.kind not in ("comment", "preamble"):
            number += 1
            yield _reading(parser, chunk, number, spot, stated_by)


def _trouble(chunk: Chunk) -> tuple[str, str] | None:
    if not chunk.closed:
        return "the entry's braces are not closed", "close them, or take the entry out"
    if len(chunk.text) > _LONGEST_ENTRY:
        return f"the entry has more than {_LONGEST_ENTRY:,} characters", "take out what a reference does not need"
    if chunk.too_deep:
        return "the entry's braces are nested too deeply", "take the needless ones out"
    if chunk.text.replace("\\#", "").count("#") > _MOST_JOINS:
        return f"the entry joins more than {_MOST_JOINS} strings", "write the text out"
    return None


def _define(parser: BibTexParser, chunk: Chunk, spot: Spot) -> Iterator[Reading]:
    """Take an @string in; strings made of strings made of strings must not fill the memory."""
    known = dict(parser.bib_database.strings)
    if len(known) >= _MOST_STRINGS:
        yield Reading(findings=(spot.finding("file-too-large", f"more than {_MOST_STRINGS:,} @strings", "write the texts out"),))
        return
    if not _parsed(parser, chunk.text):
        yield Reading(findings=(spot.finding("broken-entry", "the @string is not in the form of BibTeX", 'write @string{name = "text"}'),))
    elif any(len(str(value)) > _LONGEST_STRING for value in parser.bib_database.strings.values()):
        message = f"the @string has more than {_LONGEST_STRING:,} characters and was not read"
        yield Reading(findings=(spot.finding("value-too-long", message, "shorten it"),))
        parser.bib_database.strings.clear()
        parser.bib_database.strings.update(known)


def _reading(parser: BibTexParser, chunk: Chunk, number: int, spot: Spot, stated_by: str) -> Reading:
    parser.bib_database.entries = []
    if not (_parsed(parser, chunk.text) and parser.bib_database.entries):
        message = "the entry is not in the form of BibTeX, or uses a string that is not defined"
        return Reading(findings=(spot.finding("broken-entry", message, "write @article{key, field = {value}, …}"),))
    entry: dict[str, str] = parser.bib_database.entries[0]
    reading = reading_of(_item(entry), number, spot, stated_by)
    unknown = dict.fromkeys(command for field, value in entry.items() if field in _HANDLED for command in commands(value))
    findings = tuple(
        spot.finding("latex-command", f"the command {command} was kept as text", "write what it stands for", "warning", command)
        for command in list(unknown)[:20]
    )
    return Reading(reading.references, reading.left_out, (*reading.findings, *findings))


def _parsed(parser: BibTexParser, text: str) -> bool:
    """Whether the parser could do something with it: what it cannot, it takes for a comment without a word."""
    parser.bib_database.comments = []
    try:
        parser.parse(text)
    except (ParseBaseException, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        return False
    return not parser.bib_database.comments


def _item(entry: Mapping[str, str]) -> Item:
    item: Item = {"id": entry["ID"], "type": _FROM_BIBTEX.get(entry["ENTRYTYPE"], "document")}
    for field, variable in _FIELDS.items():
        if entry.get(field):
            item.setdefault(variable, read_tex(entry[field]))
    if "page" in item:
        item["page"] = re.sub(r"-{2,3}", "–", item["page"])
    item["author"] = [_person(name) for name in _names(" ".join(entry.get("author", "").split()))]
    item["issued"] = {"date-parts": [_date(entry)]}
    item["note"] = "\n".join(read_tex(line) for line in entry.get("annote", "").split("\n"))
    return item | {field: read_tex(value[:200]) for field, value in entry.items() if field not in _HANDLED}


def _date(entry: Mapping[str, str]) -> list[str]:
    iso = re.match(r"\s*(\d{4})(?:-(\d\d))?(?:-(\d\d))?", entry.get("date", ""))
    if iso and not entry.get("year"):
        return [part for part in iso.groups() if part]
    month = month_number(read_tex(entry.get("month", "")))
    return [read_tex(entry.get("year", "")), *([str(month)] if month else [])]


def _names(line: str) -> Iterator[str]:
    """The names of an author field; an "and" inside braces parts nothing."""
    depth = start = 0
    breaks = {match.start(): match.end() for match in _AND.finditer(line)}
    for at, sign in enumerate(line):
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and at in breaks and at >= start:
            yield line[start:at].strip()
            start = breaks[at]
    yield line[start:].strip()


def _person(name: str) -> dict[str, str]:
    if name.startswith("{") and name.endswith("}") and _closes(name) == len(name) - 1:
        return {"literal": read_tex(name)}
    try:
        parts = splitname(name, strict_mode=False)
    except (InvalidName, StopIteration, IndexError):
        return {"literal": read_tex(name)}
    family = " ".join([*parts.get("von", []), *parts.get("last", [])])
    given = " ".join([*parts.get("first", []), *parts.get("jr", [])])
    return {"family": fold(read_tex(family)), "given": fold(read_tex(given))}


def _closes(name: str) -> int:
    depth = 0
    for at, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at
    return -1
