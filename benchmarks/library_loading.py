"""What `load` costs beside its parts alone, both on all processors.

    uv run python benchmarks/library_loading.py [--count 60] [--rounds 3]

Ours is `load_files` into a new database: files read with their lines, judged by every shape and query, told apart, written and synced. The
peer does the parts that nobody could do without, in as many processes, started the same way: the YAML by PyYAML's C loader, the same
guideline's JSON-LD by pyoxigraph's parser, one bare `pyshacl.validate` by the shapes without their queries, of the data as triples of
rdflib, typed beforehand; and one bulk load of all. Counted is the processors' time of all processes, start and imports included, which a
thousand guidelines share; so the count is part of the result. Promised is 1.5, at 1,000.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import pickle
import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from made_guidelines import identifier, text
from made_libraries import HOME, cold
from measuring import Row, arguments, in_turns, processor, tell

if TYPE_CHECKING:
    from rdflib import Graph

_SUFFIXES = ("guideline.yaml", "guideline.jsonld", "guideline.pickle", "guideline.nq")


def files(count: int) -> Sequence[Path]:
    """Folders with each guideline's YAML and, made beforehand, what the parts are given."""
    folders = [HOME / "loading" / identifier(number) for number in range(count)]
    missing = [number for number, folder in enumerate(folders) if not (folder / _SUFFIXES[-1]).exists()]
    if missing:
        with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
            list(pool.map(_prepare, missing, chunksize=8))
    return folders


def _prepare(number: int) -> None:
    from edgewise.graph.reading.read import read
    from edgewise.graph.reading.validate import _with_types
    from edgewise.graph.writing.export import export

    folder = HOME / "loading" / identifier(number)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "guideline.yaml").write_text(text(number), encoding="utf-8")
    source = read(folder / "guideline.yaml")
    (folder / "guideline.jsonld").write_bytes(_bytes(export(source.graph, "jsonld")))
    (folder / "guideline.pickle").write_bytes(pickle.dumps(list(_with_types(source))))
    (folder / "guideline.nq").write_bytes(_bytes(export(source.graph, "nquads")))


def _bytes(made: str | bytes) -> bytes:
    return made.encode() if isinstance(made, str) else made


def ours(folders: Sequence[Path]) -> None:
    """`load`, all included."""
    from edgewise.graph.stores.loading import load_files
    from edgewise.graph.stores.oxigraph import OxigraphStore

    with cold(), tempfile.TemporaryDirectory() as place, OxigraphStore(Path(place, "library")) as store:
        told = load_files(store, [str(folder / "guideline.yaml") for folder in folders])
    if len(told.loaded) != len(folders):
        raise SystemExit(f"{len(folders) - len(told.loaded)} guidelines could not be loaded: {told.findings[:1]}")


def theirs(folders: Sequence[Path]) -> None:
    """The parts alone."""
    import pyoxigraph

    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_parts, map(str, folders)))
    place = tempfile.mkdtemp()
    store = pyoxigraph.Store(f"{place}/library")
    store.bulk_load(b"".join((folder / "guideline.nq").read_bytes() for folder in folders), pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    del store
    shutil.rmtree(place)


def _parts(folder: str) -> None:
    import pyoxigraph
    import yaml
    from pyshacl import validate
    from rdflib import Graph

    yaml.load(Path(folder, "guideline.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    list(pyoxigraph.parse(Path(folder, "guideline.jsonld").read_bytes(), pyoxigraph.RdfFormat.JSON_LD))
    data = Graph()
    for triple in pickle.loads(Path(folder, "guideline.pickle").read_bytes()):
        data.add(triple)
    validate(data, shacl_graph=_core(), inference="none", inplace=True)


@cache
def _core() -> Graph:
    """The shapes without their queries."""
    from rdflib import Graph
    from rdflib.namespace import SH

    from edgewise.graph.reading.complaints import shapes

    core = Graph()
    for triple in shapes():
        if triple[1] != SH.sparql:
            core.add(triple)
    return core


def _count(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--count", type=int, default=60, help="guidelines (60)")


def main() -> None:
    options = arguments(__doc__, 3, _count)
    folders = files(options.count)
    seen = in_turns({"ours": lambda: ours(folders), "theirs": lambda: theirs(folders)}, options.rounds, processor)
    tell([Row("load", options.count, seen["ours"], seen["theirs"], "s", "its parts alone, on all processors", 1.5)], options)


if __name__ == "__main__":
    main()
