"""Choosing what in a guideline an operator can work on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.drafts import Draft, NotApplicable
from edgewise.citations.evidence.support import evidence


def spare(draft: Draft) -> str:
    """An entry without which every edge that rests on it keeps two others: its loss breaks nothing but itself."""
    behind = [{one.id for one in evidence(draft.base, edge).references} for edge in draft.base.transitions]
    cited = {draft.base.markers[c.marker].entry for s in draft.base.statements.values() for c in s.citations}
    for id in reversed(draft.base.references):
        if id in cited and all(len(held) > 2 for held in behind if id in held) and any(id in held for held in behind):
            return id
    raise NotApplicable


def identified(draft: Draft, scheme: str = "doi") -> tuple[dict[str, Any], dict[str, Any]]:
    """An entry that has an identifier, and the identifier."""
    reference = draft.first("references", lambda one: any(held["scheme"] == scheme for held in one.get("identifiers", [])))
    return reference, next(held for held in reference["identifiers"] if held["scheme"] == scheme)


def addition(draft: Draft, name: str) -> dict[str, Any]:
    reference = draft.first("references", lambda one: any(held["field"] == name for held in one.get("additions", [])))
    return next(held for held in reference["additions"] if held["field"] == name)


def marker_of(draft: Draft, entry: str) -> dict[str, Any]:
    return draft.first("markers", lambda one: one.get("entry") == entry)


def assertion(draft: Draft, fits: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """An assertion on a topic that several passages speak of."""
    held = [one for part in ("headings", "statements") for thing in draft.all(part) for one in thing.get("asserts", [])]
    for one in held:
        topic = (one["about"], one.get("observable"))
        if fits(one) and sum((other["about"], other.get("observable")) == topic for other in held) > 1:
            return one
    raise NotApplicable


def frame(draft: Draft, fits: Callable[[dict[str, Any]], Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    for statement in draft.all("statements"):
        for one in statement.get("outcomes", []):
            if fits(one):
                return statement, one
    raise NotApplicable


def own_edge(draft: Draft) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """An edge of the source that rests on several entries, with its statements, each entry being cited elsewhere too."""
    for edge in draft.all("transitions"):
        if edge["statedBy"] != "source":
            continue
        passages = {one.statement.id for one in evidence(draft.base, edge["id"]).supports}
        others = [t.id for t in draft.base.transitions.values() if t.stated_by == "source" and t.id != edge["id"]]
        shared = {one.statement.id for other in others for one in evidence(draft.base, other).supports}
        inside = {c.marker for id in passages & set(draft.base.statements) for c in draft.base.statements[id].citations}
        outside = {c.marker for s in draft.base.statements.values() if s.id not in passages for c in s.citations}
        if len(inside) > 2 and inside <= outside and not passages & shared:
            return edge, [draft.one("statements", id) for id in sorted(passages & set(draft.base.statements))]
    raise NotApplicable
