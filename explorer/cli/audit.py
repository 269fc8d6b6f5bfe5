"""`edgewise audit`: every fault of a guideline's citation links."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from edgewise.explorer.cli.delivery import STDOUT, deliver, deliver_json, deliver_lines
from edgewise.explorer.cli.exits import CLEAN, FINDINGS
from edgewise.explorer.cli.options import AsJson, GuidelineName, Output
from edgewise.explorer.cli.terminal import show

if TYPE_CHECKING:
    from edgewise.citations.audit.engine import Audited, Report
    from edgewise.citations.audit.settings import AuditSettings
    from edgewise.citations.ledger.entries import LedgerEntry
    from edgewise.citations.reading.model import Article


class ReportFormat(StrEnum):
    """The formats of `edgewise.citations.audit.reports`."""

    text = "text"
    json = "json"
    sarif = "sarif"
    csv = "csv"
    html = "html"


def audit(
    guideline: GuidelineName,
    article: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="The article's text (.txt, .md, .html, JATS .xml, .docx), read and never kept; else the article.txt beside the guideline.",
            show_default=False,
        ),
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ledger of sign-offs: a file, sqlite:///PATH or postgresql+psycopg://…", show_default=False),
    ] = None,
    looked_up: Annotated[
        bool, typer.Option("--looked-up", help="Judge also by the answers that 'edgewise resolve' keeps; nothing is sent.")
    ] = False,
    to: Annotated[ReportFormat, typer.Option("--format", help="Format of the report.")] = ReportFormat.text,
    as_json: AsJson = False,
    output: Output = None,
) -> int:
    """Find every fault of a guideline's citation links, with the place, the reason and the repair.

    Without --article, --ledger or --looked-up, the rules that need them do not run, and the report names them; an article.txt that lies
    beside the guideline is read without being named. Settings come from the table [tool.edgewise.audit] of the nearest pyproject.toml and
    from the guideline itself. --json is --format json. Exit
    code 0: nothing but notes; 1: errors or warnings; 2: cannot continue.

    Examples:
      edgewise audit sacroiliac-sclerosis
      edgewise audit sacroiliac-sclerosis --article article.txt --format html --output audit.html
      edgewise audit my-guideline/ --ledger signed.sqlite --json
    """
    from edgewise.citations.audit.engine import examine
    from edgewise.citations.audit.reports import summary
    from edgewise.explorer.shell.user_files import ledger_file

    subject, settings = _subject(guideline, article, ledger, looked_up=looked_up)
    report = examine(subject, settings)
    reads = (*((subject.article.name,) if subject.article else ()), *ledger_file(ledger))
    _hand_over(report, subject, ReportFormat.json if as_json else to, output, reads)
    if output is not None and str(output) != STDOUT and not as_json:
        show([f"{output}: {summary(report)}"])
    return FINDINGS if any(finding.severity != "note" for finding in report.findings) else CLEAN


def _subject(guideline: str, article: str | None, ledger: str | None, *, looked_up: bool) -> tuple[Audited, AuditSettings]:
    from edgewise.citations.audit.engine import Audited
    from edgewise.citations.audit.settings import find_settings
    from edgewise.explorer.cli.intake import load

    loaded = load(guideline)
    standings = None
    orphans: tuple[LedgerEntry, ...] = ()
    text = _article(article, loaded.file)
    if ledger is not None:
        from edgewise.citations.ledger.signoffs import orphans as lost
        from edgewise.citations.ledger.signoffs import standings as judged
        from edgewise.citations.ledger.store import open_ledger

        entries = open_ledger(ledger).entries(loaded.guideline.iri)
        standings, orphans = judged(loaded.guideline, entries), lost(loaded.guideline, entries)
    answers = None
    if looked_up:
        from edgewise.citations.lookup.kept_answers import kept_answers
        from edgewise.explorer.shell.user_files import answers_folder

        answers = kept_answers(loaded.guideline, answers_folder()) or None
    subject = Audited(loaded.guideline, loaded, text, standings, orphans, answers)
    return subject, find_settings(loaded.file)


def _article(named: str | None, guideline: str) -> Article | None:
    """The article that was named, else the one beside the guideline."""
    from edgewise.citations.reading.article import article_beside, read_article

    file = named if named is not None else article_beside(guideline)
    return None if file is None else read_article(file)


def _hand_over(report: Report, subject: Audited, to: ReportFormat, output: Path | None, reads: tuple[str, ...]) -> None:
    from edgewise.citations.audit.reports import csv_text, html_page, json_payload, sarif, text_lines

    guideline = subject.source.file
    if to is ReportFormat.text:
        deliver_lines(text_lines(report), output, reads=(guideline, *reads))
    elif to is ReportFormat.json:
        deliver_json(json_payload(report), output, guideline=guideline, reads=reads)
    elif to is ReportFormat.sarif:
        deliver_json(sarif(report, _version()), output, guideline=guideline, reads=reads)
    else:
        text = csv_text(report) if to is ReportFormat.csv else html_page(report, subject.guideline)
        deliver(text, output, guideline=guideline, reads=reads)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("edgewise")
    except PackageNotFoundError:
        return ""
