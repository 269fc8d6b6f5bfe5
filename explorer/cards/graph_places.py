"""Where in the graph a thing is to be seen: the edges and steps that a passage, marker, reference or citation stands behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgewise.citations.evidence.support import evidence
from edgewise.graph.model import Guideline

Behind = dict[str, tuple[str, ...]]
"""Id of a statement or heading → ids of the edges, then steps, that rest on it."""


def behind(guideline: Guideline) -> Behind:
    """What rests on each passage.

    >>> from edgewise.graph.library import load
    >>> behind(load("sacroiliac-sclerosis").guideline)["s18"][-1]
    'diagnostic-injections'
    """
    found: dict[str, list[str]] = {}
    for id in (*guideline.transitions, *guideline.steps):
        for support in evidence(guideline, id).supports:
            found.setdefault(support.statement.id, []).append(id)
    return {passage: tuple(places) for passage, places in found.items()}


def places(guideline: Guideline, resting: Behind, ids: Iterable[str]) -> tuple[str, ...]:
    """Edges and steps where these ids are to be seen, nearest first, each once.

    Args:
        guideline: to which they belong.
        resting: of that guideline, as `behind` gives it.
        ids: of anything in it, nested ones included; empty ones and unknown ones lead nowhere.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> "cooled-rfa-to-si-joint-fusion" in places(guideline, behind(guideline), ["marker-7"])
    True
    >>> places(guideline, {}, ["si-joint-fusion/components/1", "nothing"])
    ('si-joint-fusion',)
    """
    return tuple(dict.fromkeys(place for id in ids for place in _places(guideline, resting, id)))


def _places(guideline: Guideline, resting: Behind, id: str) -> Iterator[str]:
    own = id.partition("/")[0]  # what is nested without an id of its own is named after what holds it
    if own in guideline.steps or own in guideline.transitions:
        yield own
    elif own in resting:
        yield from resting[own]
    elif own in guideline.modalities:
        yield from (step.id for step in guideline.steps.values() if step.modality == own)
    elif own in guideline.ratings:
        yield from _places(guideline, resting, guideline.ratings[own].modality)
    elif own in guideline.markers or own in guideline.references:
        yield from (place for statement in _citing(guideline, own) for place in resting.get(statement, ()))


def _citing(guideline: Guideline, id: str) -> Iterator[str]:
    """Statements that cite through a marker, or cite a reference."""
    markers = {marker.id for marker in guideline.markers.values() if id in (marker.id, marker.entry)}
    for statement in guideline.statements.values():
        if any(citation.marker in markers for citation in statement.citations):
            yield statement.id
