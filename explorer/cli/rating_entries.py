"""Ratings of appropriateness as commands write them, in lines and in JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # help needs none of it
    from edgewise.graph.model import Guideline, Rating


def rating_payload(guideline: Guideline, rating: Rating) -> dict[str, Any]:
    """A rating as JSON holds it; ``categoryBy`` tells a category that the source words from one derived from the score."""
    from edgewise.graph.ratings import category, radiation

    return {
        "id": rating.id,
        "modality": rating.modality,
        "situation": rating.situation,
        "score": rating.score,
        "scaleMin": None if rating.score is None else rating.scale_min,
        "scaleMax": None if rating.score is None else rating.scale_max,
        "category": category(rating),
        "categoryBy": "source" if rating.category else None if category(rating) == "not stated" else "derived",
        "radiation": radiation(guideline, rating),
        "statement": rating.statement,
        "inferred": list(guideline.modalities[rating.modality].inferred) if rating.modality in guideline.modalities else [],
    }


def table_payload(guideline: Guideline) -> dict[str, Any]:
    """All methods × all situations, and where the source rates a method in one situation in several ways."""
    from edgewise.graph.ratings import conflict_in_words, conflicts, table

    found = table(guideline)
    return {
        "methods": [{"id": id, "label": guideline.modalities[id].label} for id in found.methods],
        "situations": [{"id": id, "label": guideline.situations[id].label} for id in found.situations],
        "ratings": [rating_payload(guideline, one) for cell in found.cells.values() for one in cell],
        "radiationScheme": guideline.radiation_scheme or None,
        "radiationLevels": [{"level": one.level, "dose": one.dose} for one in guideline.radiation_levels.values()],
        "conflicts": [
            {"modality": one.modality, "situation": one.situation, "ratings": [rating.id for rating in one.ratings],
             "text": conflict_in_words(guideline, one)}
            for one in conflicts(guideline)
        ],
    }  # fmt: skip


def table_lines(guideline: Guideline) -> Iterator[str]:
    """The same situation by situation, since no terminal is wide enough for a table; nothing where nothing is rated."""
    from edgewise.graph.ratings import conflict_in_words, conflicts, radiation, radiation_in_words, rated, table

    found = table(guideline)
    if found.situations:
        yield from ("", "Ratings of appropriateness, by situation")
    for situation in found.situations:
        yield f"  {guideline.situations[situation].label}"
        for method in found.methods:
            for one in found.cells.get((method, situation), ()):
                dose = radiation_in_words(guideline, radiation(guideline, one))
                yield f"    {guideline.modalities[method].label}: {', '.join(filter(None, (rated(one), dose)))}"
    yield from (f"  ≠ conflict: {conflict_in_words(guideline, one)}" for one in conflicts(guideline))


def conflict_lines(guideline: Guideline, among: Collection[Rating]) -> Iterator[str]:
    """Where some of these ratings part, in words."""
    from edgewise.graph.ratings import conflict_in_words, conflicts

    shown = {rating.id for rating in among}
    for conflict in conflicts(guideline):
        if shown & {rating.id for rating in conflict.ratings}:
            yield f"  {conflict_in_words(guideline, conflict)}"
