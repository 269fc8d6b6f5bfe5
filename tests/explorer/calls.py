"""Calling the command from tests, within this process."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from edgewise.explorer.cli.command import app
from edgewise.graph import library
from tests.places import DATA

SI = "sacroiliac-sclerosis"
SMALL, FAULTY = str(DATA / "small.yaml"), str(DATA / "ten-faults.yaml")

_really = library.load
_once = cache(_really)


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    """Call the command. Each guideline is loaded once, unless a test lets something else load it: loading has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        if library.load is _really:
            patch.setattr(library, "load", _once)
        done = CliRunner().invoke(app, arguments, input=given, prog_name="edgewise")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def answer(*arguments: str, given: str | None = None, code: int = 0) -> Any:
    done = run(*arguments, "--json", given=given)
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def refused(*arguments: str, given: str | bytes | None = None) -> list[str]:
    """The lines of a refusal; nothing is left on standard output."""
    done = run(*arguments, given=given)
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()
