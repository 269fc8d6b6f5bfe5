"""The ledger in its database: entries are added, never changed; what was acknowledged is on disk.

The only file that knows the SQL library. SQLite and PostgreSQL take the same road; they differ in how writers queue up
(``BEGIN IMMEDIATE``, an advisory lock) and in the text of the triggers. Should a queue ever fail, the database still refuses a
second entry behind the same predecessor, and the writer tries again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Row
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from edgewise.citations.ledger import triggers
from edgewise.citations.ledger.address import Address, address
from edgewise.citations.ledger.entries import (
    KINDS,
    START,
    Content,
    LedgerEntry,
    LedgerError,
    chain,
    faults,
    link_faults,
    refuse,
)
from edgewise.citations.ledger.rows import LATER, SEEN, TEXTS, entry_of, row
from edgewise.ontology.findings import Finding

PATIENCE = 30
"""Seconds a writer waits for the others."""
_LOCK = 0x456467657769  # of PostgreSQL's advisory locks, ours: any constant
_NOT_ALLOWED = "42501"
_PASSING = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock time-out

_meta = sa.MetaData()
_table = sa.Table(
    triggers.TABLE,
    _meta,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("previous", sa.Text, nullable=False, unique=True),
    sa.Column("digest", sa.Text, nullable=False, unique=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in TEXTS),
    *(sa.Column(name, sa.Text, nullable=True) for name in (*SEEN, *LATER)),
    sa.CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="edgewise_ledger_kind"),
    sa.Index("edgewise_ledger_place", "guideline", "citation"),
)

_T = TypeVar("_T")


class Taken(NamedTuple):
    """How many entries an import added, and how many the ledger knew already."""

    added: int
    known: int


def open_ledger(where: str | Path, *, create: bool = False) -> Ledger:
    """Open the ledger in a file (SQLite) or at a ``postgresql+psycopg://`` URL.

    Args:
        where: a path, ``sqlite:///PATH`` or the URL.
        create: start a ledger where there is none yet.

    Raises:
        LedgerError: no ledger there, none possible there, or no such kind of address. No message bears credentials.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     len(open_ledger(Path(folder, "signed.db"), create=True))
    0
    """
    place = address(where)
    if place.path is not None:
        _check_path(place, place.path, create)
    ledger = Ledger(_engine(place), place.shown)
    ledger.prepare(create)
    return ledger


class Ledger:
    """An append-only ledger; made by `open_ledger`. Safe to share between threads, and to inherit by a fork.

    Attributes:
        shown: where it lies, without credentials.
    """

    def __init__(self, engine: Engine, shown: str) -> None:
        self._engine, self.shown = engine, shown

    def __repr__(self) -> str:
        return f"Ledger({self.shown!r})"

    def __bool__(self) -> bool:
        return True  # an empty ledger is one, whatever its length

    def __len__(self) -> int:
        with self._reading() as connection:
            return _tail(connection)[0]

    def head(self) -> str:
        """The digest of the last entry, or `START`: kept elsewhere, it proves later that nothing was cut off."""
        with self._reading() as connection:
            return _tail(connection)[1]

    def entries(self, guideline: str = "", citation: str = "") -> tuple[LedgerEntry, ...]:
        """Entries in their order: all, those of a guideline, or those of a citation (IRIs).

        Raises:
            LedgerError: the database cannot be read.
        """
        with self._reading() as connection:
            return tuple(self._entry(held) for held in connection.execute(_selected(guideline, citation)))

    def append(self, guideline: str, citation: str, compose: Callable[[tuple[LedgerEntry, ...]], Content]) -> LedgerEntry:
        """Add one entry; when this returns, it is on disk.

        Args:
            guideline: IRI.
            citation: IRI.
            compose: makes the content from the citation's entries so far, while no other writer can add one.

        Raises:
            LedgerError: the content is unsound, or the database cannot be written; nothing was then added, unless the
                message says that this is not known.
        """

        def write(connection: Connection) -> LedgerEntry:
            content = compose(tuple(self._entry(held) for held in connection.execute(_selected(guideline, citation))))
            if wrong := [Finding(rule="ledger-entry", message=what, repair=repair) for what, repair in faults(content)]:
                raise LedgerError(wrong)
            seq, previous = _tail(connection)
            entry = chain(content, seq + 1, previous)
            _widen(connection)
            connection.execute(sa.insert(_table), [row(entry)])
            return entry

        return self._write(write)

    def adopt(self, contents: Iterable[Content]) -> Taken:
        """Add entries of another ledger behind one's own, in their order, all or none; those known already are left out.

        Into an empty ledger, or one that holds the beginning of the other, they come with the very digests they had.

        Raises:
            LedgerError: the database cannot be written.
        """
        offered = list(contents)

        def write(connection: Connection) -> Taken:
            known = set(connection.scalars(sa.select(_table.c.id)))
            new = [content for content in offered if content.id not in known]
            seq, previous = _tail(connection)
            _widen(connection)
            for place, content in enumerate(new, seq + 1):
                entry = chain(content, place, previous)
                connection.execute(sa.insert(_table), [row(entry)])
                previous = entry.digest
            return Taken(len(new), len(offered) - len(new))

        return self._write(write)

    def verify(self, head: str = "") -> tuple[Finding, ...]:
        """Recompute the chain. Nothing for a sound ledger, else the first entry that was tampered with, and guards that are missing.

        Args:
            head: a digest that `head` gave earlier; if given, the ledger must still hold it.

        Raises:
            LedgerError: the database cannot be read.
        """
        with self._reading() as connection:
            missing = triggers.names(connection.dialect.name) - set(connection.scalars(sa.text(triggers.query(connection.dialect.name))))
            rows = connection.execute(_selected().execution_options(yield_per=1000))
            found = list(self._broken(rows, head))
        if missing:
            what = f"the database no longer guards the ledger: {', '.join(sorted(missing))} is gone"
            found.append(self._finding("unguarded", what, "export the ledger, verify it and import it into a new one"))
        return tuple(found)

    def prepare(self, create: bool) -> None:
        """Make sure that the database holds a ledger of this shape; for `open_ledger`."""
        with self._reading() as connection:
            there = sa.inspect(connection).has_table(triggers.TABLE)
        if not there and create:
            self._write_ahead()
            self._write(_set_up)
        elif not there:
            raise refuse("missing", "this database holds no ledger", "sign a citation to start one, or correct the address", self.shown)
        with self._reading() as connection:
            columns = {column["name"] for column in sa.inspect(connection).get_columns(triggers.TABLE)}
        if columns | LATER.keys() != set(_table.c.keys()):
            raise refuse(
                "shape", f"the table {triggers.TABLE} was made by another version", "open it with that version and export it", self.shown
            )

    # The database ---------------------------------------------------------------------------------------------------------

    def _write_ahead(self) -> None:
        if self._engine.dialect.name == "sqlite":
            with self._translating():
                for attempt in _patiently():
                    with attempt, self._engine.connect().execution_options(ledger_bare=True) as connection:
                        connection.exec_driver_sql("PRAGMA journal_mode=WAL")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._translating(), self._engine.connect() as connection:
            yield connection

    def _write(self, write: Callable[[Connection], _T]) -> _T:
        with self._translating():
            for attempt in _patiently():
                with attempt, self._engine.connect().execution_options(ledger_writing=True) as connection, connection.begin():
                    _queue_up(connection)
                    result = write(connection)
        return result

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            what, repair = _reason(error)
        else:
            return
        raise refuse("database", what, repair, self.shown) from None  # the driver's words may quote a password

    # Entries ----------------------------------------------------------------------------------------------------------------

    def _entry(self, row: Row[Any]) -> LedgerEntry:
        return entry_of(row._asdict(), self.shown)

    def _broken(self, rows: Iterable[Row[Any]], head: str) -> Iterator[Finding]:
        previous, ids, held = START, set[str](), head in ("", START)
        for seq, held_row in enumerate(rows, 1):
            entry = self._entry(held_row)
            if fault := next(link_faults(entry, seq, previous, ids), None):
                yield self._finding("broken", f"entry {entry.seq} {fault}", "restore the ledger from an export made before")
                return
            previous = entry.digest
            ids.add(entry.id)
            held = held or previous == head
        if not held:
            yield self._finding(
                "cut", "the entry that was last when the head was taken is gone", "restore the ledger from an export made before"
            )

    def _finding(self, rule: str, message: str, repair: str) -> Finding:
        return Finding(rule=f"ledger-{rule}", message=message, repair=repair, file=self.shown)


def _set_up(connection: Connection) -> None:
    if not sa.inspect(connection).has_table(triggers.TABLE):  # another process may have been quicker
        _meta.create_all(connection)
        for statement in triggers.statements(connection.dialect.name):
            connection.exec_driver_sql(statement)


def _widen(connection: Connection) -> None:
    """Give a ledger from before there were `LATER` columns those that it lacks; reading does without, and changes nothing."""
    there = {column["name"] for column in sa.inspect(connection).get_columns(triggers.TABLE)}
    for name in sorted(LATER.keys() - there):
        try:
            connection.exec_driver_sql(f"ALTER TABLE {triggers.TABLE} ADD COLUMN {name} TEXT")
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _NOT_ALLOWED:
                raise
            what = f"the table {triggers.TABLE} was made by an earlier version, and that user may not give it its new columns"
            raise refuse("shape", what, "let the owner of the table sign or import once with this version") from None


def _selected(guideline: str = "", citation: str = "") -> Any:
    query = sa.select(sa.text("*")).select_from(_table).order_by(_table.c.seq)  # whichever columns there are
    if guideline:
        query = query.where(_table.c.guideline == guideline)
    return query.where(_table.c.citation == citation) if citation else query


def _tail(connection: Connection) -> tuple[int, str]:
    last = connection.execute(sa.select(_table.c.seq, _table.c.digest).order_by(_table.c.seq.desc()).limit(1)).first()
    return (int(last.seq), str(last.digest)) if last else (0, START)


# Connections ----------------------------------------------------------------------------------------------------------------


def _engine(place: Address) -> Engine:
    if place.path is not None:
        url = sa.URL.create("sqlite+pysqlite", database=str(place.path))
        engine = sa.create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": PATIENCE})
        sa.event.listen(engine, "connect", _set_pragmas)
        sa.event.listen(engine, "begin", _begin)
        return engine
    try:
        url = sa.make_url(place.url)
        timeout = {} if "connect_timeout" in url.query else {"connect_timeout": 10}
        return sa.create_engine(url, poolclass=NullPool, hide_parameters=True, isolation_level="READ COMMITTED", connect_args=timeout)
    except ImportError:
        what, repair = "PostgreSQL needs the package psycopg, which is not installed", "install psycopg[binary]"
    except (SQLAlchemyError, ValueError, TypeError):
        what, repair = "the address is not a URL", "escape special characters of the password, as %40 for @"
    raise refuse("address", what, repair, place.shown)


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # or Python's sqlite3 opens transactions of its own, later than we ask
    for pragma in (f"busy_timeout={PATIENCE * 1000}", "synchronous=FULL", "fullfsync=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A reader that turns writer half-way would be refused where another wrote in between: a writer says so from the start.
    options = connection.get_execution_options()
    if not options.get("ledger_bare"):  # the journal's mode can be changed outside of transactions alone
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("ledger_writing") else "BEGIN")


def _queue_up(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return  # BEGIN IMMEDIATE has done it
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    connection.exec_driver_sql("SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _patiently() -> Retrying:
    wait = wait_random_exponential(multiplier=0.02, max=1)
    return Retrying(retry=retry_if_exception(_passing), stop=stop_after_attempt(6), wait=wait, reraise=True)


def _passing(error: BaseException) -> bool:
    """Whether nothing was written, and another try may well succeed."""
    if isinstance(error, IntegrityError):
        return True
    return isinstance(error, DBAPIError) and (getattr(error.orig, "sqlstate", None) in _PASSING or "locked" in str(error.orig))


_BROKEN_OFF = ("08", "57P01", "57P02")  # connection exceptions, shut down, crashed
_SQLSTATES = {
    "57P03": ("the server is just starting or stopping", "try again in a while"),
    "28P01": ("the server refuses that user and password", "correct the address"),
    "28000": ("the server refuses that user", "correct the address"),
    "3D000": ("the server has no database of that name", "create it, or correct the address"),
    "42501": ("that user may not read or write the ledger", "let the owner of the database grant it"),
    "25006": ("the database can only be read", "sign on the server that is not a standby"),
    "53100": ("the server's disk is full", "make room, then sign again"),
}
_SQLITE_WORDS = {
    "not a database": ("the file is no SQLite database", "give another path"),
    "malformed": ("the file is damaged", "restore it from an export"),
    "locked": ("other programs keep the ledger busy", "try again in a while"),
    "readonly": ("the file or its folder can only be read", "give write permission to both"),
    "unable to open": ("the file or its folder cannot be opened", "give read and write permission to both"),
    "disk is full": ("the disk is full", "make room, then sign again"),
    "disk I/O": ("the disk failed", "look at the disk, then verify the ledger"),
}


def _reason(error: SQLAlchemyError) -> tuple[str, str]:
    """What happened in words of our own: a driver's words may quote the whole address."""
    cause = getattr(error, "orig", None)
    state = getattr(cause, "sqlstate", None) or ""
    if getattr(error, "connection_invalidated", False) or state.startswith(_BROKEN_OFF):
        return "the server broke off; whether the last entry was kept is not known", "look at the ledger before signing again"
    if state:
        return _SQLSTATES.get(state, (f"the server refuses with SQLSTATE {state}", "look at the server's log"))
    for word, reason in _SQLITE_WORDS.items():
        if type(cause).__module__.startswith("sqlite3") and word in str(cause):
            return reason
    if type(cause).__module__.startswith("psycopg") and isinstance(error, OperationalError):
        return "no server answers there", "start the server, or correct the address"
    return f"the database fails with {type(cause or error).__name__}", "look at the file or the server"


def _check_path(place: Address, path: Path, create: bool) -> None:
    try:
        kind = "folder" if path.is_dir() else "file" if path.is_file() else "else" if path.exists() else ""
        home = path.resolve().parent.is_dir()
    except (OSError, RuntimeError):  # a name the file system cannot hold, a folder that may not be entered, links in a ring
        kind, home = "else", True
    if kind in ("folder", "else"):
        what = "this is a folder, and a ledger is a file" if kind == "folder" else "this cannot be the file of a ledger"
        raise refuse("address", what, "give the path of a file", place.shown)
    if not home:
        raise refuse("address", "the folder of this ledger does not exist", "create it, or correct the path", place.shown)
    if not kind and not create:
        raise refuse("missing", "there is no such ledger", "sign a citation to start one, or correct the path", place.shown)
