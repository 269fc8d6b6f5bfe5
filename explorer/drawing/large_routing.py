"""A large drawing by dot in one pass: the same rows and links as `explorer.drawing.routing` gives it, without looking twice.

What costs there, a thousand steps cannot pay: dot is asked again and again until no link hugs a box that it only passes, is handed every
attribute by itself, and ranks are held by a chain of boxes of their own, which it places like all others. Here each box has room above
and below it from the beginning, the chain runs through boxes that are there anyhow, and words go in and out as one text: of numbers, ids
that are ours, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pygraphviz

from edgewise.explorer.drawing.geometry import Box, Point, clipped
from edgewise.explorer.drawing.routing import (
    BESIDE,
    CLEAR,
    LOCK,
    RANK_GAP,
    ROW_GAP,
    Half,
    Room,
    Routes,
    Size,
    Wire,
    drawn_beside,
    halves_of,
    label_rank,
    without,
)

_INCH = 72.0
_Pieces = dict[tuple[str, str], list[list[Point]]]


class _Graph(pygraphviz.AGraph):  # type: ignore[misc]  # pygraphviz bears no types
    """One that does not warn on the terminal of what takes long: that is known."""

    def number_of_nodes(self) -> int:
        return 0


def route_at_once(
    rows: Sequence[Sequence[str]],
    sizes: Mapping[str, Size],
    links: Sequence[Wire],
    *,
    beside: float = ROW_GAP,
    room: Mapping[str, Room] | None = None,
    groups: Sequence[Sequence[str]] = (),
) -> Routes:
    """Place boxes, given rank by rank from the top, and route the links; arguments and answer as of `explorer.drawing.routing.route`.

    >>> drawing = route_at_once([["a"], ["b"]], {"a": (40, 20), "b": (40, 20)}, [Wire("e", "b", "a", (10, 10), (1, 1))])
    >>> drawing.boxes["a"].y < drawing.labels["e"].y < drawing.boxes["b"].y
    True
    """
    rank_of = {name: 2 * rank for rank, row in enumerate(rows) for name in row}
    names = {name: f"n{i}" for i, name in enumerate(sizes)}
    knots = {link.id: f"k{i}" for i, link in enumerate(links)}
    halves = {link.id: halves_of(link, names, knots[link.id], rank_of) for link in links}
    ranks = {names[name]: rank for name, rank in rank_of.items()} | {knots[link.id]: label_rank(link, rank_of) for link in links}
    more = {name: Room(0.0, 0.0) for name in sizes} | dict(room or {})
    free = {name: Room(CLEAR + one.above, CLEAR + one.below) for name, one in more.items()}
    given = {names[name]: (width, height + sum(free[name])) for name, (width, height) in sizes.items()}
    given |= {knots[link.id]: link.size for link in links}
    tied = [(names[one], names[other]) for one, other in drawn_beside(rows, groups)]
    text = "\n".join(_text(given, [half for pair in halves.values() for half in pair], ranks, tied, beside))
    places, pieces = _read(text_drawn(text))
    boxes = {key: without(places[name], free[key]) for key, name in names.items()}
    routes = {key: _joined(*(_piece(half, pieces) for half in pair)) for key, pair in halves.items()}
    routes = {link.id: clipped(routes[link.id], boxes[link.source], boxes[link.target]) for link in links}
    return Routes(boxes, {key: places[name] for key, name in knots.items()}, routes)


def text_drawn(text: str) -> str:
    """What dot makes of a graph, as its plain text."""
    with LOCK:
        drawn = _Graph(string=text).draw(format="plain", prog="dot")
    return str(drawn.decode())


def _text(
    room: Mapping[str, Size], halves: Sequence[Half], ranks: Mapping[str, int], tied: Iterable[tuple[str, str]], beside: float
) -> Iterator[str]:
    """The graph in dot's language, line by line."""
    yield f"digraph {{ ranksep={RANK_GAP / _INCH:.4f}; nodesep={beside / _INCH:.4f};"
    yield 'node [shape=box, label="", fixedsize=true]; edge [dir=none];'
    for name, (width, height) in room.items():
        yield f"{name} [width={width / _INCH:.4f}, height={height / _INCH:.4f}];"
    for half in halves:
        ports = ", ".join(f"{key}={value}" for key, value in half.ports.items())
        yield f"{half.tail} -> {half.head} [weight={half.weight}, {ports}];"
    for one, other in tied:
        yield f"{one} -> {other} [style=invis, weight={BESIDE}];"
    yield from _ranked(ranks, {ranks[half.tail] for half in halves if ranks[half.head] - ranks[half.tail] == 1})
    yield "}"


def _ranked(ranks: Mapping[str, int], linked: Collection[int]) -> Iterator[str]:
    """Ranks, and a chain from each to the next, where no link leads from one to the other anyhow."""
    rows: dict[int, list[str]] = {}
    for name, rank in ranks.items():
        rows.setdefault(rank, []).append(name)
    last, before = "", 0
    for rank, row in sorted(rows.items()):
        yield f"{{ rank=same; {'; '.join(row)} }}"
        if last and not (rank - before == 1 and before in linked):
            yield f"{last} -> {row[0]} [style=invis, weight=0, minlen={rank - before}];"
        last, before = row[0], rank


def _read(plain: str) -> tuple[dict[str, Box], _Pieces]:
    """Boxes by name, and the curves from tail to head; of several between the same two, in the order in which they were given."""
    places: dict[str, Box] = {}
    pieces: _Pieces = {}
    for line in plain.splitlines():
        kind, *words = line.split()
        if kind == "node":
            x, y, width, height = (float(word) * _INCH for word in words[1:5])
            places[words[0]] = Box(x, -y, width, height)
        elif kind == "edge":
            numbers = [float(word) * _INCH for word in words[3 : 3 + 2 * int(words[2])]]
            pieces.setdefault((words[0], words[1]), []).append([(x, -y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)])
    return places, pieces


def _piece(half: Half, pieces: _Pieces) -> list[Point]:
    points = pieces[half.tail, half.head].pop(0)
    return points[::-1] if half.turned else points


def _joined(before: list[Point], after: list[Point]) -> tuple[Point, ...]:
    """Both halves, with a straight piece behind the label between them."""
    return (*before, before[-1], after[0], *after)
