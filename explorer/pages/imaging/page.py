"""The Imaging page: how appropriate each method is in each situation, and what the rating rests on.

With a patient in mind, the situations in which the patient is known to be come first; where there is one, it alone is shown.

Appropriateness, strength of recommendation and certainty of evidence are three axes. None is read out of another: where the source states
no strength or certainty of what it says of a method, nor of a step that uses it, the page says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from edgewise.citations.evidence.support import Evidence, evidence
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import Html, chip, section, symbol, tag
from edgewise.explorer.cards.rating_table import radiation_legend, rating_table
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.imaging import situations
from edgewise.explorer.pages.imaging.ratings_chart import UNSCORED, Ground, Group, chart, groups
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.row_clicks import pickable, row_clicks
from edgewise.graph.attribution import mark
from edgewise.graph.model import Guideline, Modality, Rating, Statement, Step
from edgewise.graph.ratings import (
    category_in_words,
    conflict_in_words,
    conflicts,
    radiation,
    radiation_in_words,
    rated,
    table,
)
from edgewise.graph.strength import Axis, together
from edgewise.graph.walking.situations import holding, placements
from edgewise.ontology.errors import EdgewiseError

CHOICE = "imaging-modality"


def page() -> None:
    """Draw the page for the guideline and the selection in the address."""
    try:
        view = frame.here()
    except EdgewiseError as error:
        frame.refuse(error)
        return
    guideline = view.guideline
    rated = rated_modalities(guideline)
    if not rated:
        _without_ratings(guideline)
        return
    picked = _picked(guideline, rated, view.location.selected)
    row_clicks(rated, _pick, panel=".st-key-ew-modality")
    left, right = st.columns([0.6, 0.4], gap=None)
    with left, st.container(key="ew-ratings", gap=None):
        _overview(view, picked)
    with right, st.container(key="ew-modality", gap="small"):
        _choose(guideline, rated, picked)
        back = tag("button", "↑ All ratings", type="button", cls="ew-pick ew-back-up", data_ew_back=".st-key-ew-ratings")
        st.html(markup.page(back, *_detail(guideline, guideline.modalities[picked]), key="modality"))


def rated_modalities(guideline: Guideline) -> tuple[str, ...]:
    """Ids of the modalities that have a rating, in the order of chart and table."""
    found = (rating.modality for listed in groups(guideline).values() for group in listed for rating in group.ratings)
    return tuple(id for id in dict.fromkeys(found) if id in guideline.modalities)


def evidence_of(guideline: Guideline, modality: str) -> Evidence:
    """The evidence behind a modality's ratings and description, judged as that of a step which uses it and is nothing more."""
    bare = Step(modality, "Investigation", guideline.modalities[modality].label, "", "", modality=modality)
    return evidence(replace(guideline, steps={modality: bare}, transitions={}), modality)


def _without_ratings(guideline: Guideline) -> None:
    told = "This guideline rates no imaging method: there is nothing to set side by side here."
    with st.container(key="ew-ratings"):
        st.html(markup.page(tag("h1", "Imaging")))
        st.info(
            f"{told} Write `modalities`, `situations` and `ratings` into its file to set them side by side."
            + (" What it says of each method stands with its step on the Pathway page." if guideline.modalities else "")
        )


def _picked(guideline: Guideline, rated: Sequence[str], selected: str) -> str:
    """The modality of the selected step; else the first. What no address can name, since no step uses it, is remembered here."""
    step = guideline.steps.get(selected)
    if step and step.modality in rated:
        return step.modality
    before = str(st.session_state.get(CHOICE, ""))
    return before if before in rated and not selected and not _step_of(guideline, before) else rated[0]


def _choose(guideline: Guideline, rated: Sequence[str], picked: str) -> None:
    def named(id: str) -> str:
        return clean(guideline.modalities[id].label)

    st.session_state[CHOICE] = picked
    st.selectbox("Method", rated, key=CHOICE, format_func=named, on_change=_show)


def _pick(modality: str) -> None:
    """Show the method of the row that was pressed."""
    st.session_state[CHOICE] = modality
    _show()


def _show() -> None:
    view = frame.here()
    frame.go(replace(view.location, selected=_step_of(view.guideline, st.session_state[CHOICE])))


def _step_of(guideline: Guideline, modality: str) -> str:
    """The step an address can name for a modality; empty where no step uses it."""
    return next((step.id for step in guideline.steps.values() if step.modality == modality), "")


def _overview(view: frame.Here, picked: str) -> None:
    guideline, location = view.guideline, view.location
    placed = placements(guideline, location.facts)
    choice = situations.chosen(guideline, location, placed)
    st.html(markup.page(tag("h1", "How appropriate is which image?"), key="imaging"))
    situations.patient(guideline, location, placed)
    situations.choose(guideline, choice, placed)
    whole, first = rating_table(guideline, holding(placed)), choice == situations.ALL and table(guideline).dense
    if whole and first:
        _whole(whole)
    _by_situation(guideline, picked, situations.shown(guideline, choice, placed))
    if whole and not first:
        _whole(whole)


def _whole(whole: Html) -> None:
    st.html(markup.page(tag("h2", "All situations", cls="ew-heading"), whole, key="matrix"))


def _by_situation(guideline: Guideline, picked: str, shown: Sequence[str]) -> None:
    """Chart and table of the situations shown, in this order, scale by scale."""
    told = [conflict_in_words(guideline, one) for one in conflicts(guideline) if one.situation in shown]
    if told:
        st.html(markup.page(*(cards.conflict(one) for one in told), key="conflicts"))
    ground: Ground = "dark" if st.context.theme.type == "dark" else "light"
    states = {id: evidence_of(guideline, id).state for id in rated_modalities(guideline)}
    for scale, every in groups(guideline).items():
        found = sorted((one for one in every if one.situation.id in shown), key=lambda one: shown.index(one.situation.id))
        if found and scale != UNSCORED:
            drawn = _drawn(guideline, scale, found, picked, ground)
            st.vega_lite_chart(json.loads(drawn), width="stretch", key=f"ratings-{scale[0]}-{scale[1]}")
        if found:
            st.html(markup.page(_table(guideline, scale, found, picked, states), key="ratings"))
    if len(situations.rated_situations(guideline)) < 2 and (legend := radiation_legend(guideline)):
        st.html(markup.page(legend))


def _drawn(guideline: Guideline, scale: tuple[int, int], found: Sequence[Group], picked: str, ground: Ground) -> str:
    """The chart as Vega-Lite reads it, drawn once: Altair checks each of its parts, which takes longer than all else on the page."""
    asked = scale, tuple(one.situation.id for one in found), picked, ground
    return guideline.once("chart", asked, lambda: json.dumps(chart(guideline, scale, found, picked=picked, ground=ground).to_dict()))


def _table(guideline: Guideline, scale: tuple[int, int], found: Sequence[Group], picked: str, states: Mapping[str, str]) -> Html:
    how = "in the source's words, without a score" if scale == UNSCORED else f"on a scale of {scale[0]} to {scale[1]}"
    told = f"Ratings of appropriateness {how}. Press a row to see what it rests on."
    caption = tag("caption", told, cls="ew-quiet")
    names = (("Method", ""), ("Region", "ew-wide"), ("Contrast", "ew-wide"), ("Rating", ""), ("Evidence", ""))
    head = tag("thead", tag("tr", *(tag("th", name, scope="col", cls=cls) for name, cls in names)))
    return tag("table", caption, head, *(_group(guideline, group, picked, states) for group in found))


def _group(guideline: Guideline, group: Group, picked: str, states: Mapping[str, str]) -> Html:
    heading = tag("tr", tag("th", group.situation.label, scope="rowgroup", colspan="5"))
    return tag("tbody", heading, *(_row(guideline, rating, picked, states) for rating in group.ratings))


def _row(guideline: Guideline, rating: Rating, picked: str, states: Mapping[str, str]) -> Html:
    modality = guideline.modalities.get(rating.modality)
    if modality is None:
        return Html("")
    region, contrast = (getattr(modality, key) + mark(modality, key) for key in ("region", "contrast"))
    narrow = tag("span", f"{region}; contrast: {contrast}", cls="ew-narrow ew-quiet")
    chosen = modality.id == picked
    cells = [tag("td", part, cls="ew-wide") for part in (region, contrast)]
    points = [tag("strong", str(rating.score)), Html(" ")] if rating.score is not None else []
    dose = radiation_in_words(guideline, radiation(guideline, rating))
    rays = [tag("span", symbol(cards.RAYS), f" {dose}", cls="ew-quiet ew-below")] if dose else []
    score = tag("td", *points, tag("span", category_in_words(rating), cls="ew-quiet"), *rays)
    state = tag("td", cards.state_chip(states[modality.id]))
    head = tag("th", pickable(modality.label, picked=chosen), " ", narrow, scope="row")
    current = "true" if chosen else ""
    return tag("tr", head, *cells, score, state, cls="ew-picked" if chosen else "", aria_current=current, data_ew_pick=modality.id)


def _detail(guideline: Guideline, modality: Modality) -> list[Html]:
    found = evidence_of(guideline, modality.id)
    method, contrast, region = (getattr(modality, key) + mark(modality, key) for key in ("method", "contrast", "region"))
    facts = [chip(method), chip(f"contrast: {contrast}"), chip(region), *_rays(guideline, modality)]
    return [
        tag("h2", modality.label),
        tag("div", *facts, cls="ew-row"),
        _axes(guideline, found),
        cards.state(found),
        cards.statements(found.supports),
        cards.references(guideline, found.references, found.supports),
        _remarks(guideline, found, modality),
    ]


def _rays(guideline: Guideline, modality: Modality) -> list[Html]:
    """The radiation of a method: its own, and what is said otherwise for single situations."""
    told = radiation_in_words(guideline, modality.radiation)
    own = [chip(told + mark(modality, "radiation"), sign=cards.RAYS)] if told else []
    special = [one for one in guideline.ratings.values() if one.modality == modality.id and one.radiation not in (None, modality.radiation)]
    return own + [chip(f"{radiation_in_words(guideline, one.radiation)}, {_situation(guideline, one)}", sign=cards.RAYS) for one in special]


def _remarks(guideline: Guideline, found: Evidence, modality: Modality) -> Html:
    """Notes on the method and on the steps that use it: what the source leaves unsaid after an image stands there."""
    about = {modality.id, *(step.id for step in guideline.steps.values() if step.modality == modality.id)}
    behind = {note.id for note in found.notes}
    return cards.notes(guideline, [note for note in guideline.notes.values() if note.id in behind or about & set(note.about)], about)


def _axes(guideline: Guideline, found: Evidence) -> Html:
    """The three axes side by side, none taken from another."""
    rows = [Axis(f"Appropriateness, {_situation(guideline, rating)}", rated(rating)) for rating in found.ratings]
    listed = tag("dl", *map(cards.axis, (*rows, *together(guideline, _graded(guideline, found)))))
    return section("Three axes, kept apart", listed, *cards.parted(guideline, found.ratings))


def _graded(guideline: Guideline, found: Evidence) -> list[Statement]:
    """What the source grades of a method: where it rates or describes it, and of the steps that use it."""
    steps = [step.id for step in guideline.steps.values() if step.modality == found.id]
    said = [*found.graded, *(one for id in steps for one in evidence(guideline, id).graded)]
    return list({one.id: one for one in said}.values())


def _situation(guideline: Guideline, rating: Rating) -> str:
    situation = guideline.situations.get(rating.situation)
    return situation.label[:1].lower() + situation.label[1:] if situation else rating.situation
