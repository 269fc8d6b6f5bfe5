"""`edgewise check`: every fault of guidelines and of their cases, with file and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Annotated

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, refuse
from edgewise.explorer.cli.findings import finding_payload
from edgewise.explorer.cli.options import AsJson
from edgewise.explorer.cli.terminal import show, show_json
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Ids, folders or files; the whole library if left out.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Find every fault in guidelines: file, line, what is wrong, and how to repair it.

    All files are checked to their end, whatever is found in one of them. Exit code 0: no faults; 1: errors or warnings;
    2: a path that cannot be opened (the others are checked all the same).

    Examples:
      edgewise check
      edgewise check my-guideline/guideline.yaml other.ttl --json
    """
    from edgewise.explorer.cli.intake import check as run

    checked = run(paths or ())
    if checked.files and not as_json:
        show(findings_report(checked.faults, checked.files))
    if checked.unreadable:
        return refuse(SourceError(checked.unreadable), as_json=as_json, findings=(*checked.unreadable, *checked.faults))
    if as_json:
        show_json({"findings": [finding_payload(finding) for finding in checked.faults]})
    return FINDINGS if any(finding.severity != "note" for finding in checked.faults) else CLEAN


def findings_report(findings: Sequence[Finding], files: int) -> list[str]:
    """Findings file by file, then how many there are.

    Args:
        findings: those of one file beside each other.
        files: how many files were checked, those without findings among them.

    >>> findings_report([Finding(rule="unknown-key", message="no such key", file="g.yaml", line=7)], 1)
    ['g.yaml:7: error: no such key [unknown-key]', '', '1 error in 1 file']
    """
    lines: list[str] = []
    for _, group in groupby(findings, key=lambda finding: finding.file):
        lines += [*map(str, group), ""]
    if not findings:
        return [f"{many(files, 'file')} checked, nothing found"]
    kinds = Counter(finding.severity for finding in findings)
    counted = ", ".join(many(kinds[severity], severity) for severity in ("error", "warning", "note") if kinds[severity])
    faulty = len({finding.file for finding in findings})
    return [*lines, f"{counted} in {f'{faulty} of ' if faulty < files else ''}{many(files, 'file')}"]
