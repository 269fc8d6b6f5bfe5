"""What a score of appropriateness means: its category, derived from the scale and never stored.

The three bands of the 1–9 scale come from the RAND/UCLA appropriateness method (Fitch et al., The RAND/UCLA Appropriateness Method
User's Manual, RAND 2001); their names are those of the ACR Appropriateness Criteria. A category says how appropriate a method is in
a situation. It says nothing of the strength of a recommendation or the certainty of evidence.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from edgewise.graph.model import Rating

Category = Literal["usually not appropriate", "may be appropriate", "usually appropriate", "not stated"]


class Band(NamedTuple):
    """A stretch of the scale, both ends included, and its category."""

    low: int
    high: int
    category: Category


_SCALE = (1, 9)
_BANDS = (Band(1, 3, "usually not appropriate"), Band(4, 6, "may be appropriate"), Band(7, 9, "usually appropriate"))


def bands(scale_min: int, scale_max: int) -> tuple[Band, ...]:
    """The bands of a scale, lowest first; none for any scale but 1–9, since the method defines no other.

    >>> [f"{band.low}–{band.high} {band.category}" for band in bands(1, 9)]
    ['1–3 usually not appropriate', '4–6 may be appropriate', '7–9 usually appropriate']
    >>> bands(0, 100)
    ()
    """
    return _BANDS if (scale_min, scale_max) == _SCALE else ()


def category(rating: Rating) -> Category:
    """The category of a rating; ``not stated`` on a scale without bands or for a score outside it.

    >>> category(Rating("r", "mri", "pain", 8, 1, 9, "s1")), category(Rating("r", "mri", "pain", 4, 1, 5, "s1"))
    ('usually appropriate', 'not stated')
    """
    matching = (band.category for band in bands(rating.scale_min, rating.scale_max) if band.low <= rating.score <= band.high)
    return next(matching, "not stated")
