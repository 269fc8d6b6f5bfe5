"""What of the pathway itself is otherwise: its conditions, questions, steps, edges, alternatives and bundles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from edgewise.graph.comparing.alignment import Alignment
from edgewise.graph.comparing.alternatives import Pair, paired, places
from edgewise.graph.comparing.changes import Change, ChangeKind, Weight
from edgewise.graph.comparing.criteria import moved, plain
from edgewise.graph.comparing.matching import Matching
from edgewise.graph.model import Alternative, Candidate, Criterion, Guideline, Observable, Step, Transition, parts_of
from edgewise.graph.pathway import comparisons
from edgewise.graph.units import named, short
from edgewise.graph.walking.sets_told import passages

ADDED, REMOVED = "added", "removed"


def pathway_changes(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    """All changes of the pathway, in its order."""
    yield from _thresholds(alignment, matching)
    yield from _questions(alignment, matching)
    yield from _steps(alignment, matching)
    yield from _edges(alignment, matching)
    yield from _choices(alignment, matching)
    yield from _bundles(alignment)


# Conditions -------------------------------------------------------------------------------------------------------------


def _thresholds(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    a, b, told = alignment.a, alignment.b, alignment.told
    yield from _moved(alignment, "pathway", "threshold", "Whom it speaks of", ("", ""), [a.applies_to], [told.applies_to])
    for one, other in matching.pairs("edge"):
        edge = a.transitions[one]
        yield from _moved(alignment, "pathway", "threshold", edge_name(a, edge), (one, other), [edge.when], [told.transitions[other].when])
    for one, other in matching.pairs("step"):
        here, there = a.steps[one], told.steps[one]
        where = f"{here.name}, contraindications"
        yield from _moved(alignment, "pathway", "threshold", where, (one, other), here.contraindications, there.contraindications)
    for one, other in matching.pairs("situation"):
        whens = [a.situations[one].when], [alignment.criterion(b.situations[other].when)]
        yield from _moved(alignment, "care", "threshold", f"{a.situations[one].label}, who is in it", (one, other), *whens)
    for one, other in matching.pairs("statement"):
        said, now = a.passage(one), b.passage(other)
        asked = [each.criterion for each in said.asserts], [alignment.criterion(each.criterion) for each in now.asserts]
        yield from _moved(alignment, "evidence", "asserted", str(said.place), (one, other), *asked)


def _moved(
    alignment: Alignment,
    weight: Weight,
    kind: ChangeKind,
    where: str,
    ids: tuple[str, str],
    before: Sequence[Criterion | None],
    after: Sequence[Criterion | None],
) -> Iterator[Change]:
    """What conditions ask otherwise; where they ask the same, joined in another way, that."""
    a, told = alignment.a, alignment.told
    found = moved(before, after, a.observables, told.observables)
    yield from (Change(weight, kind, f"{where}, {one.label}", *ids, one.before, one.after) for one in found)
    if not found and _forms(before, told, a) != _forms(after, told, a):
        yield Change(weight, kind, where, *ids, "the same conditions", "joined in another way")


def _forms(criteria: Sequence[Criterion | None], told: Guideline, a: Guideline) -> list[str]:
    known = {**told.observables, **a.observables}
    return sorted(_form(one, known) for one in criteria if one is not None)


def _form(criterion: Criterion, observables: dict[str, Observable]) -> str:
    """How a criterion is built, whatever order and words."""
    held = list(comparisons(criterion))
    if len(held) == 1 and held[0] is criterion:
        return repr(plain(held[0], observables[held[0].observable]))
    parts = sorted(_form(part, observables) for part in parts_of(criterion))
    points = repr(getattr(criterion, "points", ""))
    return f"{type(criterion).__name__}{getattr(criterion, 'bounds', '')}{points}({', '.join(parts)})"


# Questions --------------------------------------------------------------------------------------------------------------


def _questions(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    a, b = alignment.a, alignment.b
    for id in matching.only_a("observable"):
        yield Change("pathway", "question", a.observables[id].label, id, "", "asked", "")
    for id in matching.only_b("observable"):
        yield Change("pathway", "question", b.observables[id].label, "", id, "", "asked")
    for one, other in matching.pairs("observable"):
        if alignment.asked[other].like is not None:
            yield from _question(alignment, matching, a.observables[one], b.observables[other])


def _question(alignment: Alignment, matching: Matching, one: Observable, other: Observable) -> Iterator[Change]:
    answers = matching.answers(one.id)
    gone = [label for value, label in one.choices if value not in answers]
    new = [label for value, label in other.choices if value not in answers.values()]
    if gone or new:
        before, after = (" or ".join(f"“{label}”" for label in labels) for labels in (gone, new))
        yield Change("care", "question", f"{one.label}, answers that the other does not know", one.id, other.id, before, after)
    here, there = one, alignment.told.observables[one.id]
    if (here.minimum, here.maximum) != (there.minimum, there.maximum):
        yield Change("care", "question", f"{one.label}, what can be answered", one.id, other.id, _limits(here), _limits(there))
    if one.unit != other.unit:
        yield Change("wording", "question", f"{one.label}, unit", one.id, other.id, named(one.unit), named(other.unit))
    for key, words in _KEYS.items():
        if getattr(one, key) != getattr(other, key):
            told = [words if getattr(each, key) else f"not {words}" for each in (one, other)]
            yield Change("pathway", "question", one.label, one.id, other.id, *told)


_KEYS = {"accrues": "counted by going on", "amendable": "to be made good", "open_ended": "may go on beyond what is asked for"}


def _limits(one: Observable) -> str:
    low, high = ("" if limit is None else short(limit) for limit in (one.minimum, one.maximum))
    return f"{low or 'anything'} to {high or 'anything'} {named(one.unit)}".rstrip() if low or high else "any number"


# Steps and edges --------------------------------------------------------------------------------------------------------


def edge_name(guideline: Guideline, edge: Transition) -> str:
    """What an edge is called: where it leads from and to."""
    return f"{guideline.steps[edge.source].name} → {guideline.steps[edge.target].name}"


def _steps(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    a, b = alignment.a, alignment.b
    yield from (Change("pathway", "step", a.steps[id].name, id, "", _kind(a.steps[id]), REMOVED) for id in matching.only_a("step"))
    yield from (Change("pathway", "step", b.steps[id].name, "", id, "", f"{_kind(b.steps[id])}, {ADDED}") for id in matching.only_b("step"))
    for one, other in matching.pairs("step"):
        yield from _step(alignment, a.steps[one], replace(alignment.told.steps[one], id=one), other)
        modality = b.steps[other].modality
        if a.steps[one].modality != (matching.a_of("modality", modality) or modality):
            names = [each.modalities[id].label if id in each.modalities else id for each, id in ((a, a.steps[one].modality), (b, modality))]
            yield Change("care", "endpoint", f"{a.steps[one].name}, method", one, other, *names)


def _step(alignment: Alignment, here: Step, there: Step, other: str) -> Iterator[Change]:
    if _kind(here) != _kind(there):
        yield Change("care", "endpoint", here.name, here.id, other, _kind(here), _kind(there))
    if here.companion_of != there.companion_of:
        before, after = (alignment.name(one.companion_of) if one.companion_of else "by itself" for one in (here, there))
        yield Change("pathway", "step", f"{here.name}, goes along with", here.id, other, before, after)
    if set(here.yields) != set(there.yields):
        before, after = (_found_out(alignment, one) for one in (here, there))
        yield Change("pathway", "step", f"{here.name}, finds out", here.id, other, before, after)


def _kind(step: Step) -> str:
    told = f"{step.kind.lower()}{f' ({step.endpoint})' if step.endpoint else ''}"
    return f"{told}, continues in {step.continues_in}" if step.continues_in else told


def _found_out(alignment: Alignment, step: Step) -> str:
    known = {**alignment.told.observables, **alignment.a.observables}
    return " and ".join(known[id].label for id in step.yields if id in known) or "nothing"


def _edges(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    a, b = alignment.a, alignment.b
    for id in matching.only_a("edge"):
        yield Change("pathway", "edge", edge_name(a, a.transitions[id]), id, "", a.transitions[id].label, REMOVED)
    for id in matching.only_b("edge"):
        yield Change("pathway", "edge", edge_name(b, b.transitions[id]), "", id, "", f"{b.transitions[id].label}, {ADDED}")
    for one, other in matching.pairs("edge"):
        yield from _edge(alignment, a.transitions[one], b.transitions[other], matching)


def _edge(alignment: Alignment, here: Transition, there: Transition, matching: Matching) -> Iterator[Change]:
    where = edge_name(alignment.a, here)
    ends = [(one.source, one.target) for one in (here, alignment.told.transitions[there.id])]
    if ends[0] != ends[1]:
        yield Change("pathway", "edge", where, here.id, there.id, *(" → ".join(map(alignment.name, pair)) for pair in ends))
    if here.role != there.role:
        yield Change("pathway", "edge", where, here.id, there.id, here.role, there.role)
    if here.stated_by != there.stated_by:
        yield Change("evidence", "justification", f"{where}, stated by", here.id, there.id, here.stated_by, there.stated_by)
    if rests := _rests(matching, here.justified_by, there.justified_by):
        yield Change("evidence", "justification", where, here.id, there.id, *rests)


def _rests(matching: Matching, here: Collection[str], there: Collection[str]) -> tuple[str, str] | None:
    """On which passages something rests in one of the two alone; None where it rests on the same."""
    before, after = set(here), {matching.a_of("statement", id) or f"{id} (new)" for id in there}
    return (", ".join(sorted(before - after)), ", ".join(sorted(after - before))) if before != after else None


# Alternatives and bundles -----------------------------------------------------------------------------------------------


def _choices(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    """Alternatives by the steps to choose from: what one is chosen of, and in which order; whom it touches the groups of patients say."""
    for pair in paired(alignment):
        told = [_preference(alignment, each) if each else "" for each in (pair.a, pair.b)]
        if told[0] == told[1] and pair.moved:
            told[1] = "with conditions joined in another way"
        if told[0] != told[1]:
            yield Change("pathway" if pair.moved else "wording", "choice", pair.label, *pair.ids, *told)
        if pair.a and pair.b:
            yield from _words_of_choice(matching, pair.a, pair.b)


def _words_of_choice(matching: Matching, here: Alternative, there: Alternative) -> Iterator[Change]:
    """What alternatives are called and why one is preferred, and what that rests on."""
    said = [dict.fromkeys(filter(None, (one.label, one.summary, *sorted(each.reason for each in one.choose)))) for one in (here, there)]
    told = ["; ".join(words for words in one if words not in other) for one, other in (said, said[::-1])]
    if any(told):
        yield Change("wording", "label", f"{here.label}, words within", here.id, there.id, *told)
    if rests := _rests(matching, passages(here), passages(there)):
        yield Change("evidence", "justification", f"{here.label}, what it rests on", here.id, there.id, *rests)


def _preference(alignment: Alignment, alternative: Alternative) -> str:
    known = {**alignment.told.observables, **alignment.a.observables}
    ordered = sorted(alternative.choose, key=lambda one: (one.rank or 1000, alignment.name(one.step)))
    return "; ".join(
        f"{f'{one.rank}. ' if one.rank else ''}{alignment.name(one.step)}{f' (first where {_asked(one.when, known)})' if one.when else ''}"
        for one in ordered
    )


def places_told(alignment: Alignment, pair: Pair) -> Iterator[tuple[str, str, str]]:
    """The steps that stand elsewhere in an alternative, each with its place in the first guideline and in the second, in words."""
    held = [_places(alignment, one) for one in (pair.a, pair.b)]
    for step in pair.moved:
        before, after = (one.get(step, "no alternative") for one in held)
        yield step, before, after if before != after else "with conditions joined in another way"


def _places(alignment: Alignment, alternative: Alternative | None) -> dict[str, str]:
    """By step, where it stands in the order, whatever numbers the ranks are, and in which case it goes first."""
    numbers = {step: number for step, (number, _) in places(alternative).items()}
    return {one.step: _place(alignment, one, numbers[one.step]) for one in (alternative.choose if alternative else ())}


def _place(alignment: Alignment, one: Candidate, number: int) -> str:
    known = {**alignment.told.observables, **alignment.a.observables}
    first = f"first where {_asked(one.when, known)}" if one.when else ""
    return "; ".join(filter(None, (f"number {number}" if number else "", first))) or "no preference"


def _asked(when: Criterion, observables: dict[str, Observable]) -> str:
    return "; ".join(sorted(one.text.split(" → ")[0] for one in moved([when], [], observables)))


def _bundles(alignment: Alignment) -> Iterator[Change]:
    here, there = ({frozenset(one.together): one for one in each.bundles.values()} for each in (alignment.a, alignment.told))
    for steps in dict.fromkeys((*here, *there)):
        if (steps in here) != (steps in there):
            one = here.get(steps) or there[steps]
            told = " and ".join(alignment.name(id) for id in one.together)
            gone = steps in here
            yield Change("care", "bundle", one.label, one.id if gone else "", "" if gone else one.id, *((told, "") if gone else ("", told)))
