"""Situations in which several times of one step hold at once and disagree, as a walk names them in one patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from edgewise.graph.answers.diagram import NEVER
from edgewise.graph.attribution import joint
from edgewise.graph.gaps.examples import Patient
from edgewise.graph.gaps.rows import Row
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.gaps.ways import Claim, Ways
from edgewise.graph.model import Step, TimeWindow
from edgewise.graph.walking.chosen_times import disputable
from edgewise.graph.walking.times_told import stated_in, time_told, word_of
from edgewise.graph.walking.walk import Walk


def unlike_times(situations: Situations, step: Step, unchecked: list[str]) -> Iterator[Row]:
    """Rows for each two windows of a step that somebody who comes there meets both of."""
    for one, other in disputable(step):
        reached = situations.reached(step.id)
        together = situations.both(reached, _holds(situations, one), _holds(situations, other))
        if together != NEVER:
            said = joint((word_of(one), word_of(other)))
            for row in Ways(situations).rows(_claim(situations, step, together, one, other), unchecked):
                yield replace(row, statements=stated_in((one, other)), remark=said.remark)


def _holds(situations: Situations, window: TimeWindow) -> int:
    return situations.law.stated(window.when).truth.true if window.when is not None else NEVER


def _claim(situations: Situations, step: Step, together: int, one: TimeWindow, other: TimeWindow) -> Claim:
    guideline, reached = situations.guideline, situations.reached(step.id)

    def shows(_: Patient, walked: Walk) -> bool:
        return {one.id, other.id} <= set(walked.unlike_times.get(step.id, ()))

    said = f"{time_told(guideline, one)} and {time_told(guideline, other)}"
    text = f"For “{step.name}” the guideline says two times at once: {said}"
    return Claim("unlike-times", step, (), together, situations.diagrams.without(reached, together), text, shows)
