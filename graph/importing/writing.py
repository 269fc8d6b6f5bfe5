"""An imported guideline as a `guideline.yaml`: laid out as the house does, any text quoted so that it survives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from edgewise.graph.importing.imported import Imported
from edgewise.graph.importing.sheets import plain

_WIDTH = 140
_INLINE = frozenset(("phases", "choices", "identifiers", "additions"))
_SHOWN = 200  # of what could not be read, at the head of the file; all of it stands among the notes
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_OPEN = frozenset(("is", "draft", "confirmed"))


def as_yaml(imported: Imported, name: str) -> str:
    """The text of a `guideline.yaml`.

    Args:
        imported: what was read.
        name: of the imported file, for the head.

    >>> print(as_yaml(Imported({"id": "a", "draft": True, "phases": [{"id": "p", "label": "No: 1", "order": 1}]}, (), "DMN 1.3"), "a.dmn"))
    # Imported from a.dmn (DMN 1.3).
    # docs/import.md tells what became of what; docs/model.md explains every key.
    # All of the file was read.
    <BLANKLINE>
    id: a
    draft: true
    <BLANKLINE>
    phases:
      - {id: p, label: "No: 1", order: 1}
    <BLANKLINE>
    """
    lines = [*_head(imported, name), ""]
    for key, value in imported.sheet.items():
        if isinstance(value, list):
            lines += ["", f"{key}:", *_entries(key, value)]
        else:
            lines += _pair(key, value, 0)
    return "\n".join(lines) + "\n"


def _head(imported: Imported, name: str) -> Iterator[str]:
    file = re.split(r"[/\\]", name)[-1]
    yield f"# Imported from {_comment(file)} ({_comment(imported.format)})."
    yield "# docs/import.md tells what became of what; docs/model.md explains every key."
    if not imported.unread:
        yield "# All of the file was read."
        return
    yield "# Not read, and noted below:"
    yield from (f"#   {_comment(str(unread))}" for unread in imported.unread[:_SHOWN])
    if len(imported.unread) > _SHOWN:
        yield f"#   and {len(imported.unread) - _SHOWN} more"


def _entries(key: str, entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        flow = _flow(entry)
        if not isinstance(entry, dict) or (key in _INLINE and len(flow) <= _WIDTH - 4):
            yield f"  - {flow}"
        else:
            yield from _block(entry, 4)
        if isinstance(entry, dict) and key not in _INLINE:
            yield ""


def _block(entry: dict[str, Any], indent: int) -> Iterator[str]:
    """A mapping in a list, its first key behind the hyphen."""
    lines = [line for key, value in entry.items() for line in _pair(key, value, indent)]
    yield " " * (indent - 2) + "- " + lines[0].lstrip()
    yield from lines[1:]


def _pair(key: str, value: Any, indent: int) -> Iterator[str]:
    pad = " " * indent
    flow = _flow(value, key)
    if not isinstance(value, (dict, list)) or len(pad) + len(key) + 2 + len(flow) <= _WIDTH:
        yield f"{pad}{key}: {flow}"
    elif isinstance(value, dict):
        yield f"{pad}{key}:"
        yield from (line for inner, held in value.items() for line in _pair(inner, held, indent + 2))
    else:
        yield f"{pad}{key}:"
        for item in value:
            flow = _flow(item)
            short = not isinstance(item, dict) or indent + 4 + len(flow) <= _WIDTH
            yield from [f"{pad}  - {flow}"] if short else _block(item, indent + 4)


def _flow(value: Any, key: str = "") -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inner}: {_flow(held, inner)}" for inner, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value, key)


def _scalar(value: Any, key: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if _CODE.fullmatch(text) and (key in _OPEN or text.lower() not in _WORDS):
        return text
    return _quoted(text)


@lru_cache(maxsize=10_000)
def _quoted(text: str) -> str:
    """On one line between double quotes, unless it is plain words."""
    if re.fullmatch(r"[A-Za-z][\w ()/.;≥≤'-]*[\w)]", text, re.ASCII) and text.lower() not in _WORDS:
        return text
    return str(yaml.dump(text, default_style='"', allow_unicode=True, width=10**9)).strip()


def _comment(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in plain(text))[:400]
