"""An index kept like the library it is of: what has changed since is read again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256

from edgewise.graph.compiled.cache_folder import cache_folder, own_folder
from edgewise.graph.fulltext.index import LibraryIndex
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import EdgewiseError

_AT_ONCE = 500
"""As many guidelines are held between two commits: what was read is not lost if the next cannot be."""


def bring_up_to_date(
    index: LibraryIndex,
    digests: Mapping[str, str],
    read: Callable[[str], Guideline],
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[str, ...]:
    """Hold in an index what a library holds.

    Args:
        index: to be brought up to date.
        digests: id of each guideline of the library → digest of its content.
        read: gives a guideline by id.
        told: is called with how many of those that changed are done, and how many there are.

    Returns:
        Ids of guidelines that could not be read: they are not found until they can be.

    Raises:
        IndexBusy: another process is writing into it.

    >>> from edgewise.graph.library import load
    >>> index = LibraryIndex()
    >>> bring_up_to_date(index, {"ottawa-ankle": "1"}, lambda id: load(id).guideline)
    ()
    >>> index.digests()
    {'ottawa-ankle': '1'}
    """
    held = index.digests()
    changed = [id for id, digest in digests.items() if held.get(id) != digest]
    gone, failed = [id for id in held if id not in digests], []
    for begun in range(0, len(changed), _AT_ONCE):
        put = []
        for id in changed[begun : begun + _AT_ONCE]:
            try:
                put.append((digests[id], read(id)))
            except EdgewiseError:
                failed.append(id)
            told(begun + len(put), len(changed))
        index.change(put, gone=[*gone, *failed])
        gone = []
    if gone:
        index.change((), gone)
    return tuple(failed)


def index_of(library: str) -> LibraryIndex:
    """The index that this user keeps of a library; in memory, where nothing can be kept.

    Args:
        library: its URL.

    >>> index_of("edgewise:").folder is not None
    True
    """
    folder = cache_folder()
    own = folder / "search" / sha256(library.encode()).hexdigest()[:16] if folder else None
    return LibraryIndex(own if own and own_folder(own) else None)
