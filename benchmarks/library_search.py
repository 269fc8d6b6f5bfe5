"""What `search` costs beside the index library's own query, by the library's size.

    uv run python benchmarks/library_search.py [--sizes 1 10 100 1000] [--large] [--rounds 15]

Ours is `LibraryIndex.search`: the question's words found out, the query made, matches counted by kind, the best twenty told. The peer is
tantivy's own parser with the question as it stands over the same three fields with the same weights in the same index, matches counted
(`count=True`), the best twenty read. Questions are of one to three words of those that the made-up guidelines are made of; some are
beginnings of words, which the peer is asked as whole ones. The processors' time is counted. Promised is 1.5.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from made_guidelines import CONDITIONS, FINDINGS, SITES, TREATMENTS
from made_libraries import index
from measuring import Row, arguments, in_turns, processor, tell

from edgewise.graph.fulltext.asking import FIELDS
from edgewise.graph.fulltext.index import LibraryIndex

_QUESTIONS = 12
_BEST = 20


def questions() -> Sequence[str]:
    """The same each time: whole words, alone and together."""
    chance = random.Random(5)
    kinds = (SITES, CONDITIONS, TREATMENTS, FINDINGS)
    return [" ".join(chance.choice(kinds[at % 4]).replace("-", " ") for at in range(1 + number % 3)) for number in range(_QUESTIONS)]


def measure(size: int, rounds: int) -> Row:
    """Ours beside the peer's on one index."""
    found = index(size)
    asked = questions()

    def ours() -> None:
        for question in asked:
            found.search(question, limit=_BEST)

    def theirs() -> None:
        for question in asked:
            _bare(found, question)

    seen = in_turns({"ours": ours, "theirs": theirs}, rounds, processor)
    own, peer = (seen[key] / len(asked) * 1e3 for key in ("ours", "theirs"))
    return Row("search", size, own, peer, "ms", "tantivy's own query", 1.5)


def _bare(found: LibraryIndex, question: str) -> None:
    """What tantivy itself makes of the question."""
    found._index.reload()
    searcher = found._index.searcher()
    query = found._index.parse_query(question, list(FIELDS), field_boosts=FIELDS, conjunction_by_default=True)
    for _, address in searcher.search(query, limit=_BEST, count=True).hits:
        searcher.doc(address).to_dict()


def main() -> None:
    options = arguments(__doc__, 15)
    for size in options.sizes:
        tell([measure(size, options.rounds)], options)


if __name__ == "__main__":
    main()
