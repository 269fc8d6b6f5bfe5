"""What the reference list says of a number in the text: whether the words before it are those of the entry, or its authors' names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from math import log

_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"(?<![\w-])[A-Z\u00c0-\u00de][\w\u2019'-]*[a-z\u00df-\u00ff](?![\w-])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BEFORE, _BEHIND, _NAMES = 220, 80, 60
_AUTHORS = 90  # characters of an entry in which its first authors stand
_NEVER = 0.35  # of all entries: a word in more of them tells nothing
_MOST = 3.0


class EntryWords:
    """The words of each entry, rare ones weighing more.

    >>> words = EntryWords({1: "Lee A. Rest and healing of joints.", 2: "Ray B. Belts for backs.", 3: "Kim C. Heat of packs."})
    >>> text = "Ray held that belts help many backs 2"
    >>> words.likeness(text, 36, 37, 2) > 0 > words.likeness(text, 36, 37, 3), words.by_author(text, 36, 2), words.by_author(text, 36, 3)
    (True, 1, -1)
    """

    def __init__(self, entries: Mapping[int, str]) -> None:
        self._authors = {number: text[:_AUTHORS] for number, text in entries.items()}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, text in entries.items():
            for word in _words(text):
                self._holders[word].append(number)
        self._names = Counter(name for text in self._authors.values() for name in set(_NAME.findall(text)))

    def likeness(self, text: str, start: int, end: int, number: int) -> float:
        """How much more the words around a place are those of an entry than those of the others; 0 where the list is not known."""
        if number not in self._authors:
            return 0.0
        around = text[max(0, start - _BEFORE) : start] + " " + text[end : end + _BEHIND]
        shared = self._shared(around)
        mean = sum(shared.values()) / len(self._authors)
        return max(-_MOST, min(_MOST, log((1 + shared[number]) / (1 + mean))))

    def by_author(self, text: str, start: int, number: int) -> int:
        """1 if a name before a place is one of an entry's authors, -1 if it is one of other entries' only, 0 if there is none."""
        if number not in self._authors:
            return 0
        before = _YEAR.split(text[max(0, start - _NAMES) : start])[-1]  # "Lee (2003) found that 3": by its year that citation is complete
        names = [name for name in _NAME.findall(before) if self._names[name]]
        if not names:
            return 0
        own = set(_NAME.findall(self._authors[number]))
        return 1 if own.intersection(names) else -1

    def _shared(self, around: str) -> Counter[int]:
        """The weight of the words that each entry shares with a text."""
        most = _NEVER * len(self._authors)
        shared: Counter[int] = Counter()
        for word in _words(around):
            holders = self._holders.get(word, ())
            if holders and len(holders) <= max(most, 1):
                weight = log(len(self._authors) / len(holders)) + 0.5
                for number in holders:
                    shared[number] += weight  # type: ignore[assignment]
        return shared


def _words(text: str) -> set[str]:
    """Words without their endings, as far as a rule of thumb takes them off."""
    return {re.sub(r"(?:ies|ing|ed|es|s|y|e)$", "", word.lower())[:9] for word in _WORD.findall(text)}
