"""Whoever is killed while writing leaves every guideline whole or absent, old or new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edgewise.graph.library import load_file
from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.beside import Beside
from edgewise.graph.stores.errors import StoreError
from edgewise.graph.stores.record import record_of
from tests.graph.stores.guidelines import small
from tests.graph.stores.servers import oxigraph_server, serving
from tests.places import ROOT

FILES = 8
WRITES = """
import sys
from pathlib import Path
from edgewise.graph.library import load_file
from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.record import record_of
url, *files = sys.argv[1:]
records = [record_of(load_file(Path(file))) for file in files]
print("ready", flush=True)
with open_store(url) as store:
    while True:
        for entry in store.put_many(records):
            print(entry.id, entry.title, flush=True)
"""
PAIRS = """
import sys
from pathlib import Path
from edgewise.graph.library import load_file
from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.beside import Beside
url, *files = sys.argv[1:]
loaded = [load_file(Path(file)) for file in files]
print("ready", flush=True)
with open_store(url) as store:
    while True:
        for one in loaded:
            store.put(one, Beside(one.guideline.title.encode() * 1000, '{"severity": {"S309": "note"}}'))
"""
REMOVES = """
import sys
from edgewise.graph.stores.addresses import open_store
with open_store(sys.argv[1]) as store:
    entries = store.entries()
    print("ready", flush=True)
    for entry in entries:
        store.remove(entry.id)
        print(entry.id, flush=True)
"""


def killed(program, *arguments, after):
    """Run a program, kill it so many seconds after it is ready, and give what it had told by then."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}"}
    process = subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    told = process.stdout.read().splitlines()
    process.wait()
    return [line for line in told if line]


def written(folder, title):
    folder.mkdir(exist_ok=True)
    return [str(small(folder, f"g{n:02}", title, f"{n:02}.yaml")) for n in range(FILES)]


def settled(store):
    """The entries, once a server has done what it was sent before the client died."""
    before, now = None, store.entries()
    while before != now:
        time.sleep(0.5 if store.url.startswith("http") else 0.0)
        before, now = now, store.entries()
    return now


def assert_whole(store, titles):
    """Each guideline that is there is one of those that were put in, wholly, and so are its triples."""
    entries = settled(store)
    counted = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o . ?g a ew:Guideline } } GROUP BY ?g").rows
    titled = store.query("SELECT ?g ?title { GRAPH ?g { ?g dcterms:title ?title } }").rows
    assert len({row[1]["value"] for row in counted}) <= 1  # all are the same but for id and title
    assert len(counted) == len(entries)
    assert sorted((row[0]["value"], row[1]["value"]) for row in titled) == sorted((entry.iri, entry.title) for entry in entries)
    for entry in entries:
        assert entry.title in titles
        assert store.open(entry.id).guideline.title == entry.title
    return entries


@pytest.mark.parametrize("after", [0.0, 0.2])
def test_a_killed_load_leaves_whole_guidelines(url, tmp_path, after):
    told = killed(WRITES, url, *written(tmp_path / "old", "Old"), after=after)
    with open_store(url) as store:
        store.put(load_file(small(tmp_path, "other")))
        there = {entry.id for entry in assert_whole(store, {"Old", "A thumb that hurts"})}
        assert {line.split()[0] for line in told[:-1]} <= there  # the last line may itself be torn


@pytest.mark.parametrize("after", [0.0, 0.2])
def test_a_killed_replacement_leaves_the_old_or_the_new(url, tmp_path, after):
    with open_store(url) as store:
        for file in written(tmp_path / "old", "Old"):
            store.put(load_file(Path(file)))
    told = killed(WRITES, url, *written(tmp_path / "new", "New"), after=after)
    with open_store(url) as store:
        titles = {entry.id: entry.title for entry in assert_whole(store, {"Old", "New"})}
    assert len(titles) == FILES
    assert all(titles[line.split()[0]] == "New" for line in told[:-1])


@pytest.mark.parametrize("after", [0.05, 0.1, 0.3])
def test_cases_are_those_of_the_guideline_beside_which_they_lie_whenever_the_writer_is_killed(url, tmp_path, after):
    both = [str(small(tmp_path, "thumb", title, f"{title}.yaml")) for title in ("Old", "New")]
    with open_store(url) as store:
        store.put(load_file(Path(both[0])), Beside(b"Old" * 1000, '{"severity": {"S309": "note"}}'))
    killed(PAIRS, url, *both, after=after)
    with open_store(url) as store:
        for entry in assert_whole(store, {"Old", "New"}):
            assert store.beside(entry.id).cases == entry.title.encode() * 1000
            assert store.beside(entry.id).settings == '{"severity": {"S309": "note"}}'


@pytest.mark.parametrize("after", [0.0, 0.2])
def test_a_killed_removal_leaves_the_whole_or_nothing(url, tmp_path, after):
    with open_store(url) as store:
        for file in written(tmp_path / "old", "Old"):
            store.put(load_file(Path(file)))
    told = killed(REMOVES, url, after=after)
    with open_store(url) as store:
        there = {entry.id for entry in assert_whole(store, {"Old"})}
    assert not there & set(told[:-1])


def test_a_killed_server_leaves_whole_guidelines(tmp_path):
    files = [Path(file) for title in ("Old", "New") for file in written(tmp_path / title, title)]
    records = [record_of(load_file(file)) for file in files]
    with oxigraph_server(tmp_path / "database") as url, open_store(url) as store:
        list(store.put_many(records[:FILES]))
    with serving(tmp_path / "database") as (url, process), open_store(url) as store:
        putting = store.put_many(records[FILES:])
        new = [next(putting).id for _ in range(FILES // 2)]
        process.kill()
        process.wait()
        with pytest.raises(StoreError, match="unreachable"):
            next(putting)
    with oxigraph_server(tmp_path / "database") as url, open_store(url) as store:
        titles = {entry.id: entry.title for entry in assert_whole(store, {"Old", "New"})}
        assert len(titles) == FILES
        assert {titles[id] for id in new} == {"New"}
        assert [entry.id for entry in store.put_many(records[FILES:])] == sorted(titles)
