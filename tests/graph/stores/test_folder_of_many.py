"""A folder of many files is not looked through at every click, nor before the first; a page of its list is had without reading the rest."""

from __future__ import annotations

import os
from threading import Event

import pytest

from edgewise.graph.stores import files, looking
from edgewise.graph.stores.catalogue import Catalogue
from edgewise.graph.stores.folder import FolderStore
from edgewise.ontology.errors import UnknownName
from tests.graph.stores.guidelines import ANKLE, EMBOLISM, SI, load, small


@pytest.fixture
def clock(monkeypatch):
    """The process's own clock, set by hand."""
    now = [1000.0]
    monkeypatch.setattr(looking.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def looks(monkeypatch):
    """How often the disk was looked at."""
    counted, real = [], files.states

    def states(places):
        counted.append(places)
        return real(places)

    monkeypatch.setattr(files, "states", states)
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
    monkeypatch.setattr(looking, "_MANY", 2)
    monkeypatch.setattr(looking, "_REST", 1.0)
    assert [len(store), len(store.entries(limit=1)), len(store)] == [3, 1, 3]
    assert len(looks) == 1
    (tmp_path / ANKLE / "guideline.yaml").unlink()
    assert len(store) == 3
    clock[0] += 3.1
    assert len(store) == 2
    assert [entry.id for entry in store.entries()] == [EMBOLISM, SI]


def test_what_is_gone_is_unknown_at_once_even_of_many(store, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(looking, "_MANY", 2)
    assert len(store) == 3
    (tmp_path / ANKLE / "guideline.yaml").unlink()
    with pytest.raises(UnknownName):
        store.open(ANKLE)


def test_what_this_store_writes_and_removes_shows_at_once_even_of_many(store, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(looking, "_MANY", 2)
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


# Told at once, looked at behind ----------------------------------------------------------------------------------------------


@pytest.fixture
def many(monkeypatch):
    """Three files are many, and what is done behind begins without delay."""
    monkeypatch.setattr(looking, "_MANY", 2)
    monkeypatch.setattr(looking, "_LEAVE", 0.0)


def long_ago(file):
    """A file that was not written just now: such are looked into again, since their time may not tell a second change."""
    os.utime(file, (1e9, 1e9))


def behind(store):
    """Wait until what is done behind has ended."""
    worker = store._looking._behind
    assert worker is not None
    worker.join(30)
    assert not worker.is_alive()


def known_elsewhere(tmp_path, *more):
    """A folder of three whose files another process knew, with what was written since."""
    with FolderStore(str(tmp_path), (tmp_path,)) as made:
        for id in (SI, ANKLE, EMBOLISM):
            made.put(load(id))
    for id in more:
        small(tmp_path, id, name=f"{id}.yaml")


def test_of_many_what_is_known_is_told_at_once_and_the_rest_behind(store, many, tmp_path):
    known_elsewhere(tmp_path, "thumb")
    with FolderStore(str(tmp_path), (tmp_path,), at_once=True) as one:
        assert [entry.id for entry in one.entries()] == [ANKLE, EMBOLISM, SI]
        behind(one)
        assert [entry.id for entry in one.entries()] == [ANKLE, EMBOLISM, SI, "thumb"]
        assert len(one) == 4


def test_one_of_many_is_opened_without_looking_at_the_others(store, many, looks, tmp_path):
    known_elsewhere(tmp_path)
    looks.clear()
    with FolderStore(str(tmp_path), (tmp_path,), at_once=True) as one:
        assert one.entry(ANKLE).id == one.open(ANKLE).guideline.id == one.open(load(ANKLE).guideline.iri).guideline.id == ANKLE
        assert looks == []


def test_one_of_many_is_opened_as_its_file_stands_now(store, many, looks, tmp_path):
    known_elsewhere(tmp_path)
    file = tmp_path / ANKLE / "guideline.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Ottawa Ankle Rules", "Our ankle rules"), encoding="utf-8")
    looks.clear()
    with FolderStore(str(tmp_path), (tmp_path,), at_once=True) as one:
        assert one.entry(ANKLE).title.startswith("Our ankle")
        assert one.open(ANKLE).guideline.title.startswith("Our ankle")
        assert looks == []


def test_a_link_to_what_nobody_knows_yet_is_looked_for(store, many, tmp_path):
    known_elsewhere(tmp_path, "thumb")
    with FolderStore(str(tmp_path), (tmp_path,), at_once=True) as one:
        assert one.entry("thumb").title == "A thumb that hurts"
        with pytest.raises(UnknownName):
            one.entry("finger")


def test_many_new_files_are_read_behind_and_it_is_told_how_far(tmp_path, monkeypatch):
    monkeypatch.setattr(looking, "_NEW", 2)
    told, real, seen = [], files.look, Event()
    for id in ("a", "b", "c"):
        long_ago(small(tmp_path, id, name=f"{id}.yaml"))
    with FolderStore(str(tmp_path), (tmp_path,), at_once=True) as one:

        def look(path):
            told.append(one.being_read())
            assert seen.wait(30)  # nothing is read before the empty list was seen
            return real(path)

        monkeypatch.setattr(one._looking, "_look", look)
        assert one.entries() == ()
        seen.set()
        behind(one)
        assert [entry.id for entry in one.entries()] == ["a", "b", "c"]
        assert told == [(0, 3), (1, 3), (2, 3)]
        assert one.being_read() == (0, 0)


def test_a_store_that_is_closed_ends_what_it_does_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(looking, "_NEW", 0)
    monkeypatch.setattr(looking, "_LEAVE", 600.0)
    monkeypatch.setattr(looking, "_MANY", 0)
    small(tmp_path, "a", name="a.yaml")
    with FolderStore(str(tmp_path), (tmp_path,)) as known:
        assert len(known) == 1
    one = FolderStore(str(tmp_path), (tmp_path,), at_once=True)
    assert len(one) == 1
    worker = one._looking._behind
    assert worker is not None
    one.close()
    assert not worker.is_alive()
    assert len(one) == 1
    one.close()


def test_two_files_of_one_id_and_one_that_is_none_are_told(tmp_path):
    for name in ("a", "b"):
        small(tmp_path, "thumb", name=f"{name}.yaml")
    (tmp_path / "torn.yaml").write_text("steps: [", encoding="utf-8")
    with FolderStore(str(tmp_path), (tmp_path,)) as store:
        assert len(store) == 1
        assert store.left_out() == (1, 2)
        assert "id-taken" in [finding.rule for finding in store.faults()]


def test_the_mark_of_a_folder_moves_with_what_is_in_it(store, tmp_path):
    for id in (SI, ANKLE, EMBOLISM):
        long_ago(tmp_path / id / "guideline.yaml")
    store.entries()
    mark = store.mark()
    assert store.mark() == mark
    with FolderStore(str(tmp_path), (tmp_path,)) as other:
        other.remove(ANKLE)
    assert store.mark() != mark
