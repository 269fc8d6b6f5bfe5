"""Every step and edge as a list that can be read, and what a search finds in it, in steps, passages, references and terms.

Each row is a button: it leads to what it names. Kinds and states are told by a sign and by a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from itertools import groupby

import streamlit as st

from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.markup import Html, chip, join, page, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.terms import told
from edgewise.explorer.cards.times import SIGNS as TIME_SIGNS
from edgewise.explorer.cards.walked_edges import NOT_REACHED, SIGNS, standing
from edgewise.explorer.cards.whose import SIGN
from edgewise.explorer.cards.why import STATES
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.picture import badge
from edgewise.explorer.pages.pathway.page_state import PathwayState, select, turn_to
from edgewise.explorer.shell.frame import go, here
from edgewise.explorer.shell.known_notices import marks_of
from edgewise.explorer.shell.location import cut
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.dosing import component_told
from edgewise.graph.model import Guideline, Step, Transition
from edgewise.graph.pathway import Pathway
from edgewise.graph.search import Hit, Index, Kind
from edgewise.graph.strength import in_words
from edgewise.graph.walking.timing import window

ALL = "*"
"""What the address looks for when everything is to be listed."""
_ASKED = "Search steps, passages, references and terms"
FIELD = "look-up"
"""The key of the field that is searched by."""
ICONS = {"Presentation": "person", "Investigation": "search", "Treatment": "healing", "Endpoint": "flag"}
_GROUPS: dict[Kind, str] = {"step": "Steps", "edge": "Edges", "term": "Terms", "passage": "What the source says", "reference": "References"}
_MOST = 40
"""Rows of one kind that are shown at once."""


def look_up(view: PathwayState) -> None:
    """The field to search by and the button for the whole list, in the row above the drawing."""
    wanted = view.location.own.get("find", "")
    mirror(FIELD, "" if wanted == ALL else wanted)
    st.text_input(_ASKED, key=FIELD, placeholder="Search", label_visibility="collapsed", on_change=_heard)
    if wanted and not view.location.selected:
        st.button("Drawing", icon=":material/account_tree:", key="list", type="tertiary", on_click=turn_to, args=({},))
    else:
        st.button("Steps and edges", icon=":material/list:", key="list", type="tertiary", on_click=turn_to, args=({"find": ALL},))


def _heard() -> None:
    if moved(FIELD):
        asked = st.session_state[FIELD].strip()
        turn_to({"find": asked} if asked else {})


def is_listed(view: PathwayState) -> bool:
    """Whether the list stands in place of drawing and panel."""
    return bool(view.location.own.get("find")) and not view.location.selected


def step_list(view: PathwayState) -> None:
    """Draw it: everything, or what was found."""
    wanted = view.location.own.get("find", "")
    with st.container(key="ew-list", gap="small"):
        if wanted == ALL:
            st.html(join([_style(), page(tag("h2", "Steps and edges"))]))
            for phase, steps in groupby(view.guideline.steps.values(), key=lambda step: step.phase):
                st.html(page(tag("h3", _phase(view.guideline, phase))))
                for step in steps:
                    _step(view, step, Pathway.of(view.guideline).out_of(step.id), phase=phase)
        else:
            _found(view, wanted, _index(view.guideline).search(wanted))


@cache
def _style() -> Html:
    """The style sheet of the list, which comes and goes with it."""
    sheet = resources.files("edgewise.explorer.pages.pathway").joinpath("step_list.css").read_text(encoding="utf-8")
    return Html(f"<style>{sheet}</style>")


# The index keeps its guideline, so that no other gets its number.
@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs={Guideline: id})
def _index(guideline: Guideline) -> Index:
    return Index(guideline)


def _found(view: PathwayState, wanted: str, hits: Sequence[Hit]) -> None:
    count = f"{many(len(hits), 'hit')} for “{cut(wanted)}”" if hits else f"Nothing here has “{cut(wanted)}”"
    more = [] if hits else [tag("p", "Try fewer or shorter words; the list has every step and edge.")]
    st.html(join([_style(), page(tag("h2", count), *more)]))
    for kind, group in groupby(hits, key=lambda hit: hit.kind):
        ids = [hit.id for hit in group]
        rest = f", the first {_MOST} of {len(ids)}" if len(ids) > _MOST else ""
        st.html(page(tag("h3", f"{_GROUPS[kind]}{rest}")))
        for id in ids[:_MOST]:
            _row(view, kind, id)


def _row(view: PathwayState, kind: Kind, id: str) -> None:
    guideline = view.guideline
    if kind == "step":
        _step(view, guideline.steps[id])
    elif kind == "edge":
        edge = guideline.transitions[id]
        _edge(view, edge, f"{guideline.steps[edge.source].name} → {guideline.steps[edge.target].name}")
    elif kind == "term":
        term = guideline.glossary[id]
        st.html(page(tag("div", tag("h4", term.term), *told(guideline, term), cls="ew-card ew-worded")))
    elif kind == "passage":
        passage = guideline.passage(id)
        leads = {"statement": id} if id in guideline.statements else {"show": "edges"}
        beside = ", ".join(filter(None, (passage.kind, str(passage.place), in_words(guideline, passage))))
        label = f"{plain(passage.text)} *{plain(beside)}*"
        _button(f"passage:{id}", label, "format_quote", _to_evidence, leads)
    else:
        entry = guideline.references[id]
        details = ", ".join(part for part in (entry.author, entry.container, entry.dated) if part)
        label = f"**\\[{entry.position}\\]** {plain(entry.title)} *{plain(details)}*"
        _button(f"reference:{id}", label, "article", _to_evidence, {"ref": id})


def _to_evidence(own: dict[str, str]) -> None:
    go(replace(here().location, selected="", page="evidence", own=own))


# ---- steps and edges -------------------------------------------------------------------------------------------------


def _step(view: PathwayState, step: Step, edges: Iterable[Transition] = (), phase: str = "") -> None:
    """A step with the edges that leave it; its phase is told unless the heading above did."""
    sign, word = _stands(view, step)
    whose = f" *{SIGN} {plain(remark)}*" if (remark := view.walked.remark(step.id)) else ""
    with st.container(key=f"ew-row-{step.id}", gap=None):
        _button(
            f"row:{step.id}",
            f"**{plain(step.label)}**{_noticed(view, step.id)} *{sign} {plain(word)}*{whose}",
            ICONS[step.kind],
            select,
            step.id,
        )
        st.html(page(tag("div", *_remarks(view.guideline, step, phase), cls="ew-row")))
        for edge in edges:
            _edge(view, edge, view.guideline.steps[edge.target].name)


def _edge(view: PathwayState, edge: Transition, name: str) -> None:
    sign, word, _ = SIGNS[standing(view.walked.edges[edge.id])]
    mark = f" *{' '.join(cards.STATES['inferred'])}*" if edge.stated_by == "modeller" else ""
    mark += _noticed(view, edge.id)
    told = f": {plain(edge.label)}" if edge.label else ""
    _button(f"row:{edge.id}", f"{plain(name)}{told}{mark} *{sign} {plain(word)}*", "arrow_forward", select, edge.id)


def _noticed(view: PathwayState, id: str) -> str:
    """That works behind it were retracted or are in doubt, as the drawing marks it."""
    mark = marks_of(view.guideline).get(id)
    return f" *{plain(mark.told)}*" if mark else ""


def _button(key: str, label: str, icon: str, act: Callable[..., None], arg: object) -> None:
    st.button(label, icon=f":material/{icon}:", key=key, type="tertiary", width="stretch", on_click=act, args=(arg,))


def _remarks(guideline: Guideline, step: Step, phase: str) -> Iterable[Html]:
    yield chip(step.kind.lower())
    if step.phase != phase:
        yield chip(_phase(guideline, step.phase))
    if rated := badge(guideline, step):
        yield chip(f"rated {rated}", "own", sign="★")
    if step.timed:
        yield chip(window(guideline, step), sign=TIME_SIGNS["waiting"][0])
    if step.components:
        yield tag("span", "; ".join(map(component_told, step.components)), cls="ew-quiet")


def _phase(guideline: Guideline, id: str) -> str:
    return guideline.phases[id].label if id in guideline.phases else id


def _stands(view: PathwayState, step: Step) -> tuple[str, str]:
    """How this patient stands to a step, as sign and word: due, done, or as the nearest of the edges that lead to it."""
    timing = view.walked.timing.get(step.id)
    if timing and timing.state != "due":
        return TIME_SIGNS[timing.state][:2]
    if step.id in view.walked.due:
        return STATES["due"][:2]
    if step.id in view.walked.path:
        return STATES["passed"][:2]
    edges = [view.walked.edges[edge.id] for edge in Pathway.of(view.guideline).into(step.id)]
    order = list(SIGNS)
    found = min((standing(edge) for edge in edges), key=order.index, default=NOT_REACHED)
    return SIGNS[found][:2]
