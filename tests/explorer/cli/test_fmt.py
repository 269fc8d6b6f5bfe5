"""`edgewise fmt` and `edgewise schema`, as somebody calls them."""

from __future__ import annotations

import json

import pytest

from edgewise.graph.writing import export
from tests.explorer.calls import answer, refused, run

UNTIDY, TIDY = "title: T # why\nid: g\n", "id: g\ntitle: T  # why\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "guideline.yaml").write_text(UNTIDY, encoding="utf-8")
    (tmp_path / "cases.yaml").write_text("guideline: g\ncases: []\n", encoding="utf-8")
    return tmp_path


def test_files_of_a_folder_are_laid_out_once(folder):
    done = run("fmt", str(folder))
    assert (done.exit_code, done.stdout.splitlines()) == (0, [f"{folder / 'guideline.yaml'} laid out anew", "1 file left as it is"])
    assert (folder / "guideline.yaml").read_text(encoding="utf-8") == TIDY
    assert run("fmt", str(folder)).stdout == "2 files left as they are\n"


def test_check_and_diff_change_nothing(folder):
    checked, compared = run("fmt", "--check", str(folder)), run("fmt", "--diff", str(folder))
    assert (checked.exit_code, compared.exit_code) == (1, 1)
    assert checked.stdout.startswith(f"{folder / 'guideline.yaml'} would be laid out anew\n")
    assert "-title: T # why\n+id: g\n+title: T  # why" in compared.stdout.replace("-id: g\n", "").replace(" id: g\n", "+id: g\n")
    assert (folder / "guideline.yaml").read_text(encoding="utf-8") == UNTIDY
    assert run("fmt", "--check", str(folder / "cases.yaml")).exit_code == 0


def test_programs_are_told_which_files(folder):
    told = answer("fmt", "--check", str(folder), code=1)
    assert told == {
        "files": [{"file": str(folder / "guideline.yaml"), "changes": True}, {"file": str(folder / "cases.yaml"), "changes": False}],
        "written": False,
    }


def test_an_editor_can_pipe_a_file_through_it():
    done = run("fmt", "-", given=UNTIDY)
    assert (done.exit_code, done.stdout) == (0, TIDY)
    assert run("fmt", "-", "--check", given=UNTIDY).exit_code == 1


def test_what_cannot_be_read_is_told_with_its_line_and_the_rest_is_done(folder):
    (folder / "b.yaml").write_text("id: g\nid: h\n", encoding="utf-8")
    lines = refused("fmt", str(folder / "b.yaml"), str(folder))
    assert lines[0].startswith(f"{folder / 'b.yaml'}:2: error: the key 'id' stands here for a second time")
    assert (folder / "guideline.yaml").read_text(encoding="utf-8") == TIDY


def test_other_formats_and_empty_folders_are_refused(tmp_path):
    (tmp_path / "g.ttl").write_text("", encoding="utf-8")
    assert "only YAML is laid out" in refused("fmt", str(tmp_path / "g.ttl"))[0]
    assert "holds no guideline.yaml" in refused("fmt", str(tmp_path))[0]
    assert "there is no such file" in refused("fmt", str(tmp_path / "n.yaml"))[0]


def test_a_file_that_is_changed_meanwhile_is_not_written_over(folder, monkeypatch):
    from edgewise.graph.reading import files

    contents = iter([UNTIDY.encode(), (UNTIDY + "# later\n").encode()])
    monkeypatch.setattr(files, "content", lambda *_: next(contents))
    assert "was changed meanwhile" in refused("fmt", str(folder / "guideline.yaml"))[0]
    assert (folder / "guideline.yaml").read_text(encoding="utf-8") == UNTIDY


def test_a_full_disk_leaves_the_old_file(folder, monkeypatch):
    def full(target, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "_successor", full)
    assert "No space left on device" in refused("fmt", str(folder))[0]
    assert (folder / "guideline.yaml").read_text(encoding="utf-8") == UNTIDY


@pytest.mark.parametrize(("kind", "title"), [((), "Edgewise guideline.yaml"), (("cases",), "Edgewise cases.yaml")])
def test_a_schema_is_written_for_an_editor(tmp_path, kind, title):
    done = run("schema", *kind, "--output", str(tmp_path / "s.json"))
    assert done.exit_code == 0
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["title"] == title
    assert json.loads(run("schema", *kind).stdout)["title"] == title
