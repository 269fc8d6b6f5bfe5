"""Whether a text is in one's own words: runs of words that are the article's, found wherever they stand in it."""

from __future__ import annotations

import re
from collections.abc import Collection

RUN = 8
"""Words in a row that nobody writes twice by chance."""
_WORDS = re.compile(r"[^\W_]+(?:[.,/][0-9]+)*|[%≥≤<>]")


def words(text: str) -> tuple[str, ...]:
    """The words and figures of a text, in small letters.

    >>> words("At least 70 %, twice.")
    ('at', 'least', '70', '%', 'twice')
    """
    return tuple(_WORDS.findall(text.casefold()))


def grams(text: str) -> set[tuple[str, ...]]:
    """Every run of `RUN` words in a text.

    >>> len(grams("one two three four five six seven eight nine"))
    2
    """
    found = words(text)
    return {found[start : start + RUN] for start in range(len(found) - RUN + 1)}


def taken(text: str, theirs: Collection[tuple[str, ...]]) -> list[str]:
    """The runs of words in a text that are the article's, each in quotation marks as it stands.

    Args:
        text: somebody's own words, or not.
        theirs: the runs of the article, as `grams` gives them of each of its sentences.

    >>> taken("We say: one two three four five six seven eight.", grams("One two three four five six seven eight nine"))
    ['“one two three four five six seven eight”']
    """
    found = list(_WORDS.finditer(text))
    said = tuple(match[0].casefold() for match in found)
    runs: list[list[int]] = []
    for start in (start for start in range(len(said) - RUN + 1) if said[start : start + RUN] in theirs):
        if runs and start <= runs[-1][1]:
            runs[-1][1] = start + RUN
        else:
            runs.append([start, start + RUN])
    return [f"“{' '.join(text[found[first].start() : found[last - 1].end()].split())}”" for first, last in runs]
