"""Numbers of things in words."""

from __future__ import annotations


def many(count: int, word: str, words: str = "") -> str:
    """A number of things.

    >>> many(1, "edge"), many(2, "edge"), many(2, "entry", "entries")
    ('1 edge', '2 edges', '2 entries')
    """
    return f"{count} {word}" if count == 1 else f"{count} {words or word + 's'}"
