"""Weights of the signs that speak for and against a group of figures being a lost superscript, in natural log-odds; a group's are added.

Made by `benchmarks/superscripts.py`: logistic regression on tagged open-access articles, written as publishers of several kinds print them,
drawn to what was set by judgement, so that signs too rare to be learnt keep that. Three columns: of the first reading, which does not know
the order of first citation yet; of later ones where the list is in that order; and of later ones where it is not.
`benchmarks/articles.py --cross-validate` says how well this does on journals that had no part in the fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from typing import Literal, get_args

Reading = Literal["first", "ordered", "unordered"]
READINGS: tuple[Reading, ...] = get_args(Reading)

WEIGHTS: dict[str, tuple[float, float, float]] = {
    "left start": (-6.03, -6.0, -6.0),
    "left open": (-3.11, -3.34, -2.9),
    "left operator": (-3.97, -3.43, -3.36),
    "left label": (-2.87, -2.32, -2.48),
    "left governor": (-2.19, -1.34, -1.57),
    "left letter": (-0.87, -0.39, -0.34),
    "left broken": (0.26, 0.01, -0.17),
    "left bare": (-0.37, 0.33, 0.17),
    "left loose label": (0.31, 0.35, 0.37),
    "left closed": (1.42, 1.0, 0.66),
    "left comma": (0.03, 0.07, 0.05),
    "left sentence": (0.77, 0.5, 0.57),
    "left figure": (0.06, 0.8, 0.64),
    "left name": (1.36, 1.38, 1.7),
    "left et al": (2.2, 2.16, 2.18),
    "left pointer": (3.77, 3.33, 2.96),
    "right unit": (-2.97, -3.24, -3.21),
    "right stopped": (0.11, -0.59, -1.03),
    "right figure": (-1.98, -1.32, -1.28),
    "right operator": (-1.46, -1.46, -1.33),
    "right word": (-0.78, -0.84, -0.9),
    "right plural": (-0.91, -0.45, -0.74),
    "right open": (-0.08, 0.44, 0.32),
    "right close": (0.87, 1.35, 1.04),
    "right capital": (1.07, 1.08, 0.89),
    "right follower": (1.0, 1.01, 0.92),
    "right end": (2.18, 1.4, 1.39),
    "right opener": (2.25, 1.93, 1.87),
    "sentence ends, another opens": (2.12, 2.1, 2.08),
    "sentence ends, no other opens": (-0.17, 0.13, 0.33),
    "clause ends, another goes on": (1.44, 1.32, 1.38),
    "clause ends before a word": (1.25, 1.26, 1.26),
    "word goes on": (0.82, 1.19, 1.32),
    "measured": (-2.99, -3.0, -2.97),
    "governed and measured": (-3.0, -3.0, -3.0),
    "governed, another opens": (1.11, 1.24, 1.04),
    "loose label, another opens": (1.37, 1.27, 1.27),
    "small": (-1.52, -0.91, -1.41),
    "rising group": (1.66, 1.17, 1.21),
    "falling group": (-1.55, -1.59, -1.5),
    "range": (-1.74, -1.53, -1.53),
    "wide range": (-1.25, -1.25, -1.25),
    "series right": (-2.77, -2.42, -2.37),
    "series left": (-1.67, -1.67, -1.5),
    "series name": (-1.88, -1.59, -1.82),
    "recurring": (-0.23, -0.21, -0.47),
    "counted name": (-1.44, -1.15, -1.95),
    "enumeration": (-1.97, -2.53, -2.69),
    "sister items": (3.0, 3.0, 3.0),
    "heading": (-4.5, -4.48, -4.51),
    "order next": (0.0, 1.93, 0.0),
    "order fill": (0.0, 1.28, 0.0),
    "order repeat": (0.0, -0.53, 0.0),
    "leap": (0.0, -0.35, 0.0),
    "beyond the list": (-3.0, -3.0, -3.0),
    "round": (1.7, 0.38, 0.76),
    "round, clean": (-0.65, -1.08, -0.89),
    "glued": (-0.96, -0.52, -0.62),
    "glued behind a stop": (1.68, 0.49, 0.81),
    "glued to a word": (3.11, 2.45, 2.27),
    "glued to a name": (0.27, -0.08, 0.02),
    "glued to a symbol": (-1.65, -1.88, -2.12),
    "power": (-4.89, -4.9, -5.0),
    "thousands": (-1.61, -1.92, -1.94),
    "words of the entry": (0.76, 0.59, 0.75),
    "author of the entry": (2.0, 1.73, 1.62),
    "author of another": (-0.5, -0.94, -0.46),
    "pair": (0.0, 1.38, 0.96),
    "word known": (2.12, 1.57, 1.27),
    "word ends a clause": (1.3, 0.83, 0.73),
    "right prime": (-2.01, -2.0, -2.0),
    "right glued": (-1.75, -1.28, -1.17),
    "recurring pair": (-0.67, 0.18, -0.42),
    "form": (0.0, 0.81, 0.75),
    "order closes": (0.0, 0.84, 0.0),
    "order ahead": (0.0, -1.21, 0.0),
    "next, high": (0.0, 0.0, 0.0),
    "long ago": (0.0, -0.28, 0.0),
    "cited nowhere else": (0.0, 0.55, 1.24),
    "cited elsewhere": (0.0, -0.06, -0.0),
    "all": (-0.3, 0.45, -0.26),
    "right verb": (-0.06, 0.33, 0.3),
    "left abbreviation": (-1.12, -0.45, -0.71),
}


def weigh(found: Mapping[str, float], reading: Reading = "first") -> float:
    """Sum of the weights of the signs found, in log-odds.

    >>> weigh({"left sentence": 1.0, "right opener": 1.0}) > 0 > weigh({"left label": 1.0, "right unit": 1.0})
    True
    """
    column = READINGS.index(reading)
    return sum(WEIGHTS[name][column] * strength for name, strength in found.items() if name in WEIGHTS)


def probability(score: float) -> float:
    """Of log-odds.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))
