"""The times of a step: each holds always, or in one case, which a criterion tells. Which of them counts for a patient says
`edgewise.graph.walking.chosen_times`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from edgewise.graph.criterion import Criterion
from edgewise.graph.durations import Duration

TimeKey = Literal["notBefore", "within", "every", "after"]
TIME_KEYS: tuple[TimeKey, ...] = ("notBefore", "within", "every", "after")


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """A time of a step for one case.

    Attributes:
        id: its own; empty of a time that counts always.
        key: which of the times it is.
        value: how long, of all but `after`.
        step: of `after` the id of the step from which is counted.
        when: what has to hold for it to count; None: it counts where none beside it does.
        based_on: passages that state it; those of the step where it names none.
        stated_by: whose word it is said to be; empty: the source's where passages state it.
    """

    id: str
    key: TimeKey
    value: Duration | None = None
    step: str = ""
    when: Criterion | None = None
    based_on: tuple[str, ...] = ()
    stated_by: Literal["source", "modeller", ""] = ""

    @property
    def said(self) -> Duration | str:
        """How long, or from which step: what two windows agree or disagree about."""
        return self.value or self.step


def all_times(
    single: Mapping[str, Duration | str | None], windows: Iterable[TimeWindow], timed_by: tuple[str, ...], inferred: Collection[str]
) -> tuple[TimeWindow, ...]:
    """Windows and times that count always, by key; the latter rest on what the step says of all its times.

    >>> from decimal import Decimal
    >>> (one,) = all_times({"within": Duration(Decimal(1), "h")}, (), ("s1",), ())
    >>> one.said, one.when, one.based_on
    (Duration(amount=Decimal('1'), unit='h'), None, ('s1',))
    """
    windows, found = tuple(windows), list[TimeWindow]()
    for key in TIME_KEYS:
        said = single.get(key)
        says: Literal["modeller", ""] = "modeller" if key in inferred else ""
        if isinstance(said, Duration):
            found.append(TimeWindow("", key, value=said, based_on=timed_by, stated_by=says))
        elif said:
            found.append(TimeWindow("", key, step=said, based_on=timed_by, stated_by=says))
        found += by_key(windows, key)
    return tuple(found)


def by_key(times: Iterable[TimeWindow], key: TimeKey) -> tuple[TimeWindow, ...]:
    """Those of one key, in order.

    >>> by_key((TimeWindow("a", "within"), TimeWindow("b", "every")), "every")
    (TimeWindow(id='b', key='every', value=None, step='', when=None, based_on=(), stated_by=''),)
    """
    return tuple(one for one in times if one.key == key)


def agree(one: TimeWindow, other: TimeWindow) -> bool:
    """Whether two windows say the same, in whatever unit.

    >>> from decimal import Decimal
    >>> agree(TimeWindow("a", "within", Duration(Decimal(1), "d")), TimeWindow("b", "within", Duration(Decimal(24), "h")))
    True
    """
    if one.value and other.value:
        return one.value.seconds == other.value.seconds
    return one.said == other.said
