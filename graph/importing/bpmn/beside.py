"""What stands beside the pathway: annotations, data, groups, messages between pools, and elements that are no part of a process."""

from __future__ import annotations

from lxml.etree import _Element as Element

from edgewise.graph.importing.bpmn.elements import Model, child, children, documentation, id_of, is_bpmn, name_of, text_of, what
from edgewise.graph.importing.content import line_of, local
from edgewise.graph.importing.sheets import plain

_REFERRED = frozenset((
    "process", "collaboration", "message", "signal", "error", "escalation", "itemDefinition", "dataStore", "category", "documentation",
    "extensionElements", "extension",
))  # fmt: skip
_OF_COLLABORATIONS = ("participant", "messageFlow", "documentation", "extensionElements", "textAnnotation", "association", "group")


def tell_around(root: Element, model: Model) -> None:
    """Name what stands outside of the processes and is not read."""
    for element in children(root):
        if local(element) not in _REFERRED and not local(element).endswith("EventDefinition"):
            model.sheet.unread(line_of(element), what(element), "It is no part of a process.")
    for collaboration in children(root, "collaboration"):
        _tell_collaboration(collaboration, model)
    for element in children(root, "documentation"):
        model.sheet.note(text_of(element))
    for process in children(root, "process"):
        if child(process) is None:
            model.sheet.unread(line_of(process), what(process), "It holds nothing.")


def _tell_collaboration(collaboration: Element, model: Model) -> None:
    for pool in children(collaboration, "participant"):
        if not pool.get("processRef"):
            model.sheet.unread(line_of(pool), what(pool), "The file does not hold what this pool does.")
    for element in children(collaboration):
        if local(element) not in (
            "participant",
            "messageFlow",
            "documentation",
            "extensionElements",
            "textAnnotation",
            "association",
            "group",
        ):
            model.sheet.unread(line_of(element), what(element), "It is no part of a process.")


def name_messages(flows: list[Element], model: Model) -> None:
    """Name the message flows that lead nowhere."""
    for flow in flows:
        ends = " to ".join(_named(flow.get(key) or "", model) for key in ("sourceRef", "targetRef"))
        model.sheet.unread(line_of(flow), f"{what(flow)} from {ends}", "What is sent from one pool to another leads nowhere here.")


def _named(reference: str, model: Model) -> str:
    element = model.by_id.get(reference.rpartition(":")[2])
    return f'"{name_of(element) or reference}"' if element is not None else f'"{reference}"'


def tell_process(process: Element, model: Model) -> None:
    """Note what a process says of itself, and the data that no task uses."""
    if text := documentation(process):
        model.sheet.note(text)
    used = {text_of(reference) for reference in process.iter() if _is(reference, "sourceRef", "targetRef")}
    for element in process.iter():
        if _is(element, "dataObjectReference", "dataStoreReference") and id_of(element) not in used and name_of(element):
            said = plain(documentation(element))
            model.sheet.note(f"Data: {name_of(element)}" + (f" ({said})" if said else ""))
        elif _is(element, "group"):
            value = model.by_id.get((element.get("categoryValueRef") or "").rpartition(":")[2])
            told = plain(value.get("value") or "") if value is not None else ""
            why = "Which steps it surrounds only the drawing shows."
            model.sheet.unread(line_of(element), f'group "{told}"' if told else what(element), why)


def tell_annotations(root: Element, steps: dict[str, str], model: Model) -> None:
    """Note what text annotations say, about the steps that they are joined to."""
    joined: dict[str, list[str]] = {}
    for element in root.iter():
        if _is(element, "association"):
            ends = [(element.get(key) or "").rpartition(":")[2] for key in ("sourceRef", "targetRef")]
            for one, other in (ends, ends[::-1]):
                joined.setdefault(one, []).append(other)
    for element in root.iter():
        if _is(element, "textAnnotation") and (text := "\n".join(text_of(found) for found in children(element, "text")).strip()):
            others = joined.get(id_of(element), [])
            about = [id for other in others for id in _steps_of(other, steps, model)]
            named = "" if about else ", ".join(_named(other, model) for other in others)
            model.sheet.note(f"{named}: {text}" if named else text, about)


def _steps_of(key: str, steps: dict[str, str], model: Model) -> list[str]:
    """Ids of the steps that an element became: one, or those inside a sub-process."""
    return [steps[key]] if key in steps else [steps[inner] for inner in model.elsewhere.get(key, ()) if inner in steps]


def _is(element: Element, *names: str) -> bool:
    return isinstance(element.tag, str) and is_bpmn(element) and local(element) in names
