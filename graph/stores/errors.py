"""Why a library cannot do what it is asked to."""

from __future__ import annotations

from edgewise.graph.reading.problems import shorten
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding


class StoreError(SourceError):
    """A library cannot be reached, read or written; carries every problem as findings.

    >>> print(StoreError([Finding(rule="library-busy", message="somebody else is writing", repair="try again")]))
    error: somebody else is writing; try again [library-busy]
    """


def refuse(rule: str, message: str, repair: str, where: str = "") -> StoreError:
    r"""An error with one finding, for the caller to raise.

    >>> print(refuse("busy", "somebody else is writing", "try again", "oxigraph:lib"))
    oxigraph:lib: error: somebody else is writing; try again [library-busy]
    """
    return StoreError([Finding(rule=f"library-{rule}", message=shorten(message, 400), repair=repair, file=where)])
