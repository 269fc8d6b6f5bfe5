"""The schemes by which a source grades its recommendations. The rest of the pieces are in `model`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Grade:
    """A strength or certainty as the source writes it; `direction` is given where it is for such recommendations alone."""

    value: str
    meaning: str = ""
    direction: Literal["for", "against", ""] = ""


@dataclass(frozen=True, slots=True)
class Grading:
    """A scheme: strengths, the strongest first; certainties, the highest first; words for what is left ungraded."""

    id: str
    label: str
    strengths: tuple[Grade, ...] = ()
    certainties: tuple[Grade, ...] = ()
    unclassified: tuple[Grade, ...] = ()
    strength_name: str = ""
    certainty_name: str = ""
