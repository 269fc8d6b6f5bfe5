"""Proof that the audit sees what it should: every operator changes a guideline, and exactly its rule must answer.

    python benchmarks/mutants.py        a table; exit code 1 if a mutant survives

A mutant is killed if the rule it is made for reports as many new findings as the operator says, or, where the fault joins one that
was reported already, as many changed ones; and every other rule reports what it reported before, about the same things (but for
what the change took away).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.drafts import GUIDELINES, Draft, NotApplicable, draft
from benchmarks.operators import OPERATORS, Operator
from edgewise.citations.audit.engine import audit
from edgewise.citations.audit.rules import find_rule
from edgewise.ontology.findings import Finding


@dataclass(frozen=True)
class Outcome:
    """How one mutant fared; `verdict` is ``killed``, ``not applicable``, or why it survived."""

    operator: str
    guideline: str
    rule: str
    verdict: str

    @property
    def survived(self) -> bool:
        return self.verdict not in ("killed", "not applicable")


def run(operator: Operator, name: str) -> Outcome:
    """Make one mutant and audit it."""
    mutant = draft(name)
    if "article" in operator.given and not mutant.article:
        return Outcome(operator.name, name, operator.rule, "not applicable")
    try:
        operator.change(mutant)
    except NotApplicable:
        return Outcome(operator.name, name, operator.rule, "not applicable")
    return Outcome(operator.name, name, operator.rule, _verdict(operator, mutant, audit(mutant.audited(operator.given))))


def _verdict(operator: Operator, mutant: Draft, after: Iterable[Finding]) -> str:
    before = _before(mutant.name, operator.given)
    after = tuple(after)
    own = [one for one in after if one.rule == operator.rule]
    new = [one for one in own if _about(one) not in set(map(_about, before))] or [
        one for one in own if one.message not in {other.message for other in before}
    ]
    if len(new) != operator.findings:
        seen = sorted({one.rule for one in after} - {one.rule for one in before}) or "nothing"
        return f"{operator.rule} has {len(new)} new findings instead of {operator.findings}; other rules that answer: {seen}"
    answering = {operator.rule, *operator.also}
    rest = _counted(before, answering, mutant), _counted(after, answering, mutant)
    if rest[0] != rest[1]:
        return f"other rules changed: lost {sorted(rest[0] - rest[1])}, new {sorted(rest[1] - rest[0])}"
    return "killed"


def _about(finding: Finding) -> tuple[str, str, tuple[str, ...]]:
    return finding.rule, finding.subject, tuple(sorted(finding.related))


def _counted(findings: Iterable[Finding], but: set[str], mutant: Draft) -> Counter[tuple[str, tuple[str, ...]]]:
    """What the other rules report, by rule and by what each finding is about."""
    gone = {f"{mutant.base.iri}/{id}" for id in mutant.removed}
    # A change of a condition also changes what is left open: family G is a view on the whole, not another rule's answer to the same fault.
    others = [one for one in findings if one.rule not in but and find_rule(one.rule).family != "gaps"]
    about = [(one.rule, tuple(sorted({one.subject, *one.related} - gone))) for one in others]
    return Counter(about)


@cache
def _before(name: str, given: frozenset[str]) -> tuple[Finding, ...]:
    return audit(draft(name).audited(given))


def outcomes() -> list[Outcome]:
    """All operators on all guidelines."""
    return [run(operator, name) for operator in OPERATORS for name in GUIDELINES]


def main() -> int:
    """Print the table."""
    found = outcomes()
    for one in found:
        print(f"{one.rule}  {one.guideline:22} {one.operator:50} {one.verdict}")
    made = [one for one in found if one.verdict != "not applicable"]
    killed = sum(not one.survived for one in made)
    rules = len({one.rule for one in OPERATORS})
    print(f"\n{len(OPERATORS)} operators for {rules} rules, {len(made)} mutants, {killed} killed: {killed / len(made):.1%}")
    return 0 if killed == len(made) else 1


if __name__ == "__main__":
    raise SystemExit(main())
