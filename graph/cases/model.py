"""Cases to learn with: what is told of a patient stage by stage, and what the walk answers at each.

What a case expects is never taken on trust: `answer` asks the walk, and `edgewise.graph.cases.check` compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from edgewise.graph.durations import Duration
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.rounds import Present
from edgewise.graph.walking.visits import BEGINNING, Timeline
from edgewise.graph.walking.walk import present, walk_once

Verdict = Literal["due", "not-stated", "undecided"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """Where facts lead.

    Attributes:
        verdict: ``due`` where steps are, ``not-stated`` where the source falls silent, ``undecided`` where an answer is missing.
        steps: ids of the steps due, without those that merely go along with another; empty unless ``due``.
    """

    verdict: Verdict
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """Something to take home, and the statements it rests on."""

    text: str
    based_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lure:
    """A step that tempts at a stage although it is not due; `pitfall` is the statement that warns of it, empty where none does."""

    step: str
    why: str
    pitfall: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """What is revealed at once. `facts` are those that are new; `expect` None: nobody foretold it, the walk alone says.

    `at` is the time at which it is told, counted from the beginning; of a stage without one that of the stage before. `revises` names
    observables whose earlier answer this stage knowingly replaces, `early` those that are knowingly told before the pathway asks for them;
    both are for `edgewise.graph.cases.check` only.
    """

    tells: str
    facts: Facts
    expect: Ruling | None = None
    lures: tuple[Lure, ...] = ()
    points: tuple[Point, ...] = ()
    revises: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    at: Duration | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One patient, told in stages."""

    id: str
    title: str
    vignette: str
    stages: tuple[Stage, ...]

    def facts(self, stage: int) -> Facts:
        """All that is known once `stage` (counted from 0) is revealed; a later word on the same thing wins.

        >>> Case("c", "", "", (Stage("", {"a": "yes"}), Stage("", {"a": "no", "b": "yes"}))).facts(1)
        {'a': 'no', 'b': 'yes'}
        """
        return {id: answer for one in self.stages[: stage + 1] for id, answer in one.facts.items()}

    def timeline(self, stage: int) -> Timeline | None:
        """When all that was told: each stage with a time is a visit; None where no stage up to `stage` has one.

        >>> from edgewise.graph.durations import duration
        >>> case = Case("c", "", "", (Stage("", {"a": "yes"}), Stage("", {"a": "no"}, at=duration("4 wk"))))
        >>> [str(at) for at, _ in case.timeline(1).retold["a"]], case.timeline(0)
        (['0 h', '4 weeks'], None)
        """
        if not any(one.at for one in self.stages[: stage + 1]):
            return None
        line = Timeline(BEGINNING)
        for number, one in enumerate(self.stages[: stage + 1]):
            before = self.facts(number - 1) if number else {}
            line = Timeline(one.at or line.now, line.told, line.retold).heard(before, self.facts(number))
            line = line.again({id: answer for id, answer in one.facts.items() if before.get(id) == answer})
        return line

    def present(self, guideline: Guideline, stage: int) -> Present:
        """What all that comes down to for a walk, once `stage` is revealed; before the first, for -1, nothing is known."""
        return present(guideline, self.facts(stage), self.timeline(stage)) if stage >= 0 else Present(guideline, {})


def answer(guideline: Guideline, facts: Facts, timeline: Timeline | None = None) -> Ruling:
    """What the guideline names next for these facts; what of `Case.present` has to be handed over all three.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> answer(guideline, {})
    Ruling(verdict='due', steps=('xray-si-joints',))
    >>> answer(guideline, {"radiographs": "sclerosis"}).verdict
    'undecided'
    """
    walked = walk_once(guideline, facts, timeline)
    if walked.due:
        return Ruling("due", tuple(id for id in walked.due if not guideline.steps[id].companion_of) or walked.due)
    return Ruling("not-stated" if walked.silent else "undecided")
