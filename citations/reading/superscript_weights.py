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
    "left open": (-3.09, -3.54, -2.94),
    "left operator": (-3.97, -3.43, -3.36),
    "left label": (-2.89, -2.31, -2.46),
    "left governor": (-2.2, -1.37, -1.58),
    "left letter": (-0.86, -0.39, -0.33),
    "left broken": (0.26, 0.01, -0.15),
    "left bare": (-0.36, 0.34, 0.18),
    "left loose label": (0.31, 0.34, 0.37),
    "left closed": (1.42, 1.01, 0.7),
    "left comma": (0.03, 0.1, 0.07),
    "left sentence": (0.77, 0.5, 0.54),
    "left figure": (0.07, 0.81, 0.62),
    "left name": (1.36, 1.46, 1.76),
    "left et al": (2.21, 2.18, 2.18),
    "left pointer": (3.77, 3.35, 2.97),
    "right unit": (-2.97, -3.24, -3.21),
    "right stopped": (0.11, -0.58, -1.01),
    "right figure": (-1.99, -1.33, -1.29),
    "right operator": (-1.46, -1.45, -1.32),
    "right word": (-0.79, -0.88, -0.91),
    "right plural": (-0.92, -0.5, -0.75),
    "right open": (-0.1, 0.38, 0.3),
    "right close": (0.86, 1.21, 1.03),
    "right capital": (1.06, 1.03, 0.87),
    "right follower": (1.0, 0.96, 0.9),
    "right end": (2.18, 1.37, 1.4),
    "right opener": (2.27, 1.9, 1.89),
    "sentence ends, another opens": (2.11, 2.09, 2.08),
    "sentence ends, no other opens": (-0.17, 0.18, 0.31),
    "clause ends, another goes on": (1.44, 1.29, 1.41),
    "clause ends before a word": (1.25, 1.25, 1.27),
    "word goes on": (0.81, 1.12, 1.26),
    "measured": (-2.99, -3.0, -2.97),
    "governed and measured": (-3.0, -3.0, -3.0),
    "governed, another opens": (1.11, 1.23, 1.04),
    "loose label, another opens": (1.38, 1.27, 1.27),
    "small": (-1.53, -0.91, -1.47),
    "rising group": (1.68, 1.16, 1.18),
    "falling group": (-1.56, -1.5, -1.48),
    "range": (-1.63, -1.42, -1.55),
    "wide range": (-1.25, -1.25, -1.25),
    "series right": (-2.78, -2.42, -2.37),
    "series left": (-1.67, -1.64, -1.5),
    "series name": (-1.88, -1.58, -1.81),
    "recurring": (-0.23, -0.27, -0.41),
    "counted name": (-1.44, -1.13, -1.93),
    "enumeration": (-1.97, -2.5, -2.66),
    "sister items": (3.0, 3.0, 3.0),
    "heading": (-4.49, -4.48, -4.51),
    "order next": (0.0, 2.01, 0.0),
    "order fill": (0.0, 1.28, 0.0),
    "order repeat": (0.0, -0.36, 0.0),
    "leap": (0.0, -0.34, 0.0),
    "beyond the list": (-3.0, -3.0, -3.0),
    "round": (1.7, 0.37, 0.77),
    "round, clean": (-0.65, -1.09, -0.91),
    "glued": (-0.95, -0.62, -0.55),
    "glued behind a stop": (1.69, 0.57, 0.78),
    "glued to a word": (3.11, 2.51, 2.29),
    "glued to a name": (0.26, -0.07, 0.03),
    "glued to a symbol": (-1.65, -1.79, -2.04),
    "power": (-4.89, -4.9, -5.0),
    "thousands": (-1.63, -1.94, -1.94),
    "words of the entry": (0.76, 0.59, 0.75),
    "author of the entry": (2.0, 1.79, 1.62),
    "author of another": (-0.5, -0.9, -0.46),
    "pair": (0.0, 1.25, 0.97),
    "word known": (2.12, 1.57, 1.28),
    "word ends a clause": (1.29, 0.8, 0.75),
    "right prime": (-2.01, -2.0, -2.0),
    "right glued": (-1.75, -1.3, -1.18),
    "recurring pair": (-0.67, 0.11, -0.39),
    "form": (0.0, 0.82, 0.75),
    "order closes": (0.0, 0.82, 0.0),
    "order ahead": (0.0, -1.23, 0.0),
    "next, high": (0.0, 0.13, 0.0),
    "long ago": (0.0, -0.29, 0.0),
    "cited nowhere else": (0.0, 0.57, 1.22),
    "cited elsewhere": (0.0, -0.15, 0.03),
    "all": (-0.29, 0.48, -0.25),
    "right verb": (-0.06, 0.3, 0.28),
    "left abbreviation": (-1.12, -0.47, -0.74),
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
