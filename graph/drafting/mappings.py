"""One key of a mapping set, replaced or dropped in its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from edgewise.graph.drafting.errors import EditRefused, refuse
from edgewise.graph.drafting.layout import WIDTH, Layout
from edgewise.graph.drafting.scalars import scalar
from edgewise.graph.drafting.splices import Splice, comment_behind, cut_in_brackets, cut_lines, end_of_line, span
from edgewise.graph.drafting.tree import Node, Tree
from edgewise.graph.reading.context import edgewise_context

_COLON = re.compile(r"\s*:")


def put(tree: Tree, mapping: Node, key: str, value: Any, layout: Layout, spaced: bool = False) -> list[Splice]:
    """The splices that set a key: what had the key is replaced, a new one comes where the vocabulary's order has it.

    Args:
        tree: the text.
        mapping: in which the key stands.
        key: the key.
        value: plain data.
        layout: how values are written in that mapping.
        spaced: whether a new key is set off by a blank line.
    """
    if key in mapping.names:
        position = mapping.names.index(key)
        return _in_brackets(tree, mapping, position, value, layout) if mapping.flow else _in_block(tree, mapping, position, value, layout)
    return _new_in_brackets(mapping, key, value, layout) if mapping.flow else _new_in_block(tree, mapping, key, value, layout, spaced)


def drop(tree: Tree, mapping: Node, key: str) -> list[Splice]:
    """The splices that take a key and its value out."""
    position = mapping.names.index(key)
    if mapping.flow:
        return cut_in_brackets(tree, [span(mapping, n) for n in range(len(mapping.keys))], position)
    start, end = span(mapping, position)
    end = max(end, _behind_colon(tree, mapping.keys[position]))
    first, last = tree.line(start), tree.line(end)
    if not tree.written(first)[: start - tree.begin(first)].strip():
        return [cut_lines(tree, first, last)]
    if position + 1 == len(mapping.keys):
        raise refuse(EditRefused, "edit-last-key", f"'{key}' is all that stands there", "remove the whole entry", line=first + 1)
    following = mapping.keys[position + 1].start  # the first key stands behind a dash
    return [Splice(start, following if "#" not in tree.text[end:following] else end_of_line(tree, end), "")]


def place_of(names: Sequence[str], key: str) -> int:
    """The position in front of which a new key comes: where it breaks the vocabulary's order least; unknown ones come last.

    >>> place_of(["id", "title", "steps"], "question"), place_of(["id", "steps"], "nonsense")
    (2, 2)
    """
    order = _order()
    if key not in order:
        return len(names)
    ranks = [order.get(name, len(order)) for name in names]
    first = 1 if names and names[0] == "id" else 0
    wrong = {
        n: sum(rank > order[key] for rank in ranks[:n]) + sum(rank < order[key] for rank in ranks[n:]) for n in range(first, len(names) + 1)
    }
    return min(wrong, key=wrong.__getitem__)


@cache
def _order() -> Mapping[str, int]:
    return {word: position for position, word in enumerate(edgewise_context())}


def _in_brackets(tree: Tree, mapping: Node, position: int, value: Any, layout: Layout) -> list[Splice]:
    key, node = mapping.keys[position], mapping.values[position]
    text = layout.inline(value, mapping.names[position])
    if ":" not in tree.text[key.end : node.start]:
        return [Splice(key.end, max(key.end, node.end), f": {text}")]
    gap = " " if tree.text[node.start - 1] == ":" else ""
    return [Splice(node.start, node.end, gap + text)]


def _in_block(tree: Tree, mapping: Node, position: int, value: Any, layout: Layout) -> list[Splice]:
    key, node = mapping.keys[position], mapping.values[position]
    behind = _behind_colon(tree, key)
    first, *rest = layout.value(mapping.names[position], value, key.column, key.column + behind - key.start)
    end = max(behind, node.end)
    apart = node.empty or tree.line(node.start) > tree.line(key.start)
    comment = comment_behind(tree, behind) if apart else ""
    is_block = node.kind != "scalar" and not node.flow
    if rest:
        comment = comment or comment_behind(tree, end)
        return [Splice(behind, end_of_line(tree, end), tree.newline.join([first + comment, *rest]))]
    return [Splice(behind, end_of_line(tree, end) if is_block or node.empty else end, first + comment)]


def _behind_colon(tree: Tree, key: Node) -> int:
    found = _COLON.match(tree.text, key.end)
    if found is None or tree.text[key.start : key.start + 1] == "?":
        message, repair = "this key is not followed by its colon", "write 'key: value'"
        raise refuse(EditRefused, "edit-layout", message, repair, line=tree.line(key.start) + 1)
    return found.end()


def _new_in_brackets(mapping: Node, key: str, value: Any, layout: Layout) -> list[Splice]:
    text = f"{scalar(key, typed=True)}: {layout.inline(value, key)}"
    position = place_of(mapping.names, key)
    if not mapping.keys:
        return [Splice(mapping.start + 1, mapping.start + 1, text)]
    if position == 0:
        return [Splice(mapping.keys[0].start, mapping.keys[0].start, f"{text}, ")]
    end = span(mapping, position - 1)[1]
    return [Splice(end, end, f", {text}")]


def _new_in_block(tree: Tree, mapping: Node, key: str, value: Any, layout: Layout, spaced: bool) -> list[Splice]:
    column = mapping.keys[0].column
    lines = layout.pair(key, value, column)
    position = place_of(mapping.names, key)
    if position == 0:
        start = mapping.keys[0].start
        return [Splice(start, start, tree.newline.join([lines[0][column:], *lines[1:], " " * column]))]
    end = max(span(mapping, position - 1)[1], _behind_colon(tree, mapping.keys[position - 1]))
    at = end_of_line(tree, end)
    return [Splice(at, at, tree.newline.join(["", *([""] if spaced else []), *lines]))]


def too_wide(tree: Tree, node: Node, splices: list[Splice]) -> bool:
    """Whether what stands in brackets on one line would grow out of the page."""
    line = tree.line(node.start)
    if tree.line(node.end) != line:
        return False
    grown = len(tree.written(line)) + sum(len(one.text) - (one.end - one.start) for one in splices)
    return grown > WIDTH >= len(tree.written(line))
