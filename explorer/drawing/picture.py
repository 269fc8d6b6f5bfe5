"""What the canvas is to show: a guideline as a scene, a walk as a highlight."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.citations.evidence.support import states
from edgewise.citations.notices import Known, Noticed, Touched, touched
from edgewise.explorer.drawing.palette import NOTICED
from edgewise.explorer.drawing.scene import Edge, Ghost, Group, Highlight, Lane, Mark, Node, Scene, State
from edgewise.graph.attribution import READING
from edgewise.graph.gaps.memory import gaps_of, worked_out
from edgewise.graph.model import Guideline, Step
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.sets import given_up
from edgewise.graph.walking.sets_told import belongs
from edgewise.graph.walking.walk import Standing, Walk

_MOST_RATINGS = 3
"""How many ratings of several situations a step bears one by one."""


def picture(guideline: Guideline) -> Scene:
    """A guideline as lanes, nodes and edges.

    >>> from edgewise.graph.library import load
    >>> scene = picture(load("sacroiliac-sclerosis").guideline)
    >>> scene.lanes[0].label, scene.nodes[1].badge, scene.edges[0].state
    ('Presentation', '9/9', 'weak')
    """
    evidence = states(guideline)
    phases = sorted(guideline.phases.values(), key=lambda phase: phase.order)
    return Scene(
        lanes=tuple(Lane(phase.id, phase.label) for phase in phases),
        nodes=tuple(_node(guideline, step, evidence) for step in guideline.steps.values()),
        edges=tuple(Edge(t.id, t.source, t.target, t.label, evidence[t.id], t.role) for t in guideline.transitions.values()),
        groups=(
            *(Group("together", bundle.together) for bundle in guideline.bundles.values()),
            *(Group("one-of", alternative.steps) for alternative in guideline.alternatives.values()),
        ),
    )


def _node(guideline: Guideline, step: Step, evidence: Mapping[str, State]) -> Node:
    tip = step.label if step.label != step.name else ""
    ways = [evidence[way.id] for way in Pathway.of(guideline).into(step.id)]
    told = ". ".join(words for words, _ in belongs(guideline, step.id))
    inferred = bool(ways) and all(state == "inferred" for state in ways)
    return Node(step.id, step.name, step.kind, step.phase, badge(guideline, step), step.endpoint, tip, inferred, told)


def badge(guideline: Guideline, step: Step) -> str:
    """The rating of a step's modality as ``9/9``; of several situations every rating once, of many the least and the most.

    Empty where none is stated; a category stands where there is no score.
    """
    ratings = [rating for rating in guideline.ratings.values() if step.modality and rating.modality == step.modality]
    told = dict.fromkeys(rating.category if rating.score is None else f"{rating.score}/{rating.scale_max}" for rating in ratings)
    scores = [rating.score for rating in ratings if rating.score is not None]
    if len(told) > _MOST_RATINGS and len(scores) == len(ratings) and len({(one.scale_min, one.scale_max) for one in ratings}) == 1:
        return f"{min(scores)}–{max(scores)}/{ratings[0].scale_max}"
    return ", ".join(told)


def highlight(walked: Walk) -> Highlight:
    """Where a walk stands: steps due, passed and out of reach; edges taken, and those closed for good or leaving a step out of reach."""
    closed = frozenset(id for id, choice in walked.edges.items() if _shut(choice))
    left = given_up(walked.alternatives)
    unreachable = frozenset(_targets(walked)) - _within_reach(walked, closed)
    beyond = frozenset(id for id, choice in walked.edges.items() if choice.transition.source in unreachable)
    return Highlight(
        due=frozenset(walked.due),
        passed=frozenset(walked.path) - {*walked.due, *walked.waiting} - left,
        unreachable=unreachable | left,
        path=frozenset(walked.followed),
        closed=closed | beyond,
        unnamed=frozenset(id for id in closed if walked.edges[id].reached and walked.edges[id].state == "not-named"),
        remarks={**_remarks(walked), **{id: READING for id, choice in walked.edges.items() if choice.whose == "modeller"}},
        waiting=frozenset(walked.waiting),
        overdue=frozenset(walked.overdue),
        times={id: timing.told for id, timing in walked.timing.items()},
    )


def _remarks(walked: Walk) -> dict[str, str]:
    told = {id: walked.remark(id) for id in dict.fromkeys((*walked.path, *(choice.transition.target for choice in walked.open)))}
    return {id: remark for id, remark in told.items() if remark}


def ghost(walked: Walk) -> Ghost | None:
    """The place where the source falls silent, if it does; of several the last come to."""
    return Ghost(walked.silent_at[-1]) if walked.silent_at else None


def silences(guideline: Guideline) -> tuple[Ghost, ...]:
    """Faint ghosts at all steps after which some patient is left without a next step; none while that is not worked out yet."""
    rows = gaps_of(guideline).rows if worked_out(guideline) else ()
    steps = dict.fromkeys(row.step for row in rows if row.kind in ("gap", "dead-end"))
    return tuple(Ghost(step, faint=True) for step in steps)


def marks(guideline: Guideline, known: Known) -> dict[str, Mark]:
    """Steps and edges with a work behind them that is known to be retracted or in doubt, by id.

    >>> from edgewise.graph.library import load
    >>> given = Known({"reference-1": Noticed("reference-1", "retracted")})
    >>> marks(load("sacroiliac-sclerosis").guideline, given)["mri-si-joints-without-contrast"].told
    '☒ all it cites was retracted: [1]'
    """
    return {id: Mark(one.weight, _told(guideline, known, one)) for id, one in touched(guideline, known.noticed).items()}


def _told(guideline: Guideline, known: Known, one: Touched) -> str:
    named = ", ".join(_named(guideline, known.noticed[id]) for id in (*one.lost, *one.doubted))
    return f"{NOTICED[one.weight]['sign']} {NOTICED[one.weight]['label']}: {named}"


def _named(guideline: Guideline, one: Noticed) -> str:
    said = {"concern": "in doubt", "retracted": ""}.get(one.standing, one.standing)
    told = " ".join(filter(None, (said, one.since)))
    return f"[{guideline.references[one.reference].position}]{f' ({told})' if told else ''}"


def _shut(choice: Standing) -> bool:
    """Whether neither waiting nor a missing answer can open an edge. One advised against has a mark of its own, whatever the facts."""
    return choice.trace is not None and choice.trace.later is Truth.FALSE


def _targets(walked: Walk) -> set[str]:
    return {choice.transition.target for choice in walked.edges.values() if choice.transition.role != "excluded"}


def _within_reach(walked: Walk, closed: frozenset[str]) -> frozenset[str]:
    reach, queue = set(walked.path), list(walked.path)
    while queue:
        here = queue.pop()
        ways = [c.transition for id, c in walked.edges.items() if id not in closed and c.transition.role != "excluded"]
        onward = {way.target for way in ways if way.source == here}
        queue.extend(onward - reach)
        reach |= onward
    return frozenset(reach)
