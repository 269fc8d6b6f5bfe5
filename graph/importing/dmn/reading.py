"""A DMN file as a guideline."""

from __future__ import annotations

from edgewise.graph.importing.content import Content
from edgewise.graph.importing.dmn.elements import document_of, is_dmn
from edgewise.graph.importing.dmn.pathway import pathway_of
from edgewise.graph.importing.imported import Imported
from edgewise.graph.reading.problems import fail


def fits(content: Content) -> bool:
    """Whether the file is DMN."""
    return content.root is not None and is_dmn(content.root)


def read(content: Content) -> Imported:
    """The guideline that its decisions make.

    Raises:
        SourceError: there is no decision in it.
    """
    if content.root is None:
        raise TypeError("DMN is XML")
    document = document_of(content.root)
    if not document.decisions:
        raise fail(content.name, "no-decisions", "the file holds no decision", 1, "give a DMN file with decision tables")
    return pathway_of(document, content.name)
