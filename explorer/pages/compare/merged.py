"""One pathway out of two: what is in both, what changed, what is in one alone; as a scene to be drawn, and as lists that say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from edgewise.explorer.cards.whose import SIGN
from edgewise.explorer.drawing.layout import NARROW, WIDE
from edgewise.explorer.drawing.lettering import wrap
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Edge, Lane, Scene, Side
from edgewise.explorer.drawing.sizes import EDGE_FONT
from edgewise.graph.comparing.alternatives import paired
from edgewise.graph.comparing.comparison import Comparison
from edgewise.graph.comparing.criteria import NOTHING, Moved, moved
from edgewise.graph.comparing.pathways import edge_name, places_told
from edgewise.graph.model import Guideline

SIDES: tuple[Side, ...] = ("changed", "only-a", "only-b", "same")


@dataclass(frozen=True, slots=True)
class Part:
    """A step or an edge of the merged pathway.

    Attributes:
        kind: ``step`` or ``edge``.
        a: its id in A; empty where it is in B alone.
        b: its id in B.
        name: what it is called.
        side: how it stands in the two.
        told: what changed, in a line each.
    """

    kind: str
    a: str
    b: str
    name: str
    side: Side
    told: tuple[str, ...] = ()


def parts(found: Comparison) -> tuple[Part, ...]:
    """All steps and edges of the two."""
    changed = _changed(found)
    return (*_parts(found, "step", changed), *_parts(found, "edge", changed))


def _parts(found: Comparison, kind: str, changed: Mapping[tuple[str, str], tuple[str, ...]]) -> Iterator[Part]:
    for one in found.matching.matches:
        if one.kind == kind:
            told = changed.get((one.a, one.b), ()) if one.a and one.b else ()
            side: Side = ("changed" if told else "same") if one.a and one.b else "only-a" if one.a else "only-b"
            yield Part(kind, one.a, one.b, _name(found, kind, one.a, one.b), side, told)


def _name(found: Comparison, kind: str, a: str, b: str) -> str:
    guideline, id = (found.a, a) if a else (found.b, b)
    return guideline.steps[id].name if kind == "step" else edge_name(guideline, guideline.transitions[id])


def _changed(found: Comparison) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """By ids in both, what of a step or an edge changed that may be seen on a pathway: neither evidence nor words."""
    told: dict[tuple[str, str], list[str]] = {}
    for one in found.of_weight("care", "pathway"):
        if one.a and one.b:
            told.setdefault((one.a, one.b), []).append(one.text)
    for pair in paired(found.alignment):
        for id, before, after in places_told(found.alignment, pair):
            told.setdefault((id, found.matching.b_of("step", id)), []).append(f"{pair.label}: {before} → {after}")
    return {ids: tuple(lines) for ids, lines in told.items()}


# As a scene ---------------------------------------------------------------------------------------------------------------


def merged(found: Comparison) -> Scene:
    """Both pathways as one: what only B has stands among the steps of A, in the lane that is called alike."""
    sides = {(part.kind, part.a, part.b): part.side for part in parts(found)}
    one, other = picture(found.a), picture(found.b)
    lanes, lane_of = _lanes(one, other)
    alignment, matching = found.alignment, found.matching
    nodes = list(one.nodes)
    only_b = [
        replace(node, id=alignment.steps[node.id], lane=lane_of[node.lane]) for node in other.nodes if not matching.a_of("step", node.id)
    ]
    edges = [replace(edge, state=sides["edge", edge.id, matching.b_of("edge", edge.id)], label=_label(found, edge)) for edge in one.edges]
    alone = [edge for edge in other.edges if not matching.a_of("edge", edge.id)]
    taken = {node.id for node in (*nodes, *only_b)} | {edge.id for edge in edges}
    for edge in alone:
        source, target = (alignment.steps[end] for end in (edge.source, edge.target))
        id = _free(edge.id, taken)
        taken.add(id)
        edges.append(replace(edge, id=id, source=source, target=target, state="only-b", label=_own(found.b, edge)))
    used = {node.lane for node in (*nodes, *only_b)}
    return Scene(tuple(lane for lane in lanes if lane.id in used), (*nodes, *only_b), tuple(edges))


def node_sides(found: Comparison) -> Mapping[str, Side]:
    """How each step of the merged scene stands, by its id there."""
    return {part.a or found.alignment.steps[part.b]: part.side for part in parts(found) if part.kind == "step"}


def alone(found: Comparison, letter: str) -> tuple[Scene, Mapping[str, Side]]:
    """One of the two pathways by itself, with how each part stands in both."""
    first = letter == "A"
    ids = {(part.kind, part.a if first else part.b): part.side for part in parts(found)}
    guideline = found.a if first else found.b
    scene = picture(guideline)
    edges = tuple(replace(edge, state=ids["edge", edge.id], label=_half(found, edge, letter)) for edge in scene.edges)
    return replace(scene, edges=edges), {node.id: ids["step", node.id] for node in scene.nodes}


def _half(found: Comparison, edge: Edge, letter: str) -> str:
    """The words of an edge in one of the two: what only that one asks, if there is room."""
    if letter == "A":
        told = _moved(found, edge.id, found.matching.b_of("edge", edge.id))
        return _first_that_fits(told, [one.signs_before or NOTHING for one in told]) or _own(found.a, edge)
    told = _moved(found, found.matching.a_of("edge", edge.id), edge.id)
    return _first_that_fits(told, [one.signs_after or NOTHING for one in told]) or _own(found.b, edge)


def _lanes(one: Scene, other: Scene) -> tuple[list[Lane], Mapping[str, str]]:
    """The lanes of both, those of B where a lane of A is called alike as that one; and in which each lane of B is."""
    lanes = list(one.lanes)
    lane_of: dict[str, str] = {}
    at = 0 if {*map(_called, one.lanes)} & {*map(_called, other.lanes)} else len(lanes)
    for lane in other.lanes:
        like = next((each for each in lanes if _called(each) == _called(lane)), None)
        if like is None:
            like = Lane(_free(lane.id, {each.id for each in lanes}), lane.label)
            lanes.insert(at, like)
        at = lanes.index(like) + 1
        lane_of[lane.id] = like.id
    return lanes, lane_of


def _called(lane: Lane) -> str:
    return lane.label.casefold()


def _label(found: Comparison, edge: Edge) -> str:
    """The words of an edge that both have: what is asked in the one and in the other where that is not the same, if there is room."""
    told = _moved(found, edge.id, found.matching.b_of("edge", edge.id))
    signs = [f"{one.signs_before or NOTHING} → {one.signs_after or NOTHING}" for one in told]
    return _first_that_fits(told, signs) or _own(found.a, edge)


def _moved(found: Comparison, a: str, b: str) -> tuple[Moved, ...]:
    if not (a and b):
        return ()
    here, there = found.a.transitions[a], found.alignment.told.transitions[b]
    return moved([here.when], [there.when], found.a.observables, found.alignment.told.observables)


def _first_that_fits(told: Sequence[Moved], signs: Sequence[str]) -> str:
    """What is asked, with the names of what is asked for or without; empty where neither has room."""
    named = [f"{one.label} {sign}" for one, sign in zip(told, signs, strict=True)]
    return next((way for way in map("; ".join, (named, signs)) if way and _fits(way)), "")


def _fits(words: str) -> bool:
    """Whether an edge's label has room for words; what is cut off might be the very difference."""
    return all(not "".join(wrap(f"m{words}", EDGE_FONT, each.edge, each.lines)).endswith("…") for each in (WIDE, NARROW))


def _own(guideline: Guideline, edge: Edge) -> str:
    """An edge's own words, marked where they are the modeller's."""
    return f"{SIGN} {edge.label}" if guideline.transitions[edge.id].stated_by == "modeller" else edge.label


def _free(id: str, taken: set[str]) -> str:
    while id in taken:
        id += "′"
    return id
