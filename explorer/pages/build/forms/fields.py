"""Fields that keep what is typed: each shows what the draft says until somebody types something else, and then that.

What is typed stays although another part of the page, another tab or an undo changes the draft; fields that nobody touched
follow the draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build.forms.values import UNITS

NOT_SAID = "Not said yet"
_SEEDS, _FAULTS = "build-seeds", "build-faults"


def seed(key: str, value: Any) -> None:
    """Have the widget `key`, which is about to be drawn, show a value, unless something else was typed there."""
    seeds: dict[str, Any] = st.session_state.setdefault(_SEEDS, {})
    untouched = key in st.session_state and st.session_state[key] == seeds.get(key)
    if key not in st.session_state or (untouched and st.session_state[key] != value):
        st.session_state[key] = value
    seeds[key] = value


def moved(key: str) -> bool:
    """Whether something else stands in the widget than the draft said."""
    return key in st.session_state and bool(st.session_state[key] != st.session_state.get(_SEEDS, {}).get(key))


def put(key: str, value: Any) -> None:
    """Set a widget from a callback."""
    st.session_state[key] = value


def forget(keys: Mapping[str, str]) -> None:
    """Have a form begin anew the next time it is drawn; from a callback."""
    for name in keys.values():
        st.session_state.pop(name, None)


def blame(key: str, told: str) -> None:
    """Have a fault told beside a field, until the form is submitted again."""
    st.session_state.setdefault(_FAULTS, {})[key] = told


def absolve(form: str) -> None:
    """Forget the faults of a form's fields."""
    faults: dict[str, str] = st.session_state.setdefault(_FAULTS, {})
    for key in [key for key in faults if key.startswith(form)]:
        del faults[key]


def show_fault(key: str) -> None:
    """Tell what is wrong with what stands in the field above."""
    if told := st.session_state.get(_FAULTS, {}).get(key, ""):
        st.html(markup.page(tag("p", told, cls="ew-build-fault", role="alert"), key=f"fault-{key}"))


def _told(key: str, name: str) -> None:
    """Tell below a field what is wrong with it, and that it is the one to which the list of what there is to do has led."""
    show_fault(name)
    if st.query_params.get("field") == key and not st.session_state.get(name):
        st.html(markup.page(tag("p", "This is still to write.", cls="ew-build-due"), key=f"due-{name}"))


@dataclass(slots=True)
class Fields:
    """The fields of one form, each for a key of the model; `data` is what the draft says of the entry.

    Attributes:
        form: name of the form, unique on the page; keys of its widgets begin with it.
        data: of the entry.
        keys: the fields drawn so far: keys of the model, and of the widgets.
    """

    form: str
    data: Mapping[str, Any]
    keys: dict[str, str] = field(default_factory=dict)

    def text(self, label: str, key: str, *, hint: str = "", most: int = 200, area: bool = False, value: str | None = None) -> None:
        """A line of text, or an `area` of several."""
        name = self._seeded(key, self._said(key) if value is None else value)
        if area:
            st.text_area(plain(label), key=name, help=hint or None, max_chars=most, height=90)
        else:
            st.text_input(plain(label), key=name, help=hint or None, max_chars=most)
        _told(key, name)

    def one(
        self, label: str, key: str, options: Mapping[str, str], *, hint: str = "", none: str = NOT_SAID, value: str | None = None
    ) -> None:
        """One of several, or none; what stands there and is none of them can stay."""
        now = self._said(key) if value is None else value
        named = ({"": none} if none or not now else {}) | dict(options) | ({now: now} if now and now not in options else {})
        name = self._seeded(key, now)
        st.selectbox(plain(label), list(named), key=name, format_func=named.__getitem__, help=hint or None)
        _told(key, name)

    def pick(
        self, label: str, key: str, options: Mapping[str, str], *, hint: str = "", value: str | None = None, across: bool = True
    ) -> None:
        """One of a few, all in sight; nothing is picked where nothing was said."""
        now = self._said(key) if value is None else value
        name = self._seeded(key, now if now in options else None)
        named = {id: plain(told) for id, told in options.items()}
        st.radio(plain(label), list(named), key=name, format_func=named.__getitem__, help=hint or None, index=None, horizontal=across)
        _told(key, name)

    def many(self, label: str, key: str, options: Mapping[str, str], *, hint: str = "") -> None:
        """Any number of several, in the order in which they were chosen."""
        now = self.data.get(key, [])
        now = [now] if isinstance(now, str) and now else [one for one in now if isinstance(one, str)]
        named = dict(options) | {one: one for one in now if one not in options}
        name = self._seeded(key, now)
        st.multiselect(plain(label), list(named), key=name, format_func=named.__getitem__, help=hint or None, placeholder="Choose")
        _told(key, name)

    def tick(self, label: str, key: str, *, hint: str = "") -> None:
        """Yes, or nothing said."""
        name = self._seeded(key, self.data.get(key) in ("true", "1"))
        st.checkbox(plain(label), key=name, help=hint or None)
        _told(key, name)

    def unit(self, label: str, key: str, *, value: str, hint: str = "") -> None:
        """A unit of the list, or another one that is typed, by whatever name."""
        name = self._seeded(key, value or None)
        options = list(dict.fromkeys([*([value] if value else []), *UNITS]))
        st.selectbox(
            plain(label),
            options,
            index=None,
            key=name,
            format_func=lambda id: UNITS.get(id, id),
            placeholder="Choose, or type one",
            help=hint or None,
            accept_new_options=True,
        )
        _told(key, name)

    def _said(self, key: str) -> str:
        now = self.data.get(key, "")
        return now if isinstance(now, str) else ""

    def _seeded(self, key: str, value: Any) -> str:
        name = self.keys[key] = f"{self.form}:{key}"
        seed(name, value)
        return name


def typed(keys: Mapping[str, str], *, all: Sequence[str] = ()) -> dict[str, Any]:
    """What was changed in a form, by keys of the model, as the model writes it: text, a list, `true`; empty for what is to go.

    Of the keys in `all` also what was not changed.
    """
    found = {key: st.session_state[name] for key, name in keys.items() if moved(name) or (key in all and name in st.session_state)}
    return {key: _plain(value) for key, value in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else ""
    return value.strip() if isinstance(value, str) else value or ""
