"""Facts that can be used, but were hardly meant: a warning, never a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from edgewise.graph.bands import bounds
from edgewise.graph.model import Guideline, Observable
from edgewise.graph.pathway import Pathway
from edgewise.graph.units import printed, short
from edgewise.ontology.findings import Finding


def doubts(
    data: object,
    guideline: Guideline,
    *,
    file: str = "",
    line: Callable[[Sequence[object]], int] = lambda _path: 0,
) -> tuple[Finding, ...]:
    """What is doubtful in facts, as they were typed or as `edgewise.graph.walking.facts.parse_facts` reads them.

    A part of one told of something that is measured in per cent is taken for what it says, and doubted: 0.85 for 85 %. One that bears its
    own unit is not, nor is any where the guideline itself draws a line below 1 %.

    Args:
        data: a mapping of observables to values, or a list of them, visit by visit; what cannot be a fact is passed over.
        guideline: says what is measured in per cent.
        file: named in findings.
        line: line of a path into `data`, for findings.

    >>> from edgewise.graph.library import load
    >>> [str(doubt.message) for doubt in doubts({"block-relief": ["0.85", "88"]}, load("sacroiliac-sclerosis").guideline)]
    ['Relief by diagnostic blocks: 0.85 % – did you mean 85 %?']
    """
    if isinstance(data, list | tuple):
        visits = (doubts(visit, guideline, file=file, line=_below(line, number)) for number, visit in enumerate(data))
        return tuple(doubt for found in visits for doubt in found)
    if not isinstance(data, Mapping):
        return ()
    asked = {id: guideline.observables[id] for id in data if isinstance(id, str) and id in guideline.observables}
    return tuple(
        Finding(
            rule="part-of-one",
            severity="warning",
            message=f"{observable.label}: {printed(number, '%')} – did you mean {printed(number * 100, '%')}?",
            file=file,
            line=line([id]),
            value=str(number),
            repair=f"write {short(number * 100)}, or '{printed(number, '%')}' where so little is meant",
        )
        for id, observable in asked.items()
        for number in dict.fromkeys(_parts_of_one(guideline, observable, data[id]))
    )


def _below(line: Callable[[Sequence[object]], int], number: int) -> Callable[[Sequence[object]], int]:
    return lambda path: line([number, *path])


def _parts_of_one(guideline: Guideline, observable: Observable, value: object) -> Iterator[Decimal]:
    if observable.unit != "%" or _fine(guideline, observable):
        return
    for one in value if isinstance(value, list | tuple) else (value,):
        number = _bare(one)
        if 0 < number < 1 and (observable.maximum is None or number * 100 <= observable.maximum):
            yield number


def _fine(guideline: Guideline, observable: Observable) -> bool:
    """Whether so little tells patients apart."""
    compared = Pathway.of(guideline).compared(observable.id)
    return any(0 < bound < 1 for one in compared for _, bound in bounds(one, observable))


def _bare(value: object) -> Decimal:
    """A number that bears no unit; of all else none worth a doubt."""
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() else Decimal(0)
