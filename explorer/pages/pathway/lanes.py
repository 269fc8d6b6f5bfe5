"""Which lanes of a large drawing are open: those where the walk stands or something is selected, and what the reader has changed."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.folding import Folding, fold
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.shell.frame import go, here
from edgewise.explorer.shell.location import Location
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.walking.walk import Walk

_PICK = "lanes:open"
_OWN, _OPEN = "lanes:own", "lanes:opened"
"""Where the session keeps which lanes are open of themselves, and which are open."""


def folding_of(scene: Scene, location: Location, walked: Walk) -> Folding:
    """The drawing, with those lanes folded that nobody asks for."""
    whole = fold(scene, frozenset())
    stand = standing(walked)
    own = frozenset(lane for id in stand for lane in whole.lanes(id))
    st.session_state[_OWN] = own
    opened = (own | location.opened | whole.lanes(location.selected)) - location.folded
    st.session_state[_OPEN] = opened
    return fold(scene, frozenset(lane.id for lane in scene.lanes) - opened)


def standing(walked: Walk) -> tuple[str, ...]:
    """Where the walk stands: the steps that are due or waited for, else where the source falls silent, else the last one come to."""
    return (*walked.due, *walked.waiting) or walked.silent_at[-1:] or walked.path[-1:]


def in_sight(scene: Scene, before: Location, location: Location) -> Location:
    """A location with the lanes open that its selection needs; those that were open for the last one stay so, that nothing is moved."""
    whole = fold(scene, frozenset())
    needed = whole.lanes(location.selected)
    stay = whole.lanes(before.selected) - before.folded
    pinned = (needed | stay) - st.session_state.get(_OWN, frozenset())
    return replace(location, opened=location.opened | pinned, folded=location.folded - needed)


def turn(lane: str) -> None:
    """Unfold a lane, or fold it."""
    _keep(frozenset(st.session_state.get(_OPEN, frozenset()) ^ {lane}))


def lanes(folding: Folding) -> None:
    """The lanes as a list to choose from: what is chosen is unfolded."""
    every = [lane for lane in folding.whole.lanes if folding.steps_in(lane.id)]
    opened = [lane.id for lane in folding.scene.lanes if lane.folds]
    names = {lane.id: f"{plain(lane.label)} ({folding.steps_in(lane.id)})" for lane in every}
    with st.container(key="ew-lanes"), st.popover(f"Lanes: {len(opened)} of {len(every)}", icon=":material/unfold_more:"):
        mirror(_PICK, opened)
        st.pills(
            "Unfolded lanes, with their steps",
            list(names),
            selection_mode="multi",
            format_func=lambda id: names[id],
            key=_PICK,
            on_change=_picked,
        )
        with st.container(horizontal=True, gap="small"):
            st.button("Unfold all", key="lanes:all", on_click=_keep, args=(frozenset(names),))
            st.button("Fold all", key="lanes:none", on_click=_keep, args=(frozenset(),))


def _picked() -> None:
    if moved(_PICK):
        _keep(frozenset(st.session_state[_PICK]))


def _keep(opened: frozenset[str]) -> None:
    """Have just these lanes open: the address tells only what is otherwise than of itself."""
    view = here()
    own = st.session_state.get(_OWN, frozenset())
    shown = own | fold(view.opened.scene, frozenset()).lanes(view.location.selected)
    go(replace(view.location, opened=opened - own, folded=shown - opened))
