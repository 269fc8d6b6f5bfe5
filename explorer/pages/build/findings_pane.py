"""What is wrong or missing right now: each entry leads to the parts that it is about."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import cut_words, plain
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.naming import named
from edgewise.explorer.pages.build.tasks import Group, Task, tasks
from edgewise.graph.gaps.memory import gaps_of, worked_out

_TITLES: dict[Group, str] = {"wrong": "Wrong", "to do": "To do", "left open": "Left open by the source"}
_MANY_EDGES = 40
"""Up to so many, what the source leaves open is looked for at once; of more, when somebody asks."""
_LONGEST = 160
"""Characters of an entry beyond which the rest stands in its fold."""
_MOST = 40
"""Entries of one group, and parts of one entry, that are shown."""


def findings_pane(found: Desk) -> None:
    """Draw the list for the draft as it stands."""
    _look_for_gaps(found)
    listed = tasks(found)
    with st.container(key="ew-build-findings", gap="xxsmall"):
        if not listed:
            st.html(markup.page(tag("p", "Nothing is wrong, and nothing is left to do.", cls="ew-quiet"), key="build-nothing"))
        for group, title in _TITLES.items():
            _group(found, title, [one for one in listed if one.group == group])
        if found.loaded and not worked_out(found.loaded.guideline):
            st.button("Look for what the source leaves open", key="build-gaps", icon=":material/search:", on_click=_look, args=(found,))


def _look_for_gaps(found: Desk) -> None:
    if found.loaded and not found.faults and 0 < len(found.loaded.guideline.transitions) <= _MANY_EDGES:
        gaps_of(found.loaded.guideline)


def _look(found: Desk) -> None:
    if found.loaded:
        gaps_of(found.loaded.guideline)


def _group(found: Desk, title: str, some: Sequence[Task]) -> None:
    if not some:
        return
    st.html(markup.page(tag("h2", title, " ", tag("span", str(len(some)), cls="ew-quiet")), key=f"build-{title}"))
    for number, task in enumerate(some[:_MOST]):
        _task(found, f"{title}:{number}", task)
    if len(some) > _MOST:
        st.html(markup.page(tag("p", f"… and {len(some) - _MOST} more.", cls="ew-quiet"), key=f"build-more-{title}"))


def _task(found: Desk, key: str, task: Task) -> None:
    short = cut_words(task.text, _LONGEST)
    if len(task.parts) == 1 and short == task.text:
        st.button(plain(task.text), key=f"build-task:{key}", type="tertiary", on_click=_turn, args=(task, task.parts[0]))
        return
    with st.expander(plain(short)):
        if short != task.text:
            st.markdown(plain(task.text))
        for part in task.parts[:_MOST]:
            st.button(plain(named(found, part)), key=f"build-task:{key}:{part}", type="tertiary", on_click=_turn, args=(task, part))


def _turn(task: Task, part: str) -> None:
    desk.turn(part)
    if task.field:
        st.query_params["field"] = task.field
    else:
        st.query_params.pop("field", None)
