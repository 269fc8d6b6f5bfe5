"""What was judged before needs none of the libraries that read and judge; told by what a process of its own has loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SLOW = {"rdflib", "networkx", "pyshacl", "pyoxigraph", "yaml", "ucumvert", "streamlit", "pyvis"}
ID = "sacroiliac-sclerosis"
TELL = """
import json, sys
from edgewise.explorer.cli.command import app
app(sys.argv[1:], standalone_mode=False)
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(*command: str, cache: Path) -> set[str]:
    environment = {**os.environ, "EDGEWISE_CACHE": str(cache)}
    done = subprocess.run([sys.executable, "-c", TELL, *command], env=environment, capture_output=True, text=True, check=True)
    return SLOW & set(json.loads(done.stderr.splitlines()[-1]))


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the guideline is kept."""
    cache = tmp_path_factory.mktemp("warm")
    assert {"rdflib", "pyshacl", "pyoxigraph"} <= loaded("walk", ID, cache=cache), "judged here"
    return cache


@pytest.mark.parametrize("command", [["walk", ID], ["evidence", ID, "cooled-rfa"], ["show", ID]], ids=lambda command: command[0])
def test_a_guideline_that_was_judged_before_needs_no_library(command: list[str], warm: Path) -> None:
    assert loaded(*command, cache=warm) == set()


def test_why_needs_neither_rdf_nor_its_judges(warm: Path) -> None:
    assert loaded("why", ID, "si-joint-fusion", cache=warm) <= {"networkx"}


def test_help_loads_nothing(tmp_path: Path) -> None:
    assert loaded("--help", cache=tmp_path) == set()
    assert not list(tmp_path.iterdir())
