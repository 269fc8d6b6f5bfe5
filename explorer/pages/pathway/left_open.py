"""What the source leaves open: every gap of the guideline, each with a patient who falls into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from edgewise.explorer.cards.answers import answer_in_words
from edgewise.explorer.cards.markup import Html, join, page, tag
from edgewise.explorer.cards.walked_edges import cites
from edgewise.explorer.cards.whose import marked
from edgewise.explorer.cards.wording import capital, cut_words, plain
from edgewise.explorer.pages.pathway.page_state import EXAMPLE, PathwayState, turn_to
from edgewise.explorer.pages.pathway.why_panel import back
from edgewise.explorer.shell.frame import complain, go, here
from edgewise.explorer.shell.location import cut
from edgewise.graph.gaps.memory import gaps_of
from edgewise.graph.gaps.rows import Kind, Row, in_short
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts

EVERYWHERE = "all"
_LONGEST = 90  # characters of a patient on a button
TITLES: dict[Kind, str] = {
    "gap": "No next step is named",
    "dead-end": "Nothing follows",
    "overlap": "Two next steps at once",
    "contraindicated-road": "Led to although contraindicated",
    "endless-loop": "Round and round",
    "disagreement": "The source disagrees with itself",
    "unlike-times": "Two times at once",
    "unreachable-step": "Nobody comes here",
    "never-met": "Nobody can meet this",
    "never-decides": "Asked, and makes no difference",
    "never-asked": "Never asked",
    "masked": "Hidden by other edges",
    "subsumed": "Said by another edge too",
    "mergeable": "One edge would say it",
    "misleading-preference": "The general before the specific",
}


def silences(view: PathwayState, step: str) -> None:
    """List what is open at the step that the address names, or everywhere."""
    guideline = view.guideline
    back()
    if step != EVERYWHERE and step not in guideline.steps:
        complain([f"There is no step '{cut(step)}' here; this is all that is open."])
        step = EVERYWHERE
    found = gaps_of(guideline)
    rows = [row for row in found.rows if step in (EVERYWHERE, row.step)]
    _head(guideline, step, len(rows))
    for kind in TITLES:
        _group(view, kind, [row for row in rows if row.kind == kind])
    if found.unchecked:
        st.html(page(tag("h3", "Not checked"), tag("ul", *(tag("li", _unchecked(why)) for why in found.unchecked), cls="ew-list")))
    if step != EVERYWHERE:
        st.button("All that the source leaves open", key="gaps:all", type="tertiary", on_click=turn_to, args=({"gaps": EVERYWHERE},))


def _unchecked(why: str) -> str:
    """What was not checked; the heading above says already that it was not."""
    told = why.removeprefix("not checked: ")
    return capital(told)


def _head(guideline: Guideline, step: str, count: int) -> None:
    where = "" if step == EVERYWHERE else f" at {guideline.steps[step].name}"
    told = "Found by going through every situation that a patient can be in. Nothing is filled in." if count else "Nothing was found."
    st.html(
        page(
            tag("p", "The source does not say", cls="ew-over"),
            tag("h2", f"What the source leaves open{where}"),
            tag("p", told, cls="ew-lede"),
        )
    )


def _group(view: PathwayState, kind: Kind, rows: Sequence[Row]) -> None:
    if not rows:
        return
    st.html(page(tag("h3", f"{TITLES[kind]} ({len(rows)})")))
    for number, row in enumerate(rows):
        with st.container(key=f"ew-card-inferred-gap-{kind}-{number}", gap=None):
            st.html(page(_row(view.guideline, row)))
            if row.example and row.example != view.location.facts:
                label = f"Show such a patient: {plain(_example(view.guideline, row))}"
                st.button(label, key=f"gap:{kind}:{number}", type="tertiary", on_click=_meet, args=(row.example,))


def _row(guideline: Guideline, row: Row) -> Html:
    place = [tag("strong", guideline.steps[row.step].name), ": "] if row.step in guideline.steps else []
    by = [*cites(guideline, row.statements), *marked(row.remark)]
    return join([tag("p", *place, in_short(guideline, row)), tag("p", *by, cls="ew-quiet")])


def _example(guideline: Guideline, row: Row) -> str:
    """The last of what is known of the smallest patient, by which the gaps at one step are told apart."""
    last = [id for id in row.example if id in row.observables] or list(row.example)
    told = (f"{guideline.observables[id].label} {answer_in_words(guideline.observables[id], row.example[id])}" for id in last)
    return cut_words("; ".join(told), _LONGEST)


def _meet(patient: Facts) -> None:
    """Walk with the smallest patient who falls into the gap; the walk calls it an example as long as its facts are as they are."""
    location = here().location
    st.session_state[EXAMPLE] = (location.guideline, dict(patient))
    go(replace(location, facts=patient, own={}, selected="", upto=""))
