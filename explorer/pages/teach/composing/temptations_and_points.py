"""What stands beside the story of a stage: steps that tempt though they are not due, and what is to be learnt, tied to statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.teach.composing.draft import Draft, with_lure, with_point, without_beside
from edgewise.explorer.pages.teach.composing.session_drafts import desk, edit
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.cases.form import LONGEST, MOST_REMARKS
from edgewise.graph.cases.model import Lure, Point
from edgewise.graph.model import Guideline, Statement
from edgewise.graph.pathway import Pathway

_ROOM = 100  # characters of a statement in a list


def beside(guideline: Guideline, name: str, number: int) -> None:
    """Lures and teaching points of a stage, and buttons to add more."""
    stage = desk(name).draft.stages[number]
    for place, lure in stage.lures.items():
        with st.container(key=f"ew-set-lure-{place}", border=True, gap="small"):
            _lure(guideline, name, number, place, lure)
    for place, point in stage.points.items():
        with st.container(key=f"ew-set-point-{place}", border=True, gap="small"):
            _point(guideline, name, number, place, point)
    with st.container(key=f"ew-set-more-{number}", horizontal=True, gap="small"):
        _add("Add a lure", f"set:lure+:{name}:{number}", len(stage.lures), _new_lure, name, number)
        _add("Add a teaching point", f"set:point+:{name}:{number}", len(stage.points), _new_point, name, number)


def _add(label: str, key: str, count: int, act: Callable[[str, int], None], name: str, number: int) -> None:
    full = count >= MOST_REMARKS
    st.button(label, key=key, icon=":material/add:", type="tertiary", disabled=full, on_click=act, args=(name, number))


def _new_lure(name: str, number: int) -> None:
    edit(name, lambda draft: with_lure(draft, number, Lure("", "")))


def _new_point(name: str, number: int) -> None:
    edit(name, lambda draft: with_point(draft, number, Point("", ())))


def _lure(guideline: Guideline, name: str, number: int, place: int, lure: Lure) -> None:
    key, steps = f"set:lure:{name}:{place}", guideline.steps
    heard = partial(_hear_lure, name, number, place)
    _head("Lure: tempting, but not next", name, number, place)
    mirror(f"{key}:step", lure.step if lure.step in steps else None)
    st.selectbox(
        "Step that tempts",
        list(steps),
        index=None,
        format_func=lambda id: clean(steps[id].label),
        key=f"{key}:step",
        placeholder="Which step?",
        label_visibility="collapsed",
        on_change=heard,
    )
    mirror(f"{key}:why", lure.why)
    st.text_area("Why it tempts", key=f"{key}:why", max_chars=LONGEST["why"], height=68, on_change=heard)
    pitfalls = {id: one for id, one in guideline.statements.items() if one.kind == "pitfall"}
    if pitfalls:
        mirror(f"{key}:pitfall", lure.pitfall if lure.pitfall in pitfalls else None)
        st.selectbox(
            "Pitfall that warns of it",
            list(pitfalls),
            index=None,
            format_func=_passages(pitfalls),
            key=f"{key}:pitfall",
            placeholder="None of them",
            on_change=heard,
        )


def _hear_lure(name: str, number: int, place: int) -> None:
    key = f"set:lure:{name}:{place}"
    parts = {part: st.session_state[f"{key}:{part}"] or "" for part in ("step", "why", "pitfall") if moved(f"{key}:{part}")}

    def change(draft: Draft) -> Draft:
        found = draft.stages[number].lures.get(place) if number in draft.stages else None
        return with_lure(draft, number, replace(found, **parts), place) if found else draft

    edit(name, change)


def _point(guideline: Guideline, name: str, number: int, place: int, point: Point) -> None:
    key, heard = f"set:point:{name}:{place}", partial(_hear_point, name, number, place)
    passages = Pathway.of(guideline).passages
    _head("Teaching point", name, number, place)
    mirror(f"{key}:text", point.text)
    st.text_area(
        "What to take home", key=f"{key}:text", max_chars=LONGEST["text"], height=68, label_visibility="collapsed", on_change=heard
    )
    mirror(f"{key}:based_on", [id for id in point.based_on if id in passages])
    st.multiselect(
        "Statements it rests on",
        list(passages),
        format_func=_passages(passages),
        key=f"{key}:based_on",
        max_selections=MOST_REMARKS,
        placeholder="Choose by place or word",
        on_change=heard,
    )


def _hear_point(name: str, number: int, place: int) -> None:
    key = f"set:point:{name}:{place}"
    parts: dict[str, Any] = {}
    if moved(f"{key}:text"):
        parts["text"] = st.session_state[f"{key}:text"] or ""
    if moved(f"{key}:based_on"):
        parts["based_on"] = tuple(st.session_state[f"{key}:based_on"])

    def change(draft: Draft) -> Draft:
        found = draft.stages[number].points.get(place) if number in draft.stages else None
        return with_point(draft, number, replace(found, **parts), place) if found else draft

    edit(name, change)


def _head(label: str, name: str, number: int, place: int) -> None:
    with st.container(key=f"ew-set-head-{place}", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{label}**", width="content")
        st.button(
            "Remove", icon=":material/close:", key=f"set:away:{name}:{place}", type="tertiary", on_click=_away, args=(name, number, place)
        )


def _away(name: str, number: int, place: int) -> None:
    edit(name, lambda draft: without_beside(draft, number, place))


def _passages(known: Mapping[str, Statement]) -> Callable[[str], str]:
    """Each by its place and its first words."""

    def named(id: str) -> str:
        told = clean(f"{known[id].place}: {known[id].text}")
        return told if len(told) <= _ROOM else told[: _ROOM - 1].rstrip() + "…"

    return named
