"""Gateways and sequence flows: where ways part and meet, and on which condition each is taken."""

from __future__ import annotations

from lxml.etree import _Element as Element

from edgewise.graph.importing.bpmn.elements import Model, Scope, child, documentation, extension, id_of, name_of, text_of, what
from edgewise.graph.importing.content import line_of, local
from edgewise.graph.importing.flowcharts.expressions import Unreadable, told
from edgewise.graph.importing.flowcharts.model import Arrow, Asked, Node, Parting
from edgewise.graph.importing.sheets import plain

_PARTING: dict[str, Parting] = {"exclusiveGateway": "one", "eventBasedGateway": "one", "inclusiveGateway": "some", "complexGateway": "some"}
_FIRST = "Which of these comes first?"


def add_gateway(element: Element, scope: Scope, model: Model) -> None:
    """Add a gateway; whether it becomes a step is seen once its flows are known."""
    node = Node(id_of(element), line_of(element), name_of(element), what(element), kind="joint", phase=scope.lane)
    node.parting = _PARTING.get(local(element), "all")
    node.notes += filter(None, [documentation(element)])
    if local(element) == "eventBasedGateway":
        node.question = name_of(element) or _FIRST
    model.chart.add(node)
    if (activation := child(element, "activationCondition")) is not None:
        named = f'{what(element)}, activationCondition "{plain(text_of(activation))}"'
        model.chart.miss(node.key, named, "How many ways it waits for is not read.", line_of(activation))


def add_flow(element: Element, model: Model) -> None:
    """Add a sequence flow with its condition."""
    source, target = _end(element, "sourceRef", model), _end(element, "targetRef", model)
    if not source or not target:
        missing = element.get("sourceRef" if not source else "targetRef") or "nothing"
        model.sheet.unread(line_of(element), what(element), f"It ends at {missing}, which is no node of the process.")
        return
    condition = child(element, "conditionExpression")
    said = plain(text_of(condition)) or (extension(condition, "resource") if condition is not None else "")
    asks = ask(condition, said, model) if condition is not None and said else None
    label = name_of(element) or _told(condition, said, model)
    note = "\n".join(filter(None, (documentation(element), f"conditionExpression: {said}" if said and said != label else "")))
    arrow = Arrow(source, target, line_of(element), what(element), label=label, asks=asks, note=note)
    begins = model.by_id.get(element.get("sourceRef") or "")
    if begins is not None:
        arrow.otherwise = begins.get("default") == element.get("id") and bool(element.get("id"))
        arrow.is_label = bool(name_of(element)) and asks is None and not arrow.otherwise and local(begins) in _PARTING
        if local(begins) not in ("exclusiveGateway", "eventBasedGateway", "complexGateway"):
            arrow.begun_with = (source,)
    if arrow.otherwise:
        arrow.asks, arrow.label = None, arrow.label or "otherwise"
    if begins is not None and local(begins) == "parallelGateway" and arrow.asks:
        arrow.asks = None
        model.sheet.unread(
            line_of(element), f'{what(element)}, condition "{said}"', "A parallel gateway takes all its ways, whatever they ask."
        )
    model.chart.arrows.append(arrow)
    model.flows[id_of(element)] = arrow


def _told(condition: Element | None, said: str, model: Model) -> str:
    expression = model.conditions.get(condition) if condition is not None else None
    return told(expression) if expression is not None else said


def ask(condition: Element, said: str, model: Model) -> Asked:
    """The criterion of a condition: as it was read, or asked in its own words."""
    why = "It is not a plain comparison."
    if (expression := model.conditions.get(condition)) is not None:
        try:
            return model.variables.criterion(expression)
        except Unreadable as error:
            why = f"It is not a plain comparison: {error}."
    return model.sheet.asked(said, line_of(condition), why)


def _end(element: Element, key: str, model: Model) -> str:
    """Key of the node at one end; that of a sub-process's end where the flow leaves one."""
    reference = element.get(key) or ""
    if key == "sourceRef" and f"{reference}/out" in model.chart.nodes:
        return f"{reference}/out"
    return reference if reference in model.chart.nodes else ""


def settle_gateways(model: Model) -> None:
    """Once all flows are known: a gateway that asks its question becomes a step, any other a mere point; joins that wait are named."""
    leaving, entering = model.chart.leaving(), model.chart.entering()
    for node in model.chart.nodes.values():
        element = model.by_id.get(node.key)
        if element is None or not local(element).endswith("Gateway"):
            continue
        _settle_gateway(node, local(element), leaving[node.key], entering, model)
        if len(entering[node.key]) > 1 and local(element) in ("parallelGateway", "inclusiveGateway", "complexGateway"):
            why = f"It waits for its {len(entering[node.key])} ways to meet; here what follows it is reached by each of them."
            model.chart.miss(node.key, node.what, why)


def _settle_gateway(node: Node, kind: str, out: list[Arrow], entering: dict[str, list[Arrow]], model: Model) -> None:
    if len(out) < 2:
        for arrow in out:
            arrow.is_label, arrow.otherwise = False, False
    if kind == "eventBasedGateway":
        _settle_events(out, entering, model)
    elif len(out) > 1 and node.label and node.parting != "all":
        node.kind = "branch" if node.label.endswith("?") or any(arrow.is_label for arrow in out) else "joint"


def _settle_events(out: list[Arrow], entering: dict[str, list[Arrow]], model: Model) -> None:
    """The way is that of the event which comes first, and the event itself has come then."""
    for arrow in out:
        event = model.chart.nodes[arrow.target]
        element = model.by_id.get(event.key)
        arrow.note = "\n".join(filter(None, (arrow.note, arrow.label)))
        arrow.label, arrow.is_label = event.label or event.what, len(out) > 1
        if element is not None and local(element) == "intermediateCatchEvent" and len(entering[event.key]) == 1:
            event.kind, event.label, event.times = "joint", "", {}
