"""The house rules that programs can check: lint, types, arrows between packages, names, sizes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import FOLDERS, broken_links

ROOT = Path(__file__).parents[1]
PACKAGES = ("ontology", "graph", "citations", "explorer")
SOURCES = [path for folder in (*PACKAGES, "src", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_lint_is_clean():
    run("-m", "ruff", "check", "--no-cache", ".")


def test_code_is_formatted():
    run("-m", "ruff", "format", "--no-cache", "--check", ".")


def test_types_hold():
    run("-m", "mypy")


def test_arrows_between_packages_run_one_way():
    run("-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())")


@pytest.mark.parametrize("path", [p for package in PACKAGES for p in (ROOT / package).rglob("*.py")], ids=str)
def test_no_file_is_longer_than_one_person_holds_in_mind(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


EXAMPLE = re.compile(rf"^\s*(?:>>> |\.\.\. )(?:from|import) (?:{'|'.join(FOLDERS)})\b", re.MULTILINE)


def bare_imports(source: str) -> Iterator[str]:
    """Imports by the name of a folder instead of `edgewise`, in code and in examples: its classes would be made a second time."""
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        yield from (name for name in names if name.partition(".")[0] in FOLDERS)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from EXAMPLE.findall(node.value)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_everything_is_imported_by_its_one_name(path):
    assert list(bare_imports(path.read_text("utf-8"))) == []


BARE = ["import json, graph.model", "from citations import audit", "import explorer", f"x = '>>> import {FOLDERS[1]}.model'"]


@pytest.mark.parametrize("source", BARE)
def test_an_import_by_another_name_is_seen(source):
    assert len(list(bare_imports(source))) == 1


@pytest.mark.parametrize(
    "source", ["import edgewise.graph", "from . import graph", "from edgewise import graph", "x = 'from graph to page'"]
)
def test_nothing_else_is_taken_for_one(source):
    assert list(bare_imports(source)) == []


@pytest.mark.parametrize("folder", sorted({path.parent for package in PACKAGES for path in (ROOT / package).rglob("*.py")}), ids=str)
def test_every_room_says_what_is_inside(folder):
    assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))


def test_the_import_name_leads_to_the_folders_at_the_top():
    for folder in FOLDERS:
        assert (ROOT / "src" / "edgewise" / folder).resolve() == ROOT / folder


def test_a_checkout_whose_links_are_plain_files_is_seen(tmp_path):
    for folder in FOLDERS[1:]:
        (tmp_path / folder).write_text(f"../../{folder}")
    (tmp_path / FOLDERS[0]).mkdir()
    assert broken_links(tmp_path) == list(FOLDERS[1:])


SKIPS = "pytest.skip('no')"
RUNS = [(SKIPS, 5, ()), (SKIPS, 5, ("-n2",)), ("pass", 0, ()), ("assert False", 1, ())]


@pytest.mark.parametrize(("body", "code", "processes"), RUNS, ids=["skips", "skips in two processes", "passes", "fails"])
def test_a_run_that_tests_nothing_does_not_end_well(tmp_path, body, code, processes):
    ours = (ROOT / "tests" / "conftest.py").read_text("utf-8")
    (tmp_path / "conftest.py").write_text(ours.replace("Path(__file__).parents[1]", f"Path({str(ROOT)!r})"))
    (tmp_path / "test_it.py").write_text(f"import pytest\ndef test_it():\n    {body}\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), *processes, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("NOTHING WAS TESTED" in done.stdout) == (code == 5)


def test_no_file_of_the_explorer_shadows_a_package_or_a_library():
    """Streamlit puts the folder of its script first on the path, so explorer/graph.py would be imported for `graph`."""
    import importlib.metadata

    taken = {*PACKAGES, *sys.stdlib_module_names, *importlib.metadata.packages_distributions()}
    assert not {path.stem for path in (ROOT / "explorer").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()} & taken


def test_no_lock_file_that_names_registry_hosts_is_kept():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()
    assert not {"uv.lock", "poetry.lock", "package-lock.json", "yarn.lock"} & {Path(name).name for name in kept}
