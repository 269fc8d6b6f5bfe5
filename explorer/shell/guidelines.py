"""The guidelines the explorer may open, each read once and kept until its file changes."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import streamlit as st

from edgewise.explorer.cards.markup import Html
from edgewise.explorer.cards.terms import explanations
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.environment import GUIDELINE
from edgewise.graph.glossary import Glossary
from edgewise.graph.library import load_file
from edgewise.graph.loaded import Loaded
from edgewise.graph.model import Guideline
from edgewise.graph.reading.files import content
from edgewise.graph.shelf import SHELF, find, first_id, ids, near
from edgewise.ontology.errors import EdgewiseError

_FRESH = 2.0
"""Seconds after which the library is looked through again."""


@dataclass(frozen=True)  # no slots: what its terms need is made once, when it is asked for
class Opened:
    """A guideline under the name it has in addresses, with its drawing."""

    name: str
    guideline: Guideline
    scene: Scene

    @cached_property
    def glossary(self) -> Glossary:
        """Its terms, ready to be found."""
        return Glossary.of(self.guideline)

    @cached_property
    def explanations(self) -> Html:
        """What its terms lead to, on every page."""
        return explanations(self.guideline)


def names() -> Mapping[str, str]:
    """Name in addresses → what the library opens: those the explorer was started with and its own guidelines, nothing else.

    An address can therefore never point to another file of the machine. The name is the guideline's id, so that a link leads to the same
    guideline wherever it is open.
    """
    return _names(os.environ.get(GUIDELINE, ""), int(time.monotonic() / _FRESH))


@lru_cache(maxsize=4)
def _names(begun: str, now: int) -> Mapping[str, str]:  # noqa: ARG001  # asked for many times in one drawing of a page: the disk is not
    known = {id: id for id in ids()}
    for opens in begun.splitlines():
        if opens not in known and Path(opens).is_absolute():
            known[_free(_id_of(opens), known)] = opens
    return known


def called(wanted: str) -> str:
    """The name of the guideline that an address means: its id, or what files were called before links bore the id; empty for none."""
    known = names()
    if wanted in known:
        return wanted
    return next((name for name, opens in known.items() if Path(opens).is_absolute() and wanted and wanted == _short(Path(opens))), "")


def first() -> str:
    """The name of the guideline to begin with: the first that the explorer was started with, else the library's first; empty for none."""
    begun, known = os.environ.get(GUIDELINE, "").splitlines()[:1], names()
    return next((name for name, opens in known.items() if opens in begun), first_id())


def opened(name: str) -> Opened:
    """The guideline of that name, out of the cache if its file has not changed.

    Raises:
        EdgewiseError: the file is gone or cannot be used; its findings say why.
    """
    file = _file(name)
    return _opened(name, str(file), _version(file))


def loaded(name: str) -> Loaded:
    """The guideline of that name as the library holds it, under a file's name that a reader of the page may know.

    Raises:
        EdgewiseError: as for `opened`.
    """
    file = _file(name)
    return _loaded(str(file), _version(file))


def _file(name: str) -> Path:
    file = find(names()[name])
    if not file.exists():
        content(file, 0)  # says what is wrong with the path
    return file


def _version(file: Path) -> tuple[int, int]:
    state = file.stat()
    return state.st_mtime_ns, state.st_size


@st.cache_resource(show_spinner=False, max_entries=16)
def _opened(name: str, file: str, version: tuple[int, int]) -> Opened:
    made = _loaded(file, version).guideline
    found = Opened(name, made, picture(made))
    # While garbage is collected nothing can be sent to the browser. Libraries and guidelines stay for good: set aside, they need not be
    # looked through each time, which takes longer than a click.
    gc.freeze()
    return found


@st.cache_resource(show_spinner=False, max_entries=16)
def _loaded(file: str, version: tuple[int, int]) -> Loaded:  # noqa: ARG001  # the version is part of the cache's key
    return load_file(Path(file)).shown_as(_shown(Path(file)))


def _shown(file: Path) -> str:
    """A file as pages name it: no reader of a web page needs to know where on this machine it lies."""
    if file.is_relative_to(SHELF):
        return file.relative_to(SHELF.parent).as_posix()
    return near(file).as_posix() if file.is_relative_to(Path.cwd()) else file.name


_ids: dict[str, str] = {}
"""Path → the id that its guideline had when it could last be read: a fault in the file must not change its address."""


def _id_of(opens: str) -> str:
    with suppress(EdgewiseError, OSError):
        file = find(opens)
        _ids[opens] = _loaded(str(file), _version(file)).guideline.id
    return _ids.get(opens) or _short(Path(opens))


def _free(name: str, taken: Mapping[str, str]) -> str:
    """A name that no other guideline has: a copy of one of the library's bears the same id."""
    return name if name not in taken else _free(f"{name}-file", taken)


def _short(file: Path) -> str:
    return (file.parent.name if file.name == "guideline.yaml" else file.stem) or "guideline"
