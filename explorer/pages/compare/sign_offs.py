"""What the ledger holds of two versions of one guideline, so that sign-offs which no longer fit can be told."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from edgewise.citations.ledger.entries import LedgerEntry, LedgerError
from edgewise.citations.ledger.store import open_ledger
from edgewise.explorer.environment import LEDGER
from edgewise.explorer.pages.compare.versions import Version
from edgewise.explorer.shell.user_files import NoHome, ledger_address

_MISSING = "ledger-missing"


@dataclass(frozen=True, slots=True)
class SignOffs:
    """What is signed of a guideline; `problem` says why that cannot be known."""

    entries: tuple[LedgerEntry, ...] = ()
    problem: str = ""


def sign_offs(a: Version, b: Version) -> SignOffs:
    """What is signed of both, read afresh; another guideline has sign-offs of its own, and a ledger not yet begun holds none."""
    if a.guideline.iri != b.guideline.iri:
        return SignOffs()
    try:
        where = ledger_address()
        if not os.environ.get(LEDGER) and not Path(where).exists():
            return SignOffs()
        return SignOffs(open_ledger(where).entries(a.guideline.iri))
    except (LedgerError, NoHome) as error:
        if any(finding.rule == _MISSING for finding in getattr(error, "findings", ())):
            return SignOffs()
        return SignOffs(problem=f"sign-offs were not looked at: {str(error).splitlines()[0]}")
