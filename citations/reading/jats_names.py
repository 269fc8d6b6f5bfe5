"""Who signs a work that JATS cites: authors apart from editors, whichever of its many elements hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from edgewise.citations.formats.names import initials, parse_names
from edgewise.citations.reading.jats_words import words
from edgewise.graph.reading.xml_trees import local

ET_AL = "et al."
_AROUND = {"person-group", "contrib-group", "contrib", "italic", "bold", "sc", "styled-content", "named-content"}
_ALTERNATIVES = {"name-alternatives", "collab-alternatives"}
_PERSON = {"name", "string-name"}
_TITLES = {"article-title", "chapter-title", "data-title", "part-title", "source", "trans-title", "issue-title"}
_ET_AL = re.compile(r"\bet\.?\s+al\b|\band others\b", re.IGNORECASE)
_EDITS = re.compile(r"edit|^eds?$", re.IGNORECASE)
_OTHER_ROLES = re.compile(r"transl|illustrat|direct|research-assistant", re.IGNORECASE)
_SIGNS = " ,;:&"
_LONGEST = 300  # characters of a person's name


@dataclass(frozen=True, slots=True)
class Signed:
    """Authors and editors of a work, each on one line."""

    authors: str = ""
    editors: str = ""


@dataclass(frozen=True, slots=True)
class _Person:
    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""


def signed(citation: etree._Element) -> Signed:
    """Who signs a cited work.

    >>> names = "<name><surname>Doe</surname><given-names>A.</given-names><suffix>Jr</suffix></name><etal/>"
    >>> editors = "<person-group person-group-type='editor'><string-name><surname>Roe</surname> B</string-name></person-group>"
    >>> signed(etree.fromstring(f"<element-citation>{names}{editors}</element-citation>"))
    Signed(authors='Doe A Jr, et al.', editors='Roe B')
    """
    people = [(role, person) for role, person in _people(citation, "") if person != _Person()]
    editors = [person for role, person in people if _EDITS.search(role)]
    authors = [person for role, person in people if not _EDITS.search(role) and not _OTHER_ROLES.search(role)]
    if authors and not any(person.literal == ET_AL for person in authors) and _ET_AL.search(_lead(citation)):
        authors.append(_Person(literal=ET_AL))
    return Signed(_line(authors), _line(editors))


def _people(element: etree._Element, role: str) -> Iterator[tuple[str, _Person]]:
    for child in element:
        tag = local(child)
        if tag in _PERSON:
            yield role, _person(child)
        elif tag == "collab":
            yield role, _Person(literal=_group(child))
        elif tag == "etal":
            yield role, _Person(literal=ET_AL)
        elif tag == "anonymous":
            yield role, _Person(literal="Anonymous")
        elif tag in _ALTERNATIVES:
            yield from list(_people(child, role))[:1]
        elif tag in _AROUND:
            inner = child.get("person-group-type") or child.get("contrib-type") or role
            found = list(_people(child, inner))
            yield from found
            if tag == "person-group" and not found:
                yield inner, _Person(literal=words(child).rstrip(_SIGNS).removesuffix(".") if len(words(child)) > 2 else "")


def _person(name: etree._Element) -> _Person:
    family, given = (words(name.find(f"{{*}}{part}")).strip(_SIGNS) for part in ("surname", "given-names"))
    suffix = words(name.find("{*}suffix")).strip(f"{_SIGNS}.")
    if not family:
        return _Person(literal=given or words(name).strip(_SIGNS)[:_LONGEST])
    if not given and local(name) == "string-name":  # the given name may stand there untagged
        given = words(name).replace(family, "", 1).removesuffix(suffix).strip(_SIGNS)
    return (
        _Person(family[:_LONGEST], given[:_LONGEST], suffix[:_LONGEST])
        if given
        else _Person(literal=f"{family} {suffix}".strip()[:_LONGEST])
    )


def _group(collab: etree._Element) -> str:
    """A group's name without the names of its members."""
    inner = [child for child in collab if local(child) not in {"contrib-group", "name", "string-name", "xref"}]
    pieces = [collab.text or "", *(words(child) for child in inner), *(child.tail or "" for child in collab)]
    return " ".join(" ".join(pieces).split()).strip(" ,;:") if len(inner) < len(collab) else words(collab).strip(" ,;:")


def _lead(citation: etree._Element) -> str:
    """What stands before the title."""
    pieces = [citation.text or ""]
    for child in citation:
        if local(child) in _TITLES:
            break
        pieces += [words(child), child.tail or ""]
    return " ".join(pieces)


def lead_names(citation: etree._Element) -> str:
    """Names that stand untagged before a tagged title, as printed; empty unless they look like names.

    >>> lead_names(etree.fromstring("<mixed-citation>Doe A, Roe B. <article-title>Rest</article-title>.</mixed-citation>"))
    'Doe A, Roe B'
    """
    lead = re.sub(r"\(?\b(?:1[5-9]|20)\d\d[a-z]?\b\)?.*$", "", " ".join((citation.text or "").split())).strip(" ,;:.(")
    first = local(citation[0]) if len(citation) else ""
    if first == "year":  # a title may stand before it as well
        return lead if lead and not any(name.literal for name in parse_names(lead)) else ""
    like = first in _TITLES - {"source"} and len(lead) < 2000 and re.match(r"[^\W\d_a-z][^\W\d]*[,\s].*\b[A-Z]{1,4}\b", lead)
    return lead if like else ""


def _line(people: Iterable[_Person]) -> str:
    """``Doe A Jr, Roe B`` where all have initials alone, else ``Doe, Ann; Roe, Bob``."""
    people = list(people)
    if all(person.literal or initials(person.given) for person in people):
        return ", ".join(person.literal or _joined(person.family, initials(person.given), person.suffix) for person in people)
    return "; ".join(person.literal or f"{person.family}, {_joined(person.given, person.suffix)}" for person in people)


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
