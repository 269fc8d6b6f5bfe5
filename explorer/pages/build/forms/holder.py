"""Where a condition stands in the draft, and how it is written there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import streamlit as st

from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.branches import Path, added, at, replaced
from edgewise.explorer.pages.build.forms.criteria import Joined, Part, as_yaml, read
from edgewise.explorer.pages.build.forms.fields import absolve
from edgewise.explorer.pages.build.forms.submitting import edits_of, submit
from edgewise.graph.criterion import Criterion

Adding: TypeAlias = "tuple[Path, Literal['all', 'any']]"
"""Where a part is added, and how it is joined with what is there."""


@dataclass(frozen=True, slots=True)
class Held:
    """What stands under a key of an entry, part by part; of the parts one at the most is open.

    Attributes:
        found: the desk.
        at: id of the entry, or its place; empty for the head of the file.
        key: under which it stands.
        named: what it belongs to, for undo and history.
    """

    found: Desk
    at: str
    key: str
    named: str

    @property
    def name(self) -> str:
        """Of its form."""
        return f"build-{self.key}:{self.at}"

    @property
    def data(self) -> Any:
        """What is written there."""
        return self.found.part(self.at).get(self.key)

    def open(self, part: Path | None, adding: Adding | None = None) -> None:
        """Open the form of a part, or of one that is to be added; or none."""
        absolve(self.name)
        st.session_state[self.name + ":open"] = (part, adding)

    @property
    def opened(self) -> tuple[Path | None, Adding | None]:
        """The part whose form is open, and where one is being added."""
        found: tuple[Path | None, Adding | None] = st.session_state.get(self.name + ":open", (None, None))
        return found


@dataclass(frozen=True, slots=True)
class Holder(Held):
    """Where a condition stands: the key of an entry. Of `contraindicatedBy`, a list of which one is enough, the whole is told as a group.

    Attributes:
        known: the condition as the walk has it, where that is not looked up here.
        inside: whether it stands in something that says for it whose word it is.
        act: what the button is called that sets a comparison.
    """

    known: Criterion | None = None
    inside: bool = False
    act: str = "Set the condition"

    @property
    def name(self) -> str:
        """Of its form."""
        return f"build-condition:{self.at}:{self.key}"

    @property
    def tree(self) -> Part | None:
        """The condition as forms hold it; None where there is none."""
        if self.key == "contraindicatedBy":
            parts = tuple(map(read, self.data if isinstance(self.data, list) else [self.data] if self.data else []))
            return Joined("any", parts) if len(parts) > 1 else parts[0] if parts else None
        return read(self.data) if self.data else None

    def keep(self, tree: Part | None, said: str = "condition set") -> bool:
        """Write a condition into the draft, and close what was open."""
        written: Any = as_yaml(tree) if tree is not None else ""
        if self.key == "contraindicatedBy" and tree is not None:
            plain_group = isinstance(tree, Joined) and tree.how == "any" and not (tree.label or tree.based_on or tree.stated_by)
            written = written["any"] if plain_group else [written]
        edits = edits_of(self.at, self.found.part(self.at), {self.key: written})
        done = submit(self.found, self.name, edits, f"{self.named}: {said}")
        if done:
            self.open(None)
        return done


def kept_with(holder: Holder, path: Path | None, adding: Adding | None, part: Part) -> bool:
    """Write a part that was filled in into the draft: in the place of the one that was open, or beside what is there."""
    tree = holder.tree
    if adding is not None or tree is None:
        place, how = adding or ((), "all")
        return holder.keep(added(tree, _home(tree, place, how), part, how))
    return holder.keep(replaced(tree, path or (), part))


def _home(tree: Part | None, place: Path, how: str) -> Path:
    """The group around a part, if it joins its parts in that way; else the part."""
    above = at(tree, place[:-1]) if tree is not None and place else None
    alone = tree is not None and not isinstance(at(tree, place), Joined)
    return place[:-1] if alone and isinstance(above, Joined) and above.how == how else place
