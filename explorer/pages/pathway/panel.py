"""The answer for one edge or one step: what it is, whether its evidence holds, when it applies, and what stands behind it.

It is composed as two pieces of HTML (each call to Streamlit costs time, and the click has to be answered at once); every text is escaped
in `edgewise.explorer.cards.markup`. What can be pressed is native.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from edgewise.citations.evidence.support import Evidence, evidence
from edgewise.citations.notices import NOTHING_KNOWN, Known
from edgewise.explorer.cards.markup import Html, page
from edgewise.explorer.cards.step_and_edge import edge_body, edge_head, step_body, step_head
from edgewise.explorer.cards.whose import labelled
from edgewise.explorer.cards.wording import capital, plain
from edgewise.graph.attribution import READING
from edgewise.graph.model import Guideline, Step, Transition
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.walk import Standing
from edgewise.ontology.errors import UnknownName

Ask = Callable[[str], None]
BUTTONS_IN_SIGHT = 2


def evidence_panel(
    guideline: Guideline,
    id: str,
    ask: Ask,
    *,
    choice: Standing | None = None,
    remark: str = "",
    in_time: Sequence[Html] = (),
    known: Known = NOTHING_KNOWN,
    key: str,
) -> Evidence | None:
    """Show the evidence behind an edge or a step in the current container.

    Args:
        guideline: where it stands.
        id: of a transition or a step; an id that is neither is answered with a message.
        ask: called with the id of the step or edge that the reader asks for by a button, before the page is drawn again.
        choice: how the walk left the edge; adds what each part of its condition is for this patient.
        remark: whose word leads this patient to the step, as `Walk.remark` tells it.
        in_time: how the step stands in time for this patient.
        known: what happened to the works that are cited.
        key: distinguishes the buttons of several panels on one page.

    Returns:
        What was shown; None for an unknown id.
    """
    try:
        found = evidence(guideline, id)
    except UnknownName as error:
        st.info(plain(_sentence(str(error))))
        return None
    transition = guideline.transitions.get(id)
    with st.container(gap=None):
        if transition:
            _edge(guideline, transition, found, choice, known, key, ask)
        else:
            _step(guideline, guideline.steps[id], found, step_head(guideline, guideline.steps[id], found, remark, in_time), known, key, ask)
    return found


def _edge(guideline: Guideline, transition: Transition, found: Evidence, choice: Standing | None, known: Known, key: str, ask: Ask) -> None:
    st.html(page(edge_head(guideline, transition), key=f"{key}-head"))
    _ends(transition, key, ask)
    st.html(page(*edge_body(guideline, transition, found, choice, known), key=f"{key}-body"))


def _step(guideline: Guideline, step: Step, found: Evidence, head: Html, known: Known, key: str, ask: Ask) -> None:
    st.html(page(head, key=f"{key}-head"))
    _edges(guideline, step, key, ask)
    st.html(page(*step_body(guideline, step, found, known), key=f"{key}-body"))


def _ends(transition: Transition, key: str, ask: Ask) -> None:
    with st.container(horizontal=True, gap="small"):
        for label, id in (("← Step before", transition.source), ("Step after →", transition.target)):
            st.button(label, key=f"{key}:go:{label}", on_click=ask, args=(id,))


def _edges(guideline: Guideline, step: Step, key: str, ask: Ask) -> None:
    into, out = Pathway.of(guideline).into(step.id), Pathway.of(guideline).out_of(step.id)
    if not into and not out:
        return
    named = [(t, _way(t, f"From {guideline.steps[t.source].name}")) for t in into]
    named += [(t, _way(t, f"To {guideline.steps[t.target].name}")) for t in out]
    few = len(named) <= BUTTONS_IN_SIGHT
    with st.container(horizontal=True, gap="small") if few else st.popover(f"Ways in: {len(into)}, ways on: {len(out)}"):
        for transition, label in named:
            st.button(label, key=f"{key}:go:{transition.id}", help=plain(transition.label), on_click=ask, args=(transition.id,))


def _way(edge: Transition, told: str) -> str:
    return plain(labelled(told, READING if edge.stated_by == "modeller" else ""))


def _sentence(told: str) -> str:
    return capital(told)
