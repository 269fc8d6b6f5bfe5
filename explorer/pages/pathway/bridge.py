"""The bridge at an end: the walk goes on in another guideline with the facts that both ask for, or how to open that one."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from edgewise.explorer.cards.markup import Html, folded, page, tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.pathway.page_state import PathwayState
from edgewise.explorer.shell.frame import go
from edgewise.explorer.shell.guidelines import Opened, called, opened
from edgewise.explorer.shell.location import Location
from edgewise.graph.bridge import Bridge, Handed, hand_over
from edgewise.graph.model import Step
from edgewise.ontology.errors import EdgewiseError


def bridges(view: PathwayState, steps: Iterable[Step], key: str) -> None:
    """Offer to go on where some of the steps name another guideline; nothing where none does."""
    for step in steps:
        if step.continues_in:
            _bridge(view, step, f"{key}:{step.id}")


def _bridge(view: PathwayState, step: Step, key: str) -> None:
    bridge = Bridge.of(step)
    name = called(bridge.guideline)
    if not name:
        st.html(page(_not_at_hand(view, bridge), key=f"{key}:absent"))
        return
    try:
        target = opened(name)
    except EdgewiseError as error:
        st.info(plain(f"'{bridge.guideline}' cannot be opened: {str(error).splitlines()[0]}"))
        return
    handed = hand_over(view.told, view.guideline, target.guideline)
    to = bridge.step if bridge.step in target.guideline.steps else ""
    told = f"Continue in {target.guideline.title}" + (f", at {target.guideline.steps[to].name}" if to else "")
    where = Location(name, selected=to, facts=handed.facts)
    st.button(plain(told), icon=":material/arrow_forward:", key=f"{key}:on", on_click=go, args=(where,))
    st.html(page(*_handed(view, target, handed), *_no_step(bridge, to), key=f"{key}:handed"))


def _not_at_hand(view: PathwayState, bridge: Bridge) -> Html:
    told = f"The guideline '{bridge.guideline}' is not open here. Name both to open them, by id, file or folder:"
    return tag("p", told, " ", tag("code", f"edgewise explore {view.guideline.id} {bridge.guideline}"), cls="ew-quiet")


def _no_step(bridge: Bridge, to: str) -> list[Html]:
    told = f"It has no step '{bridge.step}': the walk there begins without a selection."
    return [tag("p", told, cls="ew-quiet")] if bridge.step and not to else []


def _handed(view: PathwayState, target: Opened, handed: Handed) -> Iterable[Html]:
    """Which answers come along, and which do not, with the reason."""
    asked = target.guideline.observables
    along = "; ".join(asked[id].label for id in handed.facts)
    yield tag("p", f"Handed over: {along}." if along else "Nothing that is known here is asked there.", cls="ew-quiet")
    if handed.left:
        labels = {id: one.label for id, one in view.guideline.observables.items()}
        entries = (tag("li", tag("strong", labels.get(id, id)), f": {why}") for id, why in handed.left.items())
        yield folded("Not handed over", tag("ul", *entries, cls="ew-list"))
