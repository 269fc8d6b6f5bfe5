"""Groups of findings that a guideline gives a name, by which a row tells its situation instead of finding by finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edgewise.graph.answers.grouped import Group
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.model import AnyOf, CountOf, Criterion, Scored, parts_of

_SEVERAL = (AnyOf, CountOf, Scored)  # of which any item may do


def groups(situations: Situations) -> list[Group]:
    """Counts, any-ofs and scores that have a name; of those that are the same everywhere, the first.

    A count that is all an edge asks for goes by what the edge is called.
    """
    found: dict[tuple[int, int], Group] = {}
    for name, criterion in _named(situations):
        truth = situations.law.holds(criterion)
        taken = {one.name for one in found.values()}
        if (truth.true, truth.false) not in found and name not in taken:
            found[truth.true, truth.false] = Group(name, truth.true, truth.false)
    return list(found.values())


def groups_told(held: Mapping[str, bool]) -> list[str]:
    """``“all eight negative”: no``."""
    return [f"“{name}”: {'yes' if truth else 'no'}" for name, truth in held.items()]


def _named(situations: Situations) -> Iterator[tuple[str, Criterion]]:
    edges = [edge for edge in situations.pathway.edges() if edge.when is not None]
    for edge in edges:
        if edge.when is not None:
            yield from _labelled(edge.when)
    yield from ((edge.label, edge.when) for edge in edges if isinstance(edge.when, CountOf) and not edge.when.label and edge.label)


def _labelled(criterion: Criterion) -> Iterator[tuple[str, Criterion]]:
    if isinstance(criterion, _SEVERAL) and criterion.label:
        yield criterion.label, criterion
    for part in parts_of(criterion):
        yield from _labelled(part)
