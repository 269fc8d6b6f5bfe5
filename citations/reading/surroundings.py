"""What stands around a group of numbers: the signs by which an editor, too, would tell a marker from a figure."""

from __future__ import annotations

import re
from itertools import pairwise

from edgewise.citations.reading.number_runs import Token
from edgewise.citations.reading.word_classes import (
    ABBREVIATIONS,
    FOLLOWERS,
    GOVERNORS,
    LABELS,
    LOOSE_LABELS,
    MONTHS,
    OPENERS,
    POINTERS,
    UNITS,
)

_STOP = re.compile("([.,;:?!\u2026]+)[\"\u201d\u2019')\\]]*$")
_OPERATORS = frozenset("=<>≤≥±~≈∼×+−*/$€£#&∈≃≅→")
_WINDOW = 48
_IN_MAY = re.compile(r"May,?\s+(?:19|20)\d\d\b")  # else it may be the verb that opens a sentence


def left(text: str, start: int) -> list[str]:
    """Signs on the left of a group that begins at `start`.

    >>> left("It held. 3", 9), left("a total of, 53 of", 12), left("Figure 2", 7)
    (['left sentence'], ['left comma', 'left governor', 'left broken'], ['left bare', 'left label'])
    """
    head = text[max(0, start - _WINDOW) : start].rstrip()
    word = head.split()[-1] if head else ""
    if not word:
        return ["left start"]
    ended = _STOP.search(word)  # a stop, and what quotation or bracket closes with it
    bare, stop = (word[: ended.start()], ended[1]) if ended else (word, "")
    return _stop(bare, stop) + _word(bare, stop)


def _stop(bare: str, stop: str) -> list[str]:
    if not stop:
        return ["left closed"] if bare[-1:] in ')]\u201d"' else ["left bare"]
    if stop[-1] in ",;:":
        return ["left comma"]
    return ["left abbreviation"] if stop == "." and bare.lower().lstrip("([") in ABBREVIATIONS - {"al"} else ["left sentence"]


def _word(bare: str, stop: str) -> list[str]:
    word = bare.lstrip("([\u201c\"'").rstrip(")]\u201d\"'")
    low = word.lower()
    broken = ["left broken"] if stop else []
    if low in POINTERS:
        return ["left pointer"]
    if bare in ("(", "[") or not word:
        return ["left open"]
    if low == "al":
        return ["left et al"]
    if low in LABELS:
        return ["left label", *broken]
    if low in LOOSE_LABELS:
        return ["left loose label", *broken]
    if low in GOVERNORS:
        return ["left governor", *broken]
    if word[-1] in _OPERATORS or not any(c.isalnum() for c in word):
        return ["left operator"]
    if word[-1].isdigit():
        return ["left figure"]
    if len(word) == 1:
        return ["left letter"]
    return ["left name"] if not stop and word[0].isupper() else []


def right(text: str, end: int) -> list[str]:
    """Signs on the right of a group that ends at `end`.

    >>> right("held. 3 Then", 7), right("over 3 mg", 6), right("Smith 3 showed", 7), right("held. 3", 7)
    (['right opener'], ['right unit'], ['right follower'], ['right end'])
    """
    tail = text[end : end + _WINDOW]
    if not tail.strip():
        return ["right end"]
    if tail[0].isalpha():
        return ["right glued"]
    if tail[0] in "'\u2019\u2032":
        return ["right prime"]
    stop = ["right stopped"] if tail[0] in ".,;:" else []
    rest = tail.lstrip(".,;: \t\u00a0\u2009\u2013\u2014")
    return stop + _after(rest, stopped=bool(stop)) if rest else ["right end"]


def _after(rest: str, *, stopped: bool) -> list[str]:
    word = re.split(r"[\s,;:()/\[\]\u2013\u2014]|\.(?=\s|$)", rest, maxsplit=1)[0]
    low = word.lower()
    if rest[0] in ")]\u201d":
        return ["right close"]
    if rest[0] in '([\u201c"':
        return ["right open"]
    if not stopped and (_is_month(word) or _IN_MAY.match(rest) or (low in UNITS and not (low in OPENERS and word[0].isupper()))):
        return ["right unit"]
    if rest[0].isdigit():
        return ["right figure"]
    if rest[0] in _OPERATORS or not rest[0].isalpha():
        return ["right operator"]
    if low in FOLLOWERS and word[0].islower():
        return ["right follower"]
    if word[0].isupper():
        return ["right opener" if low in OPENERS else "right capital"]
    if low.endswith(("ed", "ly")):
        return ["right verb"]
    return ["right plural"] if low.endswith("s") and not low.endswith(("ss", "us", "is")) else ["right word"]


def _is_month(word: str) -> bool:
    return word[:1].isupper() and word != "May" and word.lower() in MONTHS


def shape(group: list[Token]) -> list[str]:
    """Signs of the numbers themselves; "20-29, 30-39" are bands of age or of years: markers in a row would be one range.

    >>> shape([Token(0, 1, 3), Token(3, 4, 5)]), shape([Token(0, 2, 12), Token(3, 4, 5)])
    (['rising group'], ['falling group'])
    """
    numbers = [token.number for token in group]
    if len(numbers) == 1:
        return []
    rising = all(a < b for a, b in pairwise(numbers))
    bands = any(a.dash and b.number == a.number + 1 and c.dash for a, b, c in zip(group[1:], group[2:], group[3:], strict=False))
    return ["rising group" if rising else "falling group"] + (["range"] if any(token.dash for token in group) else []) + ["bands"] * bands


_SERIES_RIGHT = re.compile(r"\s*(?:and|or|to|but|,)\s*,?\s*(?:[a-z]+\s)?\d")
_SHARE = re.compile(r"\s(?:out )?of (?:the |these |those |all |our )?(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)")
_SERIES_LEFT = re.compile(r"\d[\w%.]*[,.;)]?\s*(?:and|or|to)[,.;]?\s*$")


def surroundings(text: str, group: list[Token]) -> list[str]:
    """Signs of a wider view: a series ("5, 10 and 20"), a share ("7 of 9"), or a bracket closed that was never opened ("1) first").

    >>> surroundings("at 5, 10 and 20", [Token(3, 4, 5), Token(6, 8, 10)]), surroundings("both; 4) the", [Token(6, 7, 4)])
    (['series right'], ['enumeration'])
    """
    start, end = group[0].start, group[-1].end
    found = ["series right"] if _SERIES_RIGHT.match(text, end, end + 40) else []
    if _SHARE.match(text, end, end + 40):
        found.append("share")
    if _SERIES_LEFT.search(text[max(0, start - 30) : start]):
        found.append("series left")
    around = text[max(0, start - 400) : start]
    if text[end : end + 1] == ")" and around.count("(") <= around.count(")"):
        found.append("enumeration")
    return found
