"""What the fields of a comparison mean: how a number compares, of which answers of a series, and whose word it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple, Protocol

from edgewise.explorer.pages.build.forms.criteria import BOUNDS, Compared
from edgewise.explorer.pages.build.forms.values import number_fault, range_fault, unit_fault
from edgewise.graph.units import code


class Way(NamedTuple):
    """A way to compare a number: what it is called, and the keys of its bounds, the lower first."""

    label: str
    keys: tuple[str, ...]

    @property
    def two(self) -> bool:
        """Whether it has two ends."""
        return len(self.keys) == 2


WAYS: Mapping[str, Way] = {
    "atLeast": Way("at least", ("atLeast",)),
    "moreThan": Way("more than", ("moreThan",)),
    "atMost": Way("at most", ("atMost",)),
    "lessThan": Way("less than", ("lessThan",)),
    "between": Way("between, both ends included", ("atLeast", "atMost")),
    "from": Way("at least … and less than …", ("atLeast", "lessThan")),
    "over": Way("more than … and at most …", ("moreThan", "atMost")),
    "within": Way("between, both ends excluded", ("moreThan", "lessThan")),
}
LOOKS: Mapping[str, str] = {
    "": "the last one",
    "times": "at least so many of them",
    "last": "each of the last so many",
    "first": "each of the first so many",
    "mean": "the mean of the last so many",
    "max": "the highest of the last so many",
    "min": "the lowest of the last so many",
    "any": "at least one of the last so many",
}
"""What of a series is compared; `times` counts, the others are a statistic with its window."""


def way_of(part: Compared) -> str:
    """How a comparison compares.

    >>> way_of(Compared("a", bounds=(("lessThan", "3"), ("atLeast", "1")))), way_of(Compared("a"))
    ('from', 'atLeast')
    """
    keys = tuple(key for key in BOUNDS if key in dict(part.bounds))
    return next((id for id, way in WAYS.items() if way.keys == keys), "atLeast")


def ends_of(part: Compared) -> tuple[str, str]:
    """The numbers of a comparison: the one there is, or the lower and the upper.

    >>> ends_of(Compared("a", bounds=(("lessThan", "3"), ("atLeast", "1")))), ends_of(Compared("a", bounds=(("atMost", "3"),)))
    (('1', '3'), ('3', ''))
    """
    numbers = [dict(part.bounds)[key] for key in BOUNDS if key in dict(part.bounds)]
    low, high = [*numbers, "", ""][:2]
    return low, high


def bounds_of(way: str, low: str, high: str) -> tuple[tuple[str, str], ...]:
    """The bounds of what was filled in; none where no number was.

    >>> bounds_of("from", "1", "3"), bounds_of("atLeast", "", "")
    ((('atLeast', '1'), ('lessThan', '3')), ())
    """
    return tuple(zip(WAYS[way].keys, (low, high), strict=False)) if low else ()


def look_of(part: Compared) -> tuple[str, str]:
    """What of a series a comparison looks at, and the number that goes with it."""
    return ("times", part.times) if part.times else (part.statistic, part.window)


class Said(Protocol):
    """Anything that rests on passages, or is somebody's reading."""

    @property
    def based_on(self) -> tuple[str, ...]:
        """Ids of the passages that state it."""

    @property
    def stated_by(self) -> str:
        """Whose word it is said to be; empty where that goes without saying."""


class Word(NamedTuple):
    """What stands under `basedOn` and `statedBy`."""

    based_on: tuple[str, ...] = ()
    stated_by: str = ""


def whose_of(part: Said, *, inside: bool) -> str:
    """Whose word a part is, as its form has it: that of the whole in which it stands, the source's, or the modeller's.

    >>> whose_of(Compared("a"), inside=True), whose_of(Compared("a"), inside=False), whose_of(Compared("a", based_on=("s",)), inside=True)
    ('whole', 'modeller', 'source')
    """
    return part.stated_by or ("source" if part.based_on else "whole" if inside else "modeller")


def word_of(part: Said, wanted: Mapping[str, Any], *, inside: bool) -> tuple[tuple[str, ...], str]:
    """The passages of a part and who states it, of what was filled in; what goes without saying is not written, unless it was.

    >>> word_of(Compared("a"), {"basedOn": ["s1"], "whose": "modeller"}, inside=False)
    (('s1',), 'modeller')
    >>> word_of(Compared("a"), {"basedOn": ["s1"], "whose": "whole"}, inside=True)
    (('s1',), '')
    """
    based_on, whose = tuple(wanted.get("basedOn", ())), wanted.get("whose") or ""
    if whose == part.stated_by:
        return based_on, whose
    said = whose == "modeller" and (inside or bool(based_on))
    return based_on, "modeller" if said else ""


def compared(part: Compared, wanted: Mapping[str, Any], *, inside: bool) -> Compared:
    """The comparison that was filled in; of what had no field it keeps what it was, as long as the same is asked.

    >>> compared(Compared(), {"observable": "age", "way": "atLeast", "low": "3", "unit": "months"}, inside=True).unit
    'mo'
    """
    base = part if part.observable == wanted["observable"] else Compared()
    times, statistic, window = _looked(base, wanted)
    based_on, stated_by = word_of(part, wanted, inside=inside)
    low = wanted.get("low", "")
    return replace(
        base,
        observable=wanted["observable"],
        answer=wanted.get("answer") or "",
        one_of=tuple(wanted.get("one_of", ())),
        bounds=bounds_of(wanted.get("way", "atLeast"), low, wanted.get("high", "")),
        unit=code(wanted["unit"]) if wanted.get("unit") and low else "",
        times=times,
        statistic=statistic,
        window=window,
        label=wanted.get("label", ""),
        based_on=based_on,
        stated_by=stated_by,
    )


def _looked(base: Compared, wanted: Mapping[str, Any]) -> tuple[str, str, str]:
    """`times`, `statistic` and `window` as they were filled in."""
    if "look" not in wanted:
        return base.times, base.statistic, base.window
    look, number = wanted["look"], wanted.get("window", "")
    return (number or "1", "", "") if look == "times" else ("", look, number if look else "")


def faults_of(wanted: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with what was filled in, by field.

    >>> sorted(faults_of({"low": "5", "high": "3", "unit": "bananas"})), faults_of({"low": "5", "unit": "mmHg"})
    (['high', 'unit'], {})
    """
    ends = {key: wanted[key] for key in ("low", "high") if key in wanted}
    told = {key: number_fault(end, "the comparison") if end else "Say a number." for key, end in ends.items()}
    if "unit" in wanted:
        told["unit"] = unit_fault(wanted["unit"] or "") or ("" if wanted["unit"] else "Say in which unit.")
    if "one_of" in wanted and not wanted["one_of"]:
        told["one_of"] = "Choose at least one."
    if "high" in wanted and not told["high"]:
        told["high"] = range_fault(wanted["low"], wanted["high"])
    window = wanted.get("window", "")
    if window and not (window.isascii() and window.isdigit() and int(window) > 0):
        told["window"] = "Say a whole number, 1 or more."
    if wanted.get("whose") == "source" and not wanted.get("basedOn"):
        told["basedOn"] = "Choose the passages by which the source says so, or make it your reading."
    return {key: fault for key, fault in told.items() if fault}
