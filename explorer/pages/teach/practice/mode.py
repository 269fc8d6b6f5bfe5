"""*Practise* on the Teach page: a case is told stage by stage; the resident commits to a next step, and only then the walk is asked.

The address says which case (``case=``, or the whole case as ``set=``) and, from 1, which stage (``at=``). What was committed to is kept in
the session alone. Nothing that depends on an answer is computed, let alone sent, before its commitment.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from edgewise.explorer.cards.markup import Html, page, tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.teach.cases import Chosen, Shelf, any_case, chosen, key_of, shelf
from edgewise.explorer.pages.teach.practice.reveal import reveal, summary
from edgewise.explorer.pages.teach.practice.score import score
from edgewise.explorer.pages.teach.practice.session import begin_again, leave, open_case, practice, to_setting, token
from edgewise.explorer.pages.teach.practice.stage import ask, patient
from edgewise.explorer.pages.teach.round import Round
from edgewise.explorer.pages.teach.scrolling import bring_into_sight
from edgewise.explorer.shell.frame import Here, complain, here
from edgewise.ontology.errors import EdgewiseError


def practise(view: Here) -> None:
    """Draw the mode."""
    found = shelf(view)
    try:
        picked = chosen(view, found)
    except EdgewiseError as error:
        complain(str(error).splitlines())
        picked = None
    if picked is None:
        _cases(view, found)
    else:
        _round(view, found, picked)


# ---- choosing a case -------------------------------------------------------------------------------------------------


def _cases(view: Here, found: Shelf) -> None:
    bring_into_sight("practise-cases", top=True)
    complain(found.problems)
    with st.container(key="ew-practise-cases", gap="small"):
        st.html(page(*_invitation(found), key="practise-cases"))
        with st.container(horizontal=True, gap="small"):
            _go_on(view, found)
            _any(found)
            if not found.cases:
                st.button("Set a case", key="practise:set", type="primary", on_click=to_setting)
        with st.container(key="ew-practise-list", gap="small"):
            for id, case in found.cases.items():
                _listed(view, id, case.title)
        score(view.guideline)


def _invitation(found: Shelf) -> Sequence[Html]:
    if not found.cases:
        none = "No case is kept beside this guideline. Under “Set a case” you can compose one, to share or to keep in a cases.yaml."
        return tag("h1", "No cases yet"), tag("p", none), tag("p", "Present and Hand out need no case.", cls="ew-quiet")
    how = "A patient is told in stages. At each you commit to the next step; only then do you see what the guideline names, and why."
    return tag("h1", "Choose a case", tabindex="-1"), tag("p", how, cls="ew-lede")


def _listed(view: Here, id: str, title: str) -> None:
    key = key_of(view, id)
    done, begun = practice().finished.get(key), practice().rounds.get(key)
    remark = f" *✓ done, {done[0]} of {done[1]} right*" if done else " *… begun*" if begun and begun.entries else ""
    st.button(f"{plain(title)}{remark}", key=f"practise:case:{key}", width="stretch", on_click=_open, args=(key, id))


def _open(key: str, id: str) -> None:
    """To a case, where it was left; one that was finished begins again."""
    found = practice().rounds.get(key)
    if found and found.done:
        practice().begin_again(key)
    open_case({"case": id}, found.last if found and not found.done else 0)


def _go_on(view: Here, found: Shelf) -> None:
    """Back to the round that was left before its end."""
    left = practice().unfinished(f"{view.opened.name}/")
    if left and ("set" in left.own or left.own.get("case") in found.cases):
        label, icon = f"Go on with “{plain(left.case.title)}”", ":material/arrow_forward:"
        st.button(label, key="practise:on", type="primary", icon=icon, on_click=open_case, args=(left.own, left.last))


def _any(found: Shelf, but: str = "") -> None:
    if set(found.cases) - {but}:
        label = "Another case" if but else "Any case"
        st.button(label, key="practise:any", icon=":material/shuffle:", on_click=_open_any, args=(but,))


def _open_any(but: str) -> None:
    view = here()
    id = any_case(view, shelf(view), practice(), but)
    if id:
        _open(key_of(view, id), id)


# ---- a round ---------------------------------------------------------------------------------------------------------


def _round(view: Here, found: Shelf, picked: Chosen) -> None:
    one, dropped = practice().round_of(picked.key, view.guideline, picked.case, picked.own)
    at = one.place(view.location.own.get("at", ""))
    _remark(one, at, dropped)
    one.last = one.place("") or 0 if at is None else at
    committed = one.last < len(one.entries)
    turn = f"practise-{token(picked.key, one.attempt, one.last, committed)}"
    ended = one.last == len(one.case.stages)
    bring_into_sight(turn, top=ended)
    if ended:
        _end(found, picked, one, turn)
        return
    left, right = st.columns([9, 11], gap=None)
    with left, st.container(key="ew-practise-patient", gap="small"):
        patient(picked.key, one, "" if committed else turn)
    with right, st.container(key="ew-practise-answer", gap="small"):
        if committed:
            reveal(one, turn)
        else:
            ask(picked.key, one)
        score(view.guideline)


def _remark(one: Round, at: int | None, dropped: bool) -> None:
    if dropped:
        st.info("The case or the guideline was changed meanwhile: the case begins again. What you had committed to is still in the log.")
    elif at is None and one.entries:
        st.info("The case has not come to that stage yet.")
    elif at is None:
        st.info("The case begins at its first stage: what was committed to is kept only as long as the page is not loaded anew.")


def _end(found: Shelf, picked: Chosen, one: Round, turn: str) -> None:
    with st.container(key="ew-practise-end", gap="small"):
        summary(one, turn)
        with st.container(horizontal=True, gap="small"):
            _any(found, one.case.id)
            icon = ":material/restart_alt:"
            st.button("Practise it again", icon=icon, key="practise:again", on_click=begin_again, args=(picked.key, one.attempt))
            st.button("All cases", icon=":material/arrow_back:", key="practise:leave", type="tertiary", on_click=leave)
        score(one.guideline)
