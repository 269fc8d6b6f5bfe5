"""A name for the code at hand: another one after any change to it, so that nothing made by other code is ever taken for its own."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

PACKAGES = ("ontology", "graph", "citations", "explorer")
_ROOT = Path(__file__).parents[2]
_WITHOUT = {"__pycache__", ".DS_Store"}
_BEGUN = time.time()


@cache
def version(packages: tuple[str, ...] = PACKAGES) -> str:
    """A digest of the content of these packages (vocabulary, shapes and context among it), the libraries installed and Python.

    Versions written by hand are forgotten to be raised, and times of files may lie; reading all that code takes a few milliseconds.

    Returns:
        64 hexadecimal digits; empty where the code cannot be read, and then nothing can be kept.

    >>> len(version(("ontology", "graph"))), version(("ontology",)) == version(("graph",))
    (64, False)
    """
    digest = sha256(repr((sys.version, sorted(_libraries()))).encode())
    try:
        for file in _all_files(packages):
            digest.update(f"\n{file[len(str(_ROOT)) :]}\n".encode())
            digest.update(sha256(Path(file).read_bytes()).digest())
    except (OSError, ValueError):
        return ""
    return digest.hexdigest() if unchanged(packages) else ""


def unchanged(packages: tuple[str, ...] = PACKAGES) -> bool:
    """Whether no file was edited since this process began: it may run what it loaded before, and what it makes bears the wrong version.

    >>> unchanged(("ontology",))
    True
    """
    try:
        return all(Path(file).stat().st_mtime <= _BEGUN for file in _all_files(packages))
    except OSError:
        return False


def _all_files(packages: tuple[str, ...]) -> list[str]:
    return sorted(file for package in packages for file in _files(str(_ROOT / package)))


def _files(folder: str) -> Iterator[str]:
    """Every file of a package, whatever its kind: style sheets and scripts decide what is drawn."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in _WITHOUT:
                continue
            if entry.is_dir():
                yield from _files(entry.path)
            else:
                yield entry.path


def _libraries() -> Iterator[str]:
    """Names and versions of what is installed, as folders bear them: to ask each library itself would mean to load it."""
    for place in filter(None, sys.path):
        try:
            with os.scandir(place) as entries:
                yield from (entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))
        except OSError:  # an archive, or gone
            continue
