"""The sizes of paper that a hand-out is set for."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """A size of paper, upright."""

    a4 = "a4"
    letter = "letter"

    @property
    def called(self) -> str:
        """What people call it."""
        return {"a4": "A4", "letter": "Letter"}[self.value]

    @property
    def typst(self) -> str:
        """What Typst calls it."""
        return {"a4": "a4", "letter": "us-letter"}[self.value]

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points.

        >>> Paper.letter.points
        (612.0, 792.0)
        """
        return {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}[self.value]
