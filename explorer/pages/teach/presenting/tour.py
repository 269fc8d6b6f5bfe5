"""The presentation along the pathway: one position a step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from edgewise.explorer.cards.markup import Html, join, tag
from edgewise.explorer.cards.wording import capital
from edgewise.explorer.drawing.scene import Ghost, Highlight
from edgewise.explorer.pages.teach.presenting import words as say
from edgewise.explorer.pages.teach.presenting.gaps import gaps_at, unchecked_at
from edgewise.explorer.pages.teach.presenting.position import ASK, SILENT, Position
from edgewise.explorer.pages.teach.presenting.telling_order import ahead, drawn, order, ways_in, ways_on
from edgewise.graph.model import Guideline, Step

_FEW = 4
"""Steps to choose from, if the guideline has as many."""


def tour(guideline: Guideline, at: str) -> Position:
    """The position at a step; at the first one where there is no step `at`. The guideline has at least one step."""
    steps = order(guideline)
    at = at if at in steps else steps[0]
    told = steps[: steps.index(at) + 1]
    step, gaps = guideline.steps[at], gaps_at(guideline, at)
    arriving = frozenset(edge.id for edge in ways_in(guideline, at) if edge.source in told)
    onward = ways_on(guideline, at)
    return Position(
        order=steps,
        at=at,
        shown=drawn(guideline, told),
        highlight=Highlight(due=frozenset({at}), path=arriving),
        ghosts=tuple(Ghost(id, faint=id != at) for id in told if gaps_at(guideline, id)),
        head=say.head(guideline, step),
        body=say.body(guideline, step, told, gaps),
        notes=say.notes(guideline, step, gaps),
        offered=_offered(guideline, step, told),
        explain=partial(_explain, guideline, at),
        revealed=frozenset(id for edge in onward for id in (edge.id, edge.target)),
    )


def _offered(guideline: Guideline, step: Step, told: Sequence[str]) -> tuple[str, ...]:
    """Where the edges lead, among steps further ahead, or else told before: were it offered alone, the choice would be the answer."""
    right = {edge.target for edge in ways_on(guideline, step.id)}
    if not right and (step.kind == "Endpoint" or step.companion_of):
        return ()
    wanted = ahead(guideline, {step.id}, max(_FEW, len(right) + 1))
    others = [id for id in reversed(told) if id not in wanted and id != step.id and _in_between(guideline.steps[id])]
    wanted |= frozenset(others[: max(0, _FEW - len(wanted))])
    return (*(id for id in guideline.steps if id in wanted), SILENT)


def _in_between(step: Step) -> bool:
    return step.kind != "Presentation" and not step.companion_of


def _explain(guideline: Guideline, at: str, option: str) -> Html:
    """What the guideline says of one thing that was voted for: which edge leads there, under which condition."""
    if option == SILENT:
        return _silence(guideline, at)
    if option == ASK:
        return Html("")
    leading = [edge for edge in ways_on(guideline, at) if edge.target == option]
    if leading:
        return say.leads(guideline, leading)
    names = dict.fromkeys(guideline.steps[edge.source].name for edge in ways_in(guideline, option))
    told = f" It is reached from {'; '.join(names)}." if names else ""
    return tag("p", f"No edge leads there from here.{told}")


def _silence(guideline: Guideline, at: str) -> Html:
    gaps = gaps_at(guideline, at)
    if gaps:
        return join([tag("p", "It is silent here:"), say.silence(guideline, gaps)])
    if not ways_on(guideline, at):
        return tag("p", "No edge leads on from here.")
    unchecked = unchecked_at(guideline, at)
    if unchecked:
        return join(tag("p", f"{capital(told)}.") for told in unchecked)
    return tag("p", "No patient was found for whom it is silent here.")
