"""Whether two guidelines go on from a step in the same way by what is written, so that nothing has to be worked out to know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from edgewise.graph.comparing.alternatives import Pair
from edgewise.graph.comparing.criteria import form
from edgewise.graph.comparing.sides import Side, Sides
from edgewise.graph.model import Step
from edgewise.graph.pathway import comparisons


def same_start(sides: Sides) -> bool:
    """Whether both speak of the same patients, and begin with the same steps."""
    a, b = sides.a, sides.b
    asked = [form(one.guideline.applies_to) if one.guideline.applies_to is not None else None for one in (a, b)]
    return asked[0] == asked[1] and set(a.pathway.starts) == set(b.pathway.starts)


def same_course(sides: Sides, step: str) -> bool:
    """Whether all that decides how the walk goes on from a step is written alike in both; if not, it may still come to the same."""
    a, b = sides.a, sides.b
    here, there = a.guideline.steps[step], b.guideline.steps[step]
    if _own(a, here) != _own(b, there) or _edges(a, step) != _edges(b, step):
        return False
    return all(_known(a, id) == _known(b, id) and _can_be_told(sides, id) for id in _looked_at(a, here))


def same_preference(sides: Sides, pair: Pair) -> bool:
    """Whether all that decides which step of an alternative goes first is written alike in both."""
    a, b = sides.a, sides.b
    if pair.a is None or pair.b is None or pair.moved:
        return False
    asked = (id for one in pair.a.choose if one.when is not None for each in comparisons(one.when) for id in each.looks_at)
    return all(_known(a, id) == _known(b, id) and _can_be_told(sides, id) for id in asked)


def _own(side: Side, step: Step) -> tuple[object, ...]:
    """What of a step itself, and of the one it goes along with, has a say."""
    main = side.pathway.main(step)
    finished = side.pathway.finished(step)
    ends = step.kind == "Presentation", step.kind == "Endpoint", step.endpoint == "not-stated"
    return (frozenset(step.yields), step.companion_of, frozenset(main.yields), finished and finished.observable, *ends)


def _edges(side: Side, step: str) -> Counter[tuple[str, str, str]]:
    return Counter((edge.role, edge.target, form(edge.when) if edge.when is not None else "") for edge in side.pathway.out_of(step))


def _looked_at(side: Side, step: Step) -> Iterator[str]:
    yield from step.yields
    for edge in side.pathway.out_of(step.id):
        for one in comparisons(edge.when) if edge.when is not None else ():
            yield from one.looks_at


def _known(side: Side, observable: str) -> tuple[object, ...]:
    """What of a question has a say in how comparisons with its answers come out."""
    one = side.guideline.observables[observable]
    return one.value_type, one.unit, one.molar_mass, one.repeated, one.accrues, one.minimum, one.maximum, one.finishes


def _can_be_told(sides: Sides, observable: str) -> bool:
    """Whether there are answers; without any it counts what other steps have begun."""
    return observable in sides.common.partitions and bool(sides.common.partitions[observable].cells)
