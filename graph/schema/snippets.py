"""What an editor offers to write: a block with the keys that it needs, and a place to type at for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edgewise.graph.schema.values import Schema

_OWN_NAMES = frozenset(("a step", "an observable", "a transition", "a statement", "a heading", "a marker", "a reference", "a phase"))


def snippet(kind: str, needed: Sequence[str], keys: dict[str, Schema]) -> dict[str, Any]:
    """A block of this kind with its needed keys; what refers to others has an id as well.

    >>> snippet("a phase", ["label"], {"label": {"type": "string"}})["body"]
    {'id': '$1', 'label': '$2'}
    """
    named = [*(["id"] if kind in _OWN_NAMES else []), *needed]
    body = {key: _place(n, keys.get(key, {})) for n, key in enumerate(named, 1)}
    return {"label": kind, "description": f"{kind} with the keys that it needs", "body": body}


def _place(n: int, schema: Schema) -> Any:
    allowed = schema.get("enum") or next((one["enum"] for one in schema.get("anyOf", ()) if "enum" in one), None)
    if allowed:
        return f"${{{n}|{','.join(allowed)}|}}"
    return [f"${n}"] if schema.get("type") == "array" else f"${n}"
