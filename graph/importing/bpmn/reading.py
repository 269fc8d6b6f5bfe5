"""A BPMN 2.0 file as a guideline."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from edgewise.graph.importing.bpmn.beside import name_messages, tell_annotations, tell_around, tell_process
from edgewise.graph.importing.bpmn.elements import Model, Scope, child, children, id_of, is_bpmn, name_of, text_of
from edgewise.graph.importing.bpmn.events import ask_beginnings, join_boundaries, join_events, join_links, join_messages, settle_waits
from edgewise.graph.importing.bpmn.flows import settle_gateways
from edgewise.graph.importing.bpmn.scopes import close_ends, read_scope
from edgewise.graph.importing.content import Content, line_of, local
from edgewise.graph.importing.flowcharts.expressions import Expression, Unreadable, expression_of
from edgewise.graph.importing.flowcharts.model import Chart, Lane
from edgewise.graph.importing.flowcharts.steps import write_chart
from edgewise.graph.importing.flowcharts.variables import Variables
from edgewise.graph.importing.imported import Imported
from edgewise.graph.importing.sheets import Sheet
from edgewise.graph.reading.problems import fail

FORMAT = "BPMN 2.0"


def fits(content: Content) -> bool:
    """Whether a file is BPMN: its outermost element is BPMN's `definitions`."""
    return content.root is not None and local(content.root) == "definitions" and is_bpmn(content.root)


def read(content: Content) -> Imported:
    """The guideline that a BPMN file's processes make.

    Raises:
        SourceError: it holds no process with anything in it.
    """
    root = content.root
    if root is None:
        raise fail(content.name, "no-process", "the file is no BPMN", 0, "give a BPMN 2.0 file")
    processes = [process for process in children(root, "process") if child(process) is not None]
    pools = _pools(root)
    model = _model(root, content.name, _title(root, processes, pools))
    for process in processes:
        _read_process(process, pools.get(process.get("id") or "", ""), len(processes) > 1, model)
    if not model.chart.nodes:
        raise fail(
            content.name,
            "no-process",
            "no process of the file has a task, an event or a gateway",
            line_of(root),
            "give a file that has one",
        )
    _join_all(root, processes, model)
    tell_around(root, model)
    steps = write_chart(model.chart, model.sheet)
    tell_annotations(root, steps, model)
    for process in processes:
        tell_process(process, model)
    return model.sheet.finished()


def _model(root: Element, name: str, title: str) -> Model:
    sheet = Sheet(name, FORMAT, title=title)
    conditions = dict(_conditions(root))
    by_id = {id_of(element): element for element in root.iter() if isinstance(element.tag, str) and is_bpmn(element)}
    return Model(sheet, Chart(elsewhere=title or "Elsewhere", by_ways=True), by_id, conditions, Variables(sheet, conditions.values()))


def _conditions(root: Element) -> Iterator[tuple[Element, Expression]]:
    """Every condition that is plain, by its element."""
    for element in root.iter():
        if isinstance(element.tag, str) and is_bpmn(element) and local(element) in ("conditionExpression", "condition"):
            try:
                yield element, expression_of(text_of(element))
            except Unreadable:
                continue


def _pools(root: Element) -> dict[str, str]:
    """Names of the pools by the process they show."""
    participants = (pool for collaboration in children(root, "collaboration") for pool in children(collaboration, "participant"))
    return {(pool.get("processRef") or "").rpartition(":")[2]: name_of(pool) for pool in participants if pool.get("processRef")}


def _title(root: Element, processes: list[Element], pools: dict[str, str]) -> str:
    named = [name_of(process) or pools.get(process.get("id") or "", "") for process in processes]
    whole = [name_of(collaboration) for collaboration in children(root, "collaboration")]
    return next(filter(None, (*whole, "; ".join(dict.fromkeys(filter(None, named))), name_of(root))), "")


def _read_process(process: Element, pool: str, is_one_of_many: bool, model: Model) -> None:
    title = pool or name_of(process) or id_of(process)
    lanes = dict(_lanes(process, f"{title}: " if is_one_of_many else "", model))
    lane = ""
    if is_one_of_many:
        lane = id_of(process)
        model.chart.lanes[lane] = Lane(lane, title)
    read_scope(Scope(process, "process", lane, lanes), model)


def _lanes(holder: Element, before: str, model: Model) -> Iterator[tuple[str, str]]:
    """Key of the innermost lane by the id of each node in it."""
    for lane_set in children(holder, "laneSet", "childLaneSet"):
        for lane in children(lane_set, "lane"):
            key = id_of(lane)
            label = name_of(lane) or name_of(lane_set)
            if label:
                model.chart.lanes[key] = Lane(key, before + label)
                yield from ((text_of(reference), key) for reference in children(lane, "flowNodeRef"))
            yield from _lanes(lane, f"{before}{label}: " if label else before, model)


def _join_all(root: Element, processes: list[Element], model: Model) -> None:
    """What can be said only once every node and flow is there."""
    join_boundaries(model)
    join_links(model)
    messages = [flow for collaboration in children(root, "collaboration") for flow in children(collaboration, "messageFlow")]
    name_messages(join_messages(model, messages), model)
    close_ends(model)
    settle_gateways(model)
    settle_waits(model)
    started = [[id_of(event) for event in children(process, "startEvent")] for process in processes]
    ask_beginnings(model, started)
    join_events(model, [key for key in _event_starts(root) if key in model.chart.nodes], [key for keys in started for key in keys])
    for key, names in model.finds.items():
        if (node := model.chart.nodes.get(key)) is not None:
            node.yields += [id for name in names for id in model.variables.about(name) if id not in node.yields]


def _event_starts(root: Element) -> list[str]:
    return [
        id_of(event)
        for element in root.iter()
        if isinstance(element.tag, str) and element.get("triggeredByEvent") == "true"
        for event in children(element, "startEvent")
    ]
