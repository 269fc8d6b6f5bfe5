"""Processes and sub-processes: their tasks, gateways and events as nodes of one chart, sub-processes taken apart."""

from __future__ import annotations

from dataclasses import replace

from lxml.etree import _Element as Element

from edgewise.graph.importing.bpmn.activities import add_task, tell_beside
from edgewise.graph.importing.bpmn.elements import (
    EVENTS,
    FLOW_NODES,
    GATEWAYS,
    SUB_PROCESSES,
    TASKS,
    Model,
    Scope,
    child,
    children,
    documentation,
    id_of,
    name_of,
    what,
)  # fmt: skip
from edgewise.graph.importing.bpmn.events import add_event
from edgewise.graph.importing.bpmn.flows import add_flow, add_gateway
from edgewise.graph.importing.content import line_of, local
from edgewise.graph.importing.flowcharts.model import Arrow, Lane, Node

_BESIDE = frozenset((
    "documentation", "extensionElements", "laneSet", "dataObject", "dataObjectReference", "dataStoreReference", "textAnnotation",
    "association", "group", "incoming", "outgoing", "sequenceFlow", "supports", "ioSpecification", "property", "ioBinding",
    "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "completionCondition", "dataInputAssociation",
    "dataOutputAssociation", "potentialOwner", "performer", "humanPerformer", "resourceRole",
))  # fmt: skip
"""What is read elsewhere, or says nothing of a pathway."""


def read_scope(scope: Scope, model: Model) -> None:
    """Add what a process or sub-process holds: nodes first, the flows between them then."""
    for element in children(scope.element):
        lane = scope.lanes.get(element.get("id") or "", scope.lane)
        here = replace(scope, lane=lane)
        if local(element) in TASKS:
            add_task(element, here, model)
        elif local(element) in SUB_PROCESSES:
            _add_sub_process(element, here, model)
        elif local(element) in GATEWAYS:
            add_gateway(element, here, model)
        elif local(element) in EVENTS:
            add_event(element, here, model)
        elif local(element) not in _BESIDE:
            model.sheet.unread(line_of(element), what(element), "Edgewise has nothing that would say it.")
    for element in children(scope.element, "sequenceFlow"):
        add_flow(element, model)


def _add_sub_process(element: Element, scope: Scope, model: Model) -> None:
    """Its first nodes are reached where it is, what follows it where they end."""
    if not any(local(inner) in FLOW_NODES for inner in children(element)):
        add_task(element, scope, model)
        model.chart.miss(id_of(element), what(element), "The file does not hold what goes on inside; it is one step here.")
        return
    key, name = id_of(element), name_of(element)
    happens = element.get("triggeredByEvent") == "true"
    inner = Scope(element, "event" if happens else "inner", _lane(element, scope, model), scope.lanes, name or scope.inside)
    known = set(model.chart.nodes)
    if not happens:
        model.chart.add(Node(key, line_of(element), "", what(element), kind="joint", phase=inner.lane))
        model.chart.add(Node(f"{key}/out", line_of(element), "", what(element), kind="joint", phase=inner.lane))
    read_scope(inner, model)
    held = [id for id in model.chart.nodes if id not in known and id not in (key, f"{key}/out")]
    model.elsewhere[key] = held
    if not happens:
        _join_ends(element, held, model)
    _tell(element, happens, model)


def _lane(element: Element, scope: Scope, model: Model) -> str:
    """The phase of what is inside: its lane, else the sub-process is one."""
    if scope.lanes or not name_of(element):
        return scope.lane
    model.chart.lanes[id_of(element)] = Lane(id_of(element), name_of(element))
    return id_of(element)


def _join_ends(element: Element, held: list[str], model: Model) -> None:
    """Draw what leads into the sub-process on to where it begins, and from where it ends on to what follows it."""
    key, inside = id_of(element), set(held)
    own = [model.chart.nodes[id_of(inner)] for inner in children(element) if id_of(inner) in model.chart.nodes]
    targets = {arrow.target for arrow in model.chart.arrows if arrow.source in inside}
    sources = {arrow.source for arrow in model.chart.arrows if arrow.target in inside}
    begun = [node for node in own if node.kind == "start"] or [node for node in own if node.key not in targets and _is_begun(node, model)]
    for node in begun:
        node.kind = "joint" if node.kind == "start" else node.kind
        role = "option" if local(element) == "adHocSubProcess" else "route"
        model.chart.arrows.append(Arrow(key, node.key, node.line, node.what, role=role))  # type: ignore[arg-type]
    for node in own:
        ends = f"{node.key}/out" if f"{node.key}/out" in model.chart.nodes else node.key
        if node.kind == "end" or (ends not in sources and node.kind != "start"):
            node.kind = "joint" if node.kind == "end" else node.kind
            model.chart.arrows.append(Arrow(ends, f"{key}/out", node.line, node.what))


def _is_begun(node: Node, model: Model) -> bool:
    """Whether a node to which nothing leads is where a scope begins: not what happens at a task, nor what undoes one."""
    element = model.by_id.get(node.key)
    return element is None or (local(element) != "boundaryEvent" and element.get("isForCompensation") != "true")


def close_ends(model: Model) -> None:
    """After all flows: a sub-process that nothing follows ends there, one to which nothing leads begins there."""
    leaving, entering = model.chart.leaving(), model.chart.entering()
    for key in [key for key in model.chart.nodes if key.endswith("/out") and not leaving[key]]:
        for arrow in entering[key]:
            ends = model.chart.nodes[arrow.source]
            element = model.by_id.get(ends.key)
            ends.kind = "end" if element is not None and local(element) == "endEvent" else ends.kind
            ends.label = ends.label or ("End" if ends.kind == "end" else "")
        model.chart.arrows = [arrow for arrow in model.chart.arrows if arrow.target != key]
        del model.chart.nodes[key]
        leaving, entering = model.chart.leaving(), model.chart.entering()
    for key, node in model.chart.nodes.items():
        element = model.by_id.get(key)
        if element is not None and local(element) in SUB_PROCESSES and node.kind == "joint" and not entering[key]:
            node.kind, node.label = "start", name_of(element) or what(element)


_AT_ANY_TIME = "It may begin at any time while the process runs; whether its event has come is asked once, at the beginning."
_KINDS = {
    "adHocSubProcess": " Its tasks may be done in any order and number; each is an option, and when they suffice is not read.",
    "transaction": " That it is undone as a whole is not said.",
}


def _tell(element: Element, happens: bool, model: Model) -> None:
    tell_beside(element, model, lambda text: model.sheet.note(f"{what(element)}: {text}"))
    if text := documentation(element):
        model.sheet.note(f"{what(element)}: {text}")
    line = line_of(element)
    if happens:
        model.chart.miss(id_of(element), what(element), _AT_ANY_TIME, line)
    else:
        why = "It is taken apart: its steps stand among the others, and what follows it is reached from each of its ends."
        model.chart.miss(id_of(element), what(element), f"{why}{_KINDS.get(local(element), '')}", line)
    if (completed := child(element, "completionCondition")) is not None:
        model.sheet.unread(line_of(completed), f"{what(element)}, {what(completed)}", "When it is complete is not read.")
