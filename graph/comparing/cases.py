"""Cases of the first guideline whose expectation breaks in the second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from edgewise.graph.cases.check import agrees
from edgewise.graph.cases.model import Case, Ruling, answer
from edgewise.graph.comparing.alignment import Alignment
from edgewise.graph.comparing.changes import Change
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.walk import walk

_WORDS = {"not-stated": "the source does not say", "undecided": "an answer is missing"}


def case_changes(alignment: Alignment, cases: Iterable[Case]) -> Iterator[Change]:
    """Every stage of a case that ends as it is foretold in the first guideline, and no longer does in the second.

    Args:
        alignment: of the two.
        cases: of the first. What they tell that the second does not ask is left out there.
    """
    for case in cases:
        for number, stage in enumerate(case.stages):
            facts = alignment.facts_of_a(case.facts(number))
            expected = stage.expect or answer(alignment.a, facts)
            there = alignment.facts_of_b(facts)
            found = answer(alignment.b, there)
            if _held(alignment.a, expected, facts) and not agrees(_told(alignment, expected), found, walk(alignment.b, there)):
                where = f"{case.title}, stage {number + 1}"
                yield Change("evidence", "case", where, case.id, "", ruling_told(alignment.a, expected), ruling_told(alignment.b, found))


def _held(guideline: Guideline, expected: Ruling, facts: Facts) -> bool:
    return agrees(expected, answer(guideline, facts), walk(guideline, facts))


def _told(alignment: Alignment, expected: Ruling) -> Ruling:
    """What is expected, in the ids of the second guideline; a step that it has not stays as it is, and is not found."""
    own = {stands: id for id, stands in alignment.steps.items()}
    return replace(expected, steps=tuple(own.get(id, f"{id} in the first guideline") for id in expected.steps))


def ruling_told(guideline: Guideline, ruling: Ruling) -> str:
    """Where facts lead, in words."""
    if ruling.verdict != "due":
        return _WORDS[ruling.verdict]
    return " and ".join(guideline.steps[id].name if id in guideline.steps else id for id in ruling.steps) + " due"
