"""What lies on the desk: the draft that the address names, as data and as a guideline, and the one way to change it.

The draft on the server's disk is the truth; the page holds nothing of it between clicks. Which part is looked at stands in the address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from edgewise.explorer.cards.wording import plain
from edgewise.explorer.shell import drafted, new_drafts
from edgewise.graph.drafting.drafts import Change, Draft, Origin
from edgewise.graph.drafting.edits import Kind
from edgewise.graph.drafting.entries import Entry, entries, part_at
from edgewise.graph.drafting.errors import Overtaken
from edgewise.graph.loaded import Loaded
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import EdgewiseError, SourceError
from edgewise.ontology.findings import Finding

_TOLD, _USABLE = "build-told", "build-usable"


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft, ready to be worked on.

    Attributes:
        name: of the draft in addresses.
        draft: as it stands on the disk.
        entries: everything in it that bears an id; under the empty id the whole guideline. Of a text that cannot be read, nothing.
        loaded: the guideline that it is; where it cannot be used as it stands, the last state of this session that could; None for none.
        faults: why it cannot be used as it stands; empty where it can.
        at: id of the part that is worked on; empty for none.
    """

    name: str
    draft: Draft
    entries: Mapping[str, Entry]
    loaded: Loaded | None
    faults: tuple[Finding, ...]
    at: str

    @property
    def for_review(self) -> bool:
        """Whether it can be read alone: it was shared under this name."""
        return drafted.is_for_review(self.name)

    @property
    def guideline(self) -> Guideline | None:
        """The guideline as it is written now; None where it cannot be used so."""
        return self.loaded.guideline if self.loaded and not self.faults else None

    def part(self, name: str) -> Mapping[str, Any]:
        """What is called so, by its id or its place (``wells/items/2``), as written; nothing of what is not there."""
        if name in self.entries:
            return self.entries[name].data
        return (part_at(self.draft.text, name) if self.entries else None) or {}

    def section(self, key: str) -> list[Entry]:
        """The entries of one of the guideline's lists, in the order of the file."""
        return [one for one in self.entries.values() if one.section == key and one.id and not one.within]


def desk() -> Desk | None:
    """The desk of the draft that the address names; None where it names none."""
    name = st.query_params.get("g", "")
    if not drafted.is_draft(name):
        return None
    draft = drafted.draft(name)
    loaded, faults = _loaded(name, draft.text)
    found, at = _entries(draft.text), st.query_params.get("at", "")
    return Desk(name, draft, found, loaded, faults, at if at in found else "")


def _entries(text: str) -> Mapping[str, Entry]:
    try:
        return entries(text)
    except SourceError:  # the list of what is wrong tells it
        return {}


def _loaded(name: str, text: str) -> tuple[Loaded | None, tuple[Finding, ...]]:
    usable: dict[str, Loaded] = st.session_state.setdefault(_USABLE, {})
    try:
        usable[name] = drafted.made_of(text)
    except SourceError as error:
        return usable.get(name), error.findings
    return usable[name], ()


def change(seen: Desk, change: Change | Mapping[Kind, Change], said: str, *, file: Kind = "guideline", at: str | None = None) -> bool:
    """Change the draft that was seen; whether it was done. What stands in the way is told on the page.

    Args:
        seen: the desk on which the change was decided.
        change: edits, or a whole text; or such for both files, by ``guideline`` and ``cases``.
        said: what was done, in words that undo and history tell.
        file: the guideline or its cases.
        at: the part to turn to afterwards; None stays.
    """
    if seen.for_review:
        tell("This draft was shared for review: it can be read, and not changed.")
        return False
    return _try(lambda: drafted.drafts().change(seen.draft.id, seen.draft.revision, change, said, file=file), at)


def undo(seen: Desk) -> None:
    """Take the last change back."""
    _try(lambda: drafted.drafts().undo(seen.draft.id, seen.draft.revision), None)


def redo(seen: Desk) -> None:
    """Do again what was taken back last."""
    _try(lambda: drafted.drafts().redo(seen.draft.id, seen.draft.revision), None)


def _try(act: Callable[[], object], at: str | None) -> bool:
    try:
        act()
    except Overtaken as error:
        tell(f"Not done: {error.findings[0].message}. {error.findings[0].repair.capitalize()}.")
        return False
    except EdgewiseError as error:
        tell(f"Not done: {error}")
        return False
    if at is not None:
        turn(at)
    return True


def turn(at: str) -> None:
    """Work on another part."""
    if at:
        st.query_params["at"] = at
    else:
        st.query_params.pop("at", None)


def begin(text: str, title: str, said: str, *, cases: str = "", origin: Origin | None = None) -> str:
    """A new draft, and the desk with it; its name in addresses, or nothing where it could not be kept."""
    return begin_by(lambda: new_drafts.begun(text, title, said, cases=cases, origin=origin))


def begin_by(make: Callable[[], str]) -> str:
    """The desk of a draft that is just made; its name in addresses, or nothing, and the reason on the page, where it was not."""
    try:
        name = make()
    except EdgewiseError as error:
        tell(str(error))
        return ""
    st.query_params.from_dict({"page": "build", "g": name})
    return name


def tell(message: str) -> None:
    """Say something on the page that is drawn next."""
    st.session_state[_TOLD] = message


def show_told() -> None:
    """Show what was to be said, once."""
    if message := st.session_state.pop(_TOLD, ""):
        st.warning(plain(message), icon=":material/info:")
