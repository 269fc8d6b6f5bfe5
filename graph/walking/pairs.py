"""Two numbers that are one reading, as systolic and diastolic pressure are: told as ``152/94``, kept as two series of one length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from edgewise.graph.model import Guideline
from edgewise.graph.units import printed

Values = tuple[Decimal | None, ...]

_NUMBER = r"([+-]?[0-9]*\.?[0-9]+|\?)"
_PAIR = re.compile(rf"\s*{_NUMBER}\s*/\s*{_NUMBER}(?![0-9./])\s*(.*?)\s*", re.DOTALL)


class Told(NamedTuple):
    """What is told of an observable.

    Attributes:
        name: the observable, as it was typed or as a pair names it.
        value: what is told.
        key: under which key it stands.
    """

    name: object
    value: object
    key: object


def pairs(guideline: Guideline) -> dict[str, str]:
    """By first number of a reading, the second one."""
    return {id: asked.paired_with for id, asked in guideline.observables.items() if asked.paired_with in guideline.observables}


def parted(data: Mapping[object, object], guideline: Guideline) -> Iterator[Told]:
    """Facts as typed, with each pair as what is told of its two numbers.

    >>> from edgewise.graph.model import Observable
    >>> asked = {id: Observable(id, id, "", "quantity", unit="mm[Hg]", repeated=True, paired_with=other) for id, other in
    ...     (("systolic", "diastolic"), ("diastolic", ""))}
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables=asked)
    >>> [(told.name, told.value) for told in parted({"systolic": ["152/94", "148/? mmHg"]}, guideline)]
    [('systolic', ['152', '148 mmHg']), ('diastolic', ['94', None])]
    """
    seconds = pairs(guideline)
    for key, value in data.items():
        values = value if isinstance(value, list | tuple) else [value]
        if key not in seconds or not any(map(_pair, values)):
            yield Told(key, value, key)
            continue
        told = [_pair(one) or (one, None) for one in values]
        yield Told(key, [first for first, _ in told], key)
        yield Told(seconds[str(key)], [second for _, second in told], key)


def _pair(value: object) -> tuple[object, object] | None:
    found = _PAIR.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    first, second = (None if number == "?" else f"{number} {found[3]}".strip() for number in found.groups()[:2])
    return first, second


def unlike(facts: Mapping[str, object], guideline: Guideline) -> Iterator[tuple[str, str]]:
    """Pairs of which one number was told more often than the other, so that nobody can say which belong together."""
    for first, second in pairs(guideline).items():
        lengths = [len(told) for id in (first, second) if isinstance(told := facts.get(id), tuple)]
        if len(set(lengths)) > 1:
            yield first, second


def together(facts: Mapping[str, object], guideline: Guideline) -> dict[str, str]:
    """By first number, the second one of readings of which both numbers are told."""
    return {first: second for first, second in pairs(guideline).items() if first in facts and second in facts}


def pair_told(first: Values, second: Values, unit: str) -> str:
    """Readings in words: ``152/94 mm[Hg]``.

    >>> pair_told((Decimal(152), Decimal(148)), (Decimal(94), None), "mm[Hg]")
    '152/94 mmHg, 148/? mmHg'
    """
    told = (["?" if number is None else printed(number, "") for number in reading] for reading in zip(first, second, strict=True))
    return ", ".join(f"{'/'.join(both)} {_unit(unit)}".rstrip() for both in told)


def _unit(unit: str) -> str:
    return printed(Decimal(2), unit).removeprefix("2").strip()
