"""What a rule names as its source: a statement that cites it, in the annotation's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from edgewise.graph.identifiers import doi, pmid
from edgewise.graph.importing.sheets import Sheet, plain

Note = tuple[str, str]
"""The name of an annotation, which may be empty, and its text."""

_NAMED = re.compile(
    r"(?:literature |guideline )?(?:sources?|source\(s\)|references?|reference\(s\)|citations?|evidence|literature)", re.IGNORECASE
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|\bdoi:?\s*)(10\.[!-~]+)", re.IGNORECASE)
_PMID = re.compile(r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|\bpmid:?\s*)(\d{1,8})\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_ENDS = ".,;)]}>\"'"
_LONGEST = 500


def names_source(note: Note) -> bool:
    """Whether an annotation is a source: its column is called so, or it holds an identifier or an address.

    >>> names_source(("Source", "WHO 2023")), names_source(("Why", "see doi:10.1000/1")), names_source(("Why", "It helps."))
    (True, True, False)
    """
    name, text = note
    return bool(_NAMED.fullmatch(name.strip()) and re.search(r"\w", text)) or bool(list(_identifiers(text)))


class Sources:
    """The works that the rules of one file name, each once."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._markers: dict[tuple[tuple[str, str], ...] | str, str] = {}

    def statement(self, notes: Iterable[Note], place: str) -> str:
        """The id of a statement that cites what some annotations name as sources; empty where they name none.

        Args:
            notes: of a rule.
            place: of the rule in the file, in words.
        """
        named = [note for note in notes if names_source(note)]
        if not named:
            return ""
        markers = dict.fromkeys(self._marker(text) for _, text in named)
        text = " ".join(f"{name}: {plain(said)}" if name else plain(said) for name, said in named)
        entry: dict[str, Any] = {"text": text if len(text) <= 2000 else text[:1999] + "…", "place": {"section": place[:200]}}
        return self._sheet.extend("statements", {**entry, "citations": [{"marker": id} for id in markers]}, named=f"statement {place}")

    def _marker(self, text: str) -> str:
        identifiers = tuple(_identifiers(text))
        key = identifiers or plain(text).casefold()
        if key not in self._markers:
            held = [{"scheme": scheme, "value": value, "statedBy": "source", "confirmed": False} for scheme, value in identifiers]
            reference = self._sheet.reference(plain(text), identifiers=held)
            printed = str(len(self._markers) + 1)
            self._markers[key] = self._sheet.extend("markers", {"printed": printed, "entry": reference}, named=f"marker {printed}")
        return self._markers[key]


def _identifiers(text: str) -> Iterator[Note]:
    """Scheme and value of each identifier in a text; of several of a scheme the first, and an address where there is no other."""
    found: list[Note] = []
    if (match := _DOI.search(text)) and isinstance(value := doi(match[1].rstrip(_ENDS)), str):
        found.append(("doi", value))
    if (match := _PMID.search(text)) and isinstance(value := pmid(match[1]), str):
        found.append(("pmid", value))
    if not found and (match := _ADDRESS.search(text)) and len(address := match[0].rstrip(_ENDS)) <= _LONGEST:
        found.append(("url", address))
    yield from found
