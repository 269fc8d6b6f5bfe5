"""How many independent studies stand behind something: summaries and repeated works counted out.

Out: tertiary summaries; what the guideline's own publisher issued, unless it is assessed as a primary study; a work that is
listed again under another number (same DOI or PubMed number, or same title and nothing that parts them, see `same_work`).
Reviews and guidelines of others count as one work each, and `primary` says how many of the works are known to be studies of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import networkx as nx

from edgewise.citations.evidence.same_work import plain_title, same_work
from edgewise.citations.formats.details import bare_doi
from edgewise.graph.model import Reference

Why = Literal["tertiary summary", "issued by the article's own publisher", "repeats another entry"]
_COMPARED = 50  # entries of one title; a list that has more of them was not written by an editor
_BEFORE_PMID = re.compile(r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?)\s*0*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Studies:
    """The works behind something.

    Attributes:
        counted: one reference id for each independent work, in the order of the list.
        primary: how many of them are assessed as primary studies.
        left_out: references that do not count, each with the reason.
    """

    counted: tuple[str, ...] = ()
    primary: int = 0
    left_out: tuple[tuple[str, Why], ...] = ()

    def __len__(self) -> int:
        return len(self.counted)


class Works(NamedTuple):
    """Which entries of a list are one work: the work of each reference id, and the works that do not count, with the reason."""

    of: Mapping[str, str]
    out: Mapping[str, Why]


def works(references: Iterable[Reference]) -> Works:
    """Group a whole reference list into works, each named by its first entry.

    Two entries may be one work by way of a third, so give the whole list, not only what is cited somewhere.

    >>> works([Reference("b", 2, "On hips", 2020), Reference("a", 1, "On Hips.", 2021, tier="tertiary")])
    Works(of={'a': 'a', 'b': 'a'}, out={'a': 'tertiary summary'})
    """
    listed = sorted(references, key=lambda one: one.position)
    shared: nx.Graph[tuple[str, str]] = nx.Graph()
    titled: dict[str, list[Reference]] = {}
    for reference in listed:
        shared.add_node(("entry", reference.id))
        shared.add_edges_from((("entry", reference.id), mark) for mark in _marks(reference))
        alike = titled.setdefault(plain_title(reference.title), [])
        shared.add_edges_from((("entry", reference.id), ("entry", one.id)) for one in alike[-_COMPARED:] if same_work(one, reference))
        if plain_title(reference.title):
            alike.append(reference)
    of: dict[str, str] = {}
    for reference in listed:
        if reference.id not in of:
            of |= {id: reference.id for kind, id in sorted(nx.node_connected_component(shared, ("entry", reference.id))) if kind == "entry"}
    return Works(of, {of[one.id]: reason for one in reversed(listed) if (reason := _summary(one))})


def count(references: Iterable[Reference], known: Works) -> Studies:
    """Count the independent works among references.

    Args:
        references: those cited, each once.
        known: the works of the guideline's whole list.

    >>> one, again = Reference("a", 1, "Hips: a trial", 2020, tier="primary"), Reference("b", 2, "HIPS, A TRIAL.", 2020)
    >>> count([one, again], works([one, again]))
    Studies(counted=('a',), primary=1, left_out=(('b', 'repeats another entry'),))
    """
    counted: dict[str, Reference] = {}
    left_out: list[tuple[str, Why]] = []
    for reference in sorted(references, key=lambda one: (one.tier != "primary", one.position)):
        work = known.of[reference.id]
        if reason := known.out.get(work) or ("repeats another entry" if work in counted else None):
            left_out.append((reference.id, reason))
        else:
            counted[work] = reference
    kept = sorted(counted.values(), key=lambda one: one.position)
    return Studies(tuple(one.id for one in kept), sum(one.tier == "primary" for one in kept), tuple(sorted(left_out)))


def twins(references: Mapping[str, Reference], named: Iterable[str]) -> tuple[str, ...]:
    """Other entries for the works that `named` ids stand for, in the order of the list: if a work falls, they fall with it."""
    gone = set(named)
    of = works(references.values()).of
    fallen = {of[id] for id in gone}
    return tuple(id for id in references if id not in gone and of[id] in fallen)


def _summary(reference: Reference) -> Why | None:
    if reference.tier == "tertiary":
        return "tertiary summary"
    return "issued by the article's own publisher" if reference.own_publisher and reference.tier != "primary" else None


def _marks(reference: Reference) -> Iterator[tuple[str, str]]:
    for identifier in reference.identifiers:
        compared = _COMPARED_AS.get(identifier.scheme)
        if compared and (value := compared(identifier.value)):
            yield identifier.scheme, value


def _bare_pmid(value: str) -> str:
    return _BEFORE_PMID.sub("", value.strip()).rstrip("/.").casefold()


_COMPARED_AS = {"doi": bare_doi, "pmid": _bare_pmid}
