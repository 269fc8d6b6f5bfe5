"""Groups of findings that a guideline gives a name, by which a row tells its situation instead of finding by finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edgewise.graph.answers.grouped import Group
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.model import AnyOf, CountOf, Criterion, Scored, parts_of
from edgewise.graph.walking.criteria import words


def groups(situations: Situations, *, by_words: bool = False) -> list[Group]:
    """Counts, any-ofs and scores that have a name; of those that are the same everywhere, the first.

    A count that is all an edge asks for goes by what the edge is called; others that have no name only `by_words`, by all that they ask.
    """
    found: dict[tuple[int, int], Group] = {}
    for name, criterion in (*_named(situations), *(_worded(situations) if by_words else ())):
        truth = situations.law.holds(criterion)
        taken = {one.name for one in found.values()}
        several = len(situations.observables(truth.true)) > 1  # the bounds of one answer are told by it: no point is hidden in a range
        if several and (truth.true, truth.false) not in found and name not in taken:
            found[truth.true, truth.false] = Group(name, truth.true, truth.false)
    return list(found.values())


def groups_told(held: Mapping[str, bool]) -> list[str]:
    """``“all eight negative”: no``."""
    return [f"{name}: {'yes' if truth else 'no'}" for name, truth in held.items()]


def _named(situations: Situations) -> Iterator[tuple[str, Criterion]]:
    edges = [edge for edge in situations.pathway.edges() if edge.when is not None]
    for edge in edges:
        if edge.when is not None:
            yield from ((f"“{one.label}”", one) for one in _several(edge.when) if one.label)
    yield from ((f"“{edge.label}”", edge.when) for edge in edges if isinstance(edge.when, CountOf) and not edge.when.label and edge.label)


def _worded(situations: Situations) -> Iterator[tuple[str, Criterion]]:
    for edge in situations.pathway.edges():
        for one in _several(edge.when) if edge.when is not None else ():
            if not one.label:
                yield f"({words(one, situations.guideline.observables)})", one


def _several(criterion: Criterion) -> Iterator[AnyOf | CountOf | Scored]:
    """The groups of a criterion of which any item may do."""
    if isinstance(criterion, AnyOf | CountOf | Scored):
        yield criterion
    for part in parts_of(criterion):
        yield from _several(part)
