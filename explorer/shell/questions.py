"""Facts about a patient in Streamlit's own widgets.

The address holds the facts and the widgets mirror it, so that a link, the browser's way back and the widgets never disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from edgewise.explorer.cards.answers import choices_in_words
from edgewise.explorer.cards.markup import page
from edgewise.explorer.cards.terms import in_other_words
from edgewise.explorer.cards.wording import capital, plain
from edgewise.explorer.shell.frame import go, here
from edgewise.explorer.shell.location import Location
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.model import Guideline, Observable
from edgewise.graph.molar_mass import molar_mass_told
from edgewise.graph.units import printed
from edgewise.graph.walking.facts import Answer, Facts, parse_facts
from edgewise.graph.walking.pairs import pairs
from edgewise.graph.walking.readings import still_missing
from edgewise.ontology.errors import FactsError

UNKNOWN = "?"
ASKED = "ask:"
"""What the keys of the widgets begin with that ask, in the place `ask`; others show what is known."""
_MOST_SIDE_BY_SIDE, _WIDEST = 5, 60
_MOST = 12
"""How many values of a series can be typed in; an address may hold more."""


def question(guideline: Guideline, location: Location, id: str, *, place: str) -> None:
    """Ask for one fact, showing what is known of it.

    Args:
        guideline: says how it is asked.
        location: with the facts known so far.
        id: of the observable.
        place: where on the page, as one fact may be asked in two places.
    """
    observable = guideline.observables[first_of_pair(guideline, id)]
    if observable.repeated:
        _series(guideline, location, observable, place)
    elif observable.value_type in ("yes-no", "choice"):
        _options(location, observable, place)
    else:
        _one_number(location, observable, place, _help(guideline, observable))
    if place == "ask" and (meant := in_other_words(here().opened.glossary, observable.question, observable.help)):
        st.html(page(meant))


def _help(guideline: Guideline, observable: Observable) -> str:
    """How to find a number, and by what its substance converts."""
    by = molar_mass_told(guideline, observable)
    return " ".join(filter(None, (observable.help, f"{capital(by)}." if by else "")))


def first_of_pair(guideline: Guideline, id: str) -> str:
    """The observable with which another is told as one reading; of all else itself."""
    return next((first for first, second in pairs(guideline).items() if second == id), id)


def once_a_pair(guideline: Guideline, ids: Iterable[str]) -> tuple[str, ...]:
    """What to ask, two numbers of one reading together."""
    return tuple(dict.fromkeys(first_of_pair(guideline, id) for id in ids))


def _options(location: Location, observable: Observable, place: str) -> None:
    labels = {**choices_in_words(observable), UNKNOWN: "Not known"}
    key = _key(place, location, observable)
    mirror(key, location.facts.get(observable.id, UNKNOWN))
    # Few short answers stand side by side; more are easier to read one below the other.
    side_by_side = len(labels) <= _MOST_SIDE_BY_SIDE and sum(map(len, labels.values())) <= _WIDEST
    ask: Any = st.segmented_control if side_by_side else st.radio
    ask(
        plain(observable.question),
        list(labels),
        format_func=lambda value: plain(labels[value]),
        key=key,
        help=plain(observable.help) or None,
        on_change=_heard,
        args=(observable, [key]),
    )


def _one_number(location: Location, observable: Observable, place: str, hint: str) -> None:
    key = _key(place, location, observable)
    answer = location.facts.get(observable.id)
    mirror(key, as_typed(observable, answer if isinstance(answer, Decimal) else None))
    _number(plain(with_unit(observable)), observable, key, [key], plain(hint))


def _series(guideline: Guideline, location: Location, observable: Observable, place: str) -> None:
    """One number for each time, and where it is asked a place for the next; one left empty between two others is not known.

    Of a reading that has two numbers, both stand side by side.
    """
    asked = [observable, *(guideline.observables[id] for id in [pairs(guideline).get(observable.id)] if id)]
    known = [location.facts.get(one.id) for one in asked]
    values = [list(one) if isinstance(one, tuple) else [] for one in known]
    longest = max(map(len, values))
    count_key = f"{place}:count:{location.guideline}:{observable.id}"
    ready = longest + 1 if place == "ask" else longest
    count = min(max(ready, st.session_state.get(count_key, 1)), max(_MOST, longest))
    keys = [[f"{_key(place, location, one)}:{number}" for number in range(count)] for one in asked]
    hint = " / ".join(plain(one.label) for one in asked)
    st.markdown(plain(with_unit(observable)) + (f" *{hint}*" if len(asked) > 1 else ""), help=plain(_help(guideline, observable)) or None)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"ew-series-{place}-{_slug(observable.id)}"):
        for number in range(count):
            for one, told, own in zip(asked, values, keys, strict=True):
                mirror(own[number], as_typed(one, told[number] if number < len(told) else None))
                label, args, second = plain(f"{one.label}, {number + 1}"), (asked, keys), one is not observable
                number_field(label, one, own[number], "not known", "", number + 1, _heard_series, args, before="/ " if second else "")
        if count < _MOST:
            st.button("Add one more", icon=":material/add:", key=f"{count_key}:add", on_click=_add, args=(count_key, count))
    missing, more = still_missing(guideline, observable.id, known[0]), "more " if longest else ""
    if place == "ask" and (missing > 1 or (missing and longest)):
        st.caption(f"{missing} {more}value{'s are' if missing > 1 else ' is'} needed before the guideline can compare.")


def _add(key: str, count: int) -> None:
    st.session_state[key] = count + 1


def _number(label: str, observable: Observable, key: str, keys: list[str], hint: str) -> None:
    number_field(label, observable, key, "not known", hint, 0, _heard, (observable, keys))


def number_field(
    label: str,
    observable: Observable,
    key: str,
    empty: str,
    hint: str,
    in_series: int,
    heard: Callable[..., None],
    args: tuple[Any, ...],
    before: str = "",
) -> None:
    """A number in its range, or nothing, for which `empty` stands; of a series (`in_series`, from 1) without a label in sight.

    `before` stands before its place in the series: ``/ no. 2`` of the second number of a reading.
    """
    whole = observable.value_type == "count"
    st.number_input(
        label,
        min_value=as_typed(observable, observable.minimum),
        max_value=as_typed(observable, observable.maximum),
        value=None,
        step=1 if whole else 1.0,
        format="%d" if whole else "%g",
        key=key,
        placeholder=f"{before}no. {in_series}" if in_series else empty,
        label_visibility="collapsed" if in_series else "visible",
        help=hint or None,
        on_change=heard,
        args=args,
    )


def as_typed(observable: Observable, value: Answer | None) -> float | int | None:
    """A number as its field holds it; None for what is none."""
    if not isinstance(value, Decimal):
        return None
    return int(value) if observable.value_type == "count" else float(value)


def with_unit(observable: Observable) -> str:
    """The question with the unit of its answer."""
    unit = printed(Decimal(2), observable.unit).removeprefix("2").strip()
    return f"{observable.question} ({unit})" if unit else observable.question


def _heard(observable: Observable, keys: list[str]) -> None:
    """Take what a widget says into the address; what is not known leaves the facts."""
    if not any(moved(key) for key in keys):
        return
    view = here()
    given = [st.session_state.get(key) for key in keys]
    while given and given[-1] in (None, UNKNOWN):
        given.pop()
    facts = {id: answer for id, answer in view.location.facts.items() if id != observable.id}
    if given:
        # A widget lets nothing pass that is out of range; an address that was edited meanwhile may.
        with suppress(FactsError):
            facts |= parse_facts({observable.id: _as_text(given[0])}, view.guideline)
    location = view.location
    if location.timeline and facts == location.facts and observable.id in facts:  # the same is found once more
        go(replace(location, timeline=location.timeline.again({observable.id: facts[observable.id]}), upto=""))
        return
    _take(facts, keys)


def _heard_series(asked: list[Observable], keys: list[list[str]]) -> None:
    """Take all values of a series; of a reading with two numbers both, one of which may not be known yet."""
    if not any(moved(key) for each in keys for key in each):
        return
    view, told = here(), {id: answer for id, answer in here().location.facts.items() if id not in {one.id for one in asked}}
    given = [[st.session_state.get(key) for key in each] for each in keys]
    length = max((number for each in given for number, one in enumerate(each, 1) if one is not None), default=0)
    typed = {one.id: list(map(_as_text, each[:length])) for one, each in zip(asked, given, strict=True) if any(v is not None for v in each)}
    with suppress(FactsError):
        told |= parse_facts(typed, view.guideline)
    _take(told, keys[0])


def _as_text(typed: Any) -> str | None:
    return None if typed is None else str(typed).removesuffix(".0")


def _take(facts: Facts, keys: list[str]) -> None:
    # An answer to what is asked now is the reader's next step: a replay that came to its end is over.
    location = here().location
    go(replace(location, facts=facts, upto="" if keys[0].startswith(ASKED) else location.upto))


def _key(place: str, location: Location, observable: Observable) -> str:
    return f"{place}:{location.guideline}:{observable.id}"


def _slug(id: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in id)
