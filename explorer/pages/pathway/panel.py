"""The answer for one edge or one step: what it is, whether its evidence holds, when it applies, and what stands behind it.

It is composed as two pieces of HTML (each call to Streamlit costs time, and the click has to be answered at once); every text is escaped
in `edgewise.explorer.cards.markup`. What can be pressed is native.
"""

from __future__ import annotations

import streamlit as st

from edgewise.citations.evidence.support import Evidence, evidence
from edgewise.explorer.cards.markup import page
from edgewise.explorer.cards.step_and_edge import edge_body, edge_head, step_body, step_head
from edgewise.explorer.cards.wording import plain
from edgewise.graph.model import Guideline, Step, Transition
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.walk import Choice
from edgewise.ontology.errors import UnknownName

BUTTONS_IN_SIGHT = 2


def evidence_panel(guideline: Guideline, id: str, *, choice: Choice | None = None, key: str) -> str | None:
    """Show the evidence behind an edge or a step in the current container.

    Args:
        guideline: where it stands.
        id: of a transition or a step; an id that is neither is answered with a message.
        choice: how the walk left the edge; adds what each part of its condition is for this patient.
        key: distinguishes the buttons of several panels on one page.

    Returns:
        The id of the step or edge that the reader asks for by a button, else None.
    """
    try:
        found = evidence(guideline, id)
    except UnknownName as error:
        st.info(plain(_sentence(str(error))))
        return None
    transition = guideline.transitions.get(id)
    with st.container(gap=None):
        if transition:
            return _edge(guideline, transition, found, choice, key)
        return _step(guideline, guideline.steps[id], found, key)


def _edge(guideline: Guideline, transition: Transition, found: Evidence, choice: Choice | None, key: str) -> str | None:
    st.html(page(edge_head(guideline, transition), key=f"{key}-head"))
    asked = _ends(transition, key)
    st.html(page(*edge_body(guideline, transition, found, choice), key=f"{key}-body"))
    return asked


def _step(guideline: Guideline, step: Step, found: Evidence, key: str) -> str | None:
    st.html(page(step_head(guideline, step, found), key=f"{key}-head"))
    asked = _edges(guideline, step, key)
    st.html(page(*step_body(guideline, step, found), key=f"{key}-body"))
    return asked


def _ends(transition: Transition, key: str) -> str | None:
    asked = None
    with st.container(horizontal=True, gap="small"):
        for label, id in (("← Step before", transition.source), ("Step after →", transition.target)):
            if st.button(label, key=f"{key}:go:{label}"):
                asked = id
    return asked


def _edges(guideline: Guideline, step: Step, key: str) -> str | None:
    into, out = Pathway.of(guideline).into(step.id), Pathway.of(guideline).out_of(step.id)
    if not into and not out:
        return None
    named = [(t, f"From {plain(guideline.steps[t.source].name)}") for t in into]
    named += [(t, f"To {plain(guideline.steps[t.target].name)}") for t in out]
    few = len(named) <= BUTTONS_IN_SIGHT
    asked = None
    with st.container(horizontal=True, gap="small") if few else st.popover(f"Ways in: {len(into)}, ways on: {len(out)}"):
        for transition, label in named:
            if st.button(label, key=f"{key}:go:{transition.id}", help=plain(transition.label)):
                asked = transition.id
    return asked


def _sentence(told: str) -> str:
    return told[:1].upper() + told[1:]
