"""A question's words as a query of the index library: whole words before beginnings of words, and like words where there is neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query, Schema, Searcher, TextAnalyzer

from edgewise.graph.fulltext.documents import plain

FIELDS = {"names": 8.0, "texts": 3.0, "beside": 1.0}
"""What is searched, and how much more a word counts there."""
SPELT = {name: f"{name}-spelt" for name in FIELDS}
"""Where the same words stand as they are spelt: beginnings of words, and misspelt ones, are found among these."""
HOME = "home"
"""The title of the guideline that something is in: a word of the question may stand there, as long as another is its own."""
LONGEST = 200
"""Characters of a question that are looked at."""
_MOST = 12  # words of it
_BEGINNING, _LIKE = 0.5, 0.2
_NAMED = 8  # words with one beginning
_TELLING = 4  # letters of a word that may be misspelt
_LONG = 8  # letters of a word in which two may be wrong


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question.

    Attributes:
        said: as it was asked for, folded.
        stem: what its forms have in common.
        known: whether the index holds it, or a word that begins so.
    """

    said: str
    stem: str
    known: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """Makes queries for one state of an index."""

    schema: Schema
    searcher: Searcher
    analyzer: TextAnalyzer

    def words(self, asked: str) -> tuple[Word, ...]:
        """The words of a question, each once."""
        said = list(dict.fromkeys(plain(asked[:LONGEST]).split()))[:_MOST]
        return tuple(self._word(one, stem) for one in said for stem in self.analyzer.analyze(one)[:1])

    def all_of(self, words: Sequence[Word]) -> Query:
        """What has every word, one of its own at least; the others may be those of its guideline's title."""
        if len(words) == 1:
            return self.any_of(words)
        every = (Query.disjunction_max_query([self._of(word), *self._at_home(word)]) for word in words)
        own = Query.const_score_query(self.any_of(words), 0.0)  # all that it could add is in the others' scores already
        return Query.boolean_query([(Occur.Must, one) for one in (*every, own)])

    def any_of(self, words: Sequence[Word]) -> Query:
        """What has one word at least."""
        return Query.boolean_query([(Occur.Should, self._of(word)) for word in words])

    def _word(self, said: str, stem: str) -> Word:
        whole = any(self.searcher.doc_freq(field, stem) for field in FIELDS)
        return Word(said, stem, whole or any(self.searcher.terms_with_prefix(field, said, limit=1) for field in SPELT.values()))

    def _of(self, word: Word) -> Query:
        parts = self._known(word) if word.known else self._like(word)
        return Query.disjunction_max_query(list(parts), tie_breaker=0.1)

    def _at_home(self, word: Word) -> Iterator[Query]:
        if word.known:
            yield Query.const_score_query(Query.term_query(self.schema, HOME, word.stem), 0.0)

    def _known(self, word: Word) -> Iterator[Query]:
        for field, weight in FIELDS.items():
            if self.searcher.doc_freq(field, word.stem):
                yield Query.boost_query(Query.term_query(self.schema, field, word.stem), weight)
            if (begins := self._beginning(SPELT[field], word.said)) is not None:
                yield Query.boost_query(begins, weight * _BEGINNING)

    def _beginning(self, field: str, said: str) -> Query | None:
        """What holds a word that begins so. Few such words are named: an automaton would be run over all words there are, each time."""
        held = self.searcher.terms_with_prefix(field, said, limit=_NAMED + 1)
        if len(held) > _NAMED:
            return Query.fuzzy_term_query(self.schema, field, said, distance=0, prefix=True)
        named = [Query.const_score_query(Query.term_query(self.schema, field, term), 1.0) for term, _ in held]
        return Query.disjunction_max_query(named) if len(named) > 1 else next(iter(named), None)

    def _like(self, word: Word) -> Iterator[Query]:
        wrong = 0 if len(word.said) < _TELLING else 1 if len(word.said) < _LONG else 2
        for field, weight in FIELDS.items():
            like = Query.fuzzy_term_query(self.schema, SPELT[field], word.said, distance=wrong, transposition_cost_one=True)
            yield Query.boost_query(like, weight * _LIKE)
