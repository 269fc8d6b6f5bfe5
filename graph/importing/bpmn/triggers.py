"""What sets an event off: a time, a message, a condition; as far as a guideline can say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lxml.etree import _Element as Element

from edgewise.graph.importing.bpmn.elements import Model, child, children, name_of, text_of
from edgewise.graph.importing.content import local
from edgewise.graph.importing.flowcharts.durations import rhythm, stretch
from edgewise.graph.importing.sheets import plain

Kind = Literal[
    "none", "timer", "message", "signal", "error", "escalation", "conditional", "link", "compensate", "cancel", "terminate", "multiple"
]
_REFERENCES = ("messageRef", "signalRef", "errorRef", "escalationRef")
_TIMES = ("timeDuration", "timeDate", "timeCycle")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets an event off, or what it sets off.

    Attributes:
        kind: of its definition.
        told: in words: ``message 'lab result'``, ``timer 30 min``; empty where it has none.
        wait: the stretch of time of a timer, where it is one.
        every: the stretch of time of a timer that goes off again and again.
        link: name of a link.
        condition: element of a condition.
    """

    kind: Kind
    told: str = ""
    wait: str = ""
    every: str = ""
    link: str = ""
    condition: Element | None = None


def trigger_of(event: Element, model: Model) -> Trigger:
    """The trigger of an event."""
    found = [element for element in children(event) if local(element).endswith("EventDefinition")]
    for reference in children(event, "eventDefinitionRef"):
        element = model.by_id.get(text_of(reference).rpartition(":")[2])
        found += [element] if element is not None else []
    if not found:
        return Trigger("none")
    if len(found) > 1:
        told = (" and " if event.get("parallelMultiple") == "true" else " or ").join(_trigger(element, model).told for element in found)
        return Trigger("multiple", told)
    return _trigger(found[0], model)


def _trigger(definition: Element, model: Model) -> Trigger:
    kind: Kind = local(definition).removesuffix("EventDefinition")  # type: ignore[assignment]  # unknown ones are told as they are
    if kind == "timer":
        return _timer(definition)
    if kind == "link":
        name = name_of(definition)
        return Trigger("link", name, link=name)
    if kind == "conditional":
        condition = child(definition, "condition")
        return Trigger("conditional", f"condition {plain(text_of(condition))}".strip(), condition=condition)
    name = next((_referred(definition.get(key) or "", model) for key in _REFERENCES if definition.get(key)), "")
    return Trigger(kind, f"{kind} '{name}'" if name else kind)


def _timer(definition: Element) -> Trigger:
    time = child(definition, *_TIMES)
    said = plain(text_of(time))
    wait = stretch(said) if time is not None and local(time) == "timeDuration" else ""
    every = rhythm(said) if time is not None and local(time) == "timeCycle" else ""
    return Trigger("timer", f"timer {wait or (f'every {every}' if every else said)}".strip(), wait, every)


def _referred(reference: str, model: Model) -> str:
    element = model.by_id.get(reference.rpartition(":")[2])
    return (name_of(element) if element is not None else "") or reference
