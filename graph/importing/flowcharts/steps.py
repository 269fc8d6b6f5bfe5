"""A settled flow chart as the steps, phases and edges of a guideline."""

from __future__ import annotations

from edgewise.graph.importing.flowcharts.conditions import settle
from edgewise.graph.importing.flowcharts.drawing_through import draw_through
from edgewise.graph.importing.flowcharts.model import Arrow, Chart, Node
from edgewise.graph.importing.sheets import Sheet

_LONGEST_NOTE = 2000
_LONGEST_LABEL = 200
_UNREACHED = "No arrow leads to it, so that nobody comes to it."
_UNSURE = "The file does not say whether this is to be found out or to be given; it is taken for something to do."


def write_chart(chart: Chart, sheet: Sheet) -> dict[str, str]:
    """Write a chart into a sheet.

    Returns:
        The id of the step that each node became, by its key.
    """
    lines = {node.key: node.line for node in chart.nodes.values()}
    settle(chart, sheet)
    _pass_answered(chart)
    draw_through(chart)
    _in_order_of_ways(chart)
    phases = _phases(chart, sheet)
    entering, leaving = chart.entering(), chart.leaving()
    starts = _starts(chart, entering, leaving)
    begun = [node for node in chart.nodes.values() if node.key in starts and (node.kind != "start" or entering[node.key])]
    presentation = sheet.step("Start", "Presentation", phase=_phase(begun[0], phases)) if begun else ""
    found: dict[str, int] = {}
    for node in chart.nodes.values():
        for id in node.yields:
            found[id] = found.get(id, 0) + 1
    steps = {node.key: _step(node, found, phases, sheet, entering, leaving) for node in chart.nodes.values()}
    for node in begun:
        sheet.edge(presentation, steps[node.key], "", stated_by="modeller", note="The file begins here without saying how one comes to it.")
    for arrow in chart.arrows:
        _edge(arrow, steps, sheet)
    _bundle(chart, steps, sheet)
    unsure = [steps[node.key] for node in chart.nodes.values() if node.kind == "task" and not node.yields]
    if unsure:
        sheet.note(_UNSURE, unsure)
    for node in chart.nodes.values():
        if not entering[node.key] and node.key not in starts:
            chart.miss(node.key, node.what, _UNREACHED)
    for key, line, what, why in chart.missed:
        sheet.unread(line or lines.get(key, 0), what, why, about=[steps[key]] if key in steps else [])
    return steps


def _pass_answered(chart: Chart) -> None:
    """A question that other steps have answered already is no step: its arrows are drawn through it."""
    found = {id for node in chart.nodes.values() for id in node.yields}
    for node in chart.nodes.values():
        if node.kind == "branch" and node.asked and found.issuperset(node.asked):
            node.kind = "joint"


def _in_order_of_ways(chart: Chart) -> None:
    """Put the nodes in the order in which one comes to them, where the file's own order is an accident."""
    if not chart.by_ways:
        return
    leaving, entering = chart.leaving(), chart.entering()
    first = [key for key in chart.nodes if chart.nodes[key].kind == "start"] or [key for key in chart.nodes if not entering[key]]
    waiting, seen = list(first), dict.fromkeys(first)
    for key in waiting:  # grows as it goes
        waiting += [arrow.target for arrow in leaving[key] if arrow.target not in seen]
        seen |= dict.fromkeys(arrow.target for arrow in leaving[key])
    chart.nodes = {key: chart.nodes[key] for key in (*seen, *(key for key in chart.nodes if key not in seen))}
    chart.arrows = [arrow for key in chart.nodes for arrow in leaving[key]]


def _starts(chart: Chart, entering: dict[str, list[Arrow]], leaving: dict[str, list[Arrow]]) -> set[str]:
    """Keys of the nodes at which it begins."""
    starts = [node.key for node in chart.nodes.values() if node.kind == "start"]
    if chart.all_begin:
        alone = len(chart.nodes) == 1
        starts += [key for key in chart.nodes if not entering[key] and (leaving[key] or alone)]
    return set(starts or list(chart.nodes)[:1])


def _phases(chart: Chart, sheet: Sheet) -> dict[str, str]:
    """Ids of the phases by the key of their lane, in the order of their first steps; those without a step are left out."""
    used = list(dict.fromkeys(node.phase if node.phase in chart.lanes else "" for node in chart.nodes.values()))
    if used == [""]:
        return {}
    return {key: sheet.phase(chart.lanes[key].label if key else chart.elsewhere) for key in used}


def _phase(node: Node, phases: dict[str, str]) -> str:
    return phases.get(node.phase) or phases.get("", "")


def _step(
    node: Node,
    found: dict[str, int],
    phases: dict[str, str],
    sheet: Sheet,
    entering: dict[str, list[Arrow]],
    leaving: dict[str, list[Arrow]],
) -> str:
    yields = list(node.yields)
    if node.kind in ("branch", "joint") or node.parting == "one":
        yields += [id for id in node.asked if not found.get(id)]
    id = sheet.step(
        node.label or node.what, _type(node, entering, leaving), summary=node.summary, phase=_phase(node, phases),
        yields=yields, components=node.components, **node.times,
    )  # fmt: skip
    for text in node.notes:
        sheet.note(text, [id])
    return id


def _type(node: Node, entering: dict[str, list[Arrow]], leaving: dict[str, list[Arrow]]) -> str:
    if node.kind == "start" and not entering[node.key]:
        return "Presentation"
    if node.kind == "end" and not leaving[node.key]:
        return "Endpoint"
    return "Investigation" if node.yields or node.kind in ("test", "branch") or (node.kind == "joint" and node.asked) else "Treatment"


def _edge(arrow: Arrow, steps: dict[str, str], sheet: Sheet) -> None:
    note = "\n".join(dict.fromkeys(text for text in (arrow.note, *arrow.through) if text))[: _LONGEST_NOTE - len(arrow.label) - 1]
    role = {} if arrow.role == "route" else {"role": arrow.role}
    sheet.edge(steps[arrow.source], steps[arrow.target], arrow.label, when=arrow.asks, **role, **({"note": note} if note else {}))


def _bundle(chart: Chart, steps: dict[str, str], sheet: Sheet) -> None:
    """Steps that the file begins together stand in a bundle, each in one at most: the widest."""
    groups: dict[str, dict[str, None]] = {}
    for arrow in chart.arrows:
        for key in arrow.begun_with:
            groups.setdefault(key, {})[arrow.target] = None
    bundled: set[str] = set()
    for members in sorted(groups.values(), key=len, reverse=True):
        if len(members) > 1 and not bundled & members.keys():
            bundled |= members.keys()
            label = " and ".join(chart.nodes[key].label or chart.nodes[key].what for key in members)
            sheet.extend("bundles", {"label": label[:_LONGEST_LABEL], "together": [steps[key] for key in members]})
