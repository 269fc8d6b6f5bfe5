"""Events: where a process begins and ends, what it waits for, what may happen at a task."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element as Element

from edgewise.graph.importing.bpmn.elements import Model, Scope, documentation, id_of, name_of, text_of, what
from edgewise.graph.importing.bpmn.flows import ask
from edgewise.graph.importing.bpmn.triggers import Trigger, trigger_of
from edgewise.graph.importing.content import line_of, local
from edgewise.graph.importing.flowcharts.model import Arrow, Asked, Node, none_of, together
from edgewise.graph.importing.sheets import plain

_OUTSIDE = "What sends it, or what it is sent to, lies outside of what a guideline says."
_NO_STRETCH = "The time is no plain stretch of it."


@dataclass(frozen=True, slots=True)
class _Event:
    element: Element
    node: Node
    trigger: Trigger
    label: str


def add_event(element: Element, scope: Scope, model: Model) -> None:
    """Add an event as a node; boundary events are joined to their task by `join_boundaries`, once all nodes are known."""
    trigger = trigger_of(element, model)
    label = name_of(element) or trigger.told
    summary = "\n".join(filter(None, (documentation(element), _besides(trigger, label))))
    node = Node(id_of(element), line_of(element), label, what(element), summary=summary, phase=scope.lane)
    event = _Event(element, node, trigger, label)
    _add(event, scope, model)
    if node.kind == "joint" and node.summary:
        node.notes.append(node.summary)
    model.chart.add(node)


def _besides(trigger: Trigger, label: str) -> str:
    """The trigger, where the label does not tell it."""
    return trigger.told if trigger.told != label and trigger.kind != "link" else ""


def _add(event: _Event, scope: Scope, model: Model) -> None:
    kind = local(event.element)
    if kind == "startEvent":
        _start(event, scope, model)
    elif kind == "endEvent":
        _end(event, scope, model)
    elif kind == "intermediateCatchEvent":
        _catch(event, model)
    elif kind == "boundaryEvent":
        event.node.kind, event.node.label = "joint", ""
    else:
        _throw(event, model)


def _start(event: _Event, scope: Scope, model: Model) -> None:
    event.node.kind = "start"
    if scope.kind == "process" or scope.kind == "event":
        event.node.label = event.label or "Start"
    if event.trigger.kind != "none" and scope.kind == "process":
        _unread(event, model, "It begins where this happens; that it does is not asked." if not event.trigger.every else "")


def _end(event: _Event, scope: Scope, model: Model) -> None:
    event.node.kind = "end"
    if scope.kind != "inner":
        event.node.label = event.label or "End"
    if event.trigger.kind == "terminate":
        _unread(event, model, "That everything else which is still under way ends with it is not said.")
    elif event.trigger.kind != "none":
        _unread(event, model, _OUTSIDE)


def _catch(event: _Event, model: Model) -> None:
    node, trigger = event.node, event.trigger
    if trigger.kind == "link":
        node.kind = "joint"
        return
    node.kind, node.label = "test", event.label or node.what
    if trigger.wait:
        node.kind, node.times = "task", {"notBefore": trigger.wait}
    elif trigger.kind == "timer":
        node.kind = "task"
        _unread(event, model, _NO_STRETCH)
    elif trigger.kind != "none":
        _unread(event, model, f"That it comes is waited for. {_OUTSIDE}")


def _throw(event: _Event, model: Model) -> None:
    node, trigger = event.node, event.trigger
    if trigger.kind in ("none", "link"):
        node.kind = "joint"
        return
    node.label = event.label or node.what
    _unread(event, model, f"It is a step, done once this is sent. {_OUTSIDE}")


def _unread(event: _Event, model: Model, why: str) -> None:
    if why:
        model.chart.miss(event.node.key, f"{event.node.what}, {event.trigger.told or event.trigger.kind}", why)


# Once all nodes and flows are known -------------------------------------------------------------------------------------------


def join_boundaries(model: Model) -> None:
    """Join each boundary event to its task: whether it came is asked, and where it breaks the task off, nothing else follows the task."""
    for element in _elements(model, "boundaryEvent"):
        key, host = id_of(element), element.get("attachedToRef") or ""
        trigger, node = trigger_of(element, model), model.chart.nodes[key]
        held = model.elsewhere.get(host)
        leads = any(arrow.source == key for arrow in model.chart.arrows)
        if not leads or trigger.kind == "compensate" or (host not in model.chart.nodes and not held):
            _drop(key, model)
            why = (
                "No way leads on from it."
                if not leads
                else "What it undoes is not said."
                if trigger.kind == "compensate"
                else "It has no task."
            )
            model.sheet.unread(node.line, f"{what(element)}, {trigger.told or trigger.kind}", why)
            continue
        if held is not None:
            _join_scope(element, trigger, held, model)
        else:
            _join_task(element, trigger, model.chart.nodes[host], model)


def _join_task(element: Element, trigger: Trigger, host: Node, model: Model) -> None:
    _ask_at(element, trigger, host, model)
    if trigger.wait and trigger.kind == "timer":
        host.times.setdefault("within", trigger.wait)
    breaks_off = element.get("cancelActivity") != "false"
    why = f"It may come while the task is under way, {'and breaks it off' if breaks_off else 'which goes on'}. Whether it came is asked."
    model.chart.miss(host.key, f"{what(element)}, {trigger.told or trigger.kind}", why, line_of(element))


def _ask_at(element: Element, trigger: Trigger, host: Node, model: Model) -> None:
    """Lead from a task to the event; where that breaks the task off, its coming is what the task comes to, and nothing else follows."""
    asks = _happened(element, trigger, host.label or host.what, model)
    label = name_of(element) or trigger.told or what(element)
    if element.get("cancelActivity") != "false":
        host.yields += [id for id in [asks.get("observable")] if id and id not in host.yields]
        _break_off(host.key, asks, label, model)
    model.chart.arrows.append(Arrow(host.key, id_of(element), line_of(element), what(element), label=label, asks=asks))


def _break_off(host: str, asks: Asked, event: str, model: Model) -> None:
    """Nothing else follows a task that was broken off."""
    for arrow in model.chart.arrows:
        if arrow.source == host and not arrow.otherwise and not _is_boundary(arrow.target, model):
            arrow.asks, arrow.label = together(arrow.asks, none_of([asks])), arrow.label or f"not: {event}"


def _join_scope(element: Element, trigger: Trigger, held: list[str], model: Model) -> None:
    """At a sub-process: what may happen at any of its steps."""
    for node in [model.chart.nodes[key] for key in held if key in model.chart.nodes]:
        if node.kind in ("task", "test", "branch"):
            _ask_at(element, trigger, node, model)
    breaks_off = element.get("cancelActivity") != "false"
    goes_on = "and breaks it off" if breaks_off else "which goes on"
    why = f"It may come at any step of the sub-process, {goes_on}. Whether it came is asked at each."
    model.sheet.unread(line_of(element), f"{what(element)}, {trigger.told or trigger.kind}", why)


def _happened(element: Element, trigger: Trigger, host: str, model: Model) -> Asked:
    if trigger.condition is not None and plain(text_of(trigger.condition)):
        return ask(trigger.condition, plain(text_of(trigger.condition)), model)
    told = name_of(element) or trigger.told or what(element)
    besides = _besides(trigger, told)
    named = f'Does "{told}"' + (f" ({besides})" if besides else "")
    question = f'{named} come before "{host}" is finished?' if host else f"{named} come?"
    return {"observable": model.sheet.observable(told, "yes-no", question=question), "is": "yes"}


def join_links(model: Model) -> None:
    """Join each throwing link event to the catching one of the same name."""
    caught: dict[tuple[Element | None, str], str] = {}
    for element in _elements(model, "intermediateCatchEvent"):
        if (trigger := trigger_of(element, model)).kind == "link":
            caught.setdefault((element.getparent(), trigger.link), id_of(element))
    for element in _elements(model, "intermediateThrowEvent"):
        trigger = trigger_of(element, model)
        if trigger.kind != "link":
            continue
        if (target := caught.get((element.getparent(), trigger.link))) is not None:
            model.chart.arrows.append(Arrow(id_of(element), target, line_of(element), what(element)))
        else:
            model.sheet.unread(line_of(element), f"{what(element)}, {trigger.told}", "No link event of this name catches it.")


def settle_waits(model: Model) -> None:
    """A timer that leads to one step alone, to which nothing else leads, is that step's own time."""
    leaving, entering = model.chart.leaving(), model.chart.entering()
    for element in (*_elements(model, "intermediateCatchEvent"), *_elements(model, "startEvent"), *_elements(model, "boundaryEvent")):
        node = model.chart.nodes.get(id_of(element))
        trigger = trigger_of(element, model)
        out = leaving[node.key] if node is not None else []
        if node is None or len(out) != 1 or not (trigger.wait or trigger.every):
            continue
        step = model.chart.nodes[out[0].target]
        alone = step.kind in ("task", "test") and len(entering[step.key]) == 1 and not step.times
        if local(element) == "intermediateCatchEvent" and trigger.wait and alone and entering[node.key] and node.kind == "task":
            node.kind, node.times, step.times = "joint", {}, {"notBefore": trigger.wait}
            node.notes += filter(None, [node.summary])
        elif local(element) != "intermediateCatchEvent" and trigger.every:
            if alone:
                step.times = {"every": trigger.every}
            else:
                model.chart.miss(node.key, f"{node.what}, {trigger.told}", "What is done again and again is not one step alone.")


def ask_beginnings(model: Model, started: list[list[str]]) -> None:
    """Where a process can begin in several ways, ask in which it does; `started` are the keys of the start events of each process."""
    for keys in started:
        nodes = [model.chart.nodes[key] for key in keys if model.chart.nodes[key].kind == "start"]
        if len(nodes) > 1:
            _ask_which(nodes, model)


def join_messages(model: Model, flows: list[Element]) -> list[Element]:
    """A message that a step of one pool sends, and with which another begins, leads from the one to the other.

    Returns:
        The message flows that do not.
    """
    left = []
    for flow in flows:
        source, target = ((flow.get(key) or "").rpartition(":")[2] for key in ("sourceRef", "targetRef"))
        node, event = model.chart.nodes.get(target), model.by_id.get(target)
        if source in model.chart.nodes and node is not None and event is not None and local(event) == "startEvent":
            node.kind = "joint"
            model.chart.arrows.append(Arrow(source, target, line_of(flow), what(flow), label=name_of(flow)))
        else:
            left.append(flow)
    return left


def _ask_which(nodes: list[Node], model: Model) -> None:
    values = {node.key: f"start-{number}" for number, node in enumerate(nodes, 1)}
    choices = [(values[node.key], node.label) for node in nodes]
    asked = model.sheet.observable("How it begins", "choice", question="In which of these ways does it begin?", choices=choices)
    for node in nodes:
        _require(node, {"observable": asked, "oneOf": [values[node.key]]}, model)


def join_events(model: Model, keys: list[str], starts: list[str]) -> None:
    """An event sub-process is entered from where its process begins, if its event comes.

    Args:
        model: the file.
        keys: of the start events of event sub-processes.
        starts: keys of the events with which processes begin.
    """
    begun = [key for key in starts if key in model.chart.nodes and model.chart.nodes[key].kind == "start" and key not in keys]
    for key in keys:
        node = model.chart.nodes[key]
        asks = _happens(node, model)
        if not begun:
            _require(node, asks, model)
            continue
        node.kind = "joint"
        model.chart.arrows += [Arrow(start, key, node.line, node.what, asks=asks, begun_with=(start,)) for start in begun]


def _happens(node: Node, model: Model) -> Asked:
    return {"observable": model.sheet.observable(node.label, "yes-no", question=f'Does "{node.label}" happen?'), "is": "yes"}


def _require(node: Node, asks: Asked, model: Model) -> None:
    for arrow in model.chart.arrows:
        if arrow.source == node.key:
            arrow.asks, arrow.label = together(asks, arrow.asks), arrow.label or node.label


def _elements(model: Model, kind: str) -> list[Element]:
    """The events of a kind that became nodes."""
    return [model.by_id[key] for key in list(model.chart.nodes) if key in model.by_id and local(model.by_id[key]) == kind]


def _is_boundary(key: str, model: Model) -> bool:
    element = model.by_id.get(key)
    return element is not None and local(element) == "boundaryEvent"


def _drop(key: str, model: Model) -> None:
    model.chart.arrows = [arrow for arrow in model.chart.arrows if key not in (arrow.source, arrow.target)]
    model.chart.nodes.pop(key, None)
