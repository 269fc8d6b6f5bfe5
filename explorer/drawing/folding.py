"""Lanes folded away: a lane as one box with its name and the number of its steps, and the edges between boxes drawn as one.

Nothing is left out in silence: each box tells how many steps it holds, each bundle how many edges, and what is due within a lane shows on
its box. An edge that is alone between two boxes stays what it is, with its label and its own evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import get_args

from edgewise.explorer.drawing.palette import NOTICED, STATES
from edgewise.explorer.drawing.scene import Edge, Ghost, Group, Highlight, Mark, Node, Role, Scene, Side, State

FROM = 60
"""Steps from which on lanes can be folded; smaller drawings are shown whole."""
_BOX, _BUNDLE = "lane ", "edges "  # no id holds a space, so none of ours is mistaken for one


def folds(scene: Scene) -> bool:
    """Whether a drawing is so large that its lanes fold: there are several of them, and many steps.

    >>> from edgewise.explorer.drawing.scene import Lane
    >>> folds(Scene((Lane("l", "Imaging"),), (Node("a", "X-ray", "Investigation", "l"),)))
    False
    """
    return len(scene.nodes) >= FROM and len({node.lane for node in scene.nodes}) > 1


def lane_of(box: str) -> str:
    """The lane whose box this is; empty for the id of anything else.

    >>> lane_of("lane imaging"), lane_of("x-ray")
    ('imaging', '')
    """
    return box.removeprefix(_BOX) if box.startswith(_BOX) else ""


def bundled(line: str) -> str:
    """The lane to unfold to see the edges of a bundle: that where they lead to, else that where they come from; empty for another id.

    >>> bundled("edges x-ray lane imaging"), bundled("edges lane imaging lane care"), bundled("edge")
    ('imaging', 'care', '')
    """
    return line.rpartition(f" {_BOX}")[2].partition(" ")[0] if line.startswith(_BUNDLE) else ""


@dataclass(frozen=True)  # no slots: what it needs to look things up is made when it is asked for
class Folding:
    """A drawing with some lanes folded.

    Attributes:
        whole: the drawing without.
        scene: what is drawn.
        box: by id of each step what stands for it: itself, or the box of its lane.
        line: the same of each edge; edges within a folded lane are missing.
    """

    whole: Scene
    scene: Scene
    box: Mapping[str, str]
    line: Mapping[str, str]

    def drawn(self, id: str) -> str:
        """What stands for a step or an edge; of an edge within a folded lane, the box of the lane."""
        if id in self.box:
            return self.box[id]
        return self.line.get(id) or (self.box[self._ends[id].source] if id in self._ends else id)

    def hides(self, id: str) -> bool:
        """Whether a step or an edge is not drawn as itself."""
        return self.drawn(id) != id

    def lanes(self, id: str) -> frozenset[str]:
        """The lanes that must be open for a step, or an edge with both its ends, to be in sight."""
        edge = self._ends.get(id)
        return frozenset(self._lane[step] for step in ((edge.source, edge.target) if edge else (id,)) if step in self._lane)

    def steps(self, box: str) -> tuple[str, ...]:
        """Ids of the steps that a box stands for."""
        return self._held.get(box, ())

    def steps_in(self, lane: str) -> int:
        """How many steps a lane has."""
        return self._counts[lane]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(node.lane for node in self.whole.nodes)

    @cached_property
    def _ends(self) -> Mapping[str, Edge]:
        return {edge.id: edge for edge in self.whole.edges}

    @cached_property
    def _lane(self) -> Mapping[str, str]:
        return {node.id: node.lane for node in self.whole.nodes}

    @cached_property
    def _held(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped(self.box)

    def highlight(self, walk: Highlight) -> Highlight:
        """Where a walk stands, told of the boxes: due where one of the steps is, out of reach where all of them are."""
        lines, some = _grouped(self.line), self._marked
        return Highlight(
            due=some(walk.due),
            passed=some(walk.passed) - some({*walk.due, *walk.waiting}),
            unreachable=frozenset(box for box, steps in self._held.items() if walk.unreachable.issuperset(steps)),
            path=frozenset(self.line[id] for id in walk.path if id in self.line),
            closed=frozenset(line for line, edges in lines.items() if walk.closed.issuperset(edges)),
            unnamed=walk.unnamed & lines.keys(),
            remarks={id: told for id, told in walk.remarks.items() if not self.hides(id)},
            waiting=some(walk.waiting) - some(walk.due),
            overdue=some(walk.overdue),
            times={**{id: told for id, told in walk.times.items() if not self.hides(id)}, **self._due_within(walk)},
        )

    def marks(self, marks: Mapping[str, Mark]) -> dict[str, Mark]:
        """Notices of works, told of the boxes and bundles: of several the gravest, with how many there are."""
        held: dict[str, list[Mark]] = {}
        for id, mark in marks.items():
            if drawn := self.line.get(id) or self.box.get(id):
                held.setdefault(drawn, []).append(mark)
        return {drawn: _gravest(within) for drawn, within in held.items()}

    def _marked(self, steps: Iterable[str]) -> frozenset[str]:
        return frozenset(self.box[id] for id in steps)

    def _due_within(self, walk: Highlight) -> dict[str, str]:
        names = {node.id: node.label for node in self.whole.nodes}
        held = {box: [names[id] for id in steps if id in walk.due] for box, steps in self._held.items() if lane_of(box)}
        return {box: f"Due here: {', '.join(due)}" for box, due in held.items() if due}

    def ghost(self, ghost: Ghost | None) -> Ghost | None:
        """The place where the source falls silent, at the box that stands for it."""
        return replace(ghost, at=self.box[ghost.at]) if ghost else None

    def ghosts(self, ghosts: Iterable[Ghost]) -> tuple[Ghost, ...]:
        """Those at steps in sight."""
        return tuple(one for one in ghosts if not self.hides(one.at))


def _gravest(within: Sequence[Mark]) -> Mark:
    if len(within) == 1:
        return within[0]
    weights = Counter(mark.weight for mark in within)
    told = ", ".join(f"{weights[name]} × {one['sign']} {one['label']}" for name, one in NOTICED.items() if weights[name])  # type: ignore[index]
    order = list(NOTICED)
    return Mark(min(weights, key=order.index), told)


def _grouped(of: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one, whole in of.items():
        found.setdefault(whole, []).append(one)
    return {whole: tuple(parts) for whole, parts in found.items()}


@lru_cache(maxsize=32)
def fold(scene: Scene, folded: frozenset[str]) -> Folding:
    """Fold some lanes of a drawing, by their ids; others than those it has are none.

    >>> from edgewise.explorer.drawing.scene import Lane
    >>> a, b, c = (Node(id, id.upper(), "Treatment", lane) for id, lane in ("ak", "bl", "cl"))
    >>> edges = tuple(Edge(id, "a", to, "on", state) for id, to, state in (("e", "b", "weak"), ("f", "c", "supported")))
    >>> found = fold(Scene((Lane("k", "First"), Lane("l", "Next")), (a, b, c), edges), frozenset("l"))
    >>> [node.label for node in found.scene.nodes], [(edge.label, edge.state) for edge in found.scene.edges]
    (['A', 'Next · 2 steps'], [('2 edges', 'weak')])
    """
    counts = Counter(node.lane for node in scene.nodes)
    box = {node.id: f"{_BOX}{node.lane}" if node.lane in folded else node.id for node in scene.nodes}
    boxes = dict.fromkeys(box.values())
    names = {lane.id: lane.label for lane in scene.lanes}
    known = {node.id: node for node in scene.nodes}
    bundles: dict[tuple[str, str], list[Edge]] = {}
    within: dict[str, list[State | Side]] = {}
    for edge in scene.edges:
        ends = box[edge.source], box[edge.target]
        if ends[0] != ends[1] or ends[0] in known:
            bundles.setdefault(ends, []).append(edge)
        else:
            within.setdefault(ends[0], []).append(edge.state)
    nodes = tuple(known.get(id) or _box(id, names[lane_of(id)], counts[lane_of(id)], within.get(id, ())) for id in boxes)
    line: dict[str, str] = {}
    edges = []
    for (source, target), members in bundles.items():
        apart = len(members) == 1 or (source in known and target in known)
        drawn = [replace(edge, source=source, target=target) for edge in members] if apart else [_bundle(source, target, members)]
        edges += drawn
        line |= {edge.id: edge.id if apart else drawn[0].id for edge in members}
    lanes = tuple(replace(lane, folds=lane.id not in folded and counts[lane.id] > 0) for lane in scene.lanes)
    return Folding(scene, Scene(lanes, nodes, tuple(edges), tuple(_groups(scene.groups, known, box))), box, line)


def _box(id: str, name: str, count: int, within: Iterable[State | Side]) -> Node:
    told = f"{name} · {count} step{'' if count == 1 else 's'}"
    return Node(id, told, "Lane", lane_of(id), tip="Unfold this lane", members=tuple(within))


def _bundle(source: str, target: str, edges: Sequence[Edge]) -> Edge:
    """Several edges as one, whose evidence is that of the weakest of them."""
    states = Counter(edge.state for edge in edges)
    order = [state for state in get_args(State) if states[state]]
    roles = {edge.role for edge in edges}
    role: Role = edges[0].role if len(roles) == 1 else "route"
    told = ", ".join(f"{states[state]} {STATES[state]['label']}" for state in order)
    members = tuple(edge.state for edge in edges)
    return Edge(f"{_BUNDLE}{source} {target}", source, target, f"{len(edges)} edges", order[-1], role, f"Of these: {told}", members=members)


def _groups(groups: Iterable[Group], known: Collection[str], box: Mapping[str, str]) -> Iterable[Group]:
    for group in groups:
        steps = tuple(step for step in group.steps if box[step] in known)
        if len(steps) > 1:
            yield replace(group, steps=steps)
