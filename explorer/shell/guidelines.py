"""The guidelines the explorer may open, each read once and kept until its file changes."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st

from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.settings import GUIDELINE
from edgewise.graph.model import Guideline
from edgewise.graph.reading.projection import guideline
from edgewise.graph.reading.read import read
from edgewise.graph.shelf import SHELF, find, ids
from edgewise.ontology.errors import EdgewiseError

_FRESH = 2.0
"""Seconds after which the library is looked through again."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A guideline under the name it has in addresses, with its drawing."""

    name: str
    guideline: Guideline
    scene: Scene


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
    return next((name for name, opens in known.items() if opens == begun), next(iter(known), ""))


def opened(name: str) -> Opened:
    """The guideline of that name, out of the cache if its file has not changed.

    Raises:
        EdgewiseError: the file is gone or cannot be used; its findings say why.
    """
    file = find(names()[name])
    state = file.stat()
    return _opened(name, str(file), (state.st_mtime_ns, state.st_size))


@st.cache_resource(show_spinner=False, max_entries=16)
def _opened(name: str, file: str, version: tuple[int, int]) -> Opened:  # noqa: ARG001  # the version is part of the cache's key
    made = _read(Path(file))
    found = Opened(name, made, picture(made))
    # Streamlit collects garbage after every run, and nothing can be sent to the browser meanwhile. Libraries and guidelines stay for
    # good: set aside, they need not be looked through each time, which takes longer than all the rest of a click.
    gc.freeze()
    return found


def _read(file: Path) -> Guideline:
    """Guidelines of the library were judged when they were made, and a second is long to wait: only other files are judged here."""
    if file.is_relative_to(SHELF):
        try:
            source = read(file)
            return guideline(source.graph, source.iri)
        except EdgewiseError:
            raise
        except Exception:  # noqa: S110  # edited by hand and unusable: the judgement below says where
            pass
    from edgewise.graph.library import load  # judging loads a good deal more

    return load(str(file)).guideline


def _short(file: Path, taken: Mapping[str, str]) -> str:
    name = file.parent.name if file.name == "guideline.yaml" else file.stem
    return f"{name}-file" if name in taken or not name else name
