"""A text changed by edits: each is looked up, spliced in, and proved by reading the new text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from edgewise.graph.drafting import lists, mappings
from edgewise.graph.drafting.edits import FILES, Add, Drop, Edit, Follow, Kind, Move, Put, Remove, Rename
from edgewise.graph.drafting.errors import EditRefused, refuse
from edgewise.graph.drafting.layout import Layout
from edgewise.graph.drafting.meaning import changed, followers, found, in_list, meant_in_cases, section_of, target_of, value_at
from edgewise.graph.drafting.names import names
from edgewise.graph.drafting.scalars import scalar
from edgewise.graph.drafting.splices import Splice, spliced
from edgewise.graph.drafting.tree import Node, Tree, parse
from edgewise.graph.reading.context import Terms, edgewise_context
from edgewise.graph.reading.lines import Path
from edgewise.ontology.errors import SourceError

_MARK = "\ufeff"


def applied(text: str, *edits: Edit, kind: Kind = "guideline") -> str:
    r"""The text after the edits, one after the other; all of them or none.

    Args:
        text: a guideline's YAML, or that of its cases.
        edits: what is to change.
        kind: which of the two files it is.

    Raises:
        SourceError: the text holds what the strict reading refuses (values that are still to come are no fault here).
        EditRefused: an edit does not fit; the finding says which entry or key, on which line, and what to do instead.

    >>> print(applied("id: g  # ours\nsteps: []\n", Add("steps", {"id": "a", "label": "A, first"}), Put("a", "order", 1)))
    id: g  # ours
    steps:
      - {id: a, label: "A, first", order: 1}
    <BLANKLINE>
    """
    name, mark = FILES[kind], _MARK if text.startswith(_MARK) else ""
    tree = parse(text.removeprefix(_MARK), name)
    for edit in edits:
        try:
            tree = _applied(tree, edit, kind, name)
        except EditRefused as refused:
            line = 0 if isinstance(edit, Follow) else _line_of(tree, edit.at)
            raise EditRefused(replace(one, file=name, line=one.line or line) for one in refused.findings) from None
    return mark + tree.text


def _line_of(tree: Tree, at: str) -> int:
    """The line of the entry that was asked for; 0 if there is none, or it is the file itself."""
    path = names(tree.data).path(at)
    return tree.line(tree.node(path).start) + 1 if path else 0


def _applied(tree: Tree, edit: Edit, kind: Kind, name: str) -> Tree:
    if not isinstance(tree.data, dict):
        raise refuse(EditRefused, "edit-layout", "the file is not a mapping of keys", "begin it with 'id: …'", line=1)
    expected = changed(tree.data, edit, kind=kind)
    if tree.data == expected:
        return tree  # it says so already
    splices = _SPLICES[type(edit)](tree, edit, kind, expected)
    try:
        after = parse(spliced(tree.text, splices), name)
    except SourceError as broken:
        raise _not_here(tree, splices, str(broken.findings[0].message)) from None
    if after.data != expected:
        raise _not_here(tree, splices, "the text would say something else")
    return after


def _not_here(tree: Tree, splices: list[Splice], why: str) -> EditRefused:
    line = tree.line(min((splice.start for splice in splices), default=0)) + 1
    message = f"the text is laid out here so that this cannot be changed by place: {why}"
    return refuse(EditRefused, "edit-layout", message, "write the entry one key a line, then try again", line=line)


def _layout(path: Path, kind: Kind, open_lists: bool = False) -> Layout:
    terms = None if kind == "cases" else Terms(edgewise_context())
    for step in path if terms else ():
        terms = terms.below(step) if terms and isinstance(step, str) else terms
    return Layout(terms, open_lists)


def _put(tree: Tree, edit: Put, kind: Kind, expected: Any) -> list[Splice]:
    path = found(names(tree.data), edit.at)
    return _key_put(tree, path, edit.key, edit.value, _layout(path, kind), kind, expected)


def _key_put(tree: Tree, path: Path, key: str, value: Any, layout: Layout, kind: Kind, expected: Any) -> list[Splice]:
    mapping = tree.node(path)
    spaced = not path and isinstance(value, list) and any(_blank_above(tree, one) for one in mapping.keys)
    splices = mappings.put(tree, mapping, key, value, layout, spaced)
    return _unfolded(tree, path, splices, kind, expected) if mapping.flow else splices


def _blank_above(tree: Tree, key: Node) -> bool:
    line = tree.line(key.start)
    return line > 0 and not tree.written(line - 1).strip()


def _unfolded(tree: Tree, path: Path, splices: list[Splice], kind: Kind, expected: Any) -> list[Splice]:
    """The splices; or where brackets would grow too wide, others that open them out to one key a line."""
    outer = next(path[:n] for n in range(len(path) + 1) if tree.node(path[:n]).flow)
    if not outer or not mappings.too_wide(tree, tree.node(outer), splices):
        return splices
    parent, step, value = tree.node(outer[:-1]), outer[-1], value_at(expected, outer)
    layout = _layout(outer[:-1], kind)
    if isinstance(step, str):
        return mappings.put(tree, parent, step, value, layout)
    return lists.replace(tree, parent, step, value, layout, str(outer[-2]))


def _drop(tree: Tree, edit: Drop, kind: Kind, expected: Any) -> list[Splice]:  # noqa: ARG001  # all have one form
    return mappings.drop(tree, tree.node(found(names(tree.data), edit.at)), edit.key)


def _add(tree: Tree, edit: Add, kind: Kind, expected: Any) -> list[Splice]:
    path, items, before = section_of(tree.data, edit, names(tree.data))
    if not items:
        return _key_put(tree, path[:-1], edit.section, [edit.entry], _layout(path[:-1], kind, open_lists=True), kind, expected)
    make = lists.add_to_single if tree.node(path).kind == "mapping" else lists.add
    splices = make(tree, tree.node(path), edit.entry, before, _layout(path[:-1], kind), edit.section)
    return _unfolded(tree, path, splices, kind, expected) if tree.node(path).flow else splices


def _remove(tree: Tree, edit: Remove, kind: Kind, expected: Any) -> list[Splice]:
    section, position = in_list(names(tree.data), edit.at)
    if len(value_at(tree.data, section)) > 1:
        return lists.remove(tree, tree.node(section), position)
    key = section[-1]
    if not isinstance(key, str):
        raise refuse(EditRefused, "edit-layout", "a list stands inside a list", "write one list, with one entry a line")
    return _key_put(tree, section[:-1], key, [], _layout(section[:-1], kind), kind, expected)


def _move(tree: Tree, edit: Move, kind: Kind, expected: Any) -> list[Splice]:  # noqa: ARG001
    section, position, before = target_of(names(tree.data), edit)
    node = tree.node(section)
    return lists.move(tree, node, position, len(node.values) if before < 0 else before)


def _rename(tree: Tree, edit: Rename, kind: Kind, expected: Any) -> list[Splice]:  # noqa: ARG001
    known = names(tree.data)
    path = found(known, edit.at)
    texts = {(*path, "id"): edit.id} | {one.path: text for one, text in followers(tree.data, edit, known, kind)}
    return [Splice(node.start, node.end, scalar(text)) for place, text in texts.items() for node in [tree.node(place)]]


def _follow(tree: Tree, edit: Follow, kind: Kind, expected: Any) -> list[Splice]:  # noqa: ARG001
    """Each reference written anew, but for its key or its list: what stands around it stays."""
    layout, splices = Layout(), list[Splice]()
    for one in meant_in_cases(tree.data, edit, kind):
        node = tree.node(one.path)
        if one.is_key:
            holder = tree.node(one.path[:-1])
            node = holder.keys[holder.names.index(str(one.path[-1]))]
        splices.append(Splice(node.start, node.end, layout.inline(one.renamed(edit.id))))
    return splices


_SPLICES: dict[type, Callable[[Tree, Any, Kind, Any], list[Splice]]] = {
    Put: _put,
    Drop: _drop,
    Add: _add,
    Remove: _remove,
    Move: _move,
    Rename: _rename,
    Follow: _follow,
}
