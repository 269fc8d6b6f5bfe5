"""How a library grows: what it costs to open, list, find, ask and replace one guideline of many, against a library that holds it alone.

Run from anywhere in the repository:

    uv run python benchmarks/stores.py [1000 | 10000]

A made-up guideline of about 2,200 triples, those that a library adds among them, is loaded once and copied under other ids, each copy
whole, with its own content; so nothing here is the cost of judging. Times are the processor's, medians of many calls, and printed as
ratios to the library of one; sizes are bytes on the disk, a guideline, and what a process that opens one of them keeps resident.
"""

from __future__ import annotations

import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from benchmarks.made_guidelines import identifier, text
from edgewise.graph.compiled.kept import digest_of
from edgewise.graph.library import load_file
from edgewise.graph.stores.oxigraph import OxigraphStore
from edgewise.graph.stores.record import CONTENT, ENTRY, JUDGED, Record, pack, record_of, unpack

_CALLS = 30
_WORK = "10.5555/made.0"
_RESIDENT = """
import sys
from edgewise.graph.stores.oxigraph import OxigraphStore
store = OxigraphStore(sys.argv[1])
store.entries(limit=50)
store.open(store.entries(limit=1)[0].id)
print(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1])
"""
"""The peak that the system tells would be that of this process as well, which began that one."""


def copies(record: Record) -> Iterator[Record]:
    """The same guideline under other ids, for ever."""
    return (copy(record, identifier(number)) for number in itertools.count())


def copy(record: Record, id: str) -> Record:
    """The same guideline under another id."""
    old, new = record.entry.id, id
    content = record.content.replace(old.encode(), new.encode())
    entry = replace(record.entry, id=new, iri=record.entry.iri.replace(old, new), digest=digest_of(content, record.entry.format))
    renamed = record.triples.replace(f"guideline/{old}".encode(), f"guideline/{new}".encode())
    added = {ENTRY: pyoxigraph.Literal(entry.to_json()), CONTENT: pack(content)}
    triples = []
    for quad in pyoxigraph.parse(renamed, RdfFormat.N_TRIPLES):
        told = quad.object
        if quad.predicate.value == JUDGED:
            told = pack(unpack(told.value).replace(old.encode(), new.encode()))
        elif told == pyoxigraph.Literal(old):
            told = pyoxigraph.Literal(new)
        triples.append(Quad(quad.subject, quad.predicate, added.get(quad.predicate.value, told)).triple)
    return Record(entry, content, record.rests, pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"")


def median(act: Callable[[], object], calls: int = _CALLS) -> float:
    times = []
    for _ in range(calls):
        begun = time.process_time()
        act()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def size(path: Path) -> int:
    """Bytes of a library; the log of the last writes, which the next writer clears away, left out."""
    return sum(file.stat().st_size for file in path.iterdir() if file.suffix == ".sst")


def measured(store: OxigraphStore, other: Record) -> Iterator[tuple[str, float]]:
    """What each task takes, in seconds."""
    first = store.entries(limit=1)[0].id
    yield "open one", median(lambda: store.open(first))
    yield "its entry", median(lambda: store.entry(first))
    yield "a page of 50 entries", median(lambda: store.entries(limit=50))
    yield "the library itself, anew", median(lambda: OxigraphStore(store.path).entry(first), 10)
    yield "what rests on one paper", median(lambda: store.resting_on(_WORK), 5)
    yield "replace one", median(lambda: list(store.put_many([other])), 5)


def main(most: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "made.yaml")
        file.write_text(text(0), encoding="utf-8")
        record = record_of(load_file(file))
        store, records, held = OxigraphStore(Path(folder, "library")), copies(record), 0
        alone: dict[str, float] = {}
        for count in (size for size in (1, 10, 100, 1_000, 10_000) if size <= most):
            begun = time.process_time()
            list(store.put_many(itertools.islice(records, count - held)))
            spent, added, held = time.process_time() - begun, count - held, count
            rate, each = added / spent, size(store.path) / count / 1024
            print(f"{count:6,} guidelines, {rate:6.1f} written a second of the processor, {each:6.0f} KB each on the disk")
            for name, took in measured(store, copy(record, identifier(0))):
                ratio = took / alone.setdefault(name, took)
                print(f"        {name:26} {took * 1000:8.2f} ms  {ratio:6.2f} times the cost in a library of one")
            resident = subprocess.run([sys.executable, "-c", _RESIDENT, store.path], capture_output=True, text=True, check=True).stdout
            print(f"        {'resident, opening one':26} {float(resident) / 1024:8.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
