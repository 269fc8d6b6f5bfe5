"""Which of the rules that match counts: a table's hit policy as what each rule asks beyond its own condition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edgewise.graph.importing.dmn.criteria import ALWAYS, NEVER, Criterion, all_of, any_of, comparisons, negation
from edgewise.graph.importing.dmn.regions import Regions

TOGETHER = ("COLLECT", "RULE ORDER", "OUTPUT ORDER")
ONE_EACH = ("UNIQUE", "ANY")
POLICIES = (*ONE_EACH, "FIRST", "PRIORITY", *TOGETHER)
_SHORT = {"U": "UNIQUE", "A": "ANY", "F": "FIRST", "P": "PRIORITY", "C": "COLLECT", "R": "RULE ORDER", "O": "OUTPUT ORDER"}


def spelt_out(policy: str) -> str:
    """The policy's whole name; empty where there is none of this name.

    >>> spelt_out("F"), spelt_out("RULE ORDER"), spelt_out("LAST")
    ('FIRST', 'RULE ORDER', '')
    """
    whole = _SHORT.get(policy, policy)
    return whole if whole in POLICIES else ""


@dataclass(frozen=True, slots=True)
class Matched:
    """A rule as far as its own condition goes.

    Attributes:
        number: its place in the table, from 1.
        label: its condition as the file has it.
        own: its condition.
        rank: of its outputs, the first before all others; the same for all where they have no order.
    """

    number: int
    label: str
    own: Criterion
    rank: tuple[int, ...] = ()


class TooMany(Exception):
    """What the rules shut out of one another would take more comparisons than a guideline holds."""


def conditions(rules: Sequence[Matched], policy: str, regions: Regions, never: Criterion | None, most: int) -> list[Criterion]:
    """When each rule counts.

    Args:
        rules: of one table, in its order.
        policy: ``FIRST``: where no rule before it matches; ``PRIORITY``: where none of a higher rank does; else wherever it matches.
        regions: over their conditions.
        never: a criterion that nobody meets, for a rule that another shuts out whatever the answers are.
        most: comparisons that may be needed.

    Raises:
        TooMany: they need more.
    """
    if policy not in ("FIRST", "PRIORITY"):
        return [rule.own for rule in rules]
    found, left = [], most
    for rank, rule in enumerate(rules):
        before = rules[:rank] if policy == "FIRST" else [other for other in rules if other.rank < rule.rank]
        shut = [other for other in before if other.own != NEVER and not regions.apart(rule.own, other.own)]
        left -= sum(1 for other in shut for _ in comparisons(other.own))
        if left < 0:
            raise TooMany
        found.append(_without(rule, shut, regions, never))
    return found


def otherwise(rules: Iterable[Matched]) -> Criterion:
    """Where no rule matches."""
    return negation(any_of(rule.own for rule in rules))


def _without(rule: Matched, shut: Sequence[Matched], regions: Regions, never: Criterion | None) -> Criterion:
    """A rule's condition, and that none of some others holds; of each is said what the rule does not ask for itself anyway."""
    if not shut:
        return rule.own
    if (always := next((other for other in shut if other.own == ALWAYS), None)) is not None:
        if never is None:
            return NEVER
        return all_of([rule.own, {"label": _cut(f"not rule {always.number}: {always.label}"), **never}])
    held = any_of(regions.beyond(rule.own, other.own) for other in shut)
    named = (
        f"not rule {shut[0].number}: {shut[0].label}" if len(shut) == 1 else f"none of the rules {', '.join(str(o.number) for o in shut)}"
    )
    return all_of([rule.own, {"label": _cut(named), "not": held}])


def _cut(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
