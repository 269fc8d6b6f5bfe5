"""What if one answer were another: an observable swept over its whole range, all else held, and where the guideline's answer flips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from edgewise.graph.answers.intervals import Interval
from edgewise.graph.answers.mentions import together, truths, voices
from edgewise.graph.answers.partition import labels
from edgewise.graph.answers.ranges import stretches, told, typical
from edgewise.graph.attribution import Word
from edgewise.graph.cases import model as cases
from edgewise.graph.model import Guideline, Observable
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.walk import walk
from edgewise.ontology.errors import UnknownName

_MOST_VALUES = 1000  # as many as the facts of a patient may hold


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of answers that the guideline does not tell apart.

    Attributes:
        words: the answers in plain words.
        sample: one of the answers, as facts hold it; the values of a series are all alike.
        answer: where the facts lead with it.
        open: ids of the edges that are open with it.
        statements: ids of the passages behind the comparisons that flip where the run begins; of a choice, behind those that tell
            it from other answers.
        remark: what has to stand beside them or in their place, where not all of these comparisons are the source's word.
        value: the answer, where answers are no numbers; else empty.
        low: where the run of numbers begins, in the observable's unit; None where it has no beginning.
        high: where it ends.
        low_open: whether `low` itself is left out.
        high_open: whether `high` itself is left out.
    """

    words: str
    sample: Answer
    answer: cases.Ruling
    open: tuple[str, ...]
    statements: tuple[str, ...] = ()
    remark: str = ""
    value: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def holds(self, value: str | Decimal) -> bool:
        """Whether an answer, or one value of a series, lies in the run."""
        if isinstance(value, str) or self.value:
            return value == self.value
        above = self.low is None or (self.low < value if self.low_open else self.low <= value)
        below = self.high is None or (value < self.high if self.high_open else value <= self.high)
        return above and below


def vary(guideline: Guideline, facts: Facts, observable: str) -> tuple[Segment, ...]:
    """Sweep one observable, all other facts held.

    Numbers come as runs in ascending order, parted wherever the walk's answer or any comparison of the guideline flips; other answers
    one by one. Of a series as many values are assumed as comparisons ask for, or as are known if that is more, all of them alike.

    Args:
        guideline: as `edgewise.graph.reading.projection` reads it.
        facts: as `edgewise.graph.walking.facts.parse_facts` makes them; what they say of the observable itself is set aside.
        observable: its id.

    Raises:
        UnknownName: the guideline asks no such thing.

    >>> from edgewise.graph.library import load
    >>> before = {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}
    >>> before |= {"conservative-months": Decimal(6), "conservative-failed": "yes"}
    >>> for run in vary(load("sacroiliac-sclerosis").guideline, before, "block-relief"):
    ...     print(run.words, "|", run.answer.verdict, *run.answer.steps, run.statements)
    less than 70 % | not-stated ()
    exactly 70 % | not-stated ('s17', 's32')
    more than 70 % to less than 80 % | not-stated ('s25',)
    80 % to 90 % | due cooled-rfa ('s21',)
    more than 90 % | not-stated ('s21',)
    """
    if observable not in guideline.observables:
        raise UnknownName("observable", observable, guideline.observables)
    return _Sweep(guideline, facts, guideline.observables[observable]).segments()


def segment_at(segments: Iterable[Segment], value: str | Decimal) -> Segment | None:
    """The segment that holds an answer, or one value of a series; None where it lies outside the range."""
    return next((segment for segment in segments if segment.holds(value)), None)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What tells answers apart: where they lead, what is open, and how every comparison comes out."""

    answer: cases.Ruling
    open: tuple[str, ...]
    truths: tuple[Truth, ...]


class _Sweep:
    def __init__(self, guideline: Guideline, facts: Facts, observable: Observable) -> None:
        self.guideline, self.facts, self.observable = guideline, facts, observable
        self.voices = voices(guideline, observable.id)

    def segments(self) -> tuple[Segment, ...]:
        return tuple(self._chosen() if self.observable.value_type in ("yes-no", "choice") else self._runs())

    def _chosen(self) -> Iterator[Segment]:
        choices = labels(self.observable)
        outcomes = {value: self._outcome(value) for value in choices}
        for value, label in choices.items():
            now = outcomes[value]
            word = self._behind(now, outcomes.values())
            yield Segment(label, value, now.answer, now.open, word.based_on, word.remark, value)

    def _runs(self) -> Iterator[Segment]:
        parts = stretches(self.observable, Pathway.of(self.guideline).tests(self.observable.id))
        before: _Outcome | None = None
        for now, alike in groupby(parts, key=lambda part: self._outcome(self._sample(part))):
            run = list(alike)
            yield self._segment(Interval(run[0].low, run[-1].high), now, self._behind(now, [before] if before else []))
            before = now

    def _segment(self, part: Interval, now: _Outcome, word: Word) -> Segment:
        low, high = part.low, part.high
        counted = self.observable.value_type == "count"  # its stretches end below the next whole number
        return Segment(
            words=told([part], self.observable),
            sample=self._sample(part),
            answer=now.answer,
            open=now.open,
            statements=word.based_on,
            remark=word.remark,
            low=low.value if low.value.is_finite() else None,
            high=None if not high.value.is_finite() else high.value - 1 if counted else high.value,
            low_open=low.value.is_finite() and low.side == 1,
            high_open=high.value.is_finite() and high.side == 0 and not counted,
        )

    def _sample(self, part: Interval) -> Answer:
        value = typical(part, self.observable)
        if not self.observable.repeated:
            return value
        given = self.facts.get(self.observable.id)
        known = len(given) if isinstance(given, tuple) else 0
        asked = max((max(voice.comparison.times, voice.comparison.window) for voice in self.voices), default=1)
        return (value,) * min(max(asked, known, 1), _MOST_VALUES)

    def _outcome(self, sample: Answer) -> _Outcome:
        known = {**self.facts, self.observable.id: sample}
        opened = tuple(id for id, choice in walk(self.guideline, known).edges.items() if choice.state == "open")
        return _Outcome(cases.answer(self.guideline, known), opened, truths(self.guideline, self.voices, sample))

    def _behind(self, now: _Outcome, others: Iterable[_Outcome]) -> Word:
        """Whose word the comparisons are that come out otherwise in one of the others."""
        told_apart = [set(pair) for pair in zip(now.truths, *(other.truths for other in others), strict=True)]
        flipped = (voice for voice, outcomes in zip(self.voices, told_apart, strict=True) if len(outcomes) > 1)
        return together(flipped, self.observable)
