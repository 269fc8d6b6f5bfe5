"""Words of a text as one who looks for them takes them: whole, without regard to accents, capitals and the plural.

>>> [word.text for word in words("X-rays, S1–S3: \u201cdiscs\u201d")]
['X', 'rays', 'S1', 'S3', 'discs']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_PIECE = re.compile(rf"{_UNSPACED.pattern}|[^{_UNSPACED.pattern[1:]}+")
_ENDINGS = (
    *(("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("zes", "z")),
    *(("ses", "s"), ("sis", "s"), ("se", "s")),  # diseases and disease, entheses and enthesis
    *(("ss", "ss"), ("us", "us"), ("is", "is"), ("s", "")),
)


class Word(NamedTuple):
    """A word and where it stands."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in order; what a language writes without spaces is taken character by character."""
    for match in _WORD.finditer(text):
        if match[0].isascii() or not _UNSPACED.search(match[0]):
            yield Word(match[0], match.start(), match.end())
        else:
            yield from (Word(part[0], match.start() + part.start(), match.start() + part.end()) for part in _PIECE.finditer(match[0]))


def folded(word: str) -> str:
    """A word without accents and capitals.

    >>> folded("Ménière"), folded("RFA"), folded("Straße")
    ('meniere', 'rfa', 'strasse')
    """
    if word.isascii():
        return word.lower()
    split = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def stem(word: str) -> str:
    """What the singular and the plural of a word have in common, folded; by English endings, which do no harm elsewhere.

    >>> [stem(word) for word in "Blocks branches therapies entheses enthesis diseases disease virus discs".split()]
    ['block', 'branch', 'therapy', 'enthes', 'enthes', 'diseas', 'diseas', 'virus', 'disc']
    """
    found = folded(word)
    for ending, kept in _ENDINGS if len(found) > 3 else ():
        if found.endswith(ending):
            return found.removesuffix(ending) + kept
    return found


def is_abbreviation(word: str) -> bool:
    """Whether a word is written in a way of its own: with two capitals, or with a capital and a figure.

    >>> [is_abbreviation(word) for word in ("STIR", "T2", "MRIs", "Block", "3rd")]
    [True, True, True, False, False]
    """
    capitals = sum(letter.isupper() for letter in word)
    return capitals >= 2 or (capitals == 1 and any(letter.isdigit() for letter in word))
