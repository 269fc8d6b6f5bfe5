"""Facts of a stage by form: only what the guideline asks, each to be left out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import streamlit as st

from edgewise.explorer.cards.answers import answer_in_words
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.teach.composing.draft import Draft, known, with_fact
from edgewise.explorer.pages.teach.composing.session_drafts import desk, edit
from edgewise.explorer.shell.frame import here
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.explorer.shell.questions import UNKNOWN, as_typed, number_field, with_unit
from edgewise.graph.model import Guideline, Observable
from edgewise.graph.walking.facts import Answer, parse_facts
from edgewise.graph.walking.walk import walk
from edgewise.ontology.errors import FactsError

_MOST_SIDE_BY_SIDE, _WIDEST, _MOST_VALUES = 5, 46, 12


def facts(guideline: Guideline, name: str, number: int) -> None:
    """The facts of a stage: those told in it, what the pathway asks next, and a way to tell anything else.

    Args:
        guideline: says what can be asked.
        name: of the guideline in addresses.
        number: of the stage.
    """
    draft = desk(name).draft
    earlier = known(draft, number, before=True)
    shown = _shown(guideline, draft, name, number)
    for id in shown:
        _fact(name, number, guideline.observables[id], draft.stages[number].facts.get(id), earlier.get(id))
    _something_else(guideline, name, number, [id for id in guideline.observables if id not in shown])


def _shown(guideline: Guideline, draft: Draft, name: str, number: int) -> list[str]:
    """In the guideline's order, so that nothing changes places while it is filled in."""
    walked = walk(guideline, known(draft, number))
    picked = st.session_state.get(_more(name, number), ())
    wanted = {*draft.stages[number].facts, *walked.questions, *walked.awaited, *picked}
    return [id for id in guideline.observables if id in wanted]


def _more(name: str, number: int) -> str:
    return f"set:more:{name}:{number}"


def _something_else(guideline: Guideline, name: str, number: int, rest: Sequence[str]) -> None:
    if not rest:
        return
    key = f"set:else:{name}:{number}"
    mirror(key, None)
    st.selectbox(
        "Tell something else",
        list(rest),
        index=None,
        format_func=lambda id: clean(guideline.observables[id].label),
        key=key,
        placeholder="Tell something else …",
        label_visibility="collapsed",
        on_change=_pick,
        args=(name, number, key),
    )


def _pick(name: str, number: int, key: str) -> None:
    if moved(key):
        more = _more(name, number)
        st.session_state[more] = (*st.session_state.get(more, ()), st.session_state[key])


def _fact(name: str, number: int, observable: Observable, told: Answer | None, earlier: Answer | None) -> None:
    label = plain(with_unit(observable))
    if earlier is not None:
        label += f" *so far: {plain(answer_in_words(observable, earlier))}*"
    if observable.repeated:
        _series(name, number, observable, label, told)
    elif observable.value_type in ("yes-no", "choice"):
        _options(name, number, observable, label, told)
    else:
        key = _key(name, number, observable)
        mirror(key, as_typed(observable, told))
        _number(label, name, number, observable, key, [key])


def _options(name: str, number: int, observable: Observable, label: str, told: Answer | None) -> None:
    answers = {"yes": "Yes", "no": "No"} if observable.value_type == "yes-no" else dict(observable.choices)
    labels = {**answers, UNKNOWN: "Not told"}
    key = _key(name, number, observable)
    mirror(key, told if told in answers else UNKNOWN)
    side_by_side = len(labels) <= _MOST_SIDE_BY_SIDE and sum(map(len, labels.values())) <= _WIDEST
    ask: Any = st.segmented_control if side_by_side else st.radio
    ask(
        label,
        list(labels),
        format_func=lambda value: plain(labels[value]),
        key=key,
        help=plain(observable.help) or None,
        on_change=_heard,
        args=(name, number, observable, [key]),
    )


def _series(name: str, number: int, observable: Observable, label: str, told: Answer | None) -> None:
    """One number for each time, and a place for the next; one left empty between two others is not known."""
    values = list(told) if isinstance(told, tuple) else []
    count = min(len(values) + 1, max(_MOST_VALUES, len(values)))
    keys = [f"{_key(name, number, observable)}:{place}" for place in range(count)]
    st.markdown(label, help=plain(observable.help) or None)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"ew-set-series-{number}-{_slug(observable.id)}"):
        for place, key in enumerate(keys):
            mirror(key, as_typed(observable, values[place] if place < len(values) else None))
            _number(plain(f"{observable.label}, {place + 1}"), name, number, observable, key, keys, in_series=place + 1)


def _number(label: str, name: str, number: int, observable: Observable, key: str, keys: list[str], in_series: int = 0) -> None:
    hint = "" if in_series else plain(observable.help)
    number_field(label, observable, key, "not told", hint, in_series, _heard, (name, number, observable, keys))


def _heard(name: str, number: int, observable: Observable, keys: list[str]) -> None:
    """Take what a widget says into the draft; what is not told leaves it."""
    if not any(moved(key) for key in keys):
        return
    given = [st.session_state.get(key) for key in keys]
    while given and given[-1] in (None, UNKNOWN):
        given.pop()
    values = [None if one is None else str(one).removesuffix(".0") for one in given]
    with suppress(FactsError):  # a widget lets nothing pass that is out of range; a guideline edited meanwhile may
        told = parse_facts({observable.id: values if observable.repeated else values[0]}, here().guideline) if values else {}
        edit(name, lambda draft: with_fact(draft, number, observable.id, told.get(observable.id)))
    if not given:  # withdrawn by hand: it stays in sight until the stage is left
        more = _more(name, number)
        st.session_state[more] = tuple(dict.fromkeys((*st.session_state.get(more, ()), observable.id)))


def _key(name: str, number: int, observable: Observable) -> str:
    return f"set:fact:{name}:{number}:{observable.id}"


def _slug(id: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in id)
