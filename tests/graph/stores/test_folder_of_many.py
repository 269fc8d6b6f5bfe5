"""A folder of many files is not looked through at every click, and a page of its list is had without reading the rest."""

from __future__ import annotations

import pytest

from edgewise.graph.stores import folder as folders
from edgewise.graph.stores.catalogue import Catalogue
from edgewise.graph.stores.folder import FolderStore
from edgewise.ontology.errors import UnknownName
from tests.graph.stores.guidelines import ANKLE, EMBOLISM, SI, load


@pytest.fixture
def clock(monkeypatch):
    """The process's own clock, set by hand."""
    now = [1000.0]
    monkeypatch.setattr(folders.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def looks(monkeypatch):
    """How often the disk was looked at."""
    counted, real = [], folders._states

    def states(places):
        counted.append(places)
        return real(places)

    monkeypatch.setattr(folders, "_states", states)
    return counted


@pytest.fixture
def store(tmp_path, monkeypatch):
    with FolderStore(str(tmp_path), (tmp_path,)) as made:
        for id in (SI, ANKLE, EMBOLISM):
            made.put(load(id))
        yield made


def test_of_few_files_each_change_shows_at_once(store, clock, looks, tmp_path):
    assert len(store) == 3
    (tmp_path / ANKLE / "guideline.yaml").unlink()
    assert len(store) == 2
    assert len(looks) == 2


def test_many_files_are_looked_at_again_after_a_while(store, clock, looks, tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "_MANY", 2)
    monkeypatch.setattr(folders, "_REST", 1.0)
    assert [len(store), len(store.entries(limit=1)), len(store)] == [3, 1, 3]
    assert len(looks) == 1
    (tmp_path / ANKLE / "guideline.yaml").unlink()
    assert len(store) == 3
    clock[0] += 3.1
    assert len(store) == 2
    assert [entry.id for entry in store.entries()] == [EMBOLISM, SI]


def test_what_is_gone_is_unknown_at_once_even_of_many(store, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "_MANY", 2)
    assert len(store) == 3
    (tmp_path / ANKLE / "guideline.yaml").unlink()
    with pytest.raises(UnknownName):
        store.open(ANKLE)


def test_what_this_store_writes_and_removes_shows_at_once_even_of_many(store, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "_MANY", 2)
    assert len(store) == 3
    store.remove(ANKLE)
    assert len(store) == 2
    store.put(load(ANKLE))
    assert [entry.id for entry in store.entries()] == [ANKLE, EMBOLISM, SI]


def test_a_page_of_the_list_reads_the_entries_on_it_alone(store, monkeypatch):
    store.entries()
    read, real = [], Catalogue.page

    def page(self, after, limit):
        found = real(self, after, limit)
        read.extend(found)
        return found

    monkeypatch.setattr(Catalogue, "page", page)
    assert [entry.id for entry in store.entries(after=ANKLE, limit=1)] == [EMBOLISM]
    assert len(read) == 1
    assert [entry.id for entry in store.entries(limit=0)] == []


def test_of_two_files_with_one_id_a_page_shows_that_of_the_later_folder(tmp_path):
    both = tmp_path / "first", tmp_path / "second"
    for place in both:
        FolderStore(str(place), (place,)).put(load(ANKLE))
    file = both[1] / ANKLE / "guideline.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Ottawa Ankle Rules", "Our ankle rules"), encoding="utf-8")
    with FolderStore("both", both) as store:
        assert [entry.title[:9] for entry in store.entries(limit=1)] == ["Our ankle"]
        assert len(store) == 1
