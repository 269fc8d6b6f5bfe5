"""The Retraction Watch CSV, as Crossref publishes it, read into notices: https://gitlab.com/crossref/retraction-watch-data.

What makes the whole list doubtful (no CSV, columns missing, a row that is torn) refuses it: a list that is read in part would be silent
about the rest. What is wrong within one row (a date, a kind, an identifier) is told, and the row is kept as far as it says something.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TextIO

from edgewise.citations.lookup.identifiers import Malformed, doi, pmid
from edgewise.citations.lookup.works import Notice, NoticeKind
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding, Severity

COLUMNS = (
    "Title", "RetractionDate", "RetractionDOI", "RetractionPubMedID", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature",
    "Reason",
)  # fmt: skip
_KINDS: Mapping[str, NoticeKind] = {
    "retraction": "retraction",
    "partial retraction": "retraction",
    "expression of concern": "concern",
    "concern": "concern",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "reinstatement": "reinstatement",
    "withdrawal": "withdrawal",
    "withdrawn": "withdrawal",
    "removal": "withdrawal",
}
_NONE = frozenset({"", "0", "unavailable", "none", "na", "n/a", "nan", "null", "unknown", "-"})
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s.*)?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[\sT].*)?", re.ASCII)
_DOI_BEGINS = re.compile(r"10\.\d{4,9}", re.ASCII)
_BETWEEN_DOIS = re.compile(r"[;,\s]+(?=(?:https?://|doi:\s*)?(?:dx\.|www\.)?(?:doi\.org/)?10\.\d{4,9}/)", re.ASCII | re.IGNORECASE)
_BETWEEN_PMIDS = re.compile(r"[;,]|(?<=\d)\s+(?=\d)", re.ASCII)
_SPREADSHEET_PMID = re.compile(r"(?:pmid\s*:?\s*)?0*(\d+?)(?:\.0)?\Z", re.ASCII | re.IGNORECASE)  # 17.0, 0017
_LARGEST = 1_000_000_000  # bytes; the list has some 60 million
_TOLD = 20  # faults
_TITLE, _REASON = 500, 300  # characters that are kept


@dataclass(frozen=True, slots=True)
class ListedWork:
    """A row: under which identifiers a work is listed, and the notice of it, with the list's own title as what it is about."""

    dois: tuple[str, ...]
    pmids: tuple[str, ...]
    notice: Notice


@dataclass(slots=True)
class Reading:
    """What a list holds, row by row, and what is known of it once all rows were taken.

    Attributes:
        file: as it is named in findings.
        today: no notice is newer; a later date is a mistake.
        works: rows that can be used, so far.
        without: rows that name no work by DOI or PMID, and so cannot be found again.
        up_to: the newest day of a notice, ISO 8601; empty if none has a day.
        doubts: what is wrong within rows; the first of them.
        doubted: how many there are.
    """

    file: str
    today: date
    works: int = 0
    without: int = 0
    up_to: str = ""
    doubts: list[Finding] = field(default_factory=list)
    doubted: int = 0

    def doubt(self, line: int, message: str, repair: str) -> None:
        """Remember what is wrong within a row."""
        self.doubted += 1
        if len(self.doubts) < _TOLD:
            self.doubts.append(_fault(self.file, line, message, repair, "warning"))


def read_rows(path: Path, reading: Reading) -> Iterator[ListedWork]:
    r"""The works of a list in its order, one after the other; `reading` learns the rest.

    Args:
        path: a CSV file in UTF-8. Bytes that are none become replacement characters: names have them, identifiers do not.
        reading: to be filled.

    Raises:
        SourceError: it cannot be read, or is no such list; each fault with its line. What was given before counts for nothing.

    >>> import tempfile
    >>> row = "1,On hips,1/15/2024 0:00,10.5555/N,0,https://doi.org/10.5555/A,17,Retraction,+Error in Data;"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "list.csv")
    ...     _ = file.write_text(",".join(("Record ID", *COLUMNS)) + "\n" + row)
    ...     [work] = read_rows(file, Reading("list.csv", date(2026, 1, 1)))
    >>> work.dois, work.pmids, work.notice.kind, work.notice.date, work.notice.reason
    (('10.5555/a',), ('17',), 'retraction', '2024-01-15', 'Error in Data')
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise SourceError([_fault(reading.file, 0, f"it is larger than {_LARGEST:,} bytes", "give the list alone")])
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            yield from _works(file, reading)
    except OSError as error:
        raise SourceError([_fault(reading.file, 0, f"it cannot be read ({error.strerror or error})", "name a file that can be")]) from None


def _works(file: TextIO, reading: Reading) -> Iterator[ListedWork]:
    torn: list[Finding] = []
    rows = _rows(file, reading)
    columns = _columns(next(rows, (1, [])), reading)
    for line, row in rows:
        if fault := _torn(line, row, columns, reading):
            torn.append(fault)
            if len(torn) >= _TOLD:
                break
        elif not torn and any(row) and (work := _work(line, {name: row[place].strip() for name, place in columns.places}, reading)):
            reading.works += 1
            yield work
    if torn:
        raise SourceError(torn)
    if not reading.works:
        raise SourceError([_fault(reading.file, 0, "no row names a work by DOI or PMID", "give the list as published")])


def _rows(file: TextIO, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line where it begins."""
    rows, begun = csv.reader(_whole_lines(file, reading), strict=True), 1
    try:
        for row in rows:
            yield begun, row
            begun = rows.line_num + 1
    except csv.Error as error:
        span = f" (to line {rows.line_num})" if rows.line_num > begun else ""
        message = f"the row that begins here{span} is no row of a CSV file: {error}"
        raise SourceError([_fault(reading.file, begun, message, "close the quotes of its fields, and double those within one")]) from None


def _whole_lines(file: TextIO, reading: Reading) -> Iterator[str]:
    """Lines, none of them longer than a row can be."""
    most = csv.field_size_limit() * 2
    for number, line in enumerate(iter(lambda: file.readline(most), ""), 1):
        if len(line) >= most:
            raise SourceError([_fault(reading.file, number, "this line is longer than a row can be", "give the list as published")])
        if "\0" in line:
            message = "this line holds a character of number 0, so that it is no text in UTF-8"
            raise SourceError([_fault(reading.file, number, message, "save the file as CSV in UTF-8")])
        yield line


@dataclass(slots=True)
class _Columns:
    """Where the columns are that are needed, and how many fields each row has; 0 until the first row tells."""

    places: tuple[tuple[str, int], ...]
    named: int
    ends_empty: bool
    fields: int = 0


def _columns(first: tuple[int, list[str]], reading: Reading) -> _Columns:
    """Where the columns are that are needed, by the first row."""
    line, row = first
    names = [name.strip().casefold() for name in row]
    missing = [name for name in COLUMNS if names.count(name.casefold()) != 1]
    if missing:
        message = f"no list of Retraction Watch: its first row does not name once each {', '.join(missing)}"
        other = ";" if len(row) < 3 and ";" in "".join(row) else "tabs" if len(row) < 3 and "\t" in "".join(row) else ""
        repair = f"separate its columns by commas instead of {other}" if other else "give the CSV as Crossref publishes it"
        raise SourceError([_fault(reading.file, line, message, repair)])
    return _Columns(tuple((name, names.index(name.casefold())) for name in COLUMNS), len(names), not names[-1])


def _torn(line: int, row: list[str], columns: _Columns, reading: Reading) -> Finding | None:
    """A row of more or fewer fields than the others: one that a comma without quotes shifts would be read under other columns."""
    columns.fields = columns.fields or _fields(row, columns)
    if not any(row) or len(row) == columns.fields:
        return None
    message = f"a row of {len(row)} fields, where there should be {columns.fields}"
    return _fault(reading.file, line, message, "put its commas and line breaks within quotes")


def _fields(first: list[str], columns: _Columns) -> int:
    """As many as there are columns; lists were published whose rows, or whose column names, all end in a comma more."""
    ends = len(first) - columns.named
    return len(first) if (ends == 1 and not first[-1]) or (ends == -1 and columns.ends_empty) else columns.named


def _work(line: int, row: Mapping[str, str], reading: Reading) -> ListedWork | None:
    dois, pmids = _dois(line, row["OriginalPaperDOI"], reading), _pmids(line, row["OriginalPaperPubMedID"], reading)
    if not dois and not pmids:
        reading.without += 1
        return None
    target = next(iter(_dois(0, row["RetractionDOI"], reading) or _pmids(0, row["RetractionPubMedID"], reading)), "")
    kind, day = _kind(line, row["RetractionNature"], reading), _day(line, row["RetractionDate"], reading)
    notice = Notice(
        kind, row["RetractionNature"][:80] or "notice of no kind", target, day, "", _reason(row["Reason"]), row["Title"][:_TITLE]
    )
    return ListedWork(dois, pmids, notice)


def _kind(line: int, nature: str, reading: Reading) -> NoticeKind:
    kind = _KINDS.get(" ".join(nature.casefold().split()))
    if kind is None:
        message = f"'{nature[:80]}' is no RetractionNature that is known; it is told as a concern"
        reading.doubt(line, message, "write Retraction, Expression of concern, Correction, Reinstatement or Withdrawal")
    return kind or "concern"


def _day(line: int, printed: str, reading: Reading) -> str:
    """The day, ISO 8601; empty where there is none."""
    american, iso = _AMERICAN.fullmatch(printed), _ISO.fullmatch(printed)
    try:
        found = date(int(american[3]), int(american[1]), int(american[2])) if american else date(*map(int, iso.groups())) if iso else None
    except ValueError:
        found = None
    if found is None or found > reading.today:
        if printed.casefold() not in _NONE:
            reading.doubt(line, f"'{printed[:80]}' is no RetractionDate; the notice is told without one", "write month/day/year")
        return ""
    reading.up_to = max(reading.up_to, found.isoformat())
    return found.isoformat()


def _reason(printed: str) -> str:
    """Reasons in the list's words, without its signs: ``+Error in Data;+Plagiarism;``."""
    return "; ".join(one for part in printed.split(";") if (one := part.strip().lstrip("+").strip()))[:_REASON]


def _dois(line: int, printed: str, reading: Reading) -> tuple[str, ...]:
    parts = [] if printed.casefold() in _NONE else _BETWEEN_DOIS.split(printed)
    begun = [part for part in parts if _DOI_BEGINS.search(part)]  # "DOI 10.5555/a" is one DOI
    return _identifiers(line, "DOI", map(_plain_doi, begun or parts), reading)


def _plain_doi(printed: str) -> str | Malformed:
    begins = _DOI_BEGINS.search(printed)
    return doi(printed[begins.start() :].rstrip(".,;") if begins else printed)


def _pmids(line: int, printed: str, reading: Reading) -> tuple[str, ...]:
    parts = [] if printed.casefold() in _NONE else _BETWEEN_PMIDS.split(printed.strip(";, "))
    return _identifiers(line, "PMID", (pmid(_SPREADSHEET_PMID.sub(r"\1", part.strip())) for part in parts), reading)


def _identifiers(line: int, scheme: str, found: Iterable[str | Malformed], reading: Reading) -> tuple[str, ...]:
    """Those that are well-formed; the others are told, unless the line is 0."""
    held = list(islice(found, 50))
    for one in held:
        if isinstance(one, Malformed) and line:
            reading.doubt(line, f"{one}; the work cannot be found by it", f"write the {scheme} alone, or leave it out")
    return tuple(dict.fromkeys(one for one in held if isinstance(one, str)))


def _fault(file: str, line: int, message: str, repair: str, severity: Severity = "error") -> Finding:
    return Finding(rule="retraction-list", message=message, severity=severity, file=file, line=line, repair=repair)
