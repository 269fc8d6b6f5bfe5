"""Why a draft cannot be changed, kept or saved.

SourceError
 └── DraftingError        carries every problem as findings
      ├── EditRefused     an edit does not fit the text
      ├── DraftRefused    there is no such draft, or it cannot be kept
      │    └── Overtaken  somebody else changed the draft meanwhile; carries what
      └── SaveRefused     the file on the disk is not what the draft was opened from, or cannot be written
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from edgewise.graph.reading.problems import shorten
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding


class DraftingError(SourceError):
    """Base of what drafting refuses."""


class EditRefused(DraftingError):
    """An edit does not fit the text; nothing was changed.

    >>> print(refuse(EditRefused, "edit-no-entry", "there is no 'swap'", "write 'swab'", "guideline.yaml"))
    guideline.yaml: error: there is no 'swap'; write 'swab' [edit-no-entry]
    """


class DraftRefused(DraftingError):
    """There is no such draft, or it cannot be kept."""


class Overtaken(DraftRefused):
    """Somebody else changed a draft meanwhile: `since` tells what was done, the oldest first."""

    def __init__(self, findings: Iterable[Finding], since: tuple[str, ...] = ()) -> None:
        super().__init__(findings)
        self.since = since


class SaveRefused(DraftingError):
    """A draft was not saved; every file is as it was, or the message names those that are not."""


Refusal = TypeVar("Refusal", bound=DraftingError)


def refuse(kind: type[Refusal], rule: str, message: str, repair: str, file: str = "", line: int = 0) -> Refusal:
    """An error of that kind with one finding, for the caller to raise."""
    return kind([Finding(rule=rule, message=shorten(message, 400), repair=repair, file=file, line=line)])
