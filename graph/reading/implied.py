"""What goes without saying between the pieces of a guideline, and is said once here, so that all others find it in the pieces themselves.

- A contraindication shuts a step on every road to it: each road asks that it does not hold. So does an edge that is not to be taken when
  something holds. A road that is stated for that very case stays open: there the source disagrees with itself.
- A window of time ends where an edge beside asks for another time; else what was due in it stays due, and is late.
- A step that finds nothing out is done when somebody says so: there is a question whether it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from edgewise.graph.bands import is_timed
from edgewise.graph.criterion import conjuncts, rewritten, tested
from edgewise.graph.model import AllOf, Comparison, Criterion, Not, Observable, Step, Transition
from edgewise.graph.pathway import comparisons

DONE = "done:"
"""What the id of the question whether a step is done begins with; the id of the step follows."""


def finishing(steps: Mapping[str, Step]) -> dict[str, Observable]:
    """For each step that finds nothing out, the question whether it is done, by id.

    >>> finishing({"boot": Step("boot", "Treatment", "A boot", "", "p")})["done:boot"].question
    'Has “A boot” been done?'
    """
    made = (step for step in steps.values() if step.kind in ("Investigation", "Treatment") and not step.yields)
    return {
        DONE + step.id: Observable(
            id=DONE + step.id,
            label=f"{step.name} done",
            question=f"Has “{step.name}” been done?",
            value_type="yes-no",
            finishes=step.id,
        )
        for step in made
    }


def contraindicated(steps: Mapping[str, Step], transitions: Mapping[str, Transition]) -> tuple[dict[str, Step], dict[str, Transition]]:
    """Steps with all their contraindications, and edges of which each that may be taken asks that none of its target's holds.

    >>> told = Comparison("c", "angioedema", answer="yes")
    >>> steps = {id: Step(id, "Treatment", id, "", "p") for id in ("ask", "acei")}
    >>> edges = {"yes": Transition("yes", "ask", "acei", "", "source"),
    ...          "no": Transition("no", "ask", "acei", "", "source", role="excluded", when=told)}
    >>> contraindicated(steps, edges)[1]["yes"].when == Not("yes/unless/1", told)
    True
    """
    against: dict[str, list[Criterion]] = {id: list(step.contraindications) for id, step in steps.items()}
    for edge in transitions.values():
        if edge.role == "excluded" and edge.when is not None:
            against[edge.target].append(edge.when)
    held = {id: replace(step, contraindications=tuple(against[id])) for id, step in steps.items()}
    return held, {id: _unless(edge, against[edge.target]) for id, edge in transitions.items()}


def divided(transitions: Mapping[str, Transition], observables: Mapping[str, Observable]) -> dict[str, Transition]:
    """Edges of which each knows where its window of time ends because an edge beside it asks for another time.

    >>> from decimal import Decimal
    >>> weeks = {"w": Observable("w", "Weeks", "", "quantity", unit="wk", accrues=True)}
    >>> early = Comparison("c", "w", bounds=(("≥", Decimal(4)), ("<", Decimal(20))), unit="wk")
    >>> late = Comparison("d", "w", bounds=(("≥", Decimal(20)),), unit="wk")
    >>> edges = {id: Transition(id, "a", id, "", "source", when=when) for id, when in (("b", early), ("c", late))}
    >>> divided(edges, weeks)["b"].when.ends, divided({"b": edges["b"]}, weeks)["b"].when.ends
    (True, False)
    """
    asked: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    for edge in transitions.values():
        for one in comparisons(edge.when) if edge.when else ():
            asked.setdefault((edge.source, one.observable), set()).add((one.bounds, one.unit))

    def change(edge: Transition, one: Comparison) -> Comparison:
        timed = one.observable in observables and is_timed(one, observables[one.observable])
        return replace(one, ends=True) if timed and len(asked[edge.source, one.observable]) > 1 else one

    def known(edge: Transition) -> Transition:
        return replace(edge, when=rewritten(edge.when, lambda one: change(edge, one))) if edge.when else edge

    return {id: known(edge) for id, edge in transitions.items()}


def _unless(edge: Transition, against: list[Criterion]) -> Transition:
    if edge.role == "excluded" or not against:
        return edge
    own = set(map(tested, conjuncts(edge.when)))
    despite = tuple(one.id for one in against if set(map(tested, conjuncts(one))) <= own)
    barring = [one for one in against if one.id not in despite]
    fails = tuple(Not(f"{edge.id}/unless/{rank}", one, "", one.based_on, one.stated_by) for rank, one in enumerate(barring, 1))
    return replace(edge, when=_all(edge, fails), despite=despite)


def _all(edge: Transition, fails: tuple[Criterion, ...]) -> Criterion | None:
    """What an edge asks for, and that all of `fails` hold."""
    if not fails:
        return edge.when
    if edge.when is None:
        return fails[0] if len(fails) == 1 else AllOf(f"{edge.id}/unless", fails)
    if isinstance(edge.when, AllOf) and not edge.when.label:
        return replace(edge.when, parts=(*edge.when.parts, *fails))
    return AllOf(f"{edge.id}/unless", (edge.when, *fails))
