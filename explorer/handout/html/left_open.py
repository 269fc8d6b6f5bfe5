"""What the source leaves open, as `edgewise.graph.gaps.search` finds it: told at the step concerned, and all of it in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from edgewise.explorer.cards.answers import answer_in_words
from edgewise.explorer.cards.conditions import places
from edgewise.explorer.cards.markup import Html, folded, join, tag
from edgewise.explorer.cards.whose import SIGN
from edgewise.explorer.drawing.scene import Ghost
from edgewise.explorer.handout.html.drawing import target
from edgewise.graph.answers.in_words import facts_told
from edgewise.graph.gaps.memory import gaps_of
from edgewise.graph.gaps.rows import Kind, Row, in_short
from edgewise.graph.model import Guideline

KINDS: Mapping[Kind, str] = {
    "gap": "No next step is named",
    "dead-end": "Nothing is said of what follows",
    "disagreement": "The source disagrees with itself",
    "unlike-times": "Two times at once",
    "overlap": "Two next steps at once",
    "contraindicated-road": "Led to although contraindicated",
    "endless-loop": "A loop without a way out",
    "unreachable-step": "No way leads here",
    "never-met": "A condition that no patient can meet",
    "never-decides": "Asked, yet it decides nothing",
    "never-asked": "Named, yet asked nowhere",
    "masked": "An edge hidden by others",
    "subsumed": "An edge that says nothing another does not",
    "mergeable": "Edges that one edge would say",
    "misleading-preference": "The general goes before the specific",
}
SILENT: frozenset[Kind] = frozenset({"gap", "dead-end"})
"""Kinds in which the source does not say what is next: the drawing marks their steps."""


@dataclass(frozen=True, slots=True)
class Silence:
    """The gaps of one guideline, and in words what was not looked at."""

    guideline: Guideline
    rows: tuple[Row, ...] = ()
    unchecked: tuple[str, ...] = ()

    def at(self, step: str) -> Html:
        """The gaps at one step, by kind; empty where there are none."""
        return join(self._kind(kind, [self._told(row) for row in rows], "h4") for kind, rows in self._grouped(step).items())

    def whole(self) -> Html:
        """All gaps by kind, each with a link to its step; then what was not checked."""
        listed = [self._kind(kind, [self._line(row) for row in rows], "h3") for kind, rows in self._grouped().items()]
        missed = (one.removeprefix("not checked: ") for one in self.unchecked)
        rest = [tag("h3", "Not checked"), tag("ul", *(tag("li", one) for one in missed), cls="ew-list")] if self.unchecked else []
        return join([*listed, *rest])

    def ghosts(self) -> tuple[Ghost, ...]:
        """A mark in the drawing beside every step after which the source falls silent for some patients."""
        silent = dict.fromkeys(row.step for row in self.rows if row.kind in SILENT and row.step in self.guideline.steps)
        return tuple(Ghost(step, faint=True) for step in silent)

    def _grouped(self, step: str | None = None) -> dict[Kind, list[Row]]:
        """Rows by kind, all of them or those of one step."""
        kept = [row for row in self.rows if step is None or row.step == step]
        return {kind: found for kind in KINDS if (found := [row for row in kept if row.kind == kind])}

    def _kind(self, kind: Kind, entries: Iterable[Html], heading: str) -> Html:
        return join([tag(heading, KINDS[kind]), tag("ul", *entries, cls="ew-list")])

    def _told(self, row: Row) -> Html:
        """Under the heading of a gap the situation says it all; of other kinds, and folded away, the whole sentence."""
        short = row.situation if row.kind == "gap" else ""
        full = row.text if short else ""
        rows = (("In full", full), ("Example", self._example(row)), ("Places", self._places(row)))
        listed = [join([tag("dt", name), tag("dd", told)]) for name, told in rows if told]
        return tag("li", tag("span", short or row.text), folded("Details", tag("dl", *listed)) if listed else Html(""))

    def _places(self, row: Row) -> str:
        """Passages behind the conditions concerned, and whose word these are."""
        return "; ".join(filter(None, [places(self.guideline, row.statements), f"{SIGN} {row.remark}" if row.remark else ""]))

    def _example(self, row: Row) -> str:
        known = {id: answer for id, answer in row.example.items() if id in self.guideline.observables}
        return "; ".join(f"{label}: {answer}" for label, answer in facts_told(self.guideline, known, answer_in_words).values())

    def _line(self, row: Row) -> Html:
        step = self.guideline.steps.get(row.step)
        if step is None:
            return tag("li", in_short(self.guideline, row))
        return tag("li", tag("a", step.name, href=target(step.id)), ": ", in_short(self.guideline, row))


def silence(guideline: Guideline) -> Silence:
    """Look for gaps.

    >>> from edgewise.graph.library import load
    >>> "diagnostic-injections" in {ghost.at for ghost in silence(load("sacroiliac-sclerosis").guideline).ghosts()}
    True
    """
    found = gaps_of(guideline)
    return Silence(guideline, found.rows, found.unchecked)
