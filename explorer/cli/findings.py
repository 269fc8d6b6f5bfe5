"""A finding as programs get it."""

from __future__ import annotations

from typing import Any

from edgewise.ontology.findings import Finding


def finding_payload(finding: Finding) -> dict[str, Any]:
    """A finding.

    >>> finding_payload(Finding(rule="unknown-key", message="'lable' is not a key", file="g.yaml", line=7))["line"]
    7
    """
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "subject": finding.subject,
        "file": finding.file,
        "line": finding.line,
        "value": finding.value,
        "repair": finding.repair,
        "related": list(finding.related),
    }
