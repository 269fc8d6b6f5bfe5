"""The items of a score: how many points count, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.branches import Path
from edgewise.explorer.pages.build.forms.conditions import condition
from edgewise.explorer.pages.build.forms.criteria import Part, as_yaml
from edgewise.explorer.pages.build.forms.fields import Fields, show_fault
from edgewise.explorer.pages.build.forms.holder import Adding, Holder
from edgewise.explorer.pages.build.forms.naming import called
from edgewise.explorer.pages.build.forms.nested import Kind, Nested, Typed, add, nested, read_fields
from edgewise.explorer.pages.build.forms.parts import part_form
from edgewise.explorer.pages.build.forms.values import number_fault
from edgewise.explorer.pages.build.forms.word_fields import word_fields, word_in, word_made
from edgewise.graph.drafting.entries import Entry
from edgewise.graph.model import Item
from edgewise.graph.units import printed
from edgewise.graph.walking.criteria import words


def items(found: Desk, entry: Entry) -> None:
    """Draw the items of a score, each with its condition."""
    nested(Nested(found, entry.id, "items", f"Score “{called(entry)}”", _ITEM))


def _item(held: Nested, fields: Fields) -> None:
    fields.text("Points", "points", hint="Fewer than none where it takes some away, such as -1", most=12)
    fields.text("What it is, in a few words", "label", most=120)
    word_fields(held.found, fields, word_in(fields.data), inside=False, new=not fields.data)


def _item_made(data: Typed, wanted: Typed, whole: Typed) -> tuple[dict[str, Any], dict[str, str]]:
    made, faults = word_made(data, wanted, whole)
    told = number_fault(whole["points"], "the points") if whole["points"] else "Say how many points count."
    return made, faults | ({"points": told} if told else {})


def _known(held: Nested, name: str) -> Item | None:
    """The item as the walk has it; None while the draft cannot be used."""
    known = held.found.guideline
    asked = known.observables.get(held.at) if known else None
    return next((one for one in asked.items if one.criterion.id.startswith(f"{name}/when")), None) if asked else None


def _item_told(held: Nested, name: str, data: Typed) -> str:
    known, guideline = _known(held, name), held.found.guideline
    if known is None or guideline is None:
        return f"{data.get('points', '?')}: {data.get('label') or name}"
    points = printed(known.points, guideline.observables[held.at].unit or "{points}")
    return f"{points}: {known.label or words(known.criterion, guideline.observables)}"


def _when(held: Nested, name: str) -> None:
    known = _known(held, name)
    named = f"{held.named}: {_item_told(held, name, held.found.part(name))}"
    condition(Holder(held.found, name, "when", named, known.criterion if known else None, inside=True), part_form, "When it counts")


def _new(held: Nested) -> None:
    """An item is made by its points together with its condition."""
    form = f"{held.name}:new"
    fields = Fields(form, {})
    _item(held, fields)
    show_fault(form)
    st.caption("And when does it count?")
    when = _NewItem(held.found, held.at, "items", held.named, inside=True, act="Add the item", held=held, form=form, keys=fields.keys)
    part_form(when, None, ((), "all"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewItem(Holder):
    """The condition of an item that is not there yet: what is set makes the item.

    Attributes:
        held: the list it will stand in.
        form: of its own fields.
        keys: of these fields.
    """

    held: Nested
    form: str
    keys: Mapping[str, str]

    @property
    def name(self) -> str:
        """Of its form."""
        return f"{self.form}-when"

    @property
    def tree(self) -> Part | None:
        """There is none yet."""
        return None

    def keep(self, tree: Part | None, said: str = "") -> bool:  # noqa: ARG002  # told as what it is: an item added
        """Write the item into the draft, if all of it is there."""
        if tree is None or (made := read_fields(self.held, self.keys, {}, self.form)) is None:
            return False
        return add(self.held, made | {"when": as_yaml(tree)}, self.form, self.keys)

    def open(self, part: Path | None, adding: Adding | None = None) -> None:  # noqa: ARG002  # there is nothing to open within
        """Close the form."""
        self.held.open(None)


_ITEM = Kind("an item", "What counts, and how much", "A score needs at least one item.", _item_told, _item, _item_made, _when, _new)
