"""What two conditions ask otherwise: by observable, the comparisons that only one of them makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from edgewise.graph.answers.partition import bare
from edgewise.graph.bands import bounds
from edgewise.graph.model import AllOf, AnyOf, Comparison, Criterion, Not, Observable, Scored, parts_of
from edgewise.graph.pathway import comparisons
from edgewise.graph.units import named, short
from edgewise.graph.walking.criteria import requirement

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Moved:
    """What is asked otherwise of one observable.

    Attributes:
        observable: its id, under which both stand.
        label: what it is called.
        before: what only the first guideline asks, in words; ``nothing`` where it asks nothing that the other does not.
        after: what only the second asks.
        signs_before: the same in signs: ``≥ 70 %``.
        signs_after: likewise.
    """

    observable: str
    label: str
    before: str
    after: str
    signs_before: str
    signs_after: str

    @property
    def text(self) -> str:
        """It in one line."""
        return f"{self.label}: {self.before} → {self.after}"


def moved(
    one: Iterable[Criterion | None],
    other: Iterable[Criterion | None],
    observables: Mapping[str, Observable],
    others: Mapping[str, Observable] | None = None,
) -> tuple[Moved, ...]:
    """What some criteria ask otherwise than others, in the words of the first guideline.

    Args:
        one: criteria of the first guideline.
        other: of the second, told in the ids of the first.
        observables: of the first.
        others: of the second, for those that the first has not.

    >>> from decimal import Decimal
    >>> relief = {"relief": Observable("relief", "Relief", "", "quantity", unit="%")}
    >>> one, two = (Comparison("c", "relief", bounds=((sign, Decimal(70)),), unit="%") for sign in "≥>")
    >>> moved([one], [two], relief)[0].text, moved([one], [one], relief)
    ('Relief: at least 70 % → more than 70 %', ())
    """
    known = {**(others or {}), **observables}
    here, there = _asked(one, known), _asked(other, known)
    found = []
    for id in dict.fromkeys((*here, *there)):
        lost = [each for form, each in here.get(id, {}).items() if form not in there.get(id, {})]
        won = [each for form, each in there.get(id, {}).items() if form not in here.get(id, {})]
        if lost or won:
            asked = known[id]
            found.append(Moved(id, asked.label, _told(lost, asked), _told(won, asked), _signs(lost, asked), _signs(won, asked)))
    return tuple(found)


def _asked(criteria: Iterable[Criterion | None], observables: Mapping[str, Observable]) -> dict[str, dict[Comparison, Comparison]]:
    """By observable, each comparison by what it tests whatever unit it is written in."""
    found: dict[str, dict[Comparison, Comparison]] = {}
    for criterion in criteria:
        for one in comparisons(criterion) if criterion is not None else ():
            if one.observable in observables:
                found.setdefault(one.observable, {}).setdefault(plain(one, observables[one.observable]), one)
    return found


def plain(one: Comparison, observable: Observable) -> Comparison:
    """What a comparison tests, in the unit of its observable, in whatever words and whoever says so.

    >>> weeks = Observable("w", "Weeks", "", "quantity", unit="wk")
    >>> from decimal import Decimal
    >>> days, same = (Comparison("c", "w", bounds=(("≥", Decimal(n)),), unit=unit) for n, unit in ((42, "d"), (6, "wk")))
    >>> plain(days, weeks) == plain(same, weeks)
    True
    """
    unit = one.unit if one.formulas else ""
    return replace(bare(one), bounds=tuple(sorted(bounds(one, observable))), one_of=tuple(sorted(one.one_of)), unit=unit, ends=False)


def _told(asked: Iterable[Comparison], observable: Observable) -> str:
    return "; or ".join(dict.fromkeys(requirement(one, observable) for one in asked)) or NOTHING


def _signs(asked: Iterable[Comparison], observable: Observable) -> str:
    return "; ".join(dict.fromkeys(_sign(one, observable) for one in asked))


def _sign(one: Comparison, observable: Observable) -> str:
    if not one.bounds or one.formulas or one.statistic:
        return requirement(one, observable)
    told = " and ".join(f"{sign} {short(bound)}" for sign, bound in one.bounds)
    return f"{told} {named(one.unit or observable.unit)}".rstrip() + (f" × {one.times}" if observable.repeated and one.times > 1 else "")


def form(criterion: Criterion) -> str:
    """How a criterion is written, whatever the order of its parts, in whatever words and whoever says so.

    >>> yes, no = (Comparison(id, "a", answer=id, label=id) for id in ("yes", "no"))
    >>> form(AnyOf("x", (yes, no))) == form(AnyOf("y", (no, yes))), form(AnyOf("x", (yes, no))) == form(AllOf("x", (yes, no)))
    (True, False)
    """
    if isinstance(criterion, Comparison):
        return repr(replace(bare(criterion), one_of=tuple(sorted(criterion.one_of)), bounds=tuple(sorted(criterion.bounds))))
    if isinstance(criterion, Scored):
        items = sorted(f"{points}: {form(item)}" for item, points in zip(criterion.items, criterion.points, strict=True))
        return f"Scored({form(criterion.told)}, {', '.join(items)})"
    held = map(form, parts_of(criterion))
    parts = sorted(set(held)) if isinstance(criterion, AllOf | AnyOf) else sorted(held)
    if len(parts) == 1 and isinstance(criterion, AllOf | AnyOf):
        return parts[0]
    bounds = "" if isinstance(criterion, AllOf | AnyOf | Not) else tuple(sorted(criterion.bounds))
    return f"{type(criterion).__name__}{bounds}({', '.join(parts)})"
