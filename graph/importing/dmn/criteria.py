"""Criteria in the keys of docs/model.md, joined so that what is always or never so does not clutter them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Criterion = dict[str, Any]
ALWAYS: Criterion = {"all": []}
NEVER: Criterion = {"any": []}


def all_of(parts: Iterable[Criterion]) -> Criterion:
    """Where all of these hold.

    >>> all_of([{"observable": "a", "is": "yes"}, ALWAYS])
    {'observable': 'a', 'is': 'yes'}
    """
    flat: list[Criterion] = []
    for part in parts:
        flat += part["all"] if set(part) == {"all"} else [part]
    if NEVER in flat:
        return NEVER
    return flat[0] if len(flat) == 1 else {"all": _once(flat)}


def any_of(parts: Iterable[Criterion]) -> Criterion:
    """Where one of these holds; several answers to one choice become one."""
    flat: list[Criterion] = []
    for part in parts:
        flat += part["any"] if set(part) == {"any"} else [part]
    flat = _joined(_once(flat))
    if ALWAYS in flat:
        return ALWAYS
    return flat[0] if len(flat) == 1 else {"any": flat}


def negation(part: Criterion) -> Criterion:
    """Where this does not hold.

    >>> negation({"observable": "a", "is": "yes"}), negation(NEVER) == ALWAYS
    ({'observable': 'a', 'is': 'no'}, True)
    """
    if part == ALWAYS:
        return NEVER
    if part == NEVER:
        return ALWAYS
    if set(part) == {"not"}:
        return dict(part["not"])
    if set(part) == {"observable", "is"}:
        return {**part, "is": "no" if part["is"] == "yes" else "yes"}
    return {"not": part}


def parts_of(criterion: Criterion) -> list[Criterion]:
    """What a criterion is made of, directly; of a comparison nothing."""
    if "not" in criterion:
        return [criterion["not"]]
    return [*criterion.get("all", ()), *criterion.get("any", ())]


def comparisons(criterion: Criterion) -> Iterator[Criterion]:
    """The comparisons within a criterion."""
    waiting = [criterion]
    while waiting:
        one = waiting.pop()
        if "observable" in one:
            yield one
        waiting += reversed(parts_of(one))


def holding(criterion: Criterion) -> list[Criterion]:
    """Those parts of a criterion that have to hold together."""
    return list(criterion["all"]) if "all" in criterion else [criterion]


def _once(parts: list[Criterion]) -> list[Criterion]:
    return [part for rank, part in enumerate(parts) if part not in parts[:rank]]


def _joined(parts: list[Criterion]) -> list[Criterion]:
    """Answers to the same choice in one comparison, where the first of them stands."""
    found: list[Criterion] = []
    choices: dict[str, Criterion] = {}
    for part in parts:
        if set(part) == {"observable", "oneOf"} and (first := choices.get(part["observable"])) is not None:
            first["oneOf"] = list(dict.fromkeys([*first["oneOf"], *part["oneOf"]]))
        elif set(part) == {"observable", "oneOf"}:
            found.append(choices.setdefault(part["observable"], {**part, "oneOf": list(part["oneOf"])}))
        else:
            found.append(part)
    return found
