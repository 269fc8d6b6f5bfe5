"""The next most useful question: of what could be asked now, the one whose answer decides most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.answers.in_words import needed
from edgewise.graph.answers.mentions import voices
from edgewise.graph.answers.partition import Partition, partition
from edgewise.graph.explaining.approach import approaches
from edgewise.graph.explaining.least_changes import Opening, Search
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import comparisons
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for
from edgewise.graph.walking.walk import Standing, Walk, walk

_CELLS = 100  # so many answers are tried: each is a walk
_SHORT, _SOME = 60, "some answers"


@dataclass(frozen=True, slots=True)
class Useful:
    """A question and what its answer is worth.

    Attributes:
        observable: id of what to ask.
        decides: how many edges its answer decides, on average over the answers that the guideline tells apart.
        most: how many the best answer decides.
        of: how many are undecided.
        ruling_out: answers, in words, after which the step that was asked for cannot come any more; empty where none does.
        reason: why to ask, in plain words.
    """

    observable: str
    decides: Fraction
    most: int
    of: int
    ruling_out: str
    reason: str = ""


def most_useful(guideline: Guideline, facts: Facts, toward: str, walked: Walk, search: Search | None) -> tuple[Useful, ...]:
    """Questions on the way to a step that could be asked now, the most useful first; ties in the order of the pathway.

    What the walk asks itself comes before what it would ask later, so that both name the same question.

    Args:
        guideline: to be walked.
        facts: what is known.
        toward: id of the step; only what matters on the way to it is counted.
        walked: the walk with these facts.
        search: for what leads to the step; None where that is too large, so that what an answer rules out is not told.

    >>> from edgewise.graph.library import load
    >>> guideline, facts = load("sacroiliac-sclerosis").guideline, {"radiographs": "equivocal"}
    >>> first = most_useful(guideline, facts, "diagnostic-injections", walk(guideline, facts), None)[0]
    >>> first.observable, first.reason
    ('inflammatory-suspicion', 'decides up to 3 of 7 undecided edges on the way to Diagnostic SI joint injections')
    """
    asked = _Asking(guideline, facts, toward, walked, search)
    return tuple(sorted(map(asked.judge, asked.candidates()), key=lambda one: (one.observable not in walked.questions, -one.decides)))


class _Asking:
    def __init__(self, guideline: Guideline, facts: Facts, toward: str, walked: Walk, search: Search | None) -> None:
        self.guideline, self.facts, self.toward, self.walked, self.search = guideline, facts, toward, walked, search
        self.law, self.openings = law_for(guideline, facts), _found(search)
        edges = approaches(guideline, toward)
        self.open = [edge.id for edge in edges if edge.target not in walked.path and not _decided(walked.edges[edge.id])]

    def candidates(self) -> list[str]:
        """What could be asked now; where that has nothing to do with the step asked for, what leads to it."""
        needed = [need.observable for opening in self.openings if opening.possible for need in opening.needs if need.kind == "ask"]
        whens = [when for id in self.open if (when := self.guideline.transitions[id].when)]
        asked = {id for when in whens for part in comparisons(when) for id in part.looks_at}
        nearby = [id for id in dict.fromkeys((*self.walked.questions, *self._later())) if id in asked or id in needed]
        return nearby or [id for id in dict.fromkeys(needed) if id not in self.facts]

    def _later(self) -> Iterator[str]:
        """What edges out of steps that are done want beside the first answer, which is all that the walk asks."""
        for choice in self.walked.undecided:
            if self.law.performed(self.guideline.steps[choice.transition.source]) is Truth.TRUE:
                yield from (id for id in choice.ask if id not in self.facts)

    def judge(self, observable: str) -> Useful:
        answers = self._partition(observable)
        after = {cell: walk(self.guideline, {**self.facts, observable: sample}) for cell, sample in enumerate(_samples(answers))}
        decided = [sum(_decided(walked.edges[id]) for id in self.open) for walked in after.values()]
        average = Fraction(sum(decided), len(decided) or 1)
        out = self._ruling_out(observable, answers, after)
        useful = Useful(observable, average, max(decided, default=0), len(self.open), out)
        return replace(useful, reason=self._reason(useful))

    def _partition(self, observable: str) -> Partition:
        held = self.search.approach.partitions.get(observable) if self.search else None
        return held or partition(self.guideline, observable)

    def _ruling_out(self, observable: str, answers: Partition, after: dict[int, Walk]) -> str:
        if self.search is None or observable not in self.search.approach.variables or not self.search.can_still_come():
            return ""
        shut = [cell for cell, walked in after.items() if not self.search.can_come_after(observable, answers.cells[cell].sample, walked)]
        if not shut:
            return ""
        words = needed(self.guideline, answers, voices(self.guideline, observable), shut)
        return words if len(words) <= _SHORT else _SOME

    def _reason(self, useful: Useful) -> str:
        name = self.guideline.steps[self.toward].name
        way = f" on the way to {name}"
        said: list[str] = []
        if useful.most:
            sure = useful.decides == useful.most
            count = f"{'' if sure else 'up to '}{useful.most}"
            edges = "the only undecided edge" if useful.of == 1 else f"{count} of {useful.of} undecided edges"
            said.append(f"{'decides' if sure or useful.of > 1 else 'may decide'} {edges}{way}")
        if useful.ruling_out:
            some = useful.ruling_out == _SOME
            said.append(f"{_SOME if some else f'the answer “{useful.ruling_out}”'} {'rule' if some else 'rules'} {name} out")
        return "; ".join(said) or f"has to be known{way}"


def _found(search: Search | None) -> tuple[Opening, ...]:
    try:
        return search.found.listed if search else ()
    except TooLarge:
        return ()


def _samples(answers: Partition) -> list[Answer]:
    """One answer of each sort; none where they are too many to be told apart."""
    try:
        return [cell.sample for cell in answers.cells[:_CELLS]]
    except TooLarge:
        return []


def _decided(choice: Standing) -> bool:
    """Whether further answers change nothing about an edge, however far the walk has come."""
    return choice.trace is None or choice.trace.truth is Truth.TRUE or choice.trace.later is Truth.FALSE
