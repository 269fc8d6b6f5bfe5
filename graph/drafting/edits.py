"""What can be changed in a guideline or a file of cases, as plain values, and a text changed by them.

Whatever line an edit does not touch stays as it was to the byte: its comments, order, quotes and line break. New text is written in the
layout of the house. Every edit is proved before it is given out: what the new text says is what the edit means, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from edgewise.graph.drafting.errors import EditRefused, refuse
from edgewise.graph.drafting.scalars import Plain

Kind = Literal["guideline", "cases"]
"""Which file a text is: keys mean something, and refer to something, in a guideline alone."""
FILES: Mapping[str, str] = {"guideline": "guideline.yaml", "cases": "cases.yaml"}


@dataclass(frozen=True, slots=True)
class Put:
    """Set a key of an entry, or replace its value.

    Attributes:
        at: the entry: an id anywhere in the file, a place such as ``a-to-b/when/2``, or empty for the head of the file.
        key: any key but `id`, which is for `Rename`.
        value: text, whole numbers, Decimals, truth values, lists and mappings of them.
    """

    at: str
    key: str
    value: Plain


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a key and its value out of an entry."""

    at: str
    key: str


@dataclass(frozen=True, slots=True)
class Add:
    """Write a new entry into a list.

    Attributes:
        section: the key of the list; if it is missing it is begun.
        entry: plain data, with an `id` where such entries have one.
        before: the entry in front of which it comes; None for the end.
        at: whose list it is; empty for a list of the file itself.
    """

    section: str
    entry: dict[str, Any]
    before: str | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Remove:
    """Take an entry out, with the comment right above it. What refers to it stays."""

    at: str


@dataclass(frozen=True, slots=True)
class Move:
    """Carry an entry in front of another one of its list; None carries it to the end."""

    at: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """Give an entry another id; every reference of the file to it, or to a place in it, follows. At the head: the file's own id."""

    at: str
    id: str


@dataclass(frozen=True, slots=True)
class Follow:
    """In a file of cases: whatever refers to a part of the guideline follows to its new id; where nothing does, nothing is changed."""

    at: str
    id: str


Edit: TypeAlias = Put | Drop | Add | Remove | Move | Rename | Follow
_KINDS: Mapping[str, type] = {kind.__name__: kind for kind in (Put, Drop, Add, Remove, Move, Rename, Follow)}


def as_json(edit: Edit) -> str:
    """An edit as JSON text; a Decimal keeps its digits.

    >>> as_json(Put("swab", "order", Decimal("1.10")))
    '{"edit": "Put", "at": "swab", "key": "order", "value": {"$decimal": "1.10"}}'
    """
    return json.dumps({"edit": type(edit).__name__, **asdict(edit)}, ensure_ascii=False, default=_decimal)


def from_json(text: str) -> Edit:
    """The edit that `as_json` wrote.

    Raises:
        EditRefused: the text is none.

    >>> from_json(as_json(Move("a", "b")))
    Move(at='a', before='b')
    """
    try:
        found = json.loads(text, object_hook=_number)
        edit: Edit = _KINDS[found.pop("edit")](**found)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        message = "this is not an edit as Edgewise writes it"
        raise refuse(EditRefused, "edit-json", message, "write it with as_json") from None
    if not all(isinstance(value, str) or name in _FREE for name, value in asdict(edit).items()):
        raise refuse(EditRefused, "edit-json", "an id or a key is not a text", "write it with as_json")
    return edit


_FREE = frozenset({"value", "entry", "before"})


def _decimal(value: object) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    raise refuse(EditRefused, "edit-value", f"{type(value).__name__} cannot be kept", "give plain data")


def _number(found: dict[str, Any]) -> Any:
    return Decimal(found["$decimal"]) if found.keys() == {"$decimal"} else found
