"""The score of the session: by step, by pitfall, and the log to take along."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from edgewise.explorer.cards.markup import Html, join, page, tag
from edgewise.explorer.pages.teach.options import options
from edgewise.explorer.pages.teach.practice.log import Tally, by_pitfall, by_step, csv_bytes
from edgewise.explorer.pages.teach.practice.session import practice, turn_to
from edgewise.explorer.pages.teach.revealed_answer import name, pitfall_name
from edgewise.explorer.shell.frame import here
from edgewise.graph.model import Guideline


def score(guideline: Guideline) -> None:
    """The score on this guideline, folded away; nothing as long as nothing was committed to."""
    log = practice().log
    own = [entry for entry in log if entry.guideline == guideline.id]
    if not log:
        return
    right = sum(entry.outcome == "right" for entry in own)
    with st.expander(f"Score of this session: {right} of {len(own)} right", key="practise:score"):
        st.html(page(*_tables(guideline, by_step(own), by_pitfall(own))))
        with st.container(horizontal=True, gap="small"):
            file = f"{guideline.id}-practice.csv"
            icon = ":material/download:"
            st.download_button(
                "Choice log (CSV)",
                lambda: csv_bytes(log),
                file,
                "text/csv",
                key="practise:log",
                on_click="ignore",
                icon=icon,
                type="tertiary",
            )
            with st.popover("Clear score and log", type="tertiary"):
                st.write("Everything committed to in this session is forgotten, on all cases.")
                st.button("Clear it", key="practise:clear", on_click=_clear)


def _clear() -> None:
    kept = practice()
    kept.rounds.clear()
    kept.tries.clear()
    kept.finished.clear()
    kept.log.clear()
    if here().location.own.get("at"):
        turn_to(0)


def _tables(guideline: Guideline, steps: Tally, pitfalls: Tally) -> list[Html]:
    order = {option.pick: number for number, option in enumerate(options(guideline))}
    listed = [(name(guideline, pick), steps[pick]) for pick in sorted(steps, key=lambda pick: order.get(pick, len(order)))]
    tables = [_table("By what was due", ("Next step", "due", "right"), listed)] if listed else []
    named = [(pitfall_name(guideline, id), tally) for id, tally in pitfalls.items()]
    return [*tables, *([_table("By pitfall", ("Pitfall", "met", "fallen into"), named)] if named else [])]


def _table(caption: str, heads: tuple[str, str, str], rows: Iterable[tuple[str, tuple[int, int]]]) -> Html:
    head = tag("thead", tag("tr", *(tag("th", told, scope="col") for told in heads)))
    body = [tag("tr", tag("th", told, scope="row"), *(tag("td", str(number)) for number in tally)) for told, tally in rows]
    return tag("table", tag("caption", caption), head, tag("tbody", join(body)), cls="ew-tally")
