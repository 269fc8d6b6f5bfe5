"""The pathway page: the guideline drawn on the left; on the right the walk for one patient, or the evidence of what was selected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import streamlit as st

from edgewise.explorer.cards.ends import STANDS
from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.cards.times import chips
from edgewise.explorer.cards.whose import labelled
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing import picture
from edgewise.explorer.drawing.canvas import canvas, stage, stage_ways
from edgewise.explorer.drawing.folding import bundled, folds, lane_of
from edgewise.explorer.drawing.scene import Click
from edgewise.explorer.pages.pathway.bridge import bridges
from edgewise.explorer.pages.pathway.lanes import lanes, turn
from edgewise.explorer.pages.pathway.page_state import PathwayState, select, turn_to, view_of
from edgewise.explorer.pages.pathway.panel import evidence_panel
from edgewise.explorer.pages.pathway.step_list import is_listed, look_up, step_list
from edgewise.explorer.pages.pathway.walk_keys import PANELS, walk_keys
from edgewise.explorer.pages.pathway.walk_panel import walk_panel
from edgewise.explorer.shell.frame import go, here, within
from edgewise.explorer.shell.known_notices import known_of, marks_of
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.attribution import READING
from edgewise.graph.gaps.memory import gaps_of, worked_out
from edgewise.graph.model import Guideline, Transition
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.sets import given_up

HEIGHT = 596
"""Of the drawing with its legend, in pixels: what a screen of 1280 × 720 leaves below the frame."""


_MANY = 80
"""Edges beyond which gaps are looked for only when somebody asks: it takes seconds then."""


def pathway() -> None:
    """Draw the page; what a click on it changes is drawn again without the frame."""
    found = here().opened
    if folds(found.scene):
        stage_ways(found.scene, key="canvas")  # what is drawn changes with the walk, and is staged within
    else:
        stage(found.scene, key="canvas", on_rest=partial(_find, found.guideline) if _waits(found.guideline) else None)
    _page()


@st.fragment
def _page() -> None:
    found = within()
    view = view_of(found.opened, found.location)
    if view.folding:
        with st.container(key="ew-staged", gap=None):
            stage(view.scene, key="canvas")
    left, right = st.columns([3, 2], gap="small")
    if is_listed(view):
        with left:
            _listed(view)
        return
    draw = (_left, left), (_right, right)
    # What a click asks for is sent first; on the first sight of the page that is the drawing.
    for part, column in reversed(draw) if view.location.selected and "canvas:drawn" in st.session_state else draw:
        with column:
            part(view)
    st.session_state["canvas:drawn"] = True


def _waits(guideline: Guideline) -> bool:
    """Whether its gaps will be looked for as soon as the drawing has stood for a moment."""
    return not worked_out(guideline) and len(guideline.transitions) <= _MANY


def _find(guideline: Guideline) -> None:
    gaps_of(guideline)  # the page that is drawn next shows them


def _left(view: PathwayState) -> None:
    with st.container(key="ew-drawing", gap="small"):
        _steering(view)
        st.html(page(tag("p", *_in_short(view), cls="ew-phone")))
        _canvas(view)


def _listed(view: PathwayState) -> None:
    """The list in place of drawing and panel; the row above it stays, and with it what is being typed there."""
    with st.container(
        key="ew-drawing", gap="small"
    ):  # the same as around the drawing: in another the field would be another, without its cursor
        _steering(view)
        step_list(view)


def _right(view: PathwayState) -> None:
    with st.container(key="ew-panel", gap="small"):
        if view.location.selected:
            _evidence(view)
        else:
            _panel(view)


def _panel(view: PathwayState) -> None:
    """The panel that the address asks for; each but the walk is loaded when it is."""
    own = view.location.own
    if own.get("why"):
        from edgewise.explorer.pages.pathway.why_panel import why_panel

        why_panel(view, own["why"])
    elif own.get("vary"):
        from edgewise.explorer.pages.pathway.what_if import what_if

        what_if(view, own["vary"])
    elif own.get("gaps"):
        from edgewise.explorer.pages.pathway.left_open import silences

        silences(view, own["gaps"])
    elif own.get("summary"):
        from edgewise.explorer.pages.pathway.patient_summary import patient_summary

        patient_summary(view)
    else:
        walk_panel(view)


# ---- the drawing -----------------------------------------------------------------------------------------------------


def _canvas(view: PathwayState) -> None:
    hidden_key = f"hidden:{view.location.guideline}"

    def hear(click: Click) -> None:
        if click.kind == "legend":
            st.session_state[hidden_key] = set(st.session_state.get(hidden_key, ())) ^ {click.id}
        elif click.kind == "lane" or (lane := lane_of(click.id)):
            turn(click.id if click.kind == "lane" else lane)
        elif lane := bundled(click.id):
            turn(lane)
        elif click.kind == "ghost":
            turn_to({"gaps": click.id})
        else:
            select(click.id)

    walk, ghost, ghosts = picture.highlight(view.drawn), picture.ghost(view.drawn), picture.silences(view.guideline)
    selected, folding, marks = view.location.selected, view.folding, marks_of(view.guideline)
    canvas(
        view.scene,
        selected=(folding.drawn(selected) if folding else selected) or None,
        walk=folding.highlight(walk) if folding else walk,
        hidden_states=st.session_state.get(hidden_key, ()),
        ghost=folding.ghost(ghost) if folding else ghost,
        ghosts=folding.ghosts(ghosts) if folding else ghosts,
        notices=folding.marks(marks) if folding else marks,
        key="canvas",
        height=HEIGHT,
        around=720 - HEIGHT,
        on_click=hear,
        rests=_waits(view.guideline),
    )


def _picked(key: str) -> None:
    if moved(key):
        select(st.session_state[key] or "")


def _steering(view: PathwayState) -> None:
    """The way so far, a search, and the same steps and edges as a list, for those who cannot or will not point at a drawing."""
    with st.container(key="ew-steering", horizontal=True, vertical_alignment="center", gap="small"):
        _breadcrumb(view)
        if view.folding:
            lanes(view.folding)
        look_up(view)
        walk_keys(view)


def _in_short(view: PathwayState) -> Iterable[str]:
    """For a narrow screen, where the panel stands below the drawing: what it holds."""
    walked, steps = view.walked, view.guideline.steps
    other = next((told for key, told in PANELS.items() if view.location.own.get(key)), "")
    if view.location.selected:
        yield from (tag("strong", "Evidence: "), _names(view.guideline)[view.location.selected])
    elif other:
        yield tag("strong", other)
    elif walked.due:
        yield from (tag("strong", "Due now: "), ", ".join(labelled(steps[id].name, walked.remark(id)) for id in walked.due))
    elif walked.waiting:
        yield from (tag("strong", "Later: "), ", ".join(steps[id].name for id in walked.waiting))
    else:
        yield f"{STANDS[walked.stands]}."
    yield " (below the drawing)"


def _breadcrumb(view: PathwayState) -> None:
    guideline, location = view.guideline, view.location
    left, inferred = given_up(view.walked.alternatives), view.walked.inferred
    path = [id for id in view.walked.path if not guideline.steps[id].companion_of and id not in left]
    mirror("way", location.selected if location.selected in path else None)
    st.pills(
        "The way so far",
        path,
        format_func=lambda id: plain(labelled(guideline.steps[id].name, READING if id in inferred else "")),
        key="way",
        label_visibility="collapsed",
        on_change=_picked,
        args=("way",),
    )


def _names(guideline: Guideline) -> dict[str, str]:
    """Every step, and below it the edges that leave it."""
    names = {}
    for step in guideline.steps.values():
        names[step.id] = step.name
        names |= {t.id: _named(f"{step.name} → {guideline.steps[t.target].name}", t) for t in Pathway.of(guideline).out_of(step.id)}
    return names


def _named(ends: str, edge: Transition) -> str:
    return labelled(ends, READING if edge.stated_by == "modeller" else "")


# ---- evidence --------------------------------------------------------------------------------------------------------


def _evidence(view: PathwayState) -> None:
    id = view.location.selected
    back = "Back to the list" if view.location.own.get("find") else "Back to the walk"
    st.button(back, icon=":material/arrow_back:", key="close", type="tertiary", on_click=select, args=("",))
    choice, remark, known = view.walked.edges.get(id), view.walked.remark(id), known_of(view.guideline)
    found = evidence_panel(
        view.guideline, id, select, choice=choice, remark=remark, in_time=chips(view.walked, id), known=known, key="evidence"
    )
    if id in view.guideline.steps:
        bridges(view, [view.guideline.steps[id]], "card")
    sources = [reference.id for reference in found.references] if found else []
    if sources:
        st.button(
            "What falls without these sources",
            icon=":material/arrow_forward:",
            key="falls",
            type="tertiary",
            on_click=_take_away,
            args=(sources,),
        )


def _take_away(sources: list[str]) -> None:
    """To the Evidence page, with these references taken away."""
    go(replace(here().location, selected="", page="evidence", own={"ref": " ".join(sources)}))
