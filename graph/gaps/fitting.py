"""Which of the gaps concern one patient: those that the facts are in, or may still come into."""

from __future__ import annotations

from edgewise.graph.answers.partition import partition
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
    return any(all(_within(guideline, id, cells, facts, growing) for id, cells in one.items() if id in facts) for one in row.everywhere)


def _within(guideline: Guideline, id: str, cells: frozenset[int], facts: Facts, growing: bool) -> bool:
    asked = guideline.observables[id]
    if growing and (asked.accrues or asked.repeated):
        return True
    return bool(partition(guideline, id).possible(facts[id]) & cells)
