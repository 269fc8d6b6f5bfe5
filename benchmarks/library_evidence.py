"""How quick the evidence of one edge is: in process, against a dictionary that holds the same answers; on disk, by the library's size.

    uv run python benchmarks/library_evidence.py [--sizes 1 10 100 1000] [--large] [--rounds 9]

- in process: `evidence(guideline, edge)` of guidelines in hand, against `answers[guideline][edge]`, both asked for the same edges in the
  same order, chosen by chance among all; each was asked for once before. Of the very first time nothing is promised;
- on disk, in SPARQL: statements, entries and works behind one edge, by pyoxigraph out of its database, the edge chosen by chance; by the
  processors' time, and by the clock, which counts the waiting for a disk as well: all files are read once beforehand, but a system may let
  go of them;
- on disk, opened: the guideline of an edge opened out of the database, nothing of it being kept, and `evidence` of it, as the command
  does it.

In process at most 1,000 guidelines are held: of 10,000 the peer's answers alone would fill a small machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import pyoxigraph
from made_libraries import OPENED, cold, database, guideline, identifier
from measuring import Row, arguments, clock, grown, in_turns, processor, tell

from edgewise.citations.evidence.support import Evidence, evidence
from edgewise.graph.stores.datasets import snapshot
from edgewise.graph.stores.oxigraph import OxigraphStore

_ASKED = 2_000
_TOGETHER = 20  # questions in SPARQL that are timed as one
_MOST_HELD = 1_000
_GUIDELINE = "https://w3id.org/edgewise/guideline/"
_BEHIND = """
PREFIX : <https://w3id.org/edgewise/ns#> PREFIX cito: <http://purl.org/spar/cito/> PREFIX biro: <http://purl.org/spar/biro/>
SELECT DISTINCT ?statement ?text ?entry ?work WHERE {{ GRAPH <{graph}> {{
  <{edge}> :justifiedBy|:when/:basedOn ?statement . ?statement :text ?text ; cito:citesAsEvidence ?entry . ?entry biro:references ?work
}} }}"""

# In process ------------------------------------------------------------------------------------------------------------------


def in_process(size: int, rounds: int) -> Iterator[Row]:
    """One edge of guidelines in hand."""
    held = {one.id: one for one in map(guideline, range(size))}
    chance = random.Random(size)
    asked = [(id, chance.choice([*held[id].transitions])) for id in chance.choices([*held], k=_ASKED)]
    distinct = list(dict.fromkeys(asked))
    first = processor(lambda: [evidence(held[id], edge) for id, edge in distinct]) / len(distinct)
    answers: dict[str, dict[str, Evidence]] = {id: {edge: evidence(one, edge) for edge in one.transitions} for id, one in held.items()}

    def ours() -> None:
        for id, edge in asked:
            evidence(held[id], edge)

    def theirs() -> None:
        for id, edge in asked:
            answers[id][edge]

    seen = in_turns({"ours": ours, "theirs": theirs}, rounds * 5, clock)
    own, peer = (seen[key] / _ASKED * 1e6 for key in ("ours", "theirs"))
    yield Row("evidence of an edge, in process", size, own, peer, "µs", "a dictionary of the answers", 2.0)
    yield Row("evidence of an edge, the first time", size, first * 1e6, peer, "µs", "a dictionary of the answers")


# On disk ---------------------------------------------------------------------------------------------------------------------


def in_sparql(sizes: Sequence[int], rounds: int) -> Sequence[Row]:
    """One edge in SPARQL."""
    works = {size: partial(_ask, snapshot(str(_in_memory(database(size).path))), size, random.Random(1)) for size in sizes}
    told: list[Row] = []
    for measure, by in ((processor, ""), (clock, ", by the clock")):
        seen = in_turns(works, rounds * 5, measure)
        what = f"evidence of an edge, on disk, in SPARQL{by}"
        told += grown(what, {size: took / _TOGETHER * 1e6 for size, took in seen.items()}, "µs", 4.0)
    return told


def _in_memory(path: Path) -> Path:
    """A database whose files the system has just read."""
    for file in path.iterdir():
        with file.open("rb") as read:
            while read.read(1 << 24):
                pass
    return path


def _ask(store: pyoxigraph.Store, size: int, chance: random.Random) -> None:
    for _ in range(_TOGETHER):
        graph, at = _GUIDELINE + identifier(chance.randrange(size)), chance.randrange(1, 10)
        found = list(store.query(_BEHIND.format(graph=graph, edge=f"{graph}/edge-{at}-{at + 1}")))  # type: ignore[arg-type]
        assert found, "an edge without evidence: nothing was measured"


def opened(sizes: Sequence[int], rounds: int) -> Sequence[Row]:
    """A guideline opened for its edge's sake."""
    works: Mapping[int, Callable[[], object]] = {size: partial(_open, database(size), size, random.Random(2)) for size in sizes}
    seen = in_turns(works, rounds, processor)
    return grown("evidence of an edge, on disk, opened for it", {size: took * 1e3 for size, took in seen.items()}, "ms", 4.0)


def _open(store: OxigraphStore, size: int, chance: random.Random) -> None:
    store.close()
    with cold():
        at = chance.randrange(1, 10)
        evidence(store.open(identifier(chance.randrange(min(size, OPENED)))).guideline, f"edge-{at}-{at + 1}")


def main() -> None:
    options = arguments(__doc__, 9)
    for size in options.sizes:
        if size <= _MOST_HELD:
            tell(in_process(size, options.rounds), options)
    tell(in_sparql(options.sizes, options.rounds), options)
    tell(opened(options.sizes, options.rounds), options)


if __name__ == "__main__":
    main()
