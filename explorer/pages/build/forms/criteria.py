"""A condition as a form holds it, out of the YAML and back into it. What no form can say is carried along as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

BOUNDS = ("atLeast", "moreThan", "atMost", "lessThan")
"""Keys of the bounds of a comparison."""
COUNTS = ("exactly", "atLeast", "atMost")
"""Keys that say how many parts of a group have to hold."""
STATISTICS: Mapping[str, str] = {
    "last": "the last",
    "first": "the first",
    "mean": "the mean of the last",
    "max": "the highest of the last",
    "min": "the lowest of the last",
    "any": "at least one of them",
}
"""What can be asked of a series, in words."""
_KEYS = {"label": "label", "basedOn": "based_on", "statedBy": "stated_by"}
_OWN = {"observable": "observable", "is": "answer", "oneOf": "one_of", "unit": "unit", "times": "times"}
_SERIES = {"statistic": "statistic", "window": "window", "inferred": "inferred"}


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison. Numbers are text, as they are typed and written; `bounds` pairs a key of `BOUNDS` with one.

    >>> as_yaml(Compared("age", bounds=(("atLeast", "65"),), unit="a"))
    {'observable': 'age', 'atLeast': '65', 'unit': 'a'}
    """

    observable: str = ""
    answer: str = ""
    one_of: tuple[str, ...] = ()
    bounds: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    times: str = ""
    statistic: str = ""
    window: str = ""
    label: str = ""
    based_on: tuple[str, ...] = ()
    stated_by: str = ""
    inferred: tuple[str, ...] = ()  # of no field: carried along


@dataclass(frozen=True, slots=True)
class Joined:
    """Several parts: `all` of them, `any` of them, or so many `of` them, as `counts` say."""

    how: Literal["all", "any", "of"]
    parts: tuple[Part, ...]
    counts: tuple[tuple[str, str], ...] = ()
    label: str = ""
    based_on: tuple[str, ...] = ()
    stated_by: str = ""


@dataclass(frozen=True, slots=True)
class Negated:
    """The opposite of one part."""

    part: Part
    label: str = ""
    based_on: tuple[str, ...] = ()
    stated_by: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What no form can say, as it is written in the file."""

    data: Any


Part: TypeAlias = Compared | Joined | Negated | Written


def read(data: Any) -> Part:
    """The form of a condition; what would not come back as it was is left as it is written.

    >>> read({"observable": "fever", "is": "yes"}) == Compared("fever", answer="yes")
    True
    >>> read({"observable": "alt", "moreThan": {"times": ["2", "normal"]}})
    Written(data={'observable': 'alt', 'moreThan': {'times': ['2', 'normal']}})
    """
    made = _read(data)
    return made if _sayable(made) and as_yaml(made) == _listed(data) else Written(data)


def _sayable(part: Part) -> bool:
    """Whether a form has a field for everything that is said: one kind of test, one bound to each side, one way to look at a series."""
    if not isinstance(part, Compared):
        return True
    texts = (part.observable, part.answer, part.unit, part.times, part.statistic, part.window, part.label, part.stated_by)
    lists = (*part.one_of, *part.based_on, *part.inferred, *(bound for _, bound in part.bounds))
    sides = [key in BOUNDS[:2] for key, _ in part.bounds]
    one_kind = bool(part.answer) + bool(part.one_of) + bool(part.bounds) == 1
    one_kind = one_kind and not (part.unit and not part.bounds)
    one_look = not (part.times and part.statistic) and not (part.window and not part.statistic)
    return all(isinstance(one, str) for one in (*texts, *lists)) and one_kind and one_look and len(sides) == len({*sides})


def _read(data: Any) -> Part:
    if not isinstance(data, dict):
        return Written(data)
    own = {field: _field(data[key]) for key, field in _KEYS.items() if key in data}
    if "not" in data:
        return Negated(read(data["not"]), **own)
    for how in ("all", "any", "of"):
        if isinstance(data.get(how), list):
            counts = tuple((key, data[key]) for key in COUNTS if key in data)
            return Joined(how, tuple(map(read, data[how])), counts, **own)
    named = {field: _field(data[key]) for key, field in (_OWN | _SERIES).items() if key in data}
    return Compared(bounds=tuple((key, data[key]) for key in BOUNDS if key in data), **named, **own)


def _field(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _listed(data: Any) -> Any:
    """A single passage and a list of one say the same."""
    if isinstance(data, dict):
        lists = {"basedOn", "oneOf", "inferred"}
        return {key: [part] if key in lists and isinstance(part, str) else _listed(part) for key, part in data.items()}
    return [_listed(part) for part in data] if isinstance(data, list) else data


def as_yaml(part: Part) -> Any:
    """The condition in the keys of the model.

    >>> as_yaml(Joined("of", (Compared("a", "yes"), Negated(Compared("b", "yes"))), (("atLeast", "1"),), based_on=("s1",)))
    {'atLeast': '1', 'of': [{'observable': 'a', 'is': 'yes'}, {'not': {'observable': 'b', 'is': 'yes'}}], 'basedOn': ['s1']}
    """
    if isinstance(part, Written):
        return _listed(part.data)
    if isinstance(part, Negated):
        made: dict[str, Any] = {"not": as_yaml(part.part)}
    elif isinstance(part, Joined):
        made = dict(part.counts) | {part.how: [as_yaml(one) for one in part.parts]}
    else:
        made = _compared(part)
    return made | _written(part, _KEYS)


def _compared(part: Compared) -> dict[str, Any]:
    asked = _written(part, {"observable": "observable", "is": "answer", "oneOf": "one_of"})
    return asked | dict(part.bounds) | _written(part, {"unit": "unit", "times": "times"} | _SERIES)


def _written(part: Part, keys: Mapping[str, str]) -> dict[str, Any]:
    found = {key: getattr(part, field) for key, field in keys.items()}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items() if value}


def observables_of(part: Part) -> frozenset[str]:
    """Ids of what a condition asks, as far as forms can tell."""
    if isinstance(part, Compared):
        return frozenset({part.observable} - {""})
    if isinstance(part, Written):
        return frozenset()
    return frozenset().union(*(observables_of(one) for one in (part.parts if isinstance(part, Joined) else (part.part,))))
