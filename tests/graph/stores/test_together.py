"""Files of a folder that are replaced together, and what is left where somebody dies between."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgewise.graph.library import load_file
from edgewise.graph.stores import together
from edgewise.graph.stores.beside import Beside
from edgewise.graph.stores.folder import FolderStore
from tests.graph.stores.guidelines import small


class Killed(BaseException):
    """Nothing that anybody would catch."""


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def put_and_die(monkeypatch, folder, files, at):
    """Replace files, and die at the so-manieth replacement, removal or renaming."""
    done = 0

    def dying(real):
        def act(self, *arguments, **options):
            nonlocal done
            done += 1
            if done > at:
                raise Killed
            return real(self, *arguments, **options)

        return act

    with monkeypatch.context() as patch:
        for name in ("rename", "replace", "unlink"):
            patch.setattr(Path, name, dying(getattr(Path, name)))
        patch.setattr(together.shutil, "rmtree", lambda *_, **__: None)
        try:
            together.put_together(folder, files)
        except Killed:
            return False
    return True


@pytest.mark.parametrize("at", range(5))
def test_whoever_looks_next_finds_all_old_or_all_new(tmp_path, monkeypatch, at):
    old, new = {"a": b"1", "b": b"1", "c": b"1"}, {"a": b"2", "b": b"2"}
    together.put_together(tmp_path, old)
    put_and_die(monkeypatch, tmp_path, {**new, "c": None}, at)
    together.finish(tmp_path)
    assert contents(tmp_path) == (old if at == 0 else new)


def test_a_name_that_is_a_path_removes_nothing(tmp_path):
    (tmp_path / "kept").write_text("x")
    folder = tmp_path / "in"
    ready = folder / together.READY
    ready.mkdir(parents=True)
    (ready / ".gone").write_text('["../kept"]')
    together.finish(folder)
    assert (tmp_path / "kept").exists()
    assert not ready.exists()


def test_settings_that_hold_more_than_the_audits_are_left_alone(tmp_path):
    with FolderStore(str(tmp_path), (tmp_path,)) as store:
        store.put(load_file(small(tmp_path / "..", "thumb")), Beside(b"cases: []"))
        mine = tmp_path / "thumb" / "pyproject.toml"
        mine.write_text('[project]\nname = "mine"\n')
        store.put(store.open("thumb"), Beside(b"", '{"severity": {"S309": "note"}}'))
        assert mine.read_text() == '[project]\nname = "mine"\n'
        store.remove("thumb")
        assert mine.exists()
