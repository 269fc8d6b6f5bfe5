"""A case while it is being composed: what an educator has written so far, gaps and all, and every way to change it.

Stages, lures and points go by numbers of their own, which they keep when others are moved or removed: what somebody types into one of them
can then never end up in another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.shell.held_walk import hold
from edgewise.graph.cases.model import Case, Lure, Point, Stage, answer
from edgewise.graph.durations import Duration
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.walk import walk


@dataclass(frozen=True, slots=True)
class StageDraft:
    """One stage; lures and points by number; `at` is kept as its file has it."""

    tells: str = ""
    facts: Facts = field(default_factory=dict)
    lures: Mapping[int, Lure] = field(default_factory=dict)
    points: Mapping[int, Point] = field(default_factory=dict)
    at: Duration | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A case on the desk.

    Attributes:
        title, vignette: as in a case.
        stages: by number, in their order.
        open: number of the stage that is being worked on; 0 for none.
        used: the highest number given out so far.
    """

    title: str = ""
    vignette: str = ""
    stages: Mapping[int, StageDraft] = field(default_factory=lambda: {1: StageDraft()})
    open: int = 1
    used: int = 1


def draft_of(case: Case) -> Draft:
    """A case taken up again; what it expects is not kept, the walk says it afresh.

    >>> draft = draft_of(Case("c", "A case", "A runner.", (Stage("Pain.", {}, points=(Point("Wait.", ("s1",)),)), Stage("More.", {}))))
    >>> list(draft.stages), draft.stages[1].points, draft.open
    ([1, 3], {2: Point(text='Wait.', based_on=('s1',))}, 1)
    """
    used, stages = 0, {}
    for stage in case.stages:
        first = used = used + 1
        lures = {used + number: lure for number, lure in enumerate(stage.lures, 1)}
        used += len(lures)
        points = {used + number: point for number, point in enumerate(stage.points, 1)}
        used += len(points)
        stages[first] = StageDraft(stage.tells, dict(stage.facts), lures, points, stage.at)
    return Draft(case.title, case.vignette, stages, 1, used) if stages else Draft(case.title, case.vignette)


def staged(guideline: Guideline, facts: Facts) -> Draft:
    """A patient's facts as a case: one stage for each step that they lead past, still without words.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> facts = {"radiographs": "negative", "inflammatory-suspicion": "no", "conservative-failed": "yes"}
    >>> [dict(stage.facts) for stage in staged(guideline, facts).stages.values()]
    [{'radiographs': 'negative', 'inflammatory-suspicion': 'no'}, {'conservative-failed': 'yes'}]
    """
    whole, known, stages = walk(guideline, facts), dict[str, Answer](), []
    for part in (*(hold(guideline, whole, facts, step) for step in whole.path), facts):
        if new := {id: told for id, told in part.items() if id not in known}:
            stages.append(StageDraft(facts=new))
            known |= new
    numbered = dict(enumerate(stages, 1)) or {1: StageDraft()}
    return Draft(stages=numbered, used=len(numbered))


def case_of(draft: Draft, guideline: Guideline, taken: Collection[str] = ()) -> Case:
    """The case as far as it is written, each expectation as the walk has it.

    Args:
        draft: what is on the desk; lures without a step and points without a word are left out.
        guideline: that answers.
        taken: ids that other cases have.
    """
    stages = tuple(_stage(stage, guideline) for stage in draft.stages.values())
    case = Case(_id(draft.title, taken), clean(draft.title), draft.vignette.strip(), stages)
    stands = [case.present(guideline, number) for number in range(len(stages))]
    foretold = [answer(now.guideline, now.facts, now.timeline) for now in stands]
    return replace(case, stages=tuple(replace(one, expect=ruling) for one, ruling in zip(stages, foretold, strict=True)))


def _stage(stage: StageDraft, guideline: Guideline) -> Stage:
    return Stage(
        tells=stage.tells.strip(),
        facts={id: stage.facts[id] for id in guideline.observables if id in stage.facts},
        lures=tuple(replace(lure, why=lure.why.strip()) for lure in stage.lures.values() if lure.step),
        points=tuple(replace(point, text=point.text.strip()) for point in stage.points.values() if point.text.strip()),
        at=stage.at,
    )


def known(draft: Draft, number: int, *, before: bool = False) -> dict[str, Answer]:
    """What is known once a stage is told, or just before; a later word on the same thing wins."""
    facts: dict[str, Answer] = {}
    for one, stage in draft.stages.items():
        if one == number:
            return facts if before else {**facts, **stage.facts}
        facts |= stage.facts
    return facts


def missing(draft: Draft) -> Iterator[str]:
    """What a case still needs before it can be given out, in plain words.

    >>> list(missing(Draft(title="A case", stages={1: StageDraft("Pain."), 2: StageDraft(lures={3: Lure("", "")})})))
    ['a vignette', 'what stage 2 tells', 'the step of a lure in stage 2']
    """
    yield from (what for what, text in (("a title", draft.title), ("a vignette", draft.vignette)) if not clean(text))
    if not draft.stages:
        yield "a stage"
    for place, stage in enumerate(draft.stages.values(), 1):
        if not stage.tells.strip():
            yield f"what stage {place} tells"
        for lure in stage.lures.values():
            if not lure.step:
                yield f"the step of a lure in stage {place}"
            elif not lure.why.strip():
                yield f"why a lure in stage {place} tempts"
        for point in stage.points.values():
            if not point.text.strip():
                yield f"the words of a point in stage {place}"
            elif not point.based_on:
                yield f"what a point in stage {place} rests on"


def with_stage(draft: Draft, number: int, **changes: Any) -> Draft:
    """The draft with one stage changed; as it is where that stage is gone."""
    if number not in draft.stages:
        return draft
    return replace(draft, stages={**draft.stages, number: replace(draft.stages[number], **changes)})


def with_fact(draft: Draft, number: int, id: str, told: Answer | None) -> Draft:
    """The draft with one fact told in a stage; None: not told there."""
    facts = {one: value for one, value in draft.stages[number].facts.items() if one != id} if number in draft.stages else {}
    return with_stage(draft, number, facts=facts if told is None else {**facts, id: told})


def with_new_stage(draft: Draft) -> Draft:
    """The draft with one more stage at the end, open."""
    number = draft.used + 1
    return replace(draft, stages={**draft.stages, number: StageDraft()}, open=number, used=number)


def without_stage(draft: Draft, number: int) -> Draft:
    """The draft without a stage; a neighbour is opened in its place."""
    order, rest = list(draft.stages), {one: stage for one, stage in draft.stages.items() if one != number}
    if number not in order or not rest:
        return draft
    at = order.index(number)
    return replace(draft, stages=rest, open=(order[:at][-1:] or order[at + 1 :])[0])


def moved_stage(draft: Draft, number: int, by: int) -> Draft:
    """The draft with a stage one place up (-1) or down (1)."""
    order = list(draft.stages)
    if number not in order or not 0 <= order.index(number) + by < len(order):
        return draft
    at = order.index(number)
    order[at], order[at + by] = order[at + by], order[at]
    return replace(draft, stages={one: draft.stages[one] for one in order})


def with_lure(draft: Draft, number: int, lure: Lure, place: int = 0) -> Draft:
    """The draft with a lure in a stage, in place of the one of that number; 0: a new one."""
    stage, place = draft.stages.get(number), place or draft.used + 1
    kept = replace(draft, used=max(draft.used, place))
    return with_stage(kept, number, lures={**stage.lures, place: lure}) if stage else draft


def with_point(draft: Draft, number: int, point: Point, place: int = 0) -> Draft:
    """The draft with a teaching point in a stage, in place of the one of that number; 0: a new one."""
    stage, place = draft.stages.get(number), place or draft.used + 1
    kept = replace(draft, used=max(draft.used, place))
    return with_stage(kept, number, points={**stage.points, place: point}) if stage else draft


def without_beside(draft: Draft, number: int, place: int) -> Draft:
    """The draft without the lure or point of that number."""
    if number not in draft.stages:
        return draft
    stage = draft.stages[number]
    lures, points = ({one: it for one, it in kind.items() if one != place} for kind in (stage.lures, stage.points))
    return with_stage(draft, number, lures=lures, points=points)


def _id(title: str, taken: Collection[str]) -> str:
    """An id made from the title, unlike any that is taken."""
    bare = unicodedata.normalize("NFKD", title.replace("'", "")).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:56].strip("-") or "case"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(id for id in (stem, *numbered) if id not in taken)
