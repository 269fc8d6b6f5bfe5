"""A draft as those see it to whom it was shared: the pathway, what stands behind each part of it, and what is still wrong or missing.

Nothing here can change it: there is no form, and the name in the address is one with which nothing can be changed.
"""

from __future__ import annotations

import streamlit as st

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.step_and_edge import edge_body, edge_head, step_body, step_head
from edgewise.explorer.drawing.canvas import canvas, stage
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Click
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.drawn_pane import AROUND, HEIGHT
from edgewise.explorer.pages.build.findings_pane import findings_pane
from edgewise.explorer.pages.build.toolbar import download, watch
from edgewise.explorer.shell.known_notices import known_of, marks_of
from edgewise.graph.model import Guideline

_LEADS = {"": ("Try the walk", "directions_walk"), "evidence": ("Evidence", "menu_book"), "audit": ("Audit", "fact_check")}


def review_pane(found: Desk) -> None:
    """Draw the whole of it."""
    with st.container(key="ew-build-tools", horizontal=True, vertical_alignment="center", gap="small"):
        for page, (label, icon) in _LEADS.items():
            if found.loaded:
                st.button(label, key=f"build-to:{page}", icon=f":material/{icon}:", on_click=_lead, args=(page, found.name))
        download(found)
        st.button("Begin a draft with a copy", key="build-review-copy", type="tertiary", on_click=_copy, args=(found,))
    watch(found.name, found.draft.revision)
    middle, right = st.columns([5, 3], gap="small")
    with middle:
        _pathway(found)
    with right:
        findings_pane(found)


def _lead(page: str, name: str) -> None:
    st.query_params.from_dict({"g": name, **({"page": page} if page else {})})


def _copy(seen: Desk) -> None:
    desk.begin(seen.draft.text, seen.draft.title, "Begun with a draft that was shared for review", cases=seen.draft.cases)


def _pathway(found: Desk) -> None:
    if found.loaded is None or not found.loaded.guideline.steps:
        st.html(markup.page(tag("p", "There is nothing to be drawn yet.", cls="ew-quiet"), key="build-review-empty"))
        return
    guideline = found.loaded.guideline
    scene = picture(guideline)
    stage(scene, key="build-canvas")
    chosen = found.at if found.at in {*guideline.steps, *guideline.transitions} else None
    canvas(
        scene,
        selected=chosen,
        notices=marks_of(guideline),
        key="build-canvas",
        height=HEIGHT,
        around=AROUND,
        on_click=_clicked,
    )
    with st.container(key="ew-build-behind", gap="small"):
        _behind(guideline, found.at)


def _clicked(click: Click) -> None:
    if click.kind in ("node", "edge", "ground"):
        desk.turn(click.id)


def _behind(guideline: Guideline, id: str) -> None:
    """What stands behind the step or the edge that was pressed."""
    if id in guideline.transitions:
        edge, found = guideline.transitions[id], evidence(guideline, id)
        st.html(markup.page(edge_head(guideline, edge), *edge_body(guideline, edge, found, None, known_of(guideline)), key="build-behind"))
    elif id in guideline.steps:
        step, found = guideline.steps[id], evidence(guideline, id)
        st.html(markup.page(step_head(guideline, step, found), *step_body(guideline, step, found, known_of(guideline)), key="build-behind"))
    else:
        st.html(markup.page(tag("p", "Press a step or an edge: here stands what is behind it.", cls="ew-quiet"), key="build-behind"))
