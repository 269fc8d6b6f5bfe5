"""Guidelines by name: those that come with Edgewise, and any folder or file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx

from graph.guideline import guideline
from graph.model import Guideline
from graph.network import network
from graph.read import Source, read
from graph.shelf import SHELF, find, ids
from graph.validate import validate
from ontology.errors import SourceError

__all__ = ["SHELF", "Loaded", "find", "ids", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A guideline ready for use, with the source it came from."""

    guideline: Guideline
    network: nx.MultiDiGraph[Any]
    source: Source


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
