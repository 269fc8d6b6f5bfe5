"""Whether two figures are the same, however they are written: a unit becomes another only where that is exact, and it is said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from edgewise.citations.passages.figures import Figure
from edgewise.citations.passages.synonyms import alike
from edgewise.graph.reckoned import fraction
from edgewise.graph.units import UnitError, convert

_CALENDAR = frozenset({"mo", "a"})
_CLOCK = frozenset({"s", "min", "h", "d", "wk"})
_BOUNDS = {"": "no bound", "≥": "at least", ">": "more than", "≤": "at most", "<": "less than"}


class Meeting(NamedTuple):
    """What a figure meets: `same`, or its number alone; `note` says how it is written there, and what differs; empty if nothing does."""

    same: bool
    note: str = ""

    @property
    def rank(self) -> int:
        """How good: the same as written, the same otherwise written, the number alone."""
        return 2 - bool(self.note) if self.same else 0


def meet(asked: Figure, held: Sequence[Figure]) -> Meeting | None:
    """The best that a figure meets among those of one sentence; None where not even its number stands there.

    >>> from edgewise.citations.passages.figures import figures
    >>> asked = figures("70 %")[0]
    >>> meet(asked, figures("in 7 of 10 patients")), meet(asked, figures("70 patients"))
    (Meeting(same=True, note='as “7 of 10”'), Meeting(same=False, note='70 stands there as “70 patients”'))
    >>> meet(figures("6 weeks")[0], figures("after 42 days")), meet(figures("6 weeks")[0], figures("after 3 days"))
    (Meeting(same=True, note='as “42 days”, exactly 6 weeks'), None)
    >>> meet(figures("80–90 %")[0], figures("80 % at first and 90 % later"))
    Meeting(same=True, note='its two ends apart')
    """
    found = [meeting for one in held if (meeting := _meet(asked, one))]
    if asked.is_range and not any(one.same for one in found):
        ends = [_end(asked, end, held) for end in (asked.low, asked.high)]
        if all(ends):
            return Meeting(True, "its two ends apart")
    return max(found, key=lambda one: one.rank, default=None)


def _end(asked: Figure, end: Fraction, held: Sequence[Figure]) -> bool:
    return any(one.low == one.high == end and (one.unit == asked.unit or not one.unit) and one.share is None for one in held)


def _meet(asked: Figure, held: Figure) -> Meeting | None:
    road = _road(asked, held)
    if road is None:
        return _alone(asked, held)
    told = [road] if road else []
    if not asked.is_range and held.is_range:
        told.append(f"as an end of “{held.shown}”")
    if asked.bound != held.bound and not held.is_range:
        told.append(f"“{_BOUNDS[held.bound]}” there, “{_BOUNDS[asked.bound]}” here")
    return Meeting(True, "; ".join(told))


def _road(asked: Figure, held: Figure) -> str | None:
    """How the one is the other: empty for as it stands, else in words; None where it is not."""
    factor = _factor(asked, held)
    if factor is None or not _ends_meet(asked, held, factor):
        return None
    if factor == 1 and asked.unit == held.unit and (asked.share is None) == (held.share is None):
        return "" if asked.share == held.share else f"as “{held.shown}”"
    if _is_part(asked) and _is_part(held):
        doubt = ", if that is a proportion" if not (held.unit or held.share) or not (asked.unit or asked.share) else ""
        return f"as “{held.shown}”{doubt}"
    return f"as “{held.shown}”, exactly {asked.shown}"


def _ends_meet(asked: Figure, held: Figure, factor: Fraction) -> bool:
    ends = (held.low * factor, held.high * factor)
    return (asked.low, asked.high) == ends if asked.is_range else asked.low in ends


def _factor(asked: Figure, held: Figure) -> Fraction | None:
    """By what the other's number is to be multiplied; None where the two cannot be the same."""
    if asked.unit == held.unit and (asked.share is None) == (held.share is None):
        return Fraction(1) if asked.unit or asked.share or _same_thing(asked, held) else None
    if _is_part(asked) and _is_part(held):
        return Fraction(100 if asked.unit == "%" else 1) / (100 if held.unit == "%" else 1)
    return exact_factor(held.unit, asked.unit) if asked.unit and held.unit else None


def _is_part(one: Figure) -> bool:
    """Whether it is, or may be, a part of a whole: a percentage, "7 of 10", or a bare number below one."""
    return one.unit == "%" or one.share is not None or (not one.unit and 0 < one.low <= one.high < 1)


def _same_thing(asked: Figure, held: Figure) -> bool:
    """Whether both count the same; a decimal, or a number that counts nothing, is met by any like it."""
    if not asked.things or asked.low.denominator != 1:
        return True
    return any(one in held.things or alike(one) & set(held.things) for one in asked.things)


def _alone(asked: Figure, held: Figure) -> Meeting | None:
    """The number without what it is a number of."""
    if asked.is_range or held.share is not None or asked.low not in (held.low, held.high):
        return None
    number = asked.shown.split(" ")[0].rstrip("%")
    return Meeting(False, f"{number} stands there {'by itself' if held.shown == number else f'as “{held.shown}”'}")


@cache
def exact_factor(unit: str, to: str) -> Fraction | None:
    """The exact factor from one unit to another; None where there is none: a month is no number of days."""
    if ({unit, to} & _CALENDAR and {unit, to} & _CLOCK) or "%" in (unit, to):
        return None
    try:
        once, twice = (fraction(convert(Decimal(number), unit, to)) for number in (1, 2))
    except UnitError:
        return None
    return once if twice == 2 * once else None
