"""Something taken out of the draft together with what would be left pointing nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import capital
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.fields import show_fault
from edgewise.explorer.pages.build.forms.naming import called, edge_named
from edgewise.explorer.pages.build.forms.submitting import submit
from edgewise.graph.drafting.edits import Drop, Edit, Put, Remove
from edgewise.graph.drafting.entries import Entry, mentions, mentions_in_cases
from edgewise.ontology.errors import SourceError

_WHAT = {
    "steps": "step", "transitions": "edge", "phases": "lane", "observables": "question", "statements": "statement",
    "references": "reference",
}  # fmt: skip


def removal(found: Desk, entry: Entry) -> tuple[list[Edit], list[str]]:
    """The edits that take an entry out, and in words what else goes or changes with it."""
    edges = [
        one for one in found.section("transitions") if entry.section == "steps" and entry.id in (one.data.get("from"), one.data.get("to"))
    ]
    gone = {entry.id, *(one.id for one in edges)}
    edits: list[Edit] = [Remove(one.id) for one in edges]
    told = [f"the edge {edge_named(found, one)} goes with it" for one in edges]
    for one, key in _mentioned(found, gone):
        value = found.entries[one].data.get(key)
        left = [part for part in value if part not in gone] if isinstance(value, list) else None
        if isinstance(value, str) or left == []:
            edits.append(Drop(one, key))
        elif left is not None:
            edits.append(Put(one, key, left))
        if value is not None:
            told.append(f"“{called(found.entries[one])}” no longer names it")
    if cases := _left_in_cases(found, gone):
        told.append(f"{many(cases, 'case')} still {'names' if cases == 1 else 'name'} it, and will not hold")
    return [*edits, Remove(entry.id)], list(dict.fromkeys(told))


def _left_in_cases(found: Desk, gone: set[str]) -> int:
    """How many cases name what goes; none of cases that cannot be read, which is told elsewhere."""
    try:
        return len({one.at for id in gone for one in mentions_in_cases(found.draft.cases, id)}) if found.draft.cases.strip() else 0
    except SourceError:
        return 0


def _mentioned(found: Desk, gone: set[str]) -> Sequence[tuple[str, str]]:
    """Which entries name what goes, and under which of their own keys; what is nested deeper is a condition, and stands in the way."""
    places = [(one.at, one.key) for id in sorted(gone) for one in mentions(found.draft.text, id) if one.at not in gone]
    return list(dict.fromkeys((at, key) for at, key in places if _names(found.entries[at].data.get(key), gone)))


def _names(value: Any, gone: set[str]) -> bool:
    return (
        value in gone
        if isinstance(value, str)
        else isinstance(value, list) and any(isinstance(part, str) and part in gone for part in value)
    )


def remove_button(found: Desk, entry: Entry) -> None:
    """Draw the button that removes an entry; where something hangs on it, it tells what and asks first."""
    key, what = f"build-remove:{entry.id}", _WHAT[entry.section]
    edits, hangs = removal(found, entry)
    name = edge_named(found, entry) if entry.section == "transitions" else f"“{called(entry)}”"
    said = f"{what.capitalize()} {name} removed" + (f": {'; '.join(hangs)}" if hangs else "")
    asked = bool(hangs) and st.session_state.get(key + ":asked", "") == found.draft.text
    act = (_ask, (key, found.draft.text)) if hangs else (_remove, (found, entry, edits, said))
    st.button(f"Remove the {what}", key=key + ":first", icon=":material/delete:", disabled=asked, on_click=act[0], args=act[1])
    if asked:
        st.html(markup.page(tag("ul", *(tag("li", f"{capital(one)}.") for one in hangs), cls="ew-list"), key=key))
        with st.container(horizontal=True, gap="small"):
            st.button("Remove it all the same", key=key, on_click=_remove, args=(found, entry, edits, said))
            st.button("Leave it", key=key + ":leave", on_click=_ask, args=(key, ""))
    show_fault(key)


def _ask(key: str, text: str) -> None:
    """Ask once more, as long as the draft is what it was; an empty text asks no more."""
    st.session_state[key + ":asked"] = text


def _remove(found: Desk, entry: Entry, edits: list[Edit], said: str) -> None:
    submit(found, f"build-remove:{entry.id}", edits, said, at="")
