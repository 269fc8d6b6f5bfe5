"""Family M: statements and edges that nothing is cited for."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed, many
from edgewise.citations.evidence.support import evidence
from edgewise.graph.dosing import all_doses, dose_told
from edgewise.ontology.terms import EW


def uncited_statement(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    for statement in guideline.statements.values():
        if not statement.citations:
            edges = tuple(
                id for id in guideline.transitions if any(one.statement.id == statement.id for one in evidence(guideline, id).supports)
            )
            carries = f"; {many(len(edges), 'edge')} {'names' if len(edges) == 1 else 'name'} it: {listed(edges)}" if edges else ""
            message = f"the statement {statement.id} ({statement.place}) bears no marker{carries}"
            yield Fault(message=message, subject=statement.id, related=edges)


def uncited_edge(subject: Audited) -> Iterator[Fault]:
    """Edges said to be the source's that name no statement at all; those whose statements cite nothing are the statements' fault."""
    guideline = subject.guideline
    for transition in guideline.transitions.values():
        behind = evidence(guideline, transition.id)
        if transition.stated_by == "source" and all(one.statement.kind == "heading" for one in behind.supports):
            only = "only a heading stands behind it" if behind.supports else "no statement stands behind it"
            message = f"the edge from {transition.source} to {transition.target} is said to be the source's, but {only}"
            yield Fault(
                message=message, subject=transition.id, predicate=EW.justifiedBy, related=tuple(one.statement.id for one in behind.supports)
            )


def uncited_dose(subject: Audited) -> Iterator[Fault]:
    """Doses that no passage states; what the modeller read out of passages names these."""
    for step, component, dose in all_doses(subject.guideline):
        if not dose.based_on:
            message = f"the dose of '{component.label}' in {step.name}, {dose_told(dose)}, has no passage: it is told as the modeller's"
            yield Fault(message=message, subject=dose.id, predicate=EW.amount, related=(step.id,))


RULES = (
    Rule(
        id="M110", name="uncited-statement", severity="warning", check=uncited_statement,
        why="A claim without a marker cannot be checked against anything.",
        fix="Add the markers printed behind the sentence, or, if there are none, say in a note that the article cites nothing.",
    ),
    Rule(
        id="M111", name="uncited-edge", severity="error", check=uncited_edge,
        why="An edge is advice on what to do next; with no statement behind it, it is advice that nobody is known to have given.",
        fix="Name the statements in 'justifiedBy', or write 'statedBy: modeller' and say in 'note' what was inferred.",
    ),
    Rule(
        id="M112", name="uncited-dose", severity="warning", check=uncited_dose,
        why="A dose is the most dangerous number of a guideline; one that no passage states is nobody's but the modeller's.",
        fix="Name the passages that state it in 'basedOn', or leave the dose out.",
    ),
)  # fmt: skip
