"""When the disk is looked at for a folder: while somebody waits where there is little to do, else behind, or only after a while."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from threading import Event, Lock, Thread

from edgewise.graph.stores.catalogue import Catalogue, Look, State
from edgewise.graph.stores.entry import Entry
from edgewise.graph.stores.errors import StoreError
from edgewise.graph.stores.works import Rest

_MANY = 200  # files that are looked at every time
_REST, _LONGEST = 0.002, 10.0  # seconds for each file of more, and at most, until they are looked at again
_NEW = 20  # files that are read while somebody waits, by who would rather see what is known
_LEAVE, _PACE, _BREATH = 1.0, 100, 0.005  # seconds before it begins behind; after so many files, so long a pause for whoever is asked


class _Ended(Exception):
    """Nobody needs it any more."""


class Looking:
    """Keeps a catalogue to what lies on the disk.

    Args:
        catalogue: of the files.
        states: gives each file as it is now.
        look: what a file holds.
        at_once: what is known of many files is told at once, and looked at again behind; else it is looked at first.
    """

    def __init__(self, catalogue: Catalogue, states: Callable[[], Iterable[State]], look: Look, *, at_once: bool = False) -> None:
        self._catalogue, self._states, self._look, self.at_once = catalogue, states, look, at_once
        self._due = 0.0  # when the disk is to be looked at again, on the process's own clock
        self._lock, self._ended = Lock(), Event()
        self._behind: Thread | None = None
        self.read = 0, 0
        """How many files behind have been read, of those that were new or had changed."""

    def now(self) -> None:
        """Look at the disk, and come back when all is read."""
        self._rest(self._catalogue.refresh(self._states(), self._look))

    def soon(self) -> None:
        """Look at the disk, not where that was just done and there are many files; behind, where that was asked for."""
        if time.monotonic() < self._due or self._busy():
            return
        if self.at_once and self._catalogue.files() > _MANY:
            self._start(_LEAVE)
        else:
            self.for_one()

    def for_one(self, *, again: bool = False) -> None:
        """Look at the disk for what is not known, not where that was just done unless `again`; much that is new is read behind."""
        if not again and time.monotonic() < self._due:
            return
        if not self.at_once:
            self.now()
            return
        found = list(self._states())
        if len(self._catalogue.stale(found)) <= _NEW:
            self._catalogue.refresh(found, self._look)
        else:
            self._start(0.0)
        self._rest(len(found))

    def close(self) -> None:
        """End what is done behind; it may begin again."""
        self._ended.set()
        if self._behind is not None:
            self._behind.join()
        self._behind = None

    def _rest(self, seen: int) -> None:
        self._due = time.monotonic() + min(seen * _REST, _LONGEST) if seen > _MANY else 0.0

    def _busy(self) -> bool:
        return self._behind is not None and self._behind.is_alive()

    def _start(self, after: float) -> None:
        with self._lock:
            if not self._busy():
                self._ended.clear()
                self._behind = Thread(target=self._run, args=(after,), name="looks at a folder", daemon=True)
                self._behind.start()

    def _run(self, after: float) -> None:
        try:
            if self._ended.wait(after):
                return
            found = list(self._paced(self._states()))
            self.read = 0, len(self._catalogue.stale(found))
            self._rest(self._catalogue.refresh(self._paced(found), self._told))
        except _Ended:
            pass
        except (sqlite3.Error, StoreError):  # the catalogue was damaged and is begun anew: the next look finds all
            pass
        finally:
            self.read = 0, 0

    def _told(self, path: str) -> tuple[Entry, tuple[Rest, ...]] | None:
        if self._ended.is_set():
            raise _Ended
        found = self._look(path)
        self.read = self.read[0] + 1, self.read[1]
        return found

    def _paced(self, found: Iterable[State]) -> Iterator[State]:
        for number, state in enumerate(found):
            if number % _PACE == _PACE - 1 and self._ended.wait(_BREATH):
                raise _Ended
            yield state
