"""The times of a step in words, and whose word they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from edgewise.graph.attribution import NO_PASSAGE, READING, Word, joint, word
from edgewise.graph.model import Guideline, Step, TimeWindow
from edgewise.graph.step_times import by_key
from edgewise.graph.walking.criteria import words

NOT_KNOWN_WHICH = "not known which"
"""What is said of several times of which one counts."""


def window(guideline: Guideline, step: Step, counted_from: Sequence[str] = ()) -> str:
    """The times of a step as the guideline has them; what the modeller inferred where the passages state the rest is marked.

    Args:
        guideline: names the steps.
        step: one that is to be done at some time.
        counted_from: ids of the steps from which is counted, where the guideline names none.

    >>> from decimal import Decimal
    >>> from edgewise.graph.durations import Duration
    >>> from edgewise.graph.model import Comparison, Observable
    >>> one, two, four = (Duration(Decimal(hours), "h") for hours in (1, 2, 4))
    >>> lactate = Step("lactate", "Investigation", "Measure lactate", "", "p")
    >>> again = Step("again", "Investigation", "Again", "", "p", not_before=two, within=four, after="lactate")
    >>> in_shock = TimeWindow("w", "within", one, when=Comparison("c", "shock", answer="yes", label="shock"))
    >>> drug = Step("drug", "Treatment", "A drug", "", "p", after="lactate", windows=(in_shock, TimeWindow("v", "within", four)))
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", steps={"lactate": lactate, "again": again},
    ...     observables={"shock": Observable("shock", "Shock", "", "yes-no")})
    >>> window(guideline, again)
    '2 to 4 h after Measure lactate'
    >>> window(guideline, drug)
    'within 1 h if shock, 4 h otherwise, counted from Measure lactate'
    """
    return told(guideline, step, step.times, counted_from)


def told(guideline: Guideline, step: Step, times: Sequence[TimeWindow], counted_from: Sequence[str] = ()) -> str:
    """Some of the times of a step in words, as `window` tells all of them."""
    telling = _Telling(guideline, times)
    named = telling.cases(by_key(times, "after"), lambda one: guideline.steps[one.step].name if one.step in guideline.steps else one.step)
    ids = counted_from or tuple(_before(guideline, step))
    from_ = named or " or ".join(guideline.steps[id].name for id in ids if id in guideline.steps) or "the step before"
    return "; ".join(filter(None, (telling.first(from_), telling.rhythm())))


def first_told(guideline: Guideline, step: Step, times: Sequence[TimeWindow], counted_from: Sequence[str] = ()) -> str:
    """When a step is to be done first, without how often again."""
    return told(guideline, step, [one for one in times if one.key != "every"], counted_from)


def rhythm_told(guideline: Guideline, times: Sequence[TimeWindow]) -> str:
    """How often a step is to be done again."""
    return _Telling(guideline, times).rhythm()


def unlike_told(guideline: Guideline, unlike: Sequence[TimeWindow]) -> str:
    """Times that hold as well and disagree with what counts: ``the guideline also says within 3 h if hypotension``; empty without any."""
    return f"the guideline also says {' and '.join(time_told(guideline, one) for one in unlike)}" if unlike else ""


def time_told(guideline: Guideline, time: TimeWindow) -> str:
    """One time of a step by itself: ``within 3 h if hypotension``."""
    said = f"{_LEAD[time.key]}{_said(guideline, time)}"
    return said if time.when is None else f"{said} if {words(time.when, guideline.observables)}"


def remark(step: Step) -> str:
    """Whose word the times of a step are where they are not the source's alone; empty where they are."""
    return remark_on(step.times)


def remark_on(times: Iterable[TimeWindow]) -> str:
    """Whose word some times are, where it is that of all of them and not the source's alone."""
    remarks = {word_of(one).remark for one in times if one.key != "after"}
    return next(iter(remarks)) if len(remarks) == 1 else ""


def word_of(time: TimeWindow) -> Word:
    """Whose word a time is, and the condition on which it counts."""
    says = time.stated_by or ("source" if time.based_on else "modeller")
    own = Word(says, time.based_on, "" if says == "source" else READING if time.based_on else NO_PASSAGE)
    return own if time.when is None else joint((own, word(time.when)))


def stated_in(times: Iterable[TimeWindow]) -> tuple[str, ...]:
    """Ids of the passages behind some times, in order."""
    return tuple(dict.fromkeys(id for one in times for id in word_of(one).based_on))


_LEAD = {"notBefore": "not before ", "within": "within ", "every": "", "after": "counted from "}


def _said(guideline: Guideline, time: TimeWindow) -> str:
    if time.value is None:
        return guideline.steps[time.step].name if time.step in guideline.steps else time.step
    return time.value.rhythm if time.key == "every" else str(time.value)


class _Telling:
    def __init__(self, guideline: Guideline, times: Sequence[TimeWindow]) -> None:
        self.guideline, self.times, self.whole = guideline, times, remark_on(times)

    def first(self, counted_from: str) -> str:
        """When it is to be done first."""
        early, late = by_key(self.times, "notBefore"), by_key(self.times, "within")
        if _depends(early) or _depends(late) or _depends(by_key(self.times, "after")):
            not_before = f"not before {self.cases(early, _plainly)}" if early else ""
            within = f"within {self.cases(late, _plainly)}" if late else ""
            said = " and ".join(filter(None, (not_before, within)))
            return f"{said}, counted from {counted_from}" if said else ""
        return _always(early, late, self._mark, counted_from)

    def rhythm(self) -> str:
        """How often it is to be done again."""
        return self.cases(by_key(self.times, "every"), lambda one: one.value.rhythm if one.value else "")

    def cases(self, windows: Sequence[TimeWindow], said: Callable[[TimeWindow], str]) -> str:
        """``1 h if shock, 3 h otherwise``; what counts always by itself."""
        if not _depends(windows):
            return " or ".join(f"{said(one)}{self._mark(one)}" for one in windows)
        return ", ".join(f"{said(one)} {self._if(one)}{self._mark(one)}" for one in windows)

    def _if(self, one: TimeWindow) -> str:
        return "otherwise" if one.when is None else f"if {words(one.when, self.guideline.observables)}"

    def _mark(self, one: TimeWindow) -> str:
        own = word_of(one).remark
        return f" ({own})" if own and not self.whole else ""


def _always(early: Sequence[TimeWindow], late: Sequence[TimeWindow], mark: Callable[[TimeWindow], str], counted_from: str) -> str:
    """The first time of a step where it depends on nothing."""
    if early and late and early[0].value and late[0].value:
        same = early[0].value.unit == late[0].value.unit and not mark(early[0])
        begin = str(early[0].value).split()[0] if same else f"{early[0].value}{mark(early[0])}"
        return f"{begin} to {late[0].value}{mark(late[0])} after {counted_from}"
    if late:
        return f"within {late[0].value}{mark(late[0])} of {counted_from}"
    return f"not before {early[0].value}{mark(early[0])} after {counted_from}" if early else ""


def _plainly(one: TimeWindow) -> str:
    return str(one.value)


def _depends(windows: Sequence[TimeWindow]) -> bool:
    return any(one.when is not None for one in windows)


def _before(guideline: Guideline, step: Step) -> Iterator[str]:
    yield from dict.fromkeys(edge.source for edge in guideline.transitions.values() if edge.target == step.id and edge.role != "excluded")
