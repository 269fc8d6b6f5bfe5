"""What Zotero, Mendeley and Citavi keep in a document: JSON, in the field's code or packed in base64."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from edgewise.citations.reading.word.pieces import Citation, Work, unpacked

_ORIGINALS, _LONGEST = re.compile(r"<os>([^<]*)</os>"), 2000
_NAMED = {"Title": "title", "Volume": "volume", "Number": "issue", "Doi": "DOI", "PubMedId": "PMID"}


def csl_citation(text: str, program: str) -> Citation | None:
    """The works of a citation in CSL's own JSON; None where it cannot be read.

    >>> cited = '{"id": 7, "itemData": {"title": "Rest"}}'
    >>> csl_citation('{"properties": {"plainCitation": "[1]"}, "citationItems": [' + cited + ']} x', "Zotero").works
    (Work(key='7', item={'title': 'Rest'}),)
    """
    held = _object(text)
    items = held.get("citationItems") if held is not None else None
    if held is None or not isinstance(items, list):
        return None
    works = tuple(_work(one) for one in items if isinstance(one, dict))
    return Citation(program, works, _written(held))


def packed_csl_citation(packed: str, program: str) -> Citation | None:
    """The same, as the tag of a content control holds it."""
    return csl_citation(unpacked(packed), program)


def citavi_citation(packed: str) -> Citation | None:
    """The works of a placeholder of Citavi; None where it cannot be read."""
    held = _object(unpacked(packed))
    entries = held.get("Entries") if held is not None else None
    if held is None or not isinstance(entries, list):
        return None
    by_id = {str(one["$id"]): one for one in _objects(held) if "$id" in one}
    works = tuple(_citavi_work(one, by_id) for one in entries if isinstance(one, dict))
    written = held.get("FormattedText")
    return Citation("Citavi", works, _text(written.get("Text") if isinstance(written, dict) else "") or _text(held.get("Text")))


def _object(text: str) -> dict[str, Any] | None:
    start = text.find("{")
    try:
        value, _ = json.JSONDecoder().raw_decode(text, max(start, 0))
    except (ValueError, RecursionError):  # broken, nested without end, or a number of thousands of digits
        return None
    return value if isinstance(value, dict) else None


def _work(cited: Mapping[str, Any]) -> Work:
    item = cited.get("itemData")
    uris = cited.get("uris") or cited.get("uri")
    uri = uris[0] if isinstance(uris, list) and uris and isinstance(uris[0], str) else ""
    held = item if isinstance(item, dict) else {}
    return Work(uri or _text(cited.get("id")) or _text(held.get("id")) or _text(held.get("title")), held)


def _written(held: Mapping[str, Any]) -> str:
    for place in ("properties", "mendeley", "manualOverride"):
        said = held.get(place)
        if isinstance(said, dict) and not said.get("isManuallyOverridden"):
            text = _text(said.get("plainCitation") or said.get("plainTextFormattedCitation") or said.get("citeprocText"))
            if text:
                return text
    return ""


def _citavi_work(entry: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> Work:
    known = _followed(entry.get("Reference"), by_id)
    item: dict[str, Any] = {variable: _text(known.get(field)) for field, variable in _NAMED.items()}
    item["page"] = _citavi_pages(known.get("PageRange"))
    item["container-title"] = _text(_followed(known.get("Periodical"), by_id).get("Name"))
    item["issued"] = {"raw": _text(known.get("Year") or known.get("YearResolved"))}
    people = known.get("Authors")
    authors = (_followed(one, by_id) for one in people) if isinstance(people, list) else ()
    item["author"] = [{"family": _text(one.get("LastName")), "given": _text(one.get("FirstName"))} for one in authors]
    return Work(_text(entry.get("ReferenceId")) or item["title"], {field: value for field, value in item.items() if value})


def _citavi_pages(held: object) -> str:
    """Pages as written: Citavi keeps them as an object, or as elements in a text, of which the last ``os`` is the whole range."""
    text = _text(held.get("OriginalString") if isinstance(held, dict) else held)
    return (_ORIGINALS.findall(text[:_LONGEST]) or [""])[-1].strip() if text.startswith("<") else text


def _followed(value: object, by_id: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """An object, or the one that a reference within the same JSON means."""
    held = value if isinstance(value, dict) else {}
    return by_id.get(str(held["$ref"]), {}) if "$ref" in held else held


def _objects(value: object) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _text(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
