"""What stands in a text, by id: plain data as the strict reading sees it, cheap enough to be asked for again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from edgewise.graph.drafting.case_references import case_references
from edgewise.graph.drafting.edits import FILES, Kind
from edgewise.graph.drafting.meaning import refers, value_at
from edgewise.graph.drafting.names import names
from edgewise.graph.drafting.references import references
from edgewise.graph.drafting.tree import read
from edgewise.graph.reading.lines import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with an id.

    Attributes:
        id: empty for the head of the file.
        section: the key of the file's list in which it stands, at whatever depth; empty for the head.
        data: as written, every scalar as text; shared, so not to be changed.
        line: on which it begins, counted from 1.
        within: the id of the entry in which it lies; empty for what stands in the list itself.
    """

    id: str
    section: str
    data: dict[str, Any]
    line: int
    within: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that refers to something.

    Attributes:
        at: the id of the entry in which it stands; empty for the head.
        key: the key of the reference.
        line: on which it stands.
    """

    at: str
    key: str
    line: int


@lru_cache(maxsize=8)
def entries(text: str, kind: Kind = "guideline") -> Mapping[str, Entry]:
    r"""Everything in a text that bears an id, in its order; under the empty id the whole file. Of two with one id the first counts.

    Raises:
        SourceError: the text holds what the strict reading refuses; a value that is still to come is no fault here.

    >>> found = entries("id: g\nsteps:\n- {id: a, label: }\n- {id: b, order: 1}\n")
    >>> [(one.id, one.section, one.line) for one in found.values()], found["b"].data
    ([('', '', 1), ('a', 'steps', 3), ('b', 'steps', 4)], {'id': 'b', 'order': '1'})
    """
    data, marks = read(text, FILES[kind])
    known = names(data).ids if isinstance(data, dict) else {}
    holders = {path: id for id, path in known.items()}
    found = {
        id: Entry(id, str(path[0]) if path else "", value_at(data, path), marks.value(path), _holder(path[:-1], holders))
        for id, path in known.items()
    }
    return MappingProxyType(found)


def part_at(text: str, name: str, kind: Kind = "guideline") -> Mapping[str, Any] | None:
    r"""What is called so, by its id or by its place, as written; None where nothing is. Shared, so not to be changed.

    Raises:
        SourceError: as `entries`.

    >>> part_at("id: g\nsteps:\n- {id: a, components: [{label: ice}, {label: heat}]}\n", "a/components/2")
    {'label': 'heat'}
    """
    data, _ = read(text, FILES[kind])
    path = names(data).path(name)
    return None if path is None else value_at(data, path)


def mentions(text: str, id: str) -> tuple[Mention, ...]:
    r"""What in a guideline refers to an id, or to a place in it: what would be left pointing nowhere if it were removed.

    Raises:
        SourceError: as `entries`.

    >>> mentions("id: g\nsteps:\n- {id: a}\ntransitions:\n- {id: t, from: a}\n", "a")
    (Mention(at='t', key='from', line=5),)
    """
    data, marks = read(text, FILES["guideline"])
    known = names(data)
    holders = {path: name for name, path in known.ids.items()}
    meant = (one for one in references(data) if refers(one, id, known))
    return tuple(Mention(_holder(one.path, holders), _key(one.path), marks.value(one.path)) for one in meant)


def mentions_in_cases(text: str, id: str) -> tuple[Mention, ...]:
    r"""Where cases refer to a part of their guideline: what follows it to a new name, and what would be left pointing nowhere.

    Raises:
        SourceError: as `entries`.

    >>> mentions_in_cases("cases:\n- id: c\n  stages:\n  - {facts: {fever: yes}, expect: [rest]}\n", "fever")
    (Mention(at='c', key='fever', line=4),)
    """
    data, marks = read(text, FILES["cases"])
    holders = {path: name for name, path in names(data).ids.items()}
    found = (one.path for one in case_references(data) if one.target == id)
    return tuple(Mention(_holder(path, holders), _key(path), marks.key(path)) for path in found)


def _holder(path: Path, holders: dict[Path, str]) -> str:
    return next((holders[path[:n]] for n in range(len(path), 0, -1) if path[:n] in holders), "")


def _key(path: Path) -> str:
    return str(next((step for step in reversed(path) if isinstance(step, str)), ""))
