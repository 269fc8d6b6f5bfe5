"""The parts of a condition: found by their path, put in, taken out, joined and turned into their opposite. Nothing is changed in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal, TypeAlias

from edgewise.explorer.pages.build.forms.criteria import Compared, Joined, Negated, Part

Path: TypeAlias = tuple[int, ...]


def inner(part: Part) -> tuple[Part, ...]:
    """What a part is made of."""
    return part.parts if isinstance(part, Joined) else (part.part,) if isinstance(part, Negated) else ()


def at(tree: Part, path: Path) -> Part | None:
    """The part at a path, None where there is none.

    >>> at(Negated(Compared("a", "yes")), (0,)).observable, at(Compared("a"), (3,))
    ('a', None)
    """
    for step in path:
        parts = inner(tree)
        if step >= len(parts):
            return None
        tree = parts[step]
    return tree


def every(tree: Part, path: Path = ()) -> Iterator[tuple[Path, Part]]:
    """All parts with their paths, the whole first."""
    yield path, tree
    for number, part in enumerate(inner(tree)):
        yield from every(part, (*path, number))


def changed(tree: Part, path: Path, change: Callable[[Part], Part | None]) -> Part | None:
    """The tree with one part changed, or taken out where the change makes nothing of it; None if nothing is left.

    A group of which then one part is left is that part, if nothing was said of the group itself.
    """
    if not path:
        return change(tree)
    head, *rest = path
    parts = list(inner(tree))
    made = changed(parts[head], tuple(rest), change)
    if isinstance(tree, Negated):
        return replace(tree, part=made) if made is not None else None
    parts[head : head + 1] = [made] if made is not None else []
    if not isinstance(tree, Joined):
        return tree
    return _left(tree, tuple(parts)) if made is None else replace(tree, parts=tuple(parts))


def _left(group: Joined, parts: tuple[Part, ...]) -> Part | None:
    if len(parts) == 1 and group.how != "of" and not (group.label or group.based_on or group.stated_by):
        return parts[0]
    return replace(group, parts=parts) if parts else None


def replaced(tree: Part, path: Path, part: Part | None) -> Part | None:
    """The tree with another part at a path; None takes it out."""
    return changed(tree, path, lambda _: part)


def added(tree: Part | None, path: Path, part: Part, how: Literal["all", "any"] = "all") -> Part:
    """The tree with one part more: in the group at the path; beside what else is there, joined with it.

    >>> a, b, c = Compared("a", "yes"), Compared("b", "yes"), Compared("c", "yes")
    >>> added(added(a, (), b), (), c) == Joined("all", (a, b, c)), added(None, (), a) == a
    (True, True)
    """
    if tree is None:
        return part
    made = changed(tree, path, lambda one: replace(one, parts=(*one.parts, part)) if isinstance(one, Joined) else Joined(how, (one, part)))
    return part if made is None else made


def opposite(part: Part) -> Part:
    """What holds where the part does not; the opposite of an opposite is the part, unless something was said of it.

    >>> opposite(Compared("a", "yes")).answer, opposite(opposite(Joined("all", ()))).how
    ('no', 'all')
    """
    if isinstance(part, Negated) and not (part.label or part.based_on or part.stated_by):
        return part.part
    if isinstance(part, Compared) and part.answer and not (part.label or part.times or part.statistic):  # of a series: not one is so
        return replace(part, answer="no" if part.answer == "yes" else "yes")
    return Negated(part)
