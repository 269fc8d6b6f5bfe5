"""The audience's vote on what is next: numbers in, bars out, then what the guideline says. Kept in the session for each position."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from edgewise.explorer.cards.markup import Html, page, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.teach.options import neutral_names
from edgewise.explorer.pages.teach.presenting.position import OTHER_ANSWERS, Position
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.model import Guideline

MOST = 9_999
"""Voices for one answer."""


@dataclass(slots=True)
class Ballot:
    """A vote at one position: whether it is asked, whether it is revealed, voices, and what the presenter added to choose from."""

    asked: bool = False
    revealed: bool = False
    voices: dict[str, int] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)

    def options(self, offered: Iterable[str], steps: Collection[str]) -> list[str]:
        """What can be voted for: the steps offered and added, as far as there still are such `steps`, then the answers that are no step."""
        every = [one for one in dict.fromkeys((*offered, *self.added)) if one in steps or one in OTHER_ANSWERS]
        return sorted(every, key=lambda option: option in OTHER_ANSWERS)


def ballot(place: str) -> Ballot:
    """The vote at a place, which names guideline, case and position."""
    kept: dict[str, Ballot] = st.session_state.setdefault("present:ballots", {})
    return kept.setdefault(place, Ballot())


def names(guideline: Guideline) -> Mapping[str, str]:
    """All that can be voted for, in words that say nothing of what to think of it."""
    return {**neutral_names(guideline.steps.values()), **OTHER_ANSWERS}


def vote(guideline: Guideline, telling: Position, place: str) -> None:
    """Draw the vote in the current container."""
    found = ballot(place)
    options, named = found.options(telling.offered, guideline.steps), names(guideline)
    total = sum(found.voices.get(option, 0) for option in options)
    voices = "no votes yet" if not total else many(total, "vote")
    st.html(page(tag("div", tag("h2", "What next?"), tag("p", voices, cls="ew-said"), cls="ew-slide ew-poll"), key="present-vote"))
    if found.revealed:
        st.html(page(tag("div", *telling.answer, cls="ew-slide")))
    for number, option in enumerate(options):
        with st.container(key=f"ew-vote-{number}", gap=None):
            _row(named[option], telling, place, option, total)
    _add({id: named[id] for id in guideline.steps if id not in options}, place)
    _buttons(place, found)


def _row(words: str, telling: Position, place: str, option: str, total: int) -> None:
    """One thing to vote for: its bar, its number, and once revealed what the guideline says of it."""
    found, key = ballot(place), f"votes:{place}:{option}"
    voices = found.voices.get(option, 0)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(page(_bar(words, voices, total)))
        mirror(key, voices)
        st.number_input(
            f"Votes for {plain(words)}",
            min_value=0,
            max_value=MOST,
            step=1,
            key=key,
            label_visibility="collapsed",
            width=140,
            on_change=_count,
            args=(place, option),
        )
    if found.revealed:
        st.html(page(tag("div", telling.explain(option), cls="ew-slide ew-told")))


def _bar(words: str, voices: int, total: int) -> Html:
    share = round(100 * voices / total) if total else 0
    told = f"{voices} ({share} %)" if total else ""
    filled = tag("div", "", cls="ew-filled", style=f"width: {share}%")
    label = tag("div", tag("span", words), tag("span", told, cls="ew-share"), cls="ew-option")
    return tag("div", label, tag("div", filled, cls="ew-track", aria_hidden="true"), cls="ew-slide")


def _count(place: str, option: str) -> None:
    key = f"votes:{place}:{option}"
    if moved(key):
        ballot(place).voices[option] = int(st.session_state[key] or 0)


def _add(steps: Mapping[str, str], place: str) -> None:
    """Further steps to choose from, so that the choice itself gives nothing away."""
    key = f"votes:add:{place}"
    mirror(key, None)
    st.selectbox(
        "Add a step to choose from",
        list(steps),
        index=None,
        format_func=lambda id: clean(steps[id]),
        key=key,
        placeholder="Add a step to choose from",
        label_visibility="collapsed",
        on_change=_added,
        args=(place,),
    )


def _added(place: str) -> None:
    key = f"votes:add:{place}"
    if moved(key) and st.session_state[key]:
        ballot(place).added.append(st.session_state[key])


def _buttons(place: str, found: Ballot) -> None:
    with st.container(horizontal=True, gap="small"):
        label = "Hide the answer" if found.revealed else "Reveal"
        st.button(label, key=f"votes:reveal:{place}", type="primary", help="Key: r", on_click=reveal, args=(place,))
        st.button("Reset the vote", key=f"votes:reset:{place}", on_click=_reset, args=(place,))


def ask(place: str) -> None:
    """Ask the room, or end the vote; the numbers stay."""
    found = ballot(place)
    found.asked = not found.asked


def reveal(place: str) -> None:
    """Show what the guideline says, or hide it again."""
    found = ballot(place)
    found.revealed = found.asked and not found.revealed


def _reset(place: str) -> None:
    found = ballot(place)
    found.voices, found.added, found.revealed = {}, [], False
