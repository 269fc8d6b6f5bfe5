"""`edgewise references`: the list out in four formats, other programs' lists in, and what did not fit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import bibtexparser
import pytest
import rispy

from edgewise.citations.formats.files import read
from edgewise.explorer.cli.intake import load
from edgewise.graph import library
from edgewise.graph.model import Addition
from tests.explorer.calls import SI, SMALL, answer, refused, run

ENDINGS = {"csl": ".json", "ris": ".ris", "bibtex": ".bib"}


@pytest.mark.parametrize("to", ENDINGS)
@pytest.mark.parametrize("name", [SI, SMALL])
def test_what_is_written_reads_back_as_the_same_references(tmp_path, name, to):
    file = tmp_path / f"list{ENDINGS[to]}"
    assert run("references", name, "--to", to, "--output", str(file)).stdout == ""
    assert read(file).references == tuple(load(name).guideline.references.values())
    shown = answer("references", "--from", str(file))
    assert [reference["id"] for reference in shown["references"]] == list(load(name).guideline.references)
    assert (shown["leftOut"], shown["findings"]) == ([], [])


def test_other_programs_read_it_too():
    assert [item["title"] for item in json.loads(run("references", SI, "--to", "csl").stdout)][3].startswith("Sacroiliac joint pain")
    assert rispy.loads(run("references", SI, "--to", "ris").stdout)[3]["doi"] == "10.1097/01.phm.0000247633.68694.c1"
    assert len(bibtexparser.parse_string(run("references", SI, "--to", "bibtex").stdout).entries) == 6


def test_vancouver_is_numbered_as_the_list_is():
    lines = run("references", SI, "--to", "vancouver").stdout.splitlines()
    assert len(lines) == 6
    assert lines[3].startswith("4. Foley BS, Buschbacher RM. Sacroiliac joint pain: ")
    assert lines[3].endswith(" 2006;85(12):997–1006.")


def test_for_programs_the_text_comes_with_its_format_and_what_was_left_out():
    told = answer("references", SI, "--to", "ris")
    assert (told["format"], told["leftOut"]) == ("ris", [])
    assert told["text"] == run("references", SI, "--to", "ris").stdout


def test_what_the_format_cannot_hold_is_named_beside_the_list(monkeypatch):
    held = library.load(str(library.find(SI)))
    odd = replace(held.guideline.references["reference-6"], additions=(Addition("pages", "1\n2", "editor", False),))
    guideline = replace(held.guideline, references={**held.guideline.references, "reference-6": odd})
    monkeypatch.setattr(library, "load", lambda _: replace(held, guideline=guideline))
    done = run("references", SI, "--to", "csl")
    assert done.exit_code == 0
    assert "note: reference-6, pages: line breaks" in done.stderr
    assert answer("references", SI, "--to", "csl")["leftOut"][0]["field"] == "pages"


@pytest.fixture
def foreign(tmp_path) -> str:
    file = tmp_path / "list.ris"
    whole = "TY  - JOUR\nTI  - A trial\nAU  - Lee, Ann\nPY  - 2006\nVL  - 3\nN2  - An abstract\nER  - \n"
    file.write_text(f"{whole}TY  - JOUR\nTI  - Without a year\nER  - \n", encoding="utf-8")
    return str(file)


def test_a_foreign_list_is_shown_as_it_would_be_held_with_what_was_left_out_and_what_is_wrong(foreign):
    told = answer("references", "--from", foreign, code=1)
    one, undated = told["references"]
    assert (undated["title"], undated["year"]) == ("Without a year", None)
    assert (one["title"], one["year"], one["position"], one["tier"]) == ("A trial", 2006, 1, None)
    assert {"field": "volume", "value": "3", "statedBy": "editor", "confirmed": False} in one["additions"]
    assert [(out["value"], out["why"]) for out in told["leftOut"]] == [("An abstract", "a reference has no place for it")]
    assert [(finding["rule"], finding["line"]) for finding in told["findings"]] == [("missing-year", 8)]


def test_the_same_in_text(foreign):
    done = run("references", "--from", foreign)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == "2 references, 1 value left out, 1 finding"
    assert "     volume 3 (added by editor, not confirmed)" in done.stdout
    assert f"{foreign}:8: warning: the reference " in done.stdout


def test_reading_and_writing_never_write_over_what_is_read(foreign, tmp_path):
    before = Path(foreign).read_bytes()
    assert "is what this command reads" in run("references", "--from", foreign, "-o", foreign).stderr
    assert Path(foreign).read_bytes() == before
    guideline = tmp_path / "g.yaml"
    guideline.write_bytes(Path(SMALL).read_bytes())
    assert "is the guideline itself" in refused("references", str(guideline), "--to", "ris", "-o", str(guideline))[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name either a guideline and a format"),
        ([SI], "name the format to write: --to csl, ris, bibtex, vancouver"),
        ([SI, "--from", "list.ris"], "name either a guideline and a format"),
        (["--from", "list.ris", "--to", "ris"], "--to writes a guideline's references, --from reads a file"),
        (["--from", "nowhere.ris"], "nowhere.ris: error: the file cannot be read: No such file or directory"),
        (["--from", "list.docx"], "unknown file ending '.docx'"),
        (["--from", "a\0.ris"], "no file has such a name"),
        (["--from", ""], "unknown file ending ''"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(arguments, words):
    assert words in refused("references", *arguments)[0]


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "list.bib"
    file.write_bytes(b"\xff\xfe\x00")
    assert f"{file}: error: the file is not UTF-8 text" in refused("references", "--from", str(file))[0]
    assert answer("references", "--from", str(file), code=2)["findings"][0]["rule"] == "unreadable-file"


def test_neither_a_foreign_list_nor_a_guideline_can_steer_the_terminal(tmp_path):
    file = tmp_path / "list.json"
    evil = "x\x1b]0;owned\x07\u202ey"
    file.write_text(json.dumps([{"id": "a", "title": evil, "issued": {"date-parts": [[2001]]}, "keyword": evil}]), encoding="utf-8")
    for options in ((), ("--json",)):
        assert not set(run("references", "--from", str(file), *options).output) & set("\x1b\x07\u202e")


def test_on_a_terminal_even_what_programs_read_is_harmless(monkeypatch, capsys):
    from edgewise.explorer.cli.delivery import deliver

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    deliver("TI  - x\x1b[2J\nER  -\n", None)
    assert capsys.readouterr().out == "TI  - x\\x1b[2J\nER  -\n"
