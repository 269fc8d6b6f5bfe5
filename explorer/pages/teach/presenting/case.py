"""The presentation along a case: each stage is told, the room votes, then the guideline's answer. The drawing follows the patient."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from edgewise.explorer.cards.answers import answer_in_words
from edgewise.explorer.cards.markup import Html, chip, join, section, tag
from edgewise.explorer.cards.walked_edges import disagreement, reasons
from edgewise.explorer.drawing import picture
from edgewise.explorer.drawing.scene import Ghost, Highlight
from edgewise.explorer.pages.teach.presenting import words as say
from edgewise.explorer.pages.teach.presenting.position import ASK, SILENT, Position
from edgewise.explorer.pages.teach.presenting.telling_order import ahead, drawn
from edgewise.explorer.pages.teach.revealed_answer import deciding, head, named
from edgewise.graph.answers.in_words import facts_told
from edgewise.graph.cases.model import Case, Stage, answer
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.rounds import Present
from edgewise.graph.walking.walk import Walk, walk, walk_present

_ANSWER = "-answer"
_FEW = 4
"""Steps to choose from, if there are as many ahead."""


def positions(case: Case) -> tuple[str, ...]:
    """``0`` for the vignette, then for each stage ``1`` (told) and ``1-answer``.

    >>> from edgewise.graph.cases.model import Stage
    >>> positions(Case("c", "", "", (Stage("", {}),)))
    ('0', '1', '1-answer')
    """
    return ("0", *(f"{number}{end}" for number in range(1, len(case.stages) + 1) for end in ("", _ANSWER)))


def along(guideline: Guideline, case: Case, at: str) -> Position:
    """One position of a case; the vignette where there is no position `at`."""
    at = at if at in positions(case) else "0"
    number = int(at.removesuffix(_ANSWER))
    if at == "0":
        return _told(guideline, case, at, 0)
    return _answered(guideline, case, at, number) if at.endswith(_ANSWER) else _told(guideline, case, at, number)


def _told(guideline: Guideline, case: Case, at: str, number: int) -> Position:
    """The vignette, or what a stage reveals; nothing in it, nor in the drawing, leads on from what was answered before."""
    before = walk_present(case.present(guideline, number - 2)) if number > 1 else None
    start = Pathway.of(guideline).starts
    shown = drawn(guideline, before.path if before else start)
    stands = case.present(guideline, number - 1)
    facts, now = stands.facts, walk_present(stands)
    told = case.stages[number - 1].tells if number else case.vignette
    return Position(
        order=positions(case),
        at=at,
        shown=shown,
        highlight=_within(picture.highlight(before), shown) if before else Highlight(due=frozenset(start)),
        ghosts=_ghosts(before),
        head=[_over(case, number), tag("p", told, cls="ew-tells")],
        body=[_known(guideline, facts)],
        given=_in_a_line(guideline, facts),
        notes=_speaker(guideline, case, number),
        offered=_offered(guideline, case.stages[number - 1], before or walk(guideline, {}), now) if number else (),
        answer=_answer(stands, now),
        explain=partial(_explain, guideline, now),
        revealed=drawn(guideline, now.path),
    )


def _answered(guideline: Guideline, case: Case, at: str, number: int) -> Position:
    stands, stage = case.present(guideline, number - 1), case.stages[number - 1]
    facts, now = stands.facts, walk_present(stands)
    shown = drawn(guideline, now.path)
    points = tag("ul", *(tag("li", point.text, " ", *say.cites(guideline, point.based_on)) for point in stage.points), cls="ew-list")
    return Position(
        order=positions(case),
        at=at,
        shown=shown,
        highlight=_within(picture.highlight(now), shown),
        ghosts=_ghosts(now),
        head=[_over(case, number), *_answer(stands, now)],
        body=[section("To take home", points if stage.points else ""), _known(guideline, facts)],
        notes=_speaker(guideline, case, number),
    )


def _ghosts(walked: Walk | None) -> tuple[Ghost, ...]:
    found = picture.ghost(walked) if walked else None
    return (found,) if found else ()


def _within(marks: Highlight, shown: frozenset[str]) -> Highlight:
    return Highlight(
        due=marks.due & shown,
        passed=marks.passed & shown,
        unreachable=marks.unreachable & shown,
        path=marks.path & shown,
        closed=marks.closed & shown,
        unnamed=marks.unnamed & shown,
        remarks={id: remark for id, remark in marks.remarks.items() if id in shown},
    )


def _over(case: Case, number: int) -> Html:
    at = case.timeline(number - 1) if number else None
    stage = f" · stage {number} of {len(case.stages)}{f', {at.now} on' if at else ''}" if number else ""
    return tag("h1", f"{case.title}{stage}", cls="ew-over")


def _known(guideline: Guideline, facts: Facts) -> Html:
    return section("Known so far", tag("div", *(chip(told) for told in _facts(guideline, facts)), cls="ew-row") if facts else "")


def _in_a_line(guideline: Guideline, facts: Facts) -> list[Html]:
    """The same, small: for while the room votes, when earlier stages are out of sight."""
    return [tag("p", tag("strong", "Known so far: "), "; ".join(_facts(guideline, facts)), ".", cls="ew-said")] if facts else []


def _facts(guideline: Guideline, facts: Facts) -> list[str]:
    return [f"{label}: {answer}" for label, answer in facts_told(guideline, facts, answer_in_words).values()]


def _offered(guideline: Guideline, stage: Stage, before: Walk, now: Walk) -> tuple[str, ...]:
    """The steps where the room stood before, those ahead while they are few, and what tempts; in the guideline's order.

    A step due that lies further ahead than that never stands there as the last rung alone: what follows it is offered as well, unless
    something else from afar tempts.
    """
    front, tempting = set(before.due or before.silent_at or before.path[-1:]), {lure.step for lure in stage.lures}
    wanted = front | ahead(guideline, front, _FEW - len(front))
    if not set(now.due) <= wanted and tempting <= wanted | set(now.due):
        wanted |= ahead(guideline, now.due, 1)
    wanted |= set(now.due)
    return (*(id for id, step in guideline.steps.items() if id in tempting or (id in wanted and not step.companion_of)), SILENT, ASK)


def _answer(stands: Present, now: Walk) -> list[Html]:
    """What the guideline names, which edges decide it, and where its passages disagree."""
    guideline, facts = stands.guideline, stands.facts
    found = answer(guideline, facts, stands.timeline)
    edges = deciding(guideline, now, found, facts)
    cards = [tag("div", head(guideline, choice), reasons(guideline, choice), cls="ew-way") for choice in edges]
    return [named(guideline, now, found, facts), *cards, *(disagreement(guideline, conflict) for conflict in now.conflicts)]


def _explain(guideline: Guideline, now: Walk, option: str) -> Html:
    """How the edges to one thing that was voted for stand for this patient."""
    if option in (SILENT, ASK):
        return Html("")
    if option in now.path:
        return tag("p", "Due now." if option in now.due else "Done already.")
    found = [choice for choice in now.edges.values() if choice.transition.target == option]
    near = [choice for choice in found if choice.reached] or found
    return join(tag("div", head(guideline, one), reasons(guideline, one), cls="ew-way") for one in near) or tag("p", "No edge leads there.")


def _speaker(guideline: Guideline, case: Case, number: int) -> list[Html]:
    """What tempts at a stage and why, and the statements behind its points."""
    if not number:
        return [tag("p", "The vignette alone. The stages follow.")]
    stage = case.stages[number - 1]
    lures = (
        tag("li", tag("strong", guideline.steps[lure.step].name), f": {lure.why}", *_pitfall(guideline, lure.pitfall))
        for lure in stage.lures
    )
    behind = dict.fromkeys(id for point in stage.points for id in point.based_on)
    return [
        section("What tempts here", tag("ul", *lures, cls="ew-list") if stage.lures else ""),
        section("What the source says", say.statements(guideline, behind)),
    ]


def _pitfall(guideline: Guideline, id: str) -> Iterable[Html]:
    return [Html(" "), *say.cites(guideline, [id])] if id else []
