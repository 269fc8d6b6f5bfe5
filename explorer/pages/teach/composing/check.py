"""What is to be said against a case while it is composed: the judgement of `edgewise.graph.cases.check`, by stage."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from edgewise.explorer.cards.wording import capital
from edgewise.graph.cases.book import Casebook
from edgewise.graph.cases.model import Case
from edgewise.graph.model import Guideline


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding.

    Attributes:
        rule: its name.
        stage: counted from 0.
        told: in plain words.
        about: the observable concerned, where it is about a fact.
        grave: whether a file with it would be refused.
    """

    rule: str
    stage: int
    told: str
    about: str = ""
    grave: bool = False


@dataclass(frozen=True)
class _Unwritten(Casebook):
    """Cases that stand in no file: a "line" is the number of the place that was asked for."""

    places: list[tuple[str | int, ...]] = field(default_factory=list)

    def line(self, *place: str | int) -> int:
        self.places.append(place)
        return len(self.places)


def judged(case: Case, guideline: Guideline) -> tuple[Case, tuple[Remark, ...]]:
    """A case with what it does knowingly written out, and the remarks on it.

    What is told otherwise than before, or out of turn, is remarked on and stands in `revises` and `early`: whoever leaves it so means it.

    >>> from edgewise.graph.cases.model import Stage
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> told = ({"radiographs": "negative"}, {"radiographs": "sclerosis"}, {})
    >>> case, remarks = judged(Case("c", "", "", tuple(Stage("", facts) for facts in told)), guideline)
    >>> case.stages[1].revises, [(remark.stage, remark.rule) for remark in remarks if not remark.grave and "expect" not in remark.rule]
    (('radiographs',), [(1, 'contradicts-earlier-stage'), (2, 'stage-adds-nothing')])
    """
    from edgewise.graph.cases.check import check_cases

    bare = replace(case, stages=tuple(replace(stage, revises=(), early=()) for stage in case.stages))
    book = _Unwritten("", {0: bare})
    found = [(finding, book.places[finding.line - 1]) for finding in check_cases(book, guideline)] if bare.stages else []
    remarks = []
    for finding, place in found:
        told = finding.message.removeprefix(f"case '{case.id}', stage {int(place[2]) + 1}: ")
        about = str(place[4]) if place[3:4] == ("facts",) else ""
        grave = finding.severity == "error" and finding.rule != "contradicts-earlier-stage"
        remarks.append(Remark(finding.rule, int(place[2]), capital(told), about, grave))
    return _knowing(bare, remarks), tuple(remarks)


def _knowing(case: Case, remarks: list[Remark]) -> Case:
    def named(rule: str, stage: int) -> tuple[str, ...]:
        return tuple(remark.about for remark in remarks if (remark.rule, remark.stage) == (rule, stage))

    stages = (
        replace(stage, revises=named("contradicts-earlier-stage", at), early=named("fact-before-its-step", at))
        for at, stage in enumerate(case.stages)
    )
    return replace(case, stages=tuple(stages))
