"""The links of a JATS article as its file has them: which entries they lead to anywhere in it, and which links are broken."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from lxml import etree

from edgewise.citations.reading.model import Block, LinkFault
from edgewise.citations.reading.printed_markers import numbers as printed_numbers
from edgewise.graph.reading.xml_trees import flat, line_of

_NUMBERS_ALONE = re.compile(r"[\[(]?\s*\d{1,3}(?:\s*[,;\u2010-\u2015\u2212-]\s*\d{1,3})*\s*[\])]?[.,;]?")
_PLAIN_ID = re.compile(r"[\w.:-]{1,200}")
_KINDS = {"bibr", "bib", "bibl", "biblio", "ref", "citation"}
_SHOWN = 60


def prints_numbers_alone(text: str) -> bool:
    r"""Whether a link's text is a group of numbers, not names and years.

    >>> prints_numbers_alone("[1\u20133]"), prints_numbers_alone("(Lee, 2001)")
    (True, False)
    """
    return bool(_NUMBERS_ALONE.fullmatch(text))


def is_citation(link: etree._Element, numbers: Mapping[str, int], ids: Container[str]) -> bool:
    """Whether a link leads to the list of references, or says that it does, or would by what it prints and where nothing is.

    Args:
        link: an element ``xref``.
        numbers: of the entries, by their id.
        ids: of all elements of the article.

    >>> of = lambda xml: is_citation(etree.fromstring(xml), {"b1": 1}, {"b1", "f1"})
    >>> of("<xref rid='b1'>1</xref>"), of("<xref ref-type='fig' rid='f1'>1</xref>"), of("<xref ref-type='bibr'>1</xref>")
    (True, False, True)
    """
    kind = (link.get("ref-type") or "").lower()
    lost = not kind and bool(_PLAIN_ID.fullmatch(rid := link.get("rid") or "")) and rid not in ids
    return kind in _KINDS or bool(targets_of(link, numbers)) or (lost and prints_numbers_alone(flat(link)))


def linked_entries(links: Sequence[etree._Element], numbers: Mapping[str, int], blocks: Sequence[Block]) -> frozenset[int]:
    """Numbers of the entries that any link of the file leads to, those within a range that the text opens included.

    >>> from edgewise.citations.reading.model import Span
    >>> root = etree.fromstring("<p><xref rid='b1'>1</xref><xref rid='b3'>3</xref></p>")
    >>> sorted(linked_entries(list(root), {"b1": 1, "b2": 2, "b3": 3}, [Block("paragraph", "1", tagged=(Span(0, 1, (1, 2)),))]))
    [1, 2, 3]
    """
    found = {number for link in links for number in targets_of(link, numbers)}
    found |= {number for block in blocks for span in block.tagged for number in span.numbers}
    return frozenset(found & set(numbers.values()))


def targets_of(link: etree._Element, numbers: Mapping[str, int]) -> tuple[int, ...]:
    """Numbers of the entries that a link names, each once."""
    return tuple(dict.fromkeys(numbers[rid] for rid in _rids(link, numbers) if rid in numbers))


def _rids(link: etree._Element, numbers: Mapping[str, int]) -> list[str]:
    """The ids that a link names: parted by blanks, as XML has it, or by commas, as some write."""
    rids = (link.get("rid") or "").split()
    return [one for rid in rids for one in ([rid] if rid in numbers else re.split(r"[,;]", rid)) if one]


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
        text, rids = flat(link), _rids(link, numbers)
        lost = [rid for rid in rids if rid not in numbers]
        why = "names no entry: it has no 'rid'" if not rids else _nowhere(lost) if lost else ""
        if not why and printed and prints_numbers_alone(text):
            why = _disagreement(printed_numbers(text), targets_of(link, numbers))
        if why:
            yield LinkFault(text[:_SHOWN], line_of(link), why)


def _nowhere(lost: Sequence[str]) -> str:
    ids = " and ".join(f"'{rid[:_SHOWN]}'" for rid in lost[:5])
    return f"leads nowhere: the list has no entry with the id {ids}"


def _disagreement(shown: tuple[int, ...], led_to: tuple[int, ...]) -> str:
    """A link that names both ends of the range it prints, or one of them, is no fault."""
    if set(led_to) <= set(shown):
        return ""
    many = len(led_to) > 1
    return f"leads to {'entries' if many else 'entry'} {', '.join(map(str, led_to))} of the list"
