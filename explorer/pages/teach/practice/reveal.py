"""A stage after its commitment, and the summary at the end of a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from edgewise.explorer.cards.markup import Html, join, page, section, symbol, tag
from edgewise.explorer.cards.walked_edges import SIGNS, disagreement, standing
from edgewise.explorer.pages.teach import revealed_answer as told
from edgewise.explorer.pages.teach.practice.log import VERDICTS
from edgewise.explorer.pages.teach.practice.session import to_pathway, token, turn_to
from edgewise.explorer.pages.teach.round import Commitment, Round
from edgewise.graph.walking.walk import Standing, Walk, walk_present


def reveal(one: Round, turn: str) -> None:
    """What the guideline names at the stage looked at, why, and why not something else; `turn` marks its beginning."""
    guideline, entry, stage = one.guideline, one.entries[one.last], one.case.stages[one.last]
    now = one.case.present(guideline, one.last)
    guideline, walked = now.guideline, walk_present(now)
    edges = told.deciding(guideline, walked, entry.answer, entry.facts)
    st.html(page(told.verdict(guideline, walked, entry), told.named(guideline, walked, entry.answer, entry.facts), key=turn))
    _edges(one, entry, walked, edges)
    for pick in told.not_due(walked, entry):
        _why_not(one, entry, walked, edges, pick)
    conflicts = [disagreement(guideline, conflict) for conflict in walked.conflicts]
    st.html(page(join([*conflicts, told.traps(guideline, entry), told.points(guideline, stage.points)])))
    with st.container(key="ew-practise-next"):
        label = "To the summary" if one.last + 1 == len(one.case.stages) else "Next stage"
        icon, key = ":material/arrow_forward:", f"practise:next:{one.last}"
        st.button(label, key=key, type="primary", icon=icon, icon_position="right", on_click=turn_to, args=(one.last + 1,))


def _edges(one: Round, entry: Commitment, walked: Walk, edges: Sequence[Standing]) -> None:
    near, more = told.in_sight(edges)
    for choice in near:
        _edge(one, entry, walked, choice)
    if more:
        with st.expander(f"{len(more)} more edges"):
            for choice in more:
                _edge(one, entry, walked, choice)


def _edge(one: Round, entry: Commitment, walked: Walk, choice: Standing) -> None:
    """An edge as a card, with the way to its evidence."""
    _, _, tone = SIGNS[standing(choice)]
    id = choice.transition.id
    mark = token(one.last, id)
    with st.container(key=f"ew-card-{tone}-practise-{mark}", gap=None):
        whole_way = told.whole_way(one.case.present(one.guideline, one.last).guideline, walked, choice, entry.facts)
        st.html(page(told.head(one.guideline, choice), told.body(one.guideline, choice, whole_way)))
        st.button(
            "Its evidence on the Pathway page →", key=f"practise:edge:{mark}", type="tertiary", on_click=to_pathway, args=(id, entry.facts)
        )


def _why_not(one: Round, entry: Commitment, walked: Walk, edges: Sequence[Standing], pick: str) -> None:
    guideline, stage = one.guideline, one.case.stages[entry.stage - 1]
    entry = replace(entry, pick=pick)  # of several picks the one asked about
    way = told.against(walked, pick)
    heading = f"Why not “{told.name(guideline, pick)}”?"
    way = way if told.shows_way(walked, entry, way) else None
    why = tag("p", told.why_not(guideline, walked, entry, way, told=way in edges))
    st.html(page(section(heading, told.temptation(stage, entry), why)))
    if way and way not in edges:
        _edge(one, entry, walked, way)


def summary(one: Round, turn: str) -> None:
    """How the case went, stage by stage, and what to take home."""
    guideline, case = one.guideline, one.case
    rows = [_row(one, entry) for entry in one.entries]
    verdict = tag("th", tag("span", "Verdict", cls="ew-unseen"), scope="col")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in ("Stage", "You", "The guideline")), verdict))
    lede = tag("p", f"{one.right} of {len(one.entries)} right", cls="ew-lede")
    points = (point for stage in case.stages for point in stage.points)
    title = tag("h1", case.title, tabindex="-1")
    st.html(page(tag("p", "Summary", cls="ew-over"), title, lede, tag("table", head, tag("tbody", *rows)), key=turn))
    learnt = [part for part in (_pitfalls(one), told.points(guideline, points)) if part]
    st.html(page(*([tag("h2", "What to take from it", cls="ew-unseen")] if learnt else []), *learnt))


def _row(one: Round, entry: Commitment) -> Html:
    sign, tone, _ = told.HEADS[entry.outcome]
    mark = tag("span", symbol(sign), " ", VERDICTS[entry.outcome], cls=f"ew-ink-{tone}")
    along = [pick for pick in entry.picks if entry.outcome == "right" and pick not in entry.named]
    cells = (told.picked(one.guideline, entry.picks), told.picked(one.guideline, [*entry.named, *along]), mark)
    return tag("tr", tag("th", str(entry.stage), scope="row"), *(tag("td", cell) for cell in cells))


def _pitfalls(one: Round) -> Html:
    met: Iterable[str] = dict.fromkeys(id for entry in one.entries for id in entry.met)
    lines = [tag("li", tag("strong", f"{_met(one, id)}: "), told.pitfall_name(one.guideline, id), ".") for id in met]
    return section("Pitfalls on the way", tag("ul", *lines, cls="ew-list")) if lines else Html("")


def _met(one: Round, id: str) -> str:
    """How it went with a pitfall: only who was right wherever it lay has passed it by."""
    entries = [entry for entry in one.entries if id in entry.met]
    if any(id in entry.fallen for entry in entries):
        return "Fallen into"
    return "Passed by" if all(entry.outcome == "right" for entry in entries) else "On the way"
