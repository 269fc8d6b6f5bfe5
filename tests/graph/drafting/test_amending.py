"""One edit written straight into a guideline's file: no other byte changes, and nothing that nobody has seen is written over."""

from __future__ import annotations

import os

import pytest

from edgewise.graph.drafting import saving
from edgewise.graph.drafting.edits import Add, Put
from edgewise.graph.drafting.errors import EditRefused, SaveRefused
from edgewise.graph.drafting.saving import ChangedOnDisk, amend, digest

TEXT = b"\xef\xbb\xbfid: g  # ours\r\ntitle: 'Hips'   # kept as it is\r\nsteps: []\r\n"
WAIVER = Add("waivers", {"rule": "P407", "reason": "The review is under way."})


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "hips.yaml"
    made.write_bytes(TEXT)
    return made


def test_no_other_byte_changes(file):
    now = amend(file, digest(TEXT), WAIVER)
    data = file.read_bytes()
    assert digest(data) == now
    assert data.startswith(TEXT)
    assert data[len(TEXT) :].decode().split() == ["waivers:", "-", "{rule:", "P407,", "reason:", "The", "review", "is", "under", "way.}"]
    assert data.count(b"\n") == data.count(b"\r\n")
    assert [one.name for one in file.parent.iterdir()] == ["hips.yaml"], "whatever the file is called, no other is made"


def test_what_was_changed_since_it_was_seen_is_left_alone(file):
    with pytest.raises(ChangedOnDisk) as refused:
        amend(file, digest(b"id: g\n"), WAIVER)
    assert refused.value.found == {"hips.yaml": digest(TEXT)}
    assert file.read_bytes() == TEXT


def test_what_is_changed_at_the_last_moment_is_left_alone_too(file, monkeypatch):
    theirs = TEXT + b"# somebody else\r\n"
    written = saving.write_all

    def overtaken(files, ready):
        file.write_bytes(theirs)
        written(files, ready)

    monkeypatch.setattr(saving, "write_all", overtaken)
    with pytest.raises(ChangedOnDisk):
        amend(file, digest(TEXT), WAIVER)
    assert file.read_bytes() == theirs
    assert [one.name for one in file.parent.iterdir()] == ["hips.yaml"]


def test_a_link_stays_a_link(file):
    link = file.with_name("guideline.yaml")
    link.symlink_to(file)
    amend(link, digest(TEXT), WAIVER)
    assert link.is_symlink()
    assert b"waivers" in file.read_bytes()


def test_a_file_that_is_gone_is_not_made_anew(file):
    file.unlink()
    with pytest.raises(ChangedOnDisk, match="the file is gone"):
        amend(file, digest(TEXT), WAIVER)
    assert not file.exists()


def test_an_edit_that_does_not_fit_changes_nothing(file):
    with pytest.raises(EditRefused):
        amend(file, digest(TEXT), Put("nowhere", "label", "x"))
    assert file.read_bytes() == TEXT


def test_a_file_that_may_be_read_only_is_told(file, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SaveRefused, match="read only"):
        amend(file, digest(TEXT), WAIVER)
    assert file.read_bytes() == TEXT
