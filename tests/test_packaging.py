"""What is given out: wheel and sdist are whole, live beside foreign packages of our folders' names, and work from anywhere."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import warnings
import zipfile
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("ontology", "graph", "citations", "explorer", "guidelines")
DOCUMENTS = ("docs/cases.md", "docs/model.md")  # in whose words the schemas for editors speak
PAGES = tuple(f"docs/rules/{path.name}" for path in sorted((ROOT / "docs" / "rules").glob("*.md")))  # to which SARIF leads
FOREIGN = ("citations", "ontology")  # on PyPI, and nothing of ours
UV = os.environ.get("UV") or shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".tools" / "bin"))
FACTS = "{radiographs: sclerosis, inflammatory-suspicion: no, conservative-months: 26 wk, conservative-failed: yes, block-relief: [75, 72]}"

# Every file that a distribution installed is still the one it brought along, and its package can be imported.
UNHARMED = """
import importlib, json, sys
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.metadata import files

def harmed(name):
    hashed = [file for file in files(name) if file.hash]
    assert hashed, name
    return [str(f) for f in hashed if urlsafe_b64encode(sha256(f.read_binary()).digest()).rstrip(b"=").decode() != f.hash.value]

print(json.dumps([[harmed(name), importlib.import_module(name).__file__] for name in sys.argv[1:]]))
"""
FIRST_PAGE = """
import json
from pathlib import Path
import edgewise
from streamlit.testing.v1 import AppTest

at = AppTest.from_file(str(Path(edgewise.__file__).parent / "explorer" / "app.py"), default_timeout=60).run()
print(json.dumps([edgewise.__file__, [str(one) for one in at.exception], len(at.get("html"))]))
"""


def run(*command: str | Path, cwd: Path = ROOT, given: str = "") -> str:
    """What a program says, run without a trace of this checkout in its environment; it has to end with 0."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=clean(cwd), input=given, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def clean(cwd: Path = ROOT) -> dict[str, str]:
    """The environment without this checkout; what is installed keeps nothing but in the folder where it is called."""
    ours = ("PYTHON", "VIRTUAL_ENV", "EDGEWISE", "STREAMLIT")
    kept = os.environ["EDGEWISE_CACHE"] if cwd == ROOT else str(cwd / "cache")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {"EDGEWISE_CACHE": kept}


def build(source: Path, to: Path, target: str) -> Path:
    """Build with the very backend that installers call, in this environment: no network needed."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", to, cwd=source)
    (built,) = to.iterdir()
    return built


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("sdist"), "sdist")


# ------------------------------------------------------------------------------------------------------ what is inside


def test_the_wheel_holds_edgewise_alone_and_every_file_of_its_folders(wheel: Path) -> None:
    inside = {name for name in contents(wheel) if ".dist-info/" not in name}
    ours = {f"edgewise/{path.relative_to(ROOT).as_posix()}" for path in files(*FOLDERS)}
    assert inside == ours | {f"edgewise/{name}" for name in ("__init__.py", "__main__.py", "py.typed", *DOCUMENTS, *PAGES)}
    assert {Path(name).suffix for name in inside} >= {".py", ".css", ".js", ".ttl", ".typ", ".csl", ".svg", ".jsonld", ".yaml"}


def files(*folders: str) -> Iterator[Path]:
    """What lies in the folders at the top, but for what Python and the system leave there."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    return (path for path in found if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("."))


def test_the_sdist_builds_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        assert not [member.name for member in archive.getmembers() if member.issym() or member.islnk()]
        archive.extractall(tmp_path / "in", filter="data")
    (unpacked,) = (tmp_path / "in").iterdir()
    assert {"LICENSE", "CITATION.cff", "SECURITY.md", "CHANGELOG.md", "README.md"} <= {path.name for path in unpacked.iterdir()}
    assert contents(build(unpacked, tmp_path / "out", "wheel")) == contents(wheel)


def test_a_checkout_without_links_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """Where Git writes no links (Windows, unless told to), it writes their targets into plain files."""
    checkout = tmp_path / "checkout"
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, checkout / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (checkout / "src" / "edgewise").mkdir(parents=True)
    for name in ("__init__.py", "__main__.py", "py.typed"):
        shutil.copy(ROOT / "src" / "edgewise" / name, checkout / "src" / "edgewise")
    for folder in FOLDERS:
        (checkout / "src" / "edgewise" / folder).write_text(f"../../{folder}", encoding="utf-8")
    (checkout / "docs").mkdir()
    shutil.copytree(ROOT / "docs" / "rules", checkout / "docs" / "rules")
    for name in ("pyproject.toml", "README.md", "LICENSE", *DOCUMENTS):
        shutil.copy(ROOT / name, checkout / name)
    assert contents(build(checkout, tmp_path / "out", "wheel")) == contents(wheel)


def test_edgewise_is_a_program_of_its_own_for_python() -> None:
    assert "explore" in run(sys.executable, "-m", "edgewise", "--help")


# ---------------------------------------------------------------------------------------------------------- installed


def not_checked(why: str) -> None:
    """Without a way to install, nothing is proved: say so, and fail where that would pass for proof."""
    reason = f"NOT CHECKED: nothing was installed beside foreign packages, for {why}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    warnings.warn(reason, stacklevel=2)
    pytest.skip(reason)


def install(environment: Path, *what: str | Path) -> str:
    """What went wrong, or nothing. Hard links from uv's cache make it a matter of seconds."""
    command = [UV, "pip", "install", "--quiet", "--no-compile-bytecode", "--python", environment, *what]
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=clean(), capture_output=True, text=True, check=False).stderr


@pytest.fixture(scope="module", params=["wheel", "sdist"])
def programs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Those of an environment that holds Edgewise, what it needs, and the foreign packages: put in before it, and once more after."""
    if not UV:
        not_checked("there is no uv: run the tests by `uv run pytest`")
    environment = tmp_path_factory.mktemp("environment") / "venv"
    run(str(UV), "venv", "--quiet", "--python", sys.executable, environment)
    if trouble := install(environment, "--refresh", *FOREIGN):
        not_checked(f"they cannot be had: {trouble.strip()}")
    assert not install(environment, request.getfixturevalue(request.param))
    assert not install(environment, "--reinstall", "--no-deps", *FOREIGN)
    return environment / ("Scripts" if os.name == "nt" else "bin")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Where nothing of ours lies."""
    return tmp_path


def test_the_command_walks_from_an_empty_folder(programs: Path, empty: Path) -> None:
    walk = ("walk", "sacroiliac-sclerosis", "--facts", "-", "--json")
    told = run(programs / "edgewise", *walk, cwd=empty, given=FACTS)
    here = run(sys.executable, "-m", "edgewise", *walk, given=FACTS)
    assert json.loads(told) == json.loads(here)
    assert "diagnostic-injections" in told
    assert run(programs / "python", "-m", "edgewise", *walk, cwd=empty, given=FACTS) == told


def test_foreign_packages_of_our_folders_names_are_unharmed(programs: Path, empty: Path) -> None:
    for harmed, file in json.loads(run(programs / "python", "-c", UNHARMED, *FOREIGN, cwd=empty)):
        assert harmed == []
        assert Path(file).is_relative_to(programs.parent)


def test_the_first_page_is_drawn_with_what_was_installed(programs: Path, empty: Path) -> None:
    file, failures, blocks = json.loads(run(programs / "python", "-c", FIRST_PAGE, cwd=empty).splitlines()[-1])
    assert Path(file).is_relative_to(programs.parent), "this checkout answered for the installed package"
    assert failures == []
    assert blocks


def test_the_explorer_starts_and_serves(programs: Path, empty: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    command = [programs / "edgewise", "explore", "--port", port, "--no-browser"]
    running = subprocess.Popen(command, cwd=empty, env=clean(empty), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert running.stdout
        line = running.stdout.readline()
        assert line.startswith(f"The explorer is at http://127.0.0.1:{port}"), line
        connection = HTTPConnection("127.0.0.1", int(port), timeout=60)
        connection.request("GET", "/_stcore/health")
        assert connection.getresponse().status == 200
        connection.close()
        running.terminate()
        assert "Traceback" not in running.communicate(timeout=60)[0]
    finally:
        running.kill()
