"""Which times of a step count for a patient, where the guideline gives several and says when each counts.

Those count whose condition holds; where none does, the one without a condition. As long as it is not known whether a condition holds,
several are possible, and nothing is claimed that is not so with each of them. Where several hold at once and disagree, the shortest
counts, and the disagreement is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from edgewise.graph.durations import Duration
from edgewise.graph.law import Law
from edgewise.graph.model import Step, TimeWindow
from edgewise.graph.step_times import TIME_KEYS, agree, by_key
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.times_told import word_of


class Case(NamedTuple):
    """The times of a step as they can be: None, or empty, where nothing is said."""

    not_before: Duration | None = None
    within: Duration | None = None
    every: Duration | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The times of a step on some facts.

    Attributes:
        times: those that count, or can still count; one that counts for sure bears no condition any more.
        cases: what they can come to; one where it is known.
        ask: ids of observables that could still tell which count.
        unlike: others that hold as well and disagree with one that counts.
    """

    times: tuple[TimeWindow, ...]
    cases: tuple[Case, ...]
    ask: tuple[str, ...] = ()
    unlike: tuple[TimeWindow, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it is known which times count."""
        return len(self.cases) == 1


class _Possible(NamedTuple):
    """What one key of a step can come to: windows to be told, and each set of windows that can count together."""

    told: tuple[TimeWindow, ...]
    sets: tuple[tuple[TimeWindow, ...], ...]
    unlike: tuple[TimeWindow, ...] = ()


def chosen(law: Law[Truth, Trace], step: Step) -> Chosen:
    """The times of a step for the patient of whom the law is asked.

    >>> from decimal import Decimal
    >>> from edgewise.graph.model import Comparison, Guideline, Observable
    >>> from edgewise.graph.walking.patient import law_for
    >>> one, three = (Duration(Decimal(hours), "h") for hours in (1, 3))
    >>> shock = Comparison("c", "shock", answer="yes")
    >>> windows = (TimeWindow("w1", "within", one, when=shock), TimeWindow("w2", "within", three))
    >>> step = Step("s", "Treatment", "Antimicrobials", "", "p", windows=windows)
    >>> observables = {"shock": Observable("shock", "Shock", "?", "yes-no")}
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", steps={"s": step}, observables=observables)
    >>> [str(case.within) for case in chosen(law_for(guideline, {"shock": "no"}), step).cases]
    ['3 h']
    >>> unknown = chosen(law_for(guideline, {}), step)
    >>> [str(case.within) for case in unknown.cases], unknown.ask
    (['1 h', '3 h'], ('shock',))
    """
    traces = {one.id: law.stated(one.when) for one in step.windows if one.when is not None}
    truths = {id: trace.truth for id, trace in traces.items()}
    found = {key: _possible(by_key(step.times, key), truths) for key in TIME_KEYS}
    cases = tuple(dict.fromkeys(_case(combination) for combination in product(*(one.sets for one in found.values()))))
    told = tuple(one for possible in found.values() for one in possible.told)
    undecided = [one.id for possible in found.values() if len(possible.sets) > 1 for one in possible.told]
    ask = dict.fromkeys(id for one in undecided if truths.get(one) is Truth.UNKNOWN for id in traces[one].asks())
    return Chosen(told, cases, tuple(ask), tuple(one for possible in found.values() for one in possible.unlike))


def unlike_times(law: Law[Truth, Trace], steps: Iterable[Step]) -> dict[str, tuple[str, ...]]:
    """By step, ids of the windows that hold at once and disagree, in order."""
    found = {step.id: _unlike(law, step) for step in steps if step.windows}
    return {id: windows for id, windows in found.items() if windows}


def disputable(step: Step) -> Iterator[tuple[TimeWindow, TimeWindow]]:
    """The pairs of a step's windows that disagree as soon as the conditions of both hold."""
    for key in TIME_KEYS:
        held = [one for one in by_key(step.windows, key) if one.when is not None]
        yield from ((one, other) for place, one in enumerate(held) for other in held[place + 1 :] if not agree(one, other))


def _unlike(law: Law[Truth, Trace], step: Step) -> tuple[str, ...]:
    held = {one.id for one in step.windows if one.when is not None and law.stated(one.when).truth is Truth.TRUE}
    at_odds = {one.id for pair in disputable(step) if held.issuperset(each.id for each in pair) for one in pair}
    return tuple(one.id for one in step.windows if one.id in at_odds)


def _possible(windows: Sequence[TimeWindow], truths: Mapping[str, Truth]) -> _Possible:
    if not windows:
        return _Possible((), ((),))
    surely, perhaps = (_of_truth(windows, truths, truth) for truth in (Truth.TRUE, Truth.UNKNOWN))
    otherwise = tuple(one for one in windows if one.when is None)
    if windows[0].key == "after":
        return _counted_from(surely, perhaps, otherwise)
    if not surely:
        sets = tuple(dict.fromkeys([*((one,) for one in perhaps), otherwise]))
        return _told((*perhaps, *otherwise), sets)
    first = min(surely, key=_length)
    shorter = tuple(one for one in perhaps if _length(one) < _length(first))
    unlike = tuple(one for one in surely if not agree(one, first))
    return _told((*shorter, first), ((first,), *((one,) for one in shorter)), unlike)


def _counted_from(surely: tuple[TimeWindow, ...], perhaps: tuple[TimeWindow, ...], otherwise: tuple[TimeWindow, ...]) -> _Possible:
    """Several steps from which is counted: the first of them to be done tells, so that all that hold stand together."""
    if surely:
        unlike = tuple(one for one in surely if not agree(one, surely[0]))
        return _told((*surely, *perhaps), (surely, (*surely, *perhaps)), unlike)
    return _told((*perhaps, *otherwise), (*((one,) for one in perhaps), perhaps, otherwise) if perhaps else (otherwise,))


def _told(told: tuple[TimeWindow, ...], sets: Iterable[tuple[TimeWindow, ...]], unlike: tuple[TimeWindow, ...] = ()) -> _Possible:
    """With what can be in the end: sets that say the same are one, and where one is left its windows need no condition."""
    said: dict[frozenset[object], tuple[TimeWindow, ...]] = {}
    for one in sets:
        said.setdefault(frozenset(each.value.seconds if each.value else each.step for each in one), one)
    if len(said) > 1:
        return _Possible(told, tuple(said.values()), unlike)
    only = tuple(map(_for_sure, next(iter(said.values()))))
    return _Possible(only, (only,), unlike)


def _for_sure(window: TimeWindow) -> TimeWindow:
    """A window of which it is known that it counts: its condition has no more to say than whose word it is."""
    says, based_on, _ = word_of(window)
    return window if window.when is None else replace(window, when=None, stated_by=says, based_on=based_on)


def _case(combination: Collection[tuple[TimeWindow, ...]]) -> Case:
    not_before, within, every, after = combination
    first = [next((one.value for one in windows), None) for windows in (not_before, within, every)]
    return Case(first[0], first[1], first[2], tuple(dict.fromkeys(one.step for one in after)))


def _of_truth(windows: Iterable[TimeWindow], truths: Mapping[str, Truth], truth: Truth) -> tuple[TimeWindow, ...]:
    return tuple(one for one in windows if one.when is not None and truths[one.id] is truth)


def _length(window: TimeWindow) -> Decimal:
    return window.value.seconds if window.value else Decimal(0)
