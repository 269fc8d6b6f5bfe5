"""The guidelines the explorer may open, each read once and kept until its file changes."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Mapping
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
    """Name in addresses → what the library opens: its own guidelines and the one the explorer was started with, nothing else.

    An address can therefore never point to another file of the machine.
    """
    return _names(os.environ.get(GUIDELINE, ""), int(time.monotonic() / _FRESH))


@lru_cache(maxsize=4)
def _names(begun: str, now: int) -> Mapping[str, str]:  # noqa: ARG001  # asked for many times in one drawing of a page: the disk is not
    known = {id: id for id in ids()}
    if begun and begun not in known and Path(begun).is_absolute():
        known[_short(Path(begun), known)] = begun
    return known


def first() -> str:
    """The name of the guideline to begin with: the one the explorer was started with, else the library's first; empty if there is none."""
    begun, known = os.environ.get(GUIDELINE, ""), names()
    return next((name for name, opens in known.items() if opens == begun), first_id())


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


def _short(file: Path, taken: Mapping[str, str]) -> str:
    name = file.parent.name if file.name == "guideline.yaml" else file.stem
    return f"{name}-file" if name in taken or not name else name
