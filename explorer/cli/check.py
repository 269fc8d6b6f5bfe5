"""`edgewise check`: every fault of guidelines and of their cases, with file and line."""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from subprocess import Popen
from typing import Annotated

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, Refused, refuse
from edgewise.explorer.cli.findings import finding_payload
from edgewise.explorer.cli.options import AsJson
from edgewise.explorer.cli.terminal import show, show_json
from edgewise.explorer.cli.watching import changes
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding, Severity

TO_DO = "to-do"
"""The rule of what a draft still lacks, as `edgewise.graph.reading.drafted` names it."""
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_MOST = 25  # lines that leave the last change in sight


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Ids, folders or files; the whole library if left out.", show_default=False),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again on every save, until Ctrl-C.")] = False,
    open_it: Annotated[bool, typer.Option("--open", help="With --watch: show it in the browser too, as it now is.")] = False,
    all_of_it: Annotated[bool, typer.Option("--all", help="Tell each thing that is still to do, and not each kind once.")] = False,
    as_json: AsJson = False,
) -> int:
    """Find every fault in guidelines: file, line, what is wrong, and how to repair it.

    All files are checked to their end, whatever is found in one of them. What a draft still lacks is told once for each kind, with how
    often and where first; --all and --json tell each by itself. With --watch they are checked again whenever one is saved;
    what a draft still lacks is counted, and faults are told with their lines. With --json each check is one line of JSON then. Exit
    code 0: no faults; 1: errors or warnings; 2: a path that cannot be opened (the others are checked all the same).

    Examples:
      edgewise check
      edgewise check my-guideline/guideline.yaml other.ttl --json
      edgewise check my-draft.yaml --all
      edgewise check my-guideline/ --watch
      edgewise check my-guideline/ --watch --open
    """
    from edgewise.explorer.cli.intake import check as run

    if open_it and not (watch and paths):
        raise Refused("--open shows what is watched; name the guideline and give --watch as well")
    if watch:
        return _watch(paths or [], open_it=open_it, as_json=as_json)
    checked = run(paths or ())
    if checked.files and not as_json:
        show(findings_report(checked.faults if all_of_it else folded(checked.faults), checked.files, checked.faults))
    if checked.unreadable:
        return refuse(SourceError(checked.unreadable), as_json=as_json, findings=(*checked.unreadable, *checked.faults))
    if as_json:
        show_json({"findings": [finding_payload(finding) for finding in checked.faults]})
    return FINDINGS if any(finding.severity != "note" for finding in checked.faults) else CLEAN


def _watch(paths: list[str], *, open_it: bool, as_json: bool) -> int:
    """Check at every change, until interrupted; the pages are shown by a process of their own."""
    from edgewise.explorer.cli.intake import check as run
    from edgewise.explorer.cli.intake import watched

    if not any(file.exists() for file in watched(paths)):
        return refuse(SourceError(run(paths).unreadable), as_json=as_json)
    with _explorer(paths) if open_it else nullcontext():
        for _ in changes(lambda: watched(paths)):
            checked = run(paths)
            found = (*checked.unreadable, *checked.faults)
            show([_line(found)] if as_json else round_report(found, checked.files, f"{datetime.now():%H:%M:%S}"))
            sys.stdout.flush()
    return CLEAN


@contextmanager
def _explorer(paths: list[str]) -> Iterator[None]:
    """The explorer beside this process, which takes it along when it ends, however it is told to."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    explorer = Popen([sys.executable, "-m", "edgewise", "explore", "--watch", "--", *paths])  # noqa: S603  # ourselves
    try:
        yield
    finally:
        explorer.terminate()
        signal.signal(signal.SIGTERM, before)


def _line(findings: Sequence[Finding]) -> str:
    """One check as one line of JSON."""
    return json.dumps({"findings": [finding_payload(finding) for finding in findings]})


def round_report(findings: Sequence[Finding], files: int, at: str) -> list[str]:
    """What one of many checks found: a line that sums it up, then the faults; what is still to do is only counted.

    >>> round_report([Finding(rule="unknown-key", message="no such key", file="g.yaml", line=7)], 1, "12:00:00")
    ['12:00:00  1 error', 'g.yaml:7: error: no such key [unknown-key]']
    >>> round_report([Finding(rule="to-do", message="a step needs 'label'", severity="note")], 2, "12:00:01")
    ['12:00:01  2 files checked, nothing wrong, 1 thing to do']
    """
    to_do = sum(finding.rule == TO_DO for finding in findings)
    faults = sorted((finding for finding in findings if finding.rule != TO_DO), key=lambda finding: _SEVERITIES.index(finding.severity))
    kinds = Counter(finding.severity for finding in faults)
    counted = [many(kinds[severity], severity) for severity in _SEVERITIES if kinds[severity]]
    parts = [*(counted or [f"{many(files, 'file')} checked, nothing wrong"]), *([f"{many(to_do, 'thing')} to do"] if to_do else [])]
    more = [f"… and {len(faults) - _MOST} more: edgewise check tells them all"] if len(faults) > _MOST else []
    return [f"{at}  {', '.join(parts)}", *map(str, faults[:_MOST]), *more]


def folded(findings: Sequence[Finding]) -> list[Finding]:
    """Findings with what is still to do told once for each kind and file, where it is met first, behind the faults of that file.

    >>> lacking = [Finding(rule="to-do", message="a step needs 'label'", severity="note", file="g.yaml", line=line) for line in (3, 9, 12)]
    >>> [str(one) for one in folded(lacking)]
    ["g.yaml:3: note: a step needs 'label' (3 times, here first) [to-do]"]
    """
    kinds: dict[tuple[str, str], list[Finding]] = {}
    told: dict[str, list[Finding]] = {}
    for one in findings:
        held = told.setdefault(one.file, [])
        if one.rule == TO_DO:
            kinds.setdefault((one.file, one.message), []).append(one)
        else:
            held.append(one)
    for (file, message), alike in kinds.items():
        often = f"{message} ({len(alike)} times, here first)" if len(alike) > 1 else message
        told[file].append(replace(min(alike, key=lambda one: one.line), message=often))
    return [one for held in told.values() for one in held]


def findings_report(findings: Sequence[Finding], files: int, counting: Sequence[Finding] = ()) -> list[str]:
    """Findings file by file, then how many there are.

    Args:
        findings: those of one file beside each other.
        files: how many files were checked, those without findings among them.
        counting: all findings, where those told stand for more.

    >>> findings_report([Finding(rule="unknown-key", message="no such key", file="g.yaml", line=7)], 1)
    ['g.yaml:7: error: no such key [unknown-key]', '', '1 error in 1 file']
    """
    lines: list[str] = []
    for _, group in groupby(findings, key=lambda finding: finding.file):
        lines += [*map(str, group), ""]
    if not findings:
        return [f"{many(files, 'file')} checked, nothing found"]
    counting = counting or findings
    kinds = Counter(finding.severity for finding in counting if finding.rule != TO_DO)
    to_do = sum(finding.rule == TO_DO for finding in counting)
    counted = [many(kinds[severity], severity) for severity in _SEVERITIES if kinds[severity]]
    faulty = len({finding.file for finding in findings})
    summed = ", ".join([*counted, *([f"{many(to_do, 'thing')} to do"] if to_do else [])])
    return [*lines, f"{summed} in {f'{faulty} of ' if faulty < files else ''}{many(files, 'file')}"]
