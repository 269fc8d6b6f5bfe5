"""By which names the parts of a document are called: their ids, or their places as the reader names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from edgewise.graph.reading.lines import Path
from edgewise.graph.reading.strict import Data


@dataclass(slots=True)
class Names:
    """Names → paths: `ids` as written, `places` of what bears none (``a-to-b/when/2``), and ids that are given twice."""

    ids: dict[str, Path] = field(default_factory=dict)
    places: dict[str, Path] = field(default_factory=dict)
    twice: dict[str, Path] = field(default_factory=dict)

    def path(self, name: str) -> Path | None:
        """The path of what is called so; an id goes before a place."""
        return self.ids.get(name, self.places.get(name))

    def __iter__(self) -> Iterator[str]:
        yield from self.ids
        yield from self.places


def names(data: Data) -> Names:
    """The names of every mapping in a document; the document's own is empty.

    >>> found = names({"id": "g", "steps": [{"id": "a", "when": {"all": [{}, {}]}}]})
    >>> found.ids, sorted(found.places)
    ({'': (), 'a': ('steps', 0)}, ['a/when', 'a/when/1', 'a/when/1/all/1', 'a/when/1/all/2'])
    """
    found = Names({"": ()})
    if isinstance(data, dict):
        _gather(data, (), "", found)
    return found


def _gather(data: dict[str, Data], path: Path, name: str, found: Names) -> None:
    for key, value in data.items():
        items = value if isinstance(value, list) else [value]
        for position, item in enumerate(items):
            if not isinstance(item, dict):
                continue
            place = (*path, key, position) if isinstance(value, list) else (*path, key)
            by_place = f"{name}/{key}/{position + 1}" if name else f"{key}/{position + 1}"
            called = _note(item, place, by_place, found)
            if not isinstance(value, list) and called == by_place:
                found.places.setdefault(by_place.rpartition("/")[0], place)  # the only one of its key needs no number
            _gather(item, place, called, found)


def _note(item: dict[str, Data], path: Path, by_place: str, found: Names) -> str:
    id = item.get("id")
    if not isinstance(id, str) or not id:
        found.places.setdefault(by_place, path)
        return by_place
    if id in found.ids:
        found.twice.setdefault(id, path)
        found.places.setdefault(by_place, path)
        return by_place
    found.ids[id] = path
    return id
