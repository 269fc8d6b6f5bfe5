"""`edgewise check` of a draft: what is still to do, once for each kind."""

from __future__ import annotations

import json
from pathlib import Path

from edgewise.citations.reading.article import draft, read_article_text
from edgewise.explorer.cli.check import folded
from edgewise.ontology.findings import Finding
from tests.explorer.calls import run


def begun(folder: Path, sentences: int = 30) -> Path:
    text = (
        "Of thumbs\n\n"
        + " ".join(f"Thing number {n} is so.[1]" for n in range(sentences))
        + "\n\nReferences\n\n1. Lee A. On rest. J Rest. 2001.\n"
    )
    file = folder / "thumbs.yaml"
    file.write_text(draft(read_article_text(text, "thumbs.txt", "text")), "utf-8")
    return file


def test_a_draft_of_an_article_is_told_in_a_line_for_each_kind_with_its_first_place(tmp_path):
    file = begun(tmp_path)
    done = run("check", str(file))
    kinds = [line for line in done.stdout.splitlines() if "a statement needs 'kind'" in line]
    first = next(at for at, line in enumerate(file.read_text("utf-8").splitlines(), 1) if line == '    kind: ""')
    assert done.exit_code == 0
    assert len(kinds) == 1
    assert kinds[0].startswith(f"{file}:{first}: note: a statement needs 'kind' (30 times, here first)")
    assert len(done.stdout.splitlines()) < 20
    assert done.stdout.splitlines()[-1].endswith(" things to do in 1 file")


def test_all_of_it_is_told_to_whoever_asks_and_to_programs(tmp_path):
    file = begun(tmp_path)
    every = run("check", str(file), "--all").stdout
    assert every.count("a statement needs 'kind'") == 30
    found = json.loads(run("check", str(file), "--json").stdout)["findings"]
    assert sum(one["message"] == "a statement needs 'kind'" for one in found) == 30
    assert every.splitlines()[-1] == run("check", str(file)).stdout.splitlines()[-1], "both count the same"


def test_faults_of_a_draft_stand_before_what_is_to_do_and_are_never_folded(tmp_path):
    file = begun(tmp_path)
    file.write_text(file.read_text("utf-8").replace("notes: []", "notes: []\nnotez: 1\nnotey: 2"), "utf-8")
    lines = run("check", str(file)).stdout.splitlines()
    assert ["error" in line for line in lines[:3]] == [True, True, False]
    assert lines[-1].startswith("2 errors, ")


def test_each_file_has_its_own_kinds():
    lacking = [Finding(rule="to-do", message="a step needs 'label'", severity="note", file=file, line=9) for file in "aba"]
    assert [str(one) for one in folded(lacking)] == [
        "a:9: note: a step needs 'label' (2 times, here first) [to-do]",
        "b:9: note: a step needs 'label' [to-do]",
    ]
