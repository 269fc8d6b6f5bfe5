"""What a comparison needs whose bounds are worked out, with the sum done as far as the facts go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from edgewise.graph.formulas import result, told
from edgewise.graph.model import Comparison, Formula, Observable
from edgewise.graph.units import printed
from edgewise.graph.walking.facts import Facts


def needs_told(
    criterion: Comparison,
    open_on: Collection[str],
    facts: Facts,
    observables: Mapping[str, Observable],
    around: Callable[[str], tuple[str, str]],
) -> str:
    """``less than 720 ug/L = the greater of 500 ug/L and 10 × 72 years``; behind it which numbers are missing that can still decide.

    Args:
        criterion: has a formula.
        open_on: ids of what can still turn it.
        facts: what is known.
        observables: by id.
        around: what stands before and behind a bound, by its sign.
    """
    known = {id: printed(value, observables[id].unit) for id in criterion.takes if isinstance(value := facts.get(id), Decimal)}

    def worked_out(bound: Decimal | Formula) -> str:
        if isinstance(bound, Decimal):
            return printed(bound, criterion.unit)
        value, said = result(bound, criterion.unit, facts, observables), told(bound, criterion.unit, known)
        return f"{value} = {said}" if value and not said.endswith(f"({value})") else said

    bounds = " and ".join(worked_out(bound).join((f"{around(sign)[0]} ", around(sign)[1])) for sign, bound in criterion.limits)
    missing = [f"{observables[id].label}: not known" for id in open_on if id not in facts and id != criterion.observable]
    return "; ".join([bounds, *missing])


def bound_told(bound: Decimal | Formula, unit: str) -> str:
    """A bound in words, whatever the facts.

    >>> bound_told(Decimal(720), "ug/L"), bound_told(Formula("observable", observable="age", name="Age"), "ug/L")
    ('720 µg/L', 'Age')
    """
    return told(bound, unit) if isinstance(bound, Formula) else printed(bound, unit)


def fact_told(observable: Observable, answer: object) -> str:
    """``D-dimer: 700 ug/L``."""
    return f"{observable.label}: {printed(answer, observable.unit) if isinstance(answer, Decimal) else 'not known'}"
