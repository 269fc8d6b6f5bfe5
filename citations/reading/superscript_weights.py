"""Weighing what speaks for and against a group of figures being a lost superscript.

Every sign has a weight, in natural log-odds; a group's weights are added. Most were learnt by ridge regression from open-access articles
whose markers are tagged, and rounded to a quarter; those of signs too rare there (a list whose items all end in figures, a heading, a
measure with its unit) were set by judgement. The signs are general (grammar, order of first citation, shape of the group), never a word of
a subject. Fitted to four fifths of those articles and tried on the last fifth, five times over, they gave a precision of 0.986 and a recall
of 0.92; `benchmarks/articles.py` measures what stands here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from edgewise.citations.reading.number_runs import Token
from edgewise.citations.reading.surroundings import left, right, shape, surroundings

WEIGHTS: dict[str, float] = {
    # what stands before the group
    "left start": -6.0,
    "left open": -3.0,
    "left operator": -3.25,
    "left label": -2.75,
    "left governor": -1.5,
    "left letter": -0.25,
    "left broken": -0.25,
    "left bare": -0.5,
    "left loose label": 0.25,
    "left closed": 0.5,
    "left comma": 1.0,
    "left sentence": 1.0,
    "left figure": 1.0,
    "left name": 1.75,
    "left et al": 2.25,
    "left pointer": 2.5,
    # what stands behind it
    "right unit": -3.25,
    "right stopped": -1.25,
    "right figure": -1.25,
    "right operator": -1.25,
    "right word": -1.0,
    "right plural": -0.75,
    "right open": 0.25,
    "right close": 0.5,
    "right capital": 0.75,
    "right follower": 1.25,
    "right end": 1.75,
    "right opener": 2.0,
    # both together
    "sentence ends, another opens": 2.25,
    "sentence ends, no other opens": 0.5,
    "clause ends, another goes on": 1.75,
    "clause ends before a word": 1.5,
    "word goes on": 1.5,
    "measured": -3.0,
    "governed, another opens": 1.0,
    "loose label, another opens": 1.25,
    # the figures themselves, and what the article does with its figures
    "small": -1.25,
    "rising group": 1.25,
    "falling group": -1.5,
    "range": -1.0,
    "wide range": -0.75,
    "series right": -2.25,
    "series left": -1.5,
    "series name": -2.0,
    "recurring": -0.5,
    "counted name": -2.0,
    "enumeration": -3.0,
    "sister items": 3.0,
    "heading": -4.5,
    # the order of first citation
    "order next": 3.0,
    "order fill": 1.75,
    "order repeat": -0.75,
    "leap": -0.75,
    "beyond the list": -3.0,
}

_CLEAN = {"left governor", "left label", "left loose label", "left figure", "left operator", "left letter"}
_GOES_ON = {"right follower", "right verb", "right word", "right plural"}
_OPENS = {"right opener", "right capital", "right end"}


@dataclass(slots=True)
class Habits:
    """What an article does with its figures again and again.

    `counted`: how often a figure is followed by the same two words; `named`: the figures that follow a capitalized word ("Insert 1",
    "Insert 2"): a word with several of them is a label in this article, whatever a dictionary says.
    """

    counted: Counter[tuple[int, str]] = field(default_factory=Counter)
    named: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def learn(self, text: str, group: list[Token]) -> None:
        """Take note of one more group."""
        self.counted[_counted(text, group)] += 1
        word = _word_before(text, group)
        if word[:1].isupper():
            self.named[word].add(group[0].number)

    def signs(self, text: str, group: list[Token], found_so_far: dict[str, float]) -> list[str]:
        """What the article's habits say about one group, of which some signs are known."""
        found = ["recurring"] if self.counted[_counted(text, group)] > 1 else []
        if found and "right capital" in found_so_far:  # "25 E-RG cells" again and again: a thing counted, not a sentence opened
            found.append("counted name")
        names = len(self.named.get(_word_before(text, group), ()))
        return found + (["series name"] if names > 2 else [])


def _counted(text: str, group: list[Token]) -> tuple[int, str]:
    return group[-1].number, " ".join(text[group[-1].end : group[-1].end + 40].split()[:2])


def _word_before(text: str, group: list[Token]) -> str:
    words = text[max(0, group[0].start - 30) : group[0].start].split()
    return words[-1].strip(".,;:()") if words else ""


def sequence(numbers: Iterable[int], low: int, high: int | None, entries: int) -> dict[str, float]:
    """Signs of a group's place in the order of first citation.

    Args:
        numbers: the group's numbers.
        low: the highest number cited before.
        high: the next new number cited behind, if any.
        entries: length of the reference list; 0 if unknown.

    >>> sequence([4], 3, 5, 30), sorted(sequence([60], 3, 5, 30))
    ({'order next': 1.0}, ['beyond the list', 'leap', 'order ahead'])
    """
    found: dict[str, float] = {}
    for number in numbers:
        if entries and number > max(entries, low):
            found["beyond the list"] = 1.0
        if number <= low:
            found["order repeat"] = 1.0
            continue
        step = "next" if number == low + 1 else "fill" if high is None or number < high else "ahead"
        found[f"order {step}"] = 1.0
        if step != "next":
            found["leap"] = max(found.get("leap", 0.0), log(number - low))
        low = number if step != "ahead" else low
    return found


def signs(text: str, group: list[Token], entries: int, *, torn: bool = False) -> dict[str, float]:
    """The signs in the paragraph itself, each with its strength; `torn`: more figures of the same run follow."""
    found = [*left(text, group[0].start), *shape(group)]
    found += [] if torn else [*right(text, group[-1].end), *surroundings(text, group)]
    present = set(found)
    weighed = dict.fromkeys([*found, *_pairs(present)], 1.0)
    width = max((b.number - a.number for a, b in pairwise(group) if b.dash), default=0)
    if width > 3:
        weighed["wide range"] = log(width / 3)
    if max(token.number for token in group) <= 3 and entries > 10:
        weighed["small"] = log(entries / 10)
    return weighed


def _pairs(present: set[str]) -> list[str]:
    clean = not present & _CLEAN
    sentence, comma, bare = "left sentence" in present, "left comma" in present, bool({"left bare", "left closed"} & present)
    pairs = [
        ("sentence ends, another opens", clean and sentence and bool(present & _OPENS)),
        ("sentence ends, no other opens", sentence and bool(present & _GOES_ON)),
        ("clause ends, another goes on", clean and comma and bool(present & {"right follower", "right verb", "right opener"})),
        ("clause ends before a word", clean and comma and bool(present & {"right capital", "right word", "right plural", "right end"})),
        ("word goes on", clean and bare and bool(present & {"right follower", "right verb", "right opener"})),
        ("measured", bare and "right unit" in present),
        ("governed, another opens", "left governor" in present and sentence and bool(present & _OPENS)),
        ("loose label, another opens", "left loose label" in present and sentence and bool(present & _OPENS)),
    ]
    return [name for name, holds in pairs if holds]


def weigh(found: dict[str, float]) -> float:
    """Sum of the weights of the signs found, in log-odds.

    >>> weigh({"left sentence": 1.0, "right opener": 1.0}) > 0 > weigh({"left label": 1.0, "right unit": 1.0})
    True
    """
    return sum(WEIGHTS.get(name, 0.0) * strength for name, strength in found.items())
