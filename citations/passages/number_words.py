"""Numbers as words and as figures, each read to the exact number it is."""

from __future__ import annotations

import re
from fractions import Fraction

from edgewise.graph.units import spelled

_WORTH = {spelled(number): number for number in (*range(20), *range(20, 100, 10))}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10}
_WORD = "|".join(sorted((*_WORTH, *_SCALES), key=len, reverse=True))
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))

DIGITS = r"(?:[0-9]{1,3}(?:[,\u2009\u202f\u00a0 ][0-9]{3})+(?![0-9])(?:[.·][0-9]+)?|0,[0-9]+|[0-9]+(?:[.·][0-9]+)?|(?<![0-9])[.·][0-9]+)"
"""A number in figures: with or without signs for the thousands, the point in the middle as in British journals, or left of nothing."""
IN_WORDS = rf"(?:(?:{_WORD})(?:(?:[ -]|[ -]and[ -])(?:{_WORD}))*)"
"""A number in words."""
PART_IN_WORDS = rf"(?:(?:(?:a|one|two|three|four|nine)[ -])?(?:{_PART}))(?=[ ]of\b|[ ]the\b|[ ]?[(,.;]|$)"
"""A part of a whole in words: half of, two thirds of."""


def worth(text: str) -> Fraction:
    """The number that a text in one of these forms is.

    >>> [str(worth(one)) for one in ("1,046", "2 957", "0·84", ".5", "0,7", "3.3 million", "seventy-five", "two hundred and six", "half")]
    ['1046', '2957', '21/25', '1/2', '7/10', '3300000', '75', '206', '1/2']
    """
    plain = text.strip().casefold()
    if figures := re.fullmatch(rf"({DIGITS})(?:\s(thousand|million|billion))?", plain):
        return _in_figures(figures[1]) * _SCALES.get(figures[2], 1)
    words = re.split(r"[\s-]+", plain)
    if words[-1] in _PARTS:
        return Fraction(_WORTH.get(words[0], 1), _PARTS[words[-1]])
    return Fraction(_in_words(words))


def _in_figures(plain: str) -> Fraction:
    if plain.startswith("0,"):
        return Fraction(plain.replace(",", "."))
    point = re.sub(r"[,\u2009\u202f\u00a0 ]", "", plain).replace("·", ".")
    return Fraction(f"0{point}" if point.startswith(".") else point)


def _in_words(words: list[str]) -> int:
    total = held = 0
    for word in words:
        if word in _WORTH:
            held += _WORTH[word]
        elif word == "hundred":
            held = max(held, 1) * 100
        elif word in _SCALES:
            total, held = total + max(held, 1) * _SCALES[word], 0
    return total + held
