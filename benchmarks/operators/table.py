"""The table of operators: what each changes, and the one rule that has to see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.drafts import Draft

Change = Callable[[Draft], None]


@dataclass(frozen=True)
class Operator:
    """A change, the rule that must report it, what that rule is given, how often it reports, and which rules answer beside it."""

    name: str
    rule: str
    change: Change
    given: frozenset[str]
    findings: int
    also: frozenset[str] = frozenset()


OPERATORS: list[Operator] = []


def operator(rule: str, *given: str, findings: int = 1, also: tuple[str, ...] = ()) -> Callable[[Change], Change]:
    """Add a function to the table; its name with spaces is the operator's."""

    def add(change: Change) -> Change:
        OPERATORS.append(Operator(change.__name__.replace("_", " "), rule, change, frozenset(given), findings, frozenset(also)))
        return change

    return add
