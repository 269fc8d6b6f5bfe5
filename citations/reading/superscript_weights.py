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
    "left start": (-6.08, -6.0, -6.0),
    "left open": (-2.54, -2.53, -2.82),
    "left operator": (-4.03, -3.46, -3.4),
    "left label": (-2.86, -2.5, -2.47),
    "left governor": (-2.27, -1.73, -1.39),
    "left letter": (-0.88, -0.47, -0.35),
    "left broken": (0.23, 0.02, -0.18),
    "left bare": (-0.35, 0.19, 0.01),
    "left loose label": (0.28, 0.43, 0.4),
    "left closed": (1.41, 0.74, 0.64),
    "left comma": (0.17, 0.28, 0.12),
    "left sentence": (0.8, 0.6, 0.74),
    "left figure": (0.15, 1.18, 0.73),
    "left name": (1.3, 1.27, 1.41),
    "left et al": (2.13, 2.22, 2.19),
    "left pointer": (3.74, 3.53, 3.08),
    "right unit": (-3.06, -3.26, -3.21),
    "right stopped": (0.19, -0.28, -0.39),
    "right figure": (-1.88, -1.25, -1.25),
    "right operator": (-1.37, -1.31, -1.29),
    "right word": (-0.89, -0.98, -0.8),
    "right plural": (-1.0, -0.63, -0.79),
    "right open": (-0.18, 0.18, 0.21),
    "right close": (0.84, 1.33, 0.93),
    "right capital": (0.94, 0.98, 0.75),
    "right follower": (0.85, 0.84, 0.91),
    "right end": (2.09, 1.7, 1.62),
    "right opener": (2.13, 1.83, 1.88),
    "sentence ends, another opens": (2.07, 2.09, 2.03),
    "sentence ends, no other opens": (-0.08, 0.26, 0.65),
    "clause ends, another goes on": (1.37, 1.3, 1.34),
    "clause ends before a word": (1.06, 1.14, 1.16),
    "word goes on": (0.79, 1.08, 1.12),
    "measured": (-2.99, -3.0, -2.97),
    "governed and measured": (-3.0, -3.0, -3.0),
    "governed, another opens": (1.15, 1.17, 0.97),
    "loose label, another opens": (1.37, 1.27, 1.27),
    "small": (-1.52, -0.98, -1.49),
    "rising group": (1.71, 1.32, 1.19),
    "falling group": (-1.45, -1.5, -1.48),
    "range": (-1.86, -1.43, -1.53),
    "wide range": (-1.25, -1.25, -1.25),
    "bands": (-5.0, -5.0, -5.0),
    "wide, of known": (0.0, -0.97, -0.77),
    "series right": (-2.72, -2.51, -2.2),
    "series left": (-1.61, -1.64, -1.4),
    "series name": (-1.92, -1.73, -1.91),
    "recurring": (-0.18, -0.12, -0.39),
    "counted name": (-1.53, -1.31, -2.02),
    "enumeration": (-1.95, -2.64, -2.55),
    "in square brackets": (-5.02, -5.01, -5.0),
    "start, verb": (1.94, 2.0, 2.0),
    "stands for a noun": (0.44, 0.48, 0.53),
    "agent": (0.91, 0.96, 1.38),
    "share": (-3.01, -3.0, -3.0),
    "clause begins with it": (-1.22, -1.16, -1.18),
    "sister items": (3.0, 3.0, 3.0),
    "heading": (-4.5, -4.49, -4.51),
    "order next": (0.0, 2.15, 0.0),
    "order fill": (0.0, 1.41, 0.0),
    "order repeat": (0.0, -0.17, 0.0),
    "leap": (0.0, -0.29, 0.0),
    "beyond the list": (-3.0, -3.0, -3.0),
    "round": (1.65, 0.66, 1.04),
    "round, clean": (-0.49, -0.71, -0.34),
    "glued": (-0.95, 0.05, -0.54),
    "glued behind a stop": (1.65, 0.75, 0.98),
    "glued to a word": (3.1, 2.24, 2.15),
    "glued to a name": (0.24, -0.09, 0.03),
    "glued to a symbol": (-1.7, -2.09, -2.2),
    "power": (-4.9, -4.92, -5.0),
    "thousands": (-1.69, -1.93, -1.94),
    "words of the entry": (0.77, 0.65, 0.85),
    "author of the entry": (2.07, 1.74, 1.58),
    "author of another": (-0.52, -0.87, -0.5),
    "pair": (0.0, 1.16, 0.84),
    "word known": (2.11, 1.43, 1.2),
    "word ends a clause": (1.25, 0.96, 0.78),
    "right prime": (-2.02, -2.0, -2.0),
    "right glued": (-1.36, -1.05, -1.02),
    "recurring pair": (-0.64, -0.03, -0.43),
    "form": (0.0, 0.53, 0.41),
    "rare form": (0.0, -0.61, -0.42),
    "rare round": (0.0, -0.84, -0.84),
    "rare plain": (0.0, -0.56, 0.17),
    "fills the gap": (0.0, 0.6, 0.0),
    "order closes": (0.0, 0.74, 0.0),
    "order ahead": (0.0, -1.55, 0.0),
    "next, high": (0.0, 0.21, 0.0),
    "long ago": (0.0, -0.3, 0.0),
    "cited nowhere else": (0.0, 0.4, 1.4),
    "cited elsewhere": (0.0, 0.07, 0.08),
    "all": (-0.2, 0.48, -0.09),
    "right verb": (-0.12, 0.22, 0.37),
    "left abbreviation": (-1.15, -0.33, -0.59),
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
