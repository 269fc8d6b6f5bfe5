"""New text in the layout of the house: small things in brackets on one line, everything else one key a line."""

from __future__ import annotations

from typing import Any

from edgewise.graph.drafting.scalars import folded, kept_lines, scalar, text_of
from edgewise.graph.reading.context import Terms

WIDTH = 140
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPED = frozenset(f"{_XSD}{name}" for name in ("boolean", "decimal", "integer"))


class Layout:
    r"""How values are written at a place.

    Args:
        terms: what keys mean there; None for a file of cases, whose keys have no types.
        open_lists: whether a list is written an entry a line however short it is; not those within.

    >>> layout = Layout()
    >>> print("\n".join(layout.pair("when", {"all": [{"observable": "a", "is": "yes"}, {"observable": "b", "atLeast": 3}]}, 2)))
      when:
        all:
          - {observable: a, is: yes}
          - {observable: b, atLeast: 3}
    """

    def __init__(self, terms: Terms | None = None, open_lists: bool = False) -> None:
        self.terms, self.open_lists = terms, open_lists

    def below(self, key: str) -> Layout:
        """How values are written inside what a key leads to."""
        return Layout(None if self.terms is None else self.terms.below(key))

    def typed(self, key: str) -> bool:
        """Whether a key's values are numbers or truth values."""
        return self.terms is None or self.terms.datatype(key) in _TYPED

    def inline(self, value: Any, key: str = "") -> str:
        """A value on one line, in brackets."""
        if isinstance(value, dict):
            inside = self.below(key)
            return "{" + ", ".join(f"{scalar(name)}: {inside.inline(part, name)}" for name, part in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.inline(part, key) for part in value) + "]"
        return scalar(value, typed=self.typed(key))

    def pair(self, key: str, value: Any, indent: int) -> list[str]:
        """A key and its value as lines of a block."""
        head = " " * indent + scalar(key, flow=False, typed=True) + ":"
        first, *rest = self.value(key, value, indent, len(head) + 1)
        return [head + first, *rest]

    def value(self, key: str, value: Any, indent: int, used: int) -> list[str]:
        """What stands behind a key and its colon, first on the same line, then on lines of their own below a key at `indent`."""
        if not isinstance(value, (dict, list)):
            return self._text(key, value, indent, used)
        line = self.inline(value, key)
        if not value or (used + len(line) <= WIDTH and _small(value) and not (self.open_lists and isinstance(value, list))):
            return [f" {line}"]
        if isinstance(value, dict):
            return ["", *self.mapping(value, indent + 2, key)]
        return ["", *(line for part in value for line in self.item(part, indent + 2, key))]

    def mapping(self, value: dict[str, Any], indent: int, key: str = "") -> list[str]:
        """A mapping as lines of a block, one key after the other."""
        inside = self.below(key)
        return [line for name, part in value.items() for line in inside.pair(name, part, indent)]

    def item(self, value: Any, indent: int, key: str = "", block: bool = False) -> list[str]:
        """An entry of the list under `key`, its dash at `indent`; a mapping opens out if it is too long, or if `block` asks for it."""
        dash = " " * indent + "- "
        line = self.inline(value, key)
        if not value or not isinstance(value, dict) or (not block and len(dash + line) <= WIDTH and _small(value)):
            return [dash + (scalar(value, flow=False, typed=self.typed(key)) if not isinstance(value, (dict, list)) else line)]
        first, *rest = self.mapping(value, indent + 2, key)
        return [dash + first[indent + 2 :], *rest]

    def _text(self, key: str, value: Any, indent: int, used: int) -> list[str]:
        line, text = scalar(value, flow=False, typed=self.typed(key)), text_of(value)
        if (kept := kept_lines(text)) is not None:
            return [f" {kept[0]}", *(" " * (indent + 2) + part if part else "" for part in kept[1])]
        if used + len(line) > WIDTH and (parts := folded(text, WIDTH - indent - 2)) is not None and len(parts) > 1:
            return [" >-", *(" " * (indent + 2) + part for part in parts)]
        return [f" {line}"]


def _small(value: Any) -> bool:
    """Whether brackets on one line are easily read: no lists of larger things within, no text of several lines."""
    if isinstance(value, dict):
        return all(_small(part) for part in value.values())
    if isinstance(value, list):
        return all((not isinstance(part, (dict, list)) or (isinstance(part, dict) and len(part) == 1)) and _small(part) for part in value)
    return "\n" not in text_of(value)
