"""An entry of a reference list, for programs and for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # help needs none of it
    from edgewise.graph.model import Addition, Identifier, Reference


def reference_payload(reference: Reference) -> dict[str, Any]:
    """An entry of a reference list, with who says what.

    >>> from edgewise.graph.model import Reference
    >>> reference_payload(Reference("r1", 1, "A trial", 2006))["tier"] is None
    True
    """
    return {
        "id": reference.id,
        "position": reference.position,
        "title": reference.title,
        "container": reference.container or None,
        "author": reference.author or None,
        "year": reference.year or None,
        "printedKind": reference.printed_kind or None,
        "tier": reference.tier or None,
        "ownPublisher": reference.own_publisher,
        "identifiers": [{"scheme": one.scheme, **_detail(one)} for one in reference.identifiers],
        "additions": [{"field": one.field, **_detail(one)} for one in reference.additions],
    }


def _detail(detail: Identifier | Addition) -> dict[str, Any]:
    return {"value": detail.value, "statedBy": detail.stated_by, "confirmed": detail.confirmed}


def reference_lines(reference: Reference) -> Iterator[str]:
    """An entry of a reference list, with who says what.

    >>> from edgewise.graph.model import Reference
    >>> list(reference_lines(Reference("r1", 1, "A trial", 2006, tier="primary")))
    ['  1. A trial. 2006 (primary)']
    """
    printed = [reference.author, reference.title, reference.container, reference.dated]
    own = ", from the article's own publisher" if reference.own_publisher else ""
    yield f"  {reference.position}. {'. '.join(part for part in printed if part)} ({reference.tier or 'tier not assessed'}{own})"
    yield from (f"     {one.scheme} {one.value} ({_stated(one)})" for one in reference.identifiers)
    yield from (f"     {one.field} {one.value} ({_stated(one)})" for one in reference.additions)


def _stated(detail: Identifier | Addition) -> str:
    who = "printed in the source" if detail.stated_by == "source" else f"added by {detail.stated_by}"
    return f"{who}, {'confirmed' if detail.confirmed else 'not confirmed'}"
