"""What of the content is otherwise: times, doses, ratings, statements with their grades, references; then words, order, ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from edgewise.graph.comparing.alignment import Alignment
from edgewise.graph.comparing.changes import Change, ChangeKind
from edgewise.graph.comparing.criteria import form
from edgewise.graph.comparing.likeness import alike
from edgewise.graph.comparing.matching import Kind, Matching
from edgewise.graph.comparing.pathways import ADDED, REMOVED, edge_name
from edgewise.graph.dosing import dose_told
from edgewise.graph.model import Component, Dose, Guideline, Rating, Reference, Statement, Step
from edgewise.graph.ratings import radiation, radiation_in_words, rated
from edgewise.graph.strength import certainty_told, strength_told
from edgewise.graph.walking.timing import window


def content_changes(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    """All changes of the content, care first."""
    for one, other in matching.pairs("step"):
        yield from _times(alignment, alignment.a.steps[one], other)
        yield from _doses(alignment.a.steps[one], alignment.b.steps[other])
    yield from _methods(alignment, matching)
    yield from _ratings(alignment, matching)
    yield from _statements(alignment, matching)
    yield from _references(alignment, matching)


def wording_changes(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    """What is otherwise in words, order and ids alone."""
    yield from _labels(alignment, matching)
    yield from _orders(alignment, matching)
    yield from _ids(matching)


# Times and doses --------------------------------------------------------------------------------------------------------


def _times(alignment: Alignment, here: Step, other: str) -> Iterator[Change]:
    there = alignment.told.steps[here.id]
    if _clock(here) != _clock(there):
        asked = {**alignment.told.observables, **alignment.a.observables}
        names = replace(alignment.a, steps={**alignment.told.steps, **alignment.a.steps}, observables=asked)
        before, after = (window(names, step) if step.timed else "" for step in (here, there))
        yield Change("care", "time", here.name, here.id, other, before, after)


def _clock(step: Step) -> list[str]:
    """Its times, each with the case in which it counts; from which step is counted matters where something is."""
    counted = any(one.key in ("notBefore", "within") for one in step.times)
    held = [one for one in step.times if counted or one.key != "after"]
    return sorted(f"{one.key} {one.value.seconds if one.value else one.step} {form(one.when) if one.when else ''}" for one in held)


def _doses(here: Step, there: Step) -> Iterator[Change]:
    others = list(there.components)
    for one in here.components:
        other = _component(one, others)
        if other is not None:
            others.remove(other)
        yield from _component_doses(here, one, other)
    for other in others:
        yield from _component_doses(here, None, other)


def _component(one: Component, others: list[Component]) -> Component | None:
    by_name = [other for other in others if alike(one.label, other.label)]
    return next((other for other in by_name if other.id == one.id), next(iter(by_name), None))


def _component_doses(here: Step, one: Component | None, other: Component | None) -> Iterator[Change]:
    given = [{_given(dose): dose_told(dose) for dose in each.doses} if each else {} for each in (one, other)]
    lost = "; ".join(told for dose, told in given[0].items() if dose not in given[1])
    won = "; ".join(told for dose, told in given[1].items() if dose not in given[0])
    ids = one.id if one else "", other.id if other else ""
    if one is None or other is None:
        where = f"{here.name}, {(one or other).label}"  # type: ignore[union-attr]  # one of them is there
        yield Change("care", "dose", where, *ids, (lost or "a part of it") if one else "", (won or "a part of it") if other else "")
    elif lost or won:
        yield Change("care", "dose", f"{here.name}, {one.label}", *ids, lost, won)


def _given(dose: Dose) -> tuple[object, ...]:
    """What of a dose is care; its label and its passages are not."""
    numbers = (dose.amount, dose.unit, dose.up_to, dose.per, dose.within, dose.most)
    return (*numbers, dose.route.casefold(), dose.frequency.casefold())


# Ratings ----------------------------------------------------------------------------------------------------------------


def _methods(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    """How images are taken."""
    for one, other in matching.pairs("modality"):
        here, there = alignment.a.modalities[one], alignment.b.modalities[other]
        for key in ("method", "contrast", "region", "radiation"):
            before, after = (getattr(each, key) for each in (here, there))
            if before != after:
                told = ("" if each is None else str(each) for each in (before, after))
                yield Change("care", "rating", f"{here.label}, {key}", one, other, *told)


def _ratings(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    a, b = alignment.a, alignment.b
    for one, other in matching.pairs("rating"):
        here, there = a.ratings[one], b.ratings[other]
        told = _rated(a, here), _rated(b, there)
        if told[0] != told[1]:
            yield Change("care", "rating", _rating_name(a, here), one, other, *told)
    for id in matching.only_a("rating"):
        yield Change("care", "rating", _rating_name(a, a.ratings[id]), id, "", _rated(a, a.ratings[id]), "")
    for id in matching.only_b("rating"):
        yield Change("care", "rating", _rating_name(b, b.ratings[id]), "", id, "", _rated(b, b.ratings[id]))


def _rated(guideline: Guideline, rating: Rating) -> str:
    level = radiation_in_words(guideline, radiation(guideline, rating))
    return f"{rated(rating)}; radiation {level}" if level else rated(rating)


def _rating_name(guideline: Guideline, rating: Rating) -> str:
    modality, situation = guideline.modalities.get(rating.modality), guideline.situations.get(rating.situation)
    return f"{modality.label if modality else rating.modality}, {situation.label if situation else rating.situation}"


# Statements -------------------------------------------------------------------------------------------------------------


def _statements(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    a, b = alignment.a, alignment.b
    for id in matching.only_a("statement"):
        yield Change("evidence", "statement", str(a.passage(id).place), id, "", a.passage(id).text, "")
    for id in matching.only_b("statement"):
        yield Change("evidence", "statement", str(b.passage(id).place), "", id, "", b.passage(id).text)
    for one, other in matching.pairs("statement"):
        yield from _statement(alignment, matching, a.passage(one), b.passage(other))


def _statement(alignment: Alignment, matching: Matching, here: Statement, there: Statement) -> Iterator[Change]:
    where, ids = str(here.place), (here.id, there.id)
    strengths = strength_told(alignment.a, here), strength_told(alignment.b, there)
    if _folded(strengths[0]) != _folded(strengths[1]):
        yield Change("care", "strength", where, *ids, *strengths)
    certainties = certainty_told(alignment.a, here), certainty_told(alignment.b, there)
    if _folded(certainties[0]) != _folded(certainties[1]):
        yield Change("evidence", "certainty", where, *ids, *certainties)
    if here.kind != there.kind:
        yield Change("evidence", "statement", f"{where}, kind", *ids, here.kind, there.kind)
    if here.fingerprint != there.fingerprint and here.fingerprint and there.fingerprint:
        yield Change("evidence", "statement", f"{where}, the article's sentence", *ids, "as it was", "another")
    figures = _figures(here), _figures(there)
    if figures[0] != figures[1]:
        yield Change(
            "evidence",
            "statement",
            f"{where}, outcomes reported",
            *ids,
            *("; ".join(sorted(one - two)) for one, two in (figures, figures[::-1])),
        )
    cited = {alignment.a.markers[one.marker].entry for one in here.citations}
    now = {matching.a_of("reference", entry) or entry for one in there.citations for entry in [alignment.b.markers[one.marker].entry]}
    if cited != now:
        told = (", ".join(sorted(filter(None, part))) or "a marker without entry" for part in (cited - now, now - cited))
        before, after = (text if part else "" for text, part in zip(told, (cited - now, now - cited), strict=True))
        yield Change("evidence", "statement", f"{where}, cites", *ids, before, after)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _figures(statement: Statement) -> frozenset[str]:
    def told(one: Any) -> str:
        figure = f"{one.operator} {one.value} {one.unit}" if one.value is not None else one.result
        frame = (one.measure, figure, one.population, one.technique, one.comparator, one.follow_up, f"n = {one.n}" if one.n else "")
        return ", ".join(filter(None, frame))

    return frozenset(map(told, statement.outcomes))


# References -------------------------------------------------------------------------------------------------------------


def _references(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    a, b = alignment.a.references, alignment.b.references
    for id in matching.only_a("reference"):
        yield Change("evidence", "reference", a[id].title, id, "", _number(a[id]), REMOVED)
    for id in matching.only_b("reference"):
        yield Change("evidence", "reference", b[id].title, "", id, "", f"{_number(b[id])}, {ADDED}")
    for one, other in matching.pairs("reference"):
        yield from _reference(a[one], b[other])


def _reference(here: Reference, there: Reference) -> Iterator[Change]:
    ids = here.id, there.id
    if here.position != there.position:
        yield Change("evidence", "reference", f"{here.title}, renumbered", *ids, _number(here), _number(there))
    for key in ("title", "year", "container", "author", "tier", "printed_kind", "own_publisher"):
        before, after = getattr(here, key), getattr(there, key)
        if before != after:
            yield Change("evidence", "reference", f"{here.title}, {key.replace('_', ' ')}", *ids, str(before), str(after))
    known = ({f"{one.scheme} {one.value}" for one in each.identifiers} for each in (here, there))
    before, after = known
    if before != after:
        yield Change(
            "evidence",
            "reference",
            f"{here.title}, identifiers",
            *ids,
            ", ".join(sorted(before - after)),
            ", ".join(sorted(after - before)),
        )


def _number(reference: Reference) -> str:
    return f"[{reference.position}]"


# Words, order, ids ------------------------------------------------------------------------------------------------------

_TEXTS: tuple[tuple[Kind, Callable[[Guideline], Mapping[str, Any]], tuple[str, ...]], ...] = (
    ("step", lambda one: one.steps, ("label", "short_label", "summary")),
    ("observable", lambda one: one.observables, ("label", "question", "help")),
    ("edge", lambda one: one.transitions, ("label", "note")),
    ("statement", lambda one: {**one.statements, **one.headings}, ("text",)),
    ("situation", lambda one: one.situations, ("label", "summary")),
    ("modality", lambda one: one.modalities, ("label",)),
)


def _labels(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    a, b = alignment.a, alignment.b
    for key in ("title", "question", "updated", "review_status", "publisher", "audience", "purpose"):
        before, after = getattr(a, key), getattr(b, key)
        if before != after:
            yield Change("wording", "label", key.replace("_", " ").capitalize(), a.id, b.id, before, after)
    for kind, held, keys in _TEXTS:
        for one, other in matching.pairs(kind):
            here, there = held(a)[one], held(b)[other]
            for key in keys:
                before, after = getattr(here, key), getattr(there, key)
                if before != after:
                    yield Change("wording", "label", f"{_called(a, kind, here)}, {key.replace('_', ' ')}", one, other, before, after)


def _called(guideline: Guideline, kind: Kind, thing: Any) -> str:
    if kind == "edge":
        return edge_name(guideline, thing)
    return str(thing.place) if kind == "statement" else str(thing.label)


def _orders(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    """Kinds of things that stand in another order."""
    for kind, held, _ in (*_TEXTS, ("rating", lambda one: one.ratings, ()), ("reference", lambda one: one.references, ())):
        pairs = dict(matching.pairs(kind))
        here = [id for id in held(alignment.a) if id in pairs]
        there = [matching.a_of(kind, id) for id in held(alignment.b) if matching.a_of(kind, id) in pairs]
        if here != there:
            yield _about_all(kind, "order", "as they were", "in another order")


def _ids(matching: Matching) -> Iterator[Change]:
    for one in matching.matches:
        if one.a and one.b and one.a != one.b:
            yield Change("wording", "id", one.kind, one.a, one.b, one.a, one.b)


def _about_all(kind: str, what: ChangeKind, before: str, after: str) -> Change:
    return Change("wording", what, f"{kind.capitalize()}s", "", "", before, after)
