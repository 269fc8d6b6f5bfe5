"""The house rules that programs can check: lint, types, arrows between packages, names, sizes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("ontology", "graph", "citations", "explorer")


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


def test_no_file_of_the_explorer_shadows_a_package_or_a_library():
    """Streamlit puts the folder of its script first on the path, so explorer/graph.py would be imported for `graph`."""
    import importlib.metadata

    taken = {*PACKAGES, *sys.stdlib_module_names, *importlib.metadata.packages_distributions()}
    assert not {path.stem for path in (ROOT / "explorer").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()} & taken


def test_no_lock_file_that_names_registry_hosts_is_kept():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()
    assert not {"uv.lock", "poetry.lock", "package-lock.json", "yarn.lock"} & {Path(name).name for name in kept}
