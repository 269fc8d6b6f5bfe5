"""The formats of the audit's report: whatever a guideline says, each stays what it is."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest
from lxml import html

from benchmarks.drafts import draft
from edgewise.citations.audit.engine import Report, Unchecked, examine
from edgewise.citations.audit.reports import csv_text, html_page, json_payload, sarif, summary, text_lines
from edgewise.citations.audit.rules import RULES
from edgewise.citations.audit.settings import Waived
from edgewise.graph.model import Guideline
from edgewise.ontology.findings import Finding
from tests.places import DATA

SUBSET = json.loads((DATA / "audit" / "sarif-subset.json").read_text(encoding="utf-8"))
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> \"' & ü ≥ \x1b[31m\n[x](javascript:1) \ud800"
FOUND = Finding(
    rule="M101",
    message=HOSTILE,
    severity="error",
    subject="urn:g/m7",
    file="my folder/ü#1.yaml",
    line=7,
    repair=HOSTILE,
    related=("urn:g/s1",),
)
BARE = Finding(rule="P407", message="pending", severity="note", file="", line=0)
REPORT = Report((FOUND, BARE), (Waived(FOUND, HOSTILE, "w"),), (Unchecked(("P401",), HOSTILE),), ("M101", "P407"))
GUIDELINE = Guideline("g", "urn:g", HOSTILE, HOSTILE, HOSTILE, "2026-01-01", "pending", HOSTILE, "education", HOSTILE)


def real() -> Report:
    one = draft("sacroiliac-sclerosis")
    return examine(one.audited(frozenset(["ledger"])))


def test_text_is_grouped_by_family_with_place_repair_and_a_summary_at_the_end():
    lines = text_lines(real())
    assert [line for line in lines if line in ("Markers", "References", "Statements", "Review and sign-off", "Waived", "Not checked")] == [
        "Markers", "References", "Statements", "Review and sign-off", "Not checked",
    ]  # fmt: skip
    assert lines[1].startswith("sacroiliac-sclerosis.json:")
    assert lines[1].endswith("[M101 orphan-marker]")
    assert lines[2].startswith("    repair: ")
    assert lines[-1] == summary(real()) == "3 errors, 18 warnings, 5 notes"


def test_text_shows_what_was_waived_with_its_reason():
    assert f"    reason: {HOSTILE}" in text_lines(REPORT)
    assert summary(REPORT) == "1 error, 1 note, 1 waived"


def test_json_holds_every_finding_and_what_was_not_checked():
    data = json.loads(json.dumps(json_payload(REPORT)))
    assert [one["rule"] for one in data["findings"]] == ["M101", "P407"]
    assert data["findings"][0]["name"] == "orphan-marker"
    assert data["waived"][0]["reason"] == HOSTILE
    assert data["unchecked"] == [{"rules": ["P401"], "why": HOSTILE}]
    assert data["summary"] == {"error": 1, "warning": 0, "note": 1}


def test_csv_comes_back_as_it_was_and_no_cell_is_a_formula():
    rows = list(csv.DictReader(io.StringIO(csv_text(REPORT), newline="")))
    assert [row["rule"] for row in rows] == ["M101", "P407", "M101"]
    assert rows[0]["message"] == f"'{HOSTILE}"
    assert rows[2]["waived"] == f"'{HOSTILE}"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("report", [REPORT, Report(())], ids=["hostile", "empty"])
def test_sarif_fits_its_schema(report):
    jsonschema.validate(sarif(report, "0.1.0"), SUBSET)


def test_sarif_of_the_first_guideline_fits_its_schema_and_points_to_its_rules():
    log = sarif(real())
    jsonschema.validate(log, SUBSET)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in RULES]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(result["locations"] for result in run["results"])


def test_sarif_marks_what_was_waived_as_suppressed_and_has_uris_for_paths():
    results = sarif(REPORT)["runs"][0]["results"]
    assert [bool(result.get("suppressions")) for result in results] == [False, False, True]
    assert results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "my%20folder/%C3%BC%231.yaml"
    assert results[1]["locations"] == []


def test_the_page_shows_hostile_text_as_text_and_loads_nothing():
    page = html_page(REPORT, GUIDELINE)
    tree = html.document_fromstring(page.encode("utf-8", "replace").decode("utf-8"))
    assert not tree.xpath("//script|//img|//link|//iframe|//object|//form|//@src|//@onclick|//@style")
    assert set(tree.xpath("//@href")) == set(tree.xpath("//a/@href")) == {"#M101", "#P407"}, "it leads nowhere but to its own rules"
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert any("<script>alert(1)</script>" in text for text in tree.xpath("//article/p/text()"))
    assert [heading.text for heading in tree.xpath("//h2")] == [
        "Markers",
        "Review and sign-off",
        "Waived",
        "Not checked",
        "The rules behind it",
    ]


def test_the_same_report_gives_the_same_bytes():
    first, second = real(), real()
    assert html_page(first, GUIDELINE) == html_page(second, GUIDELINE)
    assert csv_text(first) == csv_text(second)
    assert sarif(first) == sarif(second)
