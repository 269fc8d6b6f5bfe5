"""All methods × all situations in one table: a cell tells its category by sign, words and colour, and its score on its own scale."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from edgewise.explorer.cards.evidence import PARTED, RAYS
from edgewise.explorer.cards.markup import Html, chip, join, symbol, tag
from edgewise.graph.model import Guideline, Rating
from edgewise.graph.ratings import Table, alike, category, category_in_words, levels_in_words, radiation, score_in_words, table

SIGNS = {"usually appropriate": "✓", "may be appropriate": "±", "usually not appropriate": "✗", "not stated": "·"}
"""Category → its sign."""
_NAME = "Ratings of all methods in all situations"


def rating_table(guideline: Guideline, mine: Collection[str] = ()) -> Html:
    """The table with its legend; nothing where fewer than two situations are rated.

    Args:
        guideline: whose ratings are shown.
        mine: ids of the situations in which a patient is known to be.
    """
    found = table(guideline)
    if len(found.situations) < 2:
        return Html("")
    found = found._replace(situations=(*(id for id in found.situations if id in mine), *(id for id in found.situations if id not in mine)))
    columns = (_column(guideline, id, mine) for id in found.situations)
    head = tag("thead", tag("tr", tag("th", "Method", scope="col"), *columns))
    body = tag("tbody", *(_row(guideline, found, id) for id in found.methods))
    grid = tag("table", head, body, cls="ew-matrix", aria_label=_NAME)
    region = tag("div", grid, cls="ew-scroll", role="region", tabindex="0", aria_label=_NAME)
    return join([tag("p", _caption(guideline), cls="ew-quiet"), region, radiation_legend(guideline)])


def _caption(guideline: Guideline) -> str:
    scale = _scale(guideline)
    scores = f" Scores are on a scale of {scale[0]} to {scale[1]}." if scale else ""
    return f"Every method in every situation that the source rates.{scores}"


def _scale(guideline: Guideline) -> tuple[int, int] | None:
    """The one scale of all scores; None where there are several, so that each score tells its own."""
    scales = {(one.scale_min, one.scale_max) for one in guideline.ratings.values() if one.score is not None}
    return scales.pop() if len(scales) == 1 else None


def radiation_legend(guideline: Guideline) -> Html:
    """What the levels of radiation stand for, as far as the source says; nothing where it gives no level."""
    told = levels_in_words(guideline)
    return tag("p", symbol(RAYS), f" {told}", cls="ew-quiet") if told else Html("")


def _column(guideline: Guideline, id: str, mine: Collection[str]) -> Html:
    here = [Html(" "), chip("this patient", "own", sign="✓")] if id in mine else []
    return tag("th", guideline.situations[id].label, *here, scope="col")


def _row(guideline: Guideline, found: Table, method: str) -> Html:
    levels = {radiation(guideline, one) for id in found.situations for one in found.cells.get((method, id), ())}
    level = next(iter(levels)) if len(levels) == 1 else None
    rays = [tag("span", symbol(RAYS), f" radiation level {level}", cls="ew-quiet ew-below")] if level is not None else []
    head = tag("th", guideline.modalities[method].label, *rays, scope="row")
    return tag("tr", head, *(_cell(guideline, found.cells.get((method, id), ()), each_level=len(levels) > 1) for id in found.situations))


def _cell(guideline: Guideline, ratings: Sequence[Rating], *, each_level: bool) -> Html:
    if not ratings:
        return tag("td", "not rated", cls="ew-quiet")
    told = [_rating(guideline, one, each_level=each_level) for one in ratings]
    if not alike(ratings):
        return tag("td", tag("strong", symbol(PARTED), " conflict", cls="ew-below"), *told, cls="ew-rated-in-conflict")
    return tag("td", *told, cls=f"ew-rated-{slug(ratings[0])}")


def _rating(guideline: Guideline, rating: Rating, *, each_level: bool) -> Html:
    named = category(rating)
    points = str(rating.score) if _scale(guideline) else score_in_words(rating)
    score = [tag("strong", points), Html(" ")] if rating.score is not None else []
    level = radiation(guideline, rating)
    rays = [tag("span", symbol(RAYS), f" {level}", cls="ew-quiet")] if each_level and level is not None else []
    return tag("div", symbol(SIGNS[named]), " ", *score, category_in_words(rating), Html(" "), *rays)


def slug(rating: Rating) -> str:
    """The end of the CSS class of a rating's category.

    >>> slug(Rating("r", "m", "s", 9, 1, 9, "s1")), slug(Rating("r", "m", "s", 4, 1, 5, "s1"))
    ('usually-appropriate', 'not-stated')
    """
    return category(rating).replace(" ", "-")
