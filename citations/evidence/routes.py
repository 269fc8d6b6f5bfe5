"""The weakest link on every path to a step.

Paths double with every diamond, so nothing here depends on listing them all: what holds for every path is computed by
reachability, edge state by edge state, and by dominators; the list of single paths is capped and says what it left out.
A path runs from any presentation along routes and options; what the source advises against is no path.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import networkx as nx

from edgewise.citations.evidence.support import State, states
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import OFFERED, Pathway
from edgewise.ontology.errors import UnknownName

RANKS: tuple[State, ...] = ("broken", "uncited", "inferred", "weak", "supported")
"""States of an edge from worst to best."""
_START = ("start",)  # before every presentation, and no id of a step
_WAY_IN = ""  # from there: an edge that is none of the guideline's
_Ways = tuple[tuple[str, str], ...]  # edge, and the step it leads to
_BUDGET = 20_000  # partial paths looked at; only loops can need so many


@dataclass(frozen=True, slots=True)
class Route:
    """One path: its steps, the edges between them, the worst state among these, and the edges in that state.

    `weakest` is None for the path of no edges, at a step where walks begin.
    """

    steps: tuple[str, ...]
    edges: tuple[str, ...]
    weakest: State | None
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weakest:
    """How far the paths to a step hold.

    Attributes:
        step: the step asked for.
        target: the step the paths lead to: the same, or the one whose companion it is.
        best: the weakest link of the best path; None if no path has an edge.
        worst: the weakest link of the worst path; None if no path has an edge.
        links: each edge that is the weakest link of some path, with its state, worst first.
        unavoidable: edges that lie on every path, in their order.
        numbers: how many paths there are by the state of their weakest link; None where loops make them uncountable.
        routes: single paths, shortest first.
        left_out: how many more there are; None if there are more, or may be, and their number is not known.
    """

    step: str
    target: str
    best: State | None = None
    worst: State | None = None
    links: Mapping[str, State] = field(default_factory=dict)
    unavoidable: tuple[str, ...] = ()
    numbers: Mapping[State, int] | None = None
    routes: tuple[Route, ...] = ()
    left_out: int | None = 0

    @property
    def reachable(self) -> bool:
        """Whether any path leads there."""
        return bool(self.routes)


def weakest(guideline: Guideline, step: str, *, limit: int = 50) -> Weakest:
    """Find the weakest link on every path to a step.

    Args:
        guideline: as it is, or `impact.without` some references.
        step: its id.
        limit: how many single paths to list, at least 1.

    Raises:
        UnknownName: no such step.

    >>> from edgewise.graph.library import load
    >>> found = weakest(load("sacroiliac-sclerosis").guideline, "si-joint-fusion", limit=1)
    >>> found.worst, len(found.routes)
    ('broken', 1)
    """
    if step not in guideline.steps:
        raise UnknownName("step", step, guideline.steps)
    known = states(guideline)
    everything = _pathway(guideline)
    target = _host(guideline, everything, step)
    between = _between(everything, target)
    if target not in between:
        return Weakest(step, target)
    links = _links(between, target, known)
    numbers, total = _numbers(between, target, known)
    routes, complete = _routes(between, target, known, max(limit, 1))
    return Weakest(
        step=step,
        target=target,
        best=max(links.values(), key=RANKS.index, default=None),
        worst=min(links.values(), key=RANKS.index, default=None),
        links=links,
        unavoidable=_unavoidable(between, target),
        numbers=numbers,
        routes=routes,
        left_out=total - len(routes) if total is not None else 0 if complete else None,
    )


def _pathway(guideline: Guideline) -> nx.MultiDiGraph[Any]:
    held = Pathway.of(guideline)
    pathway: nx.MultiDiGraph[Any] = held.network(*OFFERED).copy()
    for step in held.starts:
        pathway.add_edge(_START, step, key=_WAY_IN)
    return pathway


def _host(guideline: Guideline, pathway: nx.MultiDiGraph[Any], step: str) -> str:
    """A companion that no edge leads to is reached with the step whose companion it is."""
    met: set[str] = set()
    while step not in met and not pathway.in_degree(step) and guideline.steps[step].companion_of in guideline.steps:
        met.add(step)
        step = guideline.steps[step].companion_of
    return step


def _between(pathway: nx.MultiDiGraph[Any], target: str) -> nx.MultiDiGraph[Any]:
    """All that lies on some way from the start to the target; what leaves the target again does not."""
    if _START not in pathway:
        return pathway.__class__()
    inside = (nx.descendants(pathway, _START) | {_START}) & (nx.ancestors(pathway, target) | {target})
    return _part(pathway, lambda source, following, _: source in inside and following in inside and source != target)


def _at_least(pathway: nx.MultiDiGraph[Any], rank: int, known: Mapping[str, State]) -> nx.MultiDiGraph[Any]:
    """Only the edges whose state is of that rank or better."""
    return _part(pathway, lambda _source, _following, key: key == _WAY_IN or RANKS.index(known[key]) >= rank)


def _part(pathway: nx.MultiDiGraph[Any], keeps: Callable[[Any, Any, str], bool]) -> nx.MultiDiGraph[Any]:
    """A copy with some of the edges. In the order of the whole, which the subgraphs of networkx do not always keep."""
    part: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    part.add_node(_START)
    for source, following, key in pathway.edges(keys=True):
        if keeps(source, following, key):
            part.add_edge(source, following, key=key)
    return part


def _links(pathway: nx.MultiDiGraph[Any], target: str, known: Mapping[str, State]) -> dict[str, State]:
    """An edge is the weakest link of some path if the rest of the way can be made without a worse one."""
    links: dict[str, State] = {}
    for rank, state in enumerate(RANKS):
        part = _at_least(pathway, rank, known)
        if target not in part:
            break  # nor with better edges alone
        after, before = nx.descendants(part, _START), nx.ancestors(part, target) | {target}
        links |= {key: state for u, v, key in part.edges(keys=True) if key and known[key] == state and u in after and v in before}
    return links


def _numbers(pathway: nx.MultiDiGraph[Any], target: str, known: Mapping[str, State]) -> tuple[dict[State, int] | None, int | None]:
    """Paths by the state of their weakest link, and all of them; None where there is a loop."""
    if not nx.is_directed_acyclic_graph(pathway):
        return None, None
    reaching = [_paths(_at_least(pathway, rank, known), target) for rank in range(len(RANKS))]
    without_edges = pathway.number_of_edges(_START, target)
    better = [*reaching[1:], without_edges]
    return {state: reaching[rank] - better[rank] for rank, state in enumerate(RANKS)}, reaching[0]


def _paths(pathway: nx.MultiDiGraph[Any], target: str) -> int:
    ways = dict.fromkeys(pathway, 0) | {_START: 1}
    for node in nx.topological_sort(pathway):
        for _, following in pathway.out_edges(node):
            ways[following] += ways[node]
    return ways.get(target, 0)


def _unavoidable(pathway: nx.MultiDiGraph[Any], target: str) -> tuple[str, ...]:
    """Edges as nodes of their own between their steps, so that those which dominate the target are what no path avoids."""
    parted: nx.DiGraph[Any] = nx.DiGraph()
    for source, following, key in pathway.edges(keys=True):
        parted.add_edges_from([(("step", source), ("edge", key, following)), (("edge", key, following), ("step", following))])
    above = nx.immediate_dominators(parted, ("step", _START))
    chain: list[tuple[Any, ...]] = [("step", target)]
    while chain[-1] != ("step", _START):
        chain.append(above[chain[-1]])
    return tuple(one[1] for one in reversed(chain) if one[0] == "edge" and one[1] != _WAY_IN)


def _routes(pathway: nx.MultiDiGraph[Any], target: str, known: Mapping[str, State], limit: int) -> tuple[tuple[Route, ...], bool]:
    """The shortest paths that pass no step twice, and whether these are all."""
    found: list[Route] = []
    for edges in _shortest_first(pathway, target):
        if edges is None or len(found) == limit:
            return tuple(found), False
        found.append(_route(edges, known))
    return tuple(found), True


def _shortest_first(pathway: nx.MultiDiGraph[Any], target: str) -> Iterator[_Ways | None]:
    """Paths as (edge, step it leads to), the first edge being the way in; None when the budget is spent.

    Of partial paths that promise the same length the longest goes first, or diamonds would be explored breadth first.
    """
    far = nx.single_source_shortest_path_length(pathway.reverse(copy=False), target)
    ticket = count()
    waiting: list[tuple[int, int, int, _Ways]] = [(far[_START], 0, next(ticket), ())]
    for _ in range(_BUDGET):
        if not waiting:
            return
        _, _, _, path = heapq.heappop(waiting)
        node: Any = path[-1][1] if path else _START
        if node == target:
            yield path
            continue
        passed = {step for _, step in path}
        for _, following, key in pathway.out_edges(node, keys=True):
            if following not in passed:
                length = len(path) + 1
                heapq.heappush(waiting, (length + far[following], -length, next(ticket), (*path, (key, following))))
    if waiting:
        yield None


def _route(path: _Ways, known: Mapping[str, State]) -> Route:
    edges = tuple(key for key, _ in path if key != _WAY_IN)
    worst = min((known[edge] for edge in edges), key=RANKS.index, default=None)
    return Route(tuple(step for _, step in path), edges, worst, tuple(edge for edge in edges if known[edge] == worst))
