"""The walk for one patient: what is due, what to answer, why each edge stands as it does, and what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import streamlit as st

from edgewise.citations.evidence.support import axes_for
from edgewise.explorer.cards.answers import answer_in_words, doubted
from edgewise.explorer.cards.ends import STANDS, outside_told
from edgewise.explorer.cards.markup import Html, join, page, tag
from edgewise.explorer.cards.rounds import rounds_told
from edgewise.explorer.cards.times import chips
from edgewise.explorer.cards.walked_edges import SIGNS, Sorted, disagreement, reasons, sort, standing
from edgewise.explorer.cards.whose import labelled, marked
from edgewise.explorer.cards.why import STATES, in_short, title
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.pathway.end_of_walk import SUMMARY, show_end
from edgewise.explorer.pages.pathway.page_state import EXAMPLE, PathwayState, select, turn_to
from edgewise.explorer.pages.pathway.time_passed import time_passed
from edgewise.explorer.pages.pathway.walk_keys import undo
from edgewise.explorer.shell.frame import go, here
from edgewise.explorer.shell.held_walk import beginning, hold, onward
from edgewise.explorer.shell.location import Location
from edgewise.explorer.shell.questions import once_a_pair, question
from edgewise.explorer.shell.undo import can_undo
from edgewise.explorer.shell.worked_out import why_of
from edgewise.graph.answers.in_words import facts_told
from edgewise.graph.pathway import Pathway, comparisons
from edgewise.graph.strength import NOT_STATED, Axis
from edgewise.graph.walking.sets_told import groups_told
from edgewise.graph.walking.walk import Standing


def walk_panel(view: PathwayState) -> None:
    """Draw it."""
    found = sort(view.guideline, view.walked)
    _tools(view, found)
    st.html(page(*_answer(view)))
    show_end(view)
    _ask(view)
    _cards(view, found)
    _patient(view)


def _tools(view: PathwayState, found: Sorted) -> None:
    location = view.location
    with st.container(key="ew-tools", horizontal=True, gap="small"):
        start = beginning(view.guideline)
        _tool("Undo", "undo", undo, can_undo(location))
        _tool("Replay from the start", "replay", _hold_at, bool(location.facts) and location.upto != start, start)
        _tool("New patient", "person_add", _meet_nobody, bool(location.facts or location.timeline or location.upto))
        for label, icon, own in _panels(view, found):
            st.button(label, icon=f":material/{icon}:", key=f"to:{label}", type="tertiary", on_click=turn_to, args=(own,))


def _panels(view: PathwayState, found: Sorted) -> Iterable[tuple[str, str, dict[str, str]]]:
    """The page's other panels: why a step and why not, what if, and what the source leaves open."""
    last = found.last.transition.target if found.last else next(iter((*reversed(view.walked.due), *reversed(view.walked.path))), "")
    if last:
        yield "Why?", "help", {"why": last}
    if varied := _varied(view):
        yield "What if?", "tune", {"vary": varied}
    yield "Left open", "question_mark", {"gaps": "all"}
    if view.location.facts:
        yield "Summary", "summarize", SUMMARY


def _varied(view: PathwayState) -> str:
    """What to vary first: the last number that was answered or is asked, since numbers have thresholds; else anything."""
    observables = view.guideline.observables
    near = (*reversed(list(view.location.facts)), *view.walked.questions, *view.walked.awaited, *observables)
    return next((id for id in near if observables[id].value_type in ("quantity", "count")), next(iter(near), ""))


def _tool(label: str, icon: str, act: Callable[..., None], useful: bool, *args: str) -> None:
    st.button(label, icon=f":material/{icon}:", key=label, type="tertiary", disabled=not useful, on_click=act, args=args)


def _hold_at(step: str) -> None:
    go(replace(here().location, upto=step))


def _meet_nobody() -> None:
    """A patient of whom nothing is known."""
    go(replace(here().location, facts={}, timeline=None, upto=""))


def _answer(view: PathwayState) -> Iterable[Html]:
    """The one thing to read: what is due, that the source is silent, or that an answer is missing."""
    walked, steps = view.walked, view.guideline.steps
    if walked.due:
        main = [id for id in walked.due if not steps[id].companion_of] or walked.due
        yield tag("p", "Due now", cls="ew-over")
        for id in main:
            yield tag("h2", steps[id].label)
            marks = [*chips(walked, id), *marked(walked.remark(id))]
            yield from [tag("p", *(join([mark, " "]) for mark in marks), cls="ew-times")] if marks else []
            yield from (tag("p", f"{axis.name}: {axis.told}", cls="ew-quiet", title=axis.meaning) for axis in _axes(view, id))
        together = [labelled(steps[id].name, walked.remark(id)) for id in walked.due if id not in main]
        if together:
            yield tag("p", "Together with: ", ", ".join(together), cls="ew-lede")
        yield from (tag("p", told, cls="ew-lede") for told in groups_told(view.guideline, walked))
    else:
        over = {"silent": "No step is named", "outside": "No step is named", "done": "No step is due"}
        yield tag("p", over.get(walked.stands, "Next"), cls="ew-over")
        yield tag("h2", STANDS[walked.stands])
    if told := outside_told(walked):
        yield tag("p", told, cls="ew-lede")
    for id in walked.waiting:
        yield tag("p", tag("strong", steps[id].name), " ", *chips(walked, id), cls="ew-times")
    for told in rounds_told(view.guideline, walked):
        yield tag("p", f"↻ {told}", cls="ew-quiet")
    if walked.rounds and view.now.timeline and any(one.since.seconds == view.now.timeline.now.seconds for one in walked.rounds):
        yield tag("p", "Set the time of the next visit before you tell what it finds.", cls="ew-quiet")
    if view.kept:
        yield tag("p", "A replay, held here: what you told already waits for its turn.", cls="ew-lede")
    if walked.silent_at:
        at = ", ".join(steps[id].name for id in walked.silent_at)
        yield tag("p", f"After {at} it names no step for these facts. Nothing is made up in its place.", cls="ew-lede")
    yield doubted(view.guideline, view.location.facts)


def _axes(view: PathwayState, id: str) -> tuple[Axis, ...]:
    """How the source grades what is due, for this patient; the card of the step says by which scheme, and what is not stated."""
    return tuple(axis for axis in axes_for(view.guideline, id, view.location.facts) if axis.told != NOT_STATED)


def _ask(view: PathwayState) -> None:
    if view.kept:
        _go_on(view)
        return
    walked = view.walked
    # What waiting may still change stays where it was asked.
    asked = [id for id in view.guideline.observables if id in {*walked.questions, *walked.awaited}]
    applies_to = view.guideline.applies_to
    first = {id for one in comparisons(applies_to) for id in one.looks_at} if applies_to else set()
    asked.sort(key=lambda id: id not in first)  # whether the guideline speaks of this patient goes before all else
    if asked:
        with st.container(key="ew-ask", gap="small"):
            for id in once_a_pair(view.guideline, asked):
                question(view.guideline, _asked_anew(view), id, place="ask")


def _asked_anew(view: PathwayState) -> Location:
    """What the address says, without what was told once in a round that is over: there it stands to be told again."""
    facts = view.location.facts
    kept = {id: one for id, one in facts.items() if id in view.now.facts or isinstance(one, tuple)}
    return view.location if len(kept) == len(facts) else replace(view.location, facts=kept)


def _go_on(view: PathwayState) -> None:
    """A held walk: what was told next, and the way on. It is told, not asked: the cards below do not know it yet."""
    guideline = view.guideline
    step = onward(guideline, view.whole, view.walked)
    turn = hold(view.now.guideline, view.whole, view.now.facts, step) if step else view.now.facts
    told = [id for id in facts_told(view.guideline, view.now.facts) if id in view.kept and id in turn]
    with st.container(key="ew-ask", gap="small"):
        st.html(page(tag("p", "Next you told", cls="ew-over"), tag("ul", *(tag("li", *_told(view, id)) for id in told), cls="ew-list")))
        with st.container(horizontal=True, gap="small"):
            st.button("Go on", icon=":material/arrow_forward:", key="on", type="primary", on_click=_hold_at, args=(step,))
            st.button("To the end", key="end", type="tertiary", on_click=_hold_at, args=("",))


def _told(view: PathwayState, id: str) -> Iterable[Html]:
    label, answer = facts_told(view.guideline, view.location.facts, answer_in_words)[id]
    yield from (tag("span", f"{label}: "), tag("strong", answer))


def _cards(view: PathwayState, found: Sorted) -> None:
    for conflict in view.walked.conflicts:
        st.html(page(disagreement(view.guideline, conflict)))
    for choice in found.now:
        _card(view, choice)
    if found.last:
        _why_not(view, found.last)
    for choice in found.beside:
        _card(view, choice)
    for heading, choices in (("Further ahead", found.ahead), ("Earlier forks", found.earlier)):
        if choices:
            with st.expander(f"{heading} ({len(choices)})"):
                for choice in choices:
                    _card(view, choice)


def _card(view: PathwayState, choice: Standing) -> None:
    sign, word, tone = SIGNS[standing(choice)]
    name = _name(view, choice)
    with st.container(key=f"ew-card-{tone}-{choice.transition.id}", gap=None):
        label = f"**{plain(name)}** *{sign} {plain(word)}*"
        st.button(label, key=f"card:{choice.transition.id}", type="tertiary", on_click=select, args=(choice.transition.id,))
        stands = chips(view.walked, choice.transition.target) if choice.transition.id in view.walked.followed else []
        st.html(page(*([tag("p", *stands)] if stands else []), reasons(view.guideline, choice)))


def _name(view: PathwayState, choice: Standing) -> str:
    """The step an edge leads to; where several lead there and each stands as it does, also whence."""
    steps, several = view.guideline.steps, len(Pathway.of(view.guideline).into(choice.transition.target)) > 1
    whence = f", from {steps[choice.transition.source].name}" if several else ""
    return steps[choice.transition.target].name + whence


def _why_not(view: PathwayState, choice: Standing) -> None:
    """The last step of the pathway, and in a few lines why it is not yet."""
    step = choice.transition.target
    asked = why_of(view.now, step, view.told, view.walked)
    sign, word, tone = STATES[asked.state]
    with st.container(key=f"ew-card-{tone}-why-{choice.transition.id}", gap=None):
        name = plain(view.guideline.steps[step].name)
        label = f"**{name}: {title(asked.state)}** *{sign} {word}*"
        st.button(label, key=f"why:{step}", type="tertiary", on_click=turn_to, args=({"why": step},))
        st.html(page(in_short(view.guideline, asked)))


def _patient(view: PathwayState) -> None:
    """What is known, each fact to be changed or withdrawn; in a replay apart from it what waits for its turn."""
    known = [id for id in view.location.facts if id not in view.kept]
    example = st.session_state.get(EXAMPLE) == (view.opened.name, view.location.facts)
    heading = "An example patient, made up for what the source leaves open" if example else "Your patient"
    _facts(view, heading, "ew-patient", known)
    time_passed(view)
    _facts(view, "Not told yet in this replay", "ew-patient-later", view.kept)


def _facts(view: PathwayState, heading: str, key: str, ids: Sequence[str]) -> None:
    if not ids:
        return
    st.html(page(tag("h3", heading)))
    with st.container(key=key, horizontal=True, gap="small"):
        told = facts_told(view.guideline, view.location.facts, answer_in_words)
        for id in (id for id in ids if id in told):
            label, answer = told[id]
            with st.popover(f"{plain(label)}: **{plain(answer)}**"):
                question(view.guideline, view.location, id, place="patient")
