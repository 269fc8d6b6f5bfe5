"""The pathway page: the guideline drawn on the left; on the right the walk for one patient, or the evidence of what was selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import streamlit as st

from citations.support import evidence
from explorer import picture
from explorer.canvas import canvas
from explorer.choices import SIGNS, Sorted, disagreement, reasons, sort, standing
from explorer.frame import go, here
from explorer.held import beginning, hold, onward
from explorer.location import Location
from explorer.markup import Html, page, tag
from explorer.mirror import mirror, moved
from explorer.opened import Opened
from explorer.panel import evidence_panel
from explorer.questions import answer_in_words, question
from explorer.scene import Click
from explorer.undo import can_undo, remember, undo
from explorer.wording import plain
from graph.model import Guideline
from graph.walk import Choice, Walk, walk

HEIGHT = 596
"""Of the drawing with its legend, in pixels: what a screen of 1280 × 720 leaves below the frame."""


@dataclass(frozen=True, slots=True)
class View:
    """All that one drawing of the page needs.

    Attributes:
        opened: the guideline with its scene.
        location: what the address says.
        whole: the walk as far as the facts lead.
        walked: the same, or held at `location.upto`.
        kept: ids of facts that wait while the walk is held.
    """

    opened: Opened
    location: Location
    whole: Walk
    walked: Walk
    kept: tuple[str, ...]

    @property
    def guideline(self) -> Guideline:
        """The guideline that is walked."""
        return self.opened.guideline


def pathway() -> None:
    """Draw the page."""
    found = here()
    view = _view(found.opened, found.location)
    left, right = st.columns([3, 2], gap="small")
    draw = (_left, left), (_right, right)
    # What a click asks for is sent first; on the first sight of the page that is the drawing.
    for part, column in reversed(draw) if view.location.selected and "canvas:drawn" in st.session_state else draw:
        with column:
            part(view)
    st.session_state["canvas:drawn"] = True


def _left(view: View) -> None:
    with st.container(key="ew-drawing", gap="small"):
        _steering(view)
        st.html(page(tag("p", *_in_short(view), cls="ew-phone")))
        _canvas(view)


def _right(view: View) -> None:
    with st.container(key="ew-panel", gap="small"):
        if view.location.selected:
            _evidence(view)
        else:
            _walk(view)


def _view(opened: Opened, location: Location) -> View:
    guideline, facts = opened.guideline, location.facts
    whole = walk(guideline, facts)
    visible = hold(guideline, whole, facts, location.upto) if location.upto else facts
    walked = whole if visible == facts else walk(guideline, visible)
    return View(opened, location, whole, walked, tuple(id for id in facts if id not in visible))


# ---- the drawing -----------------------------------------------------------------------------------------------------


def _canvas(view: View) -> None:
    hidden_key = f"hidden:{view.location.guideline}"

    def hear(click: Click) -> None:
        if click.kind == "legend":
            st.session_state[hidden_key] = set(st.session_state.get(hidden_key, ())) ^ {click.id}
        else:
            _select(click.id)

    canvas(
        view.opened.scene,
        selected=view.location.selected or None,
        walk=picture.highlight(view.walked),
        hidden_states=st.session_state.get(hidden_key, ()),
        ghost=picture.ghost(view.walked),
        key="canvas",
        height=HEIGHT,
        around=720 - HEIGHT,
        on_click=hear,
    )


def _select(id: str) -> None:
    go(replace(here().location, selected=id))


def _picked(key: str) -> None:
    if moved(key):
        _select(st.session_state[key] or "")


def _steering(view: View) -> None:
    """The way so far, and the same steps and edges as a list, for those who cannot or will not point at a drawing."""
    with st.container(key="ew-steering", horizontal=True, vertical_alignment="center", gap="small"):
        _breadcrumb(view)
        _list(view)


def _in_short(view: View) -> Iterable[str]:
    """For a narrow screen, where the panel stands below the drawing: what it holds."""
    walked, steps = view.walked, view.guideline.steps
    if view.location.selected:
        yield from (tag("strong", "Evidence: "), _names(view.guideline)[view.location.selected])
    elif walked.due:
        yield from (tag("strong", "Due now: "), ", ".join(steps[id].name for id in walked.due))
    else:
        yield "The source does not say." if walked.silent else "One answer decides what is next."
    yield " (below the drawing)"


def _breadcrumb(view: View) -> None:
    guideline, location = view.guideline, view.location
    path = [id for id in view.walked.path if not guideline.steps[id].companion_of]
    mirror("way", location.selected if location.selected in path else None)
    st.pills(
        "The way so far",
        path,
        format_func=lambda id: plain(guideline.steps[id].name),
        key="way",
        label_visibility="collapsed",
        on_change=_picked,
        args=("way",),
    )


def _list(view: View) -> None:
    names = _names(view.guideline)
    mirror("listed", view.location.selected or None)
    st.selectbox(
        "Steps and edges",
        list(names),
        index=None,
        format_func=names.__getitem__,
        key="listed",
        placeholder="Steps and edges",
        label_visibility="collapsed",
        on_change=_picked,
        args=("listed",),
    )


def _names(guideline: Guideline) -> dict[str, str]:
    """Every step, and below it the edges that leave it."""
    names = {}
    for step in guideline.steps.values():
        names[step.id] = step.name
        leaving = (t for t in guideline.transitions.values() if t.source == step.id)
        names |= {t.id: f"{step.name} → {guideline.steps[t.target].name}" for t in leaving}
    return names


# ---- evidence --------------------------------------------------------------------------------------------------------


def _evidence(view: View) -> None:
    id = view.location.selected
    st.button("Back to the walk", icon=":material/arrow_back:", key="close", type="tertiary", on_click=_select, args=("",))
    asked = evidence_panel(view.guideline, id, choice=view.walked.edges.get(id), key="evidence")
    sources = [reference.id for reference in evidence(view.guideline, id).references]
    if sources:
        st.button(
            "What falls without these sources",
            icon=":material/arrow_forward:",
            key="falls",
            type="tertiary",
            on_click=_take_away,
            args=(sources,),
        )
    if asked:
        _select(asked)
        st.rerun()


def _take_away(sources: list[str]) -> None:
    """To the Evidence page, with these references taken away."""
    go(replace(here().location, selected="", page="evidence", own={"ref": " ".join(sources)}))


# ---- the walk --------------------------------------------------------------------------------------------------------


def _walk(view: View) -> None:
    _tools(view)
    st.html(page(*_answer(view)))
    _ask(view)
    _cards(view, sort(view.guideline, view.walked))
    _patient(view)


def _tools(view: View) -> None:
    location = view.location
    with st.container(key="ew-tools", horizontal=True, gap="small"):
        _tool("Undo", "undo", _undo, can_undo(location))
        _tool("Start over", "restart_alt", _hold_at, bool(location.facts), beginning(view.guideline))
        _tool("Clear facts", "delete", _clear, bool(location.facts))


def _tool(label: str, icon: str, act: Callable[..., None], useful: bool, *args: str) -> None:
    st.button(label, icon=f":material/{icon}:", key=label, type="tertiary", disabled=not useful, on_click=act, args=args)


def _undo() -> None:
    go(undo(here().location))


def _hold_at(step: str) -> None:
    go(replace(here().location, upto=step))


def _clear() -> None:
    location = here().location
    remember(location)
    go(replace(location, facts={}, upto=""))


def _answer(view: View) -> Iterable[Html]:
    """The one thing to read: what is due, that the source is silent, or that an answer is missing."""
    walked, steps = view.walked, view.guideline.steps
    if walked.due:
        main = [id for id in walked.due if not steps[id].companion_of]
        yield tag("p", "Due now", cls="ew-over")
        yield from (tag("h2", steps[id].label) for id in main)
        together = [steps[id].name for id in walked.due if steps[id].companion_of]
        if together:
            yield tag("p", "Together with: ", ", ".join(together), cls="ew-lede")
    elif walked.silent:
        yield tag("p", "No step is named", cls="ew-over")
        yield tag("h2", "The source does not say")
    else:
        yield tag("p", "Next", cls="ew-over")
        yield tag("h2", "One answer decides")
    if view.kept:
        yield tag("p", "The walk is held here. What is known already waits for its turn.", cls="ew-lede")
    if walked.silent_at:
        at = ", ".join(steps[id].name for id in walked.silent_at)
        yield tag("p", f"After {at} it names no step for these facts. Nothing is made up in its place.", cls="ew-lede")


def _ask(view: View) -> None:
    if view.kept:
        _go_on(view)
        return
    asked = view.walked.questions
    if asked:
        with st.container(key="ew-ask", gap="small"):
            for id in asked:
                question(view.guideline, view.location, id, place="ask")


def _go_on(view: View) -> None:
    """A held walk: what is already known here, and the way on."""
    location, guideline = view.location, view.guideline
    step = onward(guideline, view.whole, view.walked)
    turn = hold(guideline, view.whole, location.facts, step) if step else location.facts
    with st.container(key="ew-ask", gap="small"):
        for id in (id for id in view.kept if id in turn):
            question(guideline, location, id, place="ask")
        with st.container(horizontal=True, gap="small"):
            st.button("Go on", icon=":material/arrow_forward:", key="on", type="primary", on_click=_hold_at, args=(step,))
            st.button("To the end", key="end", type="tertiary", on_click=_hold_at, args=("",))


def _cards(view: View, found: Sorted) -> None:
    for conflict in view.walked.conflicts:
        st.html(page(disagreement(view.guideline, conflict)))
    for choice in found.now:
        _card(view, choice)
    if found.last:
        _card(view, found.last, question="why not yet?")
    for choice in found.beside:
        _card(view, choice)
    for title, choices in (("Further ahead", found.ahead), ("Earlier forks", found.earlier)):
        if choices:
            with st.expander(f"{title} ({len(choices)})"):
                for choice in choices:
                    _card(view, choice)


def _card(view: View, choice: Choice, question: str = "") -> None:
    sign, word, tone = SIGNS[standing(choice)]
    name = view.guideline.steps[choice.transition.target].name
    with st.container(key=f"ew-card-{tone}-{choice.transition.id}", gap=None):
        label = f"**{plain(name)}{f': {question}' if question else ''}** *{sign} {plain(word)}*"
        st.button(label, key=f"card:{choice.transition.id}", type="tertiary", on_click=_select, args=(choice.transition.id,))
        st.html(page(reasons(view.guideline, choice)))


def _patient(view: View) -> None:
    """What is known, each fact to be changed or withdrawn."""
    guideline, location = view.guideline, view.location
    if not location.facts:
        return
    st.html(page(tag("h3", "Your patient")))
    with st.container(key="ew-patient", horizontal=True, gap="small"):
        for id, answer in location.facts.items():
            observable = guideline.observables[id]
            with st.popover(f"{plain(observable.label)}: **{plain(answer_in_words(observable, answer))}**"):
                question(guideline, location, id, place="patient")
