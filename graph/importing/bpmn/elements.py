"""Elements of a BPMN file: their kinds, names, texts and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml.etree import _Element as Element

from edgewise.graph.importing.content import line_of, local, namespace
from edgewise.graph.importing.flowcharts.expressions import Expression
from edgewise.graph.importing.flowcharts.model import Arrow, Chart
from edgewise.graph.importing.flowcharts.variables import Variables
from edgewise.graph.importing.sheets import Sheet, plain

NAMESPACES = ("http://www.omg.org/spec/BPMN/", "http://schema.omg.org/spec/BPMN/")
TASKS = ("task", "userTask", "manualTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask", "callActivity")
SUB_PROCESSES = ("subProcess", "transaction", "adHocSubProcess")
GATEWAYS = ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway")
EVENTS = ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "implicitThrowEvent", "boundaryEvent", "event")
FLOW_NODES = frozenset((*TASKS, *SUB_PROCESSES, *GATEWAYS, *EVENTS))


@dataclass(slots=True)
class Model:
    """A file while it is read.

    Attributes:
        sheet, chart: what it becomes.
        by_id: every element by its id.
        conditions: what was read of each condition, by its element.
        variables: the names that the conditions compare.
        flows: arrows by the id of their sequence flow.
        finds: variables that a node says it finds out, by its key.
        elsewhere: where an element that is no node of the chart went, by its id: a sub-process's inner nodes.
    """

    sheet: Sheet
    chart: Chart
    by_id: dict[str, Element]
    conditions: dict[Element, Expression]
    variables: Variables
    flows: dict[str, Arrow] = field(default_factory=dict)
    finds: dict[str, list[str]] = field(default_factory=dict)
    elsewhere: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """A process or sub-process whose elements are read.

    Attributes:
        element: its own.
        kind: what it is; an `event` sub-process may begin at any time.
        lane: key of the lane that its nodes lie in unless they are in another.
        lanes: key of the lane by the id of a node.
        inside: names of the sub-processes around, to be told where lanes are the phases.
    """

    element: Element
    kind: Literal["process", "inner", "event"]
    lane: str = ""
    lanes: dict[str, str] = field(default_factory=dict)
    inside: str = ""


def is_bpmn(element: Element) -> bool:
    """Whether an element is BPMN's own, not an extension's or the drawing's."""
    return namespace(element).startswith(NAMESPACES) and namespace(element).endswith(("/MODEL", "/BPMN/2.0", "/20100524"))


def id_of(element: Element) -> str:
    """Its id; one made of its line and place where the file gives none."""
    return element.get("id") or f"{local(element)} on line {line_of(element)} ({id(element)})"


def name_of(element: Element) -> str:
    """Its name on one line; empty where it has none."""
    return plain(element.get("name") or "")


def what(element: Element) -> str:
    """The element as a message names it: ``userTask "Perform INR test"``."""
    told = name_of(element) or element.get("id") or ""
    return f'{local(element)} "{told}"' if told else local(element)


def children(element: Element, *names: str) -> Iterator[Element]:
    """BPMN's own elements directly inside, of some names or of any."""
    for child in element:
        if isinstance(child.tag, str) and is_bpmn(child) and (not names or local(child) in names):
            yield child


def child(element: Element, *names: str) -> Element | None:
    """The first of them."""
    return next(children(element, *names), None)


def text_of(element: Element | None) -> str:
    """All text inside, as it stands, without space around it."""
    return "".join(str(text) for text in element.itertext()).strip() if element is not None else ""


def documentation(element: Element) -> str:
    """What its documentation says."""
    return "\n".join(filter(None, (text_of(found) for found in children(element, "documentation"))))


def extension(element: Element, *names: str) -> str:
    """The first of these attributes that an extension (Camunda's, Zeebe's, Flowable's) sets at the element or inside it."""
    for holder in (element, *(inner for found in children(element, "extensionElements") for inner in found.iter())):
        for name, value in holder.attrib.items():
            bare = str(name).rpartition("}")[2]
            if bare in names and (holder is not element or "}" in str(name)) and str(value).strip():
                return str(value).strip()
    return ""
