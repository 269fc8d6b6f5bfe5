"""What the ids of a comparison are called, and where in a guideline each can be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode

from edgewise.explorer.cards.markup import Html, tag, text
from edgewise.explorer.cards.wording import cut_words
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.compare.versions import Version
from edgewise.explorer.shell.location import Location, params
from edgewise.explorer.shell.row_clicks import pressable
from edgewise.graph.comparing.changes import ChangeKind
from edgewise.graph.comparing.matching import Kind
from edgewise.graph.comparing.pathways import edge_name
from edgewise.graph.model import Guideline

_LONGEST = 110
_ELSEWHERE: frozenset[ChangeKind] = frozenset({"question", "case", "bundle", "choice", "dose"})
"""Changes whose ids are of no step, edge, statement or reference."""
WORDS: Mapping[Kind, tuple[str, str]] = {
    "observable": ("question", "questions"),
    "step": ("step", "steps"),
    "edge": ("edge", "edges"),
    "statement": ("statement", "statements"),
    "reference": ("reference", "references"),
    "modality": ("imaging method", "imaging methods"),
    "situation": ("situation", "situations"),
    "rating": ("rating", "ratings"),
}
"""Kinds of things, for people: one of them, and several."""


MOST = 200
"""Rows of one table or list: what is more is counted, and told by the command."""


def more(rows: Sequence[object]) -> list[Html]:
    """What is said below a list of which the first `MOST` rows stand on the page; nothing of one that stands there whole.

    >>> more(range(3)), more(range(250))[0]
    ([], '<p class="ew-quiet">… and 50 more: edgewise diff tells them all.</p>')
    """
    left = len(rows) - MOST
    return [tag("p", f"… and {left} more: edgewise diff tells them all.", cls="ew-quiet")] if left > 0 else []


@dataclass
class Presses:
    """What can be pressed in the markup of this page, and what each press does."""

    acts: dict[str, Callable[[], object]] = field(default_factory=dict)

    def button(self, label: str, act: Callable[[], object], key: str) -> Html:
        """Words to be pressed."""
        self.acts[key] = act
        return pressable(clean(label), key)

    def press(self, key: str) -> None:
        """Do what a press does."""
        self.acts[key]()

    def lead(self, version: Version, where: Location | None, label: str) -> Html:
        """Words that lead to a place in one of the two guidelines; plain words where there is no such place."""
        if where is None:
            return text(clean(label))
        return self.button(label, partial(version.open, where), urlencode(params(where)))


def whereabouts(version: Version, kind: ChangeKind, id: str) -> Location | None:
    """Where what changed can be looked at with its evidence."""
    held = version.guideline
    if not id or kind in _ELSEWHERE:
        return None
    if id in held.transitions or id in held.steps:
        return Location(version.name, selected=id)
    if id in held.ratings and kind in ("rating", "label", "justification"):
        return Location(version.name, page="imaging", own={"situation": held.ratings[id].situation})
    if id in held.references and kind == "reference":
        return Location(version.name, page="evidence", own={"ref": id})
    return passage(version, id)


def passage(version: Version, id: str) -> Location | None:
    """Where a statement or heading can be looked at."""
    held = version.guideline
    known = id in held.statements or id in held.headings
    return Location(version.name, page="evidence", own={"statement": id}) if known else None


def thing(guideline: Guideline, kind: Kind, id: str) -> str:
    """What something is called, in a line.

    >>> from edgewise.graph.library import load
    >>> thing(load("sacroiliac-sclerosis").guideline, "edge", "cooled-rfa-to-si-joint-fusion").partition(" → ")[2]
    'SI joint fusion, last resort'
    """
    return cut_words(clean(_named(guideline, kind, id)), _LONGEST)


def _named(guideline: Guideline, kind: Kind, id: str) -> str:
    if kind == "edge":
        return edge_name(guideline, guideline.transitions[id])
    if kind == "statement":
        said = guideline.passage(id)
        return f"{said.place}: {said.text}"
    if kind == "step":
        return guideline.steps[id].name
    if kind == "reference":
        return guideline.references[id].title
    if kind == "rating":
        rated = guideline.ratings[id]
        return f"{_label(guideline.modalities, rated.modality)}, {_label(guideline.situations, rated.situation)}"
    held: Mapping[Kind, Mapping[str, object]] = {
        "observable": guideline.observables, "modality": guideline.modalities, "situation": guideline.situations,
    }  # fmt: skip
    return _label(held[kind], id)


def _label(held: Mapping[str, object], id: str) -> str:
    return str(getattr(held.get(id), "label", id))


def ids(guideline: Guideline, kind: Kind) -> Iterable[str]:
    """All there is of a kind."""
    held: Mapping[Kind, Iterable[str]] = {
        "observable": [one.id for one in guideline.observables.values() if not one.finishes],
        "step": guideline.steps, "edge": guideline.transitions,
        "statement": [*guideline.headings, *guideline.statements], "reference": guideline.references,
        "modality": guideline.modalities, "situation": guideline.situations, "rating": guideline.ratings,
    }  # fmt: skip
    return tuple(held[kind])
