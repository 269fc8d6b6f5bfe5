"""What came of manuscripts as text, data, CSV, SARIF and a page: one report, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from edgewise.citations.audit import reports
from edgewise.citations.audit.engine import Report, Unchecked
from edgewise.citations.audit.manuscripts.judging import Judged
from edgewise.citations.audit.manuscripts.manuscript import iri_of
from edgewise.citations.audit.report_html import page
from edgewise.citations.audit.rules.rule import many
from edgewise.ontology.findings import Finding

_EDUCATION = "Judged by what the files themselves say; nothing was looked up unless said. For education only."


def together(judged: Iterable[Judged]) -> Report:
    """The reports of several files as one; what is not checked for the same reason is said once.

    >>> together([Judged("a.md", report=Report((), checked=("M101",))), Judged("b.bib", report=Report((), checked=("R201",)))]).checked
    ('M101', 'R201')
    """
    held = [one.report for one in judged if one.report]
    return Report(
        tuple(finding for report in held for finding in report.findings),
        tuple(waived for report in held for waived in report.waived),
        _once(unchecked for report in held for unchecked in report.unchecked),
        tuple(sorted({rule for report in held for rule in report.checked})),
    )


def _once(unchecked: Iterable[Unchecked]) -> tuple[Unchecked, ...]:
    by_reason: dict[str, set[str]] = {}
    for one in unchecked:
        by_reason.setdefault(one.why, set()).update(one.rules)
    return tuple(Unchecked(tuple(sorted(rules)), why) for why, rules in by_reason.items())


def text_lines(judged: Sequence[Judged]) -> list[str]:
    r"""The report for a terminal: file by file what was found, then once what was not checked.

    >>> print(*text_lines([Judged("a.md", report=Report(()))]), sep="\n")
    a.md: nothing found
    """
    read = [one for one in judged if one.report]
    if len(read) == 1 and (only := read[0].report):
        lines = reports.text_lines(only)
        return [*lines[:-1], f"{read[0].file}: {lines[-1]}"]
    lines = []
    for one in read:
        told = reports.text_lines(Report(one.report.findings if one.report else ()))
        lines += [*told[:-1], f"{one.file}: {told[-1]}", ""]
    rest = reports.text_lines(Report((), unchecked=together(read).unchecked))[:-1]
    return [*lines, *rest, f"{many(len(read), 'file')}: {reports.summary(together(read))}"]


def json_payload(judged: Sequence[Judged]) -> Any:
    """For programs: of one file an object, of several a list of them; one that cannot be read has `error` and no report.

    >>> json_payload([Judged("a.md", report=Report(()))])["file"]
    'a.md'
    """
    told = list(map(_payload, judged))
    return told[0] if len(told) == 1 else told


def _payload(one: Judged) -> dict[str, Any]:
    if one.report is None:
        return {"file": one.file, "error": "; ".join(map(str, one.refused)), "findings": []}
    return {"file": one.file, **reports.json_payload(one.report)}


def sarif(judged: Sequence[Judged], version: str = "") -> dict[str, Any]:
    """One run over all files; those that cannot be read are notifications, and the run was then not successful.

    >>> sarif([Judged("a.md", report=Report(()))])["runs"][0]["invocations"][0]["executionSuccessful"]
    True
    """
    log = reports.sarif(together(judged), version)
    invocation = log["runs"][0]["invocations"][0]
    for finding in _refused(judged):
        invocation["executionSuccessful"] = False
        place = {"physicalLocation": {"artifactLocation": {"uri": iri_of(finding.file)}}}
        notice = {"level": "error", "message": {"text": str(finding)}, "locations": [place] if finding.file else []}
        invocation["toolExecutionNotifications"].append(notice)
    return log


def csv_text(judged: Sequence[Judged]) -> str:
    """All findings as one table, as of a guideline."""
    return reports.csv_text(together(judged))


def html_page(judged: Sequence[Judged]) -> str:
    """One page on all files.

    >>> "<h1>Audit of a.md</h1>" in html_page([Judged("a.md", "", Report(()))])
    True
    """
    title = (judged[0].title or judged[0].file) if len(judged) == 1 else many(len(judged), "manuscript")
    return page(together(judged), title, (_EDUCATION, *_about(judged)), lambda finding: iri_of(finding.file))


def _about(judged: Sequence[Judged]) -> Iterator[str]:
    for one in judged:
        yield f"{one.file}: {reports.summary(one.report)}" if one.report else "; ".join(map(str, one.refused))


def _refused(judged: Iterable[Judged]) -> Iterator[Finding]:
    return (finding for one in judged for finding in one.refused)


def counted(judged: Iterable[Judged]) -> Counter[str]:
    """How many findings of each severity stand in all files together.

    >>> counted([Judged("a.md", report=Report(()))])["error"]
    0
    """
    return Counter(finding.severity for finding in together(judged).findings)
