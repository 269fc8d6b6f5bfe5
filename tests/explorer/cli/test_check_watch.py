"""`edgewise check --watch`: told again at every save, however an editor saves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from edgewise.explorer.cli import check as command
from edgewise.explorer.cli.watching import changes
from tests.explorer.calls import refused
from tests.places import DATA, ROOT

SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")


class Enough(Exception):
    """The end of the looking."""


def looks(acts):
    """What happens to a file between two looks, in order; the looking ends with the last of it."""
    following = iter(acts)

    def wait(_):
        act = next(following, None)
        if act is None:
            raise Enough
        act()

    return wait


def nothing():
    return None


def told(file: Path, *acts) -> int:
    """How often a change is told."""
    count = 0
    try:
        for _ in changes(lambda: [file], looks(acts)):
            count += 1
    except Enough:
        return count
    raise AssertionError("the looking ended by itself")


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "g.yaml"
    made.write_text("id: g\n", encoding="utf-8")
    return made


def save(file, text):
    return lambda: file.write_text(text, encoding="utf-8")


def rename(file, text):
    def act():
        other = file.with_suffix(".new")
        other.write_text(text, encoding="utf-8")
        other.replace(file)

    return act


def test_the_beginning_is_told_once_and_nothing_where_nothing_changes(file):
    assert told(file, *[nothing] * 5) == 1


def test_a_save_is_told_when_the_file_rests(file):
    assert told(file, nothing, save(file, "id: hips\n"), nothing, nothing) == 2


def test_a_file_that_is_emptied_first_is_told_when_it_is_whole(file):
    assert told(file, nothing, save(file, ""), save(file, "id: h"), save(file, "id: hips\n"), nothing, nothing) == 2


def test_a_file_that_is_written_under_another_name_is_told_once(file):
    assert told(file, nothing, rename(file, "id: k\n"), nothing, nothing) == 2
    assert told(file, nothing, file.unlink, nothing, save(file, "id: hips\n"), nothing, nothing) == 2


def test_a_file_that_is_gone_for_good_is_told(file):
    assert told(file, nothing, file.unlink, *[nothing] * 8) == 2


def test_a_file_that_comes_is_told(file):
    cases = file.with_name("cases.yaml")
    assert told(cases, nothing, save(cases, "guideline: g\n"), nothing, nothing) == 2


@contextmanager
def watching(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "edgewise", "check", "--watch", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_faults_are_told_with_their_lines_and_no_more_once_they_are_mended(tmp_path):
    file = tmp_path / "g.yaml"
    file.write_text(SMALL, encoding="utf-8")
    with watching(str(file)) as process:
        assert process.stdout is not None
        assert process.stdout.readline().endswith("  1 file checked, nothing wrong\n")
        rename(file, SMALL.replace("from: boot\n", "from: boots\n", 1))()
        assert process.stdout.readline().endswith("  1 error\n")
        assert process.stdout.readline().startswith(
            f"{file}:{SMALL[: SMALL.index('from: boot')].count(chr(10)) + 1}: error: 'from' names 'boots'"
        )
        save(file, SMALL)()
        assert process.stdout.readline().endswith("nothing wrong\n")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (130, -signal.SIGINT)
        assert process.stdout.read() == ""


def test_a_program_gets_one_line_of_json_for_each_check(tmp_path):
    file = tmp_path / "g.yaml"
    file.write_text("id: g\ndraft: true\n", encoding="utf-8")
    with watching("--json", str(file)) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        assert {one["rule"] for one in first["findings"]} == {"to-do"}
        save(file, "id: g\nid: h\n")()
        assert "duplicate-key" in {one["rule"] for one in json.loads(process.stdout.readline())["findings"]}


def test_what_is_not_there_is_refused(tmp_path):
    assert "there is no such file" in refused("check", "--watch", str(tmp_path / "none.yaml"))[0]
    assert "give --watch as well" in refused("check", "--open", str(DATA / "small.yaml"))[0]


def test_the_pages_are_shown_by_a_process_that_ends_with_the_watching(file, monkeypatch):
    started = []

    class Explorer:
        def __init__(self, arguments):
            started.append(arguments)

        def terminate(self):
            started.append("ended")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "Popen", Explorer)
    monkeypatch.setattr(command, "changes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        command.check([str(file)], watch=True, open_it=True)
    assert started[0][1:] == ["-m", "edgewise", "explore", "--watch", "--", str(file)]
    assert started[1] == "ended"
    assert os.environ.get("EDGEWISE_WATCH") is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to be told by")
def test_whoever_is_told_to_end_takes_the_explorer_along(file, monkeypatch):
    ended = []

    class Explorer:
        def __init__(self, arguments):
            assert "explore" in arguments

        def terminate(self):
            ended.append(True)

    def told_to_end(*_):
        os.kill(os.getpid(), signal.SIGTERM)
        yield

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(command, "Popen", Explorer)
    monkeypatch.setattr(command, "changes", told_to_end)
    with pytest.raises(SystemExit, match="143"):
        command.check([str(file)], watch=True, open_it=True)
    assert ended == [True]
    assert signal.getsignal(signal.SIGTERM) is before
