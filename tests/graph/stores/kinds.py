"""The kinds of library that the conformance suite runs against: each makes an empty one, and takes it down again."""

from __future__ import annotations

from contextlib import contextmanager


@contextmanager
def folder(tmp_path_factory):
    yield str(tmp_path_factory.mktemp("library"))


@contextmanager
def oxigraph(tmp_path_factory):
    yield f"oxigraph:{tmp_path_factory.mktemp('library') / 'database'}"


KINDS = {"folder": folder, "oxigraph": oxigraph}
