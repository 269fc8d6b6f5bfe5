"""What lies on an educator's desk: one draft for each guideline, kept as long as the session lasts, with the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import streamlit as st

from edgewise.explorer.pages.teach.composing.draft import Draft, StageDraft
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.facts import Answer, parse_facts, plain
from edgewise.ontology.errors import FactsError

_LONGEST = 100


@dataclass(slots=True)
class Desk:
    """What lies on it.

    Attributes:
        draft: as it is now.
        before: those it came from.
        link: the case in an address that was last taken up, or given out.
        sight: the mark of the stage that was opened last.
    """

    draft: Draft = field(default_factory=Draft)
    before: list[Draft] = field(default_factory=list)
    link: str = ""
    sight: str = ""


def desk(name: str) -> Desk:
    """The desk for a guideline, by its name in addresses."""
    found = st.session_state.setdefault(f"set:desk:{name}", Desk())
    return found if isinstance(found, Desk) else Desk()


def edit(name: str, change: Callable[[Draft], Draft]) -> None:
    """Change the draft, so that it can be taken back."""
    found = desk(name)
    changed = change(found.draft)
    if not _same(changed, found.draft):
        if not _same(replace(changed, open=0), replace(found.draft, open=0)):  # to turn to another stage is nothing to take back
            found.before = [*found.before, found.draft][-_LONGEST:]
        found.draft = changed


def _same(one: Draft, other: Draft) -> bool:
    return one == other and list(one.stages) == list(other.stages)  # mappings are equal in any order


def undo(name: str) -> None:
    """Take the last change back."""
    found = desk(name)
    if found.before:
        found.draft = found.before.pop()


def fit(name: str, guideline: Guideline) -> Iterator[str]:
    """Take out of the draft what its guideline, whose file may have changed meanwhile, no longer knows; yields the names of it."""
    draft = desk(name).draft
    stages, lost = {}, []
    for number, stage in draft.stages.items():
        stages[number], gone = _fitting(stage, guideline)
        lost += gone
    if lost:
        edit(name, lambda draft: replace(draft, stages=stages))
    return iter(dict.fromkeys(lost))


def _fitting(stage: StageDraft, guideline: Guideline) -> tuple[StageDraft, list[str]]:
    facts = {id: told for id, told in stage.facts.items() if _takes(guideline, id, told)}
    lures = {
        place: lure for place, lure in stage.lures.items() if {lure.step, lure.pitfall} <= {"", *guideline.steps, *guideline.statements}
    }
    passages = Pathway.of(guideline).passages
    points = {place: replace(point, based_on=tuple(id for id in point.based_on if id in passages)) for place, point in stage.points.items()}
    lost = [id for id in stage.facts if id not in facts]
    lost += [lure.step for place, lure in stage.lures.items() if place not in lures]
    lost += [id for point in stage.points.values() for id in point.based_on if id not in passages]
    return replace(stage, facts=facts, lures=lures, points=points), lost


def _takes(guideline: Guideline, id: str, told: Answer) -> bool:
    try:
        return parse_facts(plain({id: told}), guideline) == {id: told}
    except FactsError:
        return False
