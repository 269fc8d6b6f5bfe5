"""Related artifacts as references: what a file names as evidence, justification or documentation, each work once, with its identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edgewise.graph.identifiers import doi, isbn, pmid
from edgewise.graph.importing.fhir.elements import Element
from edgewise.graph.importing.sheets import Sheet, plain

INTENTIONS = {
    "justification": "citesAsEvidence",
    "citation": "citesAsEvidence",
    "cites": "citesAsEvidence",
    "supported-with": "obtainsSupportFrom",
    "derived-from": "citesAsAuthority",
    "documentation": "citesForInformation",
}
"""Types of an artifact by which it names a work, and what the work is cited for; all others relate resources to one another."""

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|\bdoi:\s*)(10\.[!-~]+)", re.IGNORECASE)
_PMID = re.compile(r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|\bpmid:?\s*)(\d{1,8})\b", re.IGNORECASE)
_ISBN = re.compile(r"\bisbn:?\s*([0-9][0-9Xx -]{8,20}[0-9Xx])", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_LONGEST_ADDRESS = 500


class Works:
    """The list of references of one guideline, and the markers that lead there.

    The file prints no markers: each bears its work's place in the list.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._known: dict[tuple[str, ...], str] = {}
        self._markers: dict[str, str] = {}

    def cited(self, artifact: Element) -> dict[str, str] | None:
        """A citation of the work that an artifact names; None where it names none."""
        kind = artifact.text("type")
        if kind not in INTENTIONS or not (found := self.reference(artifact)):
            return None
        intention = INTENTIONS[kind]
        return {"marker": self._marker(found), **({"intention": intention} if intention != "citesAsEvidence" else {})}

    def reference(self, artifact: Element) -> str:
        """The id of the entry for the work that an artifact names; empty where it names nothing one could look up."""
        told = _told(artifact)
        identifiers = list(_identifiers(told))
        title = next((plain(told[key]) for key in ("display", "citation", "label", "title", "resource", "url") if plain(told[key])), "")
        if not title:
            return ""
        key = tuple(value for _, value in identifiers) or (title,)
        if key not in self._known:
            held = [{"scheme": scheme, "value": value, "statedBy": "source", "confirmed": False} for scheme, value in identifiers]
            more = {"identifiers": held} if held else {}
            printed = plain(told["citation"])
            if printed and printed != title:
                more["additions"] = [{"field": "citation", "value": printed[:500], "statedBy": "source", "confirmed": False}]
            if year := re.match(r"\d{4}", told["published"]):
                more["year"] = int(year[0])  # type: ignore[assignment]
            self._known[key] = self._sheet.reference(title, **more)
        return self._known[key]

    def _marker(self, reference: str) -> str:
        if reference not in self._markers:
            printed = reference.rpartition("-")[2]
            self._markers[reference] = self._sheet.extend("markers", {"printed": printed, "entry": reference}, named=f"marker-{printed}")
        return self._markers[reference]


def _told(artifact: Element) -> dict[str, str]:
    """What an artifact says of a work."""
    document, resource, other = (artifact.one(name) for name in ("document", "resource", "resourceReference"))
    for part in (document, resource, other):
        _ = part and part.take()
    printed = artifact.text("url")
    address = (document.text("url") if document else "") or printed
    return {
        "display": artifact.text("display"),
        "citation": artifact.text("citation"),
        "label": artifact.text("label"),
        "title": document.text("title") if document else "",
        "url": address,
        "resource": (resource.value or resource.text("reference")) if resource else (other.text("reference") if other else ""),
        "published": artifact.text("publicationDate"),
    }


def _identifiers(told: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Scheme and value of each identifier that is one; of several of a scheme the first."""
    text = " ".join(told[key] for key in ("url", "resource", "citation", "display", "label", "title"))
    if (match := _DOI.search(text)) and isinstance(found := doi(match[1].rstrip(".,;)]}>")), str):
        yield "doi", found
    if (match := _PMID.search(text)) and isinstance(found := pmid(match[1]), str):
        yield "pmid", found
    if (match := _ISBN.search(text)) and isinstance(found := isbn(match[1]), str):
        yield "isbn", found
    address = next((told[key] for key in ("url", "resource") if _ADDRESS.fullmatch(told[key])), "")
    if address and len(address) <= _LONGEST_ADDRESS and not _DOI.match(address) and not _PMID.match(address):
        yield "url", address
