"""Where in an article a passage stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the article: section, part and ordinal, never the text itself."""

    section: str
    part: str = ""
    ordinal: int | None = None
    sentence: int | None = None

    def __str__(self) -> str:
        """
        >>> str(Place("step 1", "bullet", 2)), str(Place("pitfalls", "bullet", 1, 2)), str(Place("summary", "sentence", 1))
        ('step 1, bullet 2', 'pitfalls, bullet 1, sentence 2', 'summary, sentence 1')
        """
        words = self.section
        if self.part:
            words += f", {self.part}"
        if self.ordinal is not None:
            words += f" {self.ordinal}"
        if self.sentence is not None:
            words += f", sentence {self.sentence}"
        return words
