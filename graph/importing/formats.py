"""Which format a file has, told by its content, and who reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from edgewise.graph.importing.bpmn import reading as bpmn
from edgewise.graph.importing.camino import reading as camino
from edgewise.graph.importing.content import LIMIT, Content, content_of
from edgewise.graph.importing.dmn import reading as dmn
from edgewise.graph.importing.fhir import reading as fhir
from edgewise.graph.importing.imported import Imported
from edgewise.graph.importing.mermaid import reading as mermaid
from edgewise.graph.reading.files import content
from edgewise.graph.reading.problems import fail

READERS: tuple[tuple[str, Callable[[Content], bool], Callable[[Content], Imported]], ...] = (
    ("DMN 1.1 to 1.6", dmn.fits, dmn.read),
    ("a FHIR PlanDefinition", fhir.fits, fhir.read),
    ("BPMN 2.0", bpmn.fits, bpmn.read),
    ("a CAMINO pathway", camino.fits, camino.read),
    ("a Mermaid flowchart", mermaid.fits, mermaid.read),
)
"""Of each format: its name in words, whether a file is one, and its reader."""


def import_file(path: Path) -> Imported:
    """The guideline that a file holds in another format.

    Raises:
        SourceError: the file cannot be opened, or is of no format that is read.
    """
    return import_text(content(path, LIMIT), str(path))


def import_text(data: bytes, name: str) -> Imported:
    """The guideline that these bytes hold in another format.

    Args:
        data: the file's content.
        name: the file's name, for messages.

    Raises:
        SourceError: they are of no format that is read.

    >>> import_text(b"<html/>", "a.dmn")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: a.dmn: error: the file is of no format that Edgewise imports; ... [unknown-format]
    """
    found = content_of(data, name)
    for _, fits, read in READERS:
        if fits(found):
            return read(found)
    message = "the file is of no format that Edgewise imports"
    raise fail(name, "unknown-format", message, 0, f"give {_names(title for title, _, _ in READERS)}")


def _names(titles: Iterable[str]) -> str:
    *rest, last = titles
    return f"{', '.join(rest)} or {last}"
