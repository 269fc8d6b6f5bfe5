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


def id_taken(id: str, holder: str, where: str) -> StoreError:
    """That another guideline bears the id, by which links could not tell the two apart."""
    repair = "give one of them another id, or remove the other first"
    return refuse("id-taken", f"the id '{id}' is that of another guideline, {holder}, as well", repair, where)
