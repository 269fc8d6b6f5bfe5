"""What is otherwise deep inside things that are matched: words and ids of what is nested in them, and whose word it is.

What a thing holds is taken as a heap of values by their names, so that order never counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from edgewise.graph.comparing.alignment import Alignment
from edgewise.graph.comparing.changes import Change, Weight
from edgewise.graph.comparing.matching import Kind, Matching
from edgewise.graph.comparing.pathways import edge_name
from edgewise.graph.model import Guideline

_WORDS = frozenset(("label", "note", "reason", "name", "help", "meaning"))
_WHOSE = frozenset(("based_on", "stated_by", "inferred", "described_by", "timed_by", "molar_mass_from", "final_by", "statement"))
_IDLE = _WORDS | {"order", "phase", "id", "short label", "summary", "text", "question"}
_BESIDE = (
    "phases",
    "notes",
    "glossary",
    "gradings",
    "radiation_scheme",
    "radiation_levels",
    "severities",
    "waivers",
    "review_stages",
    "disclaimer",
)


def detail_changes(alignment: Alignment, matching: Matching) -> Iterator[Change]:
    """Words, ids and passages of what is nested; and what stands beside the pathway: notes, terms, settings."""
    for kind, one, other in _things(alignment, matching):
        if one != other:
            yield from _detail(alignment, matching, kind, one, other)
    for name in _BESIDE:
        if getattr(alignment.a, name) != getattr(alignment.b, name):
            yield Change("wording", "label", name.replace("_", " ").capitalize(), "", "", "as it was", "otherwise")


def untold_changes(alignment: Alignment, matching: Matching, told: Collection[Change]) -> Iterator[Change]:
    """Of what is otherwise and was not told so far, in which of its parts: nothing that differs is passed over in silence."""
    known = {(one.a, one.b) for one in told}
    renamed = {one.b: one.a for one in matching.matches if one.a and one.b and one.a != one.b}
    renamed |= {id: one.id for id, one in alignment.asked.items() if one.id != id}
    for kind, one, other in _things(alignment, matching):
        if (one.id, other.id) not in known and one != other:
            here, there = _heap(one, {}), _heap(other, renamed)
            names = sorted({name.replace("_", " ") for name, _ in (*(here - there), *(there - here))}) or ["order"]
            if names == ["order"] and renamed:
                continue  # other ids, which are told elsewhere
            where = edge_name(alignment.a, one) if kind == "edge" else _called(alignment.a, kind, one)
            weight: Weight = "wording" if set(names) <= _IDLE else "evidence" if kind == "statement" else "pathway"
            yield Change(weight, "label", where, one.id, other.id, "as it was", f"otherwise in {', '.join(names)}")


def _things(alignment: Alignment, matching: Matching) -> Iterator[tuple[Kind, Any, Any]]:
    a, b = alignment.a, alignment.b
    held: tuple[tuple[Kind, Mapping[str, Any], Mapping[str, Any]], ...] = (
        ("observable", a.observables, b.observables),
        ("step", a.steps, b.steps),
        ("edge", a.transitions, b.transitions),
        ("situation", a.situations, b.situations),
        ("modality", a.modalities, b.modalities),
        ("rating", a.ratings, b.ratings),
        ("statement", {**a.headings, **a.statements}, {**b.headings, **b.statements}),
    )
    for kind, here, there in held:
        yield from ((kind, here[one], there[other]) for one, other in matching.pairs(kind))


def _detail(alignment: Alignment, matching: Matching, kind: Kind, one: Any, other: Any) -> Iterator[Change]:
    here, there = _heap(one, {}), _heap(other, {b: a for a, b in matching.pairs("statement")})
    lost, won = here - there, there - here
    names = {name for name, _ in (*lost, *won)}
    where = edge_name(alignment.a, one) if kind == "edge" else _called(alignment.a, kind, one)
    told = (_values(lost, names & _WORDS), _values(won, names & _WORDS))
    if names & _WORDS and told[0] != told[1]:
        yield Change("wording", "label", f"{where}, words within", one.id, other.id, *told)
    if names & _WHOSE:
        before, after = (_values(part, names & _WHOSE) for part in (lost, won))
        yield Change("evidence", "justification", f"{where}, what it rests on", one.id, other.id, before, after)
    if "id" in names and not names - {"id"}:
        yield Change("wording", "id", f"{where}, what is nested in it", one.id, other.id, *(_values(part, {"id"}) for part in (lost, won)))


def _heap(thing: Any, renamed: Mapping[str, str], within: str = "") -> Counter[tuple[str, str]]:
    """Every value within a thing, by the name under which it stands; its own words and id apart, which are told elsewhere."""
    found: Counter[tuple[str, str]] = Counter()
    if is_dataclass(thing):
        for field in fields(thing):
            if within or field.name not in ("id", "label", "note", "help"):
                found += _heap(getattr(thing, field.name), renamed, field.name)
    elif isinstance(thing, tuple):
        for each in thing:
            found += _heap(each, renamed, within)
    elif isinstance(thing, str | Decimal | int | None) and thing not in (None, ""):
        found[within, renamed.get(str(thing), str(thing))] += 1
    return found


def _values(heap: Counter[tuple[str, str]], names: frozenset[str] | set[str]) -> str:
    return "; ".join(sorted({value for name, value in heap if name in names}))


def _called(guideline: Guideline, kind: Kind, thing: Any) -> str:
    if kind == "rating":
        modality = guideline.modalities.get(thing.modality)
        return modality.label if modality else str(thing.id)
    return str(thing.place) if kind == "statement" else str(thing.label)
