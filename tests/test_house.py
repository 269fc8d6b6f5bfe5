"""The house rules that programs can check: lint, types, arrows between packages, names, sizes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from edgewise.explorer.drawing import palette, sizes
from edgewise.explorer.drawing.canvas import canvas_source
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


def biome(*paths: Path) -> None:
    """Biome, whose wheel holds one program and needs no Node: it lints scripts and style sheets both."""
    program = Path(sys.executable).with_name("biome")
    command = [program, "lint", "--error-on-warnings", f"--config-path={ROOT / 'biome.json'}", *paths]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_scripts_and_style_sheets_are_clean():
    biome(ROOT / "explorer")


def test_the_scripts_of_the_canvas_are_clean_as_the_one_module_they_become(tmp_path):
    joined = tmp_path / "joined.js"
    joined.write_text(canvas_source(), encoding="utf-8")
    biome(joined)


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


def imported(path: Path) -> set[str]:
    """The top names of what a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def test_every_library_that_is_imported_is_declared():
    """What another library happens to bring along may be gone with its next version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    written = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    declared = {re.match(r"[\w.-]+", one)[0].lower().replace("_", "-") for one in written}
    sources = packages_distributions()
    names = {name for package in PACKAGES for path in (ROOT / package).rglob("*.py") for name in imported(path)}
    foreign = names - set(sys.stdlib_module_names) - {"edgewise"}
    missing = {name: sources.get(name, ["not installed"]) for name in foreign}
    assert {
        name: found for name, found in missing.items() if not declared & {one.lower().replace("_", "-") for one in found}
    } == {}  # fmt: skip


FACES = [path for ending in ("css", "js", "typ", "py") for path in (ROOT / "explorer").rglob(f"*.{ending}")]
SOURCES = {ROOT / "explorer" / "drawing" / "palette.py", ROOT / "explorer" / "drawing" / "sizes.py"}
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b(?![;\w])|\b(?:rgb|hsl)a?\(\s*\d")


@pytest.mark.parametrize("path", [path for path in FACES if path not in SOURCES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_colour_stands_in_the_palette_alone(path):
    told = re.sub(r"&#x?[0-9a-fA-F]+;", "", path.read_text("utf-8"))  # characters, not colours
    assert COLOUR.findall(told) == [], "name it in explorer/drawing/palette.py, and use it by its name"


def test_the_icon_which_is_a_file_has_colours_of_the_palette():
    found = set(COLOUR.findall((ROOT / "explorer" / "icon.svg").read_text("utf-8")))
    assert found == {palette.INKS["brand"].light, palette.PAPER}


def test_style_sheets_and_scripts_name_no_colour_that_is_not_there():
    texts = [path.read_text("utf-8") for path in FACES if path.suffix != ".py"]
    made = re.findall(r"(--ew-[\w-]+):", "\n".join([palette.variables(), *texts]))
    made += re.findall(r'setProperty\("(--ew-[\w-]+)"', "\n".join(texts))
    used = {name for text in texts for name in re.findall(r"var\((--ew-[\w-]+)\)", text)}  # one with a fallback may be absent
    assert used - set(made) == set()


def test_a_size_of_the_drawing_stands_in_one_place():
    """Names of sizes are bound in sizes.py alone, and the scripts take theirs from what Python sends."""
    bound = {name for name in vars(sizes) if name.isupper()}
    for path in FACES:
        if path.suffix == ".py" and path not in SOURCES:
            again = {
                target.id
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Assign)
                for inner in node.targets
                for target in ast.walk(inner)
                if isinstance(target, ast.Name) and target.id.lstrip("_") in bound
            }
            assert again == set(), f"{path}: import it from explorer/drawing/sizes.py"
    scripts = "\n".join(path.read_text("utf-8") for path in FACES if path.suffix == ".js")
    assert {name for name in sizes.FOR_SCRIPTS if f"sizes.{name}" not in scripts and f"{name}:" not in scripts} == set()
    assert set(re.findall(r"\bs\.sizes\.(\w+)", scripts)) <= set(sizes.FOR_SCRIPTS)
