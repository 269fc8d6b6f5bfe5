"""In what state a step that the walk has come to stands: waiting until its time has come, due, or overdue.

Times never open or shut an edge; they are counted from when a step was done, which a `Timeline` tells. Without one, or where it does not
say when that step was done, nothing is claimed: the step is due, and its times are told in words. For the same facts a state only ever
goes on as time passes, from waiting to due and from due to overdue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from edgewise.graph.durations import Duration, lasting
from edgewise.graph.law import Law
from edgewise.graph.model import Comparison, Guideline, Resuming, Step, Transition
from edgewise.graph.pathway import Pathway
from edgewise.graph.units import printed
from edgewise.graph.walking.chosen_times import Case, Chosen, chosen
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.time_windows import overdue
from edgewise.graph.walking.times_told import NOT_KNOWN_WHICH, first_told, remark_on, rhythm_told, stated_in, told, unlike_told
from edgewise.graph.walking.times_told import remark as remark
from edgewise.graph.walking.times_told import window as window
from edgewise.graph.walking.visits import BEGINNING, Timeline

TimeState = Literal["waiting", "due", "overdue"]


@dataclass(frozen=True, slots=True)
class Timing:
    """When a step is to be done, and how that stands now.

    Attributes:
        step: its id.
        state: waiting, due or overdue.
        told: the state with its times in words; without a timeline the times alone.
        window: the times as the guideline has them.
        since: when it is due, counted from the beginning; None where it is due at once or nothing tells.
        until: by when it is to be done; None where nothing says so or tells.
        again: whether it was done already and is to be repeated.
        remark: whose word the times are where they are not the source's; empty where they are.
        based_on: ids of the passages that state them.
        known: whether it is known which times count, where the guideline gives several.
    """

    step: str
    state: TimeState
    told: str
    window: str
    since: Duration | None = None
    until: Duration | None = None
    again: bool = False
    remark: str = ""
    based_on: tuple[str, ...] = ()
    known: bool = True


class Come(NamedTuple):
    """How far a walk has come.

    Attributes:
        due: ids of the steps that would be due if time were no matter.
        path: ids of the steps come to.
        taken: the edges that were followed, each with how its criterion came out.
    """

    due: Sequence[str]
    path: Sequence[str]
    taken: Sequence[tuple[Transition, Trace | None]]


def timings(law: Law[Truth, Trace], facts: Facts, come: Come, guideline: Guideline, timeline: Timeline | None) -> dict[str, Timing]:
    """How the steps of a walk stand in time, in the order of the way: those due that say when, those done that are to be repeated, and
    those to which only edges lead of which the time has passed.

    Args:
        law: as it is asked of the patient.
        facts: of the patient.
        come: how far the walk has come.
        guideline: that is walked.
        timeline: what time it is, and when things were told.
    """
    clock = _Clock(guideline, come, law, timeline)
    found = {id: _too_late(guideline, facts, come, id) or clock.timing(guideline.steps[id], due=id in come.due) for id in come.path}
    return {id: timing for id, timing in found.items() if timing}


def in_state(timing: Mapping[str, Timing], state: TimeState) -> dict[str, str]:
    """Those in one state by id, each as it is told."""
    return {id: one.told for id, one in timing.items() if one.state == state}


def now_due(due: Sequence[str], timing: Mapping[str, Timing]) -> tuple[str, ...]:
    """What is due: not yet what waits, and again what is to be repeated."""
    again = [id for id, one in timing.items() if one.again and id not in due]
    return tuple(id for id in (*due, *again) if id not in timing or timing[id].state != "waiting")


def not_before_time(guideline: Guideline, path: Sequence[str], timing: Mapping[str, Timing]) -> frozenset[str]:
    """What only steps find out of which the time has not come, and whether these are done: nobody can tell it yet.

    Args:
        guideline: that is walked.
        path: ids of the steps come to.
        timing: how they stand in time.
    """
    pathway = Pathway.of(guideline)
    waiting = {id for id, one in timing.items() if one.state == "waiting" and not one.again}
    found = {id: tuple(_found_out(pathway, guideline.steps[id])) for id in path}
    by_others = {observable for id in path if id not in waiting for observable in found[id]}
    return frozenset(observable for id in waiting for observable in found[id]) - by_others


def _found_out(pathway: Pathway, step: Step) -> Iterator[str]:
    """Ids of what a step finds out; of one that finds nothing out, of whether it is done."""
    yield from step.yields
    if finished := pathway.finished(step):
        yield finished.observable


def _too_late(guideline: Guideline, facts: Facts, come: Come, step: str) -> Timing | None:
    """Of a step due by how much the windows have passed that the edges to it ask for; None where one of them asks for none that has."""
    traces = [trace for edge, trace in come.taken if edge.target == step] if step in come.due else []
    late = [tuple(_late(guideline, facts, trace)) if trace else () for trace in traces]
    told = "; ".join(dict.fromkeys(text for texts in late for text in texts)) if all(late) else ""
    return Timing(step, "overdue", told, "") if told else None


def _late(guideline: Guideline, facts: Facts, trace: Trace) -> Iterator[str]:
    criterion = trace.criterion
    if isinstance(criterion, Comparison):
        observable = guideline.observables[criterion.observable]
        if by := overdue(criterion, facts.get(criterion.observable), observable):
            yield f"overdue by {printed(by, observable.unit)}"
    for part in trace.parts:
        yield from _late(guideline, facts, part)


def times_asked(law: Law[Truth, Trace], come: Come, guideline: Guideline) -> Iterator[str]:
    """Observables that could still tell which times count, of the steps that are due or to be repeated.

    What only a later step finds out is not asked before it.
    """
    for step in (guideline.steps[id] for id in come.path if guideline.steps[id].windows):
        if step.id in come.due or any(one.key == "every" for one in step.times):
            for id in chosen(law, step).ask:
                finders = law.pathway.finders(id)
                if not finders or any(one.id in come.path for one in finders):
                    yield id


class _Stand(NamedTuple):
    """How a step stands in one case. `clocked`: times have begun to run."""

    state: TimeState
    since: Duration | None = None
    until: Duration | None = None
    again: bool = False
    clocked: bool = False


@dataclass(frozen=True, slots=True)
class _Clock:
    guideline: Guideline
    come: Come
    law: Law[Truth, Trace]
    timeline: Timeline | None

    @property
    def resuming(self) -> Resuming:
        return self.guideline.resuming or Resuming()

    def timing(self, step: Step, *, due: bool) -> Timing | None:
        if not step.timed:
            return None
        found = chosen(self.law, step)
        stands = [self._stands(step, case, due=due) for case in found.cases] if any(one.key != "after" for one in found.times) else []
        if not any(stands):
            return None
        state, text = self._told(step, found, stands)
        unlike = unlike_told(self.guideline, found.unlike)
        words = told(self.guideline, step, found.times, self._sources(step, found))
        counted = set(stands)
        one = stands[0] if len(counted) == 1 and stands[0] else _Stand("due")
        return Timing(
            step=step.id,
            state=state,
            told="; ".join(filter(None, (text, unlike))),
            window="; ".join(filter(None, (words, unlike))),
            since=one.since,
            until=one.until,
            again=any(each.again for each in stands if each),
            remark=remark_on(found.times),
            based_on=stated_in((*found.times, *found.unlike)),
            known=found.known,
        )

    def _stands(self, step: Step, case: Case, *, due: bool) -> _Stand | None:
        """How a step stands if its times are these; None where there is nothing to be done."""
        done = self.done(step)
        if self.timeline is None or (done is not None and not case.every):
            return _Stand("due") if due else None
        if done is not None and case.every:
            until = _plus(done, case.every, case.within) if case.within else None
            return self._counted(_plus(done, case.every), until, again=True)
        if not due:
            return None
        begun = self._begun(step, case)
        if begun is None or not (case.not_before or case.within):
            return _Stand("waiting" if self._waits_for(case) else "due")
        return self._counted(_plus(begun, case.not_before), _plus(begun, case.within))

    def _counted(self, since: Duration | None, until: Duration | None, *, again: bool = False) -> _Stand:
        now = self.timeline.now if self.timeline else BEGINNING
        return _Stand(_state(now, since, until), since, until, again, clocked=True)

    def done(self, step: Step) -> Duration | None:
        """When a step was done last, a companion with its main step; None where nothing tells."""
        main = self.guideline.steps.get(step.companion_of, step)
        return self._found(step) or self._found(main)

    def _found(self, step: Step) -> Duration | None:
        if self.timeline is None:
            return None
        finished = Pathway.of(self.guideline).finished(step)
        if finished and (said := self.timeline.last(finished.observable)):
            return said
        found = [at for id in step.yields if (at := self.timeline.last(id))]
        return BEGINNING if step.kind == "Presentation" else max(found, key=lambda at: at.seconds, default=None)

    def _led_from(self, step: Step) -> tuple[str, ...]:
        if step.id in self.resuming.led_from:
            return self.resuming.led_from[step.id]
        return tuple(edge.source for edge, _ in self.come.taken if edge.target == step.id)

    def _sources(self, step: Step, found: Chosen) -> tuple[str, ...]:
        return () if any(one.key == "after" for one in found.times) else self._led_from(step)

    def _begun(self, step: Step, case: Case) -> Duration | None:
        """From when the times of a step are counted: the first of the steps that led here."""
        if since := self.resuming.since.get(step.id):
            return since
        found = [at for id in case.after or self._led_from(step) if (at := self.done(self.guideline.steps[id]))]
        return min(found, key=lambda at: at.seconds, default=None)

    def _waits_for(self, case: Case) -> Step | None:
        """The step from which is counted, where that is known not to be done yet and time has to pass after it."""
        event = self.guideline.steps.get(case.after[0]) if len(case.after) == 1 else None
        return event if event and case.not_before and self.law.performed(event) is Truth.FALSE else None

    def _told(self, step: Step, found: Chosen, stands: Sequence[_Stand | None]) -> tuple[TimeState, str]:
        """In what state a step is and that in words; what is not so in every case is not claimed."""
        if found.known and (only := stands[0]):
            return only.state, self._told_once(step, found, only)
        words = told(self.guideline, step, found.times, self._sources(step, found))
        held = [one for one in stands if one]
        states = {one.state for one in held} | ({"due"} if None in stands else set())
        state: TimeState = held[0].state if len(states) == 1 else "due"
        now = self.timeline.now if self.timeline else BEGINNING
        so_far = " or ".join(dict.fromkeys(_in_short(one, now) for one in held if one.clocked))
        return state, f"{so_far}; to be done {words}: {NOT_KNOWN_WHICH}" if so_far else f"{words}: {NOT_KNOWN_WHICH}"

    def _told_once(self, step: Step, found: Chosen, stand: _Stand) -> str:
        sources = self._sources(step, found)
        if self.timeline is None or not stand.clocked:
            words = told(self.guideline, step, found.times, sources)
            event = self._waits_for(found.cases[0]) if stand.state == "waiting" else None
            return f"waiting for {event.name}; to be done {words}" if event else words
        asked = rhythm_told(self.guideline, found.times) if stand.again else first_told(self.guideline, step, found.times, sources)
        return _told(stand, self.timeline.now, asked)


def _plus(at: Duration, *stretches: Duration | None) -> Duration | None:
    """A time so much later; None where nothing is added."""
    added = [one for one in stretches if one]
    if not added:
        return None
    return lasting(at.seconds + sum(one.seconds for one in added), added[0].unit, at.unit)


def _state(now: Duration, since: Duration | None, until: Duration | None) -> TimeState:
    if since is not None and now.seconds < since.seconds:
        return "waiting"
    return "overdue" if until is not None and now.seconds > until.seconds else "due"


def _told(stand: _Stand, now: Duration, words: str) -> str:
    since, until = stand.since, stand.until
    if stand.state == "waiting" and since:
        return f"{'again at' if stand.again else 'waiting until'} {since} (in {_left(now, since)})"
    if stand.state == "overdue" and until:
        return f"overdue by {_left(until, now)}; to be done {words}"
    if stand.again:
        return f"due again since {since}; to be done {words}"
    return f"due {words}: {_left(now, until)} left" if until else f"due since {since}; to be done {words}"


def _in_short(stand: _Stand, now: Duration) -> str:
    """How a step stands in one of several cases."""
    if stand.state == "waiting" and stand.since:
        return f"{'again at' if stand.again else 'waiting until'} {stand.since}"
    if stand.state == "overdue" and stand.until:
        return f"overdue by {_left(stand.until, now)}"
    if stand.again:
        return f"due again since {stand.since}"
    return f"{_left(now, stand.until)} left" if stand.until else f"due since {stand.since}"


def _left(first: Duration, last: Duration) -> Duration:
    return lasting(last.seconds - first.seconds, last.unit, first.unit)
