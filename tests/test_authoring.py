"""docs/authoring.md leads from nothing to a whole guideline: what stands there is written, each command there is given, here as well."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from edgewise.explorer.cli.command import app
from edgewise.graph import library

DOCUMENT = (Path(__file__).parents[1] / "docs" / "authoring.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
LASTING = ("--watch",)  # a command with one of these goes on until it is ended


def blocks() -> Iterator[tuple[str, str]]:
    yield from BLOCK.findall(DOCUMENT.partition("## By YAML")[2].partition("## In an editor")[0])


class Author:
    """Does what the document says, in a folder of its own."""

    def __init__(self) -> None:
        self.guideline = Path("nosebleed", "guideline.yaml")

    def write(self, kind: str, block: str) -> None:
        if kind == "text":
            Path("article.txt").write_text(block, encoding="utf-8")
        elif block.startswith("guideline:"):
            self.guideline.with_name("cases.yaml").write_text(block, encoding="utf-8")
        elif block.startswith(" "):
            self._fill(re.findall(r"kind: (.*)\n +text: (.*)\n", block))
        else:
            self._replace(block)

    def _fill(self, statements: list[tuple[str, str]]) -> None:
        text = self.guideline.read_text(encoding="utf-8")
        assert text.count('text: ""') == len(statements)
        for kind, said in statements:
            text = text.replace('kind: ""', f"kind: {kind}", 1).replace('text: ""', f"text: {said}", 1)
        self.guideline.write_text(text, encoding="utf-8")

    def _replace(self, block: str) -> None:
        """Each key of the block takes the place of what stood under it, or comes to the head of the file."""
        text = self.guideline.read_text(encoding="utf-8")
        for part in re.findall(r"(?ms)^\w.*?(?=^\w|\Z)", block):
            stood = re.compile(rf"(?ms)^{part.partition(':')[0]}:.*?(?=^\w|\Z)")
            text = (
                stood.sub(lambda _, part=part: part, text) if stood.search(text) else text.replace("\nlanguage:", f"\n{part}\nlanguage:", 1)
            )
        if "transitions" in block:
            text = text.replace("draft: true\n", "")
        self.guideline.write_text(text, encoding="utf-8")

    def give(self, command: str, expected: list[str]) -> None:
        given, _, command = command.rpartition(" | ")
        arguments = shlex.split(command)[1:]
        if set(arguments) & set(LASTING):
            told = begun(arguments)
        else:
            done = CliRunner().invoke(app, arguments, input=shlex.split(given)[1] if given else None, prog_name="edgewise")
            assert done.exit_code in (0, 1), done.output
            told = done.stdout
        assert re.fullmatch("\n".join(map(pattern, expected)), told.rstrip("\n"), re.DOTALL), f"{command}\n{told}"


def pattern(line: str) -> str:
    """A line as it has to be; … stands for anything."""
    return ".*".join(map(re.escape, line.split("…")))


def begun(arguments: list[str]) -> str:
    """The first line of a command that goes on."""
    more = ["--no-browser"] if arguments[0] == "explore" else []
    command = [sys.executable, "-m", "edgewise", *arguments, *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.terminate()
    return first


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a block with the lines that it prints."""
    for one in re.split(r"(?m)^\$ ", block)[1:]:
        command, *lines = one.rstrip("\n").split("\n")
        yield command, lines


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_whoever_follows_the_document_has_a_whole_guideline_in_the_end(folder):
    author, given = Author(), []
    for kind, block in blocks():
        if kind != "console":
            author.write(kind, block)
            continue
        for command, lines in commands(block):
            author.give(command, lines)
            given.append(shlex.split(command.rpartition(" | ")[2])[1])
    assert given[:2] == ["new", "check"]
    assert {"fmt", "walk", "gaps", "audit", "rule", "explore"} <= set(given)
    made = library.load("nosebleed/").guideline
    assert (len(made.steps), len(made.transitions), len(made.statements), made.draft) == (6, 5, 5, False)


def test_the_editor_is_told_of_the_schemas_that_are_written(folder):
    told = DOCUMENT.partition("## In an editor")[2]
    for command in re.findall(r"(?m)^    \$ edgewise (.*)$", told):
        assert CliRunner().invoke(app, shlex.split(command)).exit_code == 0
    (settings,) = re.findall(r'"yaml.schemas": \{(.*)\}\}', told)
    written = sorted(path.name for path in folder.iterdir())
    assert sorted(re.findall(r'"([\w.]+schema\.json)"', settings)) == written
