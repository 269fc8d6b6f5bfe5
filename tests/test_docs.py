"""The documents say what the program does. `python tests/test_docs.py` writes the help into docs/command.md anew."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from edgewise.explorer.cli.command import app

DOCUMENT = Path(__file__).parents[1] / "docs" / "command.md"
MODEL = DOCUMENT.with_name("model.md")
SI = "sacroiliac-sclerosis"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group has them
BLOCK = re.compile(r"```console\n\$ edgewise (?:(\w+) )?--help\n.*?```", re.DOTALL)


def help_of(name: str) -> str:
    done = CliRunner().invoke(app, [*([name] if name else []), "--help"], prog_name="edgewise", env={"COLUMNS": "100"})
    assert done.exit_code == 0, done.output
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def written_anew(text: str) -> str:
    def block(match: re.Match[str]) -> str:
        name = match[1] or ""
        return f"```console\n$ edgewise {f'{name} ' if name else ''}--help\n{help_of(name)}\n```"

    return BLOCK.sub(block, text)


def examples(name: str) -> list[str]:
    """The example lines of a command's help, each from the word `edgewise` on."""
    _, found, block = COMMANDS[name].help.partition("Examples:\n")
    assert found, f"edgewise {name}: add 'Examples:' to its docstring"
    return [line[line.index("edgewise ") :] for line in block.strip().splitlines()]


def test_the_document_shows_the_help_of_every_command():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert {match[1] for match in BLOCK.finditer(text)} == {None, *COMMANDS}
    assert text == written_anew(text), "run: python tests/test_docs.py"


def test_the_first_guideline_of_the_documents_is_clean_and_is_walked_as_they_say(tmp_path):
    text = MODEL.read_text(encoding="utf-8")
    file = tmp_path / "guideline.yaml"
    file.write_text(text.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    checked = CliRunner().invoke(app, ["check", str(file)])
    assert (checked.exit_code, checked.stdout) == (0, "1 file checked, nothing found\n"), checked.output
    facts = re.search(r"\$ echo '(.*)' \| edgewise walk sore-throat/", text)
    assert facts is not None
    walked = CliRunner().invoke(app, ["walk", str(file), "--facts", "-", "--json"], input=facts[1])
    assert json.loads(walked.stdout)["due"] == ["penicillin"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples_that_it_understands(name):
    assert examples(name)
    for example in examples(name):
        program, command, *arguments = shlex.split(example)
        assert (program, command) == ("edgewise", name)
        COMMANDS[name].make_context(command, arguments)  # raises a usage error for what it does not know


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_has_help(name):
    assert [parameter.name for parameter in COMMANDS[name].params if not getattr(parameter, "help", None)] == []


ANSWERING = "new check fmt show walk evidence why gaps audit rule article resolve read sign impact references".split()


@pytest.mark.parametrize("name", ANSWERING)
def test_every_command_that_answers_can_answer_a_program(name):
    assert any("--json" in parameter.opts for parameter in COMMANDS[name].params)


def keys_of(data: object) -> set[str]:
    """All keys in what a command answers, but for those that are a guideline's own names."""
    if isinstance(data, list):
        return {key for one in data for key in keys_of(one)}
    if not isinstance(data, dict):
        return set()
    return {*data, *(inner for key, one in data.items() if key not in ("facts", "example") for inner in keys_of(one))}


@pytest.mark.parametrize("arguments", [("why", SI, "si-joint-fusion"), ("gaps", SI)], ids=["why", "gaps"])
def test_the_document_names_every_key_that_programs_get(arguments):
    (row,) = (line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{arguments[0]}` |"))
    answered = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert keys_of(answered) - set(re.findall(r"`([^`]+)`", row)) == set()


def test_the_document_gives_every_command_that_ends_with_1_its_reason():
    (row,) = (line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| 1 |"))
    ending = [name for name in COMMANDS if re.search(r"\b1: ", " ".join(help_of(name).split()))]
    assert "gaps" in ending
    assert [name for name in ending if f"`{name}" not in row] == []


def test_the_list_of_commands_cuts_no_sentence_short():
    listed = help_of("").partition("Commands:\n")[2].splitlines()
    assert len(listed) == len(COMMANDS)
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


if __name__ == "__main__":
    DOCUMENT.write_text(written_anew(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT} is up to date\n")
