"""All methods × all situations in a few characters each, for paper: situations go by their number in the list below."""

from __future__ import annotations

from typing import NamedTuple

from edgewise.graph.model import Guideline, Rating
from edgewise.graph.ratings import category, conflicts, table

_MARKS = {"usually appropriate": "+", "may be appropriate": "±", "usually not appropriate": "–", "not stated": ""}
LEGEND = f"{', '.join(f'{mark} {named}' for named, mark in _MARKS.items() if mark)}; the numbers above are those of the situations below."


class Grid(NamedTuple):
    """Numbers of the situations; and for each method its name, then its cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def rating_grid(guideline: Guideline) -> Grid | None:
    """The table of a guideline's ratings; None where most of it would be empty.

    >>> from edgewise.graph.library import load
    >>> rating_grid(load("sacroiliac-sclerosis").guideline) is None
    True
    """
    found = table(guideline)
    if len(found.situations) < 2 or not found.dense:
        return None
    parted = {(one.modality, one.situation) for one in conflicts(guideline)}

    def cell(method: str, situation: str) -> str:
        told = " / ".join(dict.fromkeys(map(_mark, found.cells.get((method, situation), ()))))
        return f"≠ {told}" if (method, situation) in parted else told

    rows = ((guideline.modalities[method].label, *(cell(method, id) for id in found.situations)) for method in found.methods)
    return Grid(tuple(str(number) for number, _ in enumerate(found.situations, 1)), tuple(rows))


def _mark(rating: Rating) -> str:
    """A rating in a few characters; the sign stands behind the score, so that none is read as less than nothing."""
    scale = "" if (rating.scale_min, rating.scale_max) == (1, 9) else f"/{rating.scale_max}"
    score = "" if rating.score is None else f"{rating.score}{scale} "
    return f"{score}{_MARKS[category(rating)]}".strip()
