"""What the arrows that leave a node ask, where labels are all that the file gives: yes or no, a number, one of several answers."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.graph.importing.flowcharts.labels import Span, is_otherwise, spans, yes_or_no
from edgewise.graph.importing.flowcharts.model import Arrow, Asked, Chart, Node, none_of, observables_of
from edgewise.graph.importing.sheets import Sheet, code, plain

_SILENT = "It bears no condition, and others leave the same place; whether this one is taken is asked."


def settle(chart: Chart, sheet: Sheet) -> None:
    """Give every arrow of a chart its criterion, or none where it is always taken; observables are added to the sheet."""
    leaving = chart.leaving()
    for node in chart.nodes.values():
        arrows = leaving[node.key]
        _settle_node(node, arrows, chart, sheet)
        node.asked += [id for arrow in arrows for id in observables_of(arrow.asks) if id not in node.asked]


def _settle_node(node: Node, arrows: list[Arrow], chart: Chart, sheet: Sheet) -> None:
    for arrow in arrows:
        if node.parting != "all" and arrow.is_label and len(arrows) > 1 and is_otherwise(arrow.label):
            arrow.is_label, arrow.otherwise = False, True
    labelled = [arrow for arrow in arrows if arrow.is_label]
    bare = [arrow for arrow in arrows if not arrow.is_label and not arrow.otherwise and arrow.asks is None]
    if node.parting == "one" and (len(arrows) > 1 or labelled):
        _settle_one(node, labelled, bare if len(arrows) > 1 else [], arrows, chart, sheet)
    else:
        _ask_each(node, labelled, sheet)
        if node.parting == "some" and len(arrows) > 1:
            _ask_ways(bare, chart, sheet)
    _settle_otherwise(arrows)


def _settle_one(node: Node, labelled: list[Arrow], bare: list[Arrow], arrows: list[Arrow], chart: Chart, sheet: Sheet) -> None:
    """One of several ways: their labels are read together."""
    labels = [arrow.label for arrow in labelled]
    others = [arrow for arrow in arrows if arrow.otherwise]
    if labels and all(map(yes_or_no, labels)):
        asked = sheet.observable(_label(node, labels), "yes-no", question=_question(node, labels))
        for arrow in labelled:
            arrow.asks = {"observable": asked, "is": yes_or_no(arrow.label)}
    elif labels and (found := spans(labels)) is not None:
        _ask_quantity(node, labelled, found, sheet)
    elif len({label.casefold() for label in labels}) == 1 and not bare:
        _ask_single(node, labelled, sheet)
    elif labels or (bare and not any(arrow.asks or arrow.otherwise for arrow in arrows)):
        _ask_choice(node, labelled, bare, others, chart, sheet)
        return
    _ask_ways(bare, chart, sheet)


def _ask_quantity(node: Node, arrows: list[Arrow], found: Sequence[Span], sheet: Sheet) -> None:
    unit, name = found[0].unit or "1", next((span.name for span in found if span.name), "")
    label = name if not node.label or (name and name.casefold() != node.label.casefold()) else node.label
    asked = sheet.observable(label, "quantity", question=_question(node, [arrow.label for arrow in arrows]), unit=unit)
    for arrow, span in zip(arrows, found, strict=True):
        arrow.asks = {"observable": asked, **dict(span.bounds), "unit": unit}


def _ask_single(node: Node, arrows: list[Arrow], sheet: Sheet) -> None:
    """One label alone: what happens where it does not hold, nobody says, so that both answers have to be possible."""
    said = plain(arrows[0].label)
    asked = sheet.observable(f"{node.label}: {said}" if node.label else said, "yes-no", question=_whether(node, said))
    for arrow in arrows:
        arrow.asks = {"observable": asked, "is": "yes"}


def _ask_choice(node: Node, labelled: list[Arrow], bare: list[Arrow], others: list[Arrow], chart: Chart, sheet: Sheet) -> None:
    """The labels are the answers; a way without a label is an answer by the name of where it leads."""
    answers: dict[str, tuple[str, str]] = {}
    for arrow in (*labelled, *bare, *others):
        said = plain(arrow.label) or f"on to: {plain(_name(arrow, chart))}"
        if said.casefold() not in answers:
            answers[said.casefold()] = code(said, [value for value, _ in answers.values()]), said
        arrow.asks = {"observable": "", "oneOf": [answers[said.casefold()][0]]}
        arrow.otherwise = False
    labels = [said for _, said in answers.values()]
    asked = sheet.observable(_label(node, labels), "choice", question=_question(node, labels), choices=answers.values())
    for arrow in (*labelled, *bare, *others):
        arrow.asks = {"observable": asked, "oneOf": (arrow.asks or {})["oneOf"]}
    for arrow in bare:
        arrow.label = f"on to: {plain(_name(arrow, chart))}"
        sheet.unread(arrow.line, arrow.what, _SILENT, about=[asked])


def _ask_each(node: Node, arrows: list[Arrow], sheet: Sheet) -> None:
    """Labels that do not exclude one another: each a question of its own."""
    for arrow in arrows:
        said = plain(arrow.label)
        question = _whether(node, said)
        asked = sheet.observable(said, "yes-no", question=question)
        arrow.asks = {"observable": asked, "is": "yes"}
        why = "Whether the words on the arrow are a condition, or only say what happens, cannot be told; they are asked."
        if node.parting == "all":
            sheet.unread(arrow.line, arrow.what, why, about=[asked])


def _ask_ways(arrows: list[Arrow], chart: Chart, sheet: Sheet) -> None:
    """Ways without any condition beside others that have one."""
    for arrow in arrows:
        target = plain(_name(arrow, chart))
        asked = sheet.observable(f"on to {target}", "yes-no", question=f'Does the way lead on to "{target}"?')
        arrow.asks, arrow.label = {"observable": asked, "is": "yes"}, arrow.label or f"on to: {target}"
        sheet.unread(arrow.line, arrow.what, _SILENT, about=[asked])


def _settle_otherwise(arrows: list[Arrow]) -> None:
    asked: list[Asked] = [arrow.asks for arrow in arrows if arrow.asks and not arrow.otherwise]
    for arrow in arrows:
        if arrow.otherwise and asked:
            arrow.asks = none_of(asked)


def _whether(node: Node, said: str) -> str:
    asker = plain(node.question or node.label).rstrip(" ?:.")
    return f'{asker}: does "{said}" hold?' if asker else f'Does this hold: "{said}"?'


def _name(arrow: Arrow, chart: Chart) -> str:
    target = chart.nodes[arrow.target]
    return target.label or target.what


def _label(node: Node, labels: Sequence[str]) -> str:
    return plain(node.label) or " or ".join(dict.fromkeys(plain(label) for label in labels))


def _question(node: Node, labels: Sequence[str]) -> str:
    said = plain(node.question or node.label)
    return said or f"Which of these holds: {', '.join(dict.fromkeys(plain(label) for label in labels))}?"
