"""The cases there are to practise: those kept beside a guideline, and the one that an address carries whole."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import streamlit as st

from edgewise.explorer.pages.teach.case_link import decode
from edgewise.explorer.pages.teach.round import Practice
from edgewise.explorer.shell.frame import Here
from edgewise.explorer.shell.guidelines import beside, file_of, loaded
from edgewise.explorer.shell.location import cut
from edgewise.graph.cases.book import Casebook, case_file, open_casebook, read_casebook
from edgewise.graph.cases.model import Case
from edgewise.graph.model import Guideline
from edgewise.graph.shelf import CASES
from edgewise.ontology.errors import EdgewiseError


@dataclass(frozen=True, slots=True)
class Shelf:
    """Cases by id, in the order of their file, and what is wrong with those that cannot be used."""

    cases: Mapping[str, Case] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The case in the address: `own` leads to it, and `key` tells it from all others of the session."""

    key: str
    case: Case
    own: Mapping[str, str]


def shelf(view: Here) -> Shelf:
    """The cases of the guideline that is looked at; faults of their file are told, and never keep the sound ones away."""
    try:
        file = file_of(view.opened.name)
        if file is None:
            return _kept(beside(view.opened.name).cases, loaded(view.opened.name).digest, view.guideline)
        cases = case_file(file)
        return _read(str(cases), _version(file), _version(cases), view.guideline) if cases else Shelf()
    except (EdgewiseError, OSError, KeyError) as error:
        return Shelf(problems=tuple(str(error).splitlines()) or ("The file of cases cannot be read.",))


def _version(file: Path) -> tuple[int, int]:
    state = file.stat()
    return state.st_mtime_ns, state.st_size


@st.cache_resource(show_spinner=False, max_entries=16)
def _read(file: str, guideline: tuple[int, int], version: tuple[int, int], _guideline: Guideline) -> Shelf:  # noqa: ARG001  # parts of the key
    return _shelf(open_casebook(file, _guideline))


@st.cache_resource(show_spinner=False, max_entries=16)
def _kept(cases: bytes, guideline: str, _guideline: Guideline) -> Shelf:  # noqa: ARG001  # part of the key
    """Those that a database keeps."""
    return _shelf(read_casebook(cases, CASES, _guideline)) if cases else Shelf()


def _shelf(book: Casebook) -> Shelf:
    told = (str(replace(finding, file=Path(finding.file).name)) for finding in book.findings)
    return Shelf({case.id: case for case in book.cases.values()}, tuple(told))


def chosen(view: Here, found: Shelf) -> Chosen | None:
    """The case that the address asks for; None where it asks for none.

    Raises:
        EdgewiseError: there is no such case, or the link is damaged.
    """
    own = view.location.own
    if own.get("set"):
        mark = hashlib.sha256(own["set"].encode("utf-8", "replace")).hexdigest()[:16]
        return Chosen(f"{view.opened.name}/set/{mark}", decode(own["set"], view.guideline), {"set": own["set"]})
    id = own.get("case", "")
    if not id:
        return None
    if id not in found.cases:
        raise EdgewiseError(f"There is no case '{cut(id)}' here; choose one below.")
    return Chosen(key_of(view, id), found.cases[id], {"case": id})


def key_of(view: Here, id: str) -> str:
    """The key under which a case kept beside the guideline is practised."""
    return f"{view.opened.name}/case/{id}"


def any_case(view: Here, found: Shelf, practice: Practice, but: str = "") -> str:
    """The id of a case by chance, of those not finished yet while there are any; empty where there is none but `but`."""
    left = [id for id in found.cases if id != but]
    fresh = [id for id in left if key_of(view, id) not in practice.finished]
    return secrets.choice(fresh or left) if left else ""
