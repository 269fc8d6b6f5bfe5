"""One value as YAML text that the strict reading reads back as it was."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from edgewise.graph.drafting.errors import EditRefused, refuse
from edgewise.graph.reading.events import NULLS, yaml_events
from edgewise.graph.reading.problems import Problems, shorten
from edgewise.graph.reading.strict import DEEPEST, forbidden

Plain = str | int | Decimal | bool | list[Any] | dict[str, Any]
"""What a value may be made of."""

KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}")
_LONGEST_NUMBER = 40  # digits written out; 1E+999999 would fill the disk
# What a YAML 1.2 reader with types would not take for text; the strict reading takes everything for text.
_TYPED = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_TRUTHS = frozenset("true True TRUE false False FALSE".split())


def as_read(value: Plain) -> Any:
    """A value as the strict reading will give it back: every scalar as text.

    Raises:
        EditRefused: for what has no place in a guideline: null, a float, a character that no file may hold, nesting without end.

    >>> as_read({"order": 1, "repeated": True, "unit": "%", "bounds": [Decimal("1.10")]})
    {'order': '1', 'repeated': 'true', 'unit': '%', 'bounds': ['1.10']}
    """
    return _as_read(value, 0)


def _as_read(value: Any, depth: int) -> Any:
    if depth > DEEPEST - 4:
        raise refuse(EditRefused, "edit-too-deep", "the value is nested too deep", "flatten it")
    if isinstance(value, dict):
        return {_key(key): _as_read(part, depth + 1) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_read(part, depth + 1) for part in value]
    return text_of(value)


def _key(key: Any) -> str:
    if isinstance(key, str) and KEY.fullmatch(key):
        return key
    raise refuse(EditRefused, "edit-key", f"'{shorten(str(key))}' is not a possible key", "use one of the keys in docs/model.md")


def text_of(value: Any) -> str:
    """A scalar as text.

    Raises:
        EditRefused: it is none, or no file may hold it.

    >>> text_of(True), text_of(3), text_of(Decimal("0.50"))
    ('true', '3', '0.50')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() < 4000:
        return str(value)
    if isinstance(value, Decimal) and value.is_finite():
        digits = format(value, "f") if abs(value.adjusted()) < _LONGEST_NUMBER else str(value)
        return digits if len(digits) <= 10 * _LONGEST_NUMBER else str(value)
    if not isinstance(value, str):
        what = f"{shorten(str(value)[:80])} ({type(value).__name__}) cannot be written"
        raise refuse(EditRefused, "edit-value", what, "give text, a whole number, a Decimal, a truth value, a list or a mapping")
    if control := forbidden(value):
        raise refuse(EditRefused, "edit-character", f"the character U+{ord(control):04X} is not allowed in a file", "delete it")
    return value


def scalar(value: Any, *, flow: bool = True, typed: bool = False) -> str:
    r"""A scalar on one line, in quotes where it needs them.

    Args:
        value: text, a number or a truth value.
        flow: whether it stands in brackets, where a comma ends it.
        typed: whether its key says that it is a number or a truth value, so that text which looks like one needs no quotes.

    >>> print(scalar("yes"), scalar("a: b"), scalar("3"), scalar(3), scalar("3", typed=True), scalar("a, b"), scalar("a, b", flow=False))
    yes "a: b" "3" 3 3 "a, b" a, b
    """
    text = text_of(value)
    looks_typed = isinstance(value, str) and not typed and (text in _TRUTHS or _TYPED.fullmatch(text))
    if not looks_typed and _stands_plain(text, flow):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted.replace("\ufeff", "\\ufeff").replace("\x7f", "\\x7f")


@lru_cache(maxsize=4096)
def _stands_plain(text: str, flow: bool) -> bool:
    """Whether the text reads as itself without quotes."""
    if not text or text in NULLS or not text.isprintable() or text != text.strip() or "\ufeff" in text:
        return False
    snippet = f"k: {{a: {text}, b: [{text}]}}\n" if flow else f"k:\n- a: {text}\n- {text}\nb: {text}\n"
    expected = ["k", "a", text, "b", text] if flow else ["k", "a", text, text, "b", text]
    problems = Problems("")
    found = [event.text for event in yaml_events(snippet, problems) if event.kind in ("text", "null")]
    return not problems and found == expected


def folded(text: str, width: int) -> list[str] | None:
    """Long text as the lines of a block that joins them by single spaces; None where lines would not come back as they were."""
    if not text or "\n" in text or "\r" in text or "\t" in text or text != text.strip(" ") or "\ufeff" in text or "  " in text:
        return None
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def kept_lines(text: str) -> tuple[str, list[str]] | None:
    """Text of several lines as a block that keeps them, with its header; None where it would not come back as it was."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if "\n" not in body or "\r" in text or "\ufeff" in text or any(line != line.rstrip() or "\t" in line for line in lines):
        return None
    if not lines[0] or lines[0].startswith(" ") or not lines[-1]:
        return None
    return ("|" if text.endswith("\n") else "|-"), lines
