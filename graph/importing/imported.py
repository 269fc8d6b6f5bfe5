"""What an import yields: a guideline as plain data, and by name what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Unread:
    """A construct of the file that the guideline does not say, or not as the file does.

    Attributes:
        line: in the imported file, counted from 1; 0 where it has none.
        what: the construct, in the format's own words.
        why: one sentence on what could not be read of it.

    >>> print(Unread(12, 'input entry "date(x)"', "Functions are not read."))
    line 12: input entry "date(x)": Functions are not read.
    """

    line: int
    what: str
    why: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}: {self.why}" if self.line else f"{self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class Imported:
    """A guideline out of somebody else's file.

    Attributes:
        sheet: the guideline in the keys of docs/model.md, in the file's order: texts, numbers, truth values, lists and mappings.
        unread: what could not be read, in the order in which it stands.
        format: what the file was, as readers call it: ``DMN 1.3``.
    """

    sheet: dict[str, Any]
    unread: tuple[Unread, ...]
    format: str
