"""The drawing on the Build page: what is clicked is worked on; what is dragged, or double-clicked, changes the draft."""

from __future__ import annotations

import streamlit as st

from edgewise.explorer.drawing.canvas import canvas, stage
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Click
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.edges import draw_edge
from edgewise.explorer.pages.build.part_pane import FROM

HEIGHT, AROUND = 320, 430
"""Of the drawing in pixels at least, and what a screen keeps for the rest."""


def drawn(found: Desk) -> None:
    """Draw the pathway as far as it can be walked."""
    if not found.loaded or not found.loaded.guideline.steps:
        st.caption("Nothing is drawn yet: add the step where everything begins.")
        return
    scene = picture(found.loaded.guideline)
    stage(scene, key="build-canvas")
    canvas(
        scene, selected=found.at or None, key="build-canvas", height=HEIGHT, around=AROUND, on_click=lambda click: _clicked(found, click)
    )


def _clicked(found: Desk, click: Click) -> None:
    source = st.session_state.pop(FROM, "")
    if click.kind == "node" and source in found.entries and source != click.id:
        draw_edge(found, source, click.id)
    elif click.kind in ("node", "edge", "ground"):
        desk.turn(click.id)
