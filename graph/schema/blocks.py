"""Checks on one block that the shapes put as questions to the whole graph, said once more where JSON Schema has words for them.

Each stands under the rule whose fault it refuses, so that a test can ask for every one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rdflib.term import Node

from edgewise.graph.reading.drafted import RULES_ABLE_TO_WAIT
from edgewise.graph.schema.joint import Names
from edgewise.graph.schema.values import Schema
from edgewise.ontology.terms import EW


def conditions(class_: Node, names: Names, *, draft: bool = False) -> Iterator[Schema]:
    """The further conditions on a block of a class; in a draft a passage, or a score's items, may still be lacking."""
    for rule, make in OF.get(class_, {}).items():
        if not (draft and rule in RULES_ABLE_TO_WAIT):
            yield from make(frozenset(names.values()))


def _when(key: str, value: str) -> Schema:
    return {"required": [key], "properties": {key: {"const": value}}}


def _true(key: str) -> Schema:
    return {"required": [key], "properties": {key: {"enum": [True, "true"]}}}


def _with(*keys: str) -> Schema:
    return {"required": list(keys)}


def _only(key: str, value: str, held: str) -> Iterator[Schema]:
    yield {"if": _with(held), "then": _when(key, value)}


def _at_an_end(key: str) -> Schema:
    ends: Schema = {"anyOf": [{"const": "Endpoint"}, {"type": "array", "contains": {"const": "Endpoint"}}]}
    return {"if": _with(key), "then": {"properties": {"type": ends}}}


def _at_least_two(key: str) -> Schema:
    return {"properties": {key: {"type": "array", "minItems": 2}}}


def _inferred(given: frozenset[str]) -> Iterator[Schema]:
    """What is inferred has to be given."""
    for key in sorted(given):
        named: Schema = {"anyOf": [{"const": key}, {"type": "array", "contains": {"const": key}}]}
        yield {"if": {"required": ["inferred"], "properties": {"inferred": named}}, "then": _with(key)}


def _otherwise_once(times: frozenset[str]) -> Iterator[Schema]:
    """Of the windows of one time one at most counts where no other does."""
    always: Schema = {"type": "object", "not": _with("when")}
    for key in sorted(times):
        yield {"properties": {key: {"contains": always, "minContains": 0, "maxContains": 1}}}


_WEB = {"properties": {"value": {"type": "string", "pattern": "^https?://[^ <>]+$"}}}
_TIMES = frozenset("notBefore within after every".split())
_COMPARED = frozenset("is oneOf atLeast moreThan atMost lessThan times statistic window".split())
_IMAGED = frozenset("method contrast region radiation".split())

Made = Callable[[frozenset[str]], Iterator[Schema]]

_CRITERION: Mapping[str, Made] = {
    "window-of-nothing": lambda _: iter([{"if": _with("window"), "then": _with("statistic")}]),
    "statistic-and-times": lambda _: iter([{"if": _with("statistic", "times"), "then": {"properties": {"times": {"enum": [1, "1"]}}}}]),
    "inferred-nothing": lambda names: _inferred(_COMPARED & names),
}
OF: Mapping[Node, Mapping[str, Made]] = {
    EW.Step: {
        "endpoint-elsewhere": lambda _: iter([_at_an_end("endpoint")]),
        "bridge-elsewhere": lambda _: iter([_at_an_end("continuesIn")]),
        "window-otherwise-twice": lambda names: _otherwise_once(_TIMES & names),
    },
    EW.Observable: {
        "missing-unit": lambda _: iter([{"if": _when("valueType", "quantity"), "then": _with("unit")}]),
        "missing-choices": lambda _: iter([{"if": _when("valueType", "choice"), "then": _with("choices")}]),
        "superfluous-choices": lambda _: _only("valueType", "choice", "choices"),
        "missing-items": lambda _: iter([{"if": _when("valueType", "score"), "then": _with("items")}]),
        "superfluous-items": lambda _: _only("valueType", "score", "items"),
        "score-repeated": lambda _: iter([{"if": _when("valueType", "score"), "then": {"not": _true("repeated")}}]),
        "open-ended-once": lambda _: iter([{"if": _true("openEnded"), "then": _true("repeated")}]),
        "paired-once": lambda _: iter([{"if": _with("pairedWith"), "then": _true("repeated")}]),
        "molar-mass-elsewhere": lambda _: _only("valueType", "quantity", "molarMass"),
        "molar-mass-from-nothing": lambda _: iter([{"if": _with("molarMassFrom"), "then": _with("molarMass")}]),
        "final-and-amendable": lambda _: iter(
            [{"if": _with("finalBy"), "then": {"not": {"anyOf": [_true("amendable"), _true("openEnded")]}}}]
        ),
    },
    EW.Criterion: _CRITERION,
    EW.Assertion: _CRITERION,
    EW.Modality: {"inferred-nothing": lambda names: _inferred(_IMAGED & names)},
    EW.Dose: {"source-without-passage": lambda _: iter([{"if": _when("statedBy", "source"), "then": _with("basedOn")}])},
    EW.Identifier: {"not-a-web-address": lambda _: iter([{"if": _when("scheme", "url"), "then": _WEB}])},
    EW.Bundle: {"bundle-of-one": lambda _: iter([_at_least_two("together")])},
    EW.Alternative: {"choice-of-one": lambda _: iter([_at_least_two("choose")])},
    EW.TimeWindow: {"window-says-nothing": lambda names: iter([_with("step" if "step" in names else "value")])},
}
"""Class → rule → how it is refused."""
