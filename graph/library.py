"""Guidelines by name: those that come with Edgewise, and any folder or file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from graph.guideline import guideline
from graph.model import Guideline
from graph.network import network
from graph.read import Source, salvage
from graph.shelf import SHELF, find, ids
from graph.validate import validate
from ontology.errors import SourceError
from ontology.findings import Finding

__all__ = ["SHELF", "Loaded", "check", "find", "ids", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A guideline ready for use, with the source it came from."""

    guideline: Guideline
    network: nx.MultiDiGraph[Any]
    source: Source


def check(path: str | Path) -> tuple[Source | None, tuple[Finding, ...]]:
    """Everything that is wrong with a guideline's file, by line: as YAML or RDF, and as a guideline.

    Returns:
        The guideline as far as it can be read, and the findings; of what stands on one line only the cause.

    >>> check(find("sacroiliac-sclerosis"))[1]
    ()
    """
    source, problems = salvage(path)
    if source is None:
        return None, problems
    broken = {problem.line for problem in problems if problem.line}
    judged = [finding for finding in validate(source) if finding.line not in broken]
    return source, tuple(sorted([*problems, *judged], key=lambda finding: finding.line))


def load(name: str) -> Loaded:
    """Read, validate and project a guideline.

    Raises:
        UnknownName: no such id, folder or file.
        SourceError: the file cannot be used; every problem is in it.

    >>> load("sacroiliac-sclerosis").guideline.publisher
    'Dr.Oracle'
    """
    source, findings = check(find(name))
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors or source is None:
        raise SourceError(errors)
    made = guideline(source.graph, source.iri)
    return Loaded(made, network(made), source)
