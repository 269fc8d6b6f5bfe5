"""The files of a folder that may hold a guideline, and what each holds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from edgewise.graph.library import load_file
from edgewise.graph.reading.files import FORMATS
from edgewise.graph.shelf import CASES, is_meant
from edgewise.graph.stores.catalogue import State
from edgewise.graph.stores.entry import Entry, entry_of
from edgewise.graph.stores.together import READY, finish
from edgewise.graph.stores.works import Rest, rests
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

FILE = "guideline.yaml"


def states(folders: Iterable[Path]) -> Iterator[State]:
    """The files of some folders, each as it is now."""
    for folder in folders:
        for path in _files(str(folder), top=True):
            if (found := state(path)) is not None:
                yield found


def _files(folder: str, *, top: bool) -> Iterator[str]:
    """Guidelines in the folders below this one, at any depth, and all that lie in it file by file."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda one: one.name)
    except OSError:  # it is not there yet, or may not be looked into
        return
    if any(one.name == READY for one in entries):
        finish(Path(folder))
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    for one in entries:
        if one.name.startswith("."):
            continue
        if one.is_dir(follow_symlinks=top):
            yield from _files(one.path, top=False)
        elif one.name == FILE or (top and one.name != CASES and Path(one.name).suffix.lower() in FORMATS and is_meant(Path(one.path))):
            yield one.path


def state(path: str) -> State | None:
    """A file as it is now; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116  # a path object for each of ten thousand files takes as long as all else
    except (OSError, ValueError):
        return None
    return State(path, found.st_mtime_ns, found.st_size)


def look(path: str) -> tuple[Entry, tuple[Rest, ...]] | None:
    """The entry of the guideline in a file and what of it rests on works; None where it cannot be used as one."""
    try:
        loaded = load_file(Path(path))
    except SourceError:
        return None
    return entry_of(loaded), rests(loaded.guideline)


def why(path: str) -> tuple[Finding, ...]:
    """Why a file cannot be used."""
    try:
        load_file(Path(path))
    except SourceError as error:
        return error.findings
    return ()
