"""Reduced, ordered, multi-valued decision diagrams: functions of a few answers, each one node, equal functions the same node.

Sources: R. E. Bryant, Graph-based algorithms for Boolean function manipulation, IEEE Trans. Comput. C-35 (1986); A. Srinivasan, T. Kam,
S. Malik and R. K. Brayton, Algorithms for discrete function manipulation, ICCAD (1990). Nothing recurses: a node is made after its
children, so that ascending ids are an order in which to fold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from math import prod

from edgewise.ontology.errors import EdgewiseError

NEVER, ALWAYS = 0, 1
BUDGET = 200_000

Cube = Mapping[int, Collection[int]]  # variable → the cells it may take, at least one; a variable left out may take any


class TooLarge(EdgewiseError):
    """A question needs more nodes than are allowed."""

    def __init__(self, budget: int) -> None:
        super().__init__(f"more than {budget} pieces would be needed to tell its situations apart")


class Diagrams:
    """A family of diagrams over variables 0, 1, … in this order; a node is an int.

    >>> family = Diagrams([2, 3])
    >>> first, second = family.literal(0, {1}), family.literal(1, {0, 2})
    >>> node = family.both(first, second)
    >>> family.branches(node)[0], family.count(node), family.path(node)
    (0, 2, {0: 1, 1: 0})
    >>> family.both(node, family.negated(first)) == NEVER
    True
    """

    def __init__(self, sizes: Sequence[int], budget: int = BUDGET) -> None:
        """Variable i has cells 0 … ``sizes[i] - 1``; `budget` is how many nodes and remembered results may be made."""
        self.sizes, self.budget = tuple(sizes), budget
        self._nodes: list[tuple[int, tuple[int, ...]]] = [(len(self.sizes), ()), (len(self.sizes), ())]
        self._ids: dict[tuple[int, tuple[int, ...]], int] = {}
        self._joined: dict[tuple[int, int, int], int] = {}

    def branches(self, node: int) -> tuple[int, tuple[int, ...]]:
        """The variable a node decides by and the node for each of its cells; the two ends have no children."""
        return self._nodes[node]

    def literal(self, variable: int, cells: Collection[int]) -> int:
        """That a variable takes one of `cells`."""
        return self._node(variable, tuple(ALWAYS if cell in cells else NEVER for cell in range(self.sizes[variable])))

    def both(self, *nodes: int) -> int:
        """All of `nodes`; of none, always."""
        return self._all(nodes, NEVER)

    def either(self, *nodes: int) -> int:
        """Any of `nodes`; of none, never."""
        return self._all(nodes, ALWAYS)

    def negated(self, node: int) -> int:
        return self._rebuilt(node, {NEVER: ALWAYS, ALWAYS: NEVER}, self._node)

    def without(self, node: int, other: int) -> int:
        """`node` and not `other`."""
        return self.both(node, self.negated(other))

    def cube(self, cells: Cube) -> int:
        return self.both(*(self.literal(variable, allowed) for variable, allowed in cells.items()))

    def sums(self, items: Sequence[tuple[int, Decimal]], test: Callable[[Decimal], bool]) -> int:
        """Where the points of the items that count there add up to what passes a test.

        Args:
            items: where each counts, and how much.
            test: of a sum.

        >>> family = Diagrams([2, 2, 2])
        >>> items = [(family.literal(variable, {1}), Decimal(1)) for variable in range(3)]
        >>> family.count(family.sums(items, lambda total: total >= 2))
        4
        """
        found: dict[Decimal, int] = {Decimal(0): ALWAYS}  # where a sum is come to
        for where, points in items:
            grown: dict[Decimal, int] = {}
            for total, node in found.items():
                for added, part in ((points, self.both(node, where)), (Decimal(0), self.without(node, where))):
                    if part != NEVER:
                        grown[total + added] = self.either(grown.get(total + added, NEVER), part)
            found = grown
        return self.either(*(node for total, node in found.items() if test(total)))

    def restrict(self, node: int, answers: Mapping[int, int]) -> int:
        """What is left of a function once some variables are known."""

        def known(variable: int, children: tuple[int, ...]) -> int:
            return children[answers[variable]] if variable in answers else self._node(variable, children)

        return self._rebuilt(node, {}, known)

    def exists(self, node: int, variables: Collection[int]) -> int:
        """That some answers to `variables` make it true."""

        def joined(variable: int, children: tuple[int, ...]) -> int:
            return self.either(*children) if variable in variables else self._node(variable, children)

        return self._rebuilt(node, {}, joined)

    def support(self, node: int) -> tuple[int, ...]:
        """The variables a function depends on, in order."""
        return tuple(sorted({self._nodes[one][0] for one in self.below(node)}))

    def count(self, node: int) -> int:
        """How many assignments to the variables it depends on make it true."""
        ordered = self.support(node)
        rank = {variable: position for position, variable in enumerate(ordered)} | {len(self.sizes): len(ordered)}
        sizes = [self.sizes[variable] for variable in ordered]

        def scaled(one: int, start: int) -> int:
            return counts[one] * prod(sizes[start : rank[self._nodes[one][0]]])

        counts = {NEVER: 0, ALWAYS: 1}
        for one in self.below(node):
            variable, children = self._nodes[one]
            counts[one] = sum(scaled(child, rank[variable] + 1) for child in children)
        return scaled(node, 0)

    def path(self, node: int) -> dict[int, int]:
        """An assignment that makes it true and decides as few variables as can be, of lowest cells; ValueError where there is none."""
        if node == NEVER:
            raise ValueError("nothing fulfils this")
        lengths: dict[int, float] = {NEVER: float("inf"), ALWAYS: 0}
        for one in self.below(node):
            lengths[one] = 1 + min(lengths[child] for child in self._nodes[one][1])
        answers = {}
        while node != ALWAYS:
            variable, children = self._nodes[node]
            answers[variable] = min(range(len(children)), key=lambda cell: lengths[children[cell]])
            node = children[answers[variable]]
        return answers

    def meets(self, node: int, cells: Cube) -> bool:
        """Whether some assignment within a cube makes it true; makes no node."""
        seen, waiting = {node}, [node]
        while waiting:
            if (one := waiting.pop()) == ALWAYS:
                return True
            variable, children = self._nodes[one]
            allowed = cells.get(variable, range(len(children)))
            fresh = {child for cell, child in enumerate(children) if child != NEVER and cell in allowed} - seen
            seen |= fresh
            waiting.extend(fresh)
        return False

    def widened(self, wrong: int, answers: Mapping[int, int]) -> dict[int, set[int]]:
        """A box around some answers that does not meet `wrong`: variable by variable as wide as can be; makes no node.

        `answers` are right, and name all that `wrong` depends on. The work is that of going through `wrong` twice.

        >>> family = Diagrams([2, 3])
        >>> family.widened(family.both(family.literal(0, {0}), family.literal(1, {2})), {0: 1, 1: 0})
        {0: {0, 1}, 1: {0, 1}}
        """
        spoilt = {NEVER: False, ALWAYS: True}  # whether it comes to what is wrong, all below being as it was answered
        for one in self.below(wrong):
            variable, children = self._nodes[one]
            spoilt[one] = spoilt[children[answers[variable]]]
        box, reached = dict[int, set[int]](), {wrong} - {NEVER}
        for variable in sorted(answers):
            here = [self._nodes[one][1] for one in reached if self._nodes[one][0] == variable]
            box[variable] = {cell for cell in range(self.sizes[variable]) if not any(spoilt[children[cell]] for children in here)}
            reached = {one for one in reached if self._nodes[one][0] != variable}
            reached |= {children[cell] for children in here for cell in box[variable]} - {NEVER}
        return box

    def below(self, node: int) -> list[int]:
        """All inner nodes of a diagram, children first."""
        seen, waiting = {node}, [node]
        while waiting:
            fresh = set(self._nodes[waiting.pop()][1]) - seen
            seen |= fresh
            waiting.extend(fresh)
        return sorted(one for one in seen if one > ALWAYS)

    # Making nodes -------------------------------------------------------------------------------------------------------

    def _node(self, variable: int, children: tuple[int, ...]) -> int:
        if children.count(children[0]) == len(children):
            return children[0]
        key = (variable, children)
        if key not in self._ids:
            self._spend()
            self._ids[key] = len(self._nodes)
            self._nodes.append(key)
        return self._ids[key]

    def _spend(self) -> None:
        if len(self._nodes) + len(self._joined) > self.budget:
            raise TooLarge(self.budget)

    def _all(self, nodes: Iterable[int], absorbing: int) -> int:
        # From the last variable upwards: each turn then only touches the top of what is there already.
        lowest_first = sorted(set(nodes), key=lambda node: (-self._nodes[node][0], node))
        return reduce(lambda left, right: self._join(left, right, absorbing), lowest_first, 1 - absorbing)

    def _join(self, left: int, right: int, absorbing: int) -> int:
        """Bryant's apply for and (absorbing `NEVER`) and or (absorbing `ALWAYS`), with a stack of its own."""
        waiting = [(left, right)]
        while waiting:
            pair = waiting[-1]
            if self._plain(pair, absorbing) is None:
                variable, parts = self._split(*pair)
                found = [self._plain(part, absorbing) for part in parts]
                if missing := [part for part, result in zip(parts, found, strict=True) if result is None]:
                    waiting += missing
                    continue
                self._spend()
                result = self._node(variable, tuple(one for one in found if one is not None))
                self._joined[absorbing, min(pair), max(pair)] = result
            waiting.pop()
        result_of_all = self._plain((left, right), absorbing)
        assert result_of_all is not None  # noqa: S101 - the loop ends when it is known
        return result_of_all

    def _plain(self, pair: tuple[int, int], absorbing: int) -> int | None:
        low, high = min(pair), max(pair)
        if high <= ALWAYS or low == high:
            return absorbing if absorbing in pair else low
        if low <= ALWAYS:
            return absorbing if low == absorbing else high
        return self._joined.get((absorbing, low, high))

    def _split(self, left: int, right: int) -> tuple[int, list[tuple[int, int]]]:
        variable = min(self._nodes[left][0], self._nodes[right][0])
        sides = []
        for node in (left, right):
            top, children = self._nodes[node]
            sides.append(children if top == variable else (node,) * self.sizes[variable])
        return variable, list(zip(*sides, strict=True))

    def _rebuilt(self, node: int, ends: Mapping[int, int], make: Callable[[int, tuple[int, ...]], int]) -> int:
        made = {NEVER: NEVER, ALWAYS: ALWAYS, **ends}
        for one in self.below(node):
            variable, children = self._nodes[one]
            made[one] = make(variable, tuple(made[child] for child in children))
        return made[node]
