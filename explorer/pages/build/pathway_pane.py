"""The pathway as it grows: steps added, edges drawn from one to the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

import streamlit as st

from edgewise.explorer.drawing.canvas import canvas, stage
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Click
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.graph.drafting.edits import Add

_KINDS = ("Presentation", "Investigation", "Treatment", "Endpoint")


def pathway_pane(found: Desk) -> None:
    """Draw the canvas, and below it the forms."""
    if found.loaded and found.loaded.guideline.steps:
        scene = picture(found.loaded.guideline)
        stage(scene, key="build-canvas")
        canvas(scene, selected=found.at or None, key="build-canvas", on_click=_clicked)
    _new_step(found)
    _new_edge(found)


def _clicked(click: Click) -> None:
    if click.kind in ("node", "edge", "ground"):
        desk.turn(click.id)


def _new_step(found: Desk) -> None:
    with st.form("build-new-step", clear_on_submit=True):
        label = st.text_input("Step", key="build-step-label", max_chars=200)
        kind = st.selectbox("Kind", _KINDS, key="build-step-kind", index=1)
        if st.form_submit_button("Add the step") and label.strip():
            id = free_id(label, found.entries)
            entry = {"id": id, "type": kind, "label": label.strip(), "summary": "", "phase": ""}
            if desk.change(found, Add("steps", entry), f"Step “{label.strip()}” added", at=id):
                st.rerun()


def _new_edge(found: Desk) -> None:
    steps = {one.id: str(one.data.get("label") or one.id) for one in found.section("steps")}
    if len(steps) < 2:
        return
    with st.form("build-new-edge", clear_on_submit=True):
        source = st.selectbox("From", list(steps), key="build-edge-from", format_func=steps.__getitem__)
        target = st.selectbox("To", list(steps), key="build-edge-to", format_func=steps.__getitem__, index=1)
        label = st.text_input("When", key="build-edge-label", max_chars=120)
        if st.form_submit_button("Draw the edge"):
            id = free_id(f"{source}-to-{target}", found.entries)
            entry = {"id": id, "from": source, "to": target, "label": label.strip(), "statedBy": ""}
            if desk.change(found, Add("transitions", entry), f"Edge {steps[source]} → {steps[target]} drawn", at=id):
                st.rerun()


def free_id(label: str, taken: Collection[str]) -> str:
    """An id out of a label that nothing else has.

    >>> free_id("Röntgen (SI joints)", ()), free_id("Rest", ("rest",)), free_id("?", ())
    ('rontgen-si-joints', 'rest-2', 'part')
    """
    ascii_ = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_.lower()).strip("-")[:40].strip("-") or "part"
    base = base if base[0].isalpha() else f"part-{base}"
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if name not in taken)
