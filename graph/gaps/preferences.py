"""Preferences by which the more general of two alternatives always goes before the more specific one.

Where both are open to everybody to whom the specific one is, and the general one is to others as well, a reader expects the specific one to
win, as it was written for just these patients. It may still be meant as a second choice: so this is a note. Equal conditions are no fault,
they are what ranks are for. Source: KIE's table analysis (``DECISION_TABLE_MISLEADING_RULE``: in a table of hit policy PRIORITY a rule that
leaves a column open goes before one that asks for more).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from edgewise.graph.answers.diagram import NEVER
from edgewise.graph.gaps.examples import Patient
from edgewise.graph.gaps.fork import Fork
from edgewise.graph.gaps.masked import named
from edgewise.graph.gaps.rows import Row
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.gaps.ways import Claim, Ways
from edgewise.graph.model import Candidate, Transition
from edgewise.graph.walking.sets import LAST
from edgewise.graph.walking.walk import Walk


def misleading(fork: Fork, unchecked: list[str]) -> Iterator[Row]:
    """A row for each edge to what always goes before alternatives to which narrower edges lead; those never go first."""
    routes = [edge for edge in fork.edges if edge.role == "route"]
    for alternative in fork.guideline.alternatives.values():
        among = {one.step: one for one in alternative.choose}
        left = [edge for edge in routes if edge.target in among]
        told: set[str] = set()
        for general in left:
            losing = [edge for edge in left if edge.id not in told and _loses(fork, edge, general, among)]
            told |= {edge.id for edge in losing}
            if losing:
                yield _row(fork, losing, general, among, unchecked)


def _loses(fork: Fork, edge: Transition, general: Transition, among: Mapping[str, Candidate]) -> bool:
    """Whether all who go along an edge go along a wider one as well, and what that leads to is preferred for each of them."""
    if edge.target == general.target or not fork.within(edge, general) or fork.within(general, edge):
        return False
    before = goes_before(fork.situations, among[general.target], among[edge.target])
    return fork.situations.diagrams.without(fork.taken[edge.id], before) == NEVER


def goes_before(situations: Situations, one: Candidate, other: Candidate) -> int:
    """Where one candidate goes before another: its condition holds and the other's does not, or neither and its rank is better."""
    holds, holds_too = fits(situations, one), fits(situations, other)
    by_rank = situations.negated(situations.either(holds, holds_too)) if (one.rank or LAST) < (other.rank or LAST) else NEVER
    return situations.either(situations.diagrams.without(holds, holds_too), by_rank)


def fits(situations: Situations, one: Candidate) -> int:
    """Where the condition of a candidate holds; nowhere if it has none."""
    return NEVER if one.when is None else situations.law.stated(one.when).truth.true


def _row(fork: Fork, losing: list[Transition], general: Transition, among: Mapping[str, Candidate], unchecked: list[str]) -> Row:
    wanted = fork.situations.either(*(fork.taken[edge.id] for edge in losing))

    def shows(_: Patient, walked: Walk) -> bool:
        first = {id for one in walked.alternatives if general.target in one.preferred for id in one.preferred}
        return any({edge.id, general.id} <= set(walked.followed) and edge.target not in first for edge in losing) and bool(first)

    names = " and ".join(dict.fromkeys(f"“{fork.ends[edge.id]}”" for edge in losing))
    comes, asks = ("comes", "asks") if len(losing) == 1 else ("come", "ask")
    first = f"{names} never {comes} first after “{fork.step.name}”"
    text = f"{first}: {named(losing)} {asks} for more than {named([general])}, and “{fork.ends[general.id]}” is preferred all the same"
    unwanted = fork.situations.diagrams.without(fork.reached, wanted)
    edges = (*losing, general)
    row = Ways(fork.situations).pair(Claim("misleading-preference", fork.step, edges, wanted, unwanted, text, shows), unchecked)
    said = dict.fromkeys((*(id for edge in edges for id in among[edge.target].based_on), *row.statements))
    return replace(row, statements=tuple(said), idle=tuple(edge.id for edge in losing))
