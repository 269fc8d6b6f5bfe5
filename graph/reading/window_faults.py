"""What is wrong with the times of a step that are well formed, each for itself. The words stand in ``ontology/shapes.ttl``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

from rdflib import Graph, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from edgewise.graph.durations import duration
from edgewise.graph.reading.complaints import Complaint
from edgewise.graph.reading.time_pieces import KEYS
from edgewise.ontology.terms import EW

_SHAPE = "https://w3id.org/edgewise/shapes#"


def window_faults(graph: Graph) -> Iterator[Complaint]:
    """What is wrong with the times of all steps."""
    for predicate in KEYS:
        for step in sorted(set(graph.subjects(predicate)), key=str):
            yield from _together(graph, step, predicate)
    for step in sorted(set(graph.subjects(EW.within)), key=str):
        with suppress(ValueError):  # what is no time at all is the shapes' matter
            yield from _empty(graph, step)


def _together(graph: Graph, step: Node, predicate: URIRef) -> Iterator[Complaint]:
    """One key of one step: each window says its time, and one at most counts where no other does."""
    given = sorted(graph.objects(step, predicate), key=str)
    windows = [one for one in given if _is_window(graph, one)]
    if windows and (single := [one for one in given if one not in windows]):
        yield _complaint("window-mixed", step, predicate, single[0])
    says, other = (EW.ofStep, EW.lasts) if predicate == EW.after else (EW.lasts, EW.ofStep)
    for window in windows:
        if (window, other, None) in graph:
            yield _complaint("window-key", window, other, next(graph.objects(window, other)))
        elif (window, says, None) not in graph:
            yield _complaint("window-says-nothing", step, predicate, window)
        said, behind = graph.value(window, EW.statedBy, any=True), ((window, EW.basedOn, None), (step, EW.timedBy, None))
        if str(said) == "source" and not any(one in graph for one in behind):
            yield _complaint("window-without-passage", window, EW.statedBy, said)
    otherwise = [one for one in windows if (one, EW.when, None) not in graph]
    if len(otherwise) > 1:
        yield _complaint("window-otherwise-twice", step, predicate, otherwise[1])


def _empty(graph: Graph, step: Node) -> Iterator[Complaint]:
    """A step is never due where the longest time it may take has passed before the shortest that it has to wait, whatever holds."""
    first = _seconds(graph, step, EW.notBefore)
    always = [one for one in graph.objects(step, EW.notBefore) if (one, EW.when, None) not in graph]
    if not first or not always:
        return
    for last in sorted(graph.objects(step, EW.within), key=str):
        written = graph.value(last, EW.lasts, any=True) if _is_window(graph, last) else last
        if written is not None and duration(str(written)).seconds < min(first):
            subject, key = (last, EW.lasts) if _is_window(graph, last) else (step, EW.within)
            yield _complaint("empty-window", subject, key, written)


def _seconds(graph: Graph, step: Node, predicate: URIRef) -> list[Decimal]:
    written = [graph.value(one, EW.lasts, any=True) if _is_window(graph, one) else one for one in graph.objects(step, predicate)]
    return [duration(str(one)).seconds for one in written if one is not None]


def _is_window(graph: Graph, node: Node) -> bool:
    return (node, RDF.type, EW.TimeWindow) in graph


def _complaint(rule: str, subject: Node, predicate: URIRef, value: Node | None) -> Complaint:
    return Complaint(subject, predicate, value, None, URIRef(_SHAPE + rule))
