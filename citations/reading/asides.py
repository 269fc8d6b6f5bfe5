"""Entries that an article cites outside its running text alone: in its abstract, a figure, a table, or a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from edgewise.citations.reading.jats_links import targets_of
from edgewise.citations.reading.model import Aside, PrintedMarker, Section
from edgewise.citations.reading.text_builder import open_range
from edgewise.graph.reading.xml_trees import local

_ABSTRACT = re.compile(
    r"(?:structured |author )?(?:abstract|summary)|zusammenfassung|kurzfassung|résumé|resumen|resumo|riassunto", re.IGNORECASE
)
_DASH = re.compile(r"\s*[\])]?\s*[\u2010-\u2015\u2212-]\s*[\[(]?\s*")
_PLACES: Mapping[str, Aside] = {
    "abstract": "abstract", "trans-abstract": "abstract", "fig": "figure", "fig-group": "figure", "table-wrap": "table",
    "table-wrap-group": "table", "table-wrap-foot": "table", "fn": "note", "fn-group": "note",
}  # fmt: skip


def asides_of_links(links: Sequence[etree._Element], numbers: Mapping[str, int]) -> Iterator[tuple[int, Aside]]:
    """By the links of a JATS file: numbers of the entries that no link of the text leads to, each with where the first link stands.

    >>> root = etree.fromstring("<body><p><xref rid='b1'/></p><fig><p><xref rid='b1'/><xref rid='b2'/></p></fig></body>")
    >>> list(asides_of_links(list(root.iter("xref")), {"b1": 1, "b2": 2}))
    [(2, 'figure')]
    """
    placed = [(link, _place(link)) for link in links]
    found: dict[int, Aside] = {}
    for place in dict.fromkeys(place for _, place in placed if place):
        for number in sorted(_cited([link for link, where in placed if where == place], numbers)):
            found.setdefault(number, place)
    text = _cited([link for link, where in placed if where is None], numbers)
    yield from sorted((number, place) for number, place in found.items() if number not in text)


def _cited(links: Iterable[etree._Element], numbers: Mapping[str, int]) -> set[int]:
    """Entries that links name, and those between two links with a dash between them."""
    found: set[int] = set()
    for link in links:
        targets, before = targets_of(link, numbers), link.getprevious()
        found |= set(targets)
        if before is not None and _DASH.fullmatch(before.tail or ""):
            found |= set(open_range(targets_of(before, numbers), targets, dash=True))
    return found & set(numbers.values())


def asides_of_sections(sections: Iterable[Section]) -> Iterator[tuple[int, Aside]]:
    """The same by markers as they were read: tables and captions bear no paragraph, and an abstract bears its name.

    >>> list(asides_of_sections([]))
    []
    """
    found: dict[int, Aside | None] = {}
    for section in sections:
        outside: Aside | None = "abstract" if _ABSTRACT.fullmatch(section.title.strip(" .:")) else None
        for marker in (marker for sentence in section.sentences for marker in sentence.markers):
            place = outside or (None if marker.paragraph or _in_heading(section, marker) else "table")
            for number in marker.numbers:
                found[number] = None if place is None else found.get(number, place)
    yield from sorted((number, place) for number, place in found.items() if place)


def _in_heading(section: Section, marker: PrintedMarker) -> bool:
    return any(marker in sentence.markers for sentence in section.sentences if sentence.place.part == "heading")


def _place(link: etree._Element) -> Aside | None:
    """The outermost: a note below a table is the table's."""
    above = [place for one in link.iterancestors() if (place := _PLACES.get(local(one)))]
    return above[-1] if above else None
