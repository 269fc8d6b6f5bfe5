"""A reference list from one format into another; whatever the other cannot hold is found by reading it back, and named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from edgewise.citations.formats.details import MONTHS, author_line, month_number, same_value
from edgewise.citations.formats.exchange import LeftOut, Reading, Written
from edgewise.citations.formats.files import FORMATS, SUFFIXES, write
from edgewise.citations.formats.names import Name, parse_names, sort_key
from edgewise.citations.formats.vancouver import render_all
from edgewise.graph.model import Reference

NAMES = MappingProxyType({"csl": "csl-json", "ris": "ris", "bibtex": "bibtex", "vancouver": "vancouver"})
"""How a format that is written is called in the command → in `files`; Vancouver is for readers, and never read."""
ENDINGS = MappingProxyType(
    {suffix: name for suffix, held in SUFFIXES.items() for name, known in NAMES.items() if known == held} | {".txt": "vancouver"}
)
"""Ending of a file → the format that is written there."""
_UNSHOWN = "the style does not show it"
_SHOWN = frozenset("title year container abbreviation author volume issue pages publisher place edition month".split())
_AT_ONCE = 500  # references: what is read back is no larger than what may be read


def convert(held: Reading, to: str) -> Written:
    r"""A list that was read, in another format.

    Notes of ours on who stated what are written where the list that was read bore some; a list of others gets none.

    Args:
        held: the list.
        to: a name of `NAMES`.

    Returns:
        The text, and every value that is not in it: those for which a reference has no place first.

    >>> from edgewise.citations.formats.ris import read
    >>> found = read("TY  - JOUR\nTI  - A trial\nPY  - 2006\nSN  - 1234-5678\nN2  - Why\nER  - \n", "list.ris")
    >>> written = convert(found, "bibtex")
    >>> " issn = {1234-5678}" in written.text, [str(one) for one in written.left_out]
    (True, ['reference-1, notes_abstract: a reference has no place for it'])
    """
    if to == "vancouver":
        written = as_vancouver(held.references)
    else:
        written = write(held.references, NAMES[to], notes=held.noted)
        if not held.noted:
            written = Written(written.text, (*written.left_out, *_lost(held.references, to)))
    return Written(written.text, (*held.left_out, *written.left_out))


def as_vancouver(references: Iterable[Reference]) -> Written:
    r"""References as a numbered list for readers, and what of them it does not show.

    >>> from edgewise.graph.model import Identifier
    >>> shown = as_vancouver([Reference("r1", 1, "A trial", 2006, identifiers=(Identifier("doi", "10.5555/a", "source", True),))])
    >>> shown.text, str(shown.left_out[0])
    ('1. A trial. 2006.\n', 'r1, doi: the style does not show it')
    """
    listed = sorted(references, key=lambda reference: reference.position)
    lines = render_all(listed)
    text = "".join(f"{reference.position}. {line}\n" for reference, line in zip(listed, lines, strict=True))
    return Written(text, tuple(out for reference, line in zip(listed, lines, strict=True) for out in _unshown(reference, line)))


def _unshown(reference: Reference, line: str) -> Iterator[LeftOut]:
    """What a line for readers does not say of a reference; no such list names the type of a work."""
    for field, value in _values(reference):
        if field == "author":
            value = "; ".join(_in_full(name) for name in parse_names(value) if not _stands(name.literal or name.family, line))
        elif field == "month" and (month := month_number(value)):
            value = "" if re.search(rf"\b{MONTHS[month - 1][:3]}", line) else value
        elif field == "type" or (field in _SHOWN and _stands(value, line)):
            value = ""
        if value:
            yield LeftOut(reference.id, field, value[:80], _UNSHOWN)
    if reference.tier:
        yield LeftOut(reference.id, "tier", reference.tier, _UNSHOWN)


def _in_full(name: Name) -> str:
    return name.literal or f"{name.family}, {name.given}"


def _stands(value: str, line: str) -> bool:
    """Whether a value stands in a line as a whole: volume 3 does not stand in 2003."""
    return bool(re.search(rf"(?<!\w){re.escape(value.casefold())}(?!\w)", line.casefold()))


def _lost(references: Sequence[Reference], to: str) -> Iterator[LeftOut]:
    """What is not there any more when what was written is read again."""
    for start in range(0, len(references), _AT_ONCE):
        part = references[start : start + _AT_ONCE]
        again = FORMATS[NAMES[to]].read(write(part, NAMES[to], notes=False).text, "").references
        for before, after in zip(part, again, strict=True):
            yield from _unlike(before, after, to)


def _unlike(before: Reference, after: Reference, to: str) -> Iterator[LeftOut]:
    there = _values(after)
    for field, value in _values(before):
        kept = [held for name, held in there if name == field]
        if not any(_alike(field, value, held) for held in kept):
            why = f"{to} holds '{kept[0][:80]}' instead" if kept else f"{to} has no place for it"
            yield LeftOut(before.id, field, value[:80], why)


def _alike(field: str, one: str, other: str) -> bool:
    if field == "month" and month_number(one):
        return month_number(one) == month_number(other)
    if field == "author":
        return [sort_key(name) for name in parse_names(one)] == [sort_key(name) for name in parse_names(other)]
    return same_value(one, other)


def _values(reference: Reference) -> list[tuple[str, str]]:
    """All that a reference says, field by field; empty ones are left out."""
    said = [("title", reference.title), ("year", str(reference.year or "")), ("container", reference.container)]
    said += [("author", author_line(reference)), ("type", reference.printed_kind)]
    said += [(known.scheme, known.value) for known in reference.identifiers]
    said += [(added.field, added.value) for added in reference.additions if added.field != "authors"]
    return [(field, value) for field, value in said if value]
