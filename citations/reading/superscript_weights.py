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
    "left open": (-3.1, -3.59, -2.93),
    "left operator": (-3.97, -3.41, -3.34),
    "left label": (-2.89, -2.3, -2.46),
    "left governor": (-2.19, -1.36, -1.59),
    "left letter": (-0.87, -0.38, -0.34),
    "left broken": (0.26, 0.02, -0.15),
    "left bare": (-0.37, 0.33, 0.2),
    "left loose label": (0.31, 0.35, 0.37),
    "left closed": (1.42, 1.01, 0.69),
    "left comma": (0.03, 0.11, 0.0),
    "left sentence": (0.77, 0.51, 0.58),
    "left figure": (0.06, 0.83, 0.57),
    "left name": (1.36, 1.43, 1.73),
    "left et al": (2.21, 2.18, 2.18),
    "left pointer": (3.76, 3.34, 2.94),
    "right unit": (-2.97, -3.24, -3.2),
    "right stopped": (0.11, -0.57, -0.98),
    "right figure": (-1.99, -1.33, -1.29),
    "right operator": (-1.46, -1.45, -1.33),
    "right word": (-0.78, -0.9, -0.9),
    "right plural": (-0.92, -0.48, -0.75),
    "right open": (-0.1, 0.39, 0.29),
    "right close": (0.87, 1.22, 1.01),
    "right capital": (1.07, 1.02, 0.83),
    "right follower": (1.0, 0.95, 0.87),
    "right end": (2.19, 1.38, 1.38),
    "right opener": (2.26, 1.93, 1.87),
    "sentence ends, another opens": (2.12, 2.09, 2.07),
    "sentence ends, no other opens": (-0.17, 0.17, 0.33),
    "clause ends, another goes on": (1.44, 1.28, 1.38),
    "clause ends before a word": (1.24, 1.22, 1.25),
    "word goes on": (0.82, 1.14, 1.24),
    "measured": (-2.99, -3.0, -2.97),
    "governed and measured": (-3.0, -3.0, -3.0),
    "governed, another opens": (1.11, 1.22, 1.04),
    "loose label, another opens": (1.38, 1.27, 1.27),
    "small": (-1.53, -0.88, -1.4),
    "rising group": (1.68, 1.17, 1.2),
    "falling group": (-1.56, -1.57, -1.48),
    "range": (-1.62, -1.42, -1.53),
    "wide range": (-1.71, -1.74, -1.13),
    "series right": (-2.78, -2.42, -2.37),
    "series left": (-1.67, -1.64, -1.5),
    "series name": (-1.88, -1.58, -1.82),
    "recurring": (-0.23, -0.29, -0.46),
    "counted name": (-1.44, -1.16, -1.96),
    "enumeration": (-1.97, -2.49, -2.66),
    "sister items": (3.0, 3.0, 3.0),
    "heading": (-4.49, -4.48, -4.51),
    "order next": (0.0, 2.0, 0.0),
    "order fill": (0.0, 1.34, 0.0),
    "order repeat": (0.0, -0.43, 0.0),
    "leap": (0.0, -0.32, 0.0),
    "beyond the list": (-3.0, -3.0, -3.0),
    "round": (1.71, 0.38, 0.76),
    "round, clean": (-0.65, -1.08, -0.9),
    "glued": (-0.96, -0.67, -0.53),
    "glued behind a stop": (1.69, 0.55, 0.78),
    "glued to a word": (3.11, 2.53, 2.3),
    "glued to a name": (0.26, -0.06, 0.02),
    "glued to a symbol": (-1.65, -1.8, -2.03),
    "power": (-4.89, -4.9, -5.0),
    "thousands": (-1.62, -1.93, -1.94),
    "words of the entry": (0.76, 0.59, 0.75),
    "author of the entry": (2.01, 1.76, 1.61),
    "author of another": (-0.5, -0.9, -0.46),
    "pair": (0.0, 1.14, 0.91),
    "word known": (2.12, 1.59, 1.26),
    "word ends a clause": (1.3, 0.82, 0.75),
    "right prime": (-2.01, -2.0, -2.0),
    "right glued": (-1.75, -1.3, -1.17),
    "recurring pair": (-0.67, 0.09, -0.4),
    "form": (0.0, 0.8, 0.75),
    "order closes": (0.0, 0.83, 0.0),
    "order ahead": (0.0, -1.25, 0.0),
    "next, high": (0.0, 0.11, 0.0),
    "long ago": (0.0, -0.27, 0.0),
    "cited nowhere else": (0.0, 0.58, 1.24),
    "cited elsewhere": (0.0, -0.16, 0.01),
    "all": (-0.3, 0.48, -0.24),
    "right verb": (-0.06, 0.31, 0.28),
    "left abbreviation": (-1.12, -0.47, -0.71),
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
