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


def test_a_list_is_turned_into_another_format_and_what_that_cannot_hold_is_named(foreign):
    done = run("references", "--from", foreign, "--to", "bibtex")
    assert done.exit_code == 1, "the list has a reference without a year"
    assert " title = {A trial},\n volume = {3},\n year = {2006}\n" in done.stdout
    assert "edgewise" not in done.stdout, "a list of others gets no notes of ours"
    assert f"{foreign}:8: warning: the reference 'reference-2' has no year" in done.stderr
    assert "note: reference-1, notes_abstract: a reference has no place for it ('An abstract')" in done.stderr
    told = answer("references", "--from", foreign, "--to", "bibtex", code=1)
    assert (told["format"], told["text"]) == ("bibtex", done.stdout)
    assert [(one["field"], one["value"]) for one in told["leftOut"]] == [("notes_abstract", "An abstract")]
    assert [one["rule"] for one in told["findings"]] == ["missing-year"]


def test_the_endings_of_two_files_tell_the_formats(foreign, tmp_path):
    for ending in (".json", ".bib", ".ris"):
        done = run("references", "--from", foreign, "--to", str(tmp_path / f"to{ending}"))
        assert (done.exit_code, done.stdout) == (1, "")
        assert [one.title for one in read(tmp_path / f"to{ending}").references] == ["A trial", "Without a year"]
    assert run("references", "--from", foreign, "--to", str(tmp_path / "to.txt")).exit_code == 1
    assert (tmp_path / "to.txt").read_text(encoding="utf-8").splitlines()[0].startswith("1. Lee A. A trial. 2006")
    assert "is what this command reads" in run("references", "--from", foreign, "--to", foreign).stderr


def test_a_list_is_read_as_what_it_is_said_to_be(foreign, tmp_path):
    other = tmp_path / "export.txt"
    other.write_bytes(Path(foreign).read_bytes())
    for more in ((), ("--read-as", "ris")):
        told = run("references", "--from", str(other), *more, "--to", "csl").stdout
        assert [one["title"] for one in json.loads(told)] == ["A trial", "Without a year"]
    other.write_text("On rest", encoding="utf-8")
    assert "no list of references" in refused("references", "--from", str(other), "--to", "csl")[0]


@pytest.mark.parametrize("to", ENDINGS)
def test_a_list_of_our_own_keeps_who_stated_what_on_its_way(tmp_path, to):
    ours = tmp_path / "ours.ris"
    run("references", SI, "--to", str(ours))
    turned = tmp_path / f"turned{ENDINGS[to]}"
    assert run("references", "--from", str(ours), "--to", str(turned)).output == ""
    assert read(turned).references == tuple(load(SI).guideline.references.values())


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
        (["--from", "list.ris", "--to", "docx"], "'docx' is no format that is written: name csl, ris, bibtex, vancouver, or a file"),
        (["--from", "list.ris", "--to", "a.bib", "-o", "b.bib"], "--to names a file, and --output another"),
        (["--from", "list.ris", "--to", "a\0.exe"], "is no format that is written"),
        (["--from", "nowhere.ris", "--to", "ris"], "nowhere.ris: error: the file cannot be read: No such file or directory"),
        (["--from", "list.ris", "--read-as", "risk"], "unknown reference format 'risk'"),
        ([SI, "--to", "ris", "--read-as", "ris"], "--read-as says how a list is read"),
        ([SI, "--to", "ris", "--encoding", "utf-8"], "--encoding says how a list is read"),
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
    assert f"{file}:1: error: byte 3 (0x00) is not UTF-16 text" in refused("references", "--from", str(file))[0]
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
