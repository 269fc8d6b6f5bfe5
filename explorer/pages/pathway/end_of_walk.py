"""The end of a walk on the Pathway page: that it is the end, what the source reports there, and the way to the patient summary."""

from __future__ import annotations

import streamlit as st

from edgewise.explorer.cards.end_of_walk import end_box, reports
from edgewise.explorer.cards.markup import folded, page
from edgewise.explorer.pages.pathway.bridge import bridges
from edgewise.explorer.pages.pathway.page_state import PathwayState, turn_to
from edgewise.graph.walking.ending import ending

SUMMARY = {"summary": "patient"}
"""What the address holds while the patient summary is open."""


def show_end(view: PathwayState) -> None:
    """Tell the end, if the walk has come to one; a walk that is held has not."""
    end = None if view.kept else ending(view.guideline, view.walked)
    if end is None:
        return
    with st.container(key="ew-end", gap="small"):
        st.html(page(end_box(view.guideline, end, view.walked), key="end"))
        bridges(view, (view.guideline.steps[id] for id in end.steps), "end")
        icon = ":material/summarize:"
        st.button("Patient summary", key="end:summary", icon=icon, type="primary", on_click=turn_to, args=(SUMMARY,))
        told = reports(view.guideline, end.steps)
        # Who only waits is asked below what waiting has brought: that stays near.
        st.html(page(folded("What the source reports of this step", told) if end.kind == "waiting" else told, key="end-reports"))
