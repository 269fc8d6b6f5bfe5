"""Many files into a library: judged by all processors at once, written as they come, told one by one; what is there already is left."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from edgewise.graph.compiled.kept import digest_of
from edgewise.graph.library import load_file
from edgewise.graph.reading.files import LIMIT, content, format_of
from edgewise.graph.stores.beside import beside
from edgewise.graph.stores.entry import Entry
from edgewise.graph.stores.record import Record, record_of
from edgewise.graph.stores.store import Store
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

_FEW = 3  # files that one process has judged before others have started
_AHEAD = 4  # files per process that are judged before they are asked for


@dataclass(slots=True)
class Loading:
    """What became of the files.

    Attributes:
        loaded: the guidelines that were written, in the order of the files.
        kept: ids of those that were there already with the same content.
        findings: why the others were not.
    """

    loaded: list[Entry] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A file made ready, or what is wrong with it."""

    record: Record | None
    findings: tuple[Finding, ...] = ()


def load_files(
    store: Store, files: Iterable[str], progress: Callable[[], object] = lambda: None, *, processes: int | None = None
) -> Loading:
    """Load guidelines' files into a library. A file with faults is told and left out, the rest goes on.

    Args:
        store: the library.
        files: paths of guidelines.
        progress: called once for each file, when nothing more has to be done for it.
        processes: how many judge at once; as many as there are processors if left out.

    Raises:
        StoreError: the library cannot be written; what was told until then is in it.

    >>> from tempfile import TemporaryDirectory
    >>> from edgewise.graph.shelf import find
    >>> from edgewise.graph.stores.oxigraph import OxigraphStore
    >>> with TemporaryDirectory() as folder:
    ...     store, file = OxigraphStore(f"{folder}/library"), str(find("ottawa-ankle"))
    ...     [entry.id for entry in load_files(store, [file]).loaded], load_files(store, [file]).kept
    (['ottawa-ankle'], ['ottawa-ankle'])
    """
    return _Run(store, progress).load(list(files), processes or os.cpu_count() or 1)


class _Run:
    def __init__(self, store: Store, progress: Callable[[], object]) -> None:
        self.store, self.progress, self.told = store, progress, Loading()
        self.held = store.held()
        self.iris = dict(self.held.iris)
        self.files: dict[str, str] = {}  # id → the file that this run took it from

    def load(self, files: list[str], processes: int) -> Loading:
        new = [file for file in files if self._is_new(file)]
        if new:
            for entry in self.store.put_many(self._usable(new, processes)):
                self.told.loaded.append(entry)
                self.progress()
        return self.told

    def _is_new(self, file: str) -> bool:
        """Whether a file has to be judged: its content, or what lies beside it, is not in the library yet."""
        try:
            digest = digest_of(content(file, LIMIT), format_of(file))
            id = self.held.digests.get(digest, "")
            if not id or self.held.beside.get(id, "") != beside(file, id).digest:
                return True
        except SourceError as error:
            self._refuse(error.findings)
            return False
        if self._takes(id, file):
            self.told.kept.append(id)
            self.progress()
        return False

    def _usable(self, files: list[str], processes: int) -> Iterator[Record]:
        for file, made in zip(files, _prepared(files, processes), strict=True):
            if made.record is None:
                self._refuse(made.findings)
            elif self._takes(made.record.entry.id, file, made.record.entry.iri):
                yield made.record

    def _takes(self, id: str, file: str, iri: str = "") -> bool:
        """Whether this file may have the id: no other file of this run and no other guideline of the library has it."""
        other = self.files.setdefault(id, file)
        holder = self.iris.setdefault(id, iri)
        if other == file and iri in ("", holder):
            return True
        whose = f"{other}, which was loaded," if other != file else f"another guideline of the library, {holder},"
        message, repair = f"the id '{id}' is that of {whose} as well", "give one of the two another id"
        self._refuse([Finding(rule="id-taken", message=message, file=file, repair=repair)])
        return False

    def _refuse(self, findings: Iterable[Finding]) -> None:
        self.told.findings += findings
        self.progress()


def _prepared(files: list[str], processes: int) -> Iterator[_Prepared]:
    """The files made ready, in their order."""
    if len(files) <= _FEW or processes < 2:
        yield from map(_prepare, files)
        return
    done = 0
    while done < len(files):
        try:
            for made in _by_many(files[done:], processes):
                done += 1
                yield made
        except BrokenProcessPool:  # one of those in hand ended its process: tried again alone, the others go on
            yield _alone(files[done])
            done += 1


def _by_many(files: list[str], processes: int) -> Iterator[_Prepared]:
    with _pool(processes) as pool:
        waiting: deque[Future[_Prepared]] = deque()
        try:
            for file in files:
                waiting.append(pool.submit(_prepare, file))
                if len(waiting) > processes * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _alone(file: str) -> _Prepared:
    with _pool(1) as pool:
        try:
            return pool.submit(_prepare, file).result()
        except BrokenProcessPool:
            message, repair = "reading this file ends the process that does it", "report it, and leave the file out"
            return _Prepared(None, (Finding(rule="unreadable-file", message=message, file=file, repair=repair),))


def _pool(processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")  # a fork would share the threads and locks of an open database
    return ProcessPoolExecutor(processes, context, initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that was started by somebody; it ends these."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _prepare(file: str) -> _Prepared:
    try:
        loaded = load_file(Path(file))
        return _Prepared(record_of(loaded, beside(file, loaded.guideline.id)))
    except SourceError as error:
        return _Prepared(None, error.findings)
