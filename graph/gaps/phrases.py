"""A set of situations in one phrase that is exactly that set among those who come so far: what has to hold, joined by *and* and *or*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edgewise.graph.answers.cover import Cover, cover
from edgewise.graph.answers.diagram import NEVER, Cube
from edgewise.graph.gaps.rows import in_words
from edgewise.graph.gaps.situations import Situations, with_bounds

LONGEST = 16  # answers in one phrase
Cells = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What has to hold, by observable: of one of `parts` all that it asks, or, with `all_parts`, of each of them one thing that it asks."""

    parts: tuple[Cells, ...]
    all_parts: bool = False

    @property
    def length(self) -> int:
        """How many answers it names."""
        return sum(map(len, self.parts))


def terms(situations: Situations, told: Cover, wanted: int, unwanted: int, most: int) -> Terms | None:
    """Some situations in as few answers as tell them: what each cube asks, or what is left once all that is unwanted is ruled out.

    Args:
        situations: whose diagrams hold the nodes.
        told: cubes of `wanted`, by `edgewise.graph.answers.cover`.
        wanted: the situations to be told.
        unwanted: those that must not be told with them.
        most: how many cubes may be looked for.

    Returns:
        None where they would be too many both ways.
    """
    one_of = Terms(tuple(_by_observable(situations, cube) for cube in told.cubes)) if told.left == NEVER else None
    if one_of and len(one_of.parts) == 1:
        return one_of
    kept_out = cover(situations.diagrams, unwanted, wanted, most=most)
    each_of = Terms(tuple(_by_observable(situations, _left(situations, cube, wanted)) for cube in kept_out.cubes), all_parts=True)
    return each_of if kept_out.left == NEVER and (not one_of or each_of.length < one_of.length) else one_of


def phrase(situations: Situations, told: Terms | None) -> str:
    """Terms in words, ``A: yes and B: no; or C: yes`` or ``A: yes or B: yes; and C: no``; empty where that is too long to be read."""
    if told is None or told.length > LONGEST:
        return ""
    words = [{id: situations.partitions[id].told(cells) for id, cells in part.items()} for part in told.parts]
    if len(words) == 1 and not told.all_parts:
        return in_words(situations.guideline, with_bounds(situations, words[0]))
    inner, outer = (" or ", "; and ") if told.all_parts else (" and ", "; or ")
    return outer.join(_joined(situations, one, inner) for one in words)


def _by_observable(situations: Situations, cube: Cube) -> dict[str, frozenset[int]]:
    return {situations.order[variable]: frozenset(cells) for variable, cells in cube.items()}


def _left(situations: Situations, cube: Cube, wanted: int) -> Cube:
    """What is left of the answers once a cube is ruled out, as far as anybody who is wanted gives them."""
    family, left = situations.diagrams, {}
    for variable, cells in cube.items():
        others = (cell for cell in range(family.sizes[variable]) if cell not in cells)
        if given := [cell for cell in others if family.meets(wanted, {variable: frozenset({cell})})]:
            left[variable] = frozenset(given)
    return left


def _joined(situations: Situations, words: Mapping[str, str], join: str) -> str:
    observables = situations.guideline.observables
    compared = {id: situations.differences[id].observable if id in situations.differences else id for id in words}
    ordered = sorted(words, key=lambda id: (list(observables).index(compared[id]), id in situations.differences))
    return join.join(f"{observables[compared[id]].label}: {words[id]}" for id in ordered)
