"""What is known of the files of a folder: which guideline each holds, and what of it rests on which works. It lies in the cache folder.

A file is looked into when it is new, or its size or time of change is another; all else is answered from here. What is damaged or was
written by other code is begun anew, and without a cache folder everything is kept in memory: nothing here is more than a saving of time.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from edgewise.graph.compiled.cache_folder import cache_folder, own_folder
from edgewise.graph.compiled.judged import DECIDE
from edgewise.graph.compiled.version import version
from edgewise.graph.stores.entry import Entry, read_entry
from edgewise.graph.stores.errors import StoreError
from edgewise.graph.stores.works import Rest

_TABLES = """
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, changed INTEGER, size INTEGER, seen INTEGER, id TEXT, iri TEXT, entry TEXT);
CREATE TABLE IF NOT EXISTS rests (path TEXT, work TEXT, what TEXT, id TEXT);
CREATE INDEX IF NOT EXISTS files_by_id ON files (id) WHERE id IS NOT NULL;
CREATE INDEX IF NOT EXISTS files_by_iri ON files (iri) WHERE iri IS NOT NULL;
CREATE INDEX IF NOT EXISTS files_without ON files (path) WHERE id IS NULL;
CREATE TABLE IF NOT EXISTS changes (number INTEGER);
INSERT INTO changes SELECT 0 WHERE NOT EXISTS (SELECT * FROM changes);
CREATE TABLE IF NOT EXISTS counted (number INTEGER, guidelines INTEGER, clashing INTEGER, unusable INTEGER);
CREATE TRIGGER IF NOT EXISTS put AFTER INSERT ON files BEGIN UPDATE changes SET number = number + 1; END;
CREATE TRIGGER IF NOT EXISTS gone AFTER DELETE ON files BEGIN UPDATE changes SET number = number + 1; END;
CREATE INDEX IF NOT EXISTS rests_by_work ON rests (work);
CREATE INDEX IF NOT EXISTS rests_by_path ON rests (path);
"""
_COUNTS = """
SELECT COUNT(*), COALESCE(SUM(CASE WHEN held > 1 THEN held END), 0), (SELECT COUNT(*) FROM files WHERE id IS NULL)
FROM (SELECT COUNT(*) AS held FROM files WHERE id IS NOT NULL GROUP BY id)
"""
_SHARED = """
SELECT work, COUNT(DISTINCT files.id) AS held, MIN(files.iri), rests.id FROM rests JOIN files USING (path)
WHERE what = 'reference' GROUP BY work HAVING held > 1 ORDER BY held DESC, work LIMIT ?
"""
_RACY = 2_000_000_000  # ns: a file changed so shortly before it was looked into may change again without its time telling


@dataclass(frozen=True, slots=True)
class State:
    """By what a file is known to be unchanged."""

    path: str
    changed: int
    size: int


@dataclass(frozen=True, slots=True)
class Known:
    """A file that holds a guideline."""

    path: str
    entry: Entry
    changed: int


class Counts(NamedTuple):
    """How many guidelines there are, how many files bear an id that another bears as well, and how many hold no guideline."""

    guidelines: int
    clashing: int
    unusable: int


Look = Callable[[str], tuple[Entry, tuple[Rest, ...]] | None]
"""What a file holds; None where it cannot be used as a guideline."""


class Catalogue:
    """What is known of the files of some folders.

    Args:
        folders: which; each set of folders has a catalogue of its own.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        named = "\0".join(map(str, folders))
        self._name = sha256(f"{version(DECIDE)}\0{named}".encode("utf-8", "surrogateescape")).hexdigest()[:40]
        self._lock = RLock()
        self._database: sqlite3.Connection | None = None
        self._opened = 0

    def refresh(self, found: Iterable[State], look: Look) -> int:
        """Look into what is new or has changed, and forget what is gone; how many files there are.

        Others are answered meanwhile, from what is known by then.
        """
        known, there = self._states(), set()
        for state in found:
            there.add(state.path)
            if not _fresh(known.get(state.path), state):
                self.note(state, look)
        if gone := known.keys() - there:
            with self._open() as database:
                for path in gone:
                    _forget(database, path)
        return len(there)

    def stale(self, found: Iterable[State]) -> list[State]:
        """Those that `refresh` would look into."""
        known = self._states()
        return [state for state in found if not _fresh(known.get(state.path), state)]

    def note(self, state: State, look: Look) -> None:
        """Look into one file."""
        held = look(state.path)
        with self._open() as database:
            self._note(database, state, held)

    def forget(self, path: str) -> None:
        """A file is gone."""
        with self._open() as database:
            _forget(database, path)

    def known(self, id: str = "") -> list[Known]:
        """The files that hold a guideline, or that of this id or IRI."""
        told = "SELECT path, entry, changed FROM files WHERE"
        question = f"{told} id = :id UNION {told} iri = :id" if id else f"{told} id IS NOT NULL"
        with self._open() as database:
            rows = database.execute(question, {"id": id}).fetchall()
        return [Known(path, read_entry(entry), changed) for path, entry, changed in rows]

    def of_files(self, paths: Iterable[str]) -> list[Known]:
        """What is known of these files, where they hold a guideline."""
        told = "SELECT path, entry, changed FROM files WHERE path = ? AND id IS NOT NULL"
        with self._open() as database:
            rows = [row for path in paths for row in database.execute(told, (path,))]
        return [Known(path, read_entry(entry), changed) for path, entry, changed in rows]

    def page(self, after: str, limit: int | None) -> list[Known]:
        """The files of so many guidelines by id, of those whose id comes after one; several files may hold one."""
        ids = "SELECT DISTINCT id FROM files WHERE id IS NOT NULL AND id > ? ORDER BY id LIMIT ?"
        where, values = f"id IN ({ids})", (after, -1 if limit is None else max(limit, 0))
        with self._open() as database:
            rows = database.execute(f"SELECT path, entry, changed FROM files WHERE id IS NOT NULL AND {where}", values).fetchall()  # noqa: S608
        return [Known(path, read_entry(entry), changed) for path, entry, changed in rows]

    def ids(self, limit: int) -> list[str]:
        """So many ids, sorted."""
        with self._open() as database:
            rows = database.execute("SELECT DISTINCT id FROM files WHERE id IS NOT NULL ORDER BY id LIMIT ?", (limit,))
            return [id for (id,) in rows]

    def count(self) -> Counts:
        """How much there is; counted again only when something was written."""
        with self._open() as database:
            kept = database.execute("SELECT guidelines, clashing, unusable FROM counted JOIN changes USING (number)").fetchone()
            if kept is None:
                kept = database.execute(_COUNTS).fetchone()
                database.execute("DELETE FROM counted")
                database.execute("INSERT INTO counted SELECT number, ?, ?, ? FROM changes", kept)
            return Counts(*kept)

    def files(self) -> int:
        """How many files are known, with a guideline in them or not."""
        with self._open() as database:
            return _one(database, "SELECT COUNT(*) FROM files")

    def mark(self) -> object:
        """Equals an earlier one as long as nothing was written since, by anybody."""
        with self._open() as database:
            return self._opened, _one(database, "SELECT number FROM changes")

    def unusable(self) -> list[str]:
        """The files that hold none that can be used."""
        with self._open() as database:
            return [path for (path,) in database.execute("SELECT path FROM files WHERE entry IS NULL ORDER BY path")]

    def resting_on(self, work: str) -> dict[str, list[Rest]]:
        """What rests on a work, by file."""
        with self._open() as database:
            rows = database.execute("SELECT path, work, what, id FROM rests WHERE work = ? ORDER BY path, id", (work,)).fetchall()
        found: dict[str, list[Rest]] = {}
        for path, *rest in rows:
            found.setdefault(path, []).append(Rest(*rest))
        return found

    def shared(self, limit: int) -> list[tuple[str, int, str, str]]:
        """Works that several guidelines cite: how many do, the IRI of one, and the id of the entry there."""
        with self._open() as database:
            return database.execute(_SHARED, (limit,)).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def _states(self) -> dict[str, tuple[int, int, int]]:
        with self._open() as database:
            return {row[0]: row[1:] for row in database.execute("SELECT path, changed, size, seen FROM files")}

    def _note(self, database: sqlite3.Connection, state: State, held: tuple[Entry, tuple[Rest, ...]] | None) -> None:
        _forget(database, state.path)
        entry, rests = held or (None, ())
        row = (entry.id, entry.iri, entry.to_json()) if entry else (None, None, None)
        database.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", (state.path, state.changed, state.size, time.time_ns(), *row))
        database.executemany("INSERT INTO rests VALUES (?, ?, ?, ?)", [(state.path, *rest) for rest in rests])
        database.commit()  # judging takes longer than this, and what was judged should not be lost

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._database is None:
                self._database = _connect(self._file())
                self._opened += 1
            try:
                yield self._database
                self._database.commit()
            except (sqlite3.Error, StoreError):  # damaged, or the disk is full: begin anew in memory
                self.close()
                self._discard()
                raise

    def _file(self) -> Path | None:
        folder = cache_folder()
        folder = folder / "libraries" if folder else None
        return folder / f"{self._name}.db" if folder and own_folder(folder) else None

    def _discard(self) -> None:
        if file := self._file():
            with suppress(OSError):
                file.unlink(missing_ok=True)


def _fresh(known: tuple[int, int, int] | None, state: State) -> bool:
    return known is not None and known[:2] == (state.changed, state.size) and known[2] - state.changed > _RACY


def _one(database: sqlite3.Connection, question: str) -> int:
    found: tuple[int] = database.execute(question).fetchone()
    return found[0]


def _forget(database: sqlite3.Connection, path: str) -> None:
    database.execute("DELETE FROM files WHERE path = ?", (path,))
    database.execute("DELETE FROM rests WHERE path = ?", (path,))


def _connect(file: Path | None) -> sqlite3.Connection:
    """The catalogue in a file, else in memory."""
    if file is not None:
        with suppress(sqlite3.Error, OSError):
            return _prepared(str(file))
        with suppress(sqlite3.Error, OSError):
            file.unlink(missing_ok=True)
            return _prepared(str(file))
    return _prepared(":memory:")


def _prepared(file: str) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=20.0, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")  # what a power cut tears is begun anew
        database.executescript(_TABLES)
    except sqlite3.Error:
        database.close()
        raise
    return database
