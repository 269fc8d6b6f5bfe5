"""A reference that a file of references or a document's field keeps, as an entry of an article's list."""

from __future__ import annotations

from edgewise.citations.formats.details import detail, identifier
from edgewise.citations.formats.vancouver import render
from edgewise.citations.reading.model import ListEntry
from edgewise.graph.model import Reference


def entry_of(reference: Reference, line: int) -> ListEntry:
    """A reference as an entry of an article's list; its number is its place, which it has not yet.

    >>> entry_of(Reference("lee", 1, "Rest", 2001, container="Bone", author="Lee A"), 3).raw
    'Lee A. Rest. Bone. 2001.'
    """
    return ListEntry(
        0, False, render(reference), line, reference.title, reference.container, reference.author, reference.year, reference.printed_kind,
        identifier(reference, "doi"), identifier(reference, "pmid"), detail(reference, "volume"), detail(reference, "issue"),
        detail(reference, "pages"), accessed=detail(reference, "accessed"),
    )  # fmt: skip
