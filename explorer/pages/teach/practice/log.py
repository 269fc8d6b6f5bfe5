"""What practice leaves behind: a log of choices as a table for a spreadsheet, and a score by step and by pitfall."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from edgewise.citations.audit.spreadsheet import defused
from edgewise.explorer.pages.teach.round import Commitment
from edgewise.graph.walking.facts import plain

COLUMNS = (
    "time", "guideline", "updated", "case", "try", "stage", "facts", "choice", "reason", "answer", "verdict", "pitfalls met",
    "pitfalls fallen into", "seconds",
)  # fmt: skip
VERDICTS = {
    "right": "right",
    "part": "part of it",
    "option": "an option",
    "silent": "the source does not say",
    "inferred": "the modeller's reading",
    "wrong": "wrong",
}

Tally = dict[str, tuple[int, int]]


def csv_bytes(entries: Iterable[Commitment]) -> bytes:
    r"""The log as CSV (RFC 4180), in UTF-8 with the mark by which spreadsheets know it; no cell is taken for a formula.

    >>> csv_bytes([])[:8]
    b'\xef\xbb\xbftime,'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([defused(cell) for cell in _cells(entry)] for entry in entries)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _cells(entry: Commitment) -> Sequence[str]:
    facts = json.dumps(plain(entry.facts), ensure_ascii=False)
    return (
        entry.time.isoformat(timespec="seconds"), entry.guideline, entry.updated, entry.case, str(entry.attempt), str(entry.stage), facts,
        " ".join(entry.picks), entry.why, " ".join(entry.named), VERDICTS[entry.outcome], " ".join(entry.met), " ".join(entry.fallen),
        f"{entry.seconds:.1f}",
    )  # fmt: skip


def by_step(entries: Iterable[Commitment]) -> Tally:
    """What was due → how often, and how often that was found."""
    found: Tally = {}
    for entry in entries:
        for pick in entry.named:
            due, right = found.get(pick, (0, 0))
            found[pick] = due + 1, right + (entry.outcome == "right" or (entry.outcome == "part" and pick in entry.picks))
    return found


def by_pitfall(entries: Iterable[Commitment]) -> Tally:
    """Pitfall → how often it was met, and how often fallen into."""
    found: Tally = {}
    for entry in entries:
        for pitfall in entry.met:
            met, fallen = found.get(pitfall, (0, 0))
            found[pitfall] = met + 1, fallen + (pitfall in entry.fallen)
    return found
