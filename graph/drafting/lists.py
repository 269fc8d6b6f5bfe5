"""An entry of a list added, removed or moved in its text, together with the comment right above it."""

from __future__ import annotations

from typing import Any, NamedTuple

from edgewise.graph.drafting.errors import EditRefused, refuse
from edgewise.graph.drafting.layout import Layout
from edgewise.graph.drafting.splices import Splice, alone_on_lines, comma_behind, comment_behind, cut_in_brackets, cut_lines, end_of_line
from edgewise.graph.drafting.tree import Node, Tree


class Chunk(NamedTuple):
    """The lines of an entry, from 0: `top` with the comment above, `dash` where it begins, `last` where it ends."""

    top: int
    dash: int
    last: int


def chunk(tree: Tree, sequence: Node, position: int) -> Chunk:
    """Where an entry of a block list stands."""
    item = sequence.values[position]
    floor = chunk_end(tree, sequence, position - 1) if position else tree.line(sequence.start) - 1
    dash = tree.line(item.start)
    while dash > floor and tree.written(dash)[sequence.column : sequence.column + 1] != "-":
        dash -= 1
    if dash <= floor or tree.written(dash)[: sequence.column].strip():
        message, repair = "this list begins in the middle of a line", "write each entry on a line of its own, behind a dash"
        raise refuse(EditRefused, "edit-layout", message, repair, line=tree.line(item.start) + 1)
    top = dash
    above = floor if position else _line_above(tree, sequence)
    while top - 1 > above and tree.written(top - 1).startswith(" " * sequence.column + "#"):
        top -= 1
    return Chunk(top, dash, chunk_end(tree, sequence, position))


def chunk_end(tree: Tree, sequence: Node, position: int) -> int:
    """The last line of an entry."""
    return tree.line(sequence.values[position].end)


def _line_above(tree: Tree, sequence: Node) -> int:
    """The line of the list's key: the last one above the list that is neither blank nor a comment."""
    line = tree.line(sequence.start) - 1
    while line >= 0 and (not tree.written(line).strip() or tree.written(line).lstrip().startswith("#")):
        line -= 1
    return line


def add(tree: Tree, sequence: Node, value: Any, before: int, layout: Layout, key: str) -> list[Splice]:
    """The splices that write an entry in front of the one at `before`, or at the end."""
    if sequence.flow:
        return _insert_in_brackets(tree, sequence, layout.inline(value, key), before)
    block = sum(not item.flow for item in sequence.values) * 2 > len(sequence.values)
    return _insert_lines(tree, sequence, layout.item(value, sequence.column, key, block), before)


def add_to_single(tree: Tree, node: Node, value: Any, before: int, layout: Layout, key: str) -> list[Splice]:  # noqa: ARG001
    """The splices that make a list of a single entry, with another one behind it."""
    if node.flow:
        return [Splice(node.start, node.start, "["), Splice(node.end, node.end, f", {layout.inline(value, key)}]")]
    first, last = tree.line(node.start), tree.line(node.end)
    inner = (tree.begin(line) for line in range(first + 1, last + 1) if tree.written(line).strip())
    new = layout.item(value, node.column, key, block=True)
    at = end_of_line(tree, node.end)
    further = [Splice(start, start, "  ") for start in inner]
    return [Splice(node.start, node.start, "- "), *further, Splice(at, at, tree.newline.join(["", *new]))]


def remove(tree: Tree, sequence: Node, position: int) -> list[Splice]:
    """The splices that take one of several entries out."""
    if sequence.flow:
        return cut_in_brackets(tree, [(item.start, item.end) for item in sequence.values], position)
    found = chunk(tree, sequence, position)
    first, last = found.top, found.last
    if position + 1 < len(sequence.values):
        while not tree.written(last + 1).strip():
            last += 1
    else:
        floor = chunk_end(tree, sequence, position - 1)  # up to there blank lines may belong to a text that keeps them
        while first - 1 > floor and not tree.written(first - 1).strip():
            first -= 1
    return [cut_lines(tree, first, last)]


def move(tree: Tree, sequence: Node, position: int, before: int) -> list[Splice]:
    """The splices that carry an entry in front of another one, or to the end."""
    if before in (position, position + 1):
        return []
    item = sequence.values[position]
    if sequence.flow:
        return [*remove(tree, sequence, position), *_insert_in_brackets(tree, sequence, tree.text[item.start : item.end], before)]
    found = chunk(tree, sequence, position)
    lines = [tree.written(line) for line in range(found.top, found.last + 1)]
    return [*remove(tree, sequence, position), *_insert_lines(tree, sequence, lines, before)]


def replace(tree: Tree, sequence: Node, position: int, value: Any, layout: Layout, key: str) -> list[Splice]:
    """The splices that write an entry of a block list anew, in place."""
    found = chunk(tree, sequence, position)
    item = sequence.values[position]
    first, *rest = layout.item(value, sequence.column, key)
    start = tree.begin(found.dash)
    return [Splice(start, end_of_line(tree, item.end), tree.newline.join([first + comment_behind(tree, item.end), *rest]))]


def _insert_in_brackets(tree: Tree, sequence: Node, text: str, before: int) -> list[Splice]:
    items = sequence.values
    if not items:
        return [Splice(sequence.start + 1, sequence.start + 1, text)]
    near = items[min(before, len(items) - 1)]
    own = alone_on_lines(tree, near.start, near.end)
    indent = tree.newline + tree.text[tree.begin(tree.line(near.start)) : near.start] if own else " "
    if before < len(items):
        return [Splice(near.start, near.start, f"{text},{indent}")]
    if own is None:
        return [Splice(near.end, near.end, f", {text}")]
    comma, line_end = comma_behind(tree.text, near.end), end_of_line(tree, near.end)
    if 0 <= comma < line_end:
        return [Splice(line_end, line_end, f"{indent}{text},")]
    return [Splice(near.end, near.end, ","), Splice(line_end, line_end, f"{indent}{text}")]


def _insert_lines(tree: Tree, sequence: Node, lines: list[str], before: int) -> list[Splice]:
    last = chunk_end(tree, sequence, min(before, len(sequence.values)) - 1) if before else -1
    keeps_blanks = not lines[-1].strip() or (last >= 0 and not tree.written(last).strip())  # one more would belong to its text
    blank = [""] if _spaced(tree, sequence) and not keeps_blanks else []
    if before < len(sequence.values):
        at = tree.begin(chunk(tree, sequence, before).top)
        return [Splice(at, at, tree.newline.join([*lines, *blank, ""]))]
    at = end_of_line(tree, tree.begin(chunk_end(tree, sequence, len(sequence.values) - 1)))
    return [Splice(at, at, tree.newline.join(["", *blank, *lines]))]


def _spaced(tree: Tree, sequence: Node) -> bool:
    """Whether most entries are set apart by a blank line."""
    gaps = [not tree.written(chunk(tree, sequence, position).top - 1).strip() for position in range(1, len(sequence.values))]
    return 2 * sum(gaps) > len(gaps)
