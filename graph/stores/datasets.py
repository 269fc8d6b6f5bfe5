"""Libraries' triples as a pyoxigraph store for reading: of a database as it stands, or of N-Triples in memory."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

_TRIES = 40
_PAUSE = 0.05  # seconds


def dataset(order: Mapping[str, Any]) -> pyoxigraph.Store:
    """The triples that an order names: the ``path`` of a database, or ``triples``, pairs of a graph's IRI and N-Triples."""
    return snapshot(order["path"]) if "path" in order else _in_memory(order["triples"])


def snapshot(path: str) -> pyoxigraph.Store:
    """A database as it stands, beside whoever writes.

    Raises:
        OSError, RuntimeError: it cannot be read.
    """
    for _ in range(_TRIES):
        try:
            return pyoxigraph.Store.read_only(path)
        except RuntimeError as error:
            if "No such file" not in str(error):
                raise
            time.sleep(_PAUSE)  # the writer put files together between our looking for them and our opening them
    return pyoxigraph.Store.read_only(path)


def _in_memory(triples: Iterable[tuple[str, str]]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for iri, text in triples:
        store.bulk_load(text.encode("utf-8"), RdfFormat.N_TRIPLES, to_graph=NamedNode(iri))
    return store
