"""The links of a JATS article as its file has them: which entries they lead to anywhere in it, and which links are broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from edgewise.citations.reading.model import LinkFault
from edgewise.citations.reading.printed_markers import numbers as printed_numbers
from edgewise.citations.reading.text_builder import open_range

_NUMBERS_ALONE = re.compile(r"[\[(]?\s*\d{1,3}(?:\s*[,;\u2010-\u2015\u2212-]\s*\d{1,3})*\s*[\])]?[.,;]?")
_DASH = re.compile(r"\s*[\])]?\s*[\u2010-\u2015\u2212-]\s*[\[(]?\s*")
_SHOWN = 60


def prints_numbers_alone(text: str) -> bool:
    r"""Whether a link's text is a group of numbers, not names and years.

    >>> prints_numbers_alone("[1\u20133]"), prints_numbers_alone("(Lee, 2001)")
    (True, False)
    """
    return bool(_NUMBERS_ALONE.fullmatch(text))


def linked_entries(links: Sequence[etree._Element], numbers: Mapping[str, int]) -> frozenset[int]:
    """Numbers of the entries that any link of the file leads to, those within a range between two neighbouring links included.

    >>> root = etree.fromstring("<p><xref rid='b1'>1</xref>-<xref rid='b3'>3</xref></p>")
    >>> sorted(linked_entries(list(root), {"b1": 1, "b2": 2, "b3": 3}))
    [1, 2, 3]
    """
    found: set[int] = set()
    for link in links:
        targets, before = targets_of(link, numbers), link.getprevious()
        found |= set(targets)
        if before is not None and _DASH.fullmatch(before.tail or ""):
            found |= set(open_range(targets_of(before, numbers), targets, dash=True))
    return frozenset(found & set(numbers.values()))


def targets_of(link: etree._Element, numbers: Mapping[str, int]) -> tuple[int, ...]:
    """Numbers of the entries that a link names."""
    return tuple(numbers[rid] for rid in (link.get("rid") or "").split() if rid in numbers)


def link_faults(links: Sequence[etree._Element], numbers: Mapping[str, int], *, printed: bool) -> Iterator[LinkFault]:
    """What is wrong with the links to entries.

    Args:
        links: to the list, as tagged.
        numbers: of the entries, by their id.
        printed: whether the list prints its numbers, so that a link's number can be held against its entry's.

    >>> root = etree.fromstring("<p><xref ref-type='bibr' rid='b9'>9</xref></p>")
    >>> [fault.why for fault in link_faults(list(root), {"b1": 1}, printed=True)]
    ["leads nowhere: the list has no entry with the id 'b9'"]
    """
    for link in links:
        text, rids = _flat(link), (link.get("rid") or "").split()
        lost = [rid for rid in rids if rid not in numbers]
        why = "names no entry: it has no 'rid'" if not rids else _nowhere(lost) if lost else ""
        if not why and printed and prints_numbers_alone(text):
            why = _disagreement(printed_numbers(text), targets_of(link, numbers))
        if why:
            yield LinkFault(text[:_SHOWN], _line(link), why)


def _nowhere(lost: Sequence[str]) -> str:
    ids = " and ".join(f"'{rid[:_SHOWN]}'" for rid in lost[:5])
    return f"leads nowhere: the list has no entry with the id {ids}"


def _disagreement(shown: tuple[int, ...], led_to: tuple[int, ...]) -> str:
    """A link that names both ends of the range it prints, or one of them, is no fault."""
    if set(led_to) <= set(shown):
        return ""
    many = len(led_to) > 1
    return f"leads to {'entries' if many else 'entry'} {', '.join(map(str, led_to))} of the list"


def _line(link: etree._Element) -> int:
    line: object = link.sourceline
    return line if isinstance(line, int) else 0


def _flat(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())
