"""What an article does with its figures again and again: the labels it numbers, the things it counts, and how it sets its markers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from edgewise.citations.reading.number_runs import Token, stem
from edgewise.citations.reading.word_classes import UNITS

_WORD = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w])")
_SERIES = 2  # numbers behind one word; with more, the word is a label in this article, whatever a dictionary says
_HALF = 0.5
_MOST = 4.0


@dataclass(slots=True)
class Habits:
    """Words and figures of one article.

    `counted`: how often a figure is followed by the same two words; `named`: the figures that follow a word ("Insert 1", "Insert 2", "S1");
    `paired`: how often a word and a figure stand side by side; `words`: all that stand without a figure.
    """

    counted: Counter[tuple[int, str]] = field(default_factory=Counter)
    named: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    paired: Counter[tuple[str, int]] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)

    def read(self, text: str) -> None:
        """Take note of a paragraph's words."""
        self.words.update(word.lower() for word in _WORD.findall(text))

    def learn(self, text: str, group: Sequence[Token]) -> None:
        """Take note of one more group."""
        self.counted[_counted(text, group)] += 1
        word = word_before(text, group)
        self.paired[word, group[0].number] += 1
        if word[:1].isupper() or stem(text, group[0].start):
            self.named[word].add(group[0].number)

    def signs(self, text: str, group: Sequence[Token], found_so_far: dict[str, float]) -> list[str]:
        """What the article's habits say about one group, of which some signs are known."""
        found = ["recurring"] if self.counted[_counted(text, group)] > 1 else []
        if found and "right capital" in found_so_far:  # "25 E-RG cells" again and again: a thing counted, not a sentence opened
            found.append("counted name")
        word = word_before(text, group)
        if self.paired[word, group[0].number] > 1:
            found.append("recurring pair")
        if len(self.named.get(word, ())) > _SERIES:
            found.append("series name")
        glued = stem(text, group[0].start)
        return found + (self._glued(text, glued, group) if glued else [])

    def _glued(self, text: str, word: str, group: Sequence[Token]) -> list[str]:
        """Signs of a figure that is glued to a word: a power behind a unit or a stroke, part of a symbol, or a marker."""
        low = word.lower()
        plain = word[1:].islower() and len(word) > 2
        kind = "word" if plain and word[0].islower() else "name" if plain else "symbol"
        apart = text[max(0, group[0].start - len(word) - 1) : group[0].start - len(word)]
        power = group[-1].number <= 3 and len(group) == 1 and (low in UNITS or apart in ("/", "\u00b7", "*"))
        found = ["power"] if power else [f"glued to a {kind}"]
        return [*found, "word known"] if low in self.words and kind != "symbol" else found


def _counted(text: str, group: Sequence[Token]) -> tuple[int, str]:
    return group[-1].number, " ".join(text[group[-1].end : group[-1].end + 40].split()[:2])


def word_before(text: str, group: Sequence[Token]) -> str:
    """The word before a group, without its stops.

    >>> word_before("as Lee et al. (3)", [Token(15, 16, 3)])
    'al'
    """
    words = text[max(0, group[0].start - 30) : group[0].start].rstrip(" (").split()
    return words[-1].strip(".,;:()") if words else ""


class Shares:
    """Of the groups held for markers, how many are set in each way: an article keeps to one, whatever else it prints in another.

    >>> shares = Shares(["plain"] * 7)
    >>> shares.rarity("plain", own=True), round(shares.rarity("round", own=False), 2)
    (0.0, 2.08)
    """

    def __init__(self, ways: Iterable[Hashable]) -> None:
        self._counts = Counter(ways)
        self._all = self._counts.total()

    def rarity(self, way: Hashable, *, own: bool) -> float:
        """How rare a way is among the others, in natural logarithms; 0 where all are set so, and where there are none.

        Args:
            way: in which a group is set.
            own: whether that group is one of those counted.
        """
        return min(log((max(self._all - own, 0) + 1) / (max(self._counts[way] - own, 0) + 1)), _MOST)


class Forms:
    """What is alike in an article: of the groups set in one way, or behind one word, what share is held for markers, as odds.

    >>> forms = Forms([((False, "glued", "behind"), 0.9)] * 3 + [((False, "blank", "within"), 0.1)] * 3)
    >>> forms.odds((False, "glued", "behind"), 0.9) > 0 > forms.odds((False, "blank", "within"), 0.1)
    True
    """

    def __init__(self, held: Iterable[tuple[Hashable, float]]) -> None:
        self._markers: Counter[Hashable] = Counter()
        self._figures: Counter[Hashable] = Counter()
        for form, probability in held:
            self._markers[form] += probability  # type: ignore[assignment]
            self._figures[form] += 1 - probability  # type: ignore[assignment]

    def odds(self, form: Hashable, own: float) -> float:
        """Log-odds of a form, a group's own share in it (`own`: how likely it is held for a marker) left out."""
        markers = max(self._markers[form] - own, 0.0) + _HALF
        figures = max(self._figures[form] - (1 - own), 0.0) + _HALF
        return max(-_MOST, min(_MOST, log(markers / figures)))
