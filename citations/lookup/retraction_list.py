"""The list of retractions that is kept beside the answers of registries: taken in once, then found in by DOI or PMID. Nothing is sent.

It is an SQLite file with an index, so that looking up a work reads a few pages of it and not sixty thousand rows.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast, get_args

from edgewise.citations.lookup.retraction_rows import ListedWork, Reading, read_rows
from edgewise.citations.lookup.works import Listed, Notice, NoticeKind
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

FILE = "retractions.sqlite"
_VERSION = 1
_TABLES = """
create table about (version integer, up_to text, taken text, works integer);
create table notice (number integer primary key, kind text, label text, target text, day text, reason text, title text);
create table listed (identifier text, number integer, primary key (identifier, number)) without rowid;
"""
_FOUND = """
select distinct kind, label, target, day, reason, title
from notice where number in (select number from listed where identifier in ({}))
order by day, number
"""
_KINDS = frozenset(get_args(NoticeKind))


@dataclass(frozen=True, slots=True)
class RetractionList:
    """The list that is kept.

    Attributes:
        up_to: the day of its newest notice, ISO 8601; empty if none is dated.
        taken: the day on which it was taken in.
        works: how many rows it has that can be found by DOI or PMID.
    """

    up_to: str
    taken: str
    works: int


def take_in(path: Path, folder: Path, today: date) -> tuple[RetractionList, Reading]:
    """Keep a list in place of the one that was kept before, which stays if this one cannot be used.

    Args:
        path: the CSV of Retraction Watch, as Crossref publishes it.
        folder: of the answers of registries; made if need be.
        today: the day of taking it in.

    Returns:
        What is kept, and what reading it showed.

    Raises:
        SourceError: the list cannot be read or kept.
    """
    reading = Reading(str(path), today)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
        os.close(handle)
        try:
            kept = _written(Path(name), read_rows(path, reading), reading)
            Path(name).replace(folder / FILE)
        finally:
            Path(name).unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        told = f"the list cannot be kept in {folder} ({error})"
        raise SourceError([Finding(rule="retraction-list", message=told, repair="name another folder in EDGEWISE_CACHE")]) from None
    return kept, reading


def kept_list(folder: Path) -> RetractionList | None:
    """The list that is kept in a folder; None where there is none, or none that can be used.

    >>> kept_list(Path("nowhere")) is None
    True
    """
    try:
        with closing(_opened(folder)) as held:
            return _about(held)
    except (OSError, ValueError, sqlite3.Error):
        return None


def listed(folder: Path, dois: Collection[str], pmids: Collection[str]) -> Listed | None:
    """What the kept list says of a work, oldest notice first; None where no list is kept, or none that can be used.

    Args:
        folder: of the kept list.
        dois: of the work, in lower case and without prefix.
        pmids: of the work.

    >>> listed(Path("nowhere"), ["10.5555/a"], []) is None
    True
    """
    sought = [*(f"doi:{one}" for one in dois), *(f"pmid:{one}" for one in pmids)]
    try:
        with closing(_opened(folder)) as held:
            rows = held.execute(_FOUND.format(", ".join("?" * len(sought))), sought).fetchall()
            return Listed(_about(held).up_to, tuple(map(_notice, rows)))
    except (OSError, ValueError, sqlite3.Error):
        return None


def _written(file: Path, works: Iterable[ListedWork], reading: Reading) -> RetractionList:
    with closing(sqlite3.connect(file)) as made:
        made.executescript(_TABLES)
        for number, work in enumerate(works):
            one = work.notice
            row = (number, one.kind, one.label, one.target, one.date, one.reason, one.about)
            made.execute("insert into notice values (?, ?, ?, ?, ?, ?, ?)", row)
            made.executemany("insert or ignore into listed values (?, ?)", ((identifier, number) for identifier in _identifiers(work)))
        kept = RetractionList(reading.up_to, reading.today.isoformat(), reading.works)
        made.execute("insert into about values (?, ?, ?, ?)", (_VERSION, kept.up_to, kept.taken, kept.works))
        made.commit()
    return kept


def _identifiers(work: ListedWork) -> Iterator[str]:
    yield from (f"doi:{one}" for one in work.dois)
    yield from (f"pmid:{one}" for one in work.pmids)


def _opened(folder: Path) -> sqlite3.Connection:
    """Read alone: asking makes no file."""
    return sqlite3.connect(f"{(folder / FILE).absolute().as_uri()}?mode=ro", uri=True)


def _about(held: sqlite3.Connection) -> RetractionList:
    version, up_to, taken, works = held.execute("select version, up_to, taken, works from about").fetchone() or (0, "", "", 0)
    if version != _VERSION or not (isinstance(up_to, str) and isinstance(taken, str) and isinstance(works, int)):
        raise ValueError("kept by another version")
    return RetractionList(up_to, taken, works)


def _notice(row: tuple[object, ...]) -> Notice:
    kind, *rest = row
    if kind not in _KINDS or not all(isinstance(one, str) for one in rest):
        raise ValueError("not what was kept")
    label, target, day, reason, title = cast("list[str]", rest)
    return Notice(cast("NoticeKind", kind), label, target, day, "", reason, title)
