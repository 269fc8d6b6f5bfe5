"""Ids out of labels: short, plain, and no two the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 48
_RESERVED = frozenset(
    ("at", "done", "null", "true", "false", "yes", "no", "on", "off", "con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)))
)
"""What a key of a patient's facts, YAML's own words or a folder's name would be taken for."""


def slug(label: str) -> str:
    """The label in small letters, digits and hyphens; empty if nothing of it can be written so.

    >>> slug("Körpertemperatur ≥ 38,5 °C"), slug("../../etc"), slug("体温")
    ('korpertemperatur-38-5-c', 'etc', '')
    """
    plain = unicodedata.normalize("NFKD", label[:1000].replace("ß", "ss")).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")


class Names:
    """Ids of one guideline.

    >>> names = Names()
    >>> names.new("Age", "observable"), names.new("age", "observable"), names.new("10 days", "step"), names.new("体温", "observable")
    ('age', 'age-2', 'step-10-days', 'observable')
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def new(self, label: str, kind: str) -> str:
        """An id that nothing has yet.

        Args:
            label: of what is named.
            kind: what it is, in one word: stands in front where the label alone would be read as something else.
        """
        base = slug(label) or kind
        base = f"{kind}-{base}" if base in _RESERVED or base[0].isdigit() else base
        if base not in self._taken:
            return self._take(base)
        number = self._next.get(base, 2)
        while f"{base}-{number}" in self._taken:
            number += 1
        self._next[base] = number + 1
        return self._take(f"{base}-{number}")

    def _take(self, name: str) -> str:
        self._taken.add(name)
        return name
