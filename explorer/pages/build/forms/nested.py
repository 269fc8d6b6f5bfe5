"""A list within an entry, as a step's components, their doses and a score's items: each as a button that opens its form; one more below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import cut_words, plain
from edgewise.explorer.pages.build.forms.fields import Fields, absolve, blame, forget, show_fault, typed
from edgewise.explorer.pages.build.forms.holder import Held
from edgewise.explorer.pages.build.forms.submitting import edits_of, submit
from edgewise.graph.drafting.edits import Add, Drop, Edit, Remove

Typed: TypeAlias = Mapping[str, Any]
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Kind:
    """What the entries of such a list are; their forms differ in this alone.

    Attributes:
        what: one is called.
        lead: stands above the list.
        none: what is said where there are none; empty for nothing.
        told: an entry in words, by its name and as it is written.
        draw: the fields, for what is written so far.
        made: what was changed as the model writes it, and what is wrong with it, by field; given are what is written so far, what was
            changed, and all that stands in the fields.
        below: draws what belongs to an entry and has forms of its own, by the entry's name.
        add: draws the form of a new entry, where its fields alone do not make one.
    """

    what: str
    lead: str
    none: str
    told: Callable[[Nested, str, Typed], str]
    draw: Callable[[Nested, Fields], None]
    made: Callable[[Typed, Typed, Typed], tuple[dict[str, Any], dict[str, str]]]
    below: Callable[[Nested, str], None] | None = None
    add: Callable[[Nested], None] | None = None


@dataclass(frozen=True, slots=True)
class Nested(Held):
    """Such a list; written as a single block, it is a list of one."""

    kind: Kind

    @property
    def entries(self) -> list[tuple[str, Typed]]:
        """Each with the name by which edits call it."""
        listed = self.data if isinstance(self.data, list) else [self.data] if isinstance(self.data, dict) else []
        by_place = ((f"{self.at}/{self.key}/{number}", one) for number, one in enumerate(listed, 1) if isinstance(one, dict))
        return [(str(one.get("id") or place), one) for place, one in by_place]


def nested(held: Nested) -> None:
    """Draw the list, the form of the entry that is open, and the way to one more."""
    (path, adding), there = held.opened, held.entries
    with st.container(key=f"ew-{held.name}".replace(":", "-").replace("/", "-"), gap="small"):
        st.html(markup.page(tag("h3", held.kind.lead), key=held.name))
        show_fault(held.name)
        if not there and held.kind.none and adding is None:
            st.caption(held.kind.none)
        for number, (name, data) in enumerate(there):
            _row(held, number, name, data, shut=path != (number,))
        if adding is None:
            st.button(f"Add {held.kind.what}", key=held.name + ":add", icon=":material/add:", on_click=held.open, args=(None, ((), "all")))
        else:
            with st.container(border=True, gap="small"):
                (held.kind.add or _form_of_new)(held)


def _row(held: Nested, number: int, name: str, data: Typed, *, shut: bool) -> None:
    label = plain(cut_words(held.kind.told(held, name, data), _LONGEST))
    icon = ":material/edit:" if shut else ":material/expand_more:"
    key = f"{held.name}:row:{number}"
    st.button(label, key=key, type="tertiary", icon=icon, on_click=held.open, args=((number,) if shut else None,))
    if shut:
        return
    with st.container(border=True, gap="small"):
        form = f"{held.name}:{number}"
        fields = Fields(form, data)
        with st.form(form + ":form", border=False):
            held.kind.draw(held, fields)
            if "id" in data:
                with st.expander("More"):
                    fields.text("Name in links and formulas (id)", "id", most=60)
            show_fault(form)
            st.form_submit_button(f"Keep the {_bare(held)}", type="primary", on_click=_keep, args=(held, name, data, form, fields.keys))
        if held.kind.below:
            held.kind.below(held, name)
        st.button(f"Remove the {_bare(held)}", key=form + ":remove", icon=":material/delete:", on_click=_remove, args=(held, name))


def _form_of_new(held: Nested) -> None:
    """Draw the form by which an entry is added that its fields alone make."""
    form = f"{held.name}:new"
    fields = Fields(form, {})
    with st.form(form + ":form", border=False):
        held.kind.draw(held, fields)
        show_fault(form)
        st.form_submit_button(f"Add {held.kind.what}", type="primary", on_click=_add, args=(held, form, fields.keys))
    st.button("Cancel", key=form + ":cancel", on_click=held.open, args=(None,))


def read_fields(held: Nested, keys: Mapping[str, str], data: Typed, form: str) -> dict[str, Any] | None:
    """What was typed, as the model writes it; None where something is wrong, which is then told beside its field."""
    absolve(form)
    wanted = typed(keys, all=[*keys] if not data else ())
    made, faults = held.kind.made(data, wanted, typed(keys, all=[*keys]))
    for key, told in faults.items():
        blame(keys[key], told)
    return None if faults else made


def _keep(held: Nested, name: str, data: Typed, form: str, keys: Mapping[str, str]) -> None:
    made = read_fields(held, keys, data, form)
    if made is not None and submit(held.found, form, edits_of(name, data, made), f"{held.named}: {_bare(held)} changed"):
        held.open(None)


def _add(held: Nested, form: str, keys: Mapping[str, str]) -> None:
    made = read_fields(held, keys, {}, form)
    if made is not None:
        add(held, made, form, keys)


def add(held: Nested, made: Typed, form: str, keys: Mapping[str, str]) -> bool:
    """Write a new entry into the draft; where something belongs to it that has forms of its own, it stays open."""
    entry = {key: value for key, value in made.items() if value not in ("", [])}
    number = len(held.entries)
    done = submit(held.found, form, [Add(held.key, entry, at=held.at)], f"{held.named}: {_bare(held)} added")
    if done:
        forget(keys)
        held.open((number,) if held.kind.below else None)
    return done


def _remove(held: Nested, name: str) -> None:
    edit: Edit = Remove(name) if len(held.entries) > 1 else Drop(held.at, held.key)
    if submit(held.found, held.name, [edit], f"{held.named}: {_bare(held)} removed"):
        held.open(None)


def _bare(held: Nested) -> str:
    """What an entry is called, without its article."""
    return held.kind.what.partition(" ")[2]
