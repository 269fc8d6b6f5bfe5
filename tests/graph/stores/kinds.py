"""The kinds of library that the conformance suite runs against: each makes an empty one, and takes it down again."""

from __future__ import annotations

import atexit
from contextlib import contextmanager

import httpx
import pytest

from edgewise.graph.stores.addresses import open_store
from tests.graph.stores.servers import VIRTUOSO, oxigraph_server, virtuoso_server


@contextmanager
def folder(tmp_path_factory):
    yield str(tmp_path_factory.mktemp("library"))


@contextmanager
def oxigraph(tmp_path_factory):
    yield f"oxigraph:{tmp_path_factory.mktemp('library') / 'database'}"


def once(name, start):
    """The URL of a server that is started when it is first asked for, and ended with the process."""
    if name not in _running:
        server = start()
        _running[name] = server.__enter__()
        atexit.register(server.__exit__, None, None, None)
    return _running[name]


_running = {}


@contextmanager
def http(tmp_path_factory):
    """A real Oxigraph server, emptied."""
    url = once("oxigraph", lambda: oxigraph_server(tmp_path_factory.mktemp("server")))
    httpx.delete(url.replace("/query", "/store"), timeout=30).raise_for_status()
    yield url


@contextmanager
def virtuoso(tmp_path_factory):
    """A real Virtuoso, emptied, where one is installed."""
    if not VIRTUOSO:
        pytest.skip("VIRTUOSO IS NOT INSTALLED: libraries on it are not tested; apt-get install virtuoso-opensource-7")
    url = once("virtuoso", lambda: virtuoso_server(tmp_path_factory.mktemp("virtuoso")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDGEWISE_SPARQL_USER", "dba")
        patch.setenv("EDGEWISE_SPARQL_PASSWORD", "dba")
        with open_store(url) as store:
            for entry in store.entries():
                store.remove(entry.id)
        yield url


KINDS = {"folder": folder, "oxigraph": oxigraph, "http": http, "virtuoso": virtuoso}
