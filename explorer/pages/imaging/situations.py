"""Which situation is looked at: chosen by the reader, or told by what is known of the patient; whose word that is stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.conditions import places, tree
from edgewise.explorer.cards.markup import Html, folded, join, symbol, tag
from edgewise.explorer.cards.whose import marked
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.location import Location
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.explorer.shell.questions import question
from edgewise.graph.model import Guideline
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.situations import Placement, holding

KEY = "imaging-situation"
ALL, MINE = "all", "patient"
"""Of the choice, beside the ids of situations: all of them, or those in which the patient is."""
_OUTCOMES = {Truth.TRUE: ("✓", "true", "Holds"), Truth.UNKNOWN: ("?", "unknown", "Not known whether"), Truth.FALSE: ("✗", "false", "Fails")}


def rated_situations(guideline: Guideline) -> tuple[str, ...]:
    """Ids of the situations in which a method is rated, in order."""
    used = {rating.situation for rating in guideline.ratings.values()}
    return tuple(one.id for one in sorted(guideline.situations.values(), key=lambda one: one.order) if one.id in used)


def chosen(guideline: Guideline, location: Location, placed: Sequence[Placement]) -> str:
    """The choice that an address means: what it names; else the one situation in which the patient is, or all of these; else all."""
    wanted, mine = location.own.get("situation", ""), _mine(guideline, placed)
    if wanted in rated_situations(guideline) or wanted == ALL or (wanted == MINE and mine):
        return wanted
    return ALL if not mine else mine[0] if len(mine) == 1 else MINE


def shown(guideline: Guideline, choice: str, placed: Sequence[Placement]) -> tuple[str, ...]:
    """Ids of the situations that a choice shows; of all, those in which the patient is come first."""
    every, mine = rated_situations(guideline), _mine(guideline, placed)
    if choice in every:
        return (choice,)
    return mine if choice == MINE else (*mine, *(id for id in every if id not in mine))


def choose(guideline: Guideline, choice: str, placed: Sequence[Placement]) -> None:
    """The choice of a situation; nothing where there is but one."""
    every, mine = rated_situations(guideline), _mine(guideline, placed)
    if len(every) < 2:
        return
    options = [ALL, *([MINE] if len(mine) > 1 else []), *every]
    signs = {one.situation.id: f"{_OUTCOMES[one.truth][0]} " for one in placed}
    words = {ALL: "All situations", MINE: f"The {len(mine)} that hold for this patient"}

    def named(option: str) -> str:
        return signs.get(option, "") + clean(guideline.situations[option].label) if option in every else words[option]

    mirror(KEY, choice)
    st.selectbox("Situation", options, key=KEY, format_func=named, on_change=_heard)


def _heard() -> None:
    if moved(KEY):
        where = frame.here().location
        frame.go(replace(where, own={**where.own, "situation": st.session_state[KEY]}))


def patient(guideline: Guideline, location: Location, placed: Sequence[Placement]) -> None:
    """In which situations the patient is, and what would tell of the others; nothing where the guideline does not say who is in one."""
    if not placed:
        return
    if location.facts:
        st.html(markup.page(*_summed_up(guideline, placed), key="placed"))
    with st.expander("Why, and what would tell" if location.facts else "Which situation is a patient in?"):
        st.html(markup.page(tag("ul", *(_item(guideline, one) for one in placed), cls="ew-placed"), key="placements"))
        ask = next((id for one in placed for id in one.ask), "")
        if ask:
            with st.container(key="ew-ask"):
                question(guideline, location, ask, place="ask")


def _summed_up(guideline: Guideline, placed: Sequence[Placement]) -> list[Html]:
    """In which situations the patient is, by whose word, and of which that is not known; that it is none, where it is none."""
    held = [one for one in placed if one.truth is Truth.TRUE]
    told = [tag("p", _truth(one), ": ", one.situation.label, *_whose(guideline, one)) for one in held]
    if unknown := [one.situation.label for one in placed if one.truth is Truth.UNKNOWN]:
        told.append(tag("p", tag("span", "? Not known whether", cls="ew-truth ew-unknown"), f": {'; '.join(unknown)}.", cls="ew-quiet"))
    elif not held:
        told.append(tag("p", "This patient is in none of the situations of which the source says who is in them."))
    return told


def _truth(placed: Placement) -> Html:
    sign, tone, told = _OUTCOMES[placed.truth]
    return tag("span", symbol(sign), f" {told} for this patient", cls=f"ew-truth ew-{tone}")


def _whose(guideline: Guideline, placed: Placement) -> list[Html]:
    """Where the source says who is in a situation; and what of it is the modeller's."""
    where = places(guideline, placed.word.based_on)
    place = [Html(" "), tag("span", where, cls="ew-place")] if where else []
    return [*place, Html(" "), *marked(placed.word.remark)]


def _item(guideline: Guideline, placed: Placement) -> Html:
    sign, tone, told = _OUTCOMES[placed.truth]
    mark = tag("span", sign, cls=f"ew-sign ew-{tone}", aria_hidden="true")
    truth = tag("span", told, cls=f"ew-truth ew-{tone}")
    named = join([truth, ": ", placed.situation.label, *_whose(guideline, placed)])
    return tag("li", mark, folded(named, tree(guideline, placed.trace.criterion, placed.trace)))


def _mine(guideline: Guideline, placed: Sequence[Placement]) -> tuple[str, ...]:
    held = holding(placed)
    return tuple(id for id in rated_situations(guideline) if id in held)
