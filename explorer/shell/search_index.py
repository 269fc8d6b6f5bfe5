"""The full-text index of the explorer's library, brought up to date where little has changed, and behind the scenes where much has."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from functools import lru_cache

from edgewise.explorer.shell.guidelines import library
from edgewise.graph.fulltext.index import IndexBusy, LibraryIndex
from edgewise.graph.fulltext.keeping import bring_up_to_date, index_of
from edgewise.graph.stores.store import Store
from edgewise.ontology.errors import EdgewiseError

_AT_ONCE = 60
"""As many changed guidelines are read while somebody waits."""
_FRESH = 10.0
"""Seconds after which it is looked again whether anything has changed: a list of ten thousand is not had for nothing."""


@dataclass
class Kept:
    """An index and how far it is.

    Attributes:
        index: to be asked.
        done, all: of the guidelines that have changed; equal where all is said.
        problem: why it could not be brought up to date, in plain words.
        digests: what it is known to hold, by id.
        mark: of the library as it was when it held these.
        looked: when the library was last looked through, on the process's own clock.
    """

    index: LibraryIndex
    done: int = 0
    all: int = 0
    problem: str = ""
    digests: dict[str, str] = field(default_factory=dict)
    mark: object = None
    looked: float = -1e9
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def busy(self) -> bool:
        """Whether more is being read just now."""
        return self.lock.locked()


def kept() -> Kept:
    """The index of the explorer's library, as far as it is."""
    store = library()
    found = _of(store.url)
    if time.monotonic() - found.looked < _FRESH:
        return found
    found.looked = time.monotonic()
    mark = store.mark()
    if mark == found.mark:
        return found
    digests = {entry.id: entry.digest for entry in store.entries()}
    if digests == found.digests:
        found.mark = mark
    elif found.lock.acquire(blocking=False):
        changed = len(digests.items() - found.index.digests().items())
        worker = threading.Thread(target=_refresh, args=(found, store, digests, mark), daemon=True)
        worker.start()
        if changed <= _AT_ONCE:
            worker.join()
    return found


@lru_cache(maxsize=4)
def _of(url: str) -> Kept:
    return Kept(index_of(url))


def _refresh(kept: Kept, store: Store, digests: dict[str, str], mark: object) -> None:
    def told(done: int, all: int) -> None:
        kept.done, kept.all = done, all

    try:
        bring_up_to_date(kept.index, digests, lambda id: store.open(id).guideline, told)
        kept.digests, kept.mark, kept.problem = digests, mark, ""
    except IndexBusy:
        kept.problem = ""  # another process does the same: what it has done is found
    except EdgewiseError as error:
        kept.problem = str(error)
    finally:
        kept.lock.release()
