"""Tasks: what is to be done, by whom and with which data, as far as the file says it in words."""

from __future__ import annotations

from collections.abc import Callable

from lxml.etree import QName
from lxml.etree import _Element as Element

from edgewise.graph.importing.bpmn.elements import Model, Scope, child, children, documentation, extension, id_of, name_of, text_of, what
from edgewise.graph.importing.content import line_of, local
from edgewise.graph.importing.flowcharts.model import Kind, Node
from edgewise.graph.importing.sheets import plain

_READ = frozenset((
    "documentation", "extensionElements", "incoming", "outgoing", "dataInputAssociation", "dataOutputAssociation", "property", "performer",
    "potentialOwner", "humanPerformer", "resourceRole", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "supports",
))  # fmt: skip
_SEEN = frozenset((
    "id", "name", "default", "messageRef", "completionQuantity", "startQuantity", "calledElement", "triggeredByEvent", "ordering",
    "cancelRemainingInstances", "isForCompensation", "instantiate", "implementation", "operationRef", "scriptFormat", "method",
))  # fmt: skip
_DECISION = ("decisionRef", "decisionId", "decisionTaskDefinition")
_RESULT = ("resultVariable", "resultVariableName")
_WHO = ("assignee", "candidateUsers", "candidateGroups", "owner")
_OF_THE_ENGINE = frozenset((
    "asyncBefore", "asyncAfter", "async", "exclusive", "jobPriority", "taskPriority", "modelerTemplate", "modelerTemplateVersion",
    "modelerTemplateIcon", "mapDecisionResult", "versionTag", "historyTimeToLive", "isStartableInTasklist", "decisionRefBinding",
    "decisionRefVersion", "decisionRefTenantId",
))  # fmt: skip
_COLOURS = ("http://bpmn.io/schema/bpmn/biocolor", "http://www.omg.org/spec/BPMN/non-normative/color")


def add_task(element: Element, scope: Scope, model: Model) -> None:
    """Add a task as a node, with what stands beside it."""
    kind: Kind = "test" if local(element) in ("receiveTask", "businessRuleTask") else "task"
    summary = documentation(element)
    if scope.inside and scope.lanes:
        summary = "\n".join(filter(None, (summary, f'Part of "{scope.inside}".')))
    node = Node(id_of(element), line_of(element), name_of(element), what(element), kind=kind, summary=summary, phase=scope.lane)
    model.chart.add(node)
    model.finds[node.key] = _found(element, model)
    tell_beside(element, model, node.notes.append)


def tell_beside(element: Element, model: Model, note: Callable[[str], object]) -> None:
    """Note what an activity says besides, and name what of it is not read."""
    for text in (*_data(element, model), *_people(element)):
        note(text)
    _name_decision(element, model)
    _name_repetition(element, model)
    if element.get("isForCompensation") == "true":
        model.chart.miss(id_of(element), what(element), "It undoes another activity; when it does is not said.")
    if local(element) == "callActivity":
        called = element.get("calledElement") or extension(element, "processId", "caseRef") or "another process"
        model.chart.miss(id_of(element), f"{what(element)}, calledElement {called}", "The process that it calls is one step here.")
    if message := element.get("messageRef"):
        named = model.by_id.get(message.rpartition(":")[2])
        note(f"Message: {(name_of(named) if named is not None else '') or message}")
    rest = _rest(element)
    if rest:
        model.chart.miss(id_of(element), f"{what(element)}: {', '.join(rest)}", "What these say is for the program that runs the process.")


def _found(element: Element, model: Model) -> list[str]:
    """The variables that an activity says it sets."""
    names = [extension(element, name) for name in _RESULT]
    for association in children(element, "dataOutputAssociation"):
        names += [name for reference in children(association, "targetRef") for name in _data_names(text_of(reference), model)]
    return [name for name in dict.fromkeys(names) if name]


def _data_names(reference: str, model: Model) -> list[str]:
    element = model.by_id.get(reference)
    return [name_of(element)] if element is not None and local(element).startswith("data") and name_of(element) else []


def _data(element: Element, model: Model) -> list[str]:
    found = []
    for kind, end, word in (("dataInputAssociation", "sourceRef", "Uses"), ("dataOutputAssociation", "targetRef", "Makes")):
        for association in children(element, kind):
            for reference in children(association, end):
                data = model.by_id.get(text_of(reference))
                for name in _data_names(text_of(reference), model):
                    said = plain(documentation(data)) if data is not None else ""
                    found.append(f"{word} data: {name}" + (f" ({said})" if said else ""))
    return found


def _people(element: Element) -> list[str]:
    found = [extension(element, name) for name in _WHO]
    roles = children(element, "performer", "potentialOwner", "humanPerformer", "resourceRole")
    found += [plain(name_of(role) or text_of(role)) for role in roles]
    return [f"Done by: {who}" for who in dict.fromkeys(found) if who]


def _name_decision(element: Element, model: Model) -> None:
    decision = extension(element, *_DECISION)
    if local(element) != "businessRuleTask" and not decision:
        return
    told = f"{what(element)}, decisionRef {decision}" if decision else what(element)
    model.chart.miss(id_of(element), told, "The decision is not in this file; import the one that holds it (DMN) by itself.")


def _name_repetition(element: Element, model: Model) -> None:
    for loop in children(element, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics"):
        condition = child(loop, "loopCondition", "loopCardinality", "completionCondition")
        told = (
            f'{what(element)}: {local(loop)} "{plain(text_of(condition))}"' if condition is not None else f"{what(element)}: {local(loop)}"
        )
        model.chart.miss(id_of(element), told, "How often it is done again is not read; it is done once here.", line_of(loop))


def _rest(element: Element) -> list[str]:
    """Names of attributes and elements of which nothing is read."""
    found = [_short(element, str(name)) for name in element.attrib if not _is_seen(str(name))]
    found += [local(inner) for inner in children(element) if local(inner) not in _READ and not _is_pathway(inner)]
    for holder in children(element, "extensionElements"):
        found += [_short(inner, str(inner.tag)) for inner in holder if isinstance(inner.tag, str)]
    return list(dict.fromkeys(name for name in found if name.rpartition(":")[2] not in (*_DECISION, *_RESULT, *_WHO, *_OF_THE_ENGINE)))


def _is_seen(name: str) -> bool:
    return name in _SEEN or QName(name).namespace in _COLOURS


def _is_pathway(element: Element) -> bool:
    """Whether it is what a sub-process consists of, which is read elsewhere."""
    kind = local(element)
    ends = ("Event", "Gateway", "ask", "Process", "Activity", "Reference", "Object", "Annotation")
    return kind.endswith(ends) or kind in ("transaction", "sequenceFlow", "association", "laneSet", "group", "completionCondition")


def _short(element: Element, name: str) -> str:
    """A name with the prefix that the file uses for its namespace."""
    parted = QName(name)
    prefix = next((prefix for prefix, uri in element.nsmap.items() if uri == parted.namespace and prefix), "")
    return f"{prefix}:{parted.localname}" if prefix else parted.localname
