"""One position of a presentation, whatever it is along: all that the page needs to draw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from edgewise.explorer.cards.markup import Html
from edgewise.explorer.drawing.scene import Ghost, Highlight

SILENT, ASK = " silent", " ask"
"""What a room may vote for beside steps; no id of a step begins with a blank."""
OTHER_ANSWERS = {SILENT: "The source does not say", ASK: "One more answer is needed first"}


@dataclass(frozen=True, slots=True)
class Position:
    """One position.

    Attributes:
        order: names of all positions, as the address has them.
        at: that of this one.
        shown: ids of steps and edges to draw.
        highlight: where the drawing stands.
        ghosts: where the source falls silent.
        head: what is always in sight.
        body: the rest of the slide.
        given: what stays in sight of it while the room votes.
        notes: for the speaker.
        offered: what the room may vote for; empty where nothing is asked.
        answer: what is revealed of the vote as a whole.
        explain: what is revealed of one thing that was voted for.
        revealed: ids that the drawing shows beside `shown` once the vote is revealed.
    """

    order: tuple[str, ...]
    at: str
    shown: frozenset[str]
    highlight: Highlight
    head: list[Html]
    body: list[Html]
    notes: list[Html]
    given: list[Html] = field(default_factory=list)
    ghosts: tuple[Ghost, ...] = ()
    offered: tuple[str, ...] = ()
    answer: list[Html] = field(default_factory=list)
    explain: Callable[[str], Html] = lambda _: Html("")
    revealed: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """Where this position is in the order, counted from 0."""
        return self.order.index(self.at)
