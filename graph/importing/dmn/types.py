"""Types of DMN as the kinds of question that a guideline asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from edgewise.graph.importing.dmn.document import Cell, Type

Kind = Literal["yes-no", "choice", "quantity", "count", "days", "months", "span", "other", ""]
"""What answers are: ``days``, ``months`` and ``span`` (told in words) are stretches of time, ``other`` what no guideline asks for.

Empty: the file does not say."""

_KINDS: dict[str, Kind] = {
    "boolean": "yes-no", "string": "choice", "number": "quantity", "double": "quantity", "float": "quantity", "decimal": "quantity",
    "integer": "count", "long": "count", "short": "count", "int": "count",
    "days and time duration": "days", "dayTimeDuration": "days", "years and months duration": "months", "yearMonthDuration": "months",
    "date": "other", "time": "other", "dateTime": "other", "date and time": "other",
}  # fmt: skip
_PLAIN = {name.lower(): kind for name, kind in _KINDS.items()}
_DEEPEST = 20  # types based on types; a circle of them ends here


@dataclass(frozen=True, slots=True)
class Typed:
    """What the file says of a value: its kind, and the values allowed."""

    kind: Kind = ""
    values: Cell | None = None


def typed(name: str, path: tuple[str, ...], types: Mapping[str, Type]) -> Typed:
    """What a type, or a part of it, says of a value.

    Args:
        name: of the type.
        path: of the part: ``("Status",)``; empty for the value itself.
        types: that the file defines.

    >>> status = Type("Status", "string", Cell('"a", "b"', 3))
    >>> typed("tApproval", ("Status",), {"tApproval": Type("tApproval", parts=(status,))}).values.text
    '"a", "b"'
    >>> typed("integer", (), {}).kind, typed("tAge", (), {"tAge": Type("tAge", "tAge")}).kind
    ('count', '')
    """
    found = types.get(name)
    for part in path:
        found = next((one for one in _whole(found, types).parts if one.name == part), None) if found else None
    if found is None:
        return Typed("" if path else _PLAIN.get(name.lower(), ""))
    values: Cell | None = None
    for _ in range(_DEEPEST):
        values = values or found.values
        if found.many:
            return Typed("other", values)
        if found.base not in types:
            kind = "other" if found.parts else _PLAIN.get(found.base.lower(), "")
            return Typed(kind, values)
        found = types[found.base]
    return Typed("", values)


def _whole(found: Type, types: Mapping[str, Type]) -> Type:
    """The type in which parts are listed, where one is based on another."""
    for _ in range(_DEEPEST):
        if found.parts or found.base not in types:
            break
        found = types[found.base]
    return found
