"""A report of the audit as text, data, CSV, SARIF and a page: pure functions of the report, the same every time."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from edgewise.citations.audit.engine import Report, Unchecked
from edgewise.citations.audit.report_html import html_page
from edgewise.citations.audit.rule_pages import TITLES
from edgewise.citations.audit.rules import find_rule
from edgewise.citations.audit.sarif import sarif
from edgewise.citations.audit.spreadsheet import defused
from edgewise.ontology.findings import Finding

__all__ = ["csv_text", "html_page", "json_payload", "sarif", "summary", "text_lines"]

_COLUMNS = ("rule", "name", "severity", "file", "line", "subject", "message", "repair", "related", "waived")


def text_lines(report: Report) -> list[str]:
    r"""The report for a terminal: grouped by family, each finding with its place and repair, then what was waived and not checked.

    >>> found = Finding(rule="M101", message="marker 7 points to no entry", file="g.yaml", line=7, repair="find the entry")
    >>> print(*text_lines(Report((found,))), sep="\n")
    Markers
    g.yaml:7: error: marker 7 points to no entry [M101 orphan-marker]
        repair: find the entry
    <BLANKLINE>
    1 error
    """
    lines: list[str] = []
    for family, group in groupby(report.findings, key=lambda finding: find_rule(finding.rule).family):
        lines += [TITLES[family], *(line for finding in group for line in _finding_lines(finding)), ""]
    if report.waived:
        lines.append("Waived")
        for finding, reason, _ in report.waived:
            lines += [f"{_place(finding)}{finding.message} [{_rule(finding)}]", f"    reason: {reason}"]
        lines.append("")
    if report.unchecked:
        lines += ["Not checked", *map(_unchecked_line, report.unchecked), ""]
    return [*lines, summary(report)]


def summary(report: Report) -> str:
    """How many findings of each severity stand, and how many were waived.

    >>> summary(Report(()))
    'nothing found'
    """
    counts = Counter(finding.severity for finding in report.findings)
    told = [f"{counts[level]} {level}{'' if counts[level] == 1 else 's'}" for level in ("error", "warning", "note") if counts[level]]
    if report.waived:
        told.append(f"{len(report.waived)} waived")
    return ", ".join(told) or "nothing found"


def _finding_lines(finding: Finding) -> Iterator[str]:
    yield f"{_place(finding)}{finding.severity}: {finding.message} [{_rule(finding)}]"
    if finding.repair:
        yield f"    repair: {finding.repair}"


def _place(finding: Finding) -> str:
    return f"{finding.file}:{finding.line}: " if finding.line else f"{finding.file}: " if finding.file else ""


def _rule(finding: Finding) -> str:
    return f"{finding.rule} {find_rule(finding.rule).name}"


def _unchecked_line(unchecked: Unchecked) -> str:
    return f"{', '.join(unchecked.rules)}: {unchecked.why}"


def json_payload(report: Report) -> dict[str, Any]:
    """The report for programs.

    >>> sorted(json_payload(Report(())))
    ['checked', 'findings', 'summary', 'unchecked', 'waived']
    """
    counts = Counter(finding.severity for finding in report.findings)
    return {
        "findings": [_finding_payload(finding) for finding in report.findings],
        "waived": [{**_finding_payload(finding), "reason": reason, "waiver": waiver} for finding, reason, waiver in report.waived],
        "unchecked": [{"rules": list(one.rules), "why": one.why} for one in report.unchecked],
        "checked": list(report.checked),
        "summary": {level: counts[level] for level in ("error", "warning", "note")},
    }


def _finding_payload(finding: Finding) -> dict[str, Any]:
    rule = find_rule(finding.rule)
    return {
        "rule": rule.id, "name": rule.name, "family": rule.family, "severity": finding.severity, "message": finding.message,
        "subject": finding.subject, "file": finding.file, "line": finding.line, "value": finding.value, "repair": finding.repair,
        "related": list(finding.related),
    }  # fmt: skip


def csv_text(report: Report) -> str:
    r"""The report as a table, one finding a row (RFC 4180); no cell is taken for a formula.

    >>> csv_text(Report((Finding(rule="M101", message="=1+1"),))).splitlines()[1]
    "M101,orphan-marker,error,,0,,'=1+1,,,"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for finding in report.findings:
        writer.writerow(_cells(finding, ""))
    for finding, reason, _ in report.waived:
        writer.writerow(_cells(finding, reason))
    return out.getvalue()


def _cells(finding: Finding, reason: str) -> Iterable[str | int]:
    rule = find_rule(finding.rule)
    cells = (
        rule.id, rule.name, finding.severity, finding.file, finding.line, finding.subject, finding.message, finding.repair,
        " ".join(finding.related), reason,
    )  # fmt: skip
    return [defused(cell) if isinstance(cell, str) else cell for cell in cells]
