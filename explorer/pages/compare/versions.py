"""The two that are compared: each a guideline as the explorer can open it, or as its file stood in git."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from edgewise.explorer.pages.compare.address import Asked
from edgewise.explorer.shell import dropped, guidelines
from edgewise.explorer.shell.frame import go
from edgewise.explorer.shell.location import Location, cut
from edgewise.explorer.shell.this_machine import for_this_machine_alone
from edgewise.graph.cases.book import case_file, open_casebook, read_casebook
from edgewise.graph.cases.model import Case
from edgewise.graph.comparing.versions import load_version, sound
from edgewise.graph.loaded import Loaded
from edgewise.graph.model import Guideline
from edgewise.graph.shelf import CASES
from edgewise.ontology.errors import EdgewiseError, UnknownName


@dataclass(frozen=True)
class Version:
    """One of the two.

    Attributes:
        name: by which addresses know it; of an earlier version, that under which the session will hold it.
        loaded: the guideline.
        cases: those beside it.
        revision: of an earlier version, which; else empty.
        unused: why its cases cannot be used; empty where they can.
    """

    name: str
    loaded: Loaded
    cases: tuple[Case, ...] = ()
    revision: str = ""
    unused: str = ""

    @property
    def guideline(self) -> Guideline:
        """What is compared."""
        return self.loaded.guideline

    def open(self, where: Location) -> None:
        """Go to a place in it; an earlier version is held by this session first, as if it had been dropped in."""
        if self.revision:
            dropped.hold(self.loaded, self.name)
        go(where)


def pair(name: str, asked: Asked) -> tuple[Version, Version] | None:
    """The two that are to be compared, the first one first; None where no second is named.

    Raises:
        EdgewiseError: one of them cannot be opened.
    """
    if asked.other:
        other = guidelines.called(asked.other)
        if not other:
            raise UnknownName("guideline", cut(asked.other), guidelines.names())
        return _as_it_is(name), _as_it_is(other)
    if asked.revision:
        here, then = _as_it_is(name), _as_it_was(name, asked.revision)
        return (here, then) if asked.turned else (then, here)
    return None


def has_history(name: str) -> bool:
    """Whether earlier versions of a guideline may be asked for: it is a file in a repository, and nobody else listens."""
    file = _file_of(name)
    return bool(file and for_this_machine_alone() and shutil.which("git") and _in_repository(file))


def _in_repository(file: Path) -> bool:
    return any((folder / ".git").exists() for folder in file.resolve().parents)


def _file_of(name: str) -> Path | None:
    try:
        return guidelines.file_of(name)
    except (EdgewiseError, OSError):
        return None


def _as_it_is(name: str) -> Version:
    found = guidelines.loaded(name)
    file = _file_of(name)
    beside = case_file(file) if file else None
    if beside is not None:
        cases, unused = _cases(str(beside), beside.stat().st_mtime_ns, found.digest, found.guideline)
    else:
        cases, unused = _kept(guidelines.beside(name).cases if file is None else b"", found.digest, found.guideline)
    return Version(name, found, cases, unused=unused)


@st.cache_resource(show_spinner=False, max_entries=16)
def _cases(file: str, version: int, digest: str, _guideline: Guideline) -> tuple[tuple[Case, ...], str]:  # noqa: ARG001  # parts of the key
    return sound(open_casebook(file, _guideline))


@st.cache_resource(show_spinner=False, max_entries=16)
def _kept(cases: bytes, digest: str, _guideline: Guideline) -> tuple[tuple[Case, ...], str]:  # noqa: ARG001  # parts of the key
    """Those that a database keeps."""
    return sound(read_casebook(cases, CASES, _guideline)) if cases else ((), "")


def _as_it_was(name: str, revision: str) -> Version:
    """What git has of a guideline's own file.

    Raises:
        EdgewiseError: there is none, or it may not be asked for.
    """
    file = _file_of(name)
    if file is None or not has_history(name):
        raise EdgewiseError(
            "earlier versions can be had of a guideline whose file is in a git repository, while the explorer listens to this machine alone"
        )
    version = load_version(f"{file.resolve()}@{revision}")
    shown = version.loaded.shown_as(f"{file.name}@{revision}")
    return Version(f"{shown.guideline.id}@{revision}", shown, version.cases, revision, version.unused)


def opener(version: Version, where: Location) -> Callable[[], None]:
    """What a press does that leads to a place in one of the two."""
    return lambda: version.open(where)
