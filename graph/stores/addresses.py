"""Which library a URL names."""

from __future__ import annotations

import os
import re
from pathlib import Path

from edgewise.graph.shelf import SHELF
from edgewise.graph.stores.errors import refuse
from edgewise.graph.stores.store import Store

DEFAULT = "edgewise:"
"""The URL of the guidelines that come with Edgewise and the user's own beside them."""
KINDS = "a folder, oxigraph:PATH, or http(s)://…/sparql"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")  # of two letters at least: C:\\guidelines is a folder


def open_store(url: str = "", *, at_once: bool = False) -> Store:
    """The library that a URL names; nothing is read or sent before it is asked for.

    Args:
        url: a folder; ``oxigraph:PATH``, a database on disk; ``http(s)://…/sparql``, a SPARQL server; left out or ``edgewise:``, the
            guidelines that come with Edgewise and the user's own beside them.
        at_once: of a folder with many files, tell what is known and look at the disk again behind, as for a page that somebody waits for;
            else what has changed on the disk is looked for first.

    Raises:
        StoreError: it names none.

    >>> open_store("oxigraph:/srv/library").url, open_store("").url
    ('oxigraph:/srv/library', 'edgewise:')
    >>> open_store("ftp://example.org/library")
    Traceback (most recent call last):
        ...
    edgewise.graph.stores.errors.StoreError: ftp://example.org/library: error: no library can lie there; name a folder, oxigraph:PATH, or \
http(s)://…/sparql [library-address]
    """
    scheme = found[1].lower() if (found := _SCHEME.match(url)) else ""
    if url in ("", DEFAULT):
        return _default(at_once=at_once)
    if scheme == "oxigraph" and "\0" not in url and len(url) > len("oxigraph:"):
        from edgewise.graph.stores.oxigraph import OxigraphStore

        return OxigraphStore(url[len("oxigraph:") :])
    if scheme in ("http", "https"):
        from edgewise.graph.stores.sparql import SparqlStore

        return SparqlStore(url)
    if scheme or "\0" in url:
        raise refuse("address", "no library can lie there", f"name {KINDS}", url)
    return _folder(url, at_once=at_once)


def in_words(url: str) -> str:
    """A library as a sentence speaks of it.

    >>> in_words("edgewise:"), in_words("oxigraph:/srv/library")
    ('your library', 'oxigraph:/srv/library')
    """
    return "your library" if url == DEFAULT else url


def own_folder_of_guidelines() -> Path | None:
    """Where the user's own guidelines lie beside those that come with Edgewise; None where the user has no home."""
    from platformdirs import user_data_path

    found = user_data_path("edgewise", appauthor=False) / "guidelines"
    return found if found.is_absolute() else None


def _default(*, at_once: bool) -> Store:
    from edgewise.graph.stores.folder import FolderStore

    own = own_folder_of_guidelines()
    return FolderStore(DEFAULT, (SHELF, own) if own else (SHELF,), at_once=at_once)


def _folder(url: str, *, at_once: bool) -> Store:
    from edgewise.graph.stores.folder import FolderStore

    path = Path(os.path.abspath(Path(url).expanduser()))  # noqa: PTH100  # links are followed when it is read
    if path.exists() and not path.is_dir():
        raise refuse("address", "this is a file", f"name {KINDS}", url)
    return FolderStore(str(path), (path,), at_once=at_once)
