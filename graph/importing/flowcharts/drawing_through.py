"""Arrows drawn through the mere points of a flow chart, so that a gateway which only splits or joins becomes no step."""

from __future__ import annotations

from edgewise.graph.importing.flowcharts.model import Arrow, Chart, Node, together

_MOST_WAYS = 36  # through one point; beyond that it stays a step, lest the edges grow as a product
_MOST_PARTS = 24  # of a criterion that was put together


def draw_through(chart: Chart) -> None:
    """Take the joints out of a chart; one that arrows cannot be drawn through as it stands (a loop, no way on) stays and becomes a step.

    >>> chart = Chart()
    >>> for key, kind in (("a", "task"), ("g", "joint"), ("b", "task"), ("c", "task")):
    ...     chart.add(Node(key, 1, key, key, kind=kind))
    >>> chart.arrows = [Arrow("a", "g", 1, "1"), Arrow("g", "b", 2, "2", label="x"), Arrow("g", "c", 3, "3")]
    >>> draw_through(chart)
    >>> [(arrow.source, arrow.target, arrow.label) for arrow in chart.arrows], "g" in chart.nodes
    ([('a', 'b', 'g; x'), ('a', 'c', 'g')], False)
    """
    leaving, entering = chart.leaving(), chart.entering()
    for node in [node for node in chart.nodes.values() if node.kind == "joint"]:
        into, out = entering[node.key], leaving[node.key]
        ways = [(before, after) for before in into for after in out]
        if not _passable(node, into, out) or any(_parts(before) + _parts(after) > _MOST_PARTS for before, after in ways):
            continue
        for arrow in into:
            leaving[arrow.source].remove(arrow)
        for arrow in out:
            entering[arrow.target].remove(arrow)
        for before, after in ways:
            drawn = _joined(before, node, after, is_choice=node.parting == "one" and len(out) > 1)
            leaving[drawn.source].append(drawn)
            entering[drawn.target].append(drawn)
        del chart.nodes[node.key], leaving[node.key], entering[node.key]
    chart.arrows = [arrow for arrows in leaving.values() for arrow in arrows]


def _passable(node: Node, into: list[Arrow], out: list[Arrow]) -> bool:
    if not into or not out or node.times or any(arrow.source == arrow.target for arrow in (*into, *out)):
        return False
    return len(into) * len(out) <= max(len(into) + len(out), _MOST_WAYS)


def _parts(arrow: Arrow) -> int:
    return len(arrow.asks.get("all", (0,))) if arrow.asks else 0


def _joined(before: Arrow, node: Node, after: Arrow, *, is_choice: bool) -> Arrow:
    labels = [text for text in (before.label, node.label, after.label) if text.strip()]
    said = [text for text in (before.note, after.note) if text]
    return Arrow(
        before.source, after.target, after.line, after.what,
        label="; ".join(dict.fromkeys(labels)), asks=together(before.asks, after.asks),
        role="option" if "option" in (before.role, after.role) else "route", note="\n".join(said),
        through=(*before.through, *node.notes, *after.through),
        begun_with=(*(() if is_choice else before.begun_with), *after.begun_with),
    )  # fmt: skip
