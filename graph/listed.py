"""What the reference list holds and what points to it: markers, entries, and what editors added. The rest of the pieces are in `model`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker as printed; `entry` is empty where it points nowhere."""

    id: str
    printed: str
    entry: str = ""
    note: str = ""

    @property
    def shown(self) -> str:
        """As printed, in brackets, which some articles print themselves.

        >>> Marker("m", "7").shown, Marker("m", "[7]").shown
        ('[7]', '[7]')
        """
        return self.printed if self.printed.startswith(("[", "(")) else f"[{self.printed}]"


@dataclass(frozen=True, slots=True)
class Identifier:
    scheme: str
    value: str
    stated_by: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Addition:
    """Bibliographic detail that the article does not print, and who says so."""

    field: str
    value: str
    stated_by: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the reference list as printed, with what editors added kept apart."""

    id: str
    position: int
    title: str
    year: int  # 0: none is stated
    container: str = ""
    author: str = ""
    printed_kind: str = ""
    tier: str = ""  # empty: not assessed
    own_publisher: bool = False
    identifiers: tuple[Identifier, ...] = ()
    additions: tuple[Addition, ...] = ()

    @property
    def dated(self) -> str:
        """The year as readers see it; empty where none is stated.

        >>> Reference("r", 1, "On rest", 2001).dated, Reference("r", 1, "On rest", 0).dated
        ('2001', '')
        """
        return str(self.year) if self.year else ""
