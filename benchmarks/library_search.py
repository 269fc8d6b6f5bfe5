"""What `search` costs beside the index library's own query, by the library's size.

    uv run python benchmarks/library_search.py [--sizes 1 10 100 1000] [--large] [--rounds 15]

Ours is `LibraryIndex.search`: the question's words looked up, the query made, matches counted by kind, the best twenty told. The peer is
tantivy answering the very query that ours came to: its matches counted (`count=True`), the best twenty read. Beside it, with nothing
promised, the question parsed by tantivy's own parser, which finds whole words alone: no beginnings of words, no title of the guideline.
Questions are of one to three words of those that the made-up guidelines are made of.
The processors' time is counted. Promised is 1.5 at 10,000.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from made_guidelines import CONDITIONS, FINDINGS, SITES, TREATMENTS
from made_libraries import index
from measuring import LARGE, Row, arguments, in_turns, processor, tell
from tantivy import Query, Searcher

from edgewise.graph.fulltext.asking import FIELDS, Asking
from edgewise.graph.fulltext.index import LibraryIndex

_QUESTIONS = 12
_BEST = 20


def questions() -> Sequence[str]:
    """The same each time: whole words, alone and together."""
    chance = random.Random(5)
    kinds = (SITES, CONDITIONS, TREATMENTS, FINDINGS)
    return [" ".join(chance.choice(kinds[at % 4]).replace("-", " ") for at in range(1 + number % 3)) for number in range(_QUESTIONS)]


def measure(size: int, rounds: int) -> Iterator[Row]:
    """Ours beside the peers' on one index."""
    found, asked = index(size), questions()
    searcher = found._index.searcher()
    queries = [_came_to(found, searcher, question) for question in asked]

    def ours() -> None:
        for question in asked:
            found.search(question, limit=_BEST)

    def theirs() -> None:
        for query in queries:
            _best(searcher, query)

    def plain() -> None:
        for question in asked:
            _best(searcher, found._index.parse_query(question, list(FIELDS), field_boosts=FIELDS, conjunction_by_default=True))

    seen = in_turns({"ours": ours, "theirs": theirs, "plain": plain}, rounds, processor)
    own, peer, bare = (seen[key] / len(asked) * 1e3 for key in ("ours", "theirs", "plain"))
    yield Row("search", size, own, peer, "ms", "tantivy, the same query", 1.5 if size >= LARGE else 0.0)
    yield Row("search, beside whole words alone", size, own, bare, "ms", "tantivy, its own parser")


def _came_to(found: LibraryIndex, searcher: Searcher, question: str) -> Query:
    """The query by which ours answers."""
    asking = Asking(found._schema, searcher, found._analyzer)
    words = asking.words(question)
    return asking.any_of(words) if found.search(question).partly else asking.all_of(words)


def _best(searcher: Searcher, query: Query) -> None:
    for _, address in searcher.search(query, limit=_BEST, count=True).hits:
        searcher.doc(address).to_dict()


def main() -> None:
    options = arguments(__doc__, 15)
    for size in options.sizes:
        tell(measure(size, options.rounds), options)


if __name__ == "__main__":
    main()
