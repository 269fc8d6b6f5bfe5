"""What may stand behind a key, as JSON Schema: for editors that read YAML 1.2, where `70` is a number and `yes` a text.

Edgewise reads every scalar as text, so a text may look like a number or like `true`; and a number may stand in quotes.
"""

from __future__ import annotations

import re
from typing import Any

Schema = dict[str, Any]

REFERENCE = r"^([A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*|https?://[^/\s]\S*|urn:[^:\s]+:\S+)$"
OWN_ID = r"^[a-z0-9][a-z0-9-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*$"
GUIDELINE_ID = r"^[a-z0-9][a-z0-9-]*$"
_SCALAR = ["string", "number", "boolean"]
_DIGITS = re.compile(r"\[0-9\]\{1,([0-9]+)\}")


def text(pattern: str = "", longest: int | None = None) -> Schema:
    r"""A text; what an editor takes for a number or a truth value is one too, unless the text has a form of its own.

    >>> text("\\S", 40)["maxLength"], text("^en$")["type"]
    (40, 'string')
    """
    found: Schema = {"type": _SCALAR if pattern in ("", r"\S") else "string"}
    if pattern:
        found["pattern"] = pattern
    return found if longest is None else found | {"maxLength": longest}


def code(pattern: str) -> Schema:
    """A short code that may be made of digits alone, such as the value of a choice."""
    return {"type": _SCALAR, "minimum": 0, "pattern": pattern}


def name(pattern: str) -> Schema:
    """An id, or a reference by one: a text that an editor may take for a whole number."""
    return {"type": _SCALAR, "minimum": 0, "multipleOf": 1, "pattern": pattern}


def number(pattern: str, least: str | None = None, most: str | None = None) -> Schema:
    """A decimal number, bare or in quotes.

    >>> number("^[0-9]{1,15}$")["anyOf"][0]
    {'type': 'number', 'minimum': 0, 'exclusiveMaximum': 1000000000000000}
    """
    bare: Schema = {"type": "number", **_bounds(pattern, least, most)}
    return {"anyOf": [bare, {"type": "string", "pattern": pattern}]}


def whole(pattern: str, least: str | None = None, most: str | None = None) -> Schema:
    """A whole number, bare or in quotes."""
    bare: Schema = {"type": "integer", **_bounds(pattern, least, most)}
    return {"anyOf": [bare, {"type": "string", "pattern": pattern}]}


def _bounds(pattern: str, least: str | None, most: str | None) -> Schema:
    """The bounds that are given, else those that the form implies: so many digits, with a sign or without."""
    digits = _DIGITS.search(pattern)
    beyond = 10 ** int(digits[1] if digits else 15)
    low: Schema = {"minimum": int(least)} if least else {"exclusiveMinimum": -beyond} if pattern.startswith("^[+-]?") else {"minimum": 0}
    return {**low, **({"maximum": int(most)} if most else {"exclusiveMaximum": beyond})}


def truth() -> Schema:
    """True or false, bare or in quotes."""
    return {"anyOf": [{"type": "boolean"}, {"type": "string", "enum": ["true", "false"]}]}


def listed(item: Schema, least: int = 0) -> Schema:
    """A list; of ids and texts each once, while two blocks may say the same."""
    holds_blocks = "$ref" in item or any("$ref" in one for one in item.get("anyOf", ()))
    unique = {} if holds_blocks else {"uniqueItems": True}
    return {"type": "array", "items": item, **unique, **({"minItems": least} if least else {})}
