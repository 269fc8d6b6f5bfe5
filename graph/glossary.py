"""Terms of a glossary in texts: which words stand for which entry, found in one pass over the text, whatever guideline and language.

A spelling is found as whole words, the longest first: in *cooled RFA* not *RFA* alone. A word is found in the plural too and however it is
capitalized; one that is written in a way of its own (two capitals, or a capital and a figure: *RFA*, *T2*) only in that way, so that
``rfa-attempts`` is none. Between the words of a spelling a space and a hyphen are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from edgewise.graph.model import Guideline, Term
from edgewise.graph.words import Word, is_abbreviation, stem, words

_TOGETHER = re.compile(r"[\s\u00ad\u2010-\u2015-]*")
"""What may stand between two words of one spelling."""


class Span(NamedTuple):
    """Where a term stands in a text: from `start` up to `end`."""

    start: int
    end: int
    term: Term


@dataclass(slots=True)
class _Node:
    """A place in the tree of spellings, word by word."""

    below: dict[str, _Node] = field(default_factory=dict)
    term: Term | None = None


class Glossary:
    """The entries of a glossary, ready to be found.

    >>> ablation = Term("rfa", "radiofrequency ablation", "Heat makes a nerve stop working.", "editor", ("RFA",))
    >>> block = Term("block", "block", "A numbing injection.", "editor")
    >>> text = "Blocks come first: a blocked nerve, then radio-frequency or radiofrequency ablation (RFA, not rfa)."
    >>> [(text[one.start : one.end], one.term.id) for one in Glossary([ablation, block]).find(text)]
    [('Blocks', 'block'), ('radiofrequency ablation', 'rfa'), ('RFA', 'rfa')]
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._root = _Node()
        for term in self.terms:
            for spelling in (term.term, *term.spellings):
                self._plant([_key(word) for word in words(spelling)], term)

    @staticmethod
    def of(guideline: Guideline) -> Glossary:
        """The glossary of a guideline."""
        return Glossary(guideline.glossary.values())

    def __bool__(self) -> bool:
        return bool(self.terms)

    def find(self, text: str) -> Iterator[Span]:
        """Every occurrence in a text, from its beginning to its end, none within another."""
        found = list(words(text))
        at = 0
        while at < len(found):
            count, term = self._longest(text, found, at)
            if term:
                yield Span(found[at].start, found[at + count - 1].end, term)
            at += max(count, 1)

    def used(self, texts: Iterable[str]) -> tuple[Term, ...]:
        """The entries that any of the texts needs, in the order of the glossary; what an explanation needs itself comes along."""
        wanted = {span.term.id for text in texts for span in self.find(text)}
        fresh = set(wanted)
        while fresh:
            told = [term.explanation for term in self.terms if term.id in fresh]
            fresh = {span.term.id for text in told for span in self.find(text)} - wanted
            wanted |= fresh
        return tuple(term for term in self.terms if term.id in wanted)

    def _plant(self, keys: Sequence[str], term: Term) -> None:
        node = self._root
        for key in keys:
            node = node.below.setdefault(key, _Node())
        if keys and node.term is None:
            node.term = term

    def _longest(self, text: str, found: Sequence[Word], at: int) -> tuple[int, Term | None]:
        """How many words from here on are the longest spelling that fits, and of which term; no further than spellings reach."""
        node, best, term = self._root, 0, None
        for count, word in enumerate(found[at : at + _LONGEST], 1):
            if count > 1 and not _TOGETHER.fullmatch(text, found[at + count - 2].end, word.start):
                break
            below = next((node.below[key] for key in _keys(word.text) if key in node.below), None)
            if below is None:
                break
            node = below
            if node.term:
                best, term = count, node.term
        return best, term


_LONGEST = 50
"""Words of a spelling: the shapes allow a hundred characters."""


def _key(word: Word) -> str:
    """A word of a spelling as the tree holds it."""
    return word.text if is_abbreviation(word.text) else stem(word.text)


@lru_cache(maxsize=8192)  # the same words come again and again
def _keys(word: str) -> tuple[str, ...]:
    """What a word of a text may be in the tree: as it is written, an abbreviation in the plural, any other word."""
    exact = (word, word.removesuffix("s")) if is_abbreviation(word) else ()
    return *exact, stem(word)
