"""`edgewise import`: a guideline out of somebody else's file, what could not be read, and never over what is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.calls import answer, refused, run

WORK = {"type": "citation", "citation": "Lee A. Fever. 2019.", "url": "https://doi.org/10.1234/x"}


def plan(folder: Path, *actions: dict[str, Any]) -> str:
    path = folder / "plan.json"
    whole = {"resourceType": "PlanDefinition", "title": "Fever", "status": "draft", "action": list(actions)}
    path.write_text(json.dumps(whole, indent=1), encoding="utf-8")
    return str(path)


def asked(expression: str) -> list[dict[str, Any]]:
    return [{"kind": "applicability", "expression": {"language": "text/fhirpath", "expression": expression}}]


@pytest.fixture
def clean(tmp_path: Path) -> str:
    return plan(tmp_path, {"title": "Cool", "condition": asked("%temp >= 39 'Cel'"), "documentation": [WORK]})


@pytest.fixture
def unclean(tmp_path: Path) -> str:
    return plan(tmp_path, {"title": "Cool", "condition": asked("today() > %x")}, {"title": "Rest", "documentation": [WORK]})


def test_a_file_becomes_a_folder_that_every_other_command_can_use(clean, tmp_path):
    folder = tmp_path / "new" / "fever"
    done = run("import", clean, "--output", str(folder))
    assert done.exit_code == 0, done.output
    assert (folder / "guideline.yaml").read_text(encoding="utf-8").startswith("# Imported from plan.json (FHIR R4 PlanDefinition).\n")
    lines = done.stdout.splitlines()
    assert lines[:2] == [f"{clean}: FHIR R4 PlanDefinition", "2 steps, 1 edge, 1 question and 1 reference"]
    assert lines[-5:] == [
        f"Written to {folder}/guideline.yaml. Next:",
        *(f"  edgewise {name} {folder}/" for name in ("explore", "gaps", "audit", "check")),
    ]
    assert run("check", f"{folder}/").exit_code == 0
    assert answer("walk", f"{folder}/", "--facts", "-", given="{temp: 39}")["due"] == ["cool"]
    assert [row["kind"] for row in answer("gaps", f"{folder}/", code=1)["rows"]] == ["dead-end", "gap"]


def test_what_was_not_read_is_told_with_file_and_line_and_ends_with_1(unclean, tmp_path):
    done = run("import", unclean, "--output", str(tmp_path / "fever"))
    assert done.exit_code == 1
    (told,) = (line for line in done.stdout.splitlines() if "today()" in line)
    assert told == f"  {unclean}:11: condition \"today() > %x\". '%x' at character 11 is not read."
    assert "1 of 2 edges without a source" in done.stdout


def test_without_a_folder_the_guideline_goes_out_alone_and_the_report_to_standard_error(unclean):
    done = run("import", unclean)
    assert done.exit_code == 1
    assert done.stdout.startswith("# Imported from plan.json")
    assert "\nNot read" not in done.stdout
    assert f"{unclean}:11: condition" in done.stderr


def test_the_audit_finds_every_rule_without_a_source(tmp_path):
    actions = [{"title": f"Give {number}", "condition": asked(f"%age >= {number}")} for number in range(1, 26)]
    actions[7]["documentation"] = [WORK]
    folder = tmp_path / "vaccines"
    assert "24 of 25 edges without a source" in run("import", plan(tmp_path, *actions), "--output", str(folder)).stdout
    findings = answer("audit", f"{folder}/", code=1)["findings"]
    assert sum(finding["rule"] == "M111" for finding in findings) == 24


def test_a_program_gets_counts_what_was_not_read_and_the_guideline(unclean, tmp_path):
    told = answer("import", unclean, code=1)
    assert (told["steps"], told["transitions"], told["observables"], told["references"], told["uncited"]) == (3, 2, 1, 1, 1)
    assert (told["unread"][0]["line"], told["written"]) == (11, None)
    assert told["guideline"].startswith("# Imported")
    told = answer("import", unclean, "--output", str(tmp_path / "fever"), code=1)
    assert (told["written"], told["guideline"]) == (str(tmp_path / "fever" / "guideline.yaml"), None)


def test_a_guideline_that_is_there_is_never_written_over(clean, tmp_path):
    (tmp_path / "guideline.yaml").write_text("mine", encoding="utf-8")
    (line,) = refused("import", clean, "--output", str(tmp_path))
    assert "exists, and somebody may have worked on it" in line
    assert (tmp_path / "guideline.yaml").read_text(encoding="utf-8") == "mine"


def test_a_file_in_the_place_of_a_folder_is_refused(clean):
    assert "is a file; name a folder" in refused("import", clean, "--output", clean)[0]
    assert "cannot be made" in refused("import", clean, "--output", f"{clean}/fever")[0]


def test_a_file_of_no_format_and_one_that_is_not_there_are_refused(tmp_path):
    (tmp_path / "a.txt").write_text("Dear colleague,", encoding="utf-8")
    assert "[unknown-format]" in refused("import", str(tmp_path / "a.txt"))[0]
    assert "[no-file]" in refused("import", str(tmp_path / "nothing.dmn"))[0]
    assert not (tmp_path / "out").exists()
