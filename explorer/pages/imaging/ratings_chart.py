"""Ratings by situation as a chart: one row a rating, its score on the scale, the bands of the scale behind it.

Drawn by the Vega that Streamlit carries. Texts of a guideline go in as values of a table, never into an expression, and Vega draws
them as text. Nothing is told by colour alone: the bands are labelled, the score stands on its dot, and a table repeats it all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import altair as alt

from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.drawing.palette import BAND_FILLS, CHART_INKS
from edgewise.graph.model import Guideline, Rating, Situation
from edgewise.graph.ratings import bands, best_first, rated

Ground = Literal["light", "dark"]
UNSCORED = (0, 0)
"""In the place of a scale, of ratings that are a category alone: they stand in the table, and no chart can place them."""
TOP, HEADING, ROW, AXIS = 36, 27, 42, 8
HEADING_SIZE, LABEL_SIZE, LONGEST = 13, 12, 200
_TOLD = [alt.Tooltip("label:N", title="Method"), alt.Tooltip("rated:N", title="Rated"), alt.Tooltip("situation:N", title="Situation")]


class Group(NamedTuple):
    """The ratings of one situation on one scale, best first, then as the pathway comes to them."""

    situation: Situation
    ratings: tuple[Rating, ...]


def groups(guideline: Guideline) -> dict[tuple[int, int], list[Group]]:
    """Ratings by scale and by situation, in the order of the situations: the one order for chart, table and choice.

    >>> from edgewise.graph.library import load
    >>> found = groups(load("sacroiliac-sclerosis").guideline)[1, 9]
    >>> [[rating.score for rating in group.ratings] for group in found]
    [[9, 9], [8, 8], [7]]
    """
    found: dict[tuple[int, int], list[Group]] = {}
    place = {id: index for index, id in enumerate(_along_the_pathway(guideline))}
    ordered = sorted(guideline.situations.values(), key=lambda situation: situation.order)
    for scale in sorted({(rating.scale_min, rating.scale_max) for rating in guideline.ratings.values()}, key=_unscored_last):
        on_scale = [rating for rating in guideline.ratings.values() if (rating.scale_min, rating.scale_max) == scale]
        for situation in ordered:
            rated = [rating for rating in on_scale if rating.situation == situation.id]
            rated.sort(key=lambda rating: (best_first(rating), place.get(rating.modality, len(place))))
            if rated:
                found.setdefault(scale, []).append(Group(situation, tuple(rated)))
    return found


def _unscored_last(scale: tuple[int, int]) -> tuple[bool, tuple[int, int]]:
    return scale == UNSCORED, scale


def _along_the_pathway(guideline: Guideline) -> list[str]:
    """Modalities in the order of the steps that use them, then the rest."""
    phases = {phase.id: phase.order for phase in guideline.phases.values()}
    steps = sorted(guideline.steps.values(), key=lambda step: (phases.get(step.phase, 0), step.order))
    return list(dict.fromkeys([*(step.modality for step in steps), *guideline.modalities]))


def chart(guideline: Guideline, scale: tuple[int, int], found: Sequence[Group], *, picked: str, ground: Ground = "light") -> alt.LayerChart:
    """The chart of one scale.

    Args:
        guideline: names the modalities.
        scale: lowest and highest score.
        found: what `groups` found for this scale.
        picked: id of the modality to stress.
        ground: what the page looks like.
    """
    rows, heads, height = _rows(guideline, found, picked)
    ink = CHART_INKS[ground]
    place = _Place(_axis(scale, ink), alt.Scale(domain=[scale[0] - 0.5, scale[1] + 0.5], nice=False, zero=False), height)
    layers = [*_bands(scale, place, ground), *_marks(scale, rows, place, ink)]
    layers += [_texts(heads, place, ink["text"], HEADING_SIZE, "bold"), _texts(rows, place, ink["text"], LABEL_SIZE, "normal")]
    return alt.layer(*layers).properties(height=height, description=_told(rows)).configure_view(stroke=None)


class _Place(NamedTuple):
    """Scores across, pixels down; every layer has to name the same axes, or Vega-Lite fails to merge them."""

    axis: alt.Axis
    scale: alt.Scale
    height: int

    def x(self, field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=self.axis, scale=self.scale)

    def y(self, field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, self.height], reverse=True, nice=False, zero=False))


def _rows(guideline: Guideline, found: Sequence[Group], picked: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Rows and headings with their place in pixels from the top, and the height of it all."""
    rows: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    y = TOP
    for group in found:
        heads.append({"label": clean(group.situation.label)[:LONGEST], "at": y + HEADING - 9})
        y += HEADING
        for rating in group.ratings:
            named = guideline.modalities.get(rating.modality)
            label = clean(named.label if named else rating.modality)[:LONGEST]
            is_picked = rating.modality == picked
            rows.append(
                {
                    "label": label,
                    "rated": rated(rating),
                    "situation": clean(group.situation.label)[:LONGEST],
                    "score": rating.score,
                    "at": y + 10,  # clear of a dot at the low end
                    "y": y + 29,
                    "from": y,
                    "to": y + ROW - 2,
                    "picked": is_picked,
                }
            )
            y += ROW
    return rows, heads, y + AXIS


def _axis(scale: tuple[int, int], ink: dict[str, str]) -> alt.Axis:
    low, high = scale
    values = list(range(low, high + 1)) if high - low <= 10 else [low, (low + high) / 2, high]
    return alt.Axis(values=values, title=None, grid=False, domain=False, ticks=False, format="d", labelColor=ink["quiet"], labelFontSize=12)


def _bands(scale: tuple[int, int], place: _Place, ground: Ground) -> list[alt.Chart]:
    found = [
        {"start": band.low - 0.5, "end": band.high + 0.5, "top": 0, "bottom": place.height, "fill": BAND_FILLS[ground][band.category],
         "middle": (band.low + band.high) / 2, "label": _in_two_lines(f"{band.low}–{band.high} {band.category}")}
        for band in bands(*scale)
    ]  # fmt: skip
    if not found:
        return []
    base = _silent(alt.Data(values=found))
    fill = base.mark_rect(stroke=CHART_INKS[ground]["quiet"], strokeOpacity=0.15)
    named = base.mark_text(align="center", baseline="top", lineBreak="\n", fontSize=12, color=CHART_INKS[ground]["quiet"], dy=4)
    colour = alt.Color("fill:N", scale=None, legend=None)
    return [
        fill.encode(x=place.x("start"), x2="end:Q", y=place.y("top"), y2="bottom:Q", color=colour),
        named.encode(x=place.x("middle"), y=place.y("top"), text="label:N"),
    ]


def _marks(scale: tuple[int, int], rows: list[dict[str, Any]], place: _Place, ink: dict[str, str]) -> list[alt.Chart]:
    data = alt.Data(values=[{**row, "start": scale[0] - 0.5, "end": scale[1] + 0.5} for row in rows])
    base, silent = alt.Chart(data).encode(tooltip=_TOLD), _silent(data)
    colour = alt.condition(alt.datum.picked, alt.value(ink["picked"]), alt.value(ink["dot"]))
    stripe = silent.transform_filter(alt.datum.picked).mark_rect(color=ink["row"], opacity=0.75)
    return [
        stripe.encode(x=place.x("start"), x2="end:Q", y=place.y("from"), y2="to:Q"),
        base.mark_rule(strokeWidth=3, opacity=0.55).encode(x=place.x("start"), x2="score:Q", y=place.y("y"), color=colour),
        base.mark_circle(size=420, opacity=1).encode(x=place.x("score"), y=place.y("y"), color=colour),
        base.mark_text(color=ink["score"], fontSize=12, fontWeight="bold").encode(x=place.x("score"), y=place.y("y"), text="score:Q"),
    ]


def _silent(data: alt.Data) -> alt.Chart:
    """Marks that tell nothing when pointed at: left to themselves, they would tell the names of our fields."""
    return alt.Chart(data).encode(tooltip=alt.value(None))


def _texts(rows: list[dict[str, Any]], place: _Place, colour: str, size: int, weight: Literal["bold", "normal"]) -> alt.Chart:
    room = alt.ExprRef("width - 16")  # Vega itself shortens what is longer than the chart is wide
    base = _silent(alt.Data(values=rows))
    written = base.mark_text(align="left", baseline="middle", fontSize=size, fontWeight=weight, color=colour, limit=room)
    return written.encode(x=alt.value(8), y=place.y("at"), text="label:N")


def _told(rows: Sequence[dict[str, Any]]) -> str:
    return "Ratings of appropriateness: " + "; ".join(f"{row['label']} {row['score']}" for row in rows)


def _in_two_lines(label: str) -> str:
    first, _, last = label.rpartition(" ")
    return f"{first}\n{last}"
