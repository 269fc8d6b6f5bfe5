"""`edgewise sign`: verdicts in the ledger, what it says about each citation now, and its way out, in and into the exports."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import URIRef

from edgewise.citations.ledger.entries import VERDICTS
from edgewise.citations.ledger.triples import OA
from edgewise.explorer.cli.sign import VerdictName
from edgewise.explorer.shell.user_files import answers_folder, default_ledger
from edgewise.graph.reading.read import read_text
from edgewise.graph.writing.export import FORMATS
from tests.explorer.calls import SI, SMALL, answer, refused, run
from tests.places import ROOT

FIRST, SECOND, BROKEN = "s1/citations/1", "s1/citations/2", "s24/citations/4"
ANN, BEA = ("--name", "Ann Lee"), ("--name", "Bea Kim")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user of one's own, who has signed nothing yet."""
    monkeypatch.delenv("EDGEWISE_LEDGER", raising=False)
    for name, folder in (("HOME", "."), ("XDG_DATA_HOME", "data"), ("LOCALAPPDATA", "data")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    return tmp_path


def status(*more: str) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in answer("sign", SI, "--status", *more)["citations"]}


def edited(folder: Path, old: str, new: str) -> str:
    """The small guideline with one text of it altered."""
    text = Path(SMALL).read_text("utf-8")
    assert text.count(old) == 1
    file = folder / f"edited-{len(list(folder.iterdir()))}.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return str(file)


# ----------------------------------------------------------------------------------------------------------- verdicts


def test_a_sign_off_is_acknowledged_with_who_what_when_and_where(home):
    done = run("sign", SI, FIRST, "supported", *ANN, "--note", "Table 2")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{FIRST}: signed as supported by Ann Lee, 20")
    assert done.stdout.endswith(f"entry 1, in {default_ledger()}\n")
    assert done.stderr == f"A new ledger was started: {default_ledger()}\n"
    assert default_ledger().is_relative_to(home)


def test_what_was_signed_shows_in_the_status_and_the_rest_is_unsigned():
    run("sign", SI, FIRST, "partly", *ANN, "--note", "Table 2")
    told = answer("sign", SI, "--status")
    assert told["progress"] == {"signed": 1, "stale": 0, "withdrawn": 0, "unsigned": 44, "total": 45}
    one = told["citations"][0]
    assert (one["id"], one["state"], one["verdict"], one["marker"], one["reference"]) == (FIRST, "signed", "partly", "1", "reference-1")
    assert [(held["name"], held["note"]) for held in one["fitting"]] == [("Ann Lee", "Table 2")]
    report = run("sign", SI, "--status").stdout
    assert "1 of 45 citations signed, 0 stale, 0 withdrawn, 44 unsigned" in report
    assert "    partly (Ann Lee, 20" in report


def test_signing_again_takes_the_place_of_ones_own_verdict_and_leaves_that_of_others():
    run("sign", SI, FIRST, "supported", *ANN)
    run("sign", SI, FIRST, "supported", *BEA)
    again = run("sign", SI, FIRST, "not-supported", *ANN)
    assert "It takes the place of an earlier verdict of the same editor." in again.stdout
    one = status()[FIRST]
    assert (one["verdict"], one["disputed"]) == ("not-supported", True)
    assert f"  {FIRST} [1] (reference-1): signed (editors disagree)" in run("sign", SI, "--status").stdout.splitlines()


def test_a_verdict_can_be_taken_back_and_the_entry_stays():
    run("sign", SI, FIRST, "supported", *ANN)
    assert f"{FIRST}: withdrawn by Ann Lee" in run("sign", SI, "--withdraw", FIRST, *ANN).stdout
    assert status()[FIRST]["state"] == "withdrawn"
    assert answer("sign", SI, "--verify")["entries"] == 2


def test_another_ones_verdict_is_taken_back_by_naming_whose():
    run("sign", SI, FIRST, "supported", *ANN)
    assert "verdicts stand by Ann Lee" in refused("sign", SI, "--withdraw", FIRST, *BEA)[0]
    assert answer("sign", SI, "--withdraw", FIRST, *BEA, "--editor", "Ann Lee")["entry"]["name"] == "Bea Kim"
    assert status()[FIRST]["state"] == "withdrawn"


def test_a_verdict_expires_when_the_statement_changes_and_says_so(home):
    small = answer("show", SMALL)["ids"]["citations"][0]
    run("sign", SMALL, small, "supported", *ANN)
    changed = edited(home, "title: Boots for ankles", "title: Boots for all ankles")
    one = next(one for one in answer("sign", changed, "--status")["citations"] if one["id"] == small)
    assert (one["state"], one["changed"], one["verdict"]) == ("stale", ["reference"], None)
    assert "    changed since: reference" in run("sign", changed, "--status").stdout.splitlines()


def test_a_sign_off_of_a_citation_that_is_no_more_is_told(home):
    citation = answer("show", SMALL)["ids"]["citations"][0]
    run("sign", SMALL, citation, "supported", *ANN)
    file = home / "renamed.yaml"
    statement = citation.partition("/")[0]
    file.write_text(re.sub(rf"(?<![\w-]){statement}(?![\w-])", "renamed", Path(SMALL).read_text("utf-8")), encoding="utf-8")
    assert [one["citation"] for one in answer("sign", str(file), "--status")["orphans"]] == [citation]
    assert "Signed, but no longer in the guideline" in run("sign", str(file), "--status").stdout


# ----------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "say what to do: one of CITATION VERDICT, --withdraw, --status"),
        ([FIRST], "say what the verdict on s1/citations/1 is: supported, partly"),
        ([FIRST, "supported"], "say who signs, with --name"),
        (["--withdraw", FIRST], "say who withdraws, with --name"),
        ([FIRST, "supported", *ANN, "--status"], "cannot be done at once"),
        (["--status", "--verify"], "--status and --verify cannot be done at once"),
        (["--status", *ANN], "--name says nothing about --status"),
        (["--status", "--head", "x"], "--head says nothing about --status"),
        ([FIRST, "supported", *ANN, "--editor", "Bea"], "--editor says nothing about CITATION VERDICT"),
        (["s1/citations/9", "supported", *ANN], "unknown citation 's1/citations/9': did you mean"),
        ([FIRST, "supported", "--name", " "], "the name is empty; say who signs"),
        ([FIRST, "supported", "--name", "Ann\x1b[31m"], "the name holds control characters"),
        ([FIRST, "supported", *ANN, "--note", "x" * 10_001], "the note is longer than 10,000 characters"),
        (["--withdraw", FIRST, *ANN], "nothing was signed yet in"),
        (["--verify"], "nothing was signed yet in"),
        (["--export", "-"], "nothing was signed yet in"),
        (["--status", "--ledger", "nowhere.sqlite"], "there is no such ledger; sign a citation to start one, or correct the path"),
        (["--status", "--ledger", "mysql://u:secret@h/d"], "a ledger cannot be kept at a mysql:// address"),
        ([FIRST, "supported", *ANN, "--ledger", "no/such/folder.db"], "the folder of this ledger does not exist"),
        (["--import", "nowhere.jsonl"], "nowhere.jsonl cannot be read: No such file or directory; check the path"),
        (["--import", "a\0b"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words_and_starts_no_ledger(arguments, words):
    (line, *_) = refused("sign", SI, *arguments)
    assert words in line
    assert "secret" not in line
    assert "\x1b" not in line
    assert not default_ledger().exists()


def test_a_marker_that_points_nowhere_cannot_be_supported_and_can_be_signed_otherwise():
    assert "marker 7 points to no entry" in run("sign", SI, BROKEN, "supported", *ANN).stderr
    assert status()[BROKEN]["state"] == "unsigned"
    assert run("sign", SI, BROKEN, "wrong-reference", *ANN).exit_code == 0
    assert status()[BROKEN]["reference"] is None


def test_a_verdict_that_is_none_is_a_mistake_of_usage():
    done = run("sign", SI, FIRST, "perhaps", *ANN)
    assert (done.exit_code, done.stdout) == (2, "")


def test_a_refusal_for_programs_is_json():
    told = answer("sign", SI, FIRST, "supported", "--name", "", code=2)
    assert told["findings"][0]["rule"] == "ledger-name"


def test_what_is_no_ledger_is_left_alone(home):
    other = home / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    notes = home / "notes.txt"
    notes.write_text("none")
    assert "this database holds no ledger" in refused("sign", SI, "--status", "--ledger", str(other))[0]
    assert "the file is no SQLite database" in refused("sign", SI, FIRST, "supported", *ANN, "--ledger", str(notes))[0]
    assert notes.read_text() == "none"


# -------------------------------------------------------------------------------------------------- where, out and in


def test_the_ledger_is_the_one_named_else_that_of_the_environment_else_the_users_own(home, monkeypatch):
    monkeypatch.setenv("EDGEWISE_LEDGER", str(home / "of-all.db"))
    run("sign", SI, FIRST, "supported", *ANN, "--ledger", f"sqlite:///{home}/named.db")
    assert [(home / name).exists() for name in ("named.db", "of-all.db")] == [True, False]
    run("sign", SI, FIRST, "supported", *ANN)
    assert (home / "of-all.db").exists()
    assert not default_ledger().exists()


def test_own_files_lie_where_the_system_keeps_such_files(monkeypatch):
    for name, value in (("HOME", "/h"), ("EDGEWISE_CACHE", "/c")):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("platformdirs.windows.get_win_folder", {"CSIDL_LOCAL_APPDATA": "/l"}.get)  # Windows alone can be asked
    monkeypatch.delenv("XDG_DATA_HOME")
    assert default_ledger("darwin").as_posix() == "/h/Library/Application Support/edgewise/ledger.sqlite"
    assert default_ledger("win32").as_posix() == "/l/edgewise/ledger.sqlite"
    monkeypatch.setenv("XDG_DATA_HOME", "here")
    assert default_ledger("linux").as_posix() == "/h/.local/share/edgewise/ledger.sqlite"
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_ledger("linux").as_posix() == "/data/edgewise/ledger.sqlite"
    assert answers_folder("linux").as_posix() == "/c"
    monkeypatch.delenv("EDGEWISE_CACHE")
    assert answers_folder("linux").as_posix() == "/h/.cache/edgewise/registries"


def test_without_a_home_the_ledger_must_be_named(monkeypatch, home):
    def nowhere() -> Path:
        raise RuntimeError

    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setattr(Path, "home", nowhere)
    assert "no home folder is known to keep files in; set HOME, or name places in EDGEWISE_LEDGER" in refused("sign", SI, "--status")[0]
    assert run("sign", SI, FIRST, "supported", *ANN, "--ledger", str(home / "named.db")).exit_code == 0


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_the_folder_of_ones_own_ledger_is_for_oneself():
    run("sign", SI, FIRST, "supported", *ANN)
    assert default_ledger().parent.stat().st_mode & 0o077 == 0


def test_a_ledger_goes_out_and_in_whole_and_twice_is_once(home):
    run("sign", SI, FIRST, "supported", *ANN)
    run("sign", SMALL, answer("show", SMALL)["ids"]["citations"][0], "partly", *BEA)
    file, other = home / "signed.jsonl", str(home / "other.db")
    assert f"{file}: 2 entries of" in run("sign", SI, "--export", str(file)).stdout
    assert run("sign", SI, "--export", "-").stdout == file.read_text("utf-8")
    assert answer("sign", SI, "--import", str(file), "--ledger", other)["added"] == 2
    assert "0 entries added" in run("sign", SI, "--import", "-", "--ledger", other, given=file.read_text("utf-8")).stdout
    assert status("--ledger", other)[FIRST]["state"] == "signed"
    assert answer("sign", SI, "--verify")["head"] == answer("sign", SI, "--verify", "--ledger", other)["head"]


def test_an_export_that_was_tampered_with_is_refused_with_its_line_and_starts_no_ledger(home):
    run("sign", SI, FIRST, "not-supported", *ANN)
    file, other = home / "signed.jsonl", home / "other.db"
    run("sign", SI, "--export", str(file))
    file.write_text(file.read_text("utf-8").replace("not-supported", "supported"), encoding="utf-8")
    lines = refused("sign", SI, "--import", str(file), "--ledger", str(other))
    assert lines[0].startswith(f"{file}:1: error: entry 1 was altered")
    assert not other.exists()


def test_an_export_does_not_write_over_the_ledger(home):
    run("sign", SI, FIRST, "supported", *ANN)
    assert "is what this command reads" in refused("sign", SI, "--export", str(default_ledger()))[0]
    assert answer("sign", SI, "--verify")["findings"] == []


def test_a_sound_ledger_verifies_and_one_that_was_tampered_with_does_not():
    run("sign", SI, FIRST, "supported", *ANN)
    head = answer("sign", SI, "--verify")["head"]
    run("sign", SI, SECOND, "supported", *ANN)
    assert "2 entries, nothing was altered" in run("sign", SI, "--verify", "--head", head).stdout
    assert answer("sign", SI, "--verify", "--head", "sha256:" + "1" * 64, code=1)["findings"][0]["rule"] == "ledger-cut"
    with sqlite3.connect(default_ledger()) as connection:
        for (guard,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{guard}"')
        connection.execute("UPDATE edgewise_ledger SET verdict = 'partly' WHERE seq = 1")
    done = run("sign", SI, "--verify")
    assert done.exit_code == 1
    assert "entry 1 was altered" in done.stdout
    assert "NOT SOUND" in done.stdout


def test_a_note_cannot_steer_the_terminal():
    run("sign", SI, FIRST, "supported", *ANN, "--note", "see\u202eelbat")
    for options in (("--status",), ("--status", "--json")):
        assert "\u202e" not in run("sign", SI, *options).output


def test_two_processes_sign_beside_each_other_and_neither_is_lost(home):
    where = str(home / "shared.db")
    run("sign", SI, SECOND, "supported", *ANN, "--ledger", where)
    command = [sys.executable, "-m", "edgewise", "sign", SI, FIRST, "supported", "--ledger", where, "--name"]
    running = [subprocess.Popen([*command, name], cwd=ROOT, stdout=subprocess.DEVNULL) for name in ("Ann", "Bea")]
    assert [one.wait(120) for one in running] == [0, 0]
    told = answer("sign", SI, "--verify", "--ledger", where)
    assert (told["entries"], told["findings"]) == (3, [])


def test_the_verdicts_offered_are_those_there_are():
    assert tuple(VerdictName) == VERDICTS


# -------------------------------------------------------------------------------------------------------- in exports


@pytest.mark.parametrize("to", FORMATS)
def test_sign_offs_join_the_exports_as_annotations_and_the_guideline_stays_whole(home, to):
    where = str(home / "signed.db")
    run("sign", SI, FIRST, "partly", *ANN, "--ledger", where)
    plain = set(read_text(run("export", SI, "--to", to).stdout, "g", to).graph)
    joined = read_text(run("export", SI, "--to", to, "--ledger", where).stdout, "g", to).graph
    assert plain < set(joined)
    assert [str(target).rpartition("sclerosis/")[2] for target in joined.objects(None, OA.hasTarget)] == [FIRST]
    assert URIRef("https://w3id.org/edgewise/code/verdict/partly") in joined.objects(None, OA.hasBody)
    assert set(read_text(run("export", SI, "--to", to).stdout, "g", to).graph) == plain, "the guideline in memory was not altered"


def test_an_export_with_sign_offs_is_still_a_guideline_that_can_be_checked(home):
    where, file = str(home / "signed.db"), home / "g.ttl"
    run("sign", SI, FIRST, "partly", *ANN, "--ledger", where)
    run("sign", SI, "--withdraw", FIRST, *ANN, "--ledger", where)
    run("export", SI, "--to", "turtle", "--ledger", where, "-o", str(file))
    assert answer("check", str(file)) == {"findings": []}


def test_an_export_writes_neither_over_the_ledger_nor_with_one_that_is_not_there(home):
    where = str(home / "signed.db")
    run("sign", SI, FIRST, "partly", *ANN, "--ledger", where)
    assert "is what this command reads" in refused("export", SI, "--to", "turtle", "--ledger", where, "-o", where)[0]
    assert "there is no such ledger" in refused("export", SI, "--to", "turtle", "--ledger", str(home / "none.db"))[0]


def test_json_of_a_sign_off_is_the_entry_as_it_is_exported():
    entry = answer("sign", SI, FIRST, "supported", *ANN)["entry"]
    assert json.loads(run("sign", SI, "--export", "-").stdout) == entry
