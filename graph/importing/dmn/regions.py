"""What the rules of one table have in common, answer by answer: which of them can never meet, and which parts one rule takes for granted.

Nothing is decided here that `gaps` decides. It keeps conditions short: what an earlier rule shuts out is said only where it can be met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from edgewise.graph.importing.dmn.criteria import Criterion, comparisons, holding, parts_of

Answer = Fraction | str
_MEETS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "atLeast": lambda value, bound: value >= bound,
    "moreThan": lambda value, bound: value > bound,
    "atMost": lambda value, bound: value <= bound,
    "lessThan": lambda value, bound: value < bound,
}
BOUNDS = tuple(_MEETS)
_DAYS = {
    "a": Fraction("365.25"), "mo": Fraction("30.4375"), "wk": Fraction(7),
    "h": Fraction(1, 24), "min": Fraction(1, 1440), "s": Fraction(1, 86400),
}  # fmt: skip


class Regions:
    """Looks at criteria that name a fixed set of observables.

    Args:
        criteria: all that will be looked at.
        counts: ids of observables that are whole numbers.

    >>> low, high = {"observable": "t", "lessThan": Decimal(96)}, {"observable": "t", "moreThan": Decimal(100)}
    >>> regions = Regions([low, high])
    >>> regions.apart(low, high), regions.apart(low, {"not": high}), regions.beyond({"not": high}, {"all": [low, {"not": high}]})
    (True, False, {'observable': 't', 'lessThan': Decimal('96')})
    """

    def __init__(self, criteria: Iterable[Criterion], counts: Iterable[str] = ()) -> None:
        found: dict[str, dict[Answer, None]] = {}
        for one in (one for criterion in criteria for one in comparisons(criterion)):
            held = found.setdefault(one["observable"], {})
            named = [one["is"]] if "is" in one else one.get("oneOf", [])
            held |= dict.fromkeys([*named, *(_number(one, key) for key in BOUNDS if isinstance(one.get(key), Decimal | int))])
        whole = set(counts)
        self.answers = {id: _samples(list(named), whole=id in whole) for id, named in found.items()}
        self._regions: dict[int, tuple[Criterion, Mapping[str, frozenset[int]]]] = {}

    def apart(self, one: Criterion, other: Criterion) -> bool:
        """Whether no answers fulfil both."""
        here, there = self._of(one), self._of(other)
        return any(not here[id] & there[id] for id in here.keys() & there.keys()) or any(
            not cells for cells in (*here.values(), *there.values())
        )

    def beyond(self, given: Criterion, criterion: Criterion) -> Criterion:
        """What a criterion asks beyond what is given; all of it where it asks nothing beyond."""
        here = self._of(given)
        rest = [part for part in holding(criterion) if not self._granted(here, part)]
        return criterion if not rest else rest[0] if len(rest) == 1 else {"all": rest}

    def _granted(self, here: Mapping[str, frozenset[int]], part: Criterion) -> bool:
        id = _only(part)
        return id in here and here[id] <= self._of(part).get(id, frozenset())

    def _of(self, criterion: Criterion) -> Mapping[str, frozenset[int]]:
        """The answers to each observable with which a criterion can hold, as far as its parts speak of one alone."""
        if id(criterion) not in self._regions:
            found: dict[str, frozenset[int]] = {}
            for part in holding(criterion):
                if one := _only(part):
                    cells = frozenset(rank for rank, answer in enumerate(self.answers[one]) if _holds(part, answer))
                    found[one] = found.get(one, cells) & cells
            self._regions[id(criterion)] = (criterion, found)
        return self._regions[id(criterion)][1]


def _only(criterion: Criterion) -> str:
    """The observable, where it is but one, and every bound a number; else an empty text."""
    looked_at = {one["observable"] for one in comparisons(criterion)}
    worked_out = any(isinstance(one.get(key), dict) for one in comparisons(criterion) for key in BOUNDS)
    return looked_at.pop() if len(looked_at) == 1 and not worked_out else ""


def _holds(criterion: Criterion, answer: Answer) -> bool:
    if "observable" not in criterion:
        truths = [_holds(part, answer) for part in parts_of(criterion)]
        return not truths[0] if "not" in criterion else all(truths) if "all" in criterion else any(truths)
    if "is" in criterion or "oneOf" in criterion:
        return answer in (criterion.get("oneOf") or [criterion["is"]])
    return isinstance(answer, Fraction) and all(_MEETS[key](answer, _number(criterion, key)) for key in BOUNDS if key in criterion)


def _number(criterion: Criterion, key: str) -> Fraction:
    """A bound as a number, times in days, so that those in other units compare."""
    return Fraction(criterion[key]) * _DAYS.get(criterion.get("unit", ""), Fraction(1))


def _samples(named: list[Answer], *, whole: bool) -> list[Answer]:
    """An answer of each sort: those named, and one for all others."""
    if any(isinstance(one, str) for one in named):
        return [*named, *(["yes", "no"] if set(named) <= {"yes", "no"} else [""])]
    points = sorted({one for one in named if isinstance(one, Fraction)})
    if not points:
        return [Fraction(0)]
    if whole:
        return list({Fraction(end(point) + step): None for point in points for end in (floor, ceil) for step in (-1, 0, 1)})
    return [*points, *((one + other) / 2 for one, other in pairwise(points)), points[0] - 1, points[-1] + 1]
