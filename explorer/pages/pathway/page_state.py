"""What one drawing of the pathway page needs, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from edgewise.explorer.drawing.folding import Folding, folds
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.pages.pathway.lanes import folding_of, in_sight
from edgewise.explorer.pages.pathway.varied_answer import Varied, varied
from edgewise.explorer.shell.frame import go, here
from edgewise.explorer.shell.guidelines import Opened
from edgewise.explorer.shell.held_walk import hold
from edgewise.explorer.shell.location import Location
from edgewise.explorer.shell.worked_out import walk_of
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.rounds import Present
from edgewise.graph.walking.walk import Walk, present

EXAMPLE = "pathway:example"
"""Where the session keeps the guideline and the facts of the example patient that was shown last."""


@dataclass(frozen=True, slots=True)
class PathwayState:
    """What the page shows.

    Attributes:
        opened: the guideline with its scene.
        location: what the address says.
        now: what of it counts now, and from where the walk goes on: ask with these why, what if and what next.
        whole: the walk as far as the facts lead.
        walked: the same, or held at `location.upto`.
        kept: ids of facts that wait while the walk is held.
        tried: an answer that is varied, if the address names one.
        drawn: the walk that the drawing shows: with the answer that is tried, else `walked`.
        folding: the drawing with the lanes folded that are not open; None where none can be folded.
    """

    opened: Opened
    location: Location
    now: Present
    whole: Walk
    walked: Walk
    kept: tuple[str, ...]
    tried: Varied | None
    drawn: Walk
    folding: Folding | None = None

    @property
    def scene(self) -> Scene:
        """What is drawn."""
        return self.folding.scene if self.folding else self.opened.scene

    @property
    def guideline(self) -> Guideline:
        """The guideline that is walked."""
        return self.opened.guideline

    @property
    def told(self) -> Facts:
        """What the walk that is shown knows: all that is known, save what waits while it is held."""
        return {id: answer for id, answer in self.now.facts.items() if id not in self.kept}


def view_of(opened: Opened, location: Location) -> PathwayState:
    """Walk as the address says."""
    now = present(opened.guideline, location.facts, location.timeline)
    guideline, facts = now.guideline, now.facts
    whole = walk_of(now)
    visible = hold(guideline, whole, facts, location.upto) if location.upto else facts
    walked = whole if visible == facts else walk_of(replace(now, facts=visible))
    tried = varied(guideline, facts, location.own["vary"]) if location.own.get("vary") and not location.selected else None
    trying = replace(now, facts={**facts, tried.observable.id: tried.answer}) if tried and tried.now else None
    drawn = walk_of(trying) if trying else walked
    folding = folding_of(opened.scene, location, drawn) if folds(opened.scene) else None
    return PathwayState(opened, location, now, whole, walked, tuple(id for id in facts if id not in visible), tried, drawn, folding)


def select(id: str) -> None:
    """Show the evidence of a step or an edge, with its lane unfolded; of none, what was shown before."""
    view = here()
    location = replace(view.location, selected=id)
    go(in_sight(view.opened.scene, view.location, location) if folds(view.opened.scene) else location, view.location)


def turn_to(own: Mapping[str, str]) -> None:
    """Show another of the page's panels; without one, the walk."""
    before = here().location
    go(replace(before, selected="", own=own), before)
