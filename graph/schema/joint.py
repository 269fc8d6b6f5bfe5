"""What the shapes say of several keys together, as JSON Schema: exactly one of them, at least one, one only beside another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from edgewise.graph.reading.complaints import shapes
from edgewise.graph.schema import contract
from edgewise.graph.schema.values import Schema
from edgewise.ontology.terms import EW

Names = Mapping[Node, str]
"""Property → the key that is written for it where the block stands."""

_WORDS = {SH.xone: "oneOf", SH["or"]: "anyOf", SH["and"]: "allOf"}


def conditions(class_: Node, names: Names) -> Iterator[Schema]:
    """The conditions on a block of a class, each with what the shape says where one is broken."""
    for shape, aimed in contract.joint_shapes(class_):
        found = _all(_translated(shape, names))
        if not found:
            continue
        if (message := _message(shape)) is not None:
            found = found | {"errorMessage": message}
        keys = [names[one] for one in aimed if one in names]
        if not aimed:
            yield found
        elif keys:
            # How many of some hold is a bound as well, and of no observable.
            counted = EW.of in names and (shape, SH.targetSubjectsOf, EW.isAnswer) in shapes()
            yield {"if": _has(keys), "then": {"anyOf": [_has([names[EW.of]]), found]} if counted else found}


def _message(shape: Node) -> str | None:
    for one in (shape, *shapes().objects(shape, SH.property)):
        if (found := shapes().value(one, EW.message) or shapes().value(one, SH.message)) is not None and "{" not in str(found):
            return str(found)
    return None


def _translated(node: Node, names: Names) -> Iterator[Schema]:
    """The constraints of one shape; those that JSON Schema has no word for are left to `check`."""
    for constraint, word in _WORDS.items():
        for head in shapes().objects(node, constraint):
            parts = [_all(_translated(part, names)) for part in contract.listed(head)]
            yield {word: [part for part in parts if part or word != "oneOf"]}
    for part in shapes().objects(node, SH["not"]):
        yield {"not": _all(_translated(part, names))}
    for part in shapes().objects(node, SH.property):
        yield from _translated(part, names)
    if (path := shapes().value(node, SH.path)) is not None:
        yield from _counted(node, [names[one] for one in _paths(path) if one in names])


def _paths(path: Node) -> list[Node]:
    if isinstance(path, URIRef):
        return [path]
    one_of = shapes().value(path, SH.alternativePath)
    return contract.listed(one_of) if one_of is not None else []


def _counted(node: Node, keys: list[str]) -> Iterator[Schema]:
    least, most = contract.number(node, SH.minCount), contract.number(node, SH.maxCount)
    if least is not None and keys:
        yield _has(keys)
    if least is not None and least > 1:
        yield {"properties": {key: {"type": "array", "minItems": least} for key in keys}}
    if most == 0 and keys:
        yield {"not": _has(keys)}
    elif most is not None:
        yield {"properties": {key: {"maxItems": most} for key in keys}}
    if (value := shapes().value(node, SH.hasValue)) is not None:
        held: Schema = {"anyOf": [{"const": str(value)}, {"type": "array", "contains": {"const": str(value)}}]}
        yield {"required": keys, "properties": dict.fromkeys(keys, held)}


def _has(keys: list[str]) -> Schema:
    return {"required": keys} if len(keys) == 1 else {"anyOf": [{"required": [key]} for key in keys]}


def _all(schemas: Iterator[Schema]) -> Schema:
    found = list(schemas)
    return found[0] if len(found) == 1 else {"allOf": found} if found else {}
