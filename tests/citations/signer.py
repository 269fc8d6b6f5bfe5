"""Signs a citation again and again, and says so when a sign-off is acknowledged; to be killed. Not a test by itself."""

from __future__ import annotations

import os
import sys

from edgewise.citations.ledger.signoffs import sign
from edgewise.citations.ledger.store import open_ledger
from edgewise.graph.model import Citation, Guideline, Marker, Place, Reference, Statement

GUIDELINE = Guideline(
    "g", "urn:edgewise:g", "", "", "", "", "", "", "", "",
    statements={"a": Statement("a", "recommendation", "Rest.", Place("summary"), "sha256:" + "0" * 64, (Citation("a/citations/1", "m1"),))},
    markers={"m1": Marker("m1", "1", "r1")},
    references={"r1": Reference("r1", 1, "On rest", 2020)},
)  # fmt: skip


def main(where: str, name: str, times: int) -> None:
    ledger = open_ledger(where, create=True)
    for number in range(times):
        entry = sign(ledger, GUIDELINE, "a/citations/1", "supported", name, f"number {number}")
        os.write(1, f"{entry.id}\n".encode())  # past every buffer: what the reader gets was acknowledged


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
