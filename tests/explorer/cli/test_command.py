"""The command's answers, in text and in JSON, and its way of refusing: exit code 2, a line that says what, where and how to repair."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from edgewise.explorer.cli import command
from edgewise.explorer.cli.export import ExportFormat
from edgewise.explorer.cli.wording import state_word
from edgewise.graph import library
from edgewise.graph.library import Loaded
from edgewise.graph.reading.read import read, read_text
from edgewise.graph.writing.export import FORMATS
from tests.explorer.calls import FAULTY, SI, SMALL, answer, refused, run

FUSION = "cooled-rfa-to-si-joint-fusion"

# ------------------------------------------------------------------------------------------------------------- show


def test_show_counts_what_the_guideline_holds():
    shown = answer("show", SI)
    counts = {"statements": 36, "citations": 45, "markers": 7, "references": 6, "modalities": 5, "ratings": 5, "steps": 11, "headings": 8}
    assert {what: shown[what] for what in counts} == counts
    assert shown["ids"].keys() >= {
        "statements",
        "citations",
        "markers",
        "references",
        "steps",
        "transitions",
        "observables",
        "phases",
        "notes",
    }
    assert all(shown[what] == len(ids) == len(set(ids)) for what, ids in shown["ids"].items())
    assert shown["unresolvedMarkers"] == ["marker-7"]
    assert (shown["id"], shown["iri"], shown["reviewStatus"]) == (SI, f"https://w3id.org/edgewise/guideline/{SI}", "pending")


def test_show_gives_every_edge_with_its_ends_its_condition_and_the_state_of_its_evidence():
    edges = {edge["id"]: edge for edge in answer("show", SI)["edges"]}
    fusion = edges[FUSION]
    assert (fusion["from"], fusion["to"], fusion["state"], fusion["role"], fusion["statedBy"]) == (
        "cooled-rfa", "si-joint-fusion", "broken", "route", "source",
    )  # fmt: skip
    assert "several failed RFA attempts (at least 2: modeller's reading)" in fusion["condition"]
    assert "s24" in fusion["justifiedBy"]
    assert edges["presentation-to-xray-si-joints"]["condition"] == "always"
    assert (
        edges["diagnostic-injections-to-endoscopic-neurectomy"]["condition"]
        == "the modeller reads the source as advising against this step"
    )


def test_show_in_text_names_the_steps_the_edges_and_ends_with_source_date_status_and_purpose():
    lines = run("show", SI).stdout.splitlines()
    assert "Markers that point to no entry of the reference list: 7" in lines
    assert any(FUSION in line and "[broken]" in line for line in lines)
    assert "Dr.Oracle, updated 2026-02-08, review pending. For education only." in lines[-1]


def test_a_guideline_is_named_by_id_folder_or_file(tmp_path):
    (tmp_path / "guideline.yaml").write_bytes(Path(SMALL).read_bytes())
    assert {answer("show", name)["id"] for name in (SMALL, str(tmp_path), str(tmp_path / "guideline.yaml"))} == {"ankle-test"}


def test_what_is_no_guideline_is_refused_in_one_line_that_says_what_it_is(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("none")
    for name, words in {
        "sacroiliac-sclerosi": "did you mean 'sacroiliac-sclerosis'?",
        "nowhere.yaml": "nowhere.yaml: error: there is no such file",
        str(tmp_path / "empty"): "holds no guideline",
        str(tmp_path / "notes.txt"): "'.txt' names no format",
        "": "unknown guideline ''" if not Path("guideline.yaml").exists() else "",
        "a\0b": "unknown guideline",
        "x" * 5000: "unknown guideline",
    }.items():
        (line,) = refused("show", name)
        assert words in line


def test_a_folder_of_several_guidelines_asks_which_one_is_meant(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "guideline.yaml").write_bytes(Path(SMALL).read_bytes())
    (line,) = refused("show", str(tmp_path))
    assert "this folder holds 2 guidelines; name one: " in line


def test_a_faulty_guideline_is_refused_with_every_fault():
    assert len(refused("show", FAULTY)) == 10
    said = answer("show", FAULTY, code=2)
    assert len(said["findings"]) == 10
    assert said["error"]


# ------------------------------------------------------------------------------------------------------------- check


def test_check_finds_all_ten_faults_with_their_lines_and_ends_with_1():
    done = run("check", FAULTY)
    *lines, blank, total = done.stdout.splitlines()
    assert (done.exit_code, blank, total) == (1, "", "10 errors in 1 file")
    marked = {number for number, text in enumerate(Path(FAULTY).read_text().splitlines(), 1) if "  # " in text}
    assert {int(line.removeprefix(f"{FAULTY}:").partition(":")[0]) for line in lines} == marked


def test_check_for_programs_gives_each_finding_whole():
    findings = answer("check", FAULTY, code=1)["findings"]
    assert len(findings) == 10
    keys = {"rule", "severity", "message", "subject", "file", "line", "value", "repair", "related"}
    assert all(finding.keys() == keys for finding in findings)
    (misspelt,) = [finding for finding in findings if finding["rule"] == "unknown-reference"]
    assert (misspelt["value"], misspelt["repair"], misspelt["file"]) == ("hoem", "write 'home'", FAULTY)


def test_check_of_nothing_checks_the_library():
    done = run("check")
    files = len([file for pattern in ("*/guideline.yaml", "*/cases.yaml") for file in library.SHELF.glob(pattern)])
    assert (done.exit_code, done.stdout) == (0, f"{files} files checked, nothing found\n")
    assert answer("check") == {"findings": []}


def test_a_file_that_is_not_yaml_does_not_keep_the_others_from_being_checked(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("title: [never closed\n")
    done = run("check", str(broken), FAULTY, SMALL)
    assert done.exit_code == 1
    assert f"{broken}:1: error:" in done.stdout
    assert done.stdout.endswith("11 errors in 2 of 3 files\n")


def test_a_path_that_is_not_there_ends_with_2_after_all_others_were_checked():
    done = run("check", "nowhere.yaml", FAULTY)
    assert done.exit_code == 2
    assert done.stdout.endswith("10 errors in 1 file\n")
    assert done.stderr.splitlines() == ["nowhere.yaml: error: there is no such file; check the path [no-file]"]
    said = answer("check", "nowhere.yaml", "nobody", FAULTY, code=2)
    assert {"no-file", "unknown-guideline"} < {finding["rule"] for finding in said["findings"]}
    assert len(said["findings"]) == 12


def test_a_path_that_is_not_there_alone_is_no_clean_check():
    assert refused("check", "nowhere.yaml") == ["nowhere.yaml: error: there is no such file; check the path [no-file]"]


def test_a_folder_is_checked_with_all_guidelines_below_it_and_each_file_once(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "guideline.yaml").write_bytes(Path(FAULTY).read_bytes())
    done = run("check", str(tmp_path), str(tmp_path / "a"), f"{tmp_path}/./b/guideline.yaml")
    assert done.stdout.endswith("20 errors in 2 files\n")


def test_a_warning_is_a_finding_and_a_note_alone_is_clean(monkeypatch, tmp_path):
    from edgewise.ontology.findings import Finding

    for severity, code in (("warning", 1), ("note", 0)):
        monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / severity))  # what is found here is not kept for others
        monkeypatch.setattr("edgewise.graph.reading.judging.validate", lambda _, s=severity: [Finding(rule="r", message="m", severity=s)])
        done = run("check", SMALL)
        assert (done.exit_code, done.stdout) == (code, f"{SMALL}: {severity}: m [r]\n\n1 {severity} in 1 file\n")


# ---------------------------------------------------------------------------------------------------------- evidence


def test_evidence_of_an_edge_gives_statements_markers_references_and_what_is_wrong():
    found = answer("evidence", SI, FUSION)
    assert (found["kind"], found["state"], found["statedBy"]) == ("transition", "broken", "source")
    assert found["reasons"][0] == "marker 7 points to no entry of the reference list"
    lead = next(statement for statement in found["statements"] if statement["id"] == "s24")
    assert [(cited["marker"], cited["reference"]) for cited in lead["citations"]] == [
        ("2", "reference-2"), ("6", "reference-6"), ("4", "reference-4"), ("7", None),
    ]  # fmt: skip
    assert lead["place"] == {"section": "step 4", "part": "lead", "ordinal": None, "sentence": None, "text": "step 4, lead"}
    fourth = next(reference for reference in found["references"] if reference["id"] == "reference-4")
    assert {"scheme": "pmid", "value": "17117004", "statedBy": "editor", "confirmed": True} in fourth["identifiers"]
    assert [reference["tier"] for reference in found["references"]][-1] is None
    assert {"id", "text", "statedBy"} <= found["notes"][0].keys()


def test_evidence_of_a_step_gives_the_ratings_and_neither_condition_nor_author():
    found = answer("evidence", SI, "xray-si-joints")
    assert found["kind"] == "step"
    assert not {"condition", "statedBy", "from"} & found.keys()
    (rating,) = found["ratings"]
    assert (rating["score"], rating["scaleMax"], rating["category"]) == (9, 9, "usually appropriate")


def test_evidence_in_text_says_who_added_what_and_which_marker_has_no_entry():
    text = run("evidence", SI, FUSION).stdout
    assert "[7] (no such entry)" in text
    assert "pmid 17117004 (added by editor, confirmed)" in text
    assert "Sacroiliac Joint Pain and Its Treatment. Clinical spine surgery. 2016 (tier not assessed)" in text
    inferred = run("evidence", SI, "xray-si-joints-to-conservative-care").stdout
    assert "Stated by: the modeller, not the source" in inferred


def test_an_unknown_edge_is_refused_with_the_nearest_known():
    assert refused("evidence", SI, "cooled-rfb") == ["error: unknown step or edge 'cooled-rfb': did you mean 'cooled-rfa'?"]
    said = answer("evidence", SI, "cooled-rfb", code=2)
    assert said == {"error": "unknown step or edge 'cooled-rfb': did you mean 'cooled-rfa'?", "findings": []}


# ------------------------------------------------------------------------------------------------------------ export


@pytest.mark.parametrize("to", FORMATS)
def test_export_gives_the_same_graph_in_every_format(to):
    done = run("export", SI, "--to", to)
    assert done.exit_code == 0
    text = done.stdout_bytes.decode("utf-8")
    assert set(read_text(text, "export", to).graph) == set(read(library.find(SI)).graph)
    assert "\r" not in text
    assert "–" in text, "UTF-8, not escapes"


def test_the_formats_offered_are_those_that_can_be_written():
    assert list(ExportFormat) == list(FORMATS)


def test_export_writes_a_file_and_says_nothing(tmp_path):
    file = tmp_path / "g.ttl"
    done = run("export", SI, "--to", "turtle", "--output", str(file))
    assert (done.exit_code, done.output) == (0, "")
    assert file.read_bytes() == run("export", SI, "--to", "turtle", "--output", "-").stdout_bytes


def test_export_where_nothing_can_be_written_is_refused(tmp_path):
    (line,) = refused("export", SI, "--to", "turtle", "--output", str(tmp_path / "no" / "g.ttl"))
    assert line.startswith(f"{tmp_path}/no/g.ttl: error: the file cannot be written: No such file or directory")
    assert "is a folder; name a file in it" in refused("export", SI, "--to", "turtle", "--output", str(tmp_path))[0]
    assert "redirect standard output instead" in refused("export", SI, "--to", "turtle", "--output", "/dev/null")[0]


def test_export_does_not_write_over_the_guideline_itself(tmp_path):
    file = tmp_path / "g.yaml"
    file.write_bytes(Path(SMALL).read_bytes())
    (line,) = refused("export", str(file), "--to", "turtle", "-o", str(file))
    assert "is the guideline itself" in line
    assert file.read_bytes() == Path(SMALL).read_bytes()


# ------------------------------------------------------------------------------------------------------- whatever it is


@pytest.mark.parametrize("name", [SI, SMALL])
def test_every_step_and_edge_of_any_guideline_has_evidence_to_show(name):
    shown = answer("show", name)
    for id in (*shown["ids"]["steps"], *shown["ids"]["transitions"]):
        found, text = answer("evidence", name, id), run("evidence", name, id).stdout
        assert found["id"] == id
        assert f"What is cited: {state_word(found['state'])}" in text.splitlines()
        assert all(statement["id"] in text for statement in found["statements"])
    assert {edge["state"] for edge in shown["edges"]} == {answer("evidence", name, id)["state"] for id in shown["ids"]["transitions"]}


@pytest.fixture
def altered(monkeypatch) -> Callable[..., None]:
    """Let the library hand out a guideline that was altered."""

    def alter(**changes: Any) -> None:
        held = library.load(str(library.find(SI)))
        monkeypatch.setattr(library, "load", lambda _: replace(held, guideline=replace(held.guideline, **changes)))

    return alter


@pytest.mark.parametrize("arguments", [("show", SI), ("walk", SI), ("evidence", SI, "cooled-rfa"), ("show", SI, "--json")])
def test_no_text_of_a_guideline_can_steer_the_terminal(altered, arguments):
    evil = "x\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnirts\r\noverwritten\x85"
    altered(title=evil, disclaimer=evil)
    done = run(*arguments)
    assert done.exit_code == 0
    assert not {character for character in done.output if character in "\x1b\x07\x9b\x85\u202e\r"}
    if "--json" in arguments:
        assert json.loads(done.stdout)["title"] == evil


def test_no_argument_can_steer_the_terminal():
    assert "\x1b" not in refused("evidence", SI, "\x1b[31mx")[0]


def test_a_fault_of_edgewise_itself_is_one_line_and_a_traceback_on_demand_only(monkeypatch):
    def fail(name: str) -> Loaded:
        raise KeyError("lost")

    monkeypatch.setattr(library, "load", fail)
    monkeypatch.delenv("EDGEWISE_DEBUG", raising=False)
    (line,) = refused("show", SI)
    assert line.startswith("error: a fault in Edgewise itself: KeyError: 'lost'; please report it")
    assert answer("show", SI, code=2) == {"error": "a fault in Edgewise itself: KeyError: 'lost'", "findings": []}
    monkeypatch.setenv("EDGEWISE_DEBUG", "1")
    assert "Traceback" in run("show", SI).stderr


def test_an_interrupt_ends_quietly_with_130(monkeypatch):
    def interrupt(name: str) -> Loaded:
        raise KeyboardInterrupt

    monkeypatch.setattr(library, "load", interrupt)
    done = run("show", SI)
    assert (done.exit_code, done.output) == (130, "")


@pytest.mark.parametrize(
    "arguments", [("bogus",), ("show",), ("show", SI, "--bogus"), ("export", SI, "--to", "rdf"), ("explore", "--port", "0")]
)
def test_what_the_command_does_not_understand_ends_with_2_and_points_to_the_help(arguments):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--help" in done.stderr


def test_version_and_help_are_answers():
    assert run("--version").stdout.startswith("edgewise ")
    assert run("--help").exit_code == run("-h").exit_code == 0


def test_only_the_commands_promised_are_there():
    assert list(command.COMMANDS) == [
        "explore", "new", "import", "check", "fmt", "show", "walk", "evidence", "export", "why", "gaps", "diff", "audit", "rule", "schema",
        "article", "resolve", "read", "sign", "impact", "references", "load", "list", "remove", "search", "query",
    ]  # fmt: skip


def test_an_export_never_writes_over_the_cases_beside_the_guideline(tmp_path: Path) -> None:
    for file in library.SHELF.joinpath("sacroiliac-sclerosis").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    before = (tmp_path / "cases.yaml").read_bytes()
    told = refused("export", str(tmp_path), "--to", "handout-svg", "--output", str(tmp_path / "cases.yaml"))
    assert "its cases" in told[0]
    assert (tmp_path / "cases.yaml").read_bytes() == before


def test_cases_that_are_a_link_to_themselves_are_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "guideline.yaml").write_bytes((library.SHELF / "sacroiliac-sclerosis" / "guideline.yaml").read_bytes())
    (tmp_path / "cases.yaml").symlink_to("cases.yaml")
    done = run("check", str(tmp_path))
    assert "fault in Edgewise itself" not in done.output
    assert "cases.yaml" in done.output
