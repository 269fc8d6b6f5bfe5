"""Abbreviations as a text defines them, "magnetic resonance imaging (MRI)": so that either form finds the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_DEFINED = re.compile(r"\(\s*([A-Za-z][A-Za-z0-9+/-]{1,9})s?\s*[);,:]")
_WORD = re.compile(r"[^\s()]+")
MOST = 300
"""Abbreviations of one text; a thick book has no more, and every sentence is searched for all of them."""
_LONGEST = 120  # characters before the bracket that are looked at


def defined(sentences: Iterable[str]) -> dict[str, str]:
    """Every abbreviation that is defined in brackets behind its words, with those words.

    The letters of the abbreviation must stand in the words in their order, the first at the beginning of a word; as many words are
    looked at as the abbreviation has letters, and five more (the rule of Schwartz and Hearst, 2003).

    >>> defined(["We used magnetic resonance imaging (MRI) and X (see below) in men with low back pain (LBP)."])
    {'MRI': 'magnetic resonance imaging', 'LBP': 'low back pain'}
    """
    held: dict[str, str] = {}
    for sentence in sentences:
        if len(held) >= MOST:
            break
        for match in _DEFINED.finditer(sentence):
            short = match[1]
            if any(letter.isupper() for letter in short) and (
                long := _long(short, sentence[max(0, match.start() - _LONGEST) : match.start()])
            ):
                held.setdefault(short, long)
    return held


def _long(short: str, before: str) -> str:
    """The words in front of a bracket that the abbreviation in it is made of; empty where it is made of none."""
    places = list(_WORD.finditer(before))[-min(len(short) + 5, len(short) * 2) :]
    if not places:
        return ""
    start = places[0].start()
    text, at = before[start:].rstrip(), len(before[start:].rstrip())
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    for number, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (text[at].casefold() != letter or (number == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    long = text[at:]
    return long if len(long) > len(short) else ""


def spelt_out(text: str, known: Mapping[str, str]) -> str:
    """A text with its known abbreviations written out.

    >>> spelt_out("MRI or MRIs of NSCs", {"MRI": "magnetic resonance imaging", "NSC": "neural stem cell"})
    'magnetic resonance imaging or magnetic resonance imaging of neural stem cell'
    """
    return _any(tuple(known)).sub(lambda match: known[match[1]], text) if known else text


@lru_cache(maxsize=8)
def _any(known: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the abbreviations of a text, in each of its sentences: the longest first."""
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z0-9])({'|'.join(map(re.escape, longest_first))})s?(?![A-Za-z0-9])")
