"""A Mermaid flow chart as a guideline."""

from __future__ import annotations

from edgewise.graph.importing.content import Content
from edgewise.graph.importing.flowcharts.model import Arrow, Chart, Lane, Node
from edgewise.graph.importing.flowcharts.steps import write_chart
from edgewise.graph.importing.imported import Imported
from edgewise.graph.importing.mermaid.blocks import Block, blocks_of
from edgewise.graph.importing.mermaid.statements import MOST_LINKS, Drawn, Group, Link, Statements, statements_of
from edgewise.graph.importing.sheets import Sheet
from edgewise.graph.reading.problems import fail

FORMAT = "Mermaid flowchart"
_ENDS = ("stadium", "circle", "double-circle", "ellipse")
_BEGINS = "No arrow leads here, so everybody is taken to begin here; whether there is something to do the file does not say."
_WITHOUT_HEAD = "The line has no arrowhead; it is taken to lead as it is written."
_CROSSED = "What a cross or a circle at the end of a line means the file does not say; it is taken to lead as it is written."


def fits(content: Content) -> bool:
    """Whether a text holds a Mermaid diagram: a flow chart by itself, or any in a fence of Markdown."""
    return bool(content.text) and bool(blocks_of(_text(content)))


def read(content: Content) -> Imported:
    """The guideline that the first flow chart of a text makes.

    Raises:
        SourceError: it holds no flow chart, or one without a node.
    """
    blocks = blocks_of(_text(content))
    block = next((block for block in blocks if block.is_flow_chart), None)
    if block is None:
        kinds = ", ".join(dict.fromkeys(other.kind or "an unnamed diagram" for other in blocks))
        raise fail(
            content.name, "no-flowchart", f"the file has no Mermaid flowchart, but {kinds}", blocks[0].line, "give a flowchart or graph"
        )
    found = statements_of(block.text, block.line)
    if not found.nodes:
        raise fail(content.name, "no-flowchart", "the flowchart has no node", block.line, "give one that has nodes and arrows")
    sheet = Sheet(content.name, FORMAT, title=block.title or found.title)
    _name_unread(found, [other for other in blocks if other is not block], sheet)
    if found.description:
        sheet.note(found.description)
    comments = _comments(found)
    _settle_groups(found)
    chart = _chart(found, block)
    steps = write_chart(chart, sheet)
    for text, others in comments:
        sheet.note(text, [steps[other] for other in others if other in steps])
    return sheet.finished()


def _comments(found: Statements) -> list[tuple[str, list[str]]]:
    """The texts of comments, each with the nodes that it is tied to; they are taken out of the chart, with their ties."""
    comments = {node.id: node for node in found.nodes.values() if node.shape == "comment"}
    if len(comments) == len(found.nodes):
        return []
    ties = [link for link in found.links if link.source in comments or link.target in comments]
    found.links = [link for link in found.links if link not in ties]
    found.nodes = {id: node for id, node in found.nodes.items() if id not in comments}
    return [
        (node.label or id, [end for link in ties if id in (link.source, link.target) for end in (link.source, link.target) if end != id])
        for id, node in comments.items()
    ]


def _text(content: Content) -> str:
    return content.text.replace("\r\n", "\n").replace("\r", "\n")


def _name_unread(found: Statements, others: list[Block], sheet: Sheet) -> None:
    for line, said, why in found.unread:
        sheet.unread(line, said, why)
    for other in others:
        told = f'{other.kind or "diagram"} "{other.title}"' if other.title else other.kind or "diagram"
        sheet.unread(other.line, told, "Another diagram of the same file; import it by itself.")


def _settle_groups(found: Statements) -> None:
    """A subgraph without nodes is a node itself."""
    inner = _members(found)
    for id, group in reversed(list(found.groups.items())):
        if not inner[id]:
            node = found.nodes.setdefault(id, Drawn(id, group.line, group=group.parent))
            node.label = node.label or group.title
            for around in _around(group.parent, found):
                inner[around].add(id)
            del found.groups[id]


def _around(group: str, found: Statements) -> list[str]:
    """Ids of a subgraph and of those around it, inside out."""
    ids: dict[str, None] = {}
    while group in found.groups and group not in ids:
        ids[group] = None
        group = found.groups[group].parent
    return list(ids)


def _members(found: Statements) -> dict[str, set[str]]:
    """Ids of the nodes inside each subgraph, those of its own subgraphs included."""
    inner: dict[str, set[str]] = {id: set() for id in found.groups}
    for node in found.nodes.values():
        if node.id not in found.groups:
            for id in _around(node.group, found):
                inner[id].add(node.id)
    return inner


def _chart(found: Statements, block: Block) -> Chart:
    chart = Chart(elsewhere=block.title or found.title or "Outside the subgraphs")
    chart.lanes = {group.id: Lane(group.id, _path(group, found)) for group in found.groups.values()}
    links = _between_nodes(found, chart)
    entered, left = {link.target for link in links}, {link.source: 0 for link in links}
    for link in links:
        left[link.source] += 1
    for drawn in found.nodes.values():
        if drawn.id not in found.groups:
            chart.add(_node(drawn, drawn.id in entered, left.get(drawn.id, 0)))
    chart.arrows = [_arrow(link, chart) for link in links]
    _part_labelled(chart)
    return chart


def _path(group: Group, found: Statements) -> str:
    """Its title, behind those of the subgraphs around it."""
    titles, at = [group.title], group
    while (parent := found.groups.get(at.parent)) is not None and parent is not at and len(titles) < 5:
        titles.append(parent.title)
        at = parent
    return ": ".join(reversed(titles))


def _node(drawn: Drawn, is_entered: bool, ways: int) -> Node:
    label = drawn.label or drawn.id
    node = Node(drawn.id, drawn.line, label, f'node {drawn.id} "{label}"' if drawn.label else f"node {drawn.id}", phase=drawn.group)
    if drawn.shape in ("diamond", "hexagon") or (label.endswith("?") and ways):
        node.kind, node.parting = "branch", "one"
    elif drawn.shape == "junction" and is_entered and ways:
        node.kind, node.label = "joint", drawn.label
    elif not is_entered and ways:
        node.kind = "start"
        if drawn.shape not in _ENDS:
            node.notes.append(_BEGINS)
    elif drawn.shape in _ENDS and not ways and is_entered:
        node.kind = "end"
    return node


def _part_labelled(chart: Chart) -> None:
    """Where every one of several arrows bears a label, the labels are answers, whatever the shape is."""
    for key, arrows in chart.leaving().items():
        if len(arrows) > 1 and all(arrow.is_label for arrow in arrows):
            chart.nodes[key].parting = "one"


def _arrow(link: Link, chart: Chart) -> Arrow:
    label = f" |{link.label}|" if link.label else ""
    arrow = Arrow(link.source, link.target, link.line, f"{link.source} {link.drawn}{label} {link.target}", label=link.label)
    arrow.is_label = bool(link.label)
    if not link.drawn.rstrip("|").endswith(">") and not link.drawn.startswith("<"):
        chart.missed.append((link.source, link.line, arrow.what, _CROSSED if link.drawn[-1] in "xo" else _WITHOUT_HEAD))
    return arrow


def _between_nodes(found: Statements, chart: Chart) -> list[Link]:
    """The links, those of a subgraph drawn on to where it begins and from where it ends."""
    inner = _members(found)
    links: list[Link] = []
    for link in found.links:
        sources, targets = _ends(link.source, inner, found, out=True), _ends(link.target, inner, found, out=False)
        if link.source in found.groups or link.target in found.groups:
            why = "It leads to or from a subgraph: to the nodes with which that begins, from those with which it ends."
            told = f"{link.source} {link.drawn} {link.target}"
            if len(links) + len(sources) * len(targets) > MOST_LINKS:
                why, targets = f"With it the chart would have more than {MOST_LINKS:,} arrows.", []
            chart.missed.append((link.source, link.line, told, why))
        links += [Link(source, target, link.line, link.label, link.drawn) for source in sources for target in targets]
    return links


def _ends(id: str, inner: dict[str, set[str]], found: Statements, *, out: bool) -> list[str]:
    if id not in found.groups:
        return [id]
    members = inner[id]
    busy = {link.source if out else link.target for link in found.links if link.source in members and link.target in members}
    ordered = [node for node in found.nodes if node in members]
    return [node for node in ordered if node not in busy] or ordered[:1]
