"""The signs by which a group of figures is told to be a lost superscript or a figure of the prose, each with its strength.

They are general (grammar, how the group is set, order of first citation, shape of the group), never a word of a subject.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Literal

from edgewise.citations.reading.number_runs import Token
from edgewise.citations.reading.surroundings import left, right, shape, surroundings

_CLEAN = {"left governor", "left label", "left loose label", "left figure", "left operator", "left letter"}
_GOES_ON = {"right follower", "right verb", "right word", "right plural"}
_PREDICATE = re.compile(r"\s(?:were|was|are|is|had|have|has|did|do|could|would|received|reported|showed)\b")  # ", 12 were left out"
_AGENT = re.compile(
    r"(?:[a-z]ed|[a-z]n|(?:study|work|paper|review|report|model|method|trial|analysis)s?) (?:by|of) $"
)  # "proposed by 3, we"
_SQUARE = re.compile(r"\[[\d\s,;:.\u2013-]*$")  # "[15, 30] mm": where markers have lost their frame, what has one is an interval
_OPENS = {"right opener", "right capital", "right end"}

Gap = Literal["blank", "glued"]
Side = Literal["behind", "before", "within"]
Form = tuple[bool, Gap, Side]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a group is set: from `start` to `end` with its round brackets, apart or glued to the word, behind a stop or before it."""

    start: int
    end: int
    round: bool
    gap: Gap
    side: Side

    @property
    def form(self) -> Form:
        """What an article keeps to, whatever the group's place."""
        return self.round, self.gap, self.side


def setting(text: str, group: Sequence[Token]) -> Setting:
    """How a group is set in its paragraph.

    >>> setting("It held.3 Then", [Token(8, 9, 3)])
    Setting(start=8, end=9, round=False, gap='glued', side='behind')
    >>> setting("It held ( 3).", [Token(10, 11, 3)]).form
    (True, 'blank', 'before')
    """
    start, end = group[0].start, group[-1].end
    opened = start - 1 - text[max(0, start - 1) : start].isspace()
    closed = end + text[end : end + 1].isspace()
    framed = opened >= 0 and text[opened] == "(" and text[closed : closed + 1] == ")"
    if framed:
        start, end = opened, closed + 1
    head = text[max(0, start - 12) : start].rstrip()
    behind = head.rstrip("\"\u201d\u2019')]")[-1:] in set(".,;:?!\u2026")
    before = text[end : end + 1] in set(".,;:?!")
    gap: Gap = "blank" if not start or text[start - 1].isspace() else "glued"
    return Setting(start, end, framed, gap, "behind" if behind else "before" if before else "within")


def sequence(numbers: Sequence[int], low: int, high: int | None, entries: int) -> dict[str, float]:
    """Signs of a group's place in the order of first citation.

    Args:
        numbers: the group's numbers.
        low: the highest number cited before.
        high: the next new number cited behind, if any.
        entries: length of the reference list; 0 if unknown.

    >>> sorted(sequence([4], 3, 5, 30)), sorted(sequence([60], 3, 5, 30))
    (['order closes', 'order next'], ['beyond the list', 'leap', 'order ahead'])
    """
    found: dict[str, float] = {}
    reached = low
    for number in numbers:
        if entries and number > max(entries, low):
            found["beyond the list"] = 1.0
        if number <= reached:
            found["order repeat"] = 1.0
            continue
        step = "next" if number == reached + 1 else "fill" if high is None or number < high else "ahead"
        found[f"order {step}"] = 1.0
        if step != "next":
            found["leap"] = max(found.get("leap", 0.0), log(number - reached))
        reached = number if step != "ahead" else reached
    if high is not None and reached == high - 1 > low and "leap" not in found:
        found["order closes"] = 1.0
    if "order next" in found and "leap" not in found and reached > 10:
        found["next, high"] = 1.0
    if "order repeat" in found and len(found) == 1:
        found["long ago"] = log(1 + low - max(numbers))
    return found


def expectation(numbers: Sequence[int], others: Counter[int], entries: int) -> dict[str, float]:
    """Whether the numbers are cited by other groups: each entry of a list is expected once at least.

    >>> expectation([4], Counter({3: 1}), 30), expectation([3], Counter({3: 2}), 30)
    ({'cited nowhere else': 1.0}, {'cited elsewhere': 1.0})
    """
    known = [number for number in numbers if not entries or number <= entries]
    if not known:
        return {}
    missing = sum(not others[number] for number in known) / len(known)
    return {"cited nowhere else": missing} if missing else {"cited elsewhere": 1.0}


def signs(text: str, group: list[Token], entries: int, *, torn: bool = False) -> dict[str, float]:
    """The signs in the paragraph itself, each with its strength; `torn`: more figures of the same run follow."""
    place = setting(text, group)
    found = [*left(text, place.start), *shape(group), *_set(place)]
    found += [] if torn else [*right(text, place.end), *surroundings(text, group)]
    if "left comma" in found and not torn and _PREDICATE.match(text, place.end):
        found.append("clause begins with it")
    if _AGENT.search(text, max(0, place.start - 24), place.start) and _ends_a_phrase(set(found)):
        found.append("agent")
    if _SQUARE.search(text, max(0, place.start - 40), place.start):
        found.append("in square brackets")
    present = set(found)
    weighed = dict.fromkeys([*found, *_pairs(present)], 1.0)
    if any(b.start - a.end == 1 and text[a.end] == "," and b.end - b.start == 3 for a, b in pairwise(group)):
        weighed["thousands"] = 1.0
    width = max((b.number - a.number for a, b in pairwise(group) if b.dash), default=0)
    if width > 3:
        weighed["wide range"] = log(width / 3)
    if max(token.number for token in group) <= 3 and entries > 10:
        weighed["small"] = log(entries / 10)
    return weighed


def _set(place: Setting) -> list[str]:
    found = ["round"] if place.round else []
    if place.gap == "glued":
        found.append("glued behind a stop" if place.side == "behind" else "glued")
    return found


def _ends_a_phrase(present: set[str]) -> bool:
    """Whether no noun follows that the figure could count: "as shown in 3 and", "proposed by 3, we"."""
    return bool(present & {"right stopped", "right end", "right close", "right follower"}) and not present & {"series right", "share"}


def _pairs(present: set[str]) -> list[str]:
    clean = not present & _CLEAN
    sentence, comma, bare = "left sentence" in present, "left comma" in present, bool({"left bare", "left closed"} & present)
    pairs = [
        ("sentence ends, another opens", clean and sentence and bool(present & _OPENS)),
        ("sentence ends, no other opens", sentence and bool(present & _GOES_ON)),
        ("clause ends, another goes on", clean and comma and bool(present & {"right follower", "right verb", "right opener"})),
        ("clause ends before a word", clean and comma and bool(present & {"right capital", "right word", "right plural", "right end"})),
        ("word goes on", clean and bare and bool(present & {"right follower", "right verb", "right opener"})),
        ("word ends a clause", clean and bare and "right stopped" in present),
        ("measured", bare and "right unit" in present),
        ("governed and measured", bare and {"left governor", "right unit"} <= present),
        ("governed, another opens", "left governor" in present and sentence and bool(present & _OPENS)),
        ("loose label, another opens", "left loose label" in present and sentence and bool(present & _OPENS)),
        ("round, clean", clean and "round" in present),
        ("stands for a noun", bare and "left governor" in present and _ends_a_phrase(present)),
        ("start, verb", "left start" in present and bool(present & {"right follower", "right verb"})),
    ]
    return [name for name, holds in pairs if holds]
