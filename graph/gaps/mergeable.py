"""Edges of one step that lead to the same next one and together ask for one plain thing: adjacent ranges, answers that make up a list.

Each is right, and the algorithm is longer than it says. Where they rest on different passages each shows its own evidence, and nothing is
said. Sources: KIE's analysis of decision tables (``DECISION_TABLE_CONTRACTION_RULE``, and the second normal form, where a column falls
away); D. Calvanese et al., Semantics, analysis and simplification of DMN decision tables, Information Systems 78 (2018): rules are merged
that differ in one column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from edgewise.graph.answers.diagram import Cube
from edgewise.graph.answers.partition import Partition
from edgewise.graph.attribution import rests_on
from edgewise.graph.gaps.examples import Patient
from edgewise.graph.gaps.fork import Fork
from edgewise.graph.gaps.masked import is_open, named
from edgewise.graph.gaps.rows import Row
from edgewise.graph.gaps.ways import Claim, Ways
from edgewise.graph.model import Transition
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.walk import Walk


@dataclass(frozen=True, slots=True)
class _Group:
    """Some edges, who goes along any of them, and by variable the cells in which these are."""

    edges: tuple[Transition, ...]
    taken: int
    cells: Mapping[int, frozenset[int]]


class Mergeable:
    """Finds the edges of a fork that one edge would say."""

    def __init__(self, fork: Fork, edges: Collection[Transition]) -> None:
        """`edges` are those of the fork that are not needless already."""
        self.fork, self.situations, self.family = fork, fork.situations, fork.situations.diagrams
        self.edges = edges

    def rows(self) -> Iterator[Row]:
        """A row for each group of edges, as large as was found."""
        for edges in self._alike():
            for group in self._merged(edges):
                if len(group.edges) > 1 and (plain := self._plain(group)) is not None:
                    yield self._row(group, plain)

    def _alike(self) -> Iterator[list[Transition]]:
        """Edges to the same step that rest on the same passages, in the same role and by the word of the same."""
        found: dict[tuple[object, ...], list[Transition]] = {}
        for edge in (edge for edges in self.fork.alike() for edge in edges if edge in self.edges):
            passages = frozenset((*edge.justified_by, *(rests_on(edge.when) if edge.when is not None else ())))
            found.setdefault((edge.target, edge.role, edge.stated_by, edge.despite, passages), []).append(edge)
        return (edges for edges in found.values() if len(edges) > 1)

    # Groups -------------------------------------------------------------------------------------------------------------

    def _merged(self, edges: Sequence[Transition]) -> list[_Group]:
        """The edges in groups: all in one if they ask for one thing together, else two and two until no more go together."""
        asked = sorted({variable for edge in edges for variable in self.family.support(self.fork.taken[edge.id])})
        groups = [_Group((edge,), self.fork.taken[edge.id], self._cells(self.fork.taken[edge.id], asked)) for edge in edges]
        whole = reduce(self._joined, groups)
        if self._plain(whole) is not None:
            return [whole]
        elsewhere = self.family.without(self.fork.reached, whole.taken)
        found: list[_Group] = []
        waiting = list(reversed(groups))
        while waiting:
            group = waiting.pop()
            other = next((one for one in found if self._go_together(one, group, elsewhere)), None)
            if other is None:
                found.append(group)
            else:  # what the two make up may go together with what neither did
                found.remove(other)
                waiting.append(self._joined(other, group))
        return found

    def _go_together(self, one: _Group, other: _Group, elsewhere: int) -> bool:
        """Whether two groups ask for one thing together; `elsewhere` are all whom none of them leads on."""
        return not self.family.meets(elsewhere, _both(one.cells, other.cells)) and self._plain(self._joined(one, other)) is not None

    def _joined(self, one: _Group, other: _Group) -> _Group:
        return _Group((*one.edges, *other.edges), self.family.either(one.taken, other.taken), _both(one.cells, other.cells))

    def _cells(self, node: int, variables: Sequence[int]) -> dict[int, frozenset[int]]:
        """By variable the cells in which a function can be true."""
        sizes, meets = self.family.sizes, self.family.meets
        return {one: frozenset(cell for cell in range(sizes[one]) if meets(node, {one: {cell}})) for one in variables}

    # Plain conditions ---------------------------------------------------------------------------------------------------

    def _plain(self, group: _Group) -> Cube | None:
        """What a group asks for, where that is one answer, range or list of answers to each of some questions; else None."""
        unwanted = self.family.without(self.fork.reached, group.taken)
        cube = {variable: _at_once(self._partition(variable), cells) for variable, cells in group.cells.items()}
        if self.family.meets(unwanted, cube):
            return None
        for variable in sorted(cube):
            fewer = {one: cells for one, cells in cube.items() if one != variable}
            cube = cube if self.family.meets(unwanted, fewer) else fewer
        return cube

    def _partition(self, variable: int) -> Partition:
        return self.situations.partitions[self.situations.order[variable]]

    # Rows ---------------------------------------------------------------------------------------------------------------

    def _row(self, group: _Group, plain: Cube) -> Row:
        fork = self.fork
        edges = tuple(edge for edge in fork.edges if edge in group.edges)
        unwanted = self.family.without(fork.reached, group.taken)

        def shows(_: Patient, walked: Walk) -> bool:
            return any(is_open(walked, edge) for edge in edges)

        all_of_them = "both" if len(edges) == 2 else "all"
        asks = "are for everybody together" if not plain else "together ask for one thing"
        text = f"{named(edges)} {all_of_them} lead from “{fork.step.name}” to “{fork.ends[edges[0].id]}”, and {asks}: one edge would say it"
        return Ways(self.situations).told_by(Claim("mergeable", fork.step, edges, group.taken, unwanted, text, shows), plain)


def _both(one: Mapping[int, frozenset[int]], other: Mapping[int, frozenset[int]]) -> dict[int, frozenset[int]]:
    return {variable: cells | other[variable] for variable, cells in one.items()}


def _at_once(partition: Partition, cells: frozenset[int]) -> frozenset[int]:
    """The fewest cells beside some that one comparison can tell with them: a list of answers, a range, or what is compared of a series."""
    observable = partition.observable
    if observable.value_type in ("yes-no", "choice"):
        return cells
    if not observable.repeated:
        return frozenset(range(min(cells), max(cells) + 1))
    everything = range(len(partition.cells))
    asked = ([partition.outcome(one, cell)[0] for cell in everything] for one in partition.comparisons)
    told = [frozenset(cell for cell in everything if truths[cell] is wanted) for truths in asked for wanted in (Truth.TRUE, Truth.FALSE)]
    return min((each for each in told if cells <= each), key=len, default=frozenset(everything))
