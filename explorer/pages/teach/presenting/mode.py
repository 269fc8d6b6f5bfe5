"""The Teach page's mode "Present": the pathway, or a case, one position at a time, for a room that looks at a projector.

The address holds the position (``at=``), the case (``case=``, ``set=``), the colours (``room=``) and whether it is the speaker's window
(``view=notes``); votes stay in the session. What the room sees holds no notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace

import streamlit as st

from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.drawing.canvas import canvas, stage
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.drawing.scene import Click, Room
from edgewise.explorer.pages.teach.cases import Shelf, chosen, shelf
from edgewise.explorer.pages.teach.presenting.case import along
from edgewise.explorer.pages.teach.presenting.keys import keys
from edgewise.explorer.pages.teach.presenting.position import Position
from edgewise.explorer.pages.teach.presenting.speaker import VIEW, notes_address, speaker
from edgewise.explorer.pages.teach.presenting.tour import tour
from edgewise.explorer.pages.teach.presenting.vote import Ballot, ask, ballot, reveal, vote
from edgewise.explorer.shell.frame import Here, complain, go, here
from edgewise.explorer.shell.known_notices import marks_of
from edgewise.explorer.shell.location import cut
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.cases.model import Case
from edgewise.graph.gaps.memory import worked_out
from edgewise.ontology.errors import EdgewiseError

HEIGHT = 560
"""Of the drawing with its legend, in pixels: what a screen of 1280 × 720 leaves between the frame and the row of buttons."""
_WHOLE, _LINKED = "", " linked"


def present(view: Here) -> None:
    """Draw the mode."""
    if not view.guideline.steps:
        st.info("This guideline has no steps to present.")
        return
    found = shelf(view)
    case, problems = _case(view, found)
    with nullcontext() if case or worked_out(view.guideline) else st.spinner("Looking for what the source leaves open …"):
        telling = _telling(view, case)
    complain([*problems, *_lost(view, telling)])
    place = _place(view, telling)
    st.html(page(tag("div", "", cls=f"ew-room ew-room-{_room(view) or 'page'}")))
    apart = view.location.own.get("view") == VIEW
    keys(telling, _turn, _act, along=_along_what(view), notes="" if apart else notes_address(view, telling.at))
    if apart:
        speaker(telling, _following(view, case, telling), _turn)
        return
    stage(view.opened.scene, key="present-canvas")
    left, right = st.columns([11, 10], gap="small")
    with left, st.container(key="ew-drawing", gap="small"):
        _drawing(view, telling, ballot(place))
    with right, st.container(key="ew-panel", gap="small"):
        _slide(view, telling, place)
    _bar(view, telling, found, ballot(place))


def _case(view: Here, found: Shelf) -> tuple[Case | None, tuple[str, ...]]:
    """The case that the address asks for, if any, and why it cannot be had."""
    try:
        asked = chosen(view, found)
    except EdgewiseError as error:
        return None, (*str(error).splitlines(), "The whole pathway is presented instead.")
    return (asked.case, ()) if asked else (None, ())


def _telling(view: Here, case: Case | None) -> Position:
    at = view.location.own.get("at", "")
    return along(view.guideline, case, at) if case else tour(view.guideline, at)


def _lost(view: Here, telling: Position) -> tuple[str, ...]:
    at = view.location.own.get("at", "")
    return (f"There is no position '{cut(at)}' here; this is the beginning.",) if at and at != telling.at else ()


def _place(view: Here, telling: Position) -> str:
    """What a vote is kept under."""
    own = view.location.own
    return "/".join((view.opened.name, own.get("case", ""), own.get("set", "")[-16:], telling.at))


def _along_what(view: Here) -> str:
    """What is presented, whatever the position: windows that present the same turn together."""
    own = view.location.own
    return "/".join((view.opened.name, own.get("case", ""), own.get("set", "")))


def _following(view: Here, case: Case | None, telling: Position) -> str:
    """What the next position is called; empty after the last."""
    after = telling.order[telling.number + 1 :]
    if not after:
        return ""
    if case is None:
        return view.guideline.steps[after[0]].name
    stage, answered, _ = after[0].partition("-")
    return f"the answer of stage {stage}" if answered else f"stage {stage}: {case.stages[int(stage) - 1].tells}"


def _room(view: Here) -> Room | None:
    room = view.location.own.get("room", "")
    return "dark" if room == "dark" else "light" if room == "light" else None


# ---- what is drawn ---------------------------------------------------------------------------------------------------


def _drawing(view: Here, telling: Position, found: Ballot) -> None:
    """The pathway as far as it was told; what a vote is about joins it when that is revealed."""
    revealed = telling.revealed if found.asked and found.revealed else frozenset()
    ghosts = [ghost for ghost in telling.ghosts if ghost.faint or not _secret(telling, found)]

    def hear(click: Click) -> None:
        targets = {edge.id: edge.target for edge in view.guideline.transitions.values()}
        asked = targets.get(click.id, click.id)
        if click.kind != "legend" and asked in telling.order:
            _turn(asked)

    canvas(
        view.opened.scene,
        walk=telling.highlight,
        ghosts=ghosts,
        shown=telling.shown | revealed,
        room=_room(view),
        notices=marks_of(view.guideline),
        key="present-canvas",
        height=HEIGHT,
        around=720 - HEIGHT,
        on_click=hear,
    )


def _secret(telling: Position, found: Ballot) -> bool:
    """Whether the room is voting and has not been told the answer, which then may stand nowhere."""
    return bool(telling.offered) and found.asked and not found.revealed


def _slide(view: Here, telling: Position, place: str) -> None:
    """What is told; while the room votes, the question and the bars in its place."""
    asked = ballot(place).asked and telling.offered
    st.html(page(tag("div", *telling.head, cls=f"ew-slide{' ew-asking' if asked else ''}"), key="present-head"))
    if asked and telling.given:
        st.html(page(tag("div", *telling.given, cls="ew-slide"), key="present-given"))
    if asked:
        vote(view.guideline, telling, place)
    else:
        st.html(page(tag("div", tag("h2", "In detail", cls="ew-unseen"), *telling.body, cls="ew-slide"), key="present-body"))


def _bar(view: Here, telling: Position, found: Shelf, now: Ballot) -> None:
    """The row of buttons below: on and back, the vote, the way to the notes, room, and what is presented."""
    order, number = telling.order, telling.number
    with st.container(key="ew-present-bar", horizontal=True, vertical_alignment="center", gap="small"):
        _to("Back", "arrow_back", order[max(0, number - 1)], disabled=number == 0)
        st.html(page(tag("span", f"{number + 1} of {len(order)}", cls="ew-number", role="status")), width="content")
        _to("On", "arrow_forward", order[min(len(order) - 1, number + 1)], disabled=number + 1 == len(order))
        label = "End the vote" if now.asked and telling.offered else "Ask the room"
        st.button(
            label,
            icon=":material/how_to_vote:",
            key="present:ask",
            help="Key: v",
            disabled=not telling.offered,
            on_click=_act,
            args=("vote",),
        )
        told = "In a window of its own, which turns with this one; the room does not see it. Key: n"
        st.link_button("Notes", notes_address(view, telling.at), icon=":material/speaker_notes:", help=told)
        _lights(view)
        _choose(view, found)


def _to(label: str, icon: str, at: str, *, disabled: bool) -> None:
    st.button(label, icon=f":material/{icon}:", key=f"present:{label}", type="primary", disabled=disabled, on_click=_turn, args=(at,))


def _lights(view: Here) -> None:
    """Dark room or light room: whatever the page's own theme, which is the one to leave where no room is chosen."""
    dark = (_room(view) or st.context.theme.type) == "dark"
    label, icon = ("Light room", "light_mode") if dark else ("Dark room", "dark_mode")
    st.button(label, icon=f":material/{icon}:", key="present:room", on_click=_light, args=("light" if dark else "dark",))


def _choose(view: Here, found: Shelf) -> None:
    """The whole pathway, or one of the cases."""
    titles = {_WHOLE: "The whole pathway"} | {id: case.title for id, case in found.cases.items()}
    own = view.location.own
    if own.get("set"):
        titles[_LINKED] = "The case of this link"
    now = _LINKED if own.get("set") else own.get("case", "")
    if len(titles) > 1:
        mirror("present:along", now if now in titles else _WHOLE)
        st.selectbox("What is presented", list(titles), key="present:along", format_func=lambda id: clean(titles[id]),
                     label_visibility="collapsed", on_change=_along)  # fmt: skip


# ---- what is done ----------------------------------------------------------------------------------------------------


def _own(**changed: str) -> Mapping[str, str]:
    return {**here().location.own, **changed}


def _turn(at: str) -> None:
    """To another position."""
    go(replace(here().location, own=_own(at=at)))


def _light(room: str) -> None:
    go(replace(here().location, own=_own(room=room)))


def _along() -> None:
    """Along what was chosen, from its beginning."""
    if moved("present:along"):
        case = st.session_state["present:along"]
        go(replace(here().location, own=_own(at="") if case == _LINKED else _own(case=case, set="", at="")))


def _act(what: str) -> None:
    """What a key or a button asks for beside going on: vote, or reveal."""
    view = here()
    telling = _telling(view, _case(view, shelf(view))[0])
    place = _place(view, telling)
    if telling.offered:
        (ask if what == "vote" else reveal)(place)
