"""The list of retractions that `edgewise resolve --retractions` keeps: taken in, and told of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgewise.explorer.cli.terminal import complain
from edgewise.explorer.shell.user_files import answers_folder

if TYPE_CHECKING:
    from edgewise.citations.lookup.retraction_list import RetractionList
    from edgewise.citations.lookup.retraction_rows import Reading


def take_in(file: Path) -> Reading:
    """Keep a list, and say what of it is in doubt.

    Raises:
        SourceError: it cannot be used; the list that was kept before stays.
    """
    from edgewise.citations.lookup.retraction_list import take_in as keep

    _, reading = keep(file, answers_folder(), datetime.now(UTC).date())
    for one in reading.doubts:
        complain(str(one))
    if (more := reading.doubted - len(reading.doubts)) > 0:
        complain(f"{file}: and {more:,} more such rows")
    if reading.without:
        complain(f"{file}: rows that name no work by DOI or PMID, and cannot be found by one: {reading.without:,}")
    return reading


def _kept_list() -> RetractionList | None:
    from edgewise.citations.lookup.retraction_list import kept_list

    return kept_list(answers_folder())


def list_line() -> str:
    """Which list is kept, in a sentence."""
    kept = _kept_list()
    if kept is None:
        return "No list of retractions is kept (--retractions FILE)."
    up_to = f", the newest of {kept.up_to}" if kept.up_to else ""
    return f"Retraction Watch: {kept.works:,} notices{up_to}, in the list taken in on {kept.taken}."


def list_data() -> dict[str, Any] | None:
    """Which list is kept, for programs; None where there is none."""
    kept = _kept_list()
    return {"upTo": kept.up_to or None, "takenIn": kept.taken, "notices": kept.works} if kept else None
