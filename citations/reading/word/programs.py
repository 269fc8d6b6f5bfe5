"""What a field or a content control is for, by what is written in it: a citation of some program, a bibliography, a cross-reference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from edgewise.citations.reading.word.endnote import endnote_citation
from edgewise.citations.reading.word.json_fields import citavi_citation, csl_citation, packed_csl_citation
from edgewise.citations.reading.word.pieces import Anchor, Citation, Link, Work

_BIBLIOGRAPHY = re.compile(r"\s*(?:ADDIN\s+\S*\s*\S{0,20}(?:BIBL|REFLIST|NE\.Bib)|BIBLIOGRAPHY\b)", re.IGNORECASE)
_CSL = re.compile(r"\s*ADDIN\s+(ZOTERO_ITEM|CSL_CITATION|Mendeley Citation)", re.IGNORECASE)
_CITAVI = re.compile(r"\s*ADDIN\s+CitaviPlaceholder\{([A-Za-z0-9+/=\s]*)\}?")
_OTHER = re.compile(r"\s*ADDIN\s+\S{0,20}(?:CIT|REF|PROCITE)", re.IGNORECASE)
_OWN = re.compile(r"\s*CITATION\s", re.IGNORECASE)
_CROSS = re.compile(r"\s*(?:REF|NOTEREF)\s+\"?([\w.:-]{1,80})\"?", re.IGNORECASE)
_HYPERLINK = re.compile(r"\s*HYPERLINK\s.*?\\l\s+\"([^\"]{1,200})\"", re.IGNORECASE)
_CONTROL = re.compile(r"MENDELEY_CITATION(?:_v\d+)?_([A-Za-z0-9+/=_-]+)")
_CONTROL_BIBLIOGRAPHY = re.compile(r"MENDELEY_BIBLIOGRAPHY|CitaviBibliography|RW\.Bib", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a field is for; `broken`: it holds data of a program that cannot be read."""

    link: Link | None = None
    bibliography: bool = False
    broken: bool = False


NOTHING = Meaning()


def of_field(code: str, packed: str, sources: Mapping[str, Mapping[str, Any]]) -> Meaning:
    r"""What a field's code means.

    Args:
        code: as Word keeps it, such as `` REF _Ref12 \r \h ``.
        packed: what the field holds besides, in base64.
        sources: Word's own, by their tags.

    >>> of_field(" REF _Ref12 \\r \\h ", "", {}).link.bookmark, of_field(" BIBLIOGRAPHY ", "", {}).bibliography
    ('_Ref12', True)
    """
    if _BIBLIOGRAPHY.match(code):
        return Meaning(bibliography=True)
    if match := _CSL.match(code):
        program = "Zotero" if match[1].upper().startswith("ZOTERO") else "Mendeley"
        return _cited(csl_citation(code[match.end() :], program), program)
    if re.match(r"\s*ADDIN\s+EN\.CITE(?!\.DATA)", code):
        return _cited(endnote_citation(code, packed), "EndNote")
    if match := _CITAVI.match(code):
        return _cited(citavi_citation(match[1]), "Citavi")
    if _OWN.match(code):
        return Meaning(Citation("Word", tuple(Work(key, sources.get(key.lower(), {})) for key in _keys(code))))
    if match := _CROSS.match(code) or _HYPERLINK.match(code):
        return Meaning(Anchor(match[1], field=not code.strip().upper().startswith("HYPERLINK")))
    return Meaning(Citation("a reference manager")) if _OTHER.match(code) else NOTHING


def of_control(tag: str, names: frozenset[str]) -> Meaning:
    """What a content control means by its tag and the names of its properties.

    >>> of_control("", frozenset({"bibliography"})).bibliography
    True
    """
    if "bibliography" in names or _CONTROL_BIBLIOGRAPHY.match(tag):
        return Meaning(bibliography=True)
    match = _CONTROL.match(tag)
    return _cited(packed_csl_citation(match[1].translate(str.maketrans("-_", "+/")), "Mendeley"), "Mendeley") if match else NOTHING


def _cited(citation: Citation | None, program: str) -> Meaning:
    return Meaning(citation) if citation is not None else Meaning(Citation(program), broken=True)


def _keys(code: str) -> list[str]:
    r"""Tags in ``CITATION Doe01 \p 12 \l 1033 \m Roe02``: the first word, and those behind ``\m``."""
    words = [word.strip('"') for word in code.split()[1:]]
    first = [words[0]] if words and not words[0].startswith("\\") else []
    return first + [after for word, after in pairwise(words) if word == "\\m"]
