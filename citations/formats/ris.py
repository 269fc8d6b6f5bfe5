"""RIS, the format that every reference manager and most publishers read; parsed and written by rispy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import rispy  # type: ignore[import-untyped]

from edgewise.citations.formats.csl_item_reading import reading_of
from edgewise.citations.formats.csl_items import ISBN, ISSN, TYPES, Item, item_of
from edgewise.citations.formats.database_fields import PMID, links, page_range, pubmed_number, serial_numbers, title_of
from edgewise.citations.formats.details import month_number
from edgewise.citations.formats.exchange import Reading, Spot, Written, decode, distinct
from edgewise.citations.formats.names import inverted_name
from edgewise.graph.model import Reference

# RIS field (rispy's name) → CSL variable, first choice first.
_FIELDS = {
    "title": "title",
    "primary_title": "title",
    "secondary_title": "container-title",
    "journal_name": "container-title",
    "alternate_title3": "container-title",
    "alternate_title1": "container-title-short",
    "alternate_title2": "container-title-short",
    "volume": "volume",
    "number": "issue",
    "publisher": "publisher",
    "place_published": "publisher-place",
    "edition": "edition",
    "language": "language",
    "doi": "DOI",
    "id": "id",
}
_HANDLED = frozenset(
    {*_FIELDS, "type_of_reference", "authors", "first_authors", "year", "publication_year", "date", "start_page", "end_page"}
    | {"issn", "urls", "notes", "accession_number", "name_of_database", "unknown_tag"}
)
_FROM_RIS = {ris: csl for csl, (ris, _) in reversed(TYPES.items())} | {"EJOUR": "article-journal", "CONF": "paper-conference"}
_RUNNING_NUMBER = re.compile(r"\s*\d+\.\s*")  # some programs print one before each entry
_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: |$)")
_NARROW_TAG = re.compile(r"^([A-Z][A-Z0-9]) - ?(?=\S|$)")
# What databases print before and after an entry: headings, who provides it, links to the full text, the search strategy.
_WRAPPING = re.compile(
    r"Record #\d+ of \d+|(?:Provider|Content|Database|Source|Host)\s?:|NL  - |C1  - Database|Link to the |Search (?:Strategy|Name)",
    re.IGNORECASE,
)
_OF_A_WORK = re.compile(r"(?:TI|T1|AU|A1|DO|PY|Y1)  -")
_WITH_DOIS = ("L3", "type_of_work", "file_attachments2", "file_attachments1")
_PUBMED_IN = {"custom2": re.compile("scopus|ebsco"), "custom5": re.compile("embase")}  # where these write PubMed's number
_LISTED = (*rispy.RisParser.DEFAULT_LIST_TAGS, "DB", "L1", "L2", "L3", "SN")
_RANGE = re.compile(r"([^\s–—-]+)\s?[–—-]\s?([^\s–—-]+)")
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    def set_header(self, count: int) -> str:  # noqa: ARG002
        """No line before an entry: a running number there is not RIS."""
        return ""


def write(references: Iterable[Reference], *, notes: bool = True) -> Written:
    """References as RIS; `notes` keep who stated what.

    >>> print(write([Reference("r1", 1, "A trial", 2006, author="Foley BS")]).text.splitlines()[2:5])
    ['TI  - A trial', 'AU  - Foley, B. S.', 'PY  - 2006']
    """
    pairs = [item_of(reference, notes=notes) for reference in references]
    text = rispy.dumps([_entry(item) for item, _ in pairs], implementation=_Writer)
    return Written(text.rstrip("\n") + "\n" if pairs else "", tuple(out for _, left_out in pairs for out in left_out))


def read(text: str | bytes, name: str, *, stated_by: str = "editor") -> Reading:
    r"""The references of an RIS file; what is broken comes back as findings with file and line.

    >>> found = read("TY  - JOUR\nTI  - A trial\nPY  - 2006\nVL  - 3\nER  - \nTY  - JOUR\nTI  - Lost", "list.ris")
    >>> found.references[0].title
    'A trial'
    >>> for finding in found.findings: print(finding)
    list.ris:6: warning: the entry has no end; add the line 'ER  - ' [broken-entry]
    list.ris:6: warning: the reference 'reference-2' has no year; add it once the work has one [missing-year]
    """
    content, findings = decode(text, name)
    if findings:
        return Reading(findings=findings)
    return distinct(_readings(content, name, stated_by), name)


def _entry(item: Item) -> dict[str, Any]:
    entry: dict[str, Any] = {"type_of_reference": TYPES[item["type"]][0]}
    chosen = {variable: field for field, variable in reversed(_FIELDS.items())}
    entry |= {field: item[variable] for variable, field in chosen.items() if variable in item}
    if "author" in item:
        entry["authors"] = [_author(person) for person in item["author"]]
    return entry | _dates(item) | _pages(item) | _numbers(item) | ({"notes": item["note"].split("\n")} if "note" in item else {})


def _author(person: Mapping[str, str]) -> str:
    return person.get("literal") or f"{person['family']}, {person['given']}"


def _dates(item: Item) -> dict[str, str]:
    if "issued" not in item:
        return {}
    year, *rest = item["issued"]["date-parts"][0]
    full = "/".join([str(year), *(f"{part:02}" for part in rest)])
    return {"year": str(year)} | ({"date": full + "/" * (3 - len(rest))} if rest else {})


def _pages(item: Item) -> dict[str, str]:
    pages = item.get("page", "")
    if span := _RANGE.fullmatch(pages):
        return {"start_page": span[1], "end_page": span[2]}
    return {"start_page": pages} if pages else {}


def _numbers(item: Item) -> dict[str, Any]:
    """Only what reading can tell apart again: SN holds ISBN and ISSN, AN the number of any database."""
    found: dict[str, Any] = {}
    if ISBN.fullmatch(item.get("ISBN", "")):
        found["issn"] = item["ISBN"]
    elif ISSN.fullmatch(item.get("ISSN", "")):
        found["issn"] = item["ISSN"]
    if PMID.fullmatch(item.get("PMID", "")):
        found |= {"accession_number": item["PMID"], "name_of_database": "PubMed"}
    return found | ({"urls": [item["URL"]]} if "URL" in item else {})


def _readings(content: str, name: str, stated_by: str) -> Iterator[Reading]:
    number = 0
    for line, lines, ended in _records(content):
        spot = Spot(name, line)
        if not lines[0].startswith("TY  -"):
            if not _is_wrapping(lines):
                yield _odd(spot, "this text stands outside any entry", "start an entry with 'TY  - '")
            continue
        number += 1
        if not ended:
            yield _odd(spot, "the entry has no end", "add the line 'ER  - '")
        yield _reading(lines, number, spot, stated_by)


def _is_wrapping(lines: list[str]) -> bool:
    return bool(_WRAPPING.match(lines[0].strip())) and not any(_OF_A_WORK.match(line) for line in lines)


def _records(content: str) -> Iterator[tuple[int, list[str], bool]]:
    """Each entry, or stretch of text between entries, with its first line and whether it was ended."""
    held: list[str] = []
    start = 1
    narrow = False
    for number, printed in enumerate(content.split("\n"), 1):
        narrow = narrow or (not held and printed.startswith("TY - "))
        line = _NARROW_TAG.sub(r"\1  - ", printed) if narrow else printed  # SpringerLink's lines, among others
        tag = match[1] if (match := _TAG.match(line)) else ""
        if tag == "TY" and held:
            yield start, held, False
            held = []
        if not held:
            start = number
        if tag == "ER" and held:
            yield start, [*held, line], True
            held = []
        elif held or not (_RUNNING_NUMBER.fullmatch(line) or not line.strip()):
            held.append(line)
    if any(line.strip() for line in held):
        yield start, held, False


def _reading(lines: list[str], number: int, spot: Spot, stated_by: str) -> Reading:
    closed = [line for line in lines if not line.startswith("ER  -") and line.strip()]
    try:
        entries = rispy.loads("\n".join([*closed, "ER  - "]), delimiter_tags_mapping={}, list_tags=[*_LISTED])
        item = _item(entries[0])
    except (LookupError, AttributeError, TypeError, ValueError):  # rispy on lines that continue nothing
        return Reading(findings=(spot.finding("broken-entry", "the entry is not in the form of RIS", "export it again"),))
    return reading_of(item, number, spot, stated_by)


def _item(entry: Mapping[str, Any]) -> Item:
    item: Item = {"type": _FROM_RIS.get(entry["type_of_reference"], "document")}
    for field, variable in _FIELDS.items():
        if field in entry:
            item.setdefault(variable, entry[field])
    item["author"] = [inverted_name(line) for line in dict.fromkeys([*entry.get("first_authors", []), *entry.get("authors", [])])]
    item["issued"] = {"date-parts": [_parts(entry)]}
    item["note"] = "\n".join(entry.get("notes", []))
    ends = [entry.get(end) or "" for end in ("start_page", "end_page")]
    item["page"] = "–".join(filter(None, ends))
    item |= _known_numbers(entry)
    item |= {field: value for field, value in entry.items() if field not in _HANDLED} | dict(entry.get("unknown_tag", {}))
    if "edgewise position" not in item["note"]:  # our own files say all that in its place
        _mend(item, ends)
    return item


def _mend(item: Item, ends: list[str]) -> None:
    """Take what stands in another field for what it is: a journal's abbreviation alone, DOI, article number, PubMed's number."""
    if "container-title" not in item and "container-title-short" in item:
        item["container-title"] = item.pop("container-title-short")
    for field in _WITH_DOIS:
        held = item.get(field, "")
        values = [str(value).strip() for value in (held if isinstance(held, list) else [held])]
        if doi := next((value for value in values if _DOI.fullmatch(value)), ""):
            item.setdefault("DOI", re.sub(r"^doi:\s*", "", doi, flags=re.IGNORECASE))
            item[field] = [value for value in values if value != doi]
    item["page"] = page_range(*ends)
    if not item["page"] and item["type"] == "article-journal" and re.fullmatch(r"\S{1,20}", str(item.get("custom7", ""))):
        item["page"] = item.pop("custom7")
    for field in _PUBMED_IN:
        if field in item and item[field] == item.get("PMID"):
            del item[field]
    item["title"] = title_of(item["title"]) if isinstance(item.get("title"), str) else ""


def _known_numbers(entry: Mapping[str, Any]) -> Item:
    found: Item = {}
    number = "; ".join(entry.get("issn", []))
    if number:
        found |= serial_numbers(number) or {"ISSN": number}
    accession, database = str(entry.get("accession_number", "")), _database(entry)
    given = {field: str(entry[field]) for field, owner in _PUBMED_IN.items() if field in entry and owner.search(database)}
    elsewhere = next((value for value in given.values() if PMID.fullmatch(value)), "")
    if marked := pubmed_number(accession) or elsewhere or pubmed_number(accession, database):
        found["PMID"] = marked
    if accession and accession != marked and not pubmed_number(accession):
        found["accession number"] = accession
    return found | links(entry.get("urls") or [])


def _database(entry: Mapping[str, Any]) -> str:
    """The database that an entry is from, and who provides it."""
    return " ".join([*entry.get("name_of_database", []), str(entry.get("database_provider", ""))]).casefold()


def _parts(entry: Mapping[str, Any]) -> list[str]:
    """Year, month and day, from whichever of PY, Y1 and DA says most of the same year."""
    lines = [entry.get(field, "") for field in ("year", "publication_year", "date")]
    dates = [[part.strip() for part in re.split(r"[/-]", line)[:3] if part.strip()] for line in lines]
    same = [date for date in dates if date and date[0][:4] == next(date for date in dates if date)[0][:4]]
    longest = max(same, key=len, default=[])
    if not longest:
        return []
    month = [str(month_number(part) or part) for part in longest[1:2]]
    return [longest[0][:4], *month, *longest[2:]]


def _odd(spot: Spot, message: str, repair: str) -> Reading:
    return Reading(findings=(spot.finding("broken-entry", message, repair, "warning"),))
