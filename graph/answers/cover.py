"""A set of situations in few cubes: each as wide as it can be, none superfluous, all of them together exactly the set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from edgewise.graph.answers.diagram import NEVER, Cube, Diagrams


@dataclass(frozen=True, slots=True)
class Cover:
    """Cubes, and the node of what is left where they would be too many."""

    cubes: tuple[Cube, ...]
    left: int = NEVER


def cover(family: Diagrams, wanted: int, unwanted: int, *, most: int, last: Iterable[int] = ()) -> Cover:
    """Cubes that hold all of `wanted` and nothing of `unwanted`; what is neither may lie in them, but is not named.

    Args:
        family: both nodes are of it.
        wanted: what has to be told.
        unwanted: what must not be told with it.
        most: how many cubes there may be.
        last: variables to be told by rather than by others.

    >>> family = Diagrams([3, 2])
    >>> low, yes = family.literal(0, {0, 1}), family.literal(1, {1})
    >>> # `low` without `yes` is neither: it never comes up, and so needs no telling apart.
    >>> cover(family, family.both(low, yes), family.negated(low), most=9).cubes
    ({0: frozenset({0, 1})},)
    """
    cubes: list[Cube] = []
    left = wanted
    while left != NEVER and len(cubes) < most:
        cubes.append(_widest(family, family.path(left), wanted, unwanted, set(last)))
        left = family.without(left, family.cube(cubes[-1]))
    return Cover(tuple(cubes) if left != NEVER else needed(family, cubes, wanted), left)


def _widest(family: Diagrams, answers: dict[int, int], wanted: int, unwanted: int, last: set[int]) -> Cube:
    """What is implied or irrelevant dropped, what remains widened by answers that somebody has, as long as nothing unwanted comes in."""
    cube = {variable: frozenset({cell}) for variable, cell in answers.items()}
    for variable in sorted(cube, key=lambda one: (one in last, one)):
        without = {one: cells for one, cells in cube.items() if one != variable}
        cube = cube if family.meets(unwanted, without) else without
    return widened(family, cube, wanted, unwanted)


def widened(family: Diagrams, narrow: Cube, wanted: int, unwanted: int) -> Cube:
    """A cube with all answers more that somebody has and that let nothing unwanted in.

    >>> family = Diagrams([3])
    >>> widened(family, {0: frozenset({0})}, family.literal(0, {0, 1}), family.literal(0, {2}))
    {0: frozenset({0, 1})}
    """
    cube = dict(narrow)
    for variable in sorted(cube):
        for cell in range(family.sizes[variable]):
            wider = {**cube, variable: frozenset({cell})}
            if family.meets(wanted, wider) and not family.meets(unwanted, wider):
                cube[variable] = frozenset(cube[variable]) | {cell}
    return dict(sorted(cube.items()))


def needed(family: Diagrams, cubes: Sequence[Cube], wanted: int) -> tuple[Cube, ...]:
    """Some cubes without those that the others make up for within `wanted`, the narrowest looked at first."""
    nodes = [family.both(wanted, family.cube(cube)) for cube in cubes]
    order = sorted(range(len(cubes)), key=lambda one: (-len(cubes[one]), -one))
    # At position n from the end, what the n cubes that are looked at last hold together.
    after = list(accumulate((nodes[index] for index in reversed(order)), family.either, initial=NEVER))
    kept, held = set(), NEVER
    for position, index in enumerate(order, 1):
        if family.without(nodes[index], family.either(held, after[len(order) - position])) != NEVER:
            kept.add(index)
            held = family.either(held, nodes[index])
    return tuple(cube for index, cube in enumerate(cubes) if index in kept)
