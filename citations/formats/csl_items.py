"""A reference as a CSL item (a plain mapping): the middle ground on which all formats meet. `csl_item_reading` goes the other way."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from edgewise.citations.formats.details import author_line, detail, fold, identifier, month_number
from edgewise.citations.formats.exchange import LeftOut
from edgewise.citations.formats.names import Name, parse_names
from edgewise.citations.formats.note_lines import write_lines
from edgewise.graph.model import Reference

Item = dict[str, Any]

# Field of an addition → CSL variable.
ADDITIONS = {
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "publisher": "publisher",
    "place": "publisher-place",
    "edition": "edition",
    "issn": "ISSN",
    "language": "language",
    "abbreviation": "container-title-short",
}
SCHEMES = {"doi": "DOI", "pmid": "PMID", "isbn": "ISBN", "url": "URL"}
ISBN, ISSN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]"), re.compile(r"\d{4}-?\d{3}[\dXx]")
"""By which the two are told apart where a format has one field for both."""
KINDS = {"research": "article-journal", "review": "article-journal", "guideline": "report", "website": "webpage"}
# CSL type → RIS type, BibTeX type; where several share one, reading takes the first.
TYPES = {
    "article-journal": ("JOUR", "article"),
    "article-magazine": ("MGZN", "article"),
    "article-newspaper": ("NEWS", "article"),
    "article": ("MANSCPT", "unpublished"),
    "book": ("BOOK", "book"),
    "chapter": ("CHAP", "incollection"),
    "document": ("GEN", "misc"),
    "dataset": ("DATA", "misc"),
    "webpage": ("ELEC", "misc"),
    "paper-conference": ("CPAPER", "inproceedings"),
    "report": ("RPRT", "techreport"),
    "thesis": ("THES", "phdthesis"),
}


def item_of(reference: Reference, *, notes: bool = True) -> tuple[Item, tuple[LeftOut, ...]]:
    """The CSL item of a reference, with `notes` that say who stated what, and what had to be changed to fit.

    >>> item, _ = item_of(Reference("r4", 4, "A trial", 2006, container="J Trials", author="Foley BS"))
    >>> item["type"], item["author"], item["issued"]
    ('article-journal', [{'family': 'Foley', 'given': 'B. S.'}], {'date-parts': [[2006]]})
    """
    folded, left_out = _folded(reference)
    item: Item = {"id": folded.id, "type": _type(folded), "title": folded.title}
    line = author_line(folded)
    if folded.container:
        item["container-title"] = folded.container
    if line:
        item["author"] = [_name_item(name) for name in parse_names(line)]
    if folded.year:
        item["issued"] = {"date-parts": [_date(folded)]}
    item |= {variable: value for field, variable in ADDITIONS.items() if (value := detail(folded, field))}
    item |= {variable: value for scheme, variable in SCHEMES.items() if (value := identifier(folded, scheme))}
    if not notes:
        return item, left_out
    own_line = bool(detail(folded, "authors")) or any(name.literal for name in parse_names(line))
    item["note"] = "\n".join(write_lines(folded, author=own_line))
    return item, left_out


def _folded(reference: Reference) -> tuple[Reference, tuple[LeftOut, ...]]:
    left_out: list[LeftOut] = []

    def keep(field: str, value: str) -> str:
        if (kept := fold(value)) != value:
            left_out.append(LeftOut(reference.id, field, value[:80], "line breaks, runs of spaces and control characters are not kept"))
        return kept

    identifiers = tuple(replace(known, value=keep(known.scheme, known.value)) for known in reference.identifiers)
    additions = tuple(replace(known, value=keep(known.field, known.value)) for known in reference.additions)
    folded = replace(
        reference,
        title=keep("title", reference.title),
        container=keep("container", reference.container),
        author=keep("author", reference.author),
        printed_kind=keep("printedKind", reference.printed_kind),
        tier=keep("tier", reference.tier),
        identifiers=identifiers,
        additions=additions,
    )
    return folded, tuple(left_out)


def _type(reference: Reference) -> str:
    kind = reference.printed_kind.casefold()
    if kind in KINDS or kind in TYPES:
        return KINDS.get(kind, kind)
    return "article-journal" if reference.container else "document"


def _date(reference: Reference) -> list[int]:
    month, day = month_number(detail(reference, "month")), detail(reference, "day")
    parts = [reference.year] + ([month] if month else [])
    return [*parts, int(day)] if month and re.fullmatch(r"[1-9]|[12]\d|3[01]", day) else parts


def _name_item(name: Name) -> dict[str, str]:
    return {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}
