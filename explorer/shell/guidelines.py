"""The guidelines the explorer may open, each read once and kept until it changes: what it was started with, its library, and what the
reader of this session has dropped in.
"""

from __future__ import annotations

import gc
import os
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import streamlit as st

from edgewise.explorer.cards.markup import Html
from edgewise.explorer.cards.terms import explanations
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.environment import GUIDELINE, LIBRARY
from edgewise.explorer.shell import drafted, dropped
from edgewise.explorer.shell.usable_states import State, are_watched, state
from edgewise.graph.glossary import Glossary
from edgewise.graph.library import load_file
from edgewise.graph.loaded import Loaded
from edgewise.graph.model import Guideline
from edgewise.graph.reading.files import content
from edgewise.graph.shelf import SHELF, find, first_id, near
from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.beside import Beside
from edgewise.graph.stores.store import Store
from edgewise.ontology.errors import EdgewiseError, UnknownName

FEW = 20
"""As many guidelines are offered in one list; of more the Library page leads to each."""
_FRESH = 2.0
"""Seconds after which it is looked through again how many there are."""


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


def library() -> Store:
    """The library of this explorer; nothing is read from it before it is asked.

    Raises:
        StoreError: the environment names none that there can be.
    """
    return _store(os.environ.get(LIBRARY, ""))


@lru_cache(maxsize=4)
def _store(url: str) -> Store:
    return open_store(url, at_once=True)


def begun() -> Mapping[str, str]:
    """Name in addresses → path of each file that the explorer was started with.

    An address can never point to another file of the machine. The name is the guideline's id, so that a link leads to the same guideline
    wherever it is open.
    """
    return _begun(os.environ.get(GUIDELINE, ""), os.environ.get(LIBRARY, ""), int(time.monotonic() / _FRESH))


@lru_cache(maxsize=4)
def _begun(named: str, library: str, now: int) -> Mapping[str, str]:  # noqa: ARG001  # asked for many times in one drawing of a page
    known: dict[str, str] = {}
    for opens in named.splitlines():
        if Path(opens).is_absolute():
            known[_free(_id_of(opens), known)] = opens
    return known


def count() -> int:
    """How many guidelines can be opened.

    Raises:
        StoreError: the library cannot be reached.
    """
    return len(begun()) + len(dropped.held()) + _held(os.environ.get(LIBRARY, ""), int(time.monotonic() / _FRESH))


@lru_cache(maxsize=4)
def _held(library: str, now: int) -> int:  # noqa: ARG001  # as above
    return len(_store(library))


def names() -> tuple[str, ...]:
    """The names of all guidelines where they are few; of many those that were dropped in or that the explorer was started with.

    Raises:
        StoreError: the library cannot be reached.
    """
    own = (*dropped.held(), *begun(), *(name for name in os.environ.get(GUIDELINE, "").splitlines() if called(name)))
    return tuple(dict.fromkeys((*(_few() if count() <= FEW else ()), *own)))


def _few() -> Mapping[str, str]:
    """Titles of the library's first guidelines by id: for the list on every page none of them need be opened."""
    return _listed(os.environ.get(LIBRARY, ""), int(time.monotonic() / _FRESH))


@lru_cache(maxsize=4)
def _listed(library: str, now: int) -> Mapping[str, str]:  # noqa: ARG001  # as above
    return {entry.id: entry.title for entry in _store(library).entries(limit=FEW)}


def titles(names: Iterable[str]) -> dict[str, str]:
    """Titles by name, those of guidelines that are called alike with their names behind them.

    A list to choose from tells its entries apart by their words alone: of two versions of one guideline it might open either.
    """
    found = {name: _title(name) for name in names}
    counts = Counter(found.values())
    return {name: title if counts[title] == 1 else f"{title} ({name})" for name, title in found.items()}


def _title(name: str) -> str:
    try:
        if name in dropped.held() or name in begun() or drafted.names_draft(name):
            return loaded(name).guideline.title
        return _few().get(name) or library().entry(name).title
    except (EdgewiseError, OSError):
        return name


def called(wanted: str) -> str:
    """The name of the guideline that an address means: its id, or what files were called before links bore the id; empty for none."""
    if not wanted:
        return ""
    if wanted in begun() or wanted in dropped.held() or drafted.is_draft(wanted):
        return wanted
    with suppress(UnknownName):
        return library().entry(wanted).id
    return next((name for name, opens in begun().items() if wanted == _short(Path(opens))), "")


def first() -> str:
    """The name of the guideline to begin with: the first that the explorer was started with, else the library's first; empty for none."""
    for opens in os.environ.get(GUIDELINE, "").splitlines()[:1]:
        if name := next((name for name, path in begun().items() if path == opens), "") or called(opens):
            return name
    usual = first_id()
    known = usual in begun() or usual in dropped.held() or _in_library(usual)
    return usual if known else next((entry.id for entry in library().entries(limit=1)), "")


def opened(name: str) -> Opened:
    """The guideline of that name, out of the cache if it has not changed.

    Raises:
        EdgewiseError: it is gone or cannot be used; its findings say why.
    """
    found = loaded(name)
    return _opened(name, found.digest, found.file, found)


def loaded(name: str) -> Loaded:
    """The guideline of that name as it is held, under a file's name that a reader of the page may know.

    Raises:
        EdgewiseError: as for `opened`.
    """
    if drafted.names_draft(name):
        return drafted.loaded(name)
    if name in dropped.held():
        return dropped.held()[name]
    if name in begun():
        return _as_begun(begun()[name])
    return _from_library(name)[0]


def _as_begun(opens: str) -> Loaded:
    """A guideline that the explorer was started with; of a watched one whose file cannot be used now, the last state that could.

    Raises:
        EdgewiseError: it is gone or cannot be used.
    """
    if not are_watched():
        file = _file(opens)
        return _loaded(str(file), _version(file))
    found = _watched(opens)
    if found.loaded is None:
        raise found.error or UnknownName("guideline", opens, ())
    return found.loaded


def watched_state(name: str) -> State | None:
    """How it stands with the file of a guideline that the explorer was started with; None for any other."""
    opens = begun().get(name) or next(iter(begun().values()), "")
    return _watched(opens) if opens and (name in begun() or not name) else None


def _watched(opens: str) -> State:
    def read() -> Loaded:
        file = _file(opens)
        return _loaded(str(file), _version(file))

    return state(Path(opens), read)


def file_of(name: str) -> Path | None:
    """The file of a guideline, beside which its cases, its article and its settings may lie; None where it comes from a database.

    A database keeps cases and settings with it: `beside`.

    Raises:
        EdgewiseError: as for `opened`.
    """
    if name in dropped.held() or drafted.names_draft(name):
        return None
    if name in begun():
        return _file(begun()[name])
    return _from_library(name)[1]


def beside(name: str) -> Beside:
    """The cases and the settings of a guideline that lies in no file but in a database, and the cases of a draft.

    Of others nothing: beside their files they lie.

    Raises:
        EdgewiseError: as for `opened`.
    """
    if drafted.names_draft(name):
        return Beside(drafted.draft(name).cases.encode())
    return Beside() if name in dropped.held() or name in begun() else library().beside(name)


def _from_library(name: str) -> tuple[Loaded, Path | None]:
    entry = library().entry(name)
    return _out_of(library().url, entry.id, entry.digest)


def _file(opens: str) -> Path:
    file = find(opens)
    if not file.exists():
        content(file, 0)  # says what is wrong with the path
    return file


def _version(file: Path) -> tuple[int, int]:
    state = file.stat()
    return state.st_mtime_ns, state.st_size


@st.cache_resource(show_spinner=False, max_entries=16)
def _opened(name: str, digest: str, file: str, _loaded: Loaded) -> Opened:  # noqa: ARG001  # digest and file are part of the cache's key
    found = Opened(name, _loaded.guideline, picture(_loaded.guideline))
    # While garbage is collected nothing can be sent to the browser. Libraries and guidelines stay for good: set aside, they need not be
    # looked through each time, which takes longer than a click.
    gc.freeze()
    return found


@st.cache_resource(show_spinner=False, max_entries=16)
def _loaded(file: str, version: tuple[int, int]) -> Loaded:  # noqa: ARG001  # the version is part of the cache's key
    return load_file(Path(file)).shown_as(_shown(Path(file)))


@st.cache_resource(show_spinner=False, max_entries=16)
def _out_of(url: str, id: str, digest: str) -> tuple[Loaded, Path | None]:  # noqa: ARG001  # url and digest are part of the cache's key
    found = library().open(id)
    file = Path(found.file)
    return found.shown_as(_shown(file)), file if file.is_absolute() else None


def _shown(file: Path) -> str:
    """A file as pages name it: no reader of a web page needs to know where on this machine it lies."""
    if file.is_relative_to(SHELF):
        return file.relative_to(SHELF.parent).as_posix()
    if not file.is_absolute():
        return file.as_posix()
    return near(file).as_posix() if file.is_relative_to(Path.cwd()) else file.name


_ids: dict[str, str] = {}
"""Path → the id that its guideline had when it could last be read: a fault in the file must not change its address."""


def _id_of(opens: str) -> str:
    if are_watched() and opens in _ids:  # while it is written, an id may be any piece of a word
        return _ids[opens]
    with suppress(EdgewiseError, OSError):
        _ids[opens] = _as_begun(opens).guideline.id
    return _ids.get(opens) or _short(Path(opens))


def _free(name: str, taken: Mapping[str, str]) -> str:
    """A name that no other guideline has: a copy of one of the library's bears the same id."""
    return name if name not in taken and not _in_library(name) else _free(f"{name}-file", taken)


def _in_library(id: str) -> bool:
    return library().holds(id)


def _short(file: Path) -> str:
    return (file.parent.name if file.name == "guideline.yaml" else file.stem) or "guideline"
