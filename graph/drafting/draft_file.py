"""The file in which drafts lie: SQLite with a write-ahead log, synced to the disk at every commit."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from edgewise.graph.drafting.errors import DraftRefused, refuse

PATIENCE = 15  # seconds in which another process may finish writing
_SCHEMAS = (
    """
CREATE TABLE drafts (
  id TEXT PRIMARY KEY, revision INTEGER NOT NULL, state INTEGER NOT NULL, title TEXT NOT NULL, owner TEXT NOT NULL, changed TEXT NOT NULL,
  path TEXT, digest TEXT, cases_digest TEXT
) WITHOUT ROWID;
CREATE TABLE states (
  draft TEXT NOT NULL REFERENCES drafts(id) ON DELETE CASCADE, seq INTEGER NOT NULL, said TEXT NOT NULL, at TEXT NOT NULL,
  guideline BLOB NOT NULL, cases BLOB NOT NULL, UNIQUE (draft, seq)
);
CREATE TABLE told (
  draft TEXT NOT NULL REFERENCES drafts(id) ON DELETE CASCADE, revision INTEGER NOT NULL, said TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (draft, revision)
) WITHOUT ROWID;
""",
    """
CREATE TABLE shares (
  token TEXT PRIMARY KEY, draft TEXT NOT NULL UNIQUE REFERENCES drafts(id) ON DELETE CASCADE
) WITHOUT ROWID;
""",
)
"""What each version adds to the one before it: a file of an older one is brought up to date, and keeps what it holds."""
_VERSION = len(_SCHEMAS)


@dataclass(frozen=True, slots=True)
class State:
    """What a draft was at a time: both texts, whole, so that any one row can be read without the others."""

    seq: int
    said: str
    at: str
    text: str
    cases: str


@dataclass(frozen=True, slots=True)
class Row:
    """A draft without its texts; `state` is the number of the present one."""

    id: str
    revision: int
    state: int
    title: str
    owner: str
    changed: str
    origin: tuple[str, str, str] | None


class DraftFile:
    """A file of drafts; it is made when something is first written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of one moment; where there is no file, of none.

        Raises:
            DraftRefused: the file cannot be opened or read.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Changes that come to the disk all together when the block ends, or not at all.

        Raises:
            DraftRefused: the file cannot be opened or written, or another process does not let go of it.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with closing(self._open(begin != "BEGIN")) as raw:
                raw.execute(begin)
                try:
                    yield Connection(raw)
                except BaseException:
                    raw.execute("ROLLBACK")
                    raise
                raw.execute("COMMIT")
        except (sqlite3.Error, zlib.error, UnicodeDecodeError) as error:
            raise self._refused(error) from None
        except OSError as error:
            raise self._cannot(error.strerror or str(error)) from None

    def _open(self, make: bool) -> sqlite3.Connection:
        there = self.path.exists()
        if make and not there:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))  # a draft is nobody else's
        raw = sqlite3.connect(self.path if make or there else ":memory:", timeout=PATIENCE, isolation_level=None)
        try:
            self._look(raw)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "fullfsync=ON", "foreign_keys=ON", "trusted_schema=OFF"):
                raw.execute(f"PRAGMA {pragma}")
            self._make(raw)
        except BaseException:
            raw.close()
            raise
        return raw

    def _look(self, raw: sqlite3.Connection) -> None:
        """Refuse a database that is not ours before anything in it is touched."""
        version, tables = raw.execute("SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version").fetchone()
        if not 0 <= version <= _VERSION:
            message = "the drafts were kept by another version of Edgewise"
            raise refuse(DraftRefused, "draft-version", message, "use that version, or name another file", str(self.path))
        if version == 0 and tables:
            raise refuse(DraftRefused, "draft-other", "this is another program's database", "name another file", str(self.path))

    def _make(self, raw: sqlite3.Connection) -> None:
        if raw.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
            return
        raw.execute("BEGIN IMMEDIATE")
        version = raw.execute("PRAGMA user_version").fetchone()[0]  # somebody else may have been quicker
        for schema in _SCHEMAS[version:]:
            for statement in schema.split(";")[:-1]:
                raw.execute(statement)
        raw.execute(f"PRAGMA user_version={_VERSION}")
        raw.execute("COMMIT")

    def _refused(self, error: Exception) -> DraftRefused:
        said = str(error)
        if "locked" in said or "busy" in said:
            return refuse(DraftRefused, "draft-busy", "another process is writing drafts", "try again", str(self.path))
        if isinstance(error, (sqlite3.OperationalError, OSError)):
            return self._cannot(said)
        message = f"the file of drafts is damaged, or is none: {said}"
        return refuse(DraftRefused, "draft-damaged", message, "restore it from a copy, or name another file", str(self.path))

    def _cannot(self, why: str) -> DraftRefused:
        repair = "check the path, the permissions and the free space; nothing was changed"
        return refuse(DraftRefused, "draft-cannot-keep", f"drafts cannot be kept there: {why}", repair, str(self.path))


class Connection:
    """What can be asked and changed within one transaction."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def draft(self, id: str) -> Row | None:
        """The draft of that id."""
        return next(iter(self._rows("WHERE id = ?", id)), None)

    def drafts(self) -> list[Row]:
        """All drafts, the latest first."""
        return self._rows("ORDER BY changed DESC, id")

    def _rows(self, which: str, *values: str) -> list[Row]:
        columns = "id, revision, state, title, owner, changed, path, digest, cases_digest"
        found = self._raw.execute(f"SELECT {columns} FROM drafts {which}", values)  # noqa: S608 - both are our own
        return [_row(*row) for row in found]

    def states(self, id: str) -> list[tuple[int, str, str]]:
        """Number, words and time of every state that is kept, in order."""
        return self._raw.execute("SELECT seq, said, at FROM states WHERE draft = ? ORDER BY seq", (id,)).fetchall()

    def state(self, id: str, seq: int) -> State:
        """One state with its texts."""
        row = self._raw.execute("SELECT seq, said, at, guideline, cases FROM states WHERE draft = ? AND seq = ?", (id, seq)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("a state is missing")
        return State(row[0], row[1], row[2], _unpacked(row[3]), _unpacked(row[4]))

    def told_since(self, id: str, revision: int) -> list[tuple[str, str]]:
        """Words and time of what happened after a revision."""
        query = "SELECT said, at FROM told WHERE draft = ? AND revision > ? ORDER BY revision"
        return self._raw.execute(query, (id, revision)).fetchall()

    def begin(self, id: str, title: str, owner: str, origin: tuple[str, str, str] | None, state: State) -> None:
        """Take a new draft in."""
        values = (id, 1, state.seq, title, owner, state.at, *(origin or (None, None, None)))
        self._raw.execute("INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        self._keep(id, state)

    def advance(self, id: str, state: State, most: int) -> None:
        """Take a new state in behind the present one; what was undone is let go, and the oldest states beyond `most`."""
        present = self._raw.execute("SELECT state FROM drafts WHERE id = ?", (id,)).fetchone()[0]
        self._raw.execute("DELETE FROM states WHERE draft = ? AND seq > ?", (id, present))
        self._raw.execute("DELETE FROM states WHERE draft = ? AND seq <= ?", (id, present + 1 - most))
        self._keep(id, State(present + 1, state.said, state.at, state.text, state.cases))
        self.point(id, present + 1, state.said, state.at, most)

    def point(self, id: str, seq: int, said: str, at: str, most: int) -> None:
        """Make another state the present one, and tell it; what happened longer ago than `most` times is told no more."""
        self._raw.execute("UPDATE drafts SET state = ?, revision = revision + 1, changed = ? WHERE id = ?", (seq, at, id))
        self._raw.execute("INSERT INTO told SELECT id, revision, ?, ? FROM drafts WHERE id = ?", (said, at, id))
        self._raw.execute("DELETE FROM told WHERE draft = ? AND revision <= (SELECT revision FROM drafts WHERE id = ?) - ?", (id, id, most))

    def settle(self, id: str, origin: tuple[str, str, str]) -> None:
        """Note the files that a draft now equals."""
        self._raw.execute("UPDATE drafts SET path = ?, digest = ?, cases_digest = ? WHERE id = ?", (*origin, id))

    def share(self, id: str, token: str) -> None:
        """Let a draft be read under another name; whoever knows the one that it had before no longer can."""
        self._raw.execute("INSERT OR REPLACE INTO shares VALUES (?, ?)", (token, id))

    def unshare(self, id: str) -> None:
        """Let it be read under no other name."""
        self._raw.execute("DELETE FROM shares WHERE draft = ?", (id,))

    def token(self, id: str) -> str:
        """The name under which a draft can be read; empty for none."""
        return self._first("SELECT token FROM shares WHERE draft = ?", id)

    def shared(self, token: str) -> str:
        """The id of the draft that can be read under that name; empty for none."""
        return self._first("SELECT draft FROM shares WHERE token = ?", token)

    def _first(self, query: str, value: str) -> str:
        row = self._raw.execute(query, (value,)).fetchone()
        return str(row[0]) if row else ""

    def remove(self, id: str) -> None:
        """Throw a draft away with all its states."""
        self._raw.execute("DELETE FROM drafts WHERE id = ?", (id,))

    def _keep(self, id: str, state: State) -> None:
        values = (id, state.seq, state.said, state.at, _packed(state.text), _packed(state.cases))
        self._raw.execute("INSERT INTO states VALUES (?, ?, ?, ?, ?, ?)", values)


def _row(id: str, revision: int, state: int, title: str, owner: str, changed: str, *origin: str | None) -> Row:
    path, digest, cases_digest = origin
    return Row(id, revision, state, title, owner, changed, None if path is None else (path, digest or "", cases_digest or ""))


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8"), 6)


def _unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8")
