"""Why this step, or why not: for any step, with what is missing, what would take other findings, and what to ask next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from edgewise.explorer.cards.markup import Html, folded, page, section, tag
from edgewise.explorer.cards.walked_edges import ADVISED_AGAINST, reasons, standing, unconditioned
from edgewise.explorer.cards.why import head, ways_to_it
from edgewise.explorer.cards.wording import capital, plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.pathway.page_state import PathwayState, select, turn_to
from edgewise.explorer.shell.frame import complain
from edgewise.explorer.shell.location import cut
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.explorer.shell.questions import question
from edgewise.explorer.shell.worked_out import why_of
from edgewise.graph.explaining.why import Why
from edgewise.graph.model import Guideline
from edgewise.graph.walking.walk import Standing

_PICK = "why:step"


def why_panel(view: PathwayState, step: str) -> None:
    """Draw it for the step that the address names."""
    guideline = view.guideline
    back()
    _pick(view, step)
    if step not in guideline.steps:
        complain([f"There is no step '{cut(step)}' here; choose one above."])
        return
    asked = why_of(view.now, step, view.told, view.walked)
    st.html(page(head(guideline, asked), *ways_to_it(guideline, asked)))
    _ask(view, asked)
    _conditions(view, asked)


def back() -> None:
    """The way back to the walk."""
    st.button("Back to the walk", icon=":material/arrow_back:", key="close", type="tertiary", on_click=turn_to, args=({},))


def _pick(view: PathwayState, step: str) -> None:
    steps = view.guideline.steps
    mirror(_PICK, step if step in steps else None)
    st.selectbox(
        "Why, or why not, this step?", list(steps), index=None, format_func=lambda id: clean(steps[id].name), key=_PICK, on_change=_picked
    )


def _picked() -> None:
    if moved(_PICK) and st.session_state[_PICK]:
        turn_to({"why": st.session_state[_PICK]})


def _ask(view: PathwayState, asked: Why) -> None:
    """The one question that decides most, to be answered here; in a replay not what waits for its turn."""
    if not asked.question or asked.question in view.kept:
        return
    with st.container(key="ew-ask", gap="small"):
        st.html(page(tag("p", "Ask next", cls="ew-over")))
        question(view.guideline, view.location, asked.question, place="ask")
        st.html(page(tag("p", _sentence(asked.useful[0].reason), cls="ew-quiet")))


def _conditions(view: PathwayState, asked: Why) -> None:
    """Each edge that leads here, condition by condition."""
    guideline, edges = view.guideline, [view.walked.edges[way.edge] for way in asked.ways]
    if not edges:
        return
    telling = [] if asked.changes else [one for one in edges if one.state == "open" or standing(one) == ADVISED_AGAINST]
    rest = [one for one in edges if one not in telling]
    st.html(page(section("Condition by condition", *(_edge(guideline, one) for one in telling), *_folded(guideline, rest, bool(telling)))))
    with st.container(horizontal=True, gap="small"):
        for one in edges:
            name = plain(guideline.steps[one.transition.source].name)
            st.button(f"Evidence of the edge from {name}", key=f"why:edge:{one.transition.id}", on_click=select, args=(one.transition.id,))


def _folded(guideline: Guideline, edges: Sequence[Standing], others: bool) -> Sequence[Html]:
    """The edges that the lines above tell already, or that do not matter here."""
    if not edges:
        return ()
    told = f"{len(edges)} {'other ' if others else ''}{'edge leads' if len(edges) == 1 else 'edges lead'} here"
    return (folded(told, *(_edge(guideline, one) for one in edges)),)


def _edge(guideline: Guideline, choice: Standing) -> Html:
    edge = choice.transition
    told = reasons(guideline, choice) or unconditioned(guideline, choice)
    return tag("div", tag("h4", f"From {guideline.steps[edge.source].name}"), told, cls="ew-card")


def _sentence(told: str) -> str:
    return f"{capital(told)}." if told else ""
