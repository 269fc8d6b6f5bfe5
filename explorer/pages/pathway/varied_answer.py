"""One answer varied: what the address says of it, the runs of answers the guideline tells apart, and the scale of the slider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from edgewise.graph.explaining.what_if import Segment, segment_at, vary
from edgewise.graph.model import Guideline, Observable
from edgewise.graph.walking.facts import Answer, Facts, parse_facts
from edgewise.ontology.errors import FactsError

_STEPS = 100
"""Positions of a slider, where the range is not narrow already."""


@dataclass(frozen=True, slots=True)
class Varied:
    """An answer that is tried.

    Attributes:
        observable: what is asked.
        segments: the runs of answers.
        value: what is tried; one value of a series stands for all.
        now: the run that holds it; None where no answer is possible.
    """

    observable: Observable
    segments: tuple[Segment, ...]
    value: str | Decimal
    now: Segment | None

    @property
    def answer(self) -> Answer:
        """The value as facts hold it."""
        series = self.now.sample if self.now and isinstance(self.now.sample, tuple) else None
        return tuple(self.value for _ in series) if series is not None and isinstance(self.value, Decimal) else self.value


def varied(guideline: Guideline, facts: Facts, wanted: str) -> Varied | None:
    """What ``block-relief`` or, with a value, ``block-relief~75`` in an address means; None where nothing of that name is asked.

    >>> from edgewise.graph.library import load
    >>> tried = varied(load("sacroiliac-sclerosis").guideline, {}, "block-relief~75")
    >>> tried.answer, tried.now.words
    ((Decimal('75'), Decimal('75')), 'more than 70 % to less than 80 %')
    """
    id, _, typed = wanted.partition("~")
    observable = guideline.observables.get(id)
    if observable is None:
        return None
    segments = vary(guideline, facts, id)
    typed = typed or _now(facts, id)
    value = _chosen(segments, typed) if observable.value_type in ("yes-no", "choice") else _number(guideline, observable, segments, typed)
    return Varied(observable, segments, value, segment_at(segments, value))


def scale(observable: Observable, segments: Sequence[Segment]) -> tuple[Decimal, Decimal, Decimal]:
    """Where a slider begins and ends, and its step: the observable's own range, or so much of it that every flip can be seen.

    >>> months = Observable("m", "Months", "", "quantity", unit="mo", minimum=Decimal(0), maximum=Decimal(600))
    >>> from edgewise.graph.cases.model import Ruling as A
    >>> runs = [Segment("", Decimal(1), A("undecided"), (), high=Decimal(3)), Segment("", Decimal(4), A("due"), (), low=Decimal(3))]
    >>> scale(months, runs)
    (Decimal('0'), Decimal('6'), Decimal('1'))
    """
    flips = [segment.low for segment in segments[1:] if segment.low is not None]
    least, most = (flips[0], flips[-1]) if flips else (Decimal(0), Decimal(1))
    room = max(most - least, abs(most), Decimal(1))
    low = observable.minimum if observable.minimum is not None else least - room
    high = observable.maximum if observable.maximum is not None else most + room
    if high - low > 4 * room:  # the flips would crowd in a corner
        low, high = max(low, least - room), min(high, most + room)
    whole = all(point == point.to_integral_value() for point in (*flips, low, high)) and high - low >= 4
    step = Decimal(1) if whole or observable.value_type == "count" else (high - low) / _STEPS
    return low, max(high, low + step), step


def _now(facts: Facts, id: str) -> str:
    """What is known already, the last value of a series: there one begins, not at an answer that nobody gave."""
    known = facts.get(id)
    last = next((one for one in reversed(known) if one is not None), None) if isinstance(known, tuple) else known
    return "" if last is None else str(last)


def _chosen(segments: Sequence[Segment], typed: str) -> str:
    values = [segment.value for segment in segments]
    return typed if typed in values else next(iter(values), "")


def _number(guideline: Guideline, observable: Observable, segments: Sequence[Segment], typed: str) -> Decimal:
    """The number typed, brought into the slider's range, if facts may hold it; else one in the middle."""
    low, high, step = scale(observable, segments)
    middle = low + (high - low) // (2 * step) * step
    try:
        found = min(max(Decimal(typed), low), high) if Decimal(typed).is_finite() else middle
    except InvalidOperation:
        return middle
    if observable.value_type == "count":
        found = found.to_integral_value()
    try:
        parse_facts({observable.id: [str(found)] if observable.repeated else str(found)}, guideline)
    except FactsError:  # more digits than anybody measures
        return middle
    return found
