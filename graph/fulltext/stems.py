"""Words brought down to what their forms have in common, by the stemmer of the library's index."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer


def stems(words: Sequence[str]) -> list[str]:
    """Each word's stem, in English, in their order; words are in small letters and hold no space.

    >>> stems(["reduces", "reduced", "infections", "women"])
    ['reduc', 'reduc', 'infect', 'women']
    """
    return _stemmer().analyze(" ".join(words)) if words else []


@cache
def _stemmer() -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer("english")).build()
