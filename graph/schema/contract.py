"""What the shapes say of one class, as plain look-ups: its keys with their constraints, and the conditions on them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from rdflib import Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from edgewise.graph.reading.complaints import shapes
from edgewise.ontology.terms import EW


@cache
def properties(class_: Node) -> Mapping[URIRef, tuple[Node, ...]]:
    """Property → the constraints on it in the closed shape of a class; empty for a class that has none.

    >>> from rdflib.namespace import RDFS
    >>> [str(one).rpartition("#")[2] for one in properties(EW.Phase)]
    ['label', 'type', 'order']
    """
    found: dict[URIRef, tuple[Node, ...]] = {}
    for shape in _closed(class_):
        for constraint in shapes().objects(shape, SH.property):
            path = shapes().value(constraint, SH.path)
            if isinstance(path, URIRef) and not (path == EW.about and class_ == EW.Criterion):
                found[path] = (*found.get(path, ()), constraint)
    for shape in _alone(class_):
        for constraint in shapes().objects(shape, SH.property):
            path = shapes().value(constraint, SH.path)
            if isinstance(path, URIRef):
                found[path] = (*found.get(path, ()), constraint)
    return found


def _closed(class_: Node) -> Iterator[Node]:
    for shape in shapes().subjects(SH.targetClass, class_):
        if (shape, SH.closed, Literal(True)) in shapes():
            yield shape


def _alone(class_: Node) -> Iterator[Node]:
    """Open shapes that only add constraints on keys, as that of an assertion does to those of a criterion."""
    for shape in shapes().subjects(SH.targetClass, class_):
        if (shape, SH.closed, Literal(True)) not in shapes():
            yield shape


@cache
def containers(class_: Node) -> frozenset[Node]:
    """The properties by which a block of this class is contained, from the shape that asks for one of them.

    >>> EW.hasStep in containers(EW.Step), EW.to in containers(EW.Step)
    (True, False)
    """
    found: set[Node] = set()
    for shape in _closed(class_):
        for constraint in shapes().objects(shape, SH.property):
            inverse = shapes().value(shapes().value(constraint, SH.path), SH.inversePath)
            if inverse is not None and (one_of := shapes().value(inverse, SH.alternativePath)) is not None:
                found |= set(listed(one_of))
    return frozenset(found)


def joint_shapes(class_: Node) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """The shapes that speak of several keys together, each with the properties whose subjects it is about (none: the class)."""
    known = properties(class_)
    for shape in shapes().subjects(RDF.type, SH.NodeShape):
        if (shape, SH.closed, Literal(True)) in shapes():
            continue
        aimed = tuple(one for one in shapes().objects(shape, SH.targetSubjectsOf) if one in known)
        if aimed or (shape, SH.targetClass, class_) in shapes():
            yield shape, aimed


def listed(head: Node) -> list[Node]:
    """The members of an RDF list."""
    return list(Collection(shapes(), head))


def number(constraint: Node, what: URIRef) -> int | None:
    """A whole number that a constraint gives, such as `SH.maxCount`."""
    value = shapes().value(constraint, what)
    return int(str(value)) if value is not None else None
