"""What the canvas is to show, in plain words: lanes, nodes and edges, without places or colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from edgewise.ontology.errors import EdgewiseError, UnknownName

Kind = Literal["Presentation", "Investigation", "Treatment", "Endpoint", "Lane"]
"""Of a step; ``Lane`` is a lane that is folded into one box."""
State = Literal["supported", "weak", "broken", "uncited", "inferred"]
Side = Literal["same", "changed", "only-a", "only-b"]
"""How something stands in two guidelines; in drawings of both it takes the place of the state of evidence."""
Role = Literal["route", "option", "excluded"]
Room = Literal["light", "dark"]
Grouping = Literal["together", "one-of"]
Weight = Literal["fallen", "losing", "doubted"]
"""How works that were retracted, or are in doubt, touch an edge or a step: nothing is left, something is, all is and is in doubt."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A phase; lanes are stacked from top to bottom in the order given. `folds` is one that can be folded into a box."""

    id: str
    label: str
    folds: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A step. `badge` is a rating as ``9/9``; `endpoint` says which end it is; `tip` is shown on hovering.

    `inferred` is a step to which no edge leads but those that the modeller inferred; `belongs` says with which others it goes together.
    `members` are the states of the edges within a lane that is folded into it.
    """

    id: str
    label: str
    kind: Kind
    lane: str
    badge: str = ""
    endpoint: str = ""
    tip: str = ""
    inferred: bool = False
    belongs: str = ""
    members: tuple[State | Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A transition with the state of its evidence; in a drawing of two guidelines, with how it stands in them.

    `mark` stands before the label while that is broken into lines: it keeps room for the sign of the state, and what else is drawn there.
    `members` are the states of the edges that it stands for, where it stands for several.
    """

    id: str
    source: str
    target: str
    label: str
    state: State | Side
    role: Role = "route"
    tip: str = ""
    mark: str = "m"
    members: tuple[State | Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Steps that are framed: begun ``together``, or ``one-of`` several to choose from. They stand side by side within a row."""

    kind: Grouping
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole drawing. Raises UnknownName for a dangling reference and EdgewiseError for an id used twice.

    >>> Scene((Lane("l", "Imaging"),), (Node("a", "X-ray", "Investigation", "l"),), (Edge("e", "a", "b", "", "weak"),))
    Traceback (most recent call last):
    edgewise.ontology.errors.UnknownName: unknown step 'b': known are a
    """

    lanes: tuple[Lane, ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        lanes, nodes = [lane.id for lane in self.lanes], [node.id for node in self.nodes]
        _refuse_twins("lane", lanes)
        _refuse_twins("step or transition", [*nodes, *(edge.id for edge in self.edges)])
        _refuse_strangers("phase", (node.lane for node in self.nodes), lanes)
        _refuse_strangers("step", (end for edge in self.edges for end in (edge.source, edge.target)), nodes)
        _refuse_strangers("step", (step for group in self.groups for step in group.steps), nodes)


@dataclass(frozen=True, slots=True)
class Highlight:
    """Where a walk stands. Steps: `due`, `passed`, `unreachable`; transitions: `path` (taken), `closed` (or out of reach).

    Of the closed ones, `unnamed` are those that nothing rules out: a number lies outside every range that the source names.
    Of the steps, `waiting` are those of which the time has not come, `overdue` those due of which it has passed.
    `remarks` says of steps and transitions, by id, whose word they are for this patient where it is not the source's alone, `times` how
    steps stand in time.
    """

    due: frozenset[str] = field(default_factory=frozenset)
    passed: frozenset[str] = field(default_factory=frozenset)
    unreachable: frozenset[str] = field(default_factory=frozenset)
    path: frozenset[str] = field(default_factory=frozenset)
    closed: frozenset[str] = field(default_factory=frozenset)
    unnamed: frozenset[str] = field(default_factory=frozenset)
    remarks: Mapping[str, str] = field(default_factory=dict, hash=False)
    waiting: frozenset[str] = field(default_factory=frozenset)
    overdue: frozenset[str] = field(default_factory=frozenset)
    times: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Ghost:
    """A place where the source falls silent: drawn beside the step `at`; `faint` where it does so for other patients than this one."""

    at: str
    label: str = "The source does not say"
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """That a work behind a step or an edge was retracted or is in doubt; `told` says which, and since when."""

    weight: Weight
    told: str


@dataclass(frozen=True, slots=True)
class Click:
    """What was clicked: a node, an edge, a ghost, the bare ground (id empty), an entry of the legend, or the name of a lane that folds.

    Where the drawing is edited also what was done: an edge drawn (``draw``) from the step `id` to the step `to`, the step `id` carried into
    the lane `to` (``carry``), a step asked for (``add``) in the lane `id`; and there the name of every lane can be clicked.
    """

    kind: Literal["node", "edge", "ghost", "ground", "legend", "lane", "draw", "carry", "add"]
    id: str
    nonce: str
    to: str = ""


def _refuse_twins(what: str, ids: Iterable[str]) -> None:
    twins = [name for name, count in Counter(ids).items() if count > 1]
    if twins:
        raise EdgewiseError(f"the {what} '{twins[0]}' occurs twice: give each its own id")


def _refuse_strangers(what: str, used: Iterable[str], known: list[str]) -> None:
    seen = set(known)
    for name in used:
        if name not in seen:
            raise UnknownName(what, name, known)
