"""What one drawing of the Evidence page needs, and how a reader's choice gets into the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from edgewise.citations.evidence.support import Evidence
from edgewise.citations.notices import Known
from edgewise.explorer.cards.listed_entries import ListedEntry, entries, judged
from edgewise.explorer.pages.evidence.address import Weighing, in_order, own, read
from edgewise.explorer.pages.evidence.what_falls import Loss, lose
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.frame import Here
from edgewise.explorer.shell.guidelines import Opened
from edgewise.explorer.shell.known_notices import known_of
from edgewise.graph.model import Guideline


@dataclass(frozen=True)
class EvidenceState:
    """All that one drawing of the page needs."""

    opened: Opened
    selected: str
    weighing: Weighing
    entries: Mapping[str, ListedEntry]
    loss: Loss

    @property
    def guideline(self) -> Guideline:
        """The guideline whose evidence is read."""
        return self.opened.guideline

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """The evidence of every edge and step."""
        return judged(self.guideline)

    @cached_property
    def known(self) -> Known:
        """What is known of the entries since they were published."""
        return known_of(self.guideline)

    @cached_property
    def taken(self) -> frozenset[str]:
        """Ids of the entries taken away."""
        return frozenset(self.weighing.taken)


def view_of(here: Here) -> tuple[EvidenceState, tuple[str, ...]]:
    """What the address asks for, and what in it could not be used."""
    weighing, problems = read(here.location.own, here.guideline)
    listed = entries(here.guideline)
    return EvidenceState(here.opened, here.location.selected, weighing, listed, lose(here.guideline, listed, weighing.taken)), problems


def take(ids: Iterable[str]) -> None:
    """Take these entries away, and no others."""
    weigh(taken=in_order(frame.here().guideline, ids))


def weigh(**changes: Any) -> None:
    """Change what the address says of this page; the names are those of `Weighing`."""
    here = frame.here()
    before, _ = read(here.location.own, here.guideline)
    frame.go(replace(here.location, own=own(replace(before, **changes))))


def select(id: str) -> None:
    """Read what stands behind an edge or a step; an empty id ends it."""
    here = frame.here()
    before, _ = read(here.location.own, here.guideline)
    frame.go(replace(here.location, selected=id, own=own(replace(before, show="edges" if id else before.show))))
