"""The drawing on the Build page: what is clicked is worked on; what is dragged, or double-clicked, changes the draft."""

from __future__ import annotations

from functools import partial

import streamlit as st

from edgewise.explorer.drawing.canvas import canvas, stage
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Click
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.edges import draw_edge
from edgewise.explorer.pages.build.forms.fields import show_fault
from edgewise.explorer.pages.build.forms.steps import add_step, carry
from edgewise.explorer.pages.build.part_pane import FROM

CANVAS = "build-canvas"
HEIGHT = 300
"""Of the drawing at least, in pixels."""
AROUND, BESIDE_FORM = 400, 560
"""What a screen keeps for the rest, in pixels: with nothing worked on, and with the form of a part below."""


def drawn(found: Desk) -> None:
    """Draw the pathway as far as it can be walked."""
    if not found.loaded or not found.loaded.guideline.steps:
        st.caption("Nothing is drawn yet: add the step where everything begins, then those that follow.")
        st.caption("Edges lead from one to the next; each may ask something of the patient, and rests on statements of the article.")
        return
    scene = picture(found.loaded.guideline)
    stage(scene, key=CANVAS)
    show_fault(CANVAS)
    around = BESIDE_FORM if found.at else AROUND
    canvas(scene, selected=found.at or None, key=CANVAS, height=HEIGHT, around=around, editing=True, on_click=partial(_clicked, found))
    st.caption(_how(found))


def _how(found: Desk) -> str:
    """What can be done on the drawing just now."""
    if st.session_state.get(FROM):
        return "Click the step to which the edge leads."
    if found.at and found.entries[found.at].section == "steps":
        return "Drag the arrow at the step’s corner to another step to draw an edge; drag the step into another lane to move it there."
    return "Click a step, an edge or a lane’s name to work on it. A double click on a lane adds a step."


def _clicked(found: Desk, click: Click) -> None:
    source = st.session_state.pop(FROM, "")
    if click.kind == "draw":
        draw_edge(found, click.id, click.to)
    elif click.kind == "carry":
        carry(found, found.entries[click.id], click.to)
    elif click.kind == "add":
        add_step(found, CANVAS, "New step", "Investigation", click.id if click.id in found.entries else "")
    elif click.kind == "node" and source and source in found.entries and source != click.id:
        draw_edge(found, source, click.id)
    elif click.kind in ("node", "edge", "ground", "lane"):
        desk.turn(click.id)
