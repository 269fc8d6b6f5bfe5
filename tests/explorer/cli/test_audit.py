"""`edgewise audit` and `edgewise rule`."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from edgewise.citations.audit.rules import RULES
from edgewise.citations.ledger.signoffs import sign
from edgewise.citations.ledger.store import open_ledger
from edgewise.graph.library import load
from tests.explorer.calls import DATA, SI, answer, refused, run

THUMB, ARTICLE = str(DATA / "audit" / "thumb.yaml"), str(DATA / "audit" / "thumb.txt")


def test_a_clean_guideline_with_its_article_is_clean():
    done = run("audit", THUMB, "--article", ARTICLE)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "nothing found"
    assert "no ledger was given" in done.stdout


def test_an_article_beside_the_guideline_is_read_without_being_named(tmp_path):
    (tmp_path / "guideline.yaml").write_text(Path(THUMB).read_text("utf-8"), "utf-8")
    assert "the article's text was not given" in run("audit", str(tmp_path)).stdout
    (tmp_path / "article.txt").write_text(Path(ARTICLE).read_text("utf-8").replace("thumb", "finger"), "utf-8")
    done = run("audit", str(tmp_path))
    assert "the article's text was not given" not in done.stdout
    assert "P405 drifted-article" in done.stdout
    assert "P405" not in run("audit", str(tmp_path), "--article", ARTICLE).stdout, "the one that is named goes before"


def test_an_article_beside_the_guideline_that_cannot_be_read_is_said_so(tmp_path):
    (tmp_path / "guideline.yaml").write_text(Path(THUMB).read_text("utf-8"), "utf-8")
    (tmp_path / "article.docx").write_bytes(b"PK broken")
    assert "article.docx" in refused("audit", str(tmp_path))[0]


def test_findings_fail_the_audit_and_stand_with_file_and_line():
    done = run("audit", SI)
    assert done.exit_code == 1
    assert "guidelines/sacroiliac-sclerosis/guideline.yaml:880: error: the list has 6 entries" in done.stdout


def test_notes_alone_do_not_fail(tmp_path):
    text = Path(THUMB).read_text("utf-8").replace("reviewStatus: approved", "reviewStatus: pending")
    (tmp_path / "guideline.yaml").write_text(text, "utf-8")
    done = run("audit", str(tmp_path))
    assert done.exit_code == 0
    assert "1 note" in done.stdout


def test_json_is_one_object_whichever_way_it_is_asked_for():
    data = answer("audit", SI, code=1)
    assert {one["rule"] for one in data["findings"]} > {"M101", "S301"}
    assert json.loads(run("audit", SI, "--format", "json").stdout) == data


@pytest.mark.parametrize("format", ["text", "json", "sarif", "csv", "html"])
def test_a_file_holds_what_standard_output_would(tmp_path, format):
    shown = run("audit", SI, "--format", format)
    written = run("audit", SI, "--format", format, "--output", str(tmp_path / "out"))
    assert (tmp_path / "out").read_bytes().replace(b"\r\n", b"\n") == shown.stdout_bytes.replace(b"\r\n", b"\n")
    assert written.exit_code == 1
    assert written.stdout.startswith(str(tmp_path / "out"))


def test_sarif_and_page_are_what_they_say():
    subset = json.loads((DATA / "audit" / "sarif-subset.json").read_text("utf-8"))
    jsonschema.validate(json.loads(run("audit", SI, "--format", "sarif").stdout), subset)
    assert html.document_fromstring(run("audit", SI, "--format", "html").stdout).xpath("//h1")


def test_a_ledger_tells_what_is_signed(tmp_path):
    guideline = load(THUMB).guideline
    ledger = open_ledger(tmp_path / "signed.db", create=True)
    sign(ledger, guideline, "s1/citations/1", "not-supported", "Ann Lee", "It speaks of toes.")
    data = answer("audit", THUMB, "--ledger", str(tmp_path / "signed.db"), code=1)
    assert [(one["rule"], one["severity"]) for one in data["findings"]] == [("P401", "note"), ("P403", "error")]
    assert "21 of 22 citations are not signed off" in data["findings"][0]["message"]


def test_settings_beside_the_guideline_are_obeyed(tmp_path):
    (tmp_path / "guideline.yaml").write_text(
        Path(THUMB).read_text("utf-8").replace("reviewStatus: approved", "reviewStatus: pending"), "utf-8"
    )
    (tmp_path / "pyproject.toml").write_text('[tool.edgewise.audit]\nseverity = { P407 = "error" }\n', "utf-8")
    assert run("audit", str(tmp_path)).exit_code == 1
    (tmp_path / "pyproject.toml").write_text('[tool.edgewise.audit]\nseverity = { P470 = "error" }\n', "utf-8")
    assert "unknown rule 'P470'" in refused("audit", str(tmp_path))[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["audit", "nobody"], "unknown guideline 'nobody'"),
        (["audit", THUMB, "--article", "nowhere.txt"], "nowhere.txt: error: there is no such file"),
        (["audit", THUMB, "--ledger", "nowhere.db"], "nowhere.db"),
        (["audit", THUMB, "--format", "html", "--output", THUMB], "is the guideline itself"),
        (["audit", THUMB, "--article", ARTICLE, "--output", ARTICLE], "is what this command reads"),
        (["rule", "M999"], "unknown rule 'M999'"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_line(arguments, words):
    assert words in refused(*arguments)[0]


def test_rules_are_listed_and_explained():
    assert len(run("rule").stdout.splitlines()) == len(RULES)
    told = run("rule", "orphan-marker").stdout
    assert told.startswith("M101 orphan-marker (error; markers)")
    assert "Why it matters:" in told
    assert "How to fix:" in told
    assert "docs/rules/M101.md" in told
    assert 'Off, in pyproject.toml under [tool.edgewise.audit]:\n    severity = { M101 = "off" }\n' in told
    assert answer("rule", "M107")["rules"][0]["needs"] == ["article"]
