"""Loops among edges: which steps they make due once more, whatever order edges and steps are written in, and which loops lie in others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

Edges = Collection[tuple[str, str]]
"""Edges, each as the steps that it leads from and to."""


class Loop(NamedTuple):
    """Steps that lead to one another.

    Attributes:
        steps: their ids.
        entries: those at which it is entered from outside.
    """

    steps: frozenset[str]
    entries: frozenset[str]


def come_back_to(edges: Edges, starts: Collection[str], usual: Sequence[Loop] = ()) -> frozenset[str]:
    """The steps to which a loop leads back, so that they are to be done again.

    Args:
        edges: those that were taken; the walk has come to all of them.
        starts: steps at which the walk begins: a loop is entered there too.
        usual: as `nest` takes them.

    >>> sorted(come_back_to([("start", "cast"), ("cast", "film"), ("film", "cast")], ["start"]))
    ['cast']
    >>> sorted(come_back_to([("start", "a"), ("start", "b"), ("a", "b"), ("b", "a")], ["start"]))  # entered by two branches
    ['a', 'b']
    """
    return frozenset(id for loop in nest(edges, starts, usual) for id in loop.entries)


def nest(edges: Edges, starts: Collection[str], usual: Sequence[Loop] = ()) -> Iterator[Loop]:
    """All loops, those that hold others before these.

    A loop is entered at several steps where several edges lead into it. Without the ways back to them what remains of it may hold smaller
    loops, of which the same is true (B. Steensgaard, Sequentializing program dependence graphs for irreducible programs, 1993).

    Args:
        edges: among which loops are looked for.
        starts: steps at which a walk begins: a loop is entered there too.
        usual: the loops of a guideline. One that nothing leads to, as a walk goes on within it, is entered where the smallest of these that
            holds it is; without such it is entered anywhere.

    >>> edges = [("start", "a"), ("a", "b"), ("b", "c"), ("c", "b"), ("c", "a")]
    >>> [(sorted(loop.steps), sorted(loop.entries)) for loop in nest(edges, ["start"])]
    [(['a', 'b', 'c'], ['a']), (['b', 'c'], ['b'])]
    """
    left = set(edges)
    while loops := _loops(left):
        for loop in loops:
            entries = {to for come, to in left if to in loop and come not in loop} | (loop & set(starts))
            entries = entries or _usually(loop, usual) or set(loop)
            yield Loop(loop, frozenset(entries))
            left -= {(come, to) for come, to in left if come in loop and to in entries}


def smallest(steps: frozenset[str], loops: Sequence[Loop]) -> Loop | None:
    """The smallest of some loops that holds some steps; None where none does."""
    return min((loop for loop in loops if steps <= loop.steps), key=lambda loop: len(loop.steps), default=None)


def _usually(loop: frozenset[str], usual: Sequence[Loop]) -> set[str]:
    found = smallest(loop, usual)
    return set(loop & found.entries) if found else set()


def _loops(edges: Edges) -> list[frozenset[str]]:
    """Groups of steps that lead to one another."""
    if not (edges := _without_ends(edges)):
        return []
    import networkx as nx  # a tenth of a second that only a walk round a loop needs

    network = nx.DiGraph(edges)
    groups = map(frozenset, nx.strongly_connected_components(network))
    return [group for group in groups if len(group) > 1 or network.has_edge(*group, *group)]


def _without_ends(edges: Edges) -> Edges:
    """Edges without those that lie on no loop for sure: they come from where nothing leads to, or lead to where nothing leads on."""
    while True:
        sources, targets = {come for come, _ in edges}, {to for _, to in edges}
        kept = {(come, to) for come, to in edges if come in targets and to in sources}
        if len(kept) == len(edges):
            return kept
        edges = kept
