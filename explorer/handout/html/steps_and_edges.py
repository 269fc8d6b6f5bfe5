"""Every step and edge of the hand-out as an article of its own, and the list that leads to them.

An article holds what the panel beside the drawing holds; where that has buttons, here are links within the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.markup import Html, chip, join, section, symbol, tag
from edgewise.explorer.cards.step_and_edge import edge_body, edge_head, step_body, step_head
from edgewise.explorer.cards.whose import marked
from edgewise.explorer.drawing.palette import ROLES
from edgewise.explorer.handout.html.drawing import target
from edgewise.explorer.handout.html.left_open import Silence
from edgewise.graph.attribution import READING
from edgewise.graph.model import Guideline, Step, Transition
from edgewise.graph.pathway import Pathway


def parts(guideline: Guideline, silence: Silence) -> Iterator[Html]:
    """Articles in reading order: each step, then the edges that leave it."""
    for step in in_order(guideline):
        yield _step(guideline, step, silence)
        yield from (_edge(guideline, transition) for transition in _leaving(guideline, step))


def in_order(guideline: Guideline) -> list[Step]:
    """Steps by phase, and within a phase as the guideline lists them."""
    ranks = {phase.id: phase.order for phase in guideline.phases.values()}
    return sorted(guideline.steps.values(), key=lambda step: ranks.get(step.phase, len(ranks)))


def contents(guideline: Guideline) -> Html:
    """Links to every step, by phase, and below each step to the edges that leave it."""
    groups: dict[str, list[Step]] = {}
    for step in in_order(guideline):
        groups.setdefault(step.phase, []).append(step)
    named = {phase.id: phase.label for phase in guideline.phases.values()}
    return join(join([tag("h3", named.get(id, "Steps")), _listed(guideline, steps)]) for id, steps in groups.items())


def _listed(guideline: Guideline, steps: Iterable[Step]) -> Html:
    return tag("ul", *(_entry(guideline, step) for step in steps), cls="ew-steps")


def _entry(guideline: Guideline, step: Step) -> Html:
    edges = [tag("li", _to(guideline, edge)) for edge in _leaving(guideline, step)]
    below = tag("ul", *edges) if edges else Html("")
    return tag("li", tag("a", step.name, href=target(step.id), title=step.label), below)


def _to(guideline: Guideline, edge: Transition) -> Html:
    sign, word = cards.STATES[evidence(guideline, edge.id).state]
    state = join([symbol(sign), tag("span", f"{word}: ", cls="ew-unseen")])
    link = tag("a", "→ ", guideline.steps[edge.target].name, href=target(edge.id))
    return join([state, link, " ", tag("span", edge.label, cls="ew-quiet"), *_mark(edge)])


def _step(guideline: Guideline, step: Step, silence: Silence) -> Html:
    found = evidence(guideline, step.id)
    silent = section("What the source leaves open here", silence.at(step.id))
    state, end, *rest = step_body(guideline, step, found)
    return _article(step.id, step_head(guideline, step, found), _ways(guideline, step), state, end, silent, *rest)


def _edge(guideline: Guideline, edge: Transition) -> Html:
    body = edge_body(guideline, edge, evidence(guideline, edge.id), None)
    return _article(edge.id, edge_head(guideline, edge), _ends(guideline, edge), *body)


def _article(id: str, *content: str) -> Html:
    return tag("article", *content, cls="ew-part", id=id)


def _ends(guideline: Guideline, edge: Transition) -> Html:
    ends = (("Step before: ", guideline.steps[edge.source]), ("Step after: ", guideline.steps[edge.target]))
    return _links(tag("li", lead, tag("a", step.name, href=target(step.id))) for lead, step in ends)


def _ways(guideline: Guideline, step: Step) -> Html:
    """Links to the edges at a step, each named by its other end and its words."""
    back = [_way(edge, "From ", guideline.steps[edge.source]) for edge in Pathway.of(guideline).into(step.id)]
    return _links([*back, *(_way(edge, "To ", guideline.steps[edge.target]) for edge in _leaving(guideline, step))])


def _way(edge: Transition, lead: str, end: Step) -> Html:
    told = ROLES.get(edge.role, edge.label)
    role = [] if told.casefold() == edge.label.casefold() else [" ", chip(told)]  # not the same words twice
    words = [tag("span", ", ", edge.label, cls="ew-quiet")] if edge.label else []
    return tag("li", lead, tag("a", end.name, href=target(edge.id)), *words, *role, *_mark(edge))


def _mark(edge: Transition) -> list[Html]:
    return [Html(" "), *marked(READING)] if edge.stated_by == "modeller" else []


def _links(entries: Iterable[Html]) -> Html:
    kept = list(entries)
    return tag("nav", tag("ul", *kept, cls="ew-ways"), aria_label="Ways from here") if kept else Html("")


def _leaving(guideline: Guideline, step: Step) -> tuple[Transition, ...]:
    return Pathway.of(guideline).out_of(step.id)
