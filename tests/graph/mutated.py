"""Guidelines changed at one place by chance: changes of care, and changes that nobody is treated otherwise by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from edgewise.graph.comparing.alignment import Alignment, align
from edgewise.graph.comparing.matching import match
from edgewise.graph.criterion import rewritten
from edgewise.graph.model import AllOf, Alternative, AnyOf, Candidate, Comparison, Criterion, Guideline, Not, Step, Transition
from edgewise.graph.pathway import comparisons
from edgewise.graph.reading.implied import DONE, finishing

Change = Callable[[Guideline, Random], Guideline | None]
"""Makes one change; None where there is nothing to change so."""

_NAMING = "id observable source target yields companion_of after finishes paired_with about step together without takes".split()
_OTHER = {"≥": ">", ">": "≥", "≤": "<", "<": "≤"}


def _edge(guideline: Guideline, rng: Random, *, asking: bool = False) -> Transition | None:
    held = [edge for edge in guideline.transitions.values() if edge.when is not None or not asking]
    return rng.choice(held) if held else None


def _with(guideline: Guideline, *edges: Transition) -> Guideline:
    return replace(guideline, transitions={**guideline.transitions, **{edge.id: edge for edge in edges}})


def _rewrite(
    guideline: Guideline, rng: Random, fits: Callable[[Comparison], bool], change: Callable[[Comparison], Comparison]
) -> Guideline | None:
    """One comparison of one edge changed."""
    edges = [edge for edge in guideline.transitions.values() if edge.when is not None and any(map(fits, comparisons(edge.when)))]
    if not edges:
        return None
    edge = rng.choice(edges)
    wanted = rng.randrange(sum(map(fits, comparisons(edge.when))))
    seen = -1

    def one(comparison: Comparison) -> Comparison:
        nonlocal seen
        seen += fits(comparison)
        return change(comparison) if fits(comparison) and seen == wanted else comparison

    return _with(guideline, replace(edge, when=rewritten(edge.when, one)))


def move_a_bound(guideline: Guideline, rng: Random) -> Guideline | None:
    by = Decimal(rng.choice(["-2", "-1", "1", "2", "0.5"]))

    def change(one: Comparison) -> Comparison:
        at = rng.randrange(len(one.bounds))
        return replace(
            one, bounds=tuple((sign, value + by) if place == at else (sign, value) for place, (sign, value) in enumerate(one.bounds))
        )

    return _rewrite(guideline, rng, lambda one: bool(one.bounds), change)


def turn_a_sign(guideline: Guideline, rng: Random) -> Guideline | None:
    def change(one: Comparison) -> Comparison:
        return replace(one, bounds=tuple((_OTHER[sign], value) for sign, value in one.bounds))

    return _rewrite(guideline, rng, lambda one: bool(one.bounds), change)


def turn_an_answer(guideline: Guideline, rng: Random) -> Guideline | None:
    def change(one: Comparison) -> Comparison:
        return replace(one, answer={"yes": "no", "no": "yes"}[one.answer])

    return _rewrite(guideline, rng, lambda one: bool(one.answer), change)


def ask_for_more_values(guideline: Guideline, rng: Random) -> Guideline | None:
    def counts(one: Comparison) -> bool:
        return guideline.observables[one.observable].repeated and not one.statistic

    return _rewrite(guideline, rng, counts, lambda one: replace(one, times=one.times % 3 + 1))


def take_an_edge_away(guideline: Guideline, rng: Random) -> Guideline | None:
    edge = _edge(guideline, rng)
    return edge and replace(guideline, transitions={id: one for id, one in guideline.transitions.items() if id != edge.id})


def lead_an_edge_elsewhere(guideline: Guideline, rng: Random) -> Guideline | None:
    edge, ends = _edge(guideline, rng), [id for id, step in guideline.steps.items() if step.kind != "Presentation"]
    return edge and _with(guideline, replace(edge, target=rng.choice(ends)))


def drop_a_condition(guideline: Guideline, rng: Random) -> Guideline | None:
    edge = _edge(guideline, rng, asking=True)
    return edge and _with(guideline, replace(edge, when=None))


def negate_a_condition(guideline: Guideline, rng: Random) -> Guideline | None:
    edge = _edge(guideline, rng, asking=True)
    return edge and _with(guideline, replace(edge, when=Not("not", edge.when)))


def change_a_role(guideline: Guideline, rng: Random) -> Guideline | None:
    edge = _edge(guideline, rng)
    return edge and _with(guideline, replace(edge, role=rng.choice([one for one in ("route", "option", "excluded") if one != edge.role])))


def double_an_edge(guideline: Guideline, rng: Random) -> Guideline | None:
    edge, other = _edge(guideline, rng), _edge(guideline, rng, asking=True)
    return edge and other and _with(guideline, replace(edge, id="new", when=other.when))


def join_otherwise(guideline: Guideline, rng: Random) -> Guideline | None:
    held = [edge for edge in guideline.transitions.values() if isinstance(edge.when, AllOf | AnyOf)]
    if not held:
        return None
    edge = rng.choice(held)
    kind = AnyOf if isinstance(edge.when, AllOf) else AllOf
    return _with(guideline, replace(edge, when=kind(edge.when.id, edge.when.parts)))


def take_a_step_away(guideline: Guideline, rng: Random) -> Guideline | None:
    ends = [id for id, step in guideline.steps.items() if step.kind != "Presentation"]
    if not ends:
        return None
    gone = rng.choice(ends)
    steps = {id: replace(step, companion_of="" if step.companion_of == gone else step.companion_of) for id, step in guideline.steps.items()}
    edges = {id: edge for id, edge in guideline.transitions.items() if gone not in (edge.source, edge.target)}
    asked = {id: one for id, one in guideline.observables.items() if one.finishes != gone}
    left = {id: replace(one, choose=tuple(each for each in one.choose if each.step != gone)) for id, one in guideline.alternatives.items()}
    return replace(
        guideline,
        steps={id: step for id, step in steps.items() if id != gone},
        transitions=edges,
        observables=asked,
        alternatives={id: one for id, one in left.items() if len(one.choose) > 1},
    )


def find_out_otherwise(guideline: Guideline, rng: Random) -> Guideline | None:
    step = rng.choice(list(guideline.steps.values()))
    asked = [id for id, one in guideline.observables.items() if not one.finishes]
    changed = replace(step, yields=tuple(rng.sample(asked, min(len(asked), rng.randrange(3)))))
    observables = guideline.observables
    if any(one.finishes for one in observables.values()):
        steps: dict[str, Step] = {**guideline.steps, step.id: changed}
        observables = {id: one for id, one in observables.items() if not one.finishes} | finishing(steps)
        return replace(guideline, steps=steps, observables=observables)
    return replace(guideline, steps={**guideline.steps, step.id: changed})


def let_it_go_along(guideline: Guideline, rng: Random) -> Guideline | None:
    step, other = (rng.choice(list(guideline.steps.values())) for _ in range(2))
    main = "" if step.companion_of or step.id == other.id else other.id
    return replace(guideline, steps={**guideline.steps, step.id: replace(step, companion_of=main)})


def speak_of_others(guideline: Guideline, rng: Random) -> Guideline | None:
    edge = _edge(guideline, rng, asking=True)
    return edge and replace(guideline, applies_to=None if guideline.applies_to is not None else edge.when)


def let_it_accrue(guideline: Guideline, rng: Random) -> Guideline | None:
    held = [one for one in guideline.observables.values() if one.value_type in ("quantity", "count") and not one.repeated]
    if not held:
        return None
    one = rng.choice(held)
    return replace(guideline, observables={**guideline.observables, one.id: replace(one, accrues=not one.accrues)})


CHANGES: tuple[Change, ...] = (
    move_a_bound, turn_a_sign, turn_an_answer, ask_for_more_values, take_an_edge_away, lead_an_edge_elsewhere, drop_a_condition,
    negate_a_condition, change_a_role, double_an_edge, join_otherwise, take_a_step_away, find_out_otherwise, let_it_go_along,
    speak_of_others, let_it_accrue,
)  # fmt: skip


def mutant(guideline: Guideline, rng: Random, changes: int = 1, kinds: Sequence[Change] = CHANGES) -> Guideline:
    """The same guideline with some changes."""
    made = 0
    while made < changes:
        changed = rng.choice(kinds)(guideline, rng)
        if changed is not None:
            guideline, made = changed, made + 1
    return guideline


# Changes of which of several steps to choose --------------------------------------------------------------------------------


def with_a_choice(guideline: Guideline, rng: Random) -> Guideline:
    """The same guideline with one more alternative, among any of its steps, in any order, on any of the conditions it knows."""
    steps = rng.sample(list(guideline.steps), min(len(guideline.steps), rng.choice([2, 2, 3, 4])))
    choose = tuple(_candidate(guideline, step, rng) for step in steps)
    id = f"choice-{len(guideline.alternatives)}"
    return replace(guideline, alternatives={**guideline.alternatives, id: Alternative(id, id, choose)})


def _candidate(guideline: Guideline, step: str, rng: Random) -> Candidate:
    whens = [edge.when for edge in guideline.transitions.values() if edge.when is not None]
    return Candidate(f"{step}/choice", step, rank=rng.randrange(3), when=rng.choice([None, None, *whens]))


def _choose_otherwise(
    guideline: Guideline, rng: Random, change: Callable[[tuple[Candidate, ...]], tuple[Candidate, ...]]
) -> Guideline | None:
    if not guideline.alternatives:
        return None
    one = rng.choice(list(guideline.alternatives.values()))
    changed = replace(one, choose=change(one.choose))
    return replace(guideline, alternatives={**guideline.alternatives, one.id: changed}) if len(changed.choose) > 1 else None


def rank_otherwise(guideline: Guideline, rng: Random) -> Guideline | None:
    return _choose_otherwise(guideline, rng, lambda held: tuple(replace(one, rank=rng.randrange(4)) for one in held))


def prefer_in_another_case(guideline: Guideline, rng: Random) -> Guideline | None:
    def changed(held: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        at = rng.randrange(len(held))
        return tuple(replace(one, when=_candidate(guideline, one.step, rng).when) if n == at else one for n, one in enumerate(held))

    return _choose_otherwise(guideline, rng, changed)


def choose_from_fewer(guideline: Guideline, rng: Random) -> Guideline | None:
    return _choose_otherwise(guideline, rng, lambda held: tuple(rng.sample(held, len(held) - 1)))


def choose_from_more(guideline: Guideline, rng: Random) -> Guideline | None:
    def changed(held: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        others = [id for id in guideline.steps if id not in {one.step for one in held}]
        return (*held, _candidate(guideline, rng.choice(others), rng)) if others else held

    return _choose_otherwise(guideline, rng, changed)


def take_a_choice_away(guideline: Guideline, rng: Random) -> Guideline | None:
    gone = rng.choice(list(guideline.alternatives)) if guideline.alternatives else ""
    return replace(guideline, alternatives={id: one for id, one in guideline.alternatives.items() if id != gone}) if gone else None


CHOOSING: tuple[Change, ...] = (
    rank_otherwise, prefer_in_another_case, choose_from_fewer, choose_from_more, take_a_choice_away, with_a_choice,
)  # fmt: skip


# Changes that change no care ------------------------------------------------------------------------------------------------


def reordered(guideline: Guideline, rng: Random) -> Guideline:
    """The same guideline in another order: of everything that has one, and of the parts of every condition."""

    def shuffled(held):
        return dict(rng.sample(list(held.items()), len(held)))

    def turned(criterion: Criterion) -> Criterion:
        if isinstance(criterion, AllOf | AnyOf):
            return replace(criterion, parts=tuple(map(turned, rng.sample(criterion.parts, len(criterion.parts)))))
        return replace(criterion, part=turned(criterion.part)) if isinstance(criterion, Not) else criterion

    edges = {id: replace(edge, when=turned(edge.when) if edge.when is not None else None) for id, edge in guideline.transitions.items()}
    kinds = ("steps", "observables", "statements", "headings", "references", "ratings", "situations", "modalities")
    chosen = {id: replace(one, choose=tuple(rng.sample(one.choose, len(one.choose)))) for id, one in guideline.alternatives.items()}
    return replace(
        guideline,
        transitions=shuffled(edges),
        alternatives=shuffled(chosen),
        **{kind: shuffled(getattr(guideline, kind)) for kind in kinds},
    )


def renamed(guideline: Guideline) -> Guideline:
    """The same guideline with other ids of its edges, of its criteria and of all that is nested, and in other words."""
    edges = {
        f"way-{n}": replace(edge, id=f"way-{n}", label=f"{edge.label}, in other words")
        for n, edge in enumerate(guideline.transitions.values())
    }
    steps = {id: replace(step, summary=f"{step.summary} In other words.") for id, step in guideline.steps.items()}
    relabelled = {id: replace(edge, when=_other_ids(edge.when) if edge.when is not None else None) for id, edge in edges.items()}
    chosen = {f"{id}-renamed": _named_otherwise(one) for id, one in guideline.alternatives.items()}
    return replace(guideline, title=f"{guideline.title}, again", transitions=relabelled, steps=steps, alternatives=chosen)


def _named_otherwise(one: Alternative) -> Alternative:
    """An alternative with other ids and words, and other ranks in the same order."""
    choose = tuple(replace(each, id=f"{each.id}-renamed", rank=each.rank * 2, reason="In other words.") for each in one.choose)
    return replace(one, id=f"{one.id}-renamed", label=f"{one.label}, in other words", choose=choose)


def _other_ids(criterion: Criterion) -> Criterion:
    return rewritten(criterion, lambda one: replace(one, id=f"{one.id}-renamed", label=f"{one.label}." if one.label else ""))


def with_other_ids(guideline: Guideline) -> Guideline:
    """The same guideline with other ids of its steps and observables, wherever they stand."""
    ids = {id: f"{id}-x" for id in (*guideline.steps, *guideline.observables) if not id.startswith(DONE)}
    ids |= {f"{DONE}{step}": f"{DONE}{step}-x" for step in guideline.steps}

    def other(thing: Any, named: bool) -> Any:
        if isinstance(thing, str):
            return ids.get(thing, thing) if named else thing
        if isinstance(thing, dict):
            return {other(key, named): other(value, named) for key, value in thing.items()}
        if is_dataclass(thing):
            return replace(thing, **{one.name: other(getattr(thing, one.name), one.name in _NAMING) for one in fields(thing)})
        if isinstance(thing, tuple):
            return (
                type(thing)(*(other(one, named) for one in thing))
                if hasattr(thing, "_fields")
                else tuple(other(one, named) for one in thing)
            )
        return thing

    return replace(other(guideline, False), steps=other(guideline.steps, True), observables=other(guideline.observables, True))


def aligned(a: Guideline, b: Guideline) -> Alignment:
    return align(a, b, match(a, b))
