"""Few cubes that hold exactly some situations, told by groups that have a name as well as by single answers.

Which of ten findings makes a rule positive need not be told ten times: where a named group is true, or false, is one thing to tell beside
answers. Such a telling holds all that is wanted and nothing that is not, as one by answers alone does (`edgewise.graph.answers.cover`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from edgewise.graph.answers.cover import widened
from edgewise.graph.answers.diagram import ALWAYS, NEVER, Cube, Diagrams


class Group(NamedTuple):
    """Something that has a name.

    Attributes:
        name: by which it is told.
        true: node of where it is so.
        false: node of where it is not.
    """

    name: str
    true: int
    false: int


class Telling(NamedTuple):
    """Some situations.

    Attributes:
        groups: by name, whether the group holds there.
        cube: what single answers have to be besides.
        node: of all that both hold.
    """

    groups: Mapping[str, bool]
    cube: Cube
    node: int


def tellings(
    family: Diagrams, wanted: int, unwanted: int, groups: Sequence[Group], *, most: int, last: Iterable[int] = ()
) -> tuple[Telling, ...]:
    """Tellings that hold all of `wanted` and nothing of `unwanted`; none where there would be more than `most`.

    `last` are variables to be told by rather than by others.

    >>> family = Diagrams([2, 2, 2])
    >>> any_sign = family.either(*(family.literal(sign, {1}) for sign in (0, 1)))
    >>> wanted = family.both(any_sign, family.literal(2, {1}))
    >>> group = Group("any sign", any_sign, family.negated(any_sign))
    >>> [(one.groups, one.cube) for one in tellings(family, wanted, family.negated(wanted), [group], most=9)]
    [({'any sign': True}, {2: frozenset({1})})]
    """
    found: list[Telling] = []
    rather = frozenset(last)
    left = wanted
    while left != NEVER:
        if len(found) == most:
            return ()
        found.append(_widest(family, family.path(left), wanted, unwanted, groups, rather))
        left = family.without(left, found[-1].node)
    return tuple(_needed(family, found, wanted))


def _needed(family: Diagrams, found: list[Telling], wanted: int) -> list[Telling]:
    """Tellings without those that the others make up for."""
    kept = list(found)
    for one in found:
        others = [each.node for each in kept if each is not one]
        if family.both(wanted, one.node, family.negated(family.either(*others))) == NEVER:
            kept = [each for each in kept if each is not one]
    return kept


def _widest(
    family: Diagrams, answers: Mapping[int, int], wanted: int, unwanted: int, groups: Sequence[Group], last: frozenset[int]
) -> Telling:
    """What is implied or irrelevant dropped, what groups ask for first; what remains widened as long as nothing unwanted comes in."""
    point = {variable: answers.get(variable, 0) for variable in range(len(family.sizes))}
    held = {one.name: (one.true, True) for one in groups if family.restrict(one.true, point) == ALWAYS}
    held |= {one.name: (one.false, False) for one in groups if family.restrict(one.false, point) == ALWAYS}
    asked = {variable for one in groups for variable in family.support(one.true)}
    cube = {variable: frozenset({cell}) for variable, cell in answers.items()}
    within = _within(family, unwanted, held)
    for variable in sorted(cube, key=lambda one: (one not in asked, one in last, one)):
        without = {one: cells for one, cells in cube.items() if one != variable}
        cube = cube if family.meets(within, without) else without
    for name in list(held):
        fewer = {one: literal for one, literal in held.items() if one != name}
        held = held if family.meets(_within(family, unwanted, fewer), cube) else fewer
    wide = widened(family, cube, _within(family, wanted, held), _within(family, unwanted, held))
    return Telling({name: truth for name, (_, truth) in held.items()}, wide, _within(family, family.cube(wide), held))


def _within(family: Diagrams, node: int, held: Mapping[str, tuple[int, bool]]) -> int:
    return family.both(node, *(where for where, _ in held.values()))
