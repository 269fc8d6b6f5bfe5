"""Libraries of made-up guidelines, of any size, made in minutes and used again: databases, folders and search indexes.

To judge ten thousand guidelines takes hours where `load` has only two processors. So `SEEDS` are judged as `load` judges them, and every
other one is one of these under another number: number 10,007 is number 7 with `made-00007` written `made-10007` wherever it stands, in
file, triples and judged form, which all have the same length. `prove` compares such a one with what judging it gives, byte by byte.

Databases are filled by bulk loading. Of what depends on Edgewise's own code, only that of `OPENED` is made again when the code changes.
Everything lies below `EDGEWISE_MADE`, a folder of its own in the system's place for such if left out.

    uv run python benchmarks/made_libraries.py 1 10 100 1000 10000
"""

from __future__ import annotations

import os
import pickle
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pyoxigraph
from made_guidelines import identifier, text
from pyoxigraph import NamedNode, RdfFormat, Triple

from edgewise.graph.compiled.cache_folder import CACHE
from edgewise.graph.compiled.codec import decode
from edgewise.graph.compiled.judged import DECIDE, _Form, keep
from edgewise.graph.compiled.kept import digest_of
from edgewise.graph.compiled.version import version
from edgewise.graph.fulltext.index import LibraryIndex
from edgewise.graph.library import load_file
from edgewise.graph.model import Guideline
from edgewise.graph.stores.catalogue import Catalogue
from edgewise.graph.stores.entry import Entry
from edgewise.graph.stores.files import states
from edgewise.graph.stores.oxigraph import OxigraphStore
from edgewise.graph.stores.record import CONTENT, ENTRY, JUDGED, Record, pack, record_of, unpack
from edgewise.graph.stores.works import Rest

HOME = Path(os.environ.get("EDGEWISE_MADE") or Path(tempfile.gettempdir(), "edgewise-made"))
SEEDS = 100
OPENED = 64
"""So many of a library, its first, may be opened by a benchmark: they are as this very code would have loaded them."""
_CHUNK = 250  # guidelines loaded at once
_WHOLE = "whole"
_BY = "by"


@dataclass(frozen=True, slots=True)
class Seed:
    """A judged guideline taken to pieces.

    Attributes:
        number: which.
        entry, content, rests: of its record.
        plain: its triples without those below, as N-Triples.
        form: its judged form.
    """

    number: int
    entry: Entry
    content: bytes
    rests: tuple[Rest, ...]
    plain: bytes
    form: bytes


def record(number: int) -> Record:
    """Guideline number so-and-so as a library keeps it."""
    seed = seeds()[number % SEEDS]
    content = renamed(seed, number, seed.content)
    entry = _entry(seed, number, content)
    root = NamedNode(entry.iri)
    judged = version(DECIDE).encode() + b"\n" + renamed(seed, number, seed.form)
    added = {ENTRY: pyoxigraph.Literal(entry.to_json()), CONTENT: pack(content), JUDGED: pack(judged)}
    triples = pyoxigraph.serialize((Triple(root, NamedNode(name), value) for name, value in added.items()), format=RdfFormat.N_TRIPLES)
    rests = tuple(Rest(*(_in(seed, number, part) for part in rest)) for rest in seed.rests)
    return Record(entry, content, rests, renamed(seed, number, seed.plain) + (triples or b""))


def guideline(number: int) -> Guideline:
    """Its pieces."""
    seed = seeds()[number % SEEDS]
    made = decode(renamed(seed, number, seed.form), _Form).guideline
    assert made is not None
    return made


def renamed(seed: Seed, number: int, data: bytes) -> bytes:
    """What is told of a seed, told of another number."""
    for word in (b"made-", b"guideline "):
        data = data.replace(word + b"%05d" % seed.number, word + b"%05d" % number)
    return data


def _in(seed: Seed, number: int, told: str) -> str:
    return renamed(seed, number, told.encode()).decode()


def _entry(seed: Seed, number: int, content: bytes) -> Entry:
    id, iri, title, file = (_in(seed, number, told) for told in (seed.entry.id, seed.entry.iri, seed.entry.title, seed.entry.file))
    return replace(seed.entry, id=id, iri=iri, title=title, file=file, digest=digest_of(content, seed.entry.format))


@cache
def seeds() -> tuple[Seed, ...]:
    """The judged ones, by this very code."""
    held = HOME / f"seeds-{SEEDS}-{version(DECIDE)[:16]}.pickle"
    if not held.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor() as pool:
            made = tuple(pool.map(_seed, range(SEEDS), chunksize=5))
        _write_whole(held, pickle.dumps([_parts(seed) for seed in made]))
    return tuple(Seed(*parts) for parts in pickle.loads(held.read_bytes()))


def _parts(seed: Seed) -> tuple[object, ...]:
    """Its parts: its own class is called otherwise where this file is the command that runs."""
    return seed.number, seed.entry, seed.content, seed.rests, seed.plain, seed.form


def _seed(number: int) -> Seed:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, identifier(number), "guideline.yaml")
        file.parent.mkdir()
        file.write_text(text(number), encoding="utf-8")
        made = record_of(load_file(file))
    plain, form = [], b""
    for quad in pyoxigraph.parse(made.triples, RdfFormat.N_TRIPLES):
        if quad.predicate.value == JUDGED:
            form = unpack(quad.object.value).partition(b"\n")[2]  # type: ignore[union-attr]
        elif quad.predicate.value not in (ENTRY, CONTENT):
            plain.append(quad.triple)
    return Seed(number, made.entry, made.content, made.rests, pyoxigraph.serialize(plain, format=RdfFormat.N_TRIPLES) or b"", form)


def prove(number: int = SEEDS + 7) -> None:
    """That a renamed guideline is what judging its file gives."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, identifier(number), "guideline.yaml")
        file.parent.mkdir()
        file.write_bytes(record(number).content)
        judged = record_of(load_file(file))
    ours, theirs = (
        (one.entry, one.content, one.rests, set(pyoxigraph.parse(one.triples, RdfFormat.N_TRIPLES))) for one in (record(number), judged)
    )
    if ours != theirs:
        raise SystemExit("a renamed guideline is not what judging its file gives: the made-up libraries would be wrong")


# Databases ------------------------------------------------------------------------------------------------------------------


def database(count: int) -> OxigraphStore:
    """A library of so many on disk; made if there is none yet."""
    folder = HOME / f"database-{count}"
    if not (folder / _WHOLE).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _fill(folder / "library", count)
        _write_whole(folder / _WHOLE, b"")
        _write_whole(folder / _BY, version(DECIDE).encode())
    store = OxigraphStore(folder / "library")
    if not (folder / _BY).exists() or (folder / _BY).read_bytes() != version(DECIDE).encode():
        list(store.put_many(record(number) for number in range(min(count, OPENED))))
        _write_whole(folder / _BY, version(DECIDE).encode())
    return store


def _fill(path: Path, count: int) -> None:
    """As `OxigraphStore` writes it, in bulk."""
    database = pyoxigraph.Store(str(path))
    for begin in range(0, count, _CHUNK):
        lines = b"".join(_quads(record(number)) for number in range(begin, min(begin + _CHUNK, count)))
        database.bulk_load(lines, RdfFormat.N_QUADS)
    database.flush()
    database.optimize()


def _quads(made: Record) -> bytes:
    """Its triples as N-Quads, in its own graph."""
    graph = f" <{made.entry.iri}> .\n".encode()
    return made.triples.replace(b" .\n", graph)  # no literal holds a line break: they are escaped


# Folders --------------------------------------------------------------------------------------------------------------------


def folder(count: int) -> Path:
    """A folder of so many files, and what is known of them in the cache folder, as after they were judged."""
    made = HOME / f"folder-{count}"
    if not (made / ".whole").exists():
        for number in range(count):
            home = made / identifier(number)
            home.mkdir(parents=True, exist_ok=True)
            (home / "guideline.yaml").write_bytes(record(number).content)
        _write_whole(made / ".whole", b"")
    return made


def know(folder: Path) -> None:
    """Have the cache folder know of its files what judging them would tell; of those that are opened also their judged form."""

    def look(path: str) -> tuple[Entry, tuple[Rest, ...]]:
        made = record(int(Path(path).parent.name.removeprefix("made-")))
        return made.entry, made.rests

    catalogue = Catalogue((folder,))
    catalogue.refresh(states((folder,)), look)
    catalogue.close()
    for number in range(OPENED):
        seed, made = seeds()[number % SEEDS], record(number)
        keep(made.entry.digest, "judged", renamed(seed, number, seed.form), packages=DECIDE)


# Indexes --------------------------------------------------------------------------------------------------------------------


def index(count: int) -> LibraryIndex:
    """The full-text index of so many."""
    folder = HOME / f"index-{count}"
    if not (folder / _WHOLE).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        made = LibraryIndex(folder)
        for begin in range(0, count, _CHUNK * 4):
            made.change(_held(range(begin, min(begin + _CHUNK * 4, count))))
        _write_whole(folder / _WHOLE, b"")
    return LibraryIndex(folder)


def _held(numbers: Iterable[int]) -> Iterator[tuple[str, Guideline]]:
    for number in numbers:
        yield record(number).entry.digest, guideline(number)


@contextmanager
def cold() -> Iterator[None]:
    """With an empty cache folder, as where nothing was opened before."""
    before = os.environ.get(CACHE)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[CACHE] = folder
        try:
            yield
        finally:
            os.environ.pop(CACHE)
            os.environ.update({CACHE: before} if before else {})


def _write_whole(file: Path, data: bytes) -> None:
    successor = file.with_name(f"{file.name}.{os.getpid()}.new")
    successor.write_bytes(data)
    successor.replace(file)


if __name__ == "__main__":
    prove()
    for size in map(int, sys.argv[1:]):
        print(size, len(database(size)), sum(1 for _ in folder(size).iterdir()), len(index(size).digests()), flush=True)
