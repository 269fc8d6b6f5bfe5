"""Which of the gaps concern one patient: those that the facts are in, or may still come into."""

from __future__ import annotations

from edgewise.graph.answers.differences import differences
from edgewise.graph.answers.partition import partition
from edgewise.graph.formulas import known
from edgewise.graph.gaps.rows import Row
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts


def concerns(guideline: Guideline, row: Row, facts: Facts, *, growing: bool = False) -> bool:
    """Whether these facts are in the situation of a row as far as they are known.

    Args:
        guideline: whose gap it is.
        row: the gap.
        facts: of the patient; what is not known rules nothing out.
        growing: whether numbers and series that may still grow rule nothing out either.

    >>> from decimal import Decimal
    >>> from edgewise.graph.gaps.memory import gaps_of
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> rows = [row for row in gaps_of(guideline).rows if row.step == "diagnostic-injections" and row.kind == "gap"]
    >>> [row.situation for row in rows if concerns(guideline, row, {"block-relief": (Decimal(70), Decimal(70))})]
    ['Relief by diagnostic blocks: 2 values, both exactly 70 %']
    """
    known_ids = {*facts, *differences(guideline)}
    return any(all(_within(guideline, id, cells, facts, growing) for id, cells in one.items() if id in known_ids) for one in row.everywhere)


def _within(guideline: Guideline, id: str, cells: frozenset[int], facts: Facts, growing: bool) -> bool:
    if id not in guideline.observables:
        return _differs(guideline, id, cells, facts, growing)
    asked = guideline.observables[id]
    if growing and (asked.accrues or asked.repeated):
        return True
    return bool(partition(guideline, id).possible(facts[id]) & cells)


def _differs(guideline: Guideline, id: str, cells: frozenset[int], facts: Facts, growing: bool) -> bool:
    """Whether a difference between several answers may be in the cells of a row."""
    difference = differences(guideline)[id]
    asked = {one: guideline.observables[one] for one in difference.ids}
    box = {one: known(None if growing and what.accrues else facts.get(one), what) for one, what in asked.items()}
    return bool(difference.possible(box) & cells)
