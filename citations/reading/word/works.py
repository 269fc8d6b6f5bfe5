"""The works that a document's fields hold: which entry of the printed list each is, or the entry made of it where none is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz

from edgewise.citations.formats import csl
from edgewise.citations.reading.kept_entries import entry_of
from edgewise.citations.reading.model import ListEntry
from edgewise.citations.reading.printed_dois import first_doi
from edgewise.citations.reading.reference_list import PMID
from edgewise.citations.reading.word.pieces import Work
from edgewise.graph.model import Reference

_ALIKE = 88  # of 100, for titles that are printed with another dash, or with a slip
_TOLD_APART = 20  # letters of a title that no other work is likely to bear


def as_entry(work: Work, number: int) -> ListEntry:
    """An entry made of what a field holds.

    >>> item = {"title": "Rest", "author": [{"family": "Doe", "given": "A"}], "issued": {"raw": "2001"}, "DOI": "10.1000/one"}
    >>> entry = as_entry(Work("1", item), 3)
    >>> entry.number, entry.author, entry.title, entry.year, entry.doi, entry.raw
    (3, 'Doe A', 'Rest', 2001, '10.1000/one', 'Doe A. Rest. 2001.')
    """
    item = {"id": "work", "title": work.key, **work.item}
    read = csl.read(json.dumps(item), "").references
    known = read[0] if read else Reference("work", number, work.key, 0)
    entry = entry_of(known, 0)
    noted = PMID.search(str(work.item.get("note", ""))[:10_000])
    pmid = entry.pmid or (noted[1] if noted else "")
    return replace(entry, number=number, doi=first_doi(entry.doi) or entry.doi, pmid=pmid)


def entries_of(works: Sequence[Work], entries: Sequence[ListEntry]) -> Mapping[str, frozenset[int]]:
    """For each work the entries of the printed list that may be it: one, several that cannot be told apart, or none.

    A work of which nothing is known is not named.

    >>> printed = [ListEntry(1, True, "Doe A. Rest in bed. J A 2001.", 1), ListEntry(2, True, "Roe B. Ice. J B 2002.", 2)]
    >>> found = entries_of([Work("a", {"title": "Ice", "author": [{"family": "Roe"}], "issued": {"raw": "2002"}})], printed)
    >>> found["a"]
    frozenset({2})
    """
    folded = [(entry, _fold(entry.raw)) for entry in entries]
    return {work.key: _candidates(work, folded) for work in works if work.item.get("title") or work.item.get("author")}


def _candidates(work: Work, entries: Sequence[tuple[ListEntry, str]]) -> frozenset[int]:
    doi, title = first_doi(_text(work.item.get("DOI"))).lower(), _fold(_text(work.item.get("title")))
    family, year = family_of(work), year_of(work)
    by_doi = [entry.number for entry, _ in entries if doi and entry.doi.lower() == doi]
    if by_doi:
        return frozenset(by_doi)
    titled = [(entry, text) for entry, text in entries if title and title in text]
    if not titled and len(title) >= _TOLD_APART:
        titled = [(entry, text) for entry, text in entries if fuzz.partial_ratio(title, text, score_cutoff=_ALIKE)]
    meant = [entry.number for entry, text in titled if _fold(family) in text and year in text]
    if meant:
        return frozenset(meant)
    if len(title) >= _TOLD_APART and titled:
        return frozenset(entry.number for entry, _ in titled)
    if not (family and year):
        return frozenset()
    return frozenset(entry.number for entry, text in entries if _fold(family) in text and year in text and _silent_on_titles(entry))


def _silent_on_titles(entry: ListEntry) -> bool:
    """Whether an entry prints no title, as chemists and physicists do."""
    return not entry.title


def family_of(work: Work) -> str:
    """Family name of the first author, or the group's own; empty if none is known."""
    people = work.item.get("author")
    first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
    return _text(first.get("family") or first.get("literal"))


def year_of(work: Work) -> str:
    """Year of a work in four figures; empty if none is known.

    >>> year_of(Work("1", {"issued": {"date-parts": [["2001", 3]]}}))
    '2001'
    """
    issued: Any = work.item.get("issued")
    match = re.search(r"(?<!\d)\d{4}(?!\d)", str(issued)[:400])
    return match[0] if match else ""


def named(work: Work) -> str:
    """A work in a few words, for messages."""
    who = ", ".join(part for part in (family_of(work), year_of(work)) if part)
    title = _text(work.item.get("title")) or work.key
    short = title if len(title) <= 60 else f"{title[:59]}…"
    return f"'{short}'" + (f" ({who})" if who else "")


def _fold(text: str) -> str:
    return "".join(c for c in text[:10_000].casefold() if c.isalnum())


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
