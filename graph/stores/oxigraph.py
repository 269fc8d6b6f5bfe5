"""A library in a database on disk: pyoxigraph on RocksDB, each guideline a graph of its own.

Who reads opens the database beside whoever writes, as it stands at that moment, and opens it again once it has changed. One process
writes at a time; others wait for it. A guideline is written in one transaction, and told only after `flush`: a commit alone is not yet on
the disk.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from edgewise.graph.compiled.judged import DECIDE, judge
from edgewise.graph.compiled.kept import digest_of, kept
from edgewise.graph.loaded import Loaded
from edgewise.graph.stores.beside import Beside, read_beside
from edgewise.graph.stores.datasets import snapshot
from edgewise.graph.stores.entry import Entry, read_entry
from edgewise.graph.stores.errors import StoreError, id_taken, refuse
from edgewise.graph.stores.opening import opened
from edgewise.graph.stores.record import BESIDE, BESIDE_DIGEST, CONTENT, ENTRY, ID, JUDGED, SHARED, TIES, Record, judged_form, unpack
from edgewise.graph.stores.results import Limits, Result
from edgewise.graph.stores.store import Held, Resting, Shared, Store, shared_of
from edgewise.graph.stores.works import work
from edgewise.ontology.errors import UnknownName

SCHEME = "oxigraph:"
_KNOWN = 2_000  # ids that are looked at for what somebody may have meant
_PATIENCE = 20.0  # seconds to wait for another writer
_PAUSE = 0.1
_TOGETHER = 32  # guidelines in one transaction
_SYNCED_EVERY = 2.0  # seconds


class Snapshot:
    """The database at one moment, with the ids in it.

    Args:
        store: the database.
        digest: another one for every moment at which something else was in it.
    """

    def __init__(self, store: pyoxigraph.Store, digest: str) -> None:
        self.store, self.digest = store, digest

    @cached_property
    def graphs(self) -> dict[str, str]:
        """Id → IRI of the graph, by id. Kept for the next process: to list ten thousand takes longer than all else on a page."""
        found: dict[str, str] = json.loads(kept(self.digest, "ids", lambda: json.dumps(self._listed()).encode(), packages=DECIDE))
        return found

    def _listed(self) -> dict[str, str]:
        found = self.store.quads_for_pattern(None, NamedNode(ID), None, None)
        return dict(sorted((value_of(quad.object), value_of(quad.subject)) for quad in found if quad.subject == quad.graph_name))

    def iri(self, id: str) -> str:
        """The IRI of the guideline with that id; what is no id is given back.

        Raises:
            ValueError: no text that can be kept.
        """
        found = self.store.quads_for_pattern(None, NamedNode(ID), Literal(id), None)
        return next((value_of(quad.subject) for quad in found if quad.subject == quad.graph_name), id)

    def text(self, iri: str, predicate: str) -> str | None:
        """The one literal that a library added to a guideline."""
        node = NamedNode(iri)
        quad = next(iter(self.store.quads_for_pattern(node, NamedNode(predicate), None, node)), None)
        return quad.object.value if quad and isinstance(quad.object, Literal) else None


class OxigraphStore(Store):
    """A library in a folder that pyoxigraph keeps.

    Args:
        path: of the folder; the first guideline written makes it.

    >>> from tempfile import TemporaryDirectory
    >>> from edgewise.graph.library import load
    >>> with TemporaryDirectory() as folder, OxigraphStore(f"{folder}/library") as store:
    ...     store.put(load("ottawa-ankle")).id, len(store), store.open("ottawa-ankle").guideline == load("ottawa-ankle").guideline
    ('ottawa-ankle', 1, True)
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100  # resolve() would follow links that may change
        self.url = f"{SCHEME}{self.path}"
        self._kept: tuple[object, Snapshot] | None = None
        self._lock = Lock()

    # Reading ----------------------------------------------------------------------------------------------------------------

    def entries(self, after: str = "", limit: int | None = None) -> tuple[Entry, ...]:
        """As of every library."""
        with self._reading() as now:
            wanted = [id for id in now.graphs if id > after] if after else list(now.graphs)
            return tuple(self._entry(now, id) for id in wanted[:limit])

    def entry(self, id: str) -> Entry:
        """As of every library."""
        with self._reading() as now:
            return self._entry(now, id)

    def holds(self, id: str) -> bool:
        """As of every library."""
        with self._reading() as now:
            return self._told_of(now, id) is not None

    def open(self, id: str) -> Loaded:
        """As of every library; costs the same whatever else is in it."""
        with self._reading() as now:
            entry = self._entry(now, id)
            content = now.text(entry.iri, CONTENT)
            if content is None:
                raise refuse("damaged", f"the content of '{entry.id}' is missing", "load the guideline again", self.url)
            unpacked = unpack(content, self.url)
            judged = judge(unpacked, entry.format, lambda: judged_form(now.text(entry.iri, JUDGED), self.url))
        return opened(entry, unpacked, judged, self.url)

    def beside(self, id: str) -> Beside:
        """As of every library."""
        with self._reading() as now:
            found = now.text(self._entry(now, id).iri, BESIDE)
        return Beside() if found is None else read_beside(unpack(found, self.url), self.url)

    def resting_on(self, identifier: str) -> tuple[Resting, ...]:
        """As of every library."""
        node = NamedNode(work(identifier))
        with self._reading() as now:
            found: dict[str, dict[str, list[str]]] = {}
            for what, tie in TIES.items():
                for quad in now.store.quads_for_pattern(None, NamedNode(tie), node, None):
                    graph = value_of(quad.graph_name)
                    found.setdefault(graph, {}).setdefault(f"{what}s", []).append(value_of(quad.subject).removeprefix(f"{graph}/"))
            entries = {iri: self._entry(now, iri) for iri in found}
        return tuple(
            Resting(entries[iri], **{what: tuple(sorted(ids)) for what, ids in parts.items()})
            for iri, parts in sorted(found.items(), key=lambda one: entries[one[0]].id)
        )

    def shared(self, limit: int = 50) -> tuple[Shared, ...]:
        """As of every library; looked through once for each state of it."""
        with self._reading() as now:
            found: list[list[str]] = json.loads(kept(now.digest, f"shared-{limit}", lambda: _shared(now, limit), packages=DECIDE))
        return shared_of(found, limit)

    def query(self, text: str, limits: Limits | None = None) -> Result:
        """As of every library; answered in a process that is killed after its time."""
        from edgewise.graph.stores.answering import answer

        self._must_exist()
        return answer(text, limits or Limits(), {"path": str(self.path)}, self.url)

    def __len__(self) -> int:
        """How many guidelines there are."""
        with self._reading() as now:
            return len(now.graphs)

    def held(self) -> Held:
        """As of every library; there may be none yet."""
        return super().held() if (self.path / "CURRENT").is_file() else Held()

    def _beside(self, entries: Iterable[Entry]) -> Mapping[str, str]:
        ids = {entry.iri: entry.id for entry in entries}
        with self._reading() as now:
            found = list(now.store.quads_for_pattern(None, NamedNode(BESIDE_DIGEST), None, None))
        return {ids[iri]: value_of(quad.object) for quad in found if (iri := value_of(quad.graph_name)) in ids}

    def mark(self) -> object:
        """As of every library."""
        self._must_exist()
        with self._told():
            return _state(self.path)

    def _entry(self, now: Snapshot, id: str) -> Entry:
        text = self._told_of(now, id)
        if text is None:
            raise UnknownName("guideline", id, islice(now.graphs, _KNOWN))
        return read_entry(text, self.url)

    def _told_of(self, now: Snapshot, id: str) -> str | None:
        try:
            return now.text(now.iri(id), ENTRY)
        except ValueError:  # it is no IRI
            return None

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        """The database as it stands; not opened again as long as nothing has been written."""
        self._must_exist()
        with self._told():
            state = _state(self.path)
            with self._lock:
                kept = self._kept
            if kept is None or kept[0] != state:
                kept = state, Snapshot(snapshot(str(self.path)), _digest(self.path, state))
                with self._lock:
                    self._kept = kept
            yield kept[1]

    def _must_exist(self) -> None:
        if not (self.path / "CURRENT").is_file():
            repair = f"check the path, or make it with `edgewise load GUIDELINE --library {self.url}`"
            raise refuse("missing", "there is no library at this path", repair, self.url)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the database complains of, as an error of the library."""
        try:
            yield
        except StoreError:
            raise
        except (OSError, RuntimeError) as error:
            repair = "check the disk and who may write there; a library can be loaded again from its files"
            raise refuse("unusable", f"the database cannot be used: {error}", repair, self.url) from None

    # Writing ----------------------------------------------------------------------------------------------------------------

    def put_many(self, records: Iterable[Record]) -> Iterator[Entry]:
        """As of every library."""
        waiting: list[Record] = []
        with self._writing() as database:
            writer = _Writer(database, self.url)
            synced = time.monotonic()
            for record in records:
                waiting.append(record)
                if len(waiting) >= _TOGETHER or time.monotonic() - synced > _SYNCED_EVERY:
                    with self._told():
                        told = writer.write(waiting)
                    yield from told
                    waiting, synced = [], time.monotonic()
            with self._told():
                told = writer.write(waiting)
            yield from told

    def remove(self, id: str) -> Entry:
        """As of every library."""
        entry = self.entry(id)
        with self._writing() as database, self._told():
            database.update(f"DROP SILENT GRAPH {NamedNode(entry.iri)}")
            database.flush()
        return entry

    @contextmanager
    def _writing(self) -> Iterator[pyoxigraph.Store]:
        database = self._writer()
        try:
            yield database
        finally:
            with suppress(OSError, RuntimeError):
                database.flush()
            del database

    def _writer(self) -> pyoxigraph.Store:
        """The database for writing, once nobody else has it.

        Raises:
            StoreError: somebody else goes on writing, or the folder holds something else.
        """
        self._must_be_ours()
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self.path.mkdir(parents=True, exist_ok=True)
                return pyoxigraph.Store(str(self.path))
            except (OSError, RuntimeError) as error:
                if "lock" not in str(error).lower():
                    repair = "check the path, the disk and who may write there"
                    raise refuse("unusable", f"the database cannot be opened: {error}", repair, self.url) from None
            if time.monotonic() > until:
                raise refuse("busy", "another process is writing to this library", "wait until it is done, then try again", self.url)
            time.sleep(_PAUSE)

    def _must_be_ours(self) -> None:
        """A folder with anything else in it is left alone; so is what a newer Edgewise wrote."""
        if (self.path / "CURRENT").is_file():
            with self._reading() as now:
                for id in list(now.graphs)[:1]:
                    self._entry(now, id)
        elif os.path.lexists(self.path) and (not self.path.is_dir() or any(self.path.iterdir())):
            repair = "name a folder that does not exist yet, or an empty one"
            raise refuse("not-a-library", "something else lies at this path", repair, self.url)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._kept = None


class _Writer:
    """Writes guidelines into an open database."""

    def __init__(self, database: pyoxigraph.Store, url: str) -> None:
        self.database, self.url = database, url
        found = database.quads_for_pattern(None, NamedNode(ID), None, None)
        self.ids = {value_of(quad.object): value_of(quad.subject) for quad in found}

    def write(self, records: list[Record]) -> list[Entry]:
        """Write them all and have them on the disk: new ones in one transaction, each that replaces another in one of its own."""
        new: dict[str, Record] = {}
        for record in records:
            self._take_id(record.entry)
            if record.entry.iri in new or self.database.contains_named_graph(NamedNode(record.entry.iri)):
                self._add(new)
                new = {}
                self._replace(record)
            else:
                new[record.entry.iri] = record
        self._add(new)
        if records:
            self.database.flush()
        return [record.entry for record in records]

    def _take_id(self, entry: Entry) -> None:
        holder = self.ids.setdefault(entry.id, entry.iri)
        if holder != entry.iri:
            raise id_taken(entry.id, holder, self.url)

    def _add(self, records: dict[str, Record]) -> None:
        if records:
            self.database.extend(quad for record in records.values() for quad in quads(record))

    def _replace(self, record: Record) -> None:
        graph = NamedNode(record.entry.iri)
        if record.beside is None:
            record = self._with_what_lay_beside(record, graph)
        triples = record.triples.decode("utf-8")
        self.database.update(f"DROP SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{\n{triples}}} }}")

    def _with_what_lay_beside(self, record: Record, graph: NamedNode) -> Record:
        found = next(iter(self.database.quads_for_pattern(graph, NamedNode(BESIDE), None, graph)), None)
        return record.with_beside(read_beside(unpack(value_of(found.object), self.url), self.url)) if found else record


def _shared(now: Snapshot, limit: int) -> bytes:
    rows: Any = now.store.query(f"{SHARED}{limit * 2}")
    return json.dumps([[value_of(term) for term in row] for row in rows]).encode()


def value_of(term: object) -> str:
    """The text of an IRI or a literal."""
    return term.value if isinstance(term, (NamedNode, Literal)) else ""


def quads(record: Record) -> Iterator[Quad]:
    """The triples of a guideline in its graph."""
    graph = NamedNode(record.entry.iri)
    for quad in pyoxigraph.parse(record.triples, RdfFormat.N_TRIPLES):
        yield Quad(quad.subject, quad.predicate, quad.object, graph)


def _digest(path: Path, state: frozenset[tuple[str, int]]) -> str:
    """A name for a state of this very database: another in its place has other times."""
    found = (path / "CURRENT").stat()
    return digest_of(repr((str(path), found.st_ino, found.st_mtime_ns, sorted(state))).encode("utf-8", "surrogateescape"))


def _state(path: Path) -> frozenset[tuple[str, int]]:
    """What changes with every write: the names of the files, and the sizes of those that are written on."""
    with os.scandir(path) as files:
        found = [
            (file.name, file.stat().st_size if file.name.endswith(".log") or file.name.startswith("MANIFEST") else 0) for file in files
        ]
    return frozenset((name, size) for name, size in found if name not in ("LOG", "LOCK"))
