"""What a passage of the article holds beside its text: its place, its citations, the figures that it reports. The rest is in `model`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


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


@dataclass(frozen=True, slots=True)
class Citation:
    """Statement → reference, through a printed marker."""

    id: str
    marker: str
    intention: str = "citesAsEvidence"


@dataclass(frozen=True, slots=True)
class OutcomeFrame:
    """A reported figure in its frame; what the source does not state is empty.

    Where the source compares without giving a figure, `value` is None and `result` one of ``better``, ``not-better``, ``worse``.
    """

    id: str
    measure: str
    value: Decimal | None = None
    unit: str = ""
    operator: str = "="
    population: str = ""
    technique: str = ""
    comparator: str = ""
    result: str = ""
    follow_up: str = ""
    n: int = 0  # 0: not stated

    @property
    def figure(self) -> Decimal:
        """Its value; ValueError of a frame that compares without a figure."""
        if self.value is None:
            raise ValueError(f"{self.measure} is compared, not counted")
        return self.value
