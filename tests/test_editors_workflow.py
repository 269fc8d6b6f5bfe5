"""What `docs/editors.md` gives to be copied works as it stands there: hooks run by pre-commit itself, the steps of a CI run by a shell."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.places import DATA, ROOT

DOCUMENT = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
SUBSET = json.loads((DATA / "audit" / "sarif-subset.json").read_text(encoding="utf-8"))
MANIFEST = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
CLEAN = "@article{lee, author={Lee, Ann}, title={On rest}, journal={J Rest}, year=2001, doi={10.1000/rest}}\n"
FAULTY = CLEAN.replace("author={Lee, Ann}, ", "")
OFFERED = ("edgewise-audit", "edgewise-check", "edgewise-audit-guideline")


def snippet(name: str) -> Any:
    """The YAML of the document that begins with this comment."""
    (found,) = re.findall(rf"```yaml\n# {re.escape(name)}\n(.*?)```", DOCUMENT, re.DOTALL)
    return yaml.safe_load(found)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Where `edgewise` is the one under test, git asks nobody who commits, and pre-commit keeps nothing of the user's."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "edgewise"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m edgewise "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    named = {f"GIT_{who}_{what}": f"{who.lower()}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return {**inherited, **named, "PATH": path, "PRE_COMMIT_HOME": str(tmp_path / "kept"), "GIT_CONFIG_GLOBAL": os.devnull}


@pytest.fixture
def repository(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A small one: manuscripts, what is none, a guideline with its cases."""
    here = tmp_path / "repository"
    files = {"manuscripts/list.bib": CLEAN, "manuscripts/notes.csv": "a,b\n", "elsewhere/odd.bib": FAULTY}
    for name, text in files.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "guidelines" / "ottawa-ankle", here / "guidelines" / "ankle")
    called(["git", "init", "-q"], here, environment)
    return here


def called(command: list[str], here: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, check=False, timeout=300)


def hooked(config: Any, here: Path, environment: dict[str, str]) -> dict[str, str]:
    """What pre-commit says of each hook, by its id, after all files are added."""
    (here / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    called(["git", "add", "-A"], here, environment)
    done = called([sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never", "--verbose"], here, environment)
    told = re.findall(r"^.*?\.+(?:\(no files to check\))?(Passed|Failed|Skipped)\n- hook id: (\S+)$", done.stdout, re.MULTILINE)
    assert told, done.stdout + done.stderr
    return {id: state for state, id in told} | {"said": done.stdout, "ended": str(done.returncode)}


def test_the_hooks_of_the_document_pass_clean_files_and_stop_faulty_ones(repository, environment):
    config = snippet(".pre-commit-config.yaml")
    told = hooked(config, repository, environment)
    assert (told["edgewise-audit"], told["edgewise-check"], told["ended"]) == ("Passed", "Passed", "0"), told["said"]
    (repository / "manuscripts" / "list.bib").write_text(FAULTY, encoding="utf-8")
    told = hooked(config, repository, environment)
    assert (told["edgewise-audit"], told["edgewise-check"], told["ended"]) == ("Failed", "Passed", "1")
    assert "manuscripts/list.bib:1: warning: " in told["said"]
    assert "elsewhere/odd.bib" not in told["said"], "it is no manuscript"
    guideline = repository / "guidelines" / "ankle" / "guideline.yaml"
    guideline.write_text(guideline.read_text(encoding="utf-8").replace("steps:", "stepps:", 1), encoding="utf-8")
    assert hooked(config, repository, environment)["edgewise-check"] == "Failed"


def test_other_repositories_are_offered_hooks_that_pre_commit_accepts_and_that_run(repository, environment):
    done = called([sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"], ROOT, environment)
    assert done.returncode == 0, done.stdout
    assert tuple(hook["id"] for hook in MANIFEST) == OFFERED
    # Only how it is installed is another: that would need a network.
    config = {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system"} for hook in MANIFEST]}]}
    told = hooked(config, repository, environment)
    assert told["edgewise-audit"] == "Failed", "without a narrower pattern every list is a manuscript"
    assert "elsewhere/odd.bib:1: warning: " in told["said"]
    assert (told["edgewise-check"], told["edgewise-audit-guideline"]) == ("Passed", "Passed")
    (repository / "elsewhere" / "odd.bib").unlink()
    assert hooked(config, repository, environment)["ended"] == "0"


def test_what_the_document_takes_from_the_repository_is_offered_there():
    (taken,) = snippet(".pre-commit-config.yaml, with Edgewise from its repository")["repos"]
    assert {hook["id"] for hook in taken["hooks"]} <= set(OFFERED)


def steps(here: Path, environment: dict[str, str]) -> dict[str, int]:
    """How each step of the CI run that is a command ends, but for the one that installs; as the runner calls them."""
    (job,) = snippet(".github/workflows/citations.yml")["jobs"].values()
    told = {step["name"]: step["run"] for step in job["steps"] if "run" in step and step["name"] != "Install Edgewise"}
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    return {name: called([*shell, line], here, environment).returncode for name, line in told.items()}


def test_the_ci_run_uploads_sarif_and_then_fails_on_what_is_wrong(repository, environment):
    assert steps(repository, environment) == {"Audit": 0, "Fail on errors and warnings": 0}
    (repository / "manuscripts" / "list.bib").write_text(FAULTY, encoding="utf-8")
    assert steps(repository, environment) == {"Audit": 0, "Fail on errors and warnings": 1}, "what was found is uploaded before it fails"
    (job,) = snippet(".github/workflows/citations.yml")["jobs"].values()
    (upload,) = (step["with"]["sarif_file"] for step in job["steps"] if "upload-sarif" in step.get("uses", ""))
    log = json.loads((repository / upload).read_text(encoding="utf-8"))
    jsonschema.validate(log, SUBSET)
    (wrong,) = (one for one in log["runs"][0]["results"] if one["level"] != "note")
    place = wrong["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert (wrong["ruleId"], place) == ("R201", "manuscripts/list.bib")
    rules = {rule["id"]: rule["helpUri"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["R201"].endswith("/rules/R201.md")


def test_the_ci_run_fails_at_once_on_what_cannot_be_read(repository, environment):
    (repository / "manuscripts" / "list.bib").write_bytes(b"\xff\xfe\x00\xd8")
    assert steps(repository, environment)["Audit"] != 0
