"""Facts told as visits: what was found out at which time, and how much time has passed.

Times are counted from the beginning, where a Presentation is met; dates are turned into times counted from the first of them. The walk
takes the facts as if they had been told at once, and a `Timeline` beside them; only where a loop is entered again it matters at which visit
something was told, see `edgewise.graph.walking.rounds`. What is told at the same time is told at one visit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import cast

from edgewise.graph.durations import UNITS, Duration, duration, exactly
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Answer, Facts, parse_facts
from edgewise.ontology.errors import FactsError
from edgewise.ontology.findings import Finding

Line = Callable[[Sequence[object]], int]
AT = "at"
BEGINNING = Duration(Decimal(0), "h")
_MOST = 1000
_WRITE_TIME = f"write a number and a unit of time ({UNITS}) such as 4 wk, counted from the beginning, or a date such as 2026-11-27T08:00"


@dataclass(frozen=True, slots=True)
class Timeline:
    """How much time has passed, and when each thing was told.

    Attributes:
        now: the time of the last visit.
        told: when each fact was told: the values of a series each, of all else once, at the visit that first told what is still so.
        retold: of what is asked once and was told at several visits, each time with what was told; the last is what is known.
    """

    now: Duration
    told: Mapping[str, tuple[Duration, ...]] = field(default_factory=dict)
    retold: Mapping[str, tuple[Telling, ...]] = field(default_factory=dict)

    def last(self, fact: str) -> Duration | None:
        """When a fact was told last; None where it was not.

        >>> Timeline(duration("4 wk"), {"pressure": (BEGINNING, duration("4 wk"))}).last("pressure")
        Duration(amount=Decimal('4'), unit='wk')
        """
        return next(reversed(self.told.get(fact, ())), None)

    def moved(self, now: Duration) -> Timeline:
        """The same with another time for now; what would lie ahead of it was told by then.

        >>> Timeline(duration("4 h"), {"shock": (duration("3 h"),)}).moved(duration("2 h")).last("shock")
        Duration(amount=Decimal('2'), unit='h')
        """

        def by_then(at: Duration) -> Duration:
            return min(at, now, key=lambda one: one.seconds)

        gathered = Tellings()
        for id, tellings in self.retold.items():
            for at, answer in tellings:
                gathered.hear(id, by_then(at), answer)
        return Timeline(now, {id: tuple(map(by_then, times)) for id, times in self.told.items()}, gathered.several)

    def heard(self, before: Facts, after: Facts) -> Timeline:
        """The same once facts have changed: what was not so before is told now.

        >>> timeline = Timeline(duration("1 h"), {"shock": (BEGINNING,)})
        >>> timeline.heard({"shock": "yes"}, {"shock": "yes", "probable": "no"}).told["probable"]
        (Duration(amount=Decimal('1'), unit='h'),)
        """
        gathered = Tellings()
        for id, answer in after.items():
            old, first = before.get(id), self.told.get(id, ())
            once = ((first[-1], old),) if old is not None and first else ()
            now = ((self.now, answer),) if answer != old else ()
            for telling in () if isinstance(answer, tuple) else (*self.retold.get(id, once), *now):
                gathered.hear(id, *telling)
        told = {id: self._times(id, before.get(id), answer) for id, answer in after.items()}
        return Timeline(self.now, told, gathered.several)

    def again(self, facts: Facts) -> Timeline:
        """The same once facts are told again as they were: of what is asked once, as at a visit that finds the same.

        >>> line = Timeline(duration("4 wk"), {"drug": (BEGINNING,)}).again({"drug": "one"})
        >>> [str(at) for at, _ in line.retold["drug"]], str(line.last("drug"))
        (['0 h', '4 weeks'], '0 h')
        """
        gathered = Tellings()
        for id, answer in facts.items():
            known = self.retold.get(id, ((self.told[id][-1], answer),) if self.told.get(id) else ())
            for at, value in (*known, (self.now, answer)) if not isinstance(answer, tuple) else ():
                gathered.hear(id, at, value)
        return Timeline(self.now, self.told, {**self.retold, **gathered.several})

    def _times(self, id: str, before: Answer | None, after: Answer) -> tuple[Duration, ...]:
        known, series = self.told.get(id, ()), isinstance(after, tuple)
        old = before if isinstance(before, tuple) else (before,)
        new = cast(Sequence[object], after if series else (after,))
        kept = (number < len(known) and number < len(old) and old[number] == value for number, value in enumerate(new))
        return tuple(known[number] if stays else self.now for number, stays in enumerate(kept))


Telling = tuple[Duration, Answer]
"""When something was told, and what."""


class Tellings:
    """Answers to what is asked once, each time they are told: at one time only the last counts.

    >>> heard = Tellings()
    >>> heard.hear("drug", BEGINNING, "one")
    >>> heard.hear("drug", duration("4 wk"), "two")
    >>> [answer for _, answer in heard.several["drug"]]
    ['one', 'two']
    """

    def __init__(self) -> None:
        self._told: dict[str, list[Telling]] = {}

    def hear(self, id: str, at: Duration, answer: Answer) -> None:
        """Take in one."""
        before = self._told.get(id, [])
        self._told[id] = [*(one for one in before if one[0].seconds != at.seconds), (at, answer)]

    @property
    def several(self) -> dict[str, tuple[Telling, ...]]:
        """Those that were told more than once."""
        return {id: tuple(each) for id, each in self._told.items() if len(each) > 1}


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a patient.

    Attributes:
        facts: as the walk takes them.
        timeline: when they were told; None where nothing says so.
    """

    facts: dict[str, Answer]
    timeline: Timeline | None = None


def parse_told(data: object, guideline: Guideline, *, file: str = "", line: Line = lambda _path: 0) -> Told:
    """Facts as `parse_facts` reads them, or as visits: a list of such mappings, each with the time `at` which it was told.

    Of what is asked once, the last visit that tells it counts; values of a series follow one another in the order of visits.

    Args:
        data: what YAML or JSON held: ``[{"at": "0 wk", "pressure": 152}, {"at": "4 wk", "pressure": 144}]``.
        guideline: says which observables there are.
        file: named in findings.
        line: line of a path into `data`, for findings.

    Raises:
        FactsError: with one finding for each fact and each time that cannot be used.

    >>> from edgewise.graph.model import Guideline, Observable
    >>> pressure = Observable("pressure", "Pressure", "How high?", "quantity", unit="mm[Hg]", repeated=True)
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables={"pressure": pressure})
    >>> told = parse_told([{"at": "0 wk", "pressure": 152}, {"at": "4 wk", "pressure": 144}], guideline)
    >>> told.facts, str(told.timeline.now)
    ({'pressure': (Decimal('152'), Decimal('144'))}, '4 weeks')
    """
    if isinstance(data, list | tuple) and (not data or any(isinstance(visit, Mapping) for visit in data)):
        return _Visits(guideline, file, line).read(data, ())
    if isinstance(data, Mapping) and AT in data and AT not in guideline.observables:
        return _Visits(guideline, file, line).read([data], None)
    return Told(parse_facts(data, guideline, file=file, line=line))


class Gathering:
    """What is told at visit after visit, put together.

    >>> gathered = Gathering(Guideline("g", "urn:g", "", "", "", "", "", "", "", ""))
    >>> gathered.hear(BEGINNING, {"shock": "yes"})
    >>> gathered.hear(duration("1 h"), {"shock": "no"})
    >>> gathered.facts, str(gathered.told["shock"][0])
    ({'shock': 'no'}, '1 h')
    """

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        self.facts: dict[str, Answer] = {}
        self.told: dict[str, tuple[Duration, ...]] = {}
        self.tellings = Tellings()

    def hear(self, at: Duration, facts: Facts) -> None:
        """Take in what one visit tells."""
        for id, answer in facts.items():
            self.told[id] = self._when(id, answer, at)
            self.facts[id] = _joined(self.facts.get(id), answer)
            if not isinstance(answer, tuple):
                self.tellings.hear(id, at, answer)

    def forget(self, ids: Iterable[str]) -> None:
        """Hold some facts for not told."""
        for id in ids:
            self.facts.pop(id, None)
            self.told.pop(id, None)

    def timeline(self, now: Duration) -> Timeline:
        """When it was told."""
        return Timeline(now, self.told, self.tellings.several)

    def _when(self, id: str, answer: Answer, at: Duration) -> tuple[Duration, ...]:
        times = self.told.get(id, ())
        if isinstance(answer, tuple):
            return (*times, *(at for _ in answer))
        asked = self.guideline.observables.get(id)
        if asked is None or asked.finishes:  # what is done once more is done anew
            return (at,)
        goes_on = asked.accrues or answer == self.facts.get(id)  # of what only grows the beginning counts
        return times if times and goes_on else (at,)


class _Visits:
    """Reads visits, every problem at once."""

    def __init__(self, guideline: Guideline, file: str, line: Line) -> None:
        self.guideline, self.file, self.line = guideline, file, line
        self.findings: list[Finding] = []

    def read(self, visits: Sequence[object], within: tuple[()] | None) -> Told:
        """All visits; `within` None where the one visit is the whole file and its facts have no number before them."""
        if len(visits) > _MOST:
            message, repair = f"{len(visits)} visits", f"give at most {_MOST}"
            raise FactsError([Finding(rule="too-many-values", message=message, file=self.file, repair=repair)])
        paths: list[tuple[object, ...]] = [() if within is None else (number,) for number in range(len(visits))]
        mappings = [self._mapping(visit, path) for visit, path in zip(visits, paths, strict=True)]
        times = self._times(mappings, paths)
        gathered = Gathering(self.guideline)
        told = [(at, self._facts(visit, path)) for visit, path, at in zip(mappings, paths, times, strict=True)]
        for at, facts in _by_time(told):
            gathered.hear(at, facts)
        if self.findings:
            raise FactsError(sorted(self.findings, key=lambda found: found.line))
        ordered = {id: gathered.facts[id] for id in (*self.guideline.observables, *gathered.facts) if id in gathered.facts}
        return Told(ordered, gathered.timeline(times[-1]) if times else None)

    def _mapping(self, visit: object, path: tuple[object, ...]) -> Mapping[object, object]:
        if isinstance(visit, Mapping):
            return visit
        self._complain("visit-not-a-mapping", "a visit is a mapping with the time 'at' and what was told", path, "write {at: 4 wk, …}")
        return {}

    def _facts(self, visit: Mapping[object, object], path: tuple[object, ...]) -> dict[str, Answer]:
        said = {name: value for name, value in visit.items() if name != AT}

        def line(inner: Sequence[object]) -> int:
            return self.line([*path, *inner])

        try:
            return parse_facts(said, self.guideline, file=self.file, line=line)
        except FactsError as error:
            self.findings += error.findings
            return {}

    # Times --------------------------------------------------------------------------------------------------------------

    def _times(self, visits: Sequence[Mapping[object, object]], paths: Sequence[tuple[object, ...]]) -> list[Duration]:
        """When each visit was; where one cannot be read, as the one before it, so that the rest can be judged."""
        read = [self._time(visit, path) for visit, path in zip(visits, paths, strict=True)]
        first = next((one for one in read if one is not None), None)
        times: list[Duration] = []
        for number, one in enumerate(read):
            before = times[-1] if times else BEGINNING
            at = before if one is None else self._counted(one, first, paths[number])
            if at.seconds < before.seconds:
                message = f"this visit is earlier ({_shown(visits[number][AT])}) than the one before it"
                self._complain("visits-out-of-order", message, (*paths[number], AT), "write the visits in their order")
                at = before
            times.append(at)
        return times

    def _time(self, visit: Mapping[object, object], path: tuple[object, ...]) -> Duration | datetime | None:
        if AT not in visit:
            if visit:
                self._complain("visit-without-time", "this visit does not say when it was", path, f"add 'at': {_WRITE_TIME}")
            return None
        text = str(visit[AT]).strip()
        try:
            return BEGINNING if text == "0" else _date(text) or duration(text)
        except ValueError as error:
            early = text.startswith("-")
            message = f"'at' cannot be '{_shown(text)}': {'nothing is told before the beginning' if early else error}"
            self._complain("not-a-time", message, (*path, AT), _WRITE_TIME, _shown(text))
            return None

    def _counted(self, one: Duration | datetime, first: Duration | datetime | None, path: tuple[object, ...]) -> Duration:
        """A time from the beginning."""
        if isinstance(one, Duration) and isinstance(first, Duration):
            return one
        if isinstance(one, datetime) and isinstance(first, datetime) and (one.tzinfo is None) == (first.tzinfo is None):
            passed = one - first
            return exactly(passed.days * 86_400 + passed.seconds)
        message = "some visits say when they were by a date and some by the time passed, or some dates have a time zone and some have none"
        self._complain("mixed-times", message, (*path, AT), "write all of them in one way")
        return BEGINNING

    def _complain(self, rule: str, message: str, path: Sequence[object], repair: str, value: str = "") -> None:
        self.findings.append(Finding(rule=rule, message=message, value=value, file=self.file, line=self.line(path), repair=repair))


def _by_time(told: Iterable[tuple[Duration, Facts]]) -> Iterator[tuple[Duration, Facts]]:
    """What is told at one time is one visit: of what is asked once the last word counts."""
    for _, each in groupby(told, key=lambda one: one[0].seconds):
        visits = list(each)
        found: dict[str, Answer] = {}
        for _, facts in visits:
            found |= {id: _joined(found.get(id), answer) for id, answer in facts.items()}
        yield visits[0][0], found


def _joined(before: Answer | None, answer: Answer) -> Answer:
    return (*before, *answer) if isinstance(before, tuple) and isinstance(answer, tuple) else answer


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text[4:5] == "-" else None
    except ValueError:
        raise ValueError("there is no such date") from None


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def as_visits(facts: Facts, timeline: Timeline) -> Iterator[tuple[Duration, dict[str, Answer]]]:
    """Facts as they were told, visit by visit, from the first to now; of a visit at which nothing was told only the time.

    >>> timeline = Timeline(duration("1 h"), {"shock": (BEGINNING,)})
    >>> [(str(at), facts) for at, facts in as_visits({"shock": "yes"}, timeline)]
    [('0 h', {'shock': 'yes'}), ('1 h', {})]
    """
    times = {at.seconds: at for times in timeline.told.values() for at in times} | {timeline.now.seconds: timeline.now}
    times |= {at.seconds: at for tellings in timeline.retold.values() for at, _ in tellings}
    for seconds in sorted(times):
        found = {id: _told_at(id, answer, timeline, seconds) for id, answer in facts.items()}
        yield times[seconds], {id: part for id, part in found.items() if part != ()}


def _told_at(id: str, answer: Answer, timeline: Timeline, seconds: Decimal) -> Answer:
    """What of an answer was told at a time; an empty series where nothing was."""
    if id in timeline.retold:
        return next((value for at, value in timeline.retold[id] if at.seconds == seconds), ())
    times = timeline.told.get(id, ())
    if isinstance(answer, tuple):
        return tuple(value for value, at in zip(answer, times, strict=False) if at.seconds == seconds)
    return answer if times and times[-1].seconds == seconds else ()
