"""Guidelines by name: those that come with Edgewise, and any folder or file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from graph.guideline import guideline
from graph.model import Guideline
from graph.network import network
from graph.read import Source, read
from graph.validate import validate
from ontology.errors import SourceError, UnknownName

SHELF = Path(__file__).parent.parent / "guidelines"
_FILE = "guideline.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A guideline ready for use, with the source it came from."""

    guideline: Guideline
    network: nx.MultiDiGraph[Any]
    source: Source


def ids(shelf: Path = SHELF) -> tuple[str, ...]:
    """The ids of the guidelines that come with Edgewise, sorted.

    >>> "sacroiliac-sclerosis" in ids()
    True
    """
    return tuple(sorted(path.parent.name for path in shelf.glob(f"*/{_FILE}")))


def find(name: str, shelf: Path = SHELF) -> Path:
    """The file behind a guideline's id, folder or file.

    Raises:
        UnknownName: where it is none of the three.

    >>> find("sacroiliac-sclerosis").name
    'guideline.yaml'
    >>> find("sacroiliac-sclerosi")
    Traceback (most recent call last):
        ...
    ontology.errors.UnknownName: unknown guideline 'sacroiliac-sclerosi': did you mean 'sacroiliac-sclerosis'?
    """
    known = ids(shelf)
    if name in known:
        return shelf / name / _FILE
    path = Path(name)
    try:
        if path.is_dir() and (path / _FILE).is_file():
            return path / _FILE
        if path.is_file():
            return path
    except (OSError, ValueError):  # a name the file system cannot even hold
        pass
    raise UnknownName("guideline", name, known)


def load(name: str) -> Loaded:
    """Read, validate and project a guideline.

    Raises:
        UnknownName: no such id, folder or file.
        SourceError: the file cannot be used; every problem is in it.

    >>> load("sacroiliac-sclerosis").guideline.publisher
    'Dr.Oracle'
    """
    source = read(find(name))
    errors = [finding for finding in validate(source) if finding.severity == "error"]
    if errors:
        raise SourceError(errors)
    made = guideline(source.graph, source.iri)
    return Loaded(made, network(made), source)
