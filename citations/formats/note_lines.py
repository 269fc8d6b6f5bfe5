"""Who said what, kept as lines of a note: the one place that CSL-JSON, RIS and BibTeX all have for it.

    edgewise position = 4
    edgewise identifier doi = 10.5555/12345678; stated by editor; confirmed
    edgewise addition volume = 85; stated by editor; confirmed

A person can read them in any reference manager, and `parse_lines` reads them back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from edgewise.graph.model import Addition, Identifier, Reference

_FACT = re.compile(r"edgewise (identifier|addition) ([^=]+) = (.*); stated by (\S*?)(; confirmed)?")
_PROPERTY = re.compile(r"edgewise (position|tier|printedKind|ownPublisher|author|id) = (.*)")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the lines of a note say: a reference's own properties, its identifiers and its additions."""

    properties: Mapping[str, str]
    identifiers: tuple[Identifier, ...]
    additions: tuple[Addition, ...]


def write_lines(reference: Reference, *, author: bool) -> tuple[str, ...]:
    """The lines that keep what no field of the formats can say; values must be folded before.

    Args:
        reference: of which.
        author: whether the printed author line needs one of its own.

    >>> known = Reference("r", 4, "T", 2006, additions=(Addition("volume", "85", "editor", True),))
    >>> print("; ".join(write_lines(known, author=False)))
    edgewise position = 4; edgewise addition volume = 85; stated by editor; confirmed
    """
    return (
        *_properties(reference, author),
        *(f"edgewise identifier {_word(known.scheme)} = {known.value}{_who(known)}" for known in reference.identifiers),
        *(f"edgewise addition {_word(added.field)} = {added.value}{_who(added)}" for added in reference.additions),
    )


def parse_lines(lines: Iterable[str]) -> tuple[Provenance, tuple[str, ...]]:
    """What Edgewise wrote, and the lines that others wrote.

    >>> parse_lines(["edgewise tier = review", "read this!"])
    (Provenance(properties={'tier': 'review'}, identifiers=(), additions=()), ('read this!',))
    """
    properties: dict[str, str] = {}
    identifiers: list[Identifier] = []
    additions: list[Addition] = []
    foreign: list[str] = []
    for line in lines:
        if fact := _FACT.fullmatch(line):
            kind, field, value, who, confirmed = fact[1], unquote(fact[2]), fact[3], unquote(fact[4]), fact[5]
            if kind == "identifier":
                identifiers.append(Identifier(field, value, who, bool(confirmed)))
            else:
                additions.append(Addition(field, value, who, bool(confirmed)))
        elif own := _PROPERTY.fullmatch(line):
            properties.setdefault(own[1], own[2])
        elif line:
            foreign.append(line)
    return Provenance(properties, tuple(identifiers), tuple(additions)), tuple(foreign)


def _properties(reference: Reference, author: bool) -> Iterator[str]:
    yield f"edgewise position = {reference.position}"
    if reference.tier:
        yield f"edgewise tier = {reference.tier}"
    if reference.printed_kind:
        yield f"edgewise printedKind = {reference.printed_kind}"
    if reference.own_publisher:
        yield "edgewise ownPublisher = true"
    if author and reference.author:
        yield f"edgewise author = {reference.author}"


def _who(said: Identifier | Addition) -> str:
    return f"; stated by {quote(said.stated_by, safe='')}" + ("; confirmed" if said.confirmed else "")


def _word(field: str) -> str:
    """A field's name without the sign that ends it."""
    return field.replace("%", "%25").replace("=", "%3D")
