"""What in a guideline refers to what, as the vocabulary's context says it of each key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from edgewise.graph.reading.context import Terms, edgewise_context
from edgewise.graph.reading.lines import Path
from edgewise.graph.reading.strict import Data
from edgewise.graph.reading.yaml_ld import formula
from edgewise.ontology.terms import GUIDELINE_BASE


class Reference(NamedTuple):
    """The id or place that stands at a path, with what stands before it there where it is written as a whole IRI."""

    path: Path
    target: str
    base: str = ""


def references(data: Data) -> Iterator[Reference]:
    """Every reference in a guideline, those to its own parts by their names.

    >>> data = {"id": "g", "transitions": [{"id": "t", "from": "a", "when": {"observable": "x", "moreThan": {"times": ["y", "2"]}}}]}
    >>> [one.target for one in references(data)]
    ['a', 'x', 'y']
    """
    if isinstance(data, dict):
        yield from _within(data, (), Terms(edgewise_context()), f"{GUIDELINE_BASE}{data.get('id')}/")


def _within(data: dict[str, Data], path: Path, terms: Terms, base: str) -> Iterator[Reference]:
    for key, value in data.items():
        if terms.keyword(key):
            continue
        many = isinstance(value, list)
        for position, item in enumerate(value if isinstance(value, list) else [value]):
            place = (*path, key, position) if many else (*path, key)
            if isinstance(item, dict):
                yield from _within(item, place, terms.below(key), base)
            elif isinstance(item, str) and (target := _target(key, item, terms)):
                own = target.startswith(base)
                yield Reference(place, target.removeprefix(base), base if own else "")


def _target(key: str, value: str, terms: Terms) -> str:
    if terms.datatype(key) == "@id":
        return value
    operand = formula(terms.predicate(key), value, 1)
    found = operand.get("observable") if isinstance(operand, dict) else None
    return found if isinstance(found, str) else ""
