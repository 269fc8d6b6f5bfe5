"""What is asked of one observable, in the words of the guideline's own comparisons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from edgewise.graph.answers.looks import Look
from edgewise.graph.answers.mentions import Voice, truths
from edgewise.graph.answers.partition import Partition, bare
from edgewise.graph.model import Comparison, Guideline, Observable
from edgewise.graph.units import printed, short, spelled
from edgewise.graph.walking.criteria import requirement
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.pairs import pair_told, together
from edgewise.graph.walking.readings import called

ANY = "any answer"
_OPPOSITE = {"≥": "<", ">": "≤", "≤": ">", "<": "≥"}

_Literal = tuple[Comparison, bool]  # a comparison, and whether it is to hold


def needed(guideline: Guideline, partition: Partition, spoken: Iterable[Voice], cells: Collection[int]) -> str:
    """Cells of a partition as a requirement: ``at least 3 months``, ``two or more, each 80 to 90 %``, ``Negative or Equivocal``.

    Args:
        guideline: whose observable it is.
        partition: of its answers.
        spoken: comparisons to take the words from; where they do not fit exactly, the cells are told one by one.
        cells: those that will do.
    """
    observable = partition.observable
    if len(set(cells)) == len(partition.cells):
        return ANY
    if observable.value_type in ("yes-no", "choice"):
        return " or ".join(answer_told(observable, partition.cells[cell].sample) for cell in sorted(cells))
    plain = tuple(voice for voice in spoken if not voice.comparison.formulas)  # what is worked out is told by where it lies here
    literals = _fitting(guideline, partition, plain, frozenset(cells))
    return "; and ".join(_told(literal, observable) for literal in literals) if literals else partition.told(cells)


def answer_told(observable: Observable, answer: Answer) -> str:
    """An answer in words.

    >>> from decimal import Decimal
    >>> answer_told(Observable("r", "Relief", "", "quantity", unit="%", repeated=True), (Decimal(85), None))
    '85 %, not known'
    """
    if isinstance(answer, tuple):
        return ", ".join("not known" if value is None else printed(value, observable.unit) for value in answer)
    return dict(observable.choices).get(answer, answer) if isinstance(answer, str) else printed(answer, observable.unit)


def facts_told(guideline: Guideline, facts: Facts, words: Callable[[Observable, Answer], str] = answer_told) -> dict[str, tuple[str, str]]:
    """What is known, by observable: what it is called, and the answer in words; two numbers of one reading are told as one.

    >>> from decimal import Decimal
    >>> asked = {id: Observable(id, id.title(), "", "quantity", unit="mm[Hg]", repeated=True, paired_with=other) for id, other in
    ...     (("systolic", "diastolic"), ("diastolic", ""))}
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables=asked)
    >>> facts_told(guideline, {"systolic": (Decimal(152),), "diastolic": (Decimal(94),)})
    {'systolic': ('Systolic/Diastolic', '152/94 mmHg')}
    """
    asked, seconds = guideline.observables, together(facts, guideline)
    told = {id: (asked[id].label, words(asked[id], answer)) for id, answer in facts.items() if id not in seconds.values()}
    for first, second in seconds.items():
        one, other = facts[first], facts[second]
        if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
            told[first] = f"{asked[first].label}/{asked[second].label}", pair_told(one, other, asked[first].unit)
        else:
            told[second] = asked[second].label, words(asked[second], other)
    return told


def _fitting(guideline: Guideline, partition: Partition, spoken: tuple[Voice, ...], cells: frozenset[int]) -> list[_Literal]:
    """The fewest comparisons found that hold, or fail, in exactly these cells; none where nothing fits."""
    outcomes = [truths(guideline, spoken, cell.sample) for cell in partition.cells]
    everywhere = frozenset(range(len(outcomes)))
    fits: dict[_Literal, frozenset[int]] = {}
    for at, voice in enumerate(spoken):
        for wanted in (Truth.TRUE, Truth.FALSE):
            where = frozenset(cell for cell in everywhere if outcomes[cell][at] is wanted)
            if cells <= where != everywhere:
                fits.setdefault((bare(voice.comparison), wanted is Truth.TRUE), where)
    kept = list(fits)
    if not kept or frozenset.intersection(*fits.values()) != cells:
        return []
    for literal in sorted(fits, key=lambda one: (one[1], -len(fits[one]))):  # failures first, then what says least
        rest = [one for one in kept if one != literal]
        if rest and frozenset.intersection(*(fits[one] for one in rest)) == cells:
            kept = rest
    return kept


def _told(literal: _Literal, observable: Observable) -> str:
    comparison, holds = literal
    if not observable.repeated:
        return _range(comparison, observable) if holds else _outside(comparison, observable)
    if comparison.statistic:
        return _of_statistic(comparison, observable, holds=holds)
    times, each = comparison.times, _range(replace(comparison, times=1), observable)
    if not holds:
        return f"none of {each}" if times == 1 else f"fewer than {_number(times)} of {each}"
    return f"at least one of {each}" if times == 1 else f"{_number(times)} or more, each {each}"


def _of_statistic(comparison: Comparison, observable: Observable, *, holds: bool) -> str:
    """``mean of the last 2 less than 140 mm[Hg]``, ``each of the last 2 at least 130 mm[Hg]`` or not."""
    look, alone = Look(observable, {0: comparison}), replace(comparison, statistic="", window=0)
    if look.derived:
        return f"{called(comparison)} {_range(alone, observable) if holds else _outside(alone, observable)}"
    return f"{'' if holds else 'not '}{called(comparison)} {_range(alone, observable)}"


def _range(comparison: Comparison, observable: Observable) -> str:
    bounds = dict(comparison.bounds)
    if not comparison.formulas and len(comparison.bounds) == 2 and set(bounds) == {"≥", "≤"}:
        if bounds["≥"] == bounds["≤"]:
            return f"exactly {printed(bounds['≥'], comparison.unit)}"
        return f"{short(bounds['≥'])} to {printed(bounds['≤'], comparison.unit)}"
    return requirement(comparison, observable)


def _outside(comparison: Comparison, observable: Observable) -> str:
    if len(comparison.bounds) == 1 and not comparison.formulas:
        ((sign, bound),) = comparison.bounds
        return requirement(replace(comparison, bounds=((_OPPOSITE[sign], bound),)), observable)
    return f"not {_range(comparison, observable)}"


def _number(count: int) -> str:
    return spelled(count) if count <= 10 else str(count)
