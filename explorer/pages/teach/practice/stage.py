"""A stage before its commitment: the patient as far as told, and the question. Nothing here knows an answer that was not committed to."""

from __future__ import annotations

import time
from collections.abc import Sequence

import streamlit as st

from edgewise.explorer.cards.answers import answer_in_words
from edgewise.explorer.cards.markup import Html, chip, page, symbol, tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.teach.options import WORDS, Option, options
from edgewise.explorer.pages.teach.practice.session import begin_again, leave, practice, token
from edgewise.explorer.pages.teach.revealed_answer import HEADS, picked
from edgewise.explorer.pages.teach.round import LONGEST_WHY, Round, known
from edgewise.graph.answers.in_words import facts_told

_MISSING = "practise:missing"


def patient(key: str, one: Round, turn: str) -> None:
    """What is told up to this stage, what was committed to on the way, and the facts; `turn` marks what is new."""
    with st.container(key="ew-practise-tools", horizontal=True, gap="small"):
        st.button("All cases", icon=":material/arrow_back:", key="practise:leave", type="tertiary", on_click=leave)
        if one.entries:
            icon = ":material/restart_alt:"
            st.button("Start over", icon=icon, key="practise:again", type="tertiary", on_click=begin_again, args=(key, one.attempt))
    st.html(page(*_patient(one, turn)))


def _patient(one: Round, turn: str) -> Sequence[Html]:
    case = one.case
    head = tag("p", f"Stage {one.last + 1} of {len(case.stages)}", cls="ew-over")
    stages = tag("ol", *(_told(one, number, turn) for number in range(one.last + 1)), cls="ew-stages")
    chips = list(_facts(one))
    listed = [tag("h2", "Known so far", cls="ew-small-heading"), tag("div", *chips, cls="ew-row")] if chips else []
    return head, tag("h1", case.title), tag("p", case.vignette), stages, *listed


def _told(one: Round, number: int, turn: str) -> Html:
    at = one.case.timeline(number)
    tells = f"{f'After {at.now}: ' if at else ''}{one.case.stages[number].tells}"
    if number == one.last:
        return tag("li", tag("p", tells, tabindex="-1"), aria_current="step", data_ew=turn)
    entry = one.entries[number]
    sign, tone, word = HEADS[entry.outcome]
    head = tag("span", symbol(sign), tag("span", f"{word}: ", cls="ew-unseen"), cls=f"ew-mark ew-ink-{tone}")
    return tag("li", tag("p", tells), tag("p", head, f" You: {picked(one.guideline, entry.picks)}", cls="ew-quiet"))


def _facts(one: Round) -> Sequence[Html]:
    """What is known, in the order it was told; from the second stage on the new facts stand out."""
    facts, new = known(one.guideline, one.case.present(one.guideline, one.last).facts), one.case.stages[one.last].facts
    told = {id: f"{label}: {answer}" for id, (label, answer) in facts_told(one.guideline, facts, answer_in_words).items()}
    return [chip(f"New: {words}", "own") if one.last and id in new else chip(words) for id, words in told.items()]


def ask(key: str, one: Round) -> None:
    """The question: what is next?"""
    one.seen.setdefault(one.last, time.monotonic())
    listed, mark = options(one.guideline), token(key, one.attempt, one.last)
    names = {option.pick: plain(option.name) for option in listed}
    with st.form(f"practise:form:{mark}", border=False, enter_to_submit=False):
        st.radio(
            "What is the next step?",
            list(names),
            index=None,
            format_func=names.__getitem__,
            captions=_heads(listed),
            key=f"practise:pick:{mark}",
        )
        steps = [option.pick for option in listed if option.pick not in WORDS]
        more = "And at the same time? (if several steps are due at once)"
        st.multiselect(more, steps, format_func=names.__getitem__, key=f"practise:beside:{mark}", placeholder="Nothing else")
        st.text_area("Why? (if you like)", key=f"practise:why:{mark}", max_chars=LONGEST_WHY, height=68)
        with st.container(key="ew-practise-commit", horizontal=True, vertical_alignment="center", gap="small"):
            st.form_submit_button("Commit", type="primary", on_click=_commit, args=(key, one.attempt, one.last, mark))
            st.html(page(_beside(mark, at_first=not one.entries)))


def _heads(listed: Sequence[Option]) -> list[str]:
    """The phase above the first option of each."""
    before = ["", *(option.phase for option in listed)]
    return [plain(option.phase) if option.phase != earlier else "" for option, earlier in zip(listed, before, strict=False)]


def _beside(mark: str, *, at_first: bool) -> Html:
    missing, what = st.session_state.pop(_MISSING, ("", ""))
    if missing == mark:
        return tag("p", symbol("⚠"), tag("strong", f" {what}"), role="alert")
    lost = " Loading the page anew begins the case again, and clears score and log." if at_first else ""
    return tag("p", f"Once committed, it stands.{lost}", cls="ew-quiet")


def _commit(key: str, attempt: int, stage: int, mark: str) -> None:
    pick, why, beside = (st.session_state.get(f"practise:{field}:{mark}") for field in ("pick", "why", "beside"))
    if pick is None:
        st.session_state[_MISSING] = mark, "Choose a next step first."
    elif pick in WORDS and beside:
        st.session_state[_MISSING] = mark, f"Either steps, or “{WORDS[pick]}”: take one of the two back."
    else:
        practice().commit(key, attempt, stage, str(pick), str(why or ""), time.monotonic(), [str(one) for one in beside or ()])
