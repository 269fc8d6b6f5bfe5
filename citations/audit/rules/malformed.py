"""Family R: identifiers, dates and pages that cannot be right whatever the work."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule
from edgewise.citations.formats.details import month_number
from edgewise.citations.lookup.identifiers import Malformed, doi, isbn, pmid
from edgewise.graph.model import Reference
from edgewise.ontology.terms import EW

_READERS = {"doi": doi, "pmid": pmid, "isbn": isbn}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_PAGE = re.compile(r"([A-Za-z]{0,4})([0-9]{1,9})([A-Za-z]{0,3}|[A-Za-z][0-9]{2})")  # C09S05 is an article of the geophysicists
_CHAPTERED = re.compile(r"([0-9A-Za-z]{1,9})[:.]([0-9]{1,6})")
_OF_ARTICLE = re.compile(r"([0-9]{6})\s*-\s*([0-9]{1,3})(?:\s*-+\s*\1\s*-\s*([0-9]{1,3}))?")
_ROMAN = re.compile(r"[ivxlcdm]+", re.IGNORECASE)
_COPIED_ALONG = re.compile(r"(?:/(?:abstract|full|fulltext|pdf|epdf|pdfdirect|meta|summary|references)|\.pdf|[.,;])$", re.IGNORECASE)
_LONGEST = 900  # pages; 1006-997 is no shortened 1006-1997
_EARLIEST = 1450  # nothing was printed before


def malformed_identifier(subject: Audited) -> Iterator[Fault]:
    for reference in subject.guideline.references.values():
        for held in reference.identifiers:
            reader = _READERS.get(held.scheme)
            found = reader(held.value) if reader else None
            found = _ending(held.value) if held.scheme == "doi" and isinstance(found, str) else found
            if isinstance(found, Malformed):
                message = f"{found} (entry {reference.position})"
                yield Fault(message=message, subject=reference.id, predicate=EW.hasIdentifier, value=held.value)


def _ending(value: str) -> Malformed | None:
    """What was copied along with a DOI: the end of a page's address, or of a sentence."""
    if found := _COPIED_ALONG.search(value.strip()):
        whose = "the sentence" if found[0] in (".", ",", ";") else "the address of its page"
        return Malformed("doi", value, f"'{found[0]}' at its end is of {whose}")
    return None


def impossible_date(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    latest = int(guideline.updated[:4]) if re.match(r"[0-9]{4}-", guideline.updated) else 9999
    for reference in guideline.references.values():
        if reference.year and not _EARLIEST <= reference.year <= latest:
            why = f"what cites it is of {guideline.updated}" if reference.year > latest else "nothing was printed then"
            message = f"entry {reference.position} cannot be of {reference.year}: {why}"
            yield Fault(message=message, subject=reference.id, predicate=EW.year, value=str(reference.year))
        for value in _added(reference, "month"):
            if month_number(value) is None:
                message = f"'{value}' is no month (entry {reference.position})"
                yield Fault(message=message, subject=reference.id, predicate=EW.hasAddition, value=value)


def malformed_pages(subject: Audited) -> Iterator[Fault]:
    for reference in subject.guideline.references.values():
        for value in _added(reference, "pages", "page"):
            if why := page_fault(value):
                message = f"the pages '{value}' of entry {reference.position} {why}"
                yield Fault(message=message, subject=reference.id, predicate=EW.hasAddition, value=value)


def page_fault(pages: str) -> str:
    """Why pages cannot be right, or empty; a shortened end (``997-9``) is as good as a whole one.

    >>> page_fault("997–1006"), page_fault("S12-S15, e3"), page_fault("123-9"), page_fault("xi-xiv")
    ('', '', '', '')
    >>> page_fault("4:1--4:56"), page_fault("031114-1-031114-9"), page_fault("C09S05"), page_fault("247 p."), page_fault("4:56--4:1")
    ('', '', '', '', 'run backwards')
    >>> page_fault("1006-997"), page_fault("p. twelve")
    ('run backwards', 'are no page numbers')
    """
    for part in re.split(r"\s*[,;]\s*", unicodedata.normalize("NFKC", pages).translate(_DASHES).strip().rstrip(".")):
        if why := _part_fault(re.sub(r"^pp?\.\s*(?=[A-Za-z]?[0-9])|(?<=[0-9])\s*pp?$", "", part)):
            return why
    return ""


def _part_fault(part: str) -> str:
    if of_article := _OF_ARTICLE.fullmatch(part):  # 031114-9: page 9 of article 031114, perhaps to 031114-12
        first, last = of_article[2], of_article[3]
        return "run backwards" if last and int(last) < int(first) else ""
    ends = _within_chapter(re.split(r"\s*-+\s*", part))
    if len(ends) > 2 or not all(_PAGE.fullmatch(end) or _ROMAN.fullmatch(end) for end in ends):
        return "are no page numbers"
    return "run backwards" if len(ends) == 2 and _backwards(*ends) else ""


def _within_chapter(ends: list[str]) -> list[str]:
    """Pages counted within an article or chapter: 4:1-4:56 and 29.21-29.21 are pages of the fourth and the twenty-ninth."""
    found = [_CHAPTERED.fullmatch(end) for end in ends]
    chapters = {end[1] for end in found if end}
    return [end[2] for end in found if end] if all(found) and len(chapters) == 1 else ends


def _backwards(start: str, end: str) -> bool:
    first, last = _PAGE.fullmatch(start), _PAGE.fullmatch(end)
    if not first or not last or (last[1] and last[1].casefold() != first[1].casefold()):
        return False
    low, high = first[2], last[2]
    whole = low[: len(low) - len(high)] + high if len(high) < len(low) else high  # 997-9 is 997-999
    return not 0 <= int(whole) - int(low) <= _LONGEST


def unreadable_entry(subject: Audited) -> Iterator[Fault]:
    for one in subject.list_faults or ():
        yield Fault(message=one.message, value=one.value, repair=one.repair, file=one.file, line=one.line)


def _added(reference: Reference, *fields: str) -> Iterator[str]:
    return (added.value for added in reference.additions if added.field in fields)


RULES = (
    Rule(
        id="R203", name="malformed-identifier", severity="error", check=malformed_identifier,
        why="An identifier with a wrong sign leads nowhere, or to another work.",
        fix="Copy it again from the work itself; leave out what cannot be confirmed.",
    ),
    Rule(
        id="R204", name="impossible-date", severity="error", check=impossible_date,
        why="A work cannot be younger than the guideline that cites it; a wrong year hides the right work.",
        fix="Look the entry up, and correct the year or month if it was misread; if it is so printed, say it in a note.",
    ),
    Rule(
        id="R205", name="malformed-pages", severity="warning", check=malformed_pages,
        why="Pages that cannot be are a sign that the entry was copied wrongly.",
        fix="Look the pages up and correct the addition.",
    ),
    Rule(
        id="R218", name="unreadable-entry", severity="warning", check=unreadable_entry, needs=("list",),
        why="What cannot be read of a list is judged by nobody, and the next program that opens the file may lose it in silence.",
        fix="Mend the entry at this line, or export the list again.",
    ),
)  # fmt: skip
