"""Bundles and alternatives as JSON, of a guideline and of one walk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # help needs none of it
    from edgewise.graph.model import Alternative, Bundle, Candidate, Guideline
    from edgewise.graph.walking.sets import Choosing, Gathered
    from edgewise.graph.walking.walk import Walk


def sets_payload(guideline: Guideline, walk: Walk) -> dict[str, Any]:
    """The bundles and alternatives to which a walk has come; nothing where there are none.

    Of a bundle ``comeTo`` are the steps to which the facts lead, of an alternative ``offered``, preferred ones first; ``preferred`` is
    empty where nothing is said of which to prefer, ``aside`` says for each step that is no longer due what is chosen instead.
    """
    bundles = [_gathered(one) for one in walk.bundles]
    alternatives = [_choosing(guideline, one) for one in walk.alternatives]
    return {name: found for name, found in (("bundles", bundles), ("alternatives", alternatives)) if found}


def _gathered(one: Gathered) -> dict[str, Any]:
    return bundle_data(one.bundle) | {"comeTo": list(one.come_to), "due": list(one.due)}


def _choosing(guideline: Guideline, one: Choosing) -> dict[str, Any]:
    return alternative_data(one.alternative) | {
        "offered": [{"step": each.step, "told": one.told(guideline, each.step)} for each in one.offered],
        "due": list(one.due),
        "done": list(one.done),
        "preferred": list(one.preferred),
        "aside": dict(one.aside),
        "ask": list(one.ask),
    }


def bundle_data(one: Bundle) -> dict[str, Any]:
    """A bundle, whoever the patient is."""
    return {
        "id": one.id,
        "label": one.label,
        "together": list(one.together),
        "summary": one.summary,
        "statedBy": one.stated_by,
        "basedOn": list(one.based_on),
    }


def alternative_data(one: Alternative) -> dict[str, Any]:
    """An alternative, whoever the patient is."""
    return {
        "id": one.id,
        "label": one.label,
        "summary": one.summary,
        "preferenceStated": one.preference,
        "statedBy": one.stated_by,
        "basedOn": list(one.based_on),
        "choose": [_candidate(each) for each in one.choose],
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    from edgewise.graph.pathway import comparisons

    asks = list(dict.fromkeys(id for part in comparisons(one.when) for id in part.looks_at)) if one.when else []
    rank = {"rank": one.rank} if one.rank else {}
    return {"step": one.step, **rank, "reason": one.reason, "asks": asks, "statedBy": one.stated_by, "basedOn": list(one.based_on)}


def listed_sets(guideline: Guideline) -> Iterator[str]:
    """Bundles and alternatives of a guideline, a line each; nothing where it has none."""
    from edgewise.graph.walking.sets_told import named, own_label, preference

    yield from ("", "Begun together") if guideline.bundles else ()
    for bundle in guideline.bundles.values():
        yield f"  {bundle.id}: {own_label(bundle)} ({', '.join(bundle.together)})"
    yield from ("", "One of several") if guideline.alternatives else ()
    for alternative in guideline.alternatives.values():
        yield f"  {alternative.id}: {own_label(alternative)}"
        for one in alternative.choose:
            yield f"    {one.step}: {named(guideline, [one.step])}, {preference(guideline, alternative, one)}"
