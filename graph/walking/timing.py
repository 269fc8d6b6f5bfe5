"""In what state a step that the walk has come to stands: waiting until its time has come, due, or overdue.

Times never open or shut an edge; they are counted from when a step was done, which a `Timeline` tells. Without one, or where it does not
say when that step was done, nothing is claimed: the step is due, and its times are told in words. For the same facts a state only ever
goes on as time passes, from waiting to due and from due to overdue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from edgewise.graph.attribution import NO_PASSAGE, READING
from edgewise.graph.durations import Duration, lasting
from edgewise.graph.law import Law
from edgewise.graph.model import Comparison, Guideline, Step, Transition
from edgewise.graph.pathway import Pathway
from edgewise.graph.units import printed
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.time_windows import overdue
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
    """

    step: str
    state: TimeState
    told: str
    window: str
    since: Duration | None = None
    until: Duration | None = None
    again: bool = False
    remark: str = ""


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


def window(guideline: Guideline, step: Step, counted_from: Sequence[str] = ()) -> str:
    """The times of a step as the guideline has them; what the modeller inferred where the passages state the rest is marked.

    Args:
        guideline: names the steps.
        step: one that is to be done at some time.
        counted_from: ids of the steps from which is counted, where the guideline names none.

    >>> from decimal import Decimal
    >>> two, four = (Duration(Decimal(hours), "h") for hours in (2, 4))
    >>> lactate = Step("lactate", "Investigation", "Measure lactate", "", "p")
    >>> again = Step("again", "Investigation", "Again", "", "p", not_before=two, within=four, after="lactate")
    >>> window(Guideline("g", "urn:g", "", "", "", "", "", "", "", "", steps={"lactate": lactate, "again": again}), again)
    '2 to 4 h after Measure lactate'
    """
    from_ = f"{_from(guideline, step, counted_from)}{_mark(step, 'after')}"
    return "; ".join(filter(None, [_first(step, from_), f"{step.every.rhythm}{_mark(step, 'every')}" if step.every else ""]))


def remark(step: Step) -> str:
    """Whose word the times of a step are where they are not the source's alone; empty where they are."""
    if not step.timed:
        return ""
    return NO_PASSAGE if not step.timed_by else READING if _all_inferred(step) else ""


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
    clock = _Clock(guideline, come, lambda step: law.performed(step) is Truth.FALSE, timeline)
    found = {id: _too_late(guideline, facts, come, id) or clock.timing(guideline.steps[id], due=id in come.due) for id in come.path}
    return {id: timing for id, timing in found.items() if timing}


def in_state(timing: Mapping[str, Timing], state: TimeState) -> dict[str, str]:
    """Those in one state by id, each as it is told."""
    return {id: one.told for id, one in timing.items() if one.state == state}


def now_due(due: Sequence[str], timing: Mapping[str, Timing]) -> tuple[str, ...]:
    """What is due: not yet what waits, and again what is to be repeated."""
    again = [id for id, one in timing.items() if one.again and id not in due]
    return tuple(id for id in (*due, *again) if id not in timing or timing[id].state != "waiting")


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


@dataclass(frozen=True, slots=True)
class _Clock:
    guideline: Guideline
    come: Come
    undone: Callable[[Step], bool]
    timeline: Timeline | None

    def timing(self, step: Step, *, due: bool) -> Timing | None:
        if not step.timed:
            return None
        done = self.done(step)
        if self.timeline is None or (done is not None and not step.every):
            return self._in_words(step) if due else None
        if done is not None and step.every:
            until = _plus(done, step.every, step.within) if step.within else None
            return self._stands(step, self.timeline.now, _plus(done, step.every), until, again=True)
        if not due:
            return None
        begun = self._begun(step)
        if begun is None or not (step.not_before or step.within):
            return self._in_words(step)
        return self._stands(step, self.timeline.now, _plus(begun, step.not_before), _plus(begun, step.within))

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

    def _sources(self, step: Step) -> tuple[str, ...]:
        return (step.after,) if step.after else tuple(edge.source for edge, _ in self.come.taken if edge.target == step.id)

    def _begun(self, step: Step) -> Duration | None:
        """From when the times of a step are counted: the first of the steps that led here."""
        found = [at for id in self._sources(step) if (at := self.done(self.guideline.steps[id]))]
        return min(found, key=lambda at: at.seconds, default=None)

    def _in_words(self, step: Step) -> Timing:
        """Its times have not begun to run, or nothing tells when they did."""
        words = window(self.guideline, step, self._sources(step))
        event = self.guideline.steps.get(step.after)
        if self.timeline and event and step.not_before and self.undone(event):
            return Timing(step.id, "waiting", f"waiting for {event.name}; to be done {words}", words, remark=remark(step))
        return Timing(step.id, "due", words, words, remark=remark(step))

    def _stands(self, step: Step, now: Duration, since: Duration | None, until: Duration | None, *, again: bool = False) -> Timing:
        words, state = window(self.guideline, step, self._sources(step)), _state(now, since, until)
        asked = step.every.rhythm if again and step.every else _first(step, _from(self.guideline, step, self._sources(step)))
        return Timing(step.id, state, _told(state, now, since, until, asked, again=again), words, since, until, again, remark(step))


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


def _told(state: TimeState, now: Duration, since: Duration | None, until: Duration | None, words: str, *, again: bool) -> str:
    if state == "waiting" and since:
        return f"{'again at' if again else 'waiting until'} {since} (in {_left(now, since)})"
    if state == "overdue" and until:
        return f"overdue by {_left(until, now)}; to be done {words}"
    if again:
        return f"due again since {since}; to be done {words}"
    return f"due {words}: {_left(now, until)} left" if until else f"due since {since}; to be done {words}"


def _left(first: Duration, last: Duration) -> Duration:
    return lasting(last.seconds - first.seconds, last.unit, first.unit)


def _first(step: Step, counted_from: str) -> str:
    """When it is to be done first."""
    early, late = step.not_before, step.within
    if early and late:
        first = str(early).split()[0] if early.unit == late.unit and not _mark(step, "notBefore") else f"{early}{_mark(step, 'notBefore')}"
        return f"{first} to {late}{_mark(step, 'within')} after {counted_from}"
    if late:
        return f"within {late}{_mark(step, 'within')} of {counted_from}"
    return f"not before {early}{_mark(step, 'notBefore')} after {counted_from}" if early else ""


def _from(guideline: Guideline, step: Step, counted_from: Sequence[str]) -> str:
    ids = (step.after,) if step.after else counted_from or tuple(_before(guideline, step))
    return " or ".join(guideline.steps[id].name for id in ids if id in guideline.steps) or "the step before"


def _before(guideline: Guideline, step: Step) -> Iterator[str]:
    yield from dict.fromkeys(edge.source for edge in guideline.transitions.values() if edge.target == step.id and edge.role != "excluded")


def _mark(step: Step, key: str) -> str:
    return f" ({READING})" if step.timed_by and key in step.inferred and not _all_inferred(step) else ""


def _all_inferred(step: Step) -> bool:
    given = {"notBefore": step.not_before, "within": step.within, "every": step.every}
    return all(key in step.inferred for key, value in given.items() if value)
