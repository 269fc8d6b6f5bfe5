"""The order of keys: that of the documents, as the schemas for editors have it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from edgewise.graph.schema.cases import cases_schema
from edgewise.graph.schema.guideline import guideline_schema


class Order:
    """The order in force at one place of a document; keys that are not known come last, as they are written.

    >>> order = guideline_order()
    >>> sorted(["steps", "strange", "id", "title"], key=order.rank)
    ['id', 'title', 'steps', 'strange']
    >>> sorted(["to", "from"], key=order.below("transitions").rank)
    ['from', 'to']
    """

    def __init__(self, schema: Mapping[str, Any], here: Mapping[str, Any]) -> None:
        self._schema, self._here = schema, here
        self._ranks = {key: rank for rank, key in enumerate(here.get("properties", ()))}

    def rank(self, key: str) -> int:
        """The place of a key among those of its block."""
        return self._ranks.get(key, len(self._ranks))

    def below(self, key: str) -> Order:
        """The order in what a key leads to, also in each item of a list."""
        name = _referred(self._here.get("properties", {}).get(key, {}))
        return Order(self._schema, self._schema["$defs"][name] if name else {})


def _referred(schema: Mapping[str, Any]) -> str:
    """The definition that stands behind a key; empty if there is none."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    parts = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]
    return next((name for part in parts if (name := _referred(part))), "")


@cache
def guideline_order() -> Order:
    """That of a guideline."""
    return Order(schema := guideline_schema(), schema["$defs"]["Guideline"])


@cache
def cases_order() -> Order:
    """That of cases."""
    return Order(schema := cases_schema(), schema)
