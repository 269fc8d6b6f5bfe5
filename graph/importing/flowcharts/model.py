"""A flow chart as a format's reader hands it over: nodes and arrows in the file's own words, not yet steps and edges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["start", "task", "test", "branch", "joint", "end"]
"""What a node is: where it begins, something to do, something to find out, a question with several ways on, a mere point at which arrows
meet or part, where it ends."""
Parting = Literal["one", "some", "all"]
"""How many of the arrows that leave a node are taken: one of them, those whose condition holds, each."""
Asked = dict[str, Any]
"""A criterion in the keys of docs/model.md."""


@dataclass(slots=True)
class Node:
    """Something between arrows.

    Attributes:
        key: its name in the file, unique in the chart.
        line: where it stands.
        label: what the file prints on it; may be empty.
        what: the construct in the format's words: ``exclusiveGateway "INR?"``.
        kind: see `Kind`; a `joint` becomes no step where its arrows can be drawn through it.
        parting: see `Parting`.
        question: asked where its arrows bear labels; its label if empty.
        summary: what the file says of it besides.
        phase: key of a `Lane`.
        yields: ids of observables that the file says are found out here.
        asked: ids of observables that its arrows ask; found out here where no other node yields them and it becomes a step.
        times: `notBefore`, `within`, `every` of the step.
        components: of the step.
        notes: what the file says that no key holds.
    """

    key: str
    line: int
    label: str
    what: str
    kind: Kind = "task"
    parting: Parting = "all"
    question: str = ""
    summary: str = ""
    phase: str = ""
    yields: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    times: dict[str, str] = field(default_factory=dict)
    components: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Arrow:
    """A way from one node to another.

    Attributes:
        source, target: keys of nodes.
        line: where it stands.
        what: the construct in the format's words.
        label: what the file prints on it.
        asks: its criterion where the file's condition was read, or is asked as it stands.
        is_label: whether the label is the condition, to be read together with those of the other arrows that leave the node.
        otherwise: whether it is taken where none of the others is.
        role: of the edge.
        note: of the edge.
        through: notes of the joints through which it was drawn.
        begun_with: keys of the places at which the file says that all ways are taken together.
    """

    source: str
    target: str
    line: int
    what: str
    label: str = ""
    asks: Asked | None = None
    is_label: bool = False
    otherwise: bool = False
    role: Literal["route", "option"] = "route"
    note: str = ""
    through: tuple[str, ...] = ()
    begun_with: tuple[str, ...] = ()


@dataclass(slots=True)
class Lane:
    """A phase: a lane, a pool, a sub-process, a subgraph."""

    key: str
    label: str


@dataclass(slots=True)
class Chart:
    """A whole flow chart; nodes and lanes by their keys, in the file's order.

    Attributes:
        all_begin: whether every node to which no arrow leads begins, or those of the kind `start` alone.
        elsewhere: what the phase of steps in no lane is called, where others are in one.
        by_ways: whether steps are written in the order in which one comes to them, not in the file's.
        missed: what is not read: key of the node that it is about, line, construct, reason.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    arrows: list[Arrow] = field(default_factory=list)
    lanes: dict[str, Lane] = field(default_factory=dict)
    all_begin: bool = True
    elsewhere: str = "Elsewhere"
    by_ways: bool = False
    missed: list[tuple[str, int, str, str]] = field(default_factory=list)

    def miss(self, key: str, what: str, why: str, line: int = 0) -> None:
        """Name what is not read of a node, told at the step that it becomes; `line` where it is not the node's own."""
        self.missed.append((key, line, what, why))

    def add(self, node: Node) -> None:
        """Add a node."""
        self.nodes[node.key] = node

    def leaving(self) -> dict[str, list[Arrow]]:
        """The arrows that leave each node, in order."""
        return self._by("source")

    def entering(self) -> dict[str, list[Arrow]]:
        """The arrows that lead to each node, in order."""
        return self._by("target")

    def _by(self, end: Literal["source", "target"]) -> dict[str, list[Arrow]]:
        found: dict[str, list[Arrow]] = {key: [] for key in self.nodes}
        for arrow in self.arrows:
            found[getattr(arrow, end)].append(arrow)
        return found


def observables_of(asks: Asked | None) -> list[str]:
    """Ids of the observables that a criterion asks, each once.

    >>> observables_of({"any": [{"observable": "a", "is": "yes"}, {"not": {"observable": "b", "is": "no"}}]})
    ['a', 'b']
    """
    found: list[str] = []
    waiting = [asks] if asks else []
    while waiting:
        asked = waiting.pop(0)
        found += [asked["observable"]] if "observable" in asked else []
        waiting += [*asked.get("all", ()), *asked.get("any", ()), *([asked["not"]] if "not" in asked else ())]
    return list(dict.fromkeys(found))


def together(*criteria: Asked | None) -> Asked | None:
    """All of these; None asks nothing.

    >>> together(None, {"observable": "a", "is": "yes"}, {"all": [{"observable": "b", "is": "no"}]})
    {'all': [{'observable': 'a', 'is': 'yes'}, {'observable': 'b', 'is': 'no'}]}
    """
    parts = [part for asked in criteria if asked for part in (asked["all"] if set(asked) == {"all"} else [asked])]
    distinct = [part for at, part in enumerate(parts) if part not in parts[:at]]
    return {"all": distinct} if len(distinct) > 1 else distinct[0] if distinct else None


def none_of(criteria: list[Asked]) -> Asked:
    """None of these.

    >>> none_of([{"observable": "a", "is": "yes"}])
    {'not': {'observable': 'a', 'is': 'yes'}}
    """
    distinct = [asked for at, asked in enumerate(criteria) if asked not in criteria[:at]]
    return {"not": distinct[0] if len(distinct) == 1 else {"any": distinct}}
