"""Pieces of JSON with their places, so that a missing key is an empty piece and every piece has its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edgewise.graph.reading.lines import Path
from edgewise.graph.reading.strict import Data


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a JSON document; `value` is None where there is none.

    >>> item = Item({"a": [{"b": "1"}]})
    >>> item["a"][0]["b"].text, item["a"][0]["b"].path, item["x"]["y"].text
    ('1', ('a', 0, 'b'), '')
    """

    value: Data
    path: Path = ()

    def __getitem__(self, key: str | int) -> Item:
        """The piece under a key or at a position; an empty one where there is none."""
        held = self.value
        if isinstance(held, dict) and isinstance(key, str):
            return Item(held.get(key), (*self.path, key))
        if isinstance(held, list) and isinstance(key, int) and 0 <= key < len(held):
            return Item(held[key], (*self.path, key))
        return Item(None, (*self.path, key))

    @property
    def text(self) -> str:
        """Its text; empty where it is none."""
        return self.value.strip() if isinstance(self.value, str) else ""

    @property
    def keys(self) -> list[str]:
        """The keys of a mapping."""
        return list(self.value) if isinstance(self.value, dict) else []

    @property
    def items(self) -> list[Item]:
        """The entries of a list; a single thing stands for a list of it.

        >>> [item.text for item in Item("a").items + Item(["b", "c"]).items + Item(None).items]
        ['a', 'b', 'c']
        """
        if isinstance(self.value, list):
            return [self[at] for at in range(len(self.value))]
        return [self] if self.value else []

    def entries(self) -> Iterator[tuple[str, Item]]:
        """The entries of a mapping by their keys; of a list, by the key, id or label that each bears.

        >>> [key for key, _ in Item([{"key": "a"}, {"label": "B"}, {}]).entries()], [key for key, _ in Item({"x": {}}).entries()]
        (['a', 'B', 'node 3'], ['x'])
        """
        if isinstance(self.value, list):
            for at, item in enumerate(self.items):
                yield item["key"].text or item["id"].text or item["label"].text or f"node {at + 1}", item
        else:
            yield from ((key, self[key]) for key in self.keys)
