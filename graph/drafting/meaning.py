"""What an edit means: the change of the plain data, whatever the text looks like."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from edgewise.graph.drafting.case_references import CaseReference, case_references
from edgewise.graph.drafting.edits import Add, Drop, Edit, Follow, Kind, Move, Put, Remove, Rename
from edgewise.graph.drafting.errors import EditRefused, refuse
from edgewise.graph.drafting.names import Names, names
from edgewise.graph.drafting.references import Reference, references
from edgewise.graph.drafting.scalars import KEY, as_read
from edgewise.graph.reading.lines import Path
from edgewise.graph.reading.problems import shorten
from edgewise.graph.reading.yaml_ld import ID, SLUG


def changed(data: Any, *edits: Edit, kind: Kind = "guideline") -> Any:
    """The data after the edits; what was given stays as it was.

    Raises:
        EditRefused: an edit does not fit the data.

    >>> changed({"id": "g", "steps": [{"id": "a", "label": "A"}]}, Put("a", "label", "B"), Add("steps", {"id": "b"}))
    {'id': 'g', 'steps': [{'id': 'a', 'label': 'B'}, {'id': 'b'}]}
    """
    data = _copy(data)
    for edit in edits:
        _change(data, edit, kind)
    return data


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copy(part) for key, part in data.items()}
    return [_copy(part) for part in data] if isinstance(data, list) else data


def found(known: Names, name: str) -> Path:
    """The path of what is called so.

    Raises:
        EditRefused: nothing is, or two things are.
    """
    if name in known.twice:
        raise refuse(EditRefused, "edit-id-twice", f"the id '{shorten(name)}' is given twice", "give one of the two another id first")
    path = known.path(name)
    if path is None:
        near = get_close_matches(name, [*known], n=1, cutoff=0.6)
        repair = f"did you mean '{near[0]}'?" if near and near[0] else "look up its id; somebody may have removed or renamed it"
        raise refuse(EditRefused, "edit-no-entry", f"there is no '{shorten(name)}' here", repair)
    return path


def value_at(data: Any, path: Path) -> Any:
    """What stands at a path."""
    for step in path:
        data = data[step]
    return data


def in_list(known: Names, name: str) -> tuple[Path, int]:
    """The path of the list in which an entry stands, and its position.

    Raises:
        EditRefused: it stands in none.
    """
    path = found(known, name)
    if path and isinstance(path[-1], int):
        return path[:-1], path[-1]
    message = f"'{shorten(name)}' stands in no list" if name else "the file's head cannot be moved or removed"
    raise refuse(EditRefused, "edit-no-list", message, "drop or put its key instead")


def target_of(known: Names, edit: Move) -> tuple[Path, int, int]:
    """The list, the position of what is carried, and the position in front of which it comes (behind the last: the list's length).

    Raises:
        EditRefused: the two do not stand in one list.
    """
    section, position = in_list(known, edit.at)
    if edit.before is None:
        return section, position, -1
    other, before = in_list(known, edit.before)
    if other != section:
        message = f"'{shorten(edit.at)}' and '{shorten(edit.before)}' stand in different lists"
        raise refuse(EditRefused, "edit-other-list", message, "name an entry of the same list")
    return section, position, before


def check_entry(known: Names, entry: Any, kind: Kind) -> None:
    """Refuse an entry that is none, or whose id cannot be given.

    Raises:
        EditRefused: for such an entry.
    """
    if not isinstance(entry, dict) or not entry:
        raise refuse(EditRefused, "edit-value", "an entry is a mapping of keys", "give it an id and what belongs to it")
    as_read(entry)
    if "id" in entry:
        check_id(known, entry["id"], kind)


def check_id(known: Names, id: Any, kind: Kind, at: str = "?") -> None:
    """Refuse an id that is none, or that is taken.

    Raises:
        EditRefused: for such an id.
    """
    form = KEY if kind == "cases" else ID if at else SLUG
    if not isinstance(id, str) or not form.fullmatch(id):
        repair = "use small letters, digits and '-', such as cooled-rfa"
        raise refuse(EditRefused, "edit-id", f"'{shorten(str(id))}' cannot be an id", repair)
    if id and at and id in known.ids:
        raise refuse(EditRefused, "edit-id-taken", f"the id '{shorten(id)}' is taken", "choose another one")


def followers(data: Any, edit: Rename, known: Names, kind: Kind) -> list[tuple[Reference, str]]:
    """The references that follow a new name, each with what stands there then."""
    if kind == "cases" or not edit.at:
        return [(one, f"{_base(one, edit)}{one.target}") for one in references(data) if one.base] if kind != "cases" else []
    follow = (one for one in references(data) if refers(one, edit.at, known))
    return [(one, f"{one.base}{edit.id}{one.target[len(edit.at) :]}") for one in follow]


def meant_in_cases(data: Any, edit: Follow, kind: Kind) -> list[CaseReference]:
    """What in a file of cases follows a part to its new id.

    Raises:
        EditRefused: the file is none of cases, or facts would tell two things under one name.
    """
    if kind != "cases":
        raise refuse(EditRefused, "edit-not-here", "cases alone follow a name of their guideline", "rename the entry itself")
    meant = [one for one in case_references(data) if one.target == edit.at]
    for one in meant:
        new = one.renamed(edit.id)
        if one.is_key and new in value_at(data, one.path[:-1]):
            case = value_at(data, one.path[:2]).get("id", "")
            message = f"the case '{shorten(str(case))}' tells '{shorten(edit.id)}' already, beside '{shorten(edit.at)}'"
            raise refuse(EditRefused, "edit-id-taken", message, "choose another name, or take that out of the case")
    return meant


def refers(one: Reference, id: str, known: Names) -> bool:
    """Whether a reference means what bears the id, or a place in it."""
    return one.target == id or (one.target.startswith(f"{id}/") and one.target not in known.ids)


def _base(one: Reference, edit: Rename) -> str:
    return one.base[:-1].rpartition("/")[0] + f"/{edit.id}/"


def _change(data: Any, edit: Edit, kind: Kind) -> None:
    known = names(data)
    if isinstance(edit, Put):
        check_key(edit.key)
        value_at(data, found(known, edit.at))[edit.key] = as_read(edit.value)
    elif isinstance(edit, Drop):
        check_key(edit.key)
        entry = value_at(data, found(known, edit.at))
        check_held(entry, edit)
        del entry[edit.key]
    elif isinstance(edit, Add):
        _add(data, edit, known, kind)
    elif isinstance(edit, Remove):
        section, position = in_list(known, edit.at)
        del value_at(data, section)[position]
    elif isinstance(edit, Move):
        section, position, before = target_of(known, edit)
        items = value_at(data, section)
        before = len(items) if before < 0 else before
        item = items.pop(position)
        items.insert(before - (before > position), item)
    elif isinstance(edit, Follow):
        _follow(data, edit, kind)
    else:
        _rename(data, edit, known, kind)


def check_key(key: str) -> None:
    """Refuse a key that is none, or that is not to be put.

    Raises:
        EditRefused: for such a key.
    """
    if key == "id":
        raise refuse(EditRefused, "edit-key", "an id is not put or dropped like other keys", "rename the entry: what refers to it follows")
    as_read({key: ""})


def check_held(entry: Any, edit: Drop) -> None:
    """Refuse to drop what is not there.

    Raises:
        EditRefused: the entry has no such key.
    """
    if edit.key not in entry:
        message = f"'{shorten(edit.at) or 'the head'}' has no '{shorten(edit.key)}'"
        raise refuse(EditRefused, "edit-no-key", message, "it may be gone already")


def section_of(data: Any, edit: Add, known: Names) -> tuple[Path, list[Any], int]:
    """The path of the list that takes a new entry, the list so far, and the position in front of which it comes.

    Raises:
        EditRefused: no list stands there, or it lacks the entry that was named.
    """
    path = (*found(known, edit.at), edit.section)
    check_key(edit.section)
    items = value_at(data, path[:-1]).get(edit.section, [])
    items = [] if items == "" else [items] if isinstance(items, dict) else items
    if not isinstance(items, list):
        message = f"'{shorten(edit.section)}' holds one thing and no list"
        raise refuse(EditRefused, "edit-no-list", message, "put the key with a list of both")
    if edit.before is None:
        return path, items, len(items)
    section, before = in_list(known, edit.before)
    if section != path:
        message = f"'{shorten(edit.before)}' does not stand in '{shorten(edit.section)}'"
        raise refuse(EditRefused, "edit-other-list", message, "name an entry of that list")
    return path, items, before


def _add(data: Any, edit: Add, known: Names, kind: Kind) -> None:
    check_entry(known, edit.entry, kind)
    path, items, before = section_of(data, edit, known)
    items.insert(before, as_read(edit.entry))
    value_at(data, path[:-1])[edit.section] = items


def _follow(data: Any, edit: Follow, kind: Kind) -> None:
    for one in meant_in_cases(data, edit, kind):
        held, step, new = value_at(data, one.path[:-1]), one.path[-1], one.renamed(edit.id)
        if one.is_key:
            told = [(new if key == step else key, value) for key, value in held.items()]
            held.clear()
            held.update(told)
        else:
            held[step] = new


def _rename(data: Any, edit: Rename, known: Names, kind: Kind) -> None:
    path = found(known, edit.at)
    if edit.at and edit.at not in known.ids:
        raise refuse(EditRefused, "edit-no-id", f"'{shorten(edit.at)}' is a place and bears no id", "rename the entry that it lies in")
    if edit.id != value_at(data, path).get("id"):
        check_id(known, edit.id, kind, edit.at)
    for one, text in followers(data, edit, known, kind):
        value_at(data, one.path[:-1])[one.path[-1]] = text
    value_at(data, path)["id"] = edit.id
