"""The stages of a case: the open one as a form with the guideline's answer beside it, the others as a line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.teach.composing.check import Remark
from edgewise.explorer.pages.teach.composing.draft import Draft, known, moved_stage, with_new_stage, with_stage, without_stage
from edgewise.explorer.pages.teach.composing.facts import facts
from edgewise.explorer.pages.teach.composing.guideline_answer import answered, in_short, warned
from edgewise.explorer.pages.teach.composing.session_drafts import desk, edit
from edgewise.explorer.pages.teach.composing.temptations_and_points import beside
from edgewise.explorer.pages.teach.scrolling import bring_into_sight
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.cases.form import LONGEST, MOST_STAGES
from edgewise.graph.cases.model import answer
from edgewise.graph.model import Guideline

_ROOM = 90  # characters of a stage's story on its line
_ELSEWHERE = ("goes-nowhere", "missing-expectation", "point-without-statement")  # told at the end, or not to be told here


def stages(guideline: Guideline, name: str, remarks: Sequence[Remark]) -> None:
    """All stages in order, one of them open, and the way to add one."""
    draft = desk(name).draft
    for at, number in enumerate(draft.stages):
        warnings = [remark.told for remark in remarks if remark.stage == at and remark.rule not in _ELSEWHERE]
        if number == draft.open:
            with st.container(key=f"ew-set-stage-{number}", border=True, gap="small"):
                _open(guideline, name, number, at, warnings)
        else:
            _closed(guideline, name, number, at, bool(warnings))
    bring_into_sight(desk(name).sight)
    full = len(draft.stages) >= MOST_STAGES
    st.button("Add a stage", key=f"set:stage+:{name}", icon=":material/add:", disabled=full, on_click=_edit, args=(name, with_new_stage))


def _edit(name: str, change: Callable[..., Draft], *args: object) -> None:
    before = desk(name).draft.open
    edit(name, lambda draft: change(draft, *args))
    opened = desk(name).draft.open
    if opened != before:
        desk(name).sight = _mark(opened)


def _mark(number: int) -> str:
    return f"set-stage-{number}"


def _closed(guideline: Guideline, name: str, number: int, at: int, warned: bool) -> None:
    draft = desk(name).draft
    told = clean(draft.stages[number].tells) or "nothing told yet"
    told = told if len(told) <= _ROOM else told[: _ROOM - 1].rstrip() + "…"
    next_step = in_short(guideline, answer(guideline, known(draft, number)))
    label = f"**Stage {at + 1}** {plain(told)} *{'⚠ ' if warned else ''}→ {plain(next_step)}*"
    with st.container(key=f"ew-set-line-{number}"):
        st.button(label, key=f"set:open:{name}:{number}", type="tertiary", width="stretch", on_click=_edit, args=(name, _turned, number))


def _turned(draft: Draft, number: int) -> Draft:
    return replace(draft, open=number) if number in draft.stages else draft


def _open(guideline: Guideline, name: str, number: int, at: int, warnings: Sequence[str]) -> None:
    draft = desk(name).draft
    stage = draft.stages[number]
    _head(name, number, at, len(draft.stages))
    left, right = st.columns([11, 9], gap="medium")
    with left, st.container(gap="small"):
        key = f"set:tells:{name}:{number}"
        mirror(key, stage.tells)
        st.text_area(
            "What is told now",
            key=key,
            max_chars=LONGEST["tells"],
            height=84,
            placeholder="As a colleague would tell it",
            on_change=_tell,
            args=(name, number),
        )
        facts(guideline, name, number)
    with right, st.container(key=f"ew-set-side-{number}"):
        begun = bool(stage.facts or stage.tells.strip())
        told = tag("p", "Worked out from the facts alone; the words change nothing.", cls="ew-quiet ew-set-foot")
        st.html(page(answered(guideline, known(draft, number)), warned(warnings if begun else ()), told, key=f"set-answer-{number}"))
    with st.container(key=f"ew-set-beside-{number}", gap="small"):
        beside(guideline, name, number)


def _head(name: str, number: int, at: int, count: int) -> None:
    with st.container(key=f"ew-set-top-{number}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(page(tag("h2", f"Stage {at + 1}", tabindex="-1"), key=_mark(number)))
        if count > 1:
            _tool("Up", "arrow_upward", f"set:up:{name}:{number}", at == 0, _edit, name, moved_stage, number, -1)
            _tool("Down", "arrow_downward", f"set:down:{name}:{number}", at == count - 1, _edit, name, moved_stage, number, 1)
            _tool("Remove", "close", f"set:remove:{name}:{number}", False, _edit, name, without_stage, number)


def _tool(label: str, icon: str, key: str, off: bool, act: Callable[..., None], *args: object) -> None:
    st.button(label, icon=f":material/{icon}:", key=key, type="tertiary", disabled=off, on_click=act, args=args)


def _tell(name: str, number: int) -> None:
    key = f"set:tells:{name}:{number}"
    if moved(key):
        edit(name, lambda draft: with_stage(draft, number, tells=st.session_state[key] or ""))
