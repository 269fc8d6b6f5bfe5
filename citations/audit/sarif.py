"""A report of the audit as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the file."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from edgewise.citations.audit.engine import Report
from edgewise.citations.audit.rule_pages import address
from edgewise.citations.audit.rules import RULES, Rule
from edgewise.ontology.findings import Finding

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_INDEX = {rule.id: place for place, rule in enumerate(RULES)}


def sarif(report: Report, version: str = "") -> dict[str, Any]:
    """The log file as data; waived findings are results with a suppression, what was not checked is a notification.

    >>> log = sarif(Report((Finding(rule="M101", message="marker 7 points to no entry", file="g.yaml", line=7),)))
    >>> log["version"], log["runs"][0]["results"][0]["ruleId"]
    ('2.1.0', 'M101')
    """
    driver: dict[str, Any] = {"name": "edgewise", "rules": [_descriptor(rule) for rule in RULES]}
    if version:
        driver["version"] = version
    results = [_result(finding) for finding in report.findings]
    for finding, reason, _ in report.waived:
        results.append({**_result(finding), "suppressions": [{"kind": "inSource", "justification": reason}]})
    notes = [{"level": "note", "message": {"text": f"{', '.join(one.rules)} not checked: {one.why}"}} for one in report.unchecked]
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptor(rule: Rule) -> dict[str, Any]:
    page = address(rule.id)
    return {
        "id": rule.id,
        **({"helpUri": page} if page else {}),
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.fix, "markdown": f"**Why it matters.** {rule.why}\n\n**Instead.** {rule.fix}"},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.family]},
    }


def _result(finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.line:
        physical["region"] = {"startLine": finding.line}
    location: dict[str, Any] = {"physicalLocation": physical} if finding.file else {}
    if finding.subject:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.subject, "kind": "resource"}]
    key = "\n".join((finding.rule, finding.subject, finding.value, finding.message))
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": _INDEX[finding.rule],
        "level": finding.severity,
        "message": {"text": f"{finding.message}. Repair: {finding.repair}" if finding.repair else finding.message},
        "locations": [location] if location else [],
        "partialFingerprints": {"edgewise/v1": sha256(key.encode("utf-8", "surrogatepass")).hexdigest()},
    }
    if finding.related:
        result["properties"] = {"related": list(finding.related)}
    return result


def _uri(file: str) -> str:
    """A relative reference for a relative path, a file URI for an absolute one."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
