"""The same paper in many guidelines is one: by its DOI, or by its PubMed number. What of a guideline rests on which paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple
from urllib.parse import quote

from edgewise.graph.grounds import of_step, of_transition
from edgewise.graph.identifiers import Malformed, doi, pmid
from edgewise.graph.model import Guideline, Reference
from edgewise.graph.stores.errors import refuse

DOI, PUBMED = "https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/"
What = Literal["reference", "statement", "edge", "step"]
_PMID_TOLD = re.compile(r"(?:pmid|https?://pubmed)", re.IGNORECASE)


class Rest(NamedTuple):
    """That something of a guideline rests on a work; of a reference, that it is the entry of that work."""

    work: str
    what: What
    id: str


def work(identifier: str) -> str:
    """The IRI of a work by its DOI or PubMed number, however it is written.

    Raises:
        StoreError: it is neither.

    >>> work("doi:10.1097/01.PHM.0000247633.68694.C1"), work("17117004"), work("PMID: 17117004")
    ('https://doi.org/10.1097/01.phm.0000247633.68694.c1', 'https://pubmed.ncbi.nlm.nih.gov/17117004', \
'https://pubmed.ncbi.nlm.nih.gov/17117004')
    """
    plain = identifier.strip()
    number = plain.isdecimal() or _PMID_TOLD.match(plain)
    found = pmid(plain) if number else doi(plain)
    if isinstance(found, Malformed):
        repair = "give a DOI such as 10.1097/01.phm.0000247633.68694.c1, or a PubMed number such as 17117004"
        raise refuse("no-work", str(found) if number or plain.startswith("10.") else f"'{plain}' names no paper", repair)
    return PUBMED + found if number else _doi_iri(found)


def works_of(reference: Reference) -> tuple[str, ...]:
    """The IRIs of the work that a reference is the entry of, by each identifier that can be one.

    >>> from edgewise.graph.model import Identifier
    >>> works_of(Reference("r", 1, "On hips", 2020, identifiers=(Identifier("doi", "10.1000/X", "editor", True),)))
    ('https://doi.org/10.1000/x',)
    """
    return tuple(dict.fromkeys(_identified(reference)))


def _identified(reference: Reference) -> Iterator[str]:
    for one in reference.identifiers:
        if one.scheme == "doi" and isinstance(found := doi(one.value), str):
            yield _doi_iri(found)
        elif one.scheme == "pmid" and isinstance(found := pmid(one.value), str):
            yield PUBMED + found


def _doi_iri(plain: str) -> str:
    return DOI + quote(plain, safe="/:;()!$&'*+,=@._~-")


def rests(guideline: Guideline) -> tuple[Rest, ...]:
    """All that rests on works: references, the statements that cite them, and the edges and steps behind which those statements stand.

    >>> from edgewise.graph.library import load
    >>> found = rests(load("sacroiliac-sclerosis").guideline)
    >>> Rest("https://pubmed.ncbi.nlm.nih.gov/17117004", "step", "si-joint-fusion") in found
    True
    """
    of = {id: found for id, one in guideline.references.items() if (found := works_of(one))}
    behind = {
        id: tuple(dict.fromkeys(work for cited in passage.citations for work in of.get(guideline.markers[cited.marker].entry, ())))
        for id, passage in (*guideline.statements.items(), *guideline.headings.items())
    }
    return (
        *(Rest(work, "reference", id) for id, found in of.items() for work in found),
        *(Rest(work, "statement", id) for id, found in behind.items() for work in found),
        *(Rest(work, "edge", id) for id, one in guideline.transitions.items() for work in _under(of_transition(one), behind)),
        *(Rest(work, "step", id) for id, one in guideline.steps.items() for work in _under(of_step(guideline, one), behind)),
    )


def _under(passages: Iterable[str], behind: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(work for passage in passages for work in behind.get(passage, ())))
