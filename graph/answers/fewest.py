"""As few of several functions as hold another one together: of the edges that cover one, a smallest set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edgewise.graph.answers.diagram import NEVER, Diagrams

MOST = 2_000
"""As many choices are looked at for a smallest set; beyond them it is one of which no part can be left out."""


def fewest(family: Diagrams, wanted: int, parts: Sequence[int]) -> tuple[int, ...]:
    """Positions of as few parts as hold all of `wanted` together; none where even all of them do not, or nothing is wanted.

    Set covering is hard in general. Here each choice is one among the parts that hold one point not held yet, and few parts do.

    >>> family = Diagrams([4])
    >>> parts = [family.literal(0, cells) for cells in ({0, 1}, {1, 2}, {2}, {0, 2})]
    >>> fewest(family, family.literal(0, {0, 1, 2}), parts), fewest(family, family.literal(0, {3}), parts)
    ((0, 1), ())
    """
    inside = [family.both(wanted, part) for part in parts]
    if wanted == NEVER or family.either(*inside) != wanted:
        return ()
    search = _Search(family, wanted, inside)
    for size in range(1, len(parts)):
        if (found := search.within(wanted, size)) is not None:
            return tuple(sorted(found))
        if search.left <= 0:
            break
    return _needed(family, wanted, inside)


class _Search:
    """Looks for sets of a given size; `left` is how many choices may still be looked at."""

    def __init__(self, family: Diagrams, wanted: int, inside: Sequence[int]) -> None:
        self.family, self.inside = family, inside
        self.outside = [family.without(wanted, one) for one in inside]
        self.left = MOST

    def within(self, still: int, size: int) -> tuple[int, ...] | None:
        """Positions of at most `size` parts that hold all that is still to be held."""
        if still == NEVER or not size:
            return () if still == NEVER else None
        for position in self._holding(self.family.path(still)):
            self.left -= 1
            if self.left < 0:
                return None
            rest = self.within(self.family.both(still, self.outside[position]), size - 1)
            if rest is not None:
                return (position, *rest)
        return None

    def _holding(self, path: dict[int, int]) -> Iterator[int]:
        """Positions of the parts that hold one point of a path."""
        point = {variable: {path.get(variable, 0)} for variable in range(len(self.family.sizes))}
        return (at for at, one in enumerate(self.inside) if self.family.meets(one, point))


def _needed(family: Diagrams, wanted: int, inside: Sequence[int]) -> tuple[int, ...]:
    """Positions of parts of which none can be left out, the last looked at first."""
    kept = list(range(len(inside)))
    for position in reversed(range(len(inside))):
        others = [inside[one] for one in kept if one != position]
        if family.either(*others) == wanted:
            kept.remove(position)
    return tuple(kept)
