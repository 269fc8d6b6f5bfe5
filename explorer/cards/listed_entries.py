"""What each entry of the reference list carries; a marker that points to no entry stands in the same row, since it is cited like one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from edgewise.citations.evidence.support import Cited, Evidence, evidence
from edgewise.explorer.drawing.lettering import clean
from edgewise.graph.model import Guideline, Marker, Reference, Transition


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One entry of the list, or one marker without entry.

    Attributes:
        id: of the reference, or of the marker.
        reference: the entry; None for a marker without one.
        markers: the markers that lead here.
        citations: how many citations go through them.
        statements: ids of the statements that cite it.
        edges: ids of the transitions that rest on it.
        steps: ids of the steps that rest on it.
    """

    id: str
    reference: Reference | None
    markers: tuple[Marker, ...] = ()
    citations: int = 0
    statements: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its number in brackets.

        >>> ListedEntry("r", Reference("r", 3, "T", 2020)).name, ListedEntry("m", None, (Marker("m", "7"),)).name
        ('[3]', '[7]')
        """
        return f"[{self.reference.position if self.reference else self.markers[0].printed}]"


def entries(guideline: Guideline) -> dict[str, ListedEntry]:
    """All entries by id, in the order of the list, then the markers that point to none.

    >>> from edgewise.graph.library import load
    >>> found = entries(load("sacroiliac-sclerosis").guideline)
    >>> [(one.name, one.citations) for one in found.values()][-2:]
    [('[6]', 4), ('[7]', 2)]
    """
    markers: dict[str, list[Marker]] = {id: [] for id in guideline.references}
    for marker in guideline.markers.values():
        markers.setdefault(target(guideline, marker), []).append(marker)
    citing = {id: Counter(_targets(guideline, id)) for id in guideline.statements}
    behind = {id: {key(cited) for cited in cited_by(found)} for id, found in judged(guideline).items()}
    return {id: _entry(guideline, id, tuple(leading), citing, behind) for id, leading in markers.items()}


def _entry(
    guideline: Guideline, id: str, markers: tuple[Marker, ...], citing: Mapping[str, Counter[str]], behind: Mapping[str, set[str]]
) -> ListedEntry:
    return ListedEntry(
        id,
        guideline.references.get(id),
        markers,
        sum(found[id] for found in citing.values()),
        tuple(statement for statement, found in citing.items() if found[id]),
        tuple(edge for edge in guideline.transitions if id in behind[edge]),
        tuple(step for step in guideline.steps if id in behind[step]),
    )


def judged(guideline: Guideline) -> dict[str, Evidence]:
    """The evidence of every edge and step, by id."""
    return {id: evidence(guideline, id) for id in (*guideline.transitions, *guideline.steps)}


def of_statement(guideline: Guideline, id: str) -> Evidence:
    """A statement judged as an edge that rests on it alone; KeyError if there is none.

    >>> from edgewise.graph.library import load
    >>> of_statement(load("sacroiliac-sclerosis").guideline, "s24").state
    'broken'
    """
    edge = Transition(id, "", "", guideline.statements[id].text, "source", justified_by=(id,))
    return evidence(replace(guideline, transitions={id: edge}), id)


def cited_by(found: Evidence) -> Iterable[Cited]:
    """Every citation behind an edge, a step or a statement."""
    return (cited for support in found.supports for cited in support.citations)


def key(cited: Cited) -> str:
    """The id of the entry a citation leads to, or of its marker if that leads nowhere."""
    return cited.reference.id if cited.reference else cited.marker.id


def target(guideline: Guideline, marker: Marker) -> str:
    """The id of the entry a marker leads to, or its own."""
    return marker.entry if marker.entry in guideline.references else marker.id


def _targets(guideline: Guideline, statement: str) -> Iterable[str]:
    return (target(guideline, guideline.markers[citation.marker]) for citation in guideline.statements[statement].citations)


def labels(found: Iterable[ListedEntry], *, titles: bool = False) -> dict[str, str]:
    """A name of its own for each entry, where a reader picks among them; two at one position are told apart by their ids.

    >>> twins = [ListedEntry(id, Reference(id, 1, "T", 2020)) for id in "ab"]
    >>> labels(twins), labels(twins[:1], titles=True)
    ({'a': '[1] (a)', 'b': '[1] (b)'}, {'a': '[1] T'})
    """
    return distinct({one.id: _label(one, titles) for one in found})


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Names by id, cleaned, those that several share followed by the id: Streamlit tells options apart by what they are called.

    >>> distinct({"a": "X-ray", "b": "X-ray", "c": "MRI"})
    {'a': 'X-ray (a)', 'b': 'X-ray (b)', 'c': 'MRI'}
    """
    cleaned = {id: clean(name) for id, name in names.items()}
    often = Counter(cleaned.values())
    return {id: name if often[name] == 1 else f"{name} ({clean(id)})" for id, name in cleaned.items()}


def _label(entry: ListedEntry, titles: bool) -> str:
    if entry.reference is None:
        return f"{entry.name} no entry"
    return f"{entry.name} {entry.reference.title}" if titles else entry.name


def ends(guideline: Guideline, edge: str) -> str:
    """An edge by its two ends.

    >>> from edgewise.graph.library import load
    >>> ends(load("sacroiliac-sclerosis").guideline, "presentation-to-xray-spine")
    'SI joint sclerosis with chronic pain → X-ray spine'
    """
    transition = guideline.transitions[edge]
    return " → ".join(guideline.steps[end].name for end in (transition.source, transition.target))
