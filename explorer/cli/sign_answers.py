"""How the ledger's word on citations is told: to people in lines, to programs as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from edgewise.citations.ledger.entries import LedgerEntry
from edgewise.citations.ledger.fingerprints import CitationLink, links
from edgewise.citations.ledger.signoffs import Standing, progress
from edgewise.graph.model import Guideline


def status_payload(guideline: Guideline, found: Mapping[str, Standing], lost: Iterable[LedgerEntry], ledger: str) -> dict[str, Any]:
    """What the ledger says about every citation.

    Args:
        guideline: as it is now.
        found: by citation id, as `edgewise.citations.ledger.signoffs.standings` gives it.
        lost: sign-offs of citations that the guideline no longer has.
        ledger: its name, without credentials.
    """
    joined = links(guideline)
    return {
        "guideline": guideline.id,
        "ledger": ledger,
        "progress": {**progress(found), "total": len(found)},
        "citations": [_standing(id, standing, joined[id]) for id, standing in found.items()],
        "orphans": [_entry(entry) | {"citation": entry.content.citation.removeprefix(f"{guideline.iri}/")} for entry in lost],
    }


def _standing(id: str, standing: Standing, link: CitationLink) -> dict[str, Any]:
    return {
        "id": id,
        "statement": link.statement.id,
        "marker": link.marker.printed,
        "reference": link.reference.id if link.reference else None,
        "state": standing.state,
        "verdict": standing.verdict or None,
        "changed": list(standing.changed),
        "disputed": standing.disputed,
        "fitting": [_entry(entry) for entry in standing.fitting],
        "outdated": [_entry(entry) for entry in standing.outdated],
    }


def _entry(entry: LedgerEntry) -> dict[str, Any]:
    said = entry.content
    return {"id": entry.id, "verdict": said.verdict or None, "name": said.name, "note": said.note or None, "time": said.time}


def status_report(guideline: Guideline, found: Mapping[str, Standing], lost: Iterable[LedgerEntry], ledger: str) -> list[str]:
    """How far the audit is, then citation by citation who said what and what changed since."""
    joined = links(guideline)
    counts = progress(found)
    return [
        f"{guideline.title} [{guideline.id}]",
        f"{counts['signed']} of {len(found)} citations signed, {counts['stale']} stale, {counts['withdrawn']} withdrawn, "
        f"{counts['unsigned']} unsigned ({ledger})",
        "",
        *(line for id, standing in found.items() for line in _lines(id, standing, joined[id])),
        *_orphans(guideline, lost),
    ]


def _lines(id: str, standing: Standing, link: CitationLink) -> Iterator[str]:
    cited = link.reference.id if link.reference else "no such entry"
    yield f"  {id} [{link.marker.printed}] ({cited}): {standing.state}{' (editors disagree)' if standing.disputed else ''}"
    yield from (f"    {_said(entry)}" for entry in standing.fitting)
    if standing.state == "stale":
        yield f"    changed since: {', '.join(standing.changed)}"
        yield from (f"    {_said(entry)}, of what was there then" for entry in standing.outdated)


def _said(entry: LedgerEntry) -> str:
    said = entry.content
    return f"{said.verdict} ({said.name}, {said.time}){f': {said.note}' if said.note else ''}"


def _orphans(guideline: Guideline, lost: Iterable[LedgerEntry]) -> Iterator[str]:
    held = list(lost)
    yield from ("", "Signed, but no longer in the guideline") if held else ()
    for entry in held:
        yield f"  {entry.content.citation.removeprefix(f'{guideline.iri}/')}: {_said(entry)}"


def entry_line(guideline: Guideline, entry: LedgerEntry) -> str:
    """One entry in one line, as it is acknowledged.

    >>> from edgewise.citations.ledger.entries import START, Content, chain
    >>> said = Content(kind="withdrawal", guideline="urn:g", citation="urn:g/s/citations/1", name="Ann Lee", replaces=START,
    ...     time="2026-01-31T09:30:00.000Z")
    >>> entry_line(Guideline("g", "urn:g", "", "", "", "", "", "", "", ""), chain(said, 1, START))
    's/citations/1: withdrawn by Ann Lee, 2026-01-31T09:30:00.000Z; entry 1'
    """
    said = entry.content
    verdict = f"signed as {said.verdict}" if said.kind == "sign-off" else "withdrawn"
    return f"{said.citation.removeprefix(f'{guideline.iri}/')}: {verdict} by {said.name}, {said.time}; entry {entry.seq}"
