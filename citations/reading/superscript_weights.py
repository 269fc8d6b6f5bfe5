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
    "left start": (-6.07, -6.01, -6.0),
    "left open": (-2.31, -2.77, -2.81),
    "left operator": (-3.95, -3.46, -3.38),
    "left label": (-2.86, -2.48, -2.48),
    "left governor": (-2.24, -1.74, -1.4),
    "left letter": (-0.8, -0.45, -0.33),
    "left broken": (0.16, -0.06, -0.2),
    "left bare": (-0.33, 0.22, 0.05),
    "left loose label": (0.28, 0.41, 0.38),
    "left closed": (1.28, 0.74, 0.62),
    "left comma": (0.16, 0.26, 0.14),
    "left sentence": (0.87, 0.71, 0.77),
    "left figure": (0.23, 1.13, 0.73),
    "left name": (1.26, 1.46, 1.5),
    "left et al": (2.14, 2.22, 2.2),
    "left pointer": (3.58, 3.49, 3.01),
    "right unit": (-3.11, -3.26, -3.2),
    "right stopped": (0.13, -0.31, -0.48),
    "right figure": (-1.81, -1.26, -1.24),
    "right operator": (-1.36, -1.3, -1.28),
    "right word": (-0.95, -0.95, -0.83),
    "right plural": (-1.07, -0.69, -0.79),
    "right open": (-0.22, 0.23, 0.21),
    "right close": (0.81, 1.32, 0.92),
    "right capital": (0.88, 0.94, 0.72),
    "right follower": (0.8, 0.88, 0.92),
    "right end": (2.04, 1.68, 1.62),
    "right opener": (2.1, 1.81, 1.88),
    "sentence ends, another opens": (2.11, 2.1, 2.07),
    "sentence ends, no other opens": (0.02, 0.31, 0.61),
    "clause ends, another goes on": (1.38, 1.33, 1.36),
    "clause ends before a word": (1.06, 1.15, 1.17),
    "word goes on": (0.85, 1.14, 1.17),
    "measured": (-2.99, -3.0, -2.98),
    "governed and measured": (-3.0, -3.0, -3.0),
    "governed, another opens": (1.12, 1.11, 0.97),
    "loose label, another opens": (1.35, 1.26, 1.27),
    "small": (-1.58, -1.13, -1.51),
    "rising group": (1.62, 1.31, 1.17),
    "falling group": (-1.47, -1.5, -1.48),
    "range": (-1.77, -1.36, -1.45),
    "wide range": (-1.25, -1.25, -1.25),
    "bands": (-5.0, -5.0, -5.0),
    "wide, of known": (0.0, -0.91, -0.73),
    "series right": (-2.7, -2.5, -2.2),
    "series left": (-1.6, -1.64, -1.41),
    "series name": (-1.9, -1.8, -1.92),
    "recurring": (-0.3, -0.09, -0.41),
    "counted name": (-1.64, -1.4, -2.01),
    "enumeration": (-2.04, -2.68, -2.61),
    "in square brackets": (-5.02, -5.01, -5.0),
    "start, verb": (1.95, 2.0, 2.0),
    "stands for a noun": (0.46, 0.51, 0.55),
    "agent": (0.94, 0.96, 1.29),
    "share": (-3.01, -3.0, -3.0),
    "clause begins with it": (-1.2, -1.14, -1.16),
    "sister items": (3.0, 3.0, 3.0),
    "heading": (-4.5, -4.49, -4.51),
    "order next": (0.0, 2.24, 0.0),
    "order fill": (0.0, 1.44, 0.0),
    "order repeat": (0.0, -0.2, 0.0),
    "leap": (0.0, -0.31, 0.0),
    "beyond the list": (-3.0, -3.0, -3.0),
    "round": (1.72, 0.76, 1.17),
    "round, clean": (-0.47, -0.68, -0.33),
    "glued": (-0.83, -0.02, -0.57),
    "glued behind a stop": (1.62, 0.87, 0.98),
    "glued to a word": (2.98, 2.27, 2.14),
    "glued to a name": (0.19, -0.06, 0.03),
    "glued to a symbol": (-1.83, -1.99, -2.21),
    "power": (-4.91, -4.94, -5.0),
    "thousands": (-1.72, -1.95, -1.95),
    "words of the entry": (0.79, 0.65, 0.84),
    "author of the entry": (1.98, 1.69, 1.56),
    "author of another": (-0.49, -0.78, -0.49),
    "pair": (0.0, 0.92, 0.83),
    "word known": (1.98, 1.43, 1.18),
    "word ends a clause": (1.27, 0.95, 0.77),
    "right prime": (-2.02, -2.0, -2.0),
    "right glued": (-1.31, -1.06, -1.02),
    "recurring pair": (-0.69, 0.07, -0.47),
    "form": (0.0, 0.54, 0.43),
    "rare form": (0.0, -0.65, -0.47),
    "rare round": (0.0, -0.82, -0.86),
    "rare plain": (0.0, -0.61, 0.12),
    "fills the gap": (0.0, 0.55, 0.0),
    "order closes": (0.0, 0.71, 0.0),
    "order ahead": (0.0, -1.53, 0.0),
    "next, high": (0.0, 0.2, 0.0),
    "long ago": (0.0, -0.29, 0.0),
    "cited nowhere else": (0.0, 0.38, 1.26),
    "cited elsewhere": (0.0, 0.09, 0.07),
    "all": (-0.14, 0.53, -0.06),
    "right verb": (-0.12, 0.23, 0.38),
    "left abbreviation": (-1.05, -0.39, -0.63),
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
