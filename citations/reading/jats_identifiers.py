"""The DOI and PubMed number of a work that JATS cites, bare, from whichever element, link or text holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from edgewise.citations.reading.jats_words import words
from edgewise.citations.reading.printed_dois import first_doi
from edgewise.graph.reading.xml_trees import local

_HOLDERS = {"pub-id", "object-id", "article-id", "elocation-id", "ext-link", "uri"}
_TYPES = ("pub-id-type", "ext-link-type", "content-type", "assigning-authority")
_BEFORE = re.compile(r"^\s*(?:doi\s*[:=]?\s*)+", re.IGNORECASE)
_PMID = re.compile(
    r"(?:\bPMID\s*:?\s*|ncbi\.nlm\.nih\.gov/(?:pubmed/|entrez/\S{0,100}?list_uids=)|pubmed\.ncbi\.nlm\.nih\.gov/)(\d{1,8})\b", re.IGNORECASE
)


def doi_of(citation: etree._Element, raw: str) -> str:
    """The DOI of a work; one that is tagged as such and cannot be one is given as it stands.

    >>> citation = etree.fromstring("<element-citation><pub-id pub-id-type='doi'>doi: http://dx.doi.org/10.1000/two.</pub-id></element-citation>")
    >>> doi_of(citation, "")
    '10.1000/two'
    """
    values = list(_values(citation))
    tagged = [_BEFORE.sub("", value).strip() for kind, value in values if kind == "doi"]
    if broken := next((value for value in tagged if value.startswith("10.") and " " in value), ""):
        return broken
    linked = [value for _, value in values if re.search(r"\bdoi\b", value, re.IGNORECASE)]
    found = next((doi for value in (*tagged, *linked, raw) if (doi := first_doi(value))), "")
    return found or next(filter(None, tagged), "")


def pmid_of(citation: etree._Element, raw: str) -> str:
    """The PubMed number of a work.

    >>> citation = etree.fromstring("<element-citation><pub-id pub-id-type='pmid'>PMID: 123</pub-id></element-citation>")
    >>> pmid_of(citation, "")
    '123'
    """
    values = list(_values(citation))
    tagged = (re.search(r"(?<!\d)(\d{1,8})(?!\d)", value) for kind, value in values if kind == "pmid")
    named = (_PMID.search(value) for value in (*(value for _, value in values), raw))
    return next((match[1] for match in (*tagged, *named) if match), "")


def _values(citation: etree._Element) -> Iterator[tuple[str, str]]:
    """The kind that each identifier or link is said to be of, and its text; then its address."""
    for element in citation.iter():
        if local(element) in _HOLDERS:
            kind = next((value.lower() for name in _TYPES if (value := element.get(name))), "")
            yield from ((kind, value) for value in (words(element), _address(element)) if value)


def _address(element: etree._Element) -> str:
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("href")), "")
