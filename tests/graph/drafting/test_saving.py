"""A draft saved: whole or not at all, and never over what nobody looked at."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from edgewise.graph.drafting.drafts import Drafts
from edgewise.graph.drafting.edits import Put
from edgewise.graph.drafting.errors import SaveRefused
from edgewise.graph.drafting.saving import ChangedOnDisk, digest, opened, save
from edgewise.ontology.errors import SourceError
from tests.graph.drafting.written_texts import texts

TEXT, CASES = "id: g\ntitle: Hips\n", "guideline: g\ncases: []\n"


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path / "drafts" / "drafts.sqlite")


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "g"
    place.mkdir()
    (place / "guideline.yaml").write_text(TEXT)
    (place / "cases.yaml").write_text(CASES)
    return place


def begun(drafts, folder):
    found = opened(folder / "guideline.yaml")
    return drafts.create(found.text, found.origin, cases=found.cases)


def everything(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@settings(max_examples=30, deadline=None)
@given(texts())
def test_what_is_saved_opened_and_saved_again_is_the_same_to_the_byte(tmp_path_factory, text):
    place = tmp_path_factory.mktemp("saved")
    drafts = Drafts(place / "drafts.sqlite")
    save(drafts.create(text), place / "one")
    found = opened(place / "one" / "guideline.yaml")
    save(drafts.create(found.text, found.origin), place / "two")
    assert everything(place / "one") == everything(place / "two") == {"guideline.yaml": text.encode()}


def test_both_files_come_back_changed_and_saving_twice_changes_nothing(drafts, folder):
    draft = begun(drafts, folder)
    draft = drafts.change(draft.id, 1, {"guideline": Put("", "title", "Knees"), "cases": Put("", "note", "x")}, "Both")
    draft = drafts.settle(draft.id, save(draft, folder))
    assert everything(folder) == {"guideline.yaml": draft.text.encode(), "cases.yaml": draft.cases.encode()}
    assert save(draft, folder) == draft.origin
    assert opened(folder / "guideline.yaml").origin == draft.origin


@pytest.mark.parametrize("name", ["guideline.yaml", "cases.yaml"])
def test_a_file_changed_meanwhile_is_not_overwritten_before_it_was_seen(drafts, folder, name):
    draft = begun(drafts, folder)
    draft = drafts.change(draft.id, 1, {"guideline": Put("", "title", "Knees"), "cases": Put("", "note", "x")}, "Both")
    (folder / name).write_text("id: theirs\n")
    before = everything(folder)
    with pytest.raises(ChangedOnDisk, match="changed after the draft was opened") as caught:
        save(draft, folder)
    assert everything(folder) == before
    assert caught.value.found[name] == digest(b"id: theirs\n")
    with pytest.raises(ChangedOnDisk):
        save(draft, folder, {name: digest(b"something else")})
    save(draft, folder, caught.value.found)
    assert everything(folder) == {"guideline.yaml": draft.text.encode(), "cases.yaml": draft.cases.encode()}


def test_a_file_changed_in_the_last_moment_is_not_overwritten(drafts, folder, monkeypatch):
    draft = begun(drafts, folder)
    draft = drafts.change(draft.id, 1, Put("", "title", "Knees"), "Title")
    from edgewise.graph.writing import export

    original = export._successor

    def meanwhile(target, data):
        (folder / "guideline.yaml").write_text("id: theirs\n")
        return original(target, data)

    monkeypatch.setattr(export, "_successor", meanwhile)
    with pytest.raises(ChangedOnDisk):
        save(draft, folder)
    assert everything(folder) == {"guideline.yaml": b"id: theirs\n", "cases.yaml": CASES.encode()}


def test_a_file_that_is_there_already_or_gone_is_told(drafts, folder):
    with pytest.raises(ChangedOnDisk, match="there is such a file already"):
        save(drafts.create("id: other\n"), folder)
    draft = begun(drafts, folder)
    (folder / "guideline.yaml").unlink()
    with pytest.raises(ChangedOnDisk, match="is gone") as caught:
        save(draft, folder)
    save(draft, folder, caught.value.found)
    assert everything(folder)["guideline.yaml"] == TEXT.encode()


def test_cases_that_a_draft_never_had_are_left_alone(drafts, folder):
    draft = replace(begun(drafts, folder), cases="", text="id: g\n")
    save(draft, folder)
    assert everything(folder) == {"guideline.yaml": b"id: g\n", "cases.yaml": CASES.encode()}


def test_a_link_stays_a_link_and_one_that_leads_nowhere_is_refused(drafts, folder, tmp_path):
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "guideline.yaml").symlink_to(folder / "guideline.yaml")
    draft = begun(drafts, linked)
    assert draft.cases == ""
    save(drafts.change(draft.id, 1, Put("", "title", "Knees"), "Title"), linked)
    assert (linked / "guideline.yaml").is_symlink()
    assert b"Knees" in everything(folder)["guideline.yaml"]
    (folder / "guideline.yaml").unlink()
    with pytest.raises(SaveRefused, match="leads nowhere"):
        save(draft, linked)


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_disk_that_fills_up_leaves_everything_as_it_was(drafts, folder, monkeypatch, after):
    draft = begun(drafts, folder)
    draft = drafts.change(draft.id, 1, {"guideline": Put("", "title", "Knees"), "cases": Put("", "note", "x")}, "Both")
    before, sync, calls = everything(folder), os.fsync, []

    def full(handle):
        calls.append(handle)
        if len(calls) > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SaveRefused, match="No space left") as caught:
        save(draft, folder)
    monkeypatch.undo()
    assert sorted(everything(folder)) == sorted(before)
    if after < 2:  # beyond that the files are there, and only the folder could not be synced
        assert everything(folder) == before
    assert caught.value.findings[0].repair


def test_folders_that_cannot_be_written_are_told(drafts, tmp_path):
    draft = drafts.create(TEXT)
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveRefused, match="folder cannot be made"):
        save(draft, tmp_path / "file" / "g")
    (tmp_path / "there" / "guideline.yaml").mkdir(parents=True)
    with pytest.raises(SaveRefused, match="this is a folder"):
        save(draft, tmp_path / "there")
    with pytest.raises(SaveRefused):
        save(draft, tmp_path / "nul\0l")


def test_a_folder_that_may_only_be_read_is_told(drafts, tmp_path, monkeypatch):
    place = tmp_path / "read-only"
    place.mkdir()

    def forbidden(path, *rest):
        if Path(path).parent == place:
            raise PermissionError(errno.EACCES, "Permission denied")
        return original(path, *rest)

    original = os.open
    monkeypatch.setattr(os, "open", forbidden)  # root may write everywhere
    with pytest.raises(SaveRefused, match="Permission denied"):
        save(drafts.create(TEXT), place)
    assert not everything(place)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * (4 * 1024 * 1024 + 1)], ids=["not UTF-8", "too large"])
def test_what_cannot_be_a_guideline_is_not_opened(tmp_path, data):
    (tmp_path / "guideline.yaml").write_bytes(data)
    with pytest.raises(SourceError):
        opened(tmp_path / "guideline.yaml")
